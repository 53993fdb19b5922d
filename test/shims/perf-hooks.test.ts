/** perf_hooks against node's, on a host that has no `performance` of its own; and on one whose `performance` is a browser's. */
import { runInNewContext } from 'node:vm'
import { createLoader } from 'lodger'
import { expect, test } from 'vitest'
import { likeNode } from './like-node.ts'
import { requireOf } from './loose.ts'

const language = runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[]
const bare = {
  global: Object.fromEntries(language.map((name) => [name, Reflect.get(globalThis, name)])),
}

/** Each program begins with these. */
const setUp = `
  const { performance, PerformanceObserver, createHistogram, monitorEventLoopDelay, ...classes } = require('perf_hooks')
  const all = (list) => list.map((fn) => caught(fn))
  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time))
  const round = (number) => Number(number.toFixed(9)) // the last digits hang on the order of operations
  const shown = (h) => [h.count, h.min, h.max, h.mean, h.stddev, round(h.skewness), round(h.kurtosis), h.exceeds, [...h.percentiles]]
  const histogramOf = (values, options) => { const h = createHistogram(options); for (const value of values) h.record(value); return h }
  performance.clearMarks(); performance.clearMeasures();`

const programs: Record<string, string> = {
  'what histograms count, exactly and by figures': `
    const spread = Array.from({ length: 1000 }, (_, index) => 1 + index * 7919 % 100003)
    return [[], [5], [5000, 3], [10, 20, 20, 30], spread, [1, 2 ** 40, 2 ** 52 + 1], [123456789]].map((values) => shown(histogramOf(values)))
      .concat([1, 2, 5].map((figures) => shown(histogramOf(spread, { figures }))),
        [shown(histogramOf([1, 50, 99, 100, 130, 5000, 99999], { lowest: 100, highest: 100000, figures: 2 })), shown(histogramOf([999, 1000, 1001], { highest: 1000 }))])`,
  'percentiles and what becomes of a histogram': `
    const h = histogramOf(Array.from({ length: 100 }, (_, index) => (index + 1) * 10)), other = histogramOf([5n, 2000])
    const ranks = [0.1, 1, 12.5, 50, 99, 99.99, 100].map((rank) => h.percentile(rank))
    h.add(other)
    const both = shown(h)
    h.reset()
    other.recordDelta(); other.recordDelta()
    return [ranks, both, shown(h), other.count, typeof other.countBigInt, String(other.percentileBigInt(1)), String(h.minBigInt), h.percentilesBigInt.size, ...[5, null, 0, -1].map((depth) => require('util').inspect(histogramOf([5000, 3]), { depth }))]`,
  'what is no histogram, value or percentile': `
    return all([{ lowest: 0 }, { lowest: 5, highest: 6 }, { highest: 1 }, { highest: 'a' }, { figures: 7 }, { figures: 1.5 }, 5, null].map((options) => () => createHistogram(options))
      .concat([0, -1, 1.5, 'a', 2 ** 53, 0n].map((value) => () => createHistogram().record(value)), [0, 101, 'a', NaN].map((rank) => () => createHistogram().percentile(rank)),
        [() => createHistogram().add(5), () => new (createHistogram().constructor)()]))`,
  'marks and measures': `
    const mark = performance.mark('a', { startTime: 5, detail: { x: [1] } })
    performance.mark('b', { startTime: 20.5 })
    const measures = [['m', 'a', 'b'], ['m', { start: 1, end: 5, detail: 'd' }], ['m', { start: 'a', duration: 5 }], ['n', { end: 'b', duration: 5 }], ['n', { start: 3, end: 'b' }], ['n', undefined, 'b'], ['n', 'a', 'a']]
    const json = measures.map((args) => performance.measure(...args).toJSON())
    return [mark.toJSON(), json, Object.keys(mark), mark instanceof classes.PerformanceMark, mark instanceof classes.PerformanceEntry, String(performance), require('util').inspect(mark), require('util').inspect([[[mark]]]),
      [performance.measure('o'), performance.measure('o', {}), performance.measure('o', 5), performance.measure('o', { detail: 1 })].map((one) => [one.startTime, one.duration > 0, one.detail])]`,
  'marks and measures that cannot be': `
    performance.mark('e')
    return all([() => performance.mark(), () => performance.mark('a', { startTime: -1 }), () => performance.mark('nodeStart'), () => performance.mark('a', { startTime: 'b' }), () => performance.mark('a', 5),
      () => performance.mark(Symbol()), () => performance.measure(), () => performance.measure(5), () => performance.measure('x', 'nope'), () => performance.measure('x', { start: 1, end: 2, duration: 3 }), () => performance.measure('x', { start: 1 }, 'e'),
      () => performance.measure('x', 'e', 'nope'), () => performance.measure('x', { start: -1 }), () => new classes.Performance(), () => new classes.PerformanceEntry(), () => new classes.PerformanceMeasure()])`,
  'the timeline': `
    for (const [name, startTime] of [['c', 30], ['a', 10], ['b', 20], ['a', 5]]) performance.mark(name, { startTime })
    performance.measure('a', 'a', 'b')
    const names = (list) => list.map((entry) => [entry.name, entry.entryType, entry.startTime])
    const before = [names(performance.getEntries()), names(performance.getEntriesByName('a')), names(performance.getEntriesByName('a', 'measure')), names(performance.getEntriesByType('mark')), performance.getEntriesByType('nope')]
    performance.clearMarks('a'); performance.clearMeasures('nope')
    before.push(names(performance.getEntries()))
    performance.clearMarks(); performance.clearMeasures(); performance.clearResourceTimings()
    return [...before, performance.getEntries(), ...all([() => performance.getEntriesByName(), () => performance.getEntriesByType(), () => performance.setResourceTimingBufferSize()])]`,
  'times, and what toJSON says': `
    const { nodeTiming } = performance
    return [Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 1000, Object.keys(performance.toJSON()), Object.keys(nodeTiming), Object.keys(nodeTiming.toJSON()).sort(),
      Object.values(nodeTiming).map((value) => typeof value), nodeTiming.name, nodeTiming.startTime, nodeTiming.bootstrapComplete > 0, nodeTiming instanceof classes.PerformanceEntry,
      Object.keys(performance.eventLoopUtilization()), performance.eventLoopUtilization.length, classes.timerify === performance.timerify]`,
  observers: `
    const seen = [], note = (name) => (list, observer) => seen.push([name, list.getEntries().map((entry) => entry.name), list.getEntriesByName('one').length, list.getEntriesByType('measure').length, observer instanceof PerformanceObserver])
    performance.mark('early')
    const both = new PerformanceObserver(note('both')), late = new PerformanceObserver(note('late')), gone = new PerformanceObserver(note('gone')), taken = new PerformanceObserver(note('taken'))
    both.observe({ entryTypes: ['mark', 'measure', 'nope'] })
    late.observe({ type: 'mark', buffered: true })
    gone.observe({ type: 'mark' }); taken.observe({ type: 'mark' })
    performance.mark('one'); performance.mark('two'); performance.measure('span', 'one')
    gone.disconnect()
    const records = taken.takeRecords().map((entry) => entry.name)
    await pause(5)
    performance.mark('three')
    await pause(5)
    for (const one of [both, late, taken]) one.disconnect()
    performance.mark('four')
    await pause(5)
    return [seen, records]`,
  'what cannot be observed': `
    const observer = () => new PerformanceObserver(() => {})
    const changed = (...steps) => () => { const one = observer(); try { for (const step of steps) one.observe(step) } finally { one.disconnect() } }
    return all([() => new PerformanceObserver(), () => new PerformanceObserver(5), ...[undefined, {}, { type: 'mark', entryTypes: ['mark'] }, { entryTypes: 'mark' }, { entryTypes: [] }, { entryTypes: ['nope'] }, { type: 'nope' }]
      .map((options) => changed(options)), changed({ entryTypes: ['mark'] }, { type: 'mark' }), changed({ type: 'mark' }, { entryTypes: ['mark'] })])
      .concat(['function', 'mark', 'measure'].map((type) => PerformanceObserver.supportedEntryTypes.includes(type)))`,
  'functions that are timed': `
    const seen = [], histogram = createHistogram()
    const observer = new PerformanceObserver((list) => list.getEntries().forEach((entry) => seen.push([entry.name, entry.entryType, entry.detail, entry[0], entry.duration >= 0])))
    observer.observe({ entryTypes: ['function'] })
    class A { constructor(x) { this.x = x } }
    const add = performance.timerify(function add(a, b) { return a + b }, { histogram }), Timed = performance.timerify(A), late = performance.timerify(async function late() { return 'late' })
    const results = [add.name, add.length, add(1, 2), new Timed(3).x, new Timed(3) instanceof A, await late(), ...all([performance.timerify(() => { throw new Error('q') }), () => performance.timerify(5),
      () => performance.timerify(add, 5), () => performance.timerify(add, { histogram: 5 })])]
    await pause(5)
    observer.disconnect()
    return [results, seen, histogram.count, histogram.min > 0, performance.getEntriesByType('function')]`,
  "the loop's delay": `
    const h = monitorEventLoopDelay({ resolution: 1 })
    const switched = [h.enable(), h.enable()]
    await pause(50)
    switched.push(h.disable(), h.disable())
    const { count } = h, other = monitorEventLoopDelay()
    other.enable(); other[Symbol.dispose]()
    await pause(10)
    return [switched, other.disable(), count > 0, h.count === count, h.min > 0, h.max >= h.min, h.mean > 0, ...all([() => monitorEventLoopDelay(5), () => monitorEventLoopDelay({ resolution: 0 }), () => monitorEventLoopDelay({ resolution: 'a' })])]`,
}

likeNode(
  'perf_hooks',
  Object.fromEntries(Object.entries(programs).map(([name, body]) => [name, setUp + body])),
  { host: bare },
)

test("a host's performance that is not node's kind gives way to lodger's", () => {
  const global = { ...bare.global, performance: { now: () => 1 } }
  const { performance } = requireOf(createLoader({ host: { global } }))('perf_hooks')
  expect([typeof performance.timerify, performance.nodeTiming.name]).toEqual(['function', 'node'])
})

test('each loader has a timeline of its own', () => {
  const [one, other] = [0, 1].map(() => requireOf(createLoader({ host: bare }))('perf_hooks'))
  one.performance.mark('a')
  expect([one, other].map(({ performance }) => performance.getEntries().length)).toEqual([1, 0])
  expect(one.Performance).not.toBe(other.Performance)
})
