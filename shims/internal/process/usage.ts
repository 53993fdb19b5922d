/** Clocks and measures of `process`. What a host cannot tell has a plausible value of the right shape. */

import { createError } from '../../../src/errors.ts'
import type { Host } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { outOfRange, validateArray, validateNumber, validateObject } from '../validate.ts'

const megabyte = 2 ** 20

export function installUsage(process: Loose, host: Host): void {
  // By the clock that every host has at once: node as the host would load its `perf_hooks` to tell the other.
  const created = host.now()
  let known: number | undefined
  const start = () => (known ??= host.uptime() - Math.max(0, host.now() - created))

  function hrtime(time?: unknown): [number, number] {
    const now = host.uptime()
    const seconds = Math.floor(now / 1000)
    const nanoseconds = Math.round((now - seconds * 1000) * 1e6)
    if (time === undefined) return [seconds, nanoseconds]
    validateArray(time, 'time')
    if (time.length !== 2) throw outOfRange('time', '2', time.length)
    const [before, beforeNano] = time as [number, number]
    const difference = nanoseconds - beforeNano
    return difference < 0
      ? [seconds - before - 1, difference + 1e9]
      : [seconds - before, difference]
  }
  hrtime.bigint = function hrtimeBigInt(): bigint {
    return BigInt(Math.round(host.uptime() * 1e6))
  }

  /** Processor time since the start; wall time stands in for it. */
  function usage(previous?: Loose): { user: number; system: number } {
    for (const key of previous ? ['user', 'system'] : []) {
      const value: unknown = previous[key]
      if (typeof value === 'number' && value <= Number.MAX_SAFE_INTEGER && value >= 0) continue
      if (key === 'user') validateObject(previous, 'prevValue')
      validateNumber(value, `prevValue.${key}`)
      const error = createError('ERR_INVALID_ARG_VALUE', `prevValue.${key}`, value)
      throw Object.setPrototypeOf(error, RangeError.prototype)
    }
    const now = { user: Math.round((host.uptime() - start()) * 1000) + 1000, system: 1000 }
    if (!previous) return now
    return { user: now.user - previous.user, system: now.system - previous.system }
  }

  function memoryUsage(): Record<string, number> {
    return {
      rss: 64 * megabyte,
      heapTotal: 16 * megabyte,
      heapUsed: 8 * megabyte,
      external: 2 * megabyte,
      arrayBuffers: megabyte / 8,
    }
  }
  memoryUsage.rss = function rss(): number {
    return 64 * megabyte
  }

  Object.assign(process, {
    uptime: () => (host.uptime() - start()) / 1000 + 0.001,
    cpuUsage(prevValue: unknown) {
      return usage(prevValue)
    },
    threadCpuUsage(prevValue: unknown) {
      return usage(prevValue)
    },
    resourceUsage: () => ({
      userCPUTime: usage().user,
      systemCPUTime: usage().system,
      maxRSS: 65_536,
      sharedMemorySize: 0,
      unsharedDataSize: 0,
      unsharedStackSize: 0,
      minorPageFault: 0,
      majorPageFault: 0,
      swappedOut: 0,
      fsRead: 0,
      fsWrite: 0,
      ipcSent: 0,
      ipcReceived: 0,
      signalsCount: 0,
      voluntaryContextSwitches: 0,
      involuntaryContextSwitches: 0,
    }),
    memoryUsage,
    constrainedMemory: () => 0,
    availableMemory: () => 2 ** 31,
    hrtime,
  })
}
