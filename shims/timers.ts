/** https://nodejs.org/docs/latest-v26.x/api/timers.html */

import type { Shim } from '../src/seams.ts'
import { type Immediate, type Timeout, timersOf } from './internal/timers.ts'
import { validateFunction } from './internal/validate.ts'

type Arguments = unknown[]

const shim: Shim = (context) => {
  const timers = timersOf(context)
  const custom = Symbol.for('nodejs.util.promisify.custom')

  function setTimeout(callback: unknown, after?: unknown, ...args: Arguments): Timeout {
    validateFunction(callback, 'callback')
    return timers.createTimeout(callback, after, args.length > 0 ? args : undefined, false)
  }

  function setInterval(callback: unknown, repeat?: unknown, ...args: Arguments): Timeout {
    validateFunction(callback, 'callback')
    return timers.createTimeout(callback, repeat, args.length > 0 ? args : undefined, true)
  }

  function setImmediate(callback: unknown, ...args: Arguments): Immediate {
    validateFunction(callback, 'callback')
    return timers.createImmediate(callback, args.length > 0 ? args : undefined)
  }

  function clearTimeout(timer?: unknown): void {
    timers.clearTimeout(timer)
  }

  // As the HTML standard has it, either clears both.
  function clearInterval(timer?: unknown): void {
    clearTimeout(timer)
  }

  function clearImmediate(immediate?: unknown): void {
    timers.clearImmediate(immediate)
  }

  // node's take one, two and one named parameters; theirs are optional here only for the compiler.
  const lengths = [
    [setTimeout, 2],
    [setInterval, 2],
    [setImmediate, 1],
    [clearTimeout, 1],
    [clearInterval, 1],
    [clearImmediate, 1],
  ] as const
  for (const [fn, length] of lengths) {
    Object.defineProperty(fn, 'length', { value: length, configurable: true })
  }

  Object.defineProperty(setTimeout, custom, {
    get: () => context.require('timers/promises').setTimeout,
    enumerable: true,
  })
  Object.defineProperty(setImmediate, custom, {
    get: () => context.require('timers/promises').setImmediate,
    enumerable: true,
  })

  const exports = {
    setTimeout,
    clearTimeout,
    setImmediate,
    clearImmediate,
    setInterval,
    clearInterval,
  }
  return Object.defineProperty(exports, 'promises', {
    get: () => context.require('timers/promises'),
    enumerable: true,
    configurable: true,
  })
}

export default shim
