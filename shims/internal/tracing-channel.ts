/** Channels that belong together. https://nodejs.org/docs/latest-v26.x/api/diagnostics_channel.html#class-tracingchannel */

import { createError } from '../../src/errors.ts'
import type { ShimContext } from '../../src/seams.ts'
import type { Loose, LooseFunction } from './loose.ts'
import { nameClass } from './names.ts'
import { disposeSymbol } from './symbols.ts'
import { validateFunction } from './validate.ts'

export type ChannelName = string | symbol

export function createTracingChannels(
  context: ShimContext,
  Channel: Loose,
  channel: (name: ChannelName) => Loose,
): { BoundedChannel: Loose; TracingChannel: Loose } {
  function member(nameOrChannels: Loose, name: string, className: string): Loose {
    if (typeof nameOrChannels === 'string') return channel(`tracing:${nameOrChannels}:${name}`)
    if (typeof nameOrChannels === 'object' && nameOrChannels !== null) {
      const found = nameOrChannels[name]
      if (found instanceof Channel) return found
      throw createError('ERR_INVALID_ARG_TYPE', `nameOrChannels.${name}`, ['Channel'], found)
    }
    throw createError(
      'ERR_INVALID_ARG_TYPE',
      'nameOrChannels',
      ['string', 'object', className],
      nameOrChannels,
    )
  }

  /** What begins and ends: `start` and `end`. */
  class BoundedChannel {
    declare start: Loose
    declare end: Loose
    constructor(nameOrChannels: Loose) {
      for (const name of ['start', 'end']) {
        Object.defineProperty(this, name, { value: member(nameOrChannels, name, 'BoundedChannel') })
      }
    }
    get hasSubscribers(): boolean {
      return this.start.hasSubscribers || this.end.hasSubscribers
    }
    subscribe(handlers: Loose): void {
      if (handlers.start) this.start.subscribe(handlers.start)
      if (handlers.end) this.end.subscribe(handlers.end)
    }
    unsubscribe(handlers: Loose): boolean {
      const start = handlers.start ? this.start.unsubscribe(handlers.start) : true
      const end = handlers.end ? this.end.unsubscribe(handlers.end) : true
      return start && end
    }
    withScope(message: Loose = {}): Loose {
      let scope = this.hasSubscribers ? this.start.withStoreScope(message) : undefined
      return {
        [disposeSymbol]: () => {
          if (!scope) return
          this.end.publish(message)
          scope[disposeSymbol]()
          scope = undefined
        },
      }
    }
    run(message: Loose, fn: LooseFunction, thisArg?: unknown, ...args: unknown[]): unknown {
      return within(this, message ?? {}, () => Reflect.apply(fn, thisArg, args))
    }
  }

  function within<T>(bounded: BoundedChannel, message: Loose, run: () => T): T {
    const scope = bounded.withScope(message)
    try {
      return run()
    } finally {
      scope[disposeSymbol]()
    }
  }

  class TracingChannel {
    #call: BoundedChannel
    #continuation: BoundedChannel
    declare error: Loose
    constructor(nameOrChannels: Loose) {
      const pick = (name: string): Loose => member(nameOrChannels, name, 'TracingChannel')
      this.#call = new BoundedChannel({ start: pick('start'), end: pick('end') })
      this.#continuation = new BoundedChannel({ start: pick('asyncStart'), end: pick('asyncEnd') })
      Object.defineProperty(this, 'error', { value: pick('error') })
    }
    get start(): Loose {
      return this.#call.start
    }
    get end(): Loose {
      return this.#call.end
    }
    get asyncStart(): Loose {
      return this.#continuation.start
    }
    get asyncEnd(): Loose {
      return this.#continuation.end
    }
    get hasSubscribers(): boolean {
      return (
        this.#call.hasSubscribers || this.#continuation.hasSubscribers || this.error.hasSubscribers
      )
    }
    subscribe(handlers: Loose): void {
      this.#call.subscribe(handlers)
      this.#continuation.subscribe({ start: handlers.asyncStart, end: handlers.asyncEnd })
      if (handlers.error) this.error.subscribe(handlers.error)
    }
    unsubscribe(handlers: Loose): boolean {
      const isDone = [
        this.#call.unsubscribe(handlers),
        this.#continuation.unsubscribe({ start: handlers.asyncStart, end: handlers.asyncEnd }),
        handlers.error ? this.error.unsubscribe(handlers.error) : true,
      ]
      return isDone.every(Boolean)
    }

    #fail(message: Loose, error: unknown): void {
      message.error = error
      this.error.publish(message)
    }
    /** Runs `fn` between start and end, telling what it throws. */
    #traced(message: Loose, fn: () => Loose): Loose {
      return within(this.#call, message, () => {
        try {
          return fn()
        } catch (error) {
          this.#fail(message, error)
          throw error
        }
      })
    }

    traceSync(fn: LooseFunction, message?: Loose, thisArg?: unknown, ...args: unknown[]): unknown {
      if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args)
      const told = message === undefined ? Object.create(null) : message
      return this.#traced(told, () => {
        const result = Reflect.apply(fn, thisArg, args)
        told.result = result
        return result
      })
    }

    tracePromise(
      fn: LooseFunction,
      message?: Loose,
      thisArg?: unknown,
      ...args: unknown[]
    ): unknown {
      if (!this.hasSubscribers) {
        const result = Reflect.apply(fn, thisArg, args)
        if (typeof result?.then !== 'function') warnOfValue(fn)
        return result
      }
      const told = message === undefined ? Object.create(null) : message
      const continued = (): void => within(this.#continuation, told, () => undefined)
      const onFulfilled = (result: unknown): unknown => {
        told.result = result
        continued()
        return result
      }
      const onRejected = (error: unknown): void => {
        this.#fail(told, error)
        continued()
      }
      return this.#traced(told, () => {
        const result = Reflect.apply(fn, thisArg, args)
        if (typeof result?.then !== 'function') {
          warnOfValue(fn)
          told.result = result
          return result
        }
        if (Object.getPrototypeOf(result) === Promise.prototype) {
          return result.then(onFulfilled, (error: unknown) => {
            onRejected(error)
            throw error
          })
        }
        // A thenable of somebody else's class may do more than `then`: it is handed on as it is.
        result.then(onFulfilled, onRejected)
        return result
      })
    }

    traceCallback(
      fn: LooseFunction,
      position = -1,
      message: Loose = {},
      thisArg?: unknown,
      ...args: Loose[]
    ): unknown {
      if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args)
      const callback = args.at(position)
      validateFunction(callback, 'callback')
      const fail = (error: unknown): void => this.#fail(message, error)
      const continuation = this.#continuation
      args.splice(position, 1, function wrapped(this: unknown, ...results: Loose[]) {
        if (results[0]) fail(results[0])
        else message.result = results[1]
        return within(continuation, message, () => Reflect.apply(callback, this, results))
      })
      return this.#traced(message, () => Reflect.apply(fn, thisArg, args))
    }
  }

  function warnOfValue(fn: LooseFunction): void {
    const name = fn.name || '<anonymous>'
    const text = `tracePromise was called with the function '${name}', which returned a non-thenable.`
    context.require('process').emitWarning(text)
  }

  return {
    BoundedChannel: nameClass(BoundedChannel, 'BoundedChannel'),
    TracingChannel: nameClass(TracingChannel, 'TracingChannel'),
  }
}
