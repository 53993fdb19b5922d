/** A loop for a program that has to end before its caller goes on: its timers and jobs, without the host's loop. */

import type { Host } from '../../../src/seams.ts'

export interface VirtualLoop {
  readonly host: Partial<Host>
  /** Turns the loop until `isDone`, or until nothing is left to wait for. `turn` is called once a turn. */
  run(isDone: () => boolean, turn: () => void): void
}

interface Timer {
  readonly due: number
  readonly callback: () => void
}

export function createVirtualLoop(uptime: () => number): VirtualLoop {
  let jobs: (() => void)[] = []
  let immediates = new Set<{ callback: () => void }>()
  const timers = new Set<Timer>()

  const runJobs = () => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) job()
  }
  const runImmediates = () => {
    const due = immediates
    immediates = new Set()
    for (const immediate of due) {
      due.delete(immediate)
      immediate.callback()
      runJobs()
    }
  }
  const nextTimer = () =>
    [...timers].reduce<Timer | undefined>(
      (first, timer) => (first === undefined || timer.due < first.due ? timer : first),
      undefined,
    )
  const runTimers = () => {
    const now = uptime()
    for (let timer = nextTimer(); timer !== undefined && timer.due <= now; timer = nextTimer()) {
      timers.delete(timer)
      timer.callback()
      runJobs()
    }
  }

  return {
    host: {
      setTimeout(callback, milliseconds) {
        const timer = { due: uptime() + milliseconds, callback }
        timers.add(timer)
        return timer
      },
      clearTimeout: (timer) => timers.delete(timer as Timer),
      setImmediate(callback) {
        const immediate = { callback }
        immediates.add(immediate)
        return immediate
      },
      clearImmediate: (immediate) => immediates.delete(immediate as { callback: () => void }),
      queueMicrotask(job) {
        jobs.push(job)
      },
      setKeepsAlive: undefined,
    },
    run(isDone, turn) {
      while (!isDone()) {
        runJobs()
        runTimers()
        runImmediates()
        turn()
        if (isDone() || jobs.length > 0 || immediates.size > 0) continue
        const next = nextTimer()
        if (next === undefined) return
        // In small steps, so that a time limit is seen.
        sleep(Math.min(10, next.due - uptime()), uptime)
      }
      jobs = []
    },
  }
}

function sleep(milliseconds: number, uptime: () => number): void {
  if (milliseconds <= 0) return
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
  } catch {
    // A page's own thread must not sleep, and has to run on the spot.
    const end = uptime() + milliseconds
    while (uptime() < end);
  }
}

/**
 * Notes whether somebody waits for a promise meanwhile: jobs of promises run when the caller has returned, which is too
 * late. `then` sees who asks for it by name, `constructor` sees `await`.
 * @returns takes the watch away, and tells
 */
export function watchPromises(): () => boolean {
  const { prototype } = Promise
  let isAwaited = false
  const watched = (['then', 'constructor'] as const).flatMap((name) => {
    const before = Object.getOwnPropertyDescriptor(prototype, name)
    if (!before?.configurable) return []
    const get = () => {
      isAwaited = true
      return before.value
    }
    Object.defineProperty(prototype, name, { get, configurable: true })
    return [{ name, before }]
  })
  return () => {
    for (const { name, before } of watched) Object.defineProperty(prototype, name, before)
    return isAwaited
  }
}
