/** `EventEmitter` and its prototype. https://nodejs.org/docs/latest-v26.x/api/events.html#class-eventemitter */

import { codedError } from '../../src/errors.ts'
import type { ShimContext } from '../../src/seams.ts'
import type { Loose, LooseFunction } from './loose.ts'
import { nameClass } from './names.ts'
import { validateBoolean, validateFunction, validateNumber } from './validate.ts'

type Listener = LooseFunction & { listener?: LooseFunction }
/** More than one listener of an event: `running` counts the emits that walk this very array now. */
type ListenerList = Listener[] & { running: number; warned?: boolean }
type Slot = Listener | ListenerList | undefined
type Slots = Record<PropertyKey, Slot>

const noSlots = (): Slots => Object.create(null)

/**
 * Makes the loader's `EventEmitter`.
 * @param limit how many listeners of one event pass without a warning, for emitters that do not say
 */
export function createEmitter(context: ShimContext, limit: { value: number }): Loose {
  const errorMonitor = Symbol('events.errorMonitor')
  const captureRejectionSymbol = Symbol.for('nodejs.rejection')
  // node's own names: a program may look them up among an emitter's own symbols.
  const captures = Symbol('kCapture')
  const shapeMode = Symbol('shapeMode')

  function EventEmitter(this: Loose, options?: Loose): void {
    EventEmitter.init.call(this, options)
  }

  EventEmitter.init = function init(this: Loose, opts?: Loose): void {
    // A subclass that has put `_events` there itself keeps its keys: readers iterate over it (streams do).
    const isOwn = this._events !== undefined && this._events !== Object.getPrototypeOf(this)._events
    if (!isOwn) {
      this._events = noSlots()
      this._eventsCount = 0
    }
    this[shapeMode] = isOwn
    this._maxListeners ||= undefined
    if (opts?.captureRejections) {
      validateBoolean(opts.captureRejections, 'options.captureRejections')
      this[captures] = true
    } else this[captures] = prototype[captures]
  }

  const prototype = EventEmitter.prototype as Loose
  prototype._events = undefined
  prototype._eventsCount = 0
  prototype._maxListeners = undefined
  Object.defineProperty(prototype, captures, { value: false, writable: true })

  EventEmitter.captureRejectionSymbol = captureRejectionSymbol
  EventEmitter.errorMonitor = errorMonitor
  Object.defineProperty(EventEmitter, 'captureRejections', {
    get: () => prototype[captures],
    set(value: unknown) {
      validateBoolean(value, 'EventEmitter.captureRejections')
      prototype[captures] = value
    },
    enumerable: true,
  })

  prototype.setMaxListeners = function setMaxListeners(n: number) {
    validateNumber(n, 'setMaxListeners', 0)
    this._maxListeners = n
    return this
  }

  prototype.getMaxListeners = function getMaxListeners() {
    return maxListenersOf(this)
  }

  prototype.emit = function emit(type: PropertyKey, ...args: Loose[]): boolean {
    const slots: Slots | undefined = this._events
    if (type === 'error') {
      if (slots?.[errorMonitor] !== undefined) this.emit(errorMonitor, ...args)
      if (slots?.error === undefined) throw unheard(args)
    }
    const slot = slots?.[type]
    if (slot === undefined) return false
    if (typeof slot === 'function') {
      watch(this, Reflect.apply(slot, this, args), type, args)
      return true
    }
    // Not copied: whoever changes the list while `running` is set works on a copy instead.
    slot.running++
    try {
      for (let i = 0; i < slot.length; i++) {
        watch(this, Reflect.apply(slot[i] as Listener, this, args), type, args)
      }
    } finally {
      slot.running--
    }
    return true
  }

  prototype.addListener = function addListener(type: PropertyKey, listener: Listener) {
    return add(this, type, listener, false)
  }
  prototype.on = prototype.addListener
  prototype.prependListener = function prependListener(type: PropertyKey, listener: Listener) {
    return add(this, type, listener, true)
  }
  prototype.once = function once(type: PropertyKey, listener: Listener) {
    validateFunction(listener, 'listener')
    this.on(type, onceOnly(this, type, listener))
    return this
  }
  prototype.prependOnceListener = function prependOnceListener(
    type: PropertyKey,
    listener: Listener,
  ) {
    validateFunction(listener, 'listener')
    this.prependListener(type, onceOnly(this, type, listener))
    return this
  }

  prototype.removeListener = function removeListener(type: PropertyKey, listener: Listener) {
    validateFunction(listener, 'listener')
    const slots: Slots | undefined = this._events
    const slot = slots?.[type]
    if (slots === undefined || slot === undefined) return this
    if (slot === listener || (slot as Listener).listener === listener) {
      drop(this, slots, type)
      if (slots.removeListener !== undefined) {
        this.emit('removeListener', type, (slot as Listener).listener ?? listener)
      }
    } else if (typeof slot !== 'function') {
      const index = slot.findLastIndex((item) => item === listener || item.listener === listener)
      if (index === -1) return this
      const list = writable(slots, type, slot)
      list.splice(index, 1)
      if (list.length === 1) slots[type] = list[0]
      if (slots.removeListener !== undefined) this.emit('removeListener', type, listener)
    }
    return this
  }
  prototype.off = prototype.removeListener

  prototype.removeAllListeners = function removeAllListeners(type?: PropertyKey) {
    const slots: Slots | undefined = this._events
    if (slots === undefined) return this
    // biome-ignore lint/complexity/noArguments: `undefined` is an event's name too
    const isAll = arguments.length === 0
    if (slots.removeListener !== undefined) {
      // Somebody wants to hear of each removal.
      if (isAll) {
        for (const key of Reflect.ownKeys(slots)) {
          if (key !== 'removeListener') this.removeAllListeners(key)
        }
        this.removeAllListeners('removeListener')
      } else {
        const slot = slots[type as PropertyKey]
        if (typeof slot === 'function') this.removeListener(type, slot)
        else if (slot !== undefined) {
          for (let i = slot.length - 1; i >= 0; i--) this.removeListener(type, slot[i])
        }
        return this
      }
    }
    if (isAll) {
      this._events = noSlots()
      this._eventsCount = 0
    } else if (slots[type as PropertyKey] !== undefined) {
      this._eventsCount--
      if (this._eventsCount === 0) this._events = noSlots()
      else delete slots[type as PropertyKey]
    }
    this[shapeMode] = false
    return this
  }

  prototype.listeners = function listeners(type: PropertyKey): Loose[] {
    return listOf(this, type).map((item) => item.listener ?? item)
  }
  prototype.rawListeners = function rawListeners(type: PropertyKey): Loose[] {
    return listOf(this, type)
  }
  prototype.listenerCount = function listenerCount(type: PropertyKey, listener?: Listener): number {
    const list = listOf(this, type)
    if (listener === undefined || listener === null) return list.length
    return list.filter((item) => item === listener || item.listener === listener).length
  }
  prototype.eventNames = function eventNames(): PropertyKey[] {
    if (!(this._eventsCount > 0)) return []
    return Reflect.ownKeys(this._events).filter((key) => this._events[key] !== undefined)
  }

  function maxListenersOf(emitter: Loose): number {
    return emitter._maxListeners === undefined ? limit.value : emitter._maxListeners
  }

  function listOf(emitter: Loose, type: PropertyKey): Listener[] {
    const slot: Slot = emitter._events?.[type]
    return slot === undefined ? [] : typeof slot === 'function' ? [slot] : slot.slice()
  }

  function add(emitter: Loose, type: PropertyKey, listener: Listener, prepend: boolean): Loose {
    validateFunction(listener, 'listener')
    if (emitter._events === undefined) {
      emitter._events = noSlots()
      emitter._eventsCount = 0
    } else if (emitter._events.newListener !== undefined) {
      // Before it is added, so that adding a listener for `newListener` is not announced to itself.
      emitter.emit('newListener', type, listener.listener ?? listener)
    }
    // Read again: a listener for `newListener` may have replaced it.
    const slots: Slots = emitter._events
    const slot = slots[type]
    if (slot === undefined) {
      slots[type] = listener
      emitter._eventsCount++
      return emitter
    }
    const list = typeof slot === 'function' ? asList([slot]) : writable(slots, type, slot)
    slots[type] = list
    if (prepend) list.unshift(listener)
    else list.push(listener)
    const max = maxListenersOf(emitter)
    if (max > 0 && list.length > max && !list.warned) warnOfLeak(emitter, type, list, max)
    return emitter
  }

  function drop(emitter: Loose, slots: Slots, type: PropertyKey): void {
    emitter._eventsCount--
    if (emitter[shapeMode]) slots[type] = undefined
    else if (emitter._eventsCount === 0) emitter._events = noSlots()
    else delete slots[type]
  }

  function warnOfLeak(emitter: Loose, type: PropertyKey, list: ListenerList, max: number): void {
    list.warned = true
    const shown = context.require('util').inspect(emitter, { depth: -1 })
    const text =
      `Possible EventEmitter memory leak detected. ${list.length} ${String(type)} listeners ` +
      `added to ${shown}. MaxListeners is ${max}. Use emitter.setMaxListeners() to increase limit`
    const warning = Object.assign(new Error(text), {
      name: 'MaxListenersExceededWarning',
      emitter,
      type,
      count: list.length,
    })
    context.require('process').emitWarning(warning)
  }

  /** What `emit('error')` throws when nobody listens. */
  function unheard(args: Loose[]): unknown {
    const [error] = args
    if (args.length > 0 && error instanceof Error) return error
    let shown: unknown = error
    try {
      shown = context.require('util').inspect(error)
    } catch {
      // An `inspect` of its own that throws: the value speaks for itself.
    }
    const made = codedError(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${shown})`) as Loose
    made.context = error
    return made
  }

  /** With `captureRejections`, a listener that returns a promise reports its rejection as an `error` event. */
  function watch(emitter: Loose, result: Loose, type: PropertyKey, args: Loose[]): void {
    if (result === undefined || result === null || !emitter[captures]) return
    try {
      const then = result.then
      if (typeof then !== 'function') return
      then.call(result, undefined, (error: unknown) => {
        // Outside of the promise's job, so that a throwing handler is not one more rejection.
        context.require('process').nextTick(report, emitter, error, type, args)
      })
    } catch (error) {
      emitter.emit('error', error)
    }
  }

  function report(emitter: Loose, error: unknown, type: PropertyKey, args: Loose[]): void {
    if (typeof emitter[captureRejectionSymbol] === 'function') {
      emitter[captureRejectionSymbol](error, type, ...args)
      return
    }
    const before = emitter[captures]
    try {
      // Else an `error` listener that rejects would go round for ever.
      emitter[captures] = false
      emitter.emit('error', error)
    } finally {
      emitter[captures] = before
    }
  }

  return nameClass(EventEmitter, 'EventEmitter')
}

function asList(listeners: Listener[]): ListenerList {
  return Object.assign(listeners, { running: 0 })
}

/** The list itself, or a copy in its place while an emit walks it. */
function writable(slots: Slots, type: PropertyKey, list: ListenerList): ListenerList {
  if (list.running === 0 || list.running === undefined) return list
  const copy = asList(list.slice())
  if (list.warned) copy.warned = true
  slots[type] = copy
  return copy
}

function onceOnly(target: Loose, type: PropertyKey, listener: Listener): Listener {
  let fired = false
  const wrapper: Listener = (...args) => {
    if (fired) return
    fired = true
    target.removeListener(type, wrapper)
    return Reflect.apply(listener, target, args)
  }
  wrapper.listener = listener
  return wrapper
}
