/** AbortController and AbortSignal for hosts without them. https://dom.spec.whatwg.org/#aborting-ongoing-activities */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { timersOf } from '../timers.ts'
import { validateNumber } from '../validate.ts'
import type { EventClasses } from './events.ts'

export interface AbortClasses {
  readonly AbortController: Loose
  readonly AbortSignal: Loose
}

export function createAbortClasses(
  context: ShimContext,
  { Event, EventTarget, defineHandler }: EventClasses,
  DOMException: Loose,
): AbortClasses {
  const states = new WeakMap<object, { aborted: boolean; reason: unknown; followers: Loose[] }>()
  let mayConstruct = false
  const inspectSymbol = Symbol.for('nodejs.util.inspect.custom')

  function stateOf(signal: object) {
    const state = states.get(signal)
    if (state !== undefined) return state
    throw codedError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type AbortSignal')
  }

  function create(): Loose {
    mayConstruct = true
    try {
      return new AbortSignal()
    } finally {
      mayConstruct = false
    }
  }

  function abort(
    signal: Loose,
    reason: unknown = new DOMException('This operation was aborted', 'AbortError'),
  ): void {
    const state = stateOf(signal)
    if (state.aborted) return
    state.aborted = true
    state.reason = reason
    signal.dispatchEvent(new Event('abort'))
    for (const follower of state.followers) abort(follower, reason)
    state.followers = []
  }

  class AbortSignal extends EventTarget {
    constructor() {
      if (!mayConstruct)
        throw codedError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor')
      super()
      states.set(this, { aborted: false, reason: undefined, followers: [] })
    }

    get aborted(): boolean {
      return stateOf(this).aborted
    }

    get reason(): unknown {
      return stateOf(this).reason
    }

    throwIfAborted(): void {
      const { aborted, reason } = stateOf(this)
      if (aborted) throw reason
    }

    static abort(reason?: unknown): Loose {
      const signal = create()
      abort(signal, reason)
      return signal
    }

    static timeout(delay: unknown): Loose {
      validateNumber(delay, 'delay', 0, Number.MAX_SAFE_INTEGER)
      const signal = create()
      const fire = () =>
        abort(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError'))
      timersOf(context).createTimeout(fire, delay, undefined, false, false)
      return signal
    }

    static any(signals: Iterable<Loose>): Loose {
      const result = create()
      for (const signal of signals) {
        if (!(signal instanceof AbortSignal)) {
          throw createError('ERR_INVALID_ARG_TYPE', 'signals', 'AbortSignal', signal)
        }
        const { aborted, reason, followers } = stateOf(signal)
        if (aborted) {
          abort(result, reason)
          break
        }
        followers.push(result)
      }
      return result
    }

    [inspectSymbol](_depth: number, options: Loose): string {
      const { aborted } = this
      return `AbortSignal ${context.require('util').inspect({ aborted }, options)}`
    }
  }

  class AbortController {
    readonly #signal: Loose = create()

    get signal(): Loose {
      return this.#signal
    }

    abort(reason?: unknown): void {
      abort(this.#signal, reason)
    }

    [inspectSymbol](_depth: number, options: Loose): string {
      const { signal } = this
      return `AbortController ${context.require('util').inspect({ signal }, options)}`
    }
  }

  for (const [Class, members] of [
    [AbortSignal, ['aborted', 'reason', 'throwIfAborted']],
    [AbortController, ['signal', 'abort']],
  ] as const) {
    for (const name of members) {
      Object.defineProperty(Class.prototype, name, { enumerable: true })
    }
    Object.defineProperty(Class.prototype, Symbol.toStringTag, {
      value: Class.name,
      configurable: true,
    })
  }
  defineHandler(AbortSignal.prototype, 'abort')
  return { AbortController, AbortSignal }
}
