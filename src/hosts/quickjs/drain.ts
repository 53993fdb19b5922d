/** Turning the guest's loop until nothing holds it, or until somebody has had enough. */
import { codedError, createError, hostLacks } from '../../errors.ts'
import type { Host } from '../../seams.ts'

/** What `drain` needs of an `AbortSignal`. */
export interface DrainSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

export interface DrainOptions {
  /** Milliseconds after which it gives up: 0 waits for nothing. @default no limit */
  readonly timeout?: number | undefined
  /** Makes it give up when it aborts; its reason becomes the error's `cause`. */
  readonly signal?: DrainSignal | undefined
}

export interface Drain {
  run(options?: DrainOptions): Promise<void>
  /** The guest's timers are no longer what they were: whoever waits for one looks again. */
  wake(): void
}

/**
 * @param pump as `QuickJsLoader.pump`
 * @param holds what holds the guest's loop, as `process.getActiveResourcesInfo()` names it
 */
export function createDrain(
  host: Host,
  pump: () => number | undefined,
  holds: () => readonly string[],
): Drain {
  const sleepers = new Set<() => void>()

  function sleep(milliseconds: number, signal: DrainSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!host.setTimeout) return reject(hostLacks('drain', host.name, 'setTimeout'))
      const wake = () => {
        host.clearTimeout?.(timer)
        signal?.removeEventListener('abort', wake)
        sleepers.delete(wake)
        resolve()
      }
      const timer = host.setTimeout(wake, milliseconds)
      signal?.addEventListener('abort', wake)
      sleepers.add(wake)
    })
  }

  return {
    async run({ timeout, signal } = {}) {
      validate(timeout, signal)
      const end = timeout === undefined ? Number.POSITIVE_INFINITY : host.uptime() + timeout
      for (let wait = pump(); wait !== undefined; wait = pump()) {
        if (signal?.aborted) {
          throw stillHeld('before its signal aborted', holds(), { cause: signal.reason })
        }
        const left = end - host.uptime()
        if (left <= 0) throw stillHeld(`within ${timeout} ms`, holds())
        await sleep(Math.min(wait, left), signal)
      }
    },
    wake() {
      for (const wake of [...sleepers]) wake()
    },
  }
}

function validate(timeout: unknown, signal: unknown): void {
  if (timeout !== undefined && !(typeof timeout === 'number' && timeout >= 0)) {
    const reason = 'must be a number of milliseconds, 0 or more'
    throw createError('ERR_INVALID_ARG_VALUE', 'options.timeout', timeout, reason)
  }
  if (signal !== undefined && typeof Object(signal).addEventListener !== 'function') {
    throw createError('ERR_INVALID_ARG_TYPE', 'options.signal', 'AbortSignal', signal)
  }
}

/** @param when what the guest was not done by */
function stillHeld(when: string, names: readonly string[], cause: object = {}): Error {
  const holds: Record<string, number> = {}
  for (const name of names) holds[name] = (holds[name] ?? 0) + 1
  const list = Object.entries(holds).map(([name, count]) => `${count} ${name}`)
  const message =
    `The guest was not done ${when}: its loop is held by ${list.join(', ') || 'what has no name'}. ` +
    `Let it clear, close or unref that, or end it with loader.dispose()`
  return codedError(Error, 'ERR_LODGER_STILL_HELD', message, { members: { holds, ...cause } })
}
