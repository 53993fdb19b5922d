// biome-ignore-all lint/complexity/noArguments: WebIDL counts the arguments, given or not
/** Event, CustomEvent and EventTarget for hosts without them. https://dom.spec.whatwg.org/#events */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { missingArguments } from '../url/search-params.ts'

interface Listener {
  readonly callback: Loose
  readonly capture: boolean
  readonly once: boolean
  readonly passive: boolean
  removed: boolean
}

export interface EventClasses {
  readonly Event: Loose
  readonly CustomEvent: Loose
  readonly EventTarget: Loose
  /** Declares `ontype` on a prototype. */
  defineHandler(prototype: object, type: string): void
}

export function createEventClasses(context: ShimContext): EventClasses {
  interface State {
    target: unknown
    dispatching: boolean
    stopped: boolean
    prevented: boolean
    passive: boolean
  }
  const states = new WeakMap<object, State>()
  const stateOf = (event: object): State => {
    const state = states.get(event)
    if (state !== undefined) return state
    throw codedError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type Event')
  }
  const inspectSymbol = Symbol.for('nodejs.util.inspect.custom')

  class Event {
    readonly type!: string
    readonly bubbles!: boolean
    readonly cancelable!: boolean
    readonly composed!: boolean
    readonly timeStamp!: number

    constructor(type: unknown, options: Loose = undefined) {
      if (arguments.length === 0) throw missingArguments('type')
      if (options !== undefined && options !== null && typeof options !== 'object') {
        throw createError('ERR_INVALID_ARG_TYPE', 'options', 'Object', options)
      }
      states.set(this, {
        target: null,
        dispatching: false,
        stopped: false,
        prevented: false,
        passive: false,
      })
      const members = {
        type: `${type}`,
        bubbles: Boolean(options?.bubbles),
        cancelable: Boolean(options?.cancelable),
        composed: Boolean(options?.composed),
        timeStamp: context.host.uptime(),
      }
      for (const [name, value] of Object.entries(members)) {
        Object.defineProperty(this, name, { value, configurable: true })
      }
    }

    get target(): unknown {
      return stateOf(this).target
    }

    get srcElement(): unknown {
      return stateOf(this).target
    }

    get currentTarget(): unknown {
      const { dispatching, target } = stateOf(this)
      return dispatching ? target : null
    }

    get eventPhase(): number {
      return stateOf(this).dispatching ? 2 : 0
    }

    get defaultPrevented(): boolean {
      return stateOf(this).prevented
    }

    get returnValue(): boolean {
      return !stateOf(this).prevented
    }

    get cancelBubble(): boolean {
      return stateOf(this).stopped
    }

    set cancelBubble(value: unknown) {
      if (value) this.stopPropagation()
    }

    get isTrusted(): boolean {
      return false
    }

    composedPath(): unknown[] {
      const { dispatching, target } = stateOf(this)
      return dispatching ? [target] : []
    }

    preventDefault(): void {
      const state = stateOf(this)
      if (this.cancelable && !state.passive) state.prevented = true
    }

    stopPropagation(): void {
      stateOf(this)
    }

    stopImmediatePropagation(): void {
      stateOf(this).stopped = true
    }

    static readonly NONE = 0
    static readonly CAPTURING_PHASE = 1
    static readonly AT_TARGET = 2
    static readonly BUBBLING_PHASE = 3;

    [inspectSymbol](depth: number, options: Loose): string {
      const { name } = this.constructor
      if (depth < 0) return name
      const { type, defaultPrevented, cancelable, timeStamp } = this
      const { inspect } = context.require('util')
      return `${name} ${inspect({ type, defaultPrevented, cancelable, timeStamp }, options)}`
    }
  }
  Object.defineProperty(Event.prototype, Symbol.toStringTag, { value: 'Event', configurable: true })

  class CustomEvent extends Event {
    readonly #detail: unknown

    constructor(type: unknown, options: Loose = undefined) {
      if (arguments.length === 0) throw missingArguments('type')
      super(type, options)
      this.#detail = options?.detail ?? null
    }

    get detail(): unknown {
      return this.#detail
    }
  }
  Object.defineProperty(CustomEvent.prototype, Symbol.toStringTag, {
    value: 'CustomEvent',
    configurable: true,
  })

  const listenersOf = new WeakMap<object, Map<string, Listener[]>>()

  class EventTarget {
    constructor() {
      listenersOf.set(this, new Map())
    }

    addEventListener(type: unknown, callback: Loose, options: Loose = undefined): void {
      if (arguments.length < 2) throw missingArguments('type', 'listener')
      if (callback === null || callback === undefined) return
      if (typeof callback !== 'function' && typeof callback !== 'object') {
        throw createError('ERR_INVALID_ARG_TYPE', 'listener', 'EventListener', callback)
      }
      const { signal } = Object(options)
      if (signal?.aborted) return
      const capture = typeof options === 'boolean' ? options : Boolean(options?.capture)
      const map = listenersOf.get(this) as Map<string, Listener[]>
      const name = `${type}`
      const list = map.get(name) ?? []
      map.set(name, list)
      if (list.some((one) => one.callback === callback && one.capture === capture)) return
      const once = Boolean(options?.once)
      list.push({ callback, capture, once, passive: Boolean(options?.passive), removed: false })
      signal?.addEventListener('abort', () => this.removeEventListener(name, callback, capture), {
        once: true,
      })
    }

    removeEventListener(type: unknown, callback: Loose, options: Loose = undefined): void {
      if (arguments.length < 2) throw missingArguments('type', 'listener')
      const capture = typeof options === 'boolean' ? options : Boolean(options?.capture)
      const list = listenersOf.get(this)?.get(`${type}`)
      const index =
        list?.findIndex((one) => one.callback === callback && one.capture === capture) ?? -1
      if (list === undefined || index === -1) return
      const [removed] = list.splice(index, 1)
      if (removed !== undefined) removed.removed = true
    }

    dispatchEvent(event: Loose): boolean {
      if (arguments.length < 1) throw missingArguments('event')
      if (!(event instanceof Event)) {
        throw createError('ERR_INVALID_ARG_TYPE', 'event', 'Event', event)
      }
      const state = stateOf(event)
      if (state.dispatching) {
        throw codedError(
          Error,
          'ERR_EVENT_RECURSION',
          `The event "${event.type}" is already being dispatched`,
        )
      }
      state.target = this
      state.dispatching = true
      for (const listener of [...(listenersOf.get(this)?.get(event.type) ?? [])]) {
        if (listener.removed) continue
        if (listener.once) this.removeEventListener(event.type, listener.callback, listener.capture)
        state.passive = listener.passive
        call(this, listener.callback, event)
        if (state.stopped) break
      }
      state.dispatching = false
      return !state.prevented
    }
  }
  for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) {
    Object.defineProperty(EventTarget.prototype, name, { enumerable: true })
  }
  Object.defineProperty(EventTarget.prototype, Symbol.toStringTag, {
    value: 'EventTarget',
    configurable: true,
  })

  /** What a listener throws does not reach who dispatches. */
  function call(target: object, callback: Loose, event: Event): void {
    const fail = (error: unknown) => {
      context.require('process').nextTick(() => {
        throw error
      })
    }
    try {
      const result =
        typeof callback === 'function' ? callback.call(target, event) : callback.handleEvent(event)
      if (typeof result?.then === 'function') result.then(undefined, fail)
    } catch (error) {
      fail(error)
    }
  }

  function defineHandler(prototype: object, type: string): void {
    const handlers = new WeakMap<object, { handler: Loose; listener: Loose }>()
    Object.defineProperty(prototype, `on${type}`, {
      get(this: object) {
        return handlers.get(this)?.handler ?? null
      },
      set(this: EventTarget, handler: Loose) {
        const before = handlers.get(this)
        if (before) this.removeEventListener(type, before.listener)
        handlers.delete(this)
        if (typeof handler !== 'function') return
        const listener = (event: Event) => handler.call(this, event)
        handlers.set(this, { handler, listener })
        this.addEventListener(type, listener)
      },
      enumerable: true,
      configurable: true,
    })
  }

  return { Event, CustomEvent, EventTarget, defineHandler }
}
