/** https://nodejs.org/docs/latest-v26.x/api/timers.html#timers-promises-api */

import { codedError } from '../../src/errors.ts'
import type { Shim } from '../../src/seams.ts'
import { createAbortError } from '../internal/abort-error.ts'
import { timersOf } from '../internal/timers.ts'
import {
  type Signal,
  validateAbortSignal,
  validateBoolean,
  validateNumber,
  validateObject,
} from '../internal/validate.ts'

interface Options {
  readonly signal?: Signal | undefined
  readonly ref?: boolean | undefined
}

function validateOptions(options: Options): void {
  validateObject(options, 'options')
  validateAbortSignal(options.signal, 'options.signal')
  if (options.ref !== undefined) validateBoolean(options.ref, 'options.ref')
}

const shim: Shim = (context) => {
  const timers = timersOf(context)

  /** Resolves with `value` when the timer made by `start` calls back, rejects when the signal aborts before. */
  function promiseOf<T, Timer extends { _destroyed: boolean }>(
    start: (callback: (value: T) => void) => Timer,
    clear: (timer: Timer) => void,
    signal: Signal | undefined,
  ): Promise<T> {
    if (signal?.aborted) return Promise.reject(createAbortError(signal.reason))
    let cancel: (() => void) | undefined
    const promise = new Promise<T>((resolve, reject) => {
      const timer = start(resolve)
      if (signal === undefined) return
      cancel = () => {
        if (timer._destroyed) return
        clear(timer)
        reject(createAbortError(signal.reason))
      }
      signal.addEventListener('abort', cancel)
    })
    if (cancel === undefined) return promise
    return promise.finally(() => signal?.removeEventListener('abort', cancel as () => void))
  }

  function setTimeout<T>(after?: number, value?: T, options: Options = {}): Promise<T> {
    try {
      if (after !== undefined) validateNumber(after, 'delay')
      validateOptions(options)
    } catch (error) {
      return Promise.reject(error)
    }
    const { signal, ref = true } = options
    return promiseOf<T, ReturnType<typeof timers.createTimeout>>(
      (resolve) => timers.createTimeout(resolve, after, [value], false, ref),
      timers.clearTimeout,
      signal,
    )
  }

  function setImmediate<T>(value?: T, options: Options = {}): Promise<T> {
    try {
      validateOptions(options)
    } catch (error) {
      return Promise.reject(error)
    }
    const { signal, ref = true } = options
    return promiseOf<T, ReturnType<typeof timers.createImmediate>>(
      (resolve) => {
        const immediate = timers.createImmediate(resolve, [value])
        return ref ? immediate : immediate.unref()
      },
      timers.clearImmediate,
      signal,
    )
  }

  async function* setInterval<T>(
    after?: number,
    value?: T,
    options: Options = {},
  ): AsyncGenerator<T | undefined> {
    if (after !== undefined) validateNumber(after, 'delay')
    validateOptions(options)
    const { signal, ref = true } = options
    if (signal?.aborted) throw createAbortError(signal.reason)
    let due = 0
    let wake: (() => void) | undefined
    const wakeUp = () => {
      wake?.()
      wake = undefined
    }
    const onTimer = () => {
      due++
      wakeUp()
    }
    const interval = timers.createTimeout(onTimer, after, undefined, true, ref)
    const onAbort = () => {
      timers.clearTimeout(interval)
      wakeUp()
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      while (!signal?.aborted) {
        if (due === 0) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
        for (; due > 0; due--) yield value
      }
      throw createAbortError(signal.reason)
    } finally {
      timers.clearTimeout(interval)
      signal?.removeEventListener('abort', onAbort)
    }
  }

  const isScheduler = Symbol('kScheduler')

  class Scheduler {
    declare readonly [isScheduler]?: true

    constructor() {
      throw codedError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor')
    }

    yield(): Promise<void> {
      check(this)
      return setImmediate()
    }

    wait(delay: number, options?: Options): Promise<void> {
      check(this)
      return setTimeout(delay, undefined, options)
    }
  }

  function check(scheduler: Scheduler): void {
    if (scheduler[isScheduler]) return
    throw codedError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type Scheduler')
  }

  const scheduler: Scheduler = Object.create(Scheduler.prototype, {
    [isScheduler]: { value: true, writable: true, enumerable: true, configurable: true },
  })
  return { setTimeout, setImmediate, setInterval, scheduler }
}

export default shim
