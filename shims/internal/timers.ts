/** What `timers`, `timers/promises` and the globals share: the classes and the host's timers behind them. */

import type { ShimContext } from '../../src/seams.ts'
import { type Loop, lacksTimers, loopOf, type Task } from './loop.ts'
import { disposeSymbol } from './symbols.ts'
import { createDelays } from './timer-delays.ts'

// biome-ignore lint/complexity/noBannedTypes: whatever the guest wants called back
type Callback = Function

export interface Timeout {
  ref(): this
  unref(): this
  hasRef(): boolean
  refresh(): this
  close(): this
  _destroyed: boolean
}

export interface Immediate {
  ref(): this
  unref(): this
  hasRef(): boolean
  _destroyed: boolean
}

export interface Timers {
  createTimeout(
    callback: Callback,
    after: unknown,
    args: unknown[] | undefined,
    repeats: boolean,
    holds?: boolean,
    /** What it stands for, as `process.getActiveResourcesInfo()` names it. @default 'Timeout' */
    resource?: string,
  ): Timeout
  createImmediate(callback: Callback, args: unknown[] | undefined): Immediate
  /** Ends a task of input and output: its callback has a turn of the loop to itself. */
  callBack(callback: () => void, task: Task): void
  clearTimeout(timer: unknown): void
  clearImmediate(immediate: unknown): void
  /** What keeps the guest alive, as `process.getActiveResourcesInfo()` names it. */
  active(): string[]
}

const made = new WeakMap<Loop, Timers>()

/** The loader's timers: both builtins and the globals must know each other's. */
export function timersOf(context: ShimContext): Timers {
  const loop = loopOf(context)
  let timers = made.get(loop)
  if (timers === undefined) {
    timers = createTimers(context, loop)
    made.set(loop, timers)
  }
  return timers
}

function createTimers(context: ShimContext, loop: Loop): Timers {
  const { host } = context
  /** Timers whose number somebody asked for, so that `clearTimeout(+timer)` finds them. */
  const known = new Map<number, TimeoutImplementation>()
  const live = new Set<TimeoutImplementation | ImmediateImplementation>()
  const delayOf = createDelays(context)
  // node's own names: what `console.log(timer)` shows.
  const refed = Symbol('refed')
  const hasPrimitive = Symbol('kHasPrimitive')
  const asyncId = Symbol('asyncId')
  const triggerId = Symbol('triggerId')

  /** Whether what runs was called back by input: after it node's loop comes to immediates first, then to timers. */
  let isInput = false
  let immediatesOfInput = 0

  function nextTurn(run: () => void): unknown {
    if (host.setImmediate) return host.setImmediate(run)
    if (host.setTimeout) return host.setTimeout(run, 0)
    // No loop turns on such a host: behind the ticks and promise jobs of the running one is the next best.
    loop.queueMicrotask(() => loop.queueMicrotask(run))
    return undefined
  }

  class TimeoutImplementation implements Timeout {
    _idleTimeout: number
    _idlePrev: this | null = this
    _idleNext: this | null = this
    _idleStart: number | null = null
    _onTimeout: Callback | null | undefined
    _timerArgs: unknown[] | undefined
    _repeat: number | null
    _destroyed = false;
    [refed]: boolean;
    [hasPrimitive] = false;
    [asyncId]: number;
    [triggerId]: number
    #handle: unknown
    #task: Task
    readonly #resource: string

    constructor(
      callback: Callback,
      after: unknown,
      args: unknown[] | undefined,
      repeats: boolean,
      holds: boolean,
      resource: string,
    ) {
      this.#resource = resource
      const delay = delayOf(after)
      this._idleTimeout = delay
      this._onTimeout = callback
      this._timerArgs = args
      this._repeat = repeats ? delay : null
      this[refed] = holds
      this.#task = loop.begin('Timeout', this)
      this[asyncId] = this.#task.asyncId
      this[triggerId] = this.#task.triggerAsyncId
      if (holds) loop.hold()
    }

    static resourceOf(timer: TimeoutImplementation): string {
      return timer.#resource
    }

    /** Starts it, or starts it anew. */
    static start(timer: TimeoutImplementation, delay: number): void {
      if (timer.#handle !== undefined) host.clearTimeout?.(timer.#handle)
      // A `finally` of a guest that has exited may come by here: nothing happens any more, and nothing is thrown.
      if (loop.ended) return
      if (!host.setTimeout) throw lacksTimers(context, 'setTimeout')
      timer._idleStart = Math.trunc(host.uptime())
      timer._idleNext = timer._idlePrev = timer
      live.add(timer)
      timer.#handle = host.setTimeout(() => timer.#fire(), Math.trunc(delay))
      if (!timer[refed]) host.setKeepsAlive?.(timer.#handle, false)
    }

    /** Stops it for good, or until `refresh()`. */
    static stop(timer: TimeoutImplementation): void {
      timer._onTimeout = null
      if (timer.#handle !== undefined) host.clearTimeout?.(timer.#handle)
      timer.#handle = undefined
      timer._idleNext = timer._idlePrev = null
      if (timer._destroyed) return
      timer.#destroy()
      timer._timerArgs = undefined
      timer._idleTimeout = -1
    }

    #destroy(): void {
      this._destroyed = true
      live.delete(this)
      known.delete(this[asyncId])
      loop.observer?.destroy(this[asyncId])
      if (this[refed]) loop.release()
    }

    #fire(): void {
      this.#handle = undefined
      this._idleNext = this._idlePrev = null
      if (!this._onTimeout) return
      if (immediatesOfInput > 0) {
        this.#handle = nextTurn(() => this.#fire())
        return
      }
      isInput = false
      const start = host.uptime()
      loop.run(() => {
        try {
          const args = this._timerArgs
          if (args === undefined) this._onTimeout?.()
          else this._onTimeout?.(...args)
        } finally {
          this.#settle(start)
        }
      }, this.#task)
    }

    /** After a call: an interval goes on; a timer which nobody has refreshed meanwhile is over. */
    #settle(start: number): void {
      if (this._destroyed || loop.ended) return
      if (this._repeat && this._idleTimeout !== -1) {
        // As in node the next call is due one interval after this one was, not after it was done.
        this._idleTimeout = this._repeat
        TimeoutImplementation.start(
          this,
          Math.max(1, this._repeat - Math.trunc(host.uptime() - start)),
        )
      } else if (this.#handle === undefined) this.#destroy()
    }

    refresh(): this {
      if (this._idleTimeout < 0) return this
      if (this._destroyed) {
        this._destroyed = false
        if (this[refed]) loop.hold()
      }
      TimeoutImplementation.start(this, this._idleTimeout)
      return this
    }

    unref(): this {
      if (this[refed]) {
        this[refed] = false
        if (!this._destroyed) loop.release()
        if (this.#handle !== undefined) host.setKeepsAlive?.(this.#handle, false)
      }
      return this
    }

    ref(): this {
      if (!this[refed]) {
        this[refed] = true
        if (!this._destroyed) loop.hold()
        if (this.#handle !== undefined) host.setKeepsAlive?.(this.#handle, true)
      }
      return this
    }

    hasRef(): boolean {
      return this[refed]
    }

    close(): this {
      clearTimeout(this)
      return this
    }

    [Symbol.toPrimitive](): number {
      const id = this[asyncId]
      if (!this[hasPrimitive]) {
        this[hasPrimitive] = true
        known.set(id, this)
      }
      return id
    }
  }

  /** Each has a call of the host to itself, so that promise jobs come between two of them, as in node. */
  class ImmediateImplementation implements Immediate {
    _idleNext: null = null
    _idlePrev: null = null
    _onImmediate: Callback | undefined
    _argv: unknown[] | undefined
    _destroyed = false;
    [refed]: boolean | null = true;
    [asyncId]: number;
    [triggerId]: number
    #handle: unknown
    readonly #task: Task
    readonly #isOfInput: boolean = isInput

    constructor(callback: Callback, args: unknown[] | undefined, task?: Task) {
      this._onImmediate = callback
      this._argv = args
      this.#task = task ?? loop.begin('Immediate', this)
      this[asyncId] = this.#task.asyncId
      this[triggerId] = this.#task.triggerAsyncId
      loop.hold()
      live.add(this)
      if (this.#isOfInput) immediatesOfInput++
      if (!loop.ended) this.#handle = nextTurn(() => this.#run())
    }

    #run(): void {
      isInput = false
      const { _onImmediate: callback, _argv: args } = this
      this.#end()
      if (callback === undefined) return
      loop.run(() => {
        try {
          // Not by `callback.call`, which may be the guest's.
          Reflect.apply(callback, this, args ?? [])
        } finally {
          this._onImmediate = this._argv = undefined
        }
      }, this.#task)
    }

    #end(): void {
      this._destroyed = true
      loop.observer?.destroy(this[asyncId])
      live.delete(this)
      if (this.#isOfInput) immediatesOfInput--
      if (this[refed]) loop.release()
      this[refed] = null
    }

    static clear(immediate: ImmediateImplementation): void {
      if (immediate._destroyed || immediate._onImmediate === undefined) return
      immediate.#end()
      immediate._onImmediate = immediate._argv = undefined
      const clear = host.setImmediate ? host.clearImmediate : host.clearTimeout
      if (immediate.#handle !== undefined) clear?.(immediate.#handle)
    }

    ref(): this {
      if (this[refed] === false) {
        this[refed] = true
        loop.hold()
        host.setKeepsAlive?.(this.#handle, true)
      }
      return this
    }

    unref(): this {
      if (this[refed] === true) {
        this[refed] = false
        loop.release()
        host.setKeepsAlive?.(this.#handle, false)
      }
      return this
    }

    hasRef(): boolean {
      return !!this[refed]
    }
  }

  function clearTimeout(timer: unknown): void {
    if (timer instanceof TimeoutImplementation) TimeoutImplementation.stop(timer)
    else if (typeof timer === 'number' || typeof timer === 'string') {
      const found = known.get(Number(timer))
      if (found !== undefined) TimeoutImplementation.stop(found)
    }
  }

  function clearImmediate(immediate: unknown): void {
    if (immediate instanceof ImmediateImplementation) ImmediateImplementation.clear(immediate)
  }

  for (const [Class, clear] of [
    [TimeoutImplementation, clearTimeout],
    [ImmediateImplementation, clearImmediate],
  ] as const) {
    const name = Class === TimeoutImplementation ? 'Timeout' : 'Immediate'
    Object.defineProperty(Class, 'name', { value: name, configurable: true })
    Object.defineProperty(Class.prototype, disposeSymbol, {
      value(this: unknown) {
        clear(this)
      },
      writable: true,
      configurable: true,
    })
    // One level: a timer refers to itself.
    Object.defineProperty(Class.prototype, Symbol.for('nodejs.util.inspect.custom'), {
      value(this: object, _depth: number, options: object) {
        return context.require('util').inspect(this, { ...options, depth: 0, customInspect: false })
      },
      writable: true,
      configurable: true,
    })
  }

  context.onDispose(() => {
    for (const one of live) {
      if (one instanceof TimeoutImplementation) TimeoutImplementation.stop(one)
      else clearImmediate(one)
    }
  })

  return {
    createTimeout(callback, after, args, repeats, holds = true, resource = 'Timeout') {
      if (!host.setTimeout) throw lacksTimers(context, repeats ? 'setInterval' : 'setTimeout')
      const timer = new TimeoutImplementation(callback, after, args, repeats, holds, resource)
      TimeoutImplementation.start(timer, timer._idleTimeout)
      return timer
    },
    createImmediate(callback, args) {
      return new ImmediateImplementation(callback, args)
    },
    callBack(callback, task) {
      new ImmediateImplementation(
        () => {
          isInput = true
          callback()
        },
        undefined,
        task,
      )
    },
    clearTimeout,
    clearImmediate,
    active: () =>
      [...live]
        .filter((one) => one.hasRef())
        .map((one) =>
          one instanceof TimeoutImplementation
            ? TimeoutImplementation.resourceOf(one)
            : 'Immediate',
        ),
  }
}
