/** `events.once`, `events.on` and `events.addAbortListener`. */

import { createError } from '../../src/errors.ts'
import type { Shim, ShimContext } from '../../src/seams.ts'
import { createAbortError } from './abort-error.ts'
import type { Loose, LooseFunction } from './loose.ts'
import { disposeSymbol } from './symbols.ts'
import {
  validateAbortSignal,
  validateFunction,
  validateInteger,
  validateObject,
} from './validate.ts'

export interface EventWaiters {
  addAbortListener(signal: Loose, listener: LooseFunction): Loose
  once(emitter: Loose, name: PropertyKey, options?: Loose): Promise<Loose[]>
  on(emitter: Loose, event: PropertyKey, options?: Loose): Loose
}

/** The prototype of every async generator's prototype: what node's iterator inherits `Symbol.asyncDispose` from. */
const asyncIteratorPrototype: object = Object.getPrototypeOf(
  Object.getPrototypeOf(async function* () {}).prototype,
)

function listen(target: Loose, name: PropertyKey, listener: LooseFunction, once = false): void {
  if (typeof target.on === 'function') target[once ? 'once' : 'on'](name, listener)
  else if (typeof target.addEventListener === 'function')
    target.addEventListener(name, listener, { once })
  else throw createError('ERR_INVALID_ARG_TYPE', 'emitter', 'EventEmitter', target)
}

function unlisten(target: Loose, name: PropertyKey, listener: LooseFunction): void {
  if (typeof target.removeListener === 'function') target.removeListener(name, listener)
  else if (typeof target.removeEventListener === 'function')
    target.removeEventListener(name, listener)
  else throw createError('ERR_INVALID_ARG_TYPE', 'emitter', 'EventEmitter', target)
}

function createEventWaiters(context: ShimContext): EventWaiters {
  const soon = (callback: () => void): void => {
    const queue = context.host.queueMicrotask
    if (queue) queue(callback)
    else Promise.resolve().then(callback)
  }

  function addAbortListener(signal: Loose, listener: LooseFunction): Loose {
    if (signal === undefined)
      throw createError('ERR_INVALID_ARG_TYPE', 'signal', 'AbortSignal', signal)
    validateAbortSignal(signal, 'signal')
    validateFunction(listener, 'listener')
    const isLate = signal.aborted
    if (isLate) soon(() => listener())
    else signal.addEventListener('abort', listener, { once: true })
    return {
      __proto__: null,
      [disposeSymbol]() {
        if (!isLate) signal.removeEventListener('abort', listener)
      },
    }
  }

  function once(emitter: Loose, name: PropertyKey, options: Loose = {}): Promise<Loose[]> {
    return new Promise((resolve, reject) => {
      validateObject(options, 'options')
      const { signal } = options
      validateAbortSignal(signal, 'options.signal')
      if (signal?.aborted) throw createAbortError(signal.reason)
      const settle = (): void => {
        if (typeof emitter.removeListener === 'function') emitter.removeListener('error', onError)
        if (signal) unlisten(signal, 'abort', onAbort)
      }
      const onEvent = (...args: Loose[]): void => {
        settle()
        resolve(args)
      }
      const onError = (error: unknown): void => {
        emitter.removeListener(name, onEvent)
        settle()
        reject(error)
      }
      const onAbort = (): void => {
        unlisten(emitter, name, onEvent)
        unlisten(emitter, 'error', onError)
        reject(createAbortError(signal.reason))
      }
      listen(emitter, name, onEvent, true)
      // Only emitters give `error` a meaning of its own.
      if (name !== 'error' && typeof emitter.once === 'function') emitter.once('error', onError)
      if (signal) listen(signal, 'abort', onAbort, true)
    })
  }

  function on(emitter: Loose, event: PropertyKey, options: Loose = {}): Loose {
    validateObject(options, 'options')
    const { signal, close = [] } = options
    validateAbortSignal(signal, 'options.signal')
    if (signal?.aborted) throw createAbortError(signal.reason)
    // Both spellings have been released.
    const high = options.highWaterMark ?? options.highWatermark ?? Number.MAX_SAFE_INTEGER
    validateInteger(high, 'options.highWaterMark', 1)
    const low = options.lowWaterMark ?? options.lowWatermark ?? 1
    validateInteger(low, 'options.lowWaterMark', 1)

    const events: Loose[][] = []
    const waiting: { resolve: LooseFunction; reject: LooseFunction }[] = []
    const cleanups: (() => void)[] = []
    let paused = false
    let finished = false
    let failure: { error: unknown } | undefined

    const attach = (name: PropertyKey, listener: LooseFunction): void => {
      listen(emitter, name, listener)
      cleanups.push(() => unlisten(emitter, name, listener))
    }
    const finish = (): Promise<Loose> => {
      while (cleanups.length > 0) cleanups.pop()?.()
      finished = true
      paused = false
      for (const { resolve } of waiting.splice(0)) resolve({ done: true, value: undefined })
      return Promise.resolve({ done: true, value: undefined })
    }
    const fail = (error: unknown): void => {
      const first = waiting.shift()
      if (first) first.reject(error)
      else failure = { error }
      finish()
    }
    const receive = (...args: Loose[]): void => {
      const first = waiting.shift()
      if (first) {
        first.resolve({ done: false, value: args })
        return
      }
      events.push(args)
      if (!paused && events.length > high) {
        paused = true
        emitter.pause()
      }
    }

    const iterator = {
      next() {
        const value = events.shift()
        if (value !== undefined) {
          if (paused && events.length < low) {
            emitter.resume()
            paused = false
          }
          return Promise.resolve({ done: false, value })
        }
        if (failure) {
          const { error } = failure
          failure = undefined
          return Promise.reject(error)
        }
        if (finished) return finish()
        return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
      },
      return: finish,
      throw(error: unknown) {
        if (!(error instanceof Error)) {
          throw createError('ERR_INVALID_ARG_TYPE', 'EventEmitter.AsyncIterator', 'Error', error)
        }
        fail(error)
      },
      [Symbol.asyncIterator]() {
        return this
      },
      [Symbol.for('nodejs.watermarkData')]: {
        get size() {
          return events.length
        },
        get low() {
          return low
        },
        get high() {
          return high
        },
        get isPaused() {
          return paused
        },
      },
    }
    Object.setPrototypeOf(iterator, asyncIteratorPrototype)

    attach(event, receive)
    if (event !== 'error' && typeof emitter.on === 'function') attach('error', fail)
    for (const name of close) attach(name, finish)
    if (signal) {
      const subscription = addAbortListener(signal, () => fail(createAbortError(signal.reason)))
      cleanups.push(() => subscription[disposeSymbol]())
    }
    return iterator
  }

  return { addAbortListener, once, on }
}

const shim: Shim = createEventWaiters

export default shim
