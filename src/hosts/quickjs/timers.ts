/** The guest's timers: QuickJS has no clock that rings, so whoever turns the loop asks which of them are due. */

interface Timer {
  readonly due: number
  keepsAlive: boolean
}

export interface Timers {
  set(timer: number, milliseconds: number): void
  clear(timer: number): void
  setKeepsAlive(timer: number, keepsAlive: boolean): void
  /** The timers that are due, the earliest first. */
  due(): number[]
  /** Takes a timer off, and tells whether it was still set. */
  take(timer: number): boolean
  /** Milliseconds until the next one is due; `undefined` when none is set that keeps the guest alive. */
  wait(): number | undefined
  clearAll(): void
}

/** @param now milliseconds of a monotonic clock */
export function createTimers(now: () => number): Timers {
  const timers = new Map<number, Timer>()
  return {
    set(timer, milliseconds) {
      timers.set(timer, { due: now() + milliseconds, keepsAlive: true })
    },
    clear: (timer) => void timers.delete(timer),
    setKeepsAlive(timer, keepsAlive) {
      const known = timers.get(timer)
      if (known) known.keepsAlive = keepsAlive
    },
    due() {
      const time = now()
      const rows = [...timers].filter(([, { due }]) => due <= time)
      return rows.sort(([, a], [, b]) => a.due - b.due).map(([timer]) => timer)
    },
    take: (timer) => timers.delete(timer),
    wait() {
      const all = [...timers.values()]
      if (!all.some(({ keepsAlive }) => keepsAlive)) return undefined
      return Math.max(0, Math.min(...all.map(({ due }) => due)) - now())
    },
    clearAll: () => timers.clear(),
  }
}
