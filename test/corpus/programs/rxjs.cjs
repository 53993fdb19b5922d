require('./report.cjs')({
  async piped() {
    const { from, interval, lastValueFrom, merge } = require('rxjs')
    const { bufferCount, concatMap, delay, map, scan, take, toArray } = require('rxjs/operators')
    const slow = interval(2).pipe(take(3))
    const quick = from([10, 20, 30, 40]).pipe(
      scan((sum, each) => sum + each, 0),
      bufferCount(2),
      concatMap((pair) => from(pair).pipe(delay(1))),
    )
    const all = await lastValueFrom(
      merge(slow, quick).pipe(
        map((value) => value * 2),
        toArray(),
      ),
    )
    return all.sort((a, b) => a - b)
  },
  subjects() {
    const { BehaviorSubject, combineLatest, ReplaySubject } = require('rxjs')
    const seen = []
    const a = new BehaviorSubject(1)
    const b = new ReplaySubject(1)
    const subscription = combineLatest([a, b]).subscribe((pair) => seen.push(pair))
    b.next('x')
    a.next(2)
    subscription.unsubscribe()
    a.next(3)
    return [seen, subscription.closed]
  },
  marbles() {
    const { TestScheduler } = require('rxjs/testing')
    const { debounceTime } = require('rxjs')
    const compared = []
    const scheduler = new TestScheduler((actual, expected) => compared.push([actual, expected]))
    scheduler.run(({ cold, expectObservable }) => {
      expectObservable(cold('a-b---c|').pipe(debounceTime(2))).toBe('----b---(c|)')
    })
    return compared
  },
  failing() {
    const { EMPTY, firstValueFrom } = require('rxjs')
    return firstValueFrom(EMPTY)
  },
})
