/** `t.mock`: functions that remember how they were called. */

import { createError } from '../../../src/errors.ts'
import type { Loose } from '../loose.ts'
import { validateFunction, validateInteger } from '../validate.ts'

interface Call {
  readonly arguments: unknown[]
  readonly result: unknown
  readonly error: unknown
  readonly stack: Error
  readonly target: unknown
  readonly this: unknown
}

/** One loader's own classes, as guest code may patch them; gives node's `MockTracker`. */
export function createMockTracker(): new () => object {
  class MockFunctionContext {
    #calls: Call[] = []
    #implementation: Loose
    #once = new Map<number, Loose>()
    readonly #original: Loose
    readonly #restore: () => void

    constructor(implementation: Loose, original: Loose, restore: () => void) {
      this.#implementation = implementation
      this.#original = original
      this.#restore = restore
    }

    get calls(): Call[] {
      return [...this.#calls]
    }

    callCount(): number {
      return this.#calls.length
    }

    mockImplementation(implementation: unknown): void {
      validateFunction(implementation, 'implementation')
      this.#implementation = implementation
    }

    mockImplementationOnce(implementation: unknown, onCall: unknown = this.#calls.length): void {
      validateFunction(implementation, 'implementation')
      validateInteger(onCall, 'onCall', this.#calls.length)
      this.#once.set(onCall, implementation)
    }

    resetCalls(): void {
      this.#calls = []
    }

    restore(): void {
      this.#implementation = this.#original
      this.#once.clear()
      this.#restore()
    }

    /** One call, by `new` when there is a target. */
    static invoke(
      context: MockFunctionContext,
      self: unknown,
      args: unknown[],
      target: Loose,
    ): unknown {
      const index = context.#calls.length
      const fn = context.#once.get(index) ?? context.#implementation
      context.#once.delete(index)
      let result: unknown
      let error: unknown
      try {
        result = target ? Reflect.construct(fn, args, target) : Reflect.apply(fn, self, args)
        return result
      } catch (thrown) {
        error = thrown
        throw thrown
      } finally {
        const receiver = target ? result : self
        const stack = new Error()
        context.#calls.push({ arguments: args, error, result, stack, target, this: receiver })
      }
    }
  }

  return class MockTracker {
    #mocks: MockFunctionContext[] = []

    fn(original?: Loose, implementation?: Loose, options?: Loose): Loose {
      const hasOriginal = typeof original === 'function'
      const first = hasOriginal ? original : () => {}
      const hasImplementation = typeof implementation === 'function'
      const times = (hasImplementation ? options : implementation)?.times
      return this.#create(first, hasImplementation ? implementation : first, times, () => {})
    }

    #create(
      original: Loose,
      implementation: Loose,
      times: number | undefined,
      restore: () => void,
    ): Loose {
      const context = new MockFunctionContext(implementation, original, restore)
      this.#mocks.push(context)
      const limited = (self: unknown, args: unknown[], target?: Loose) => {
        if (times !== undefined && context.callCount() + 1 === times) {
          try {
            return MockFunctionContext.invoke(context, self, args, target)
          } finally {
            context.restore()
          }
        }
        return MockFunctionContext.invoke(context, self, args, target)
      }
      return new Proxy(original, {
        apply: (_target, self, args) => limited(self, args),
        construct: (_target, args, target) => limited(undefined, args, target) as object,
        get: (target, key, receiver) =>
          key === 'mock' ? context : Reflect.get(target, key, receiver),
      })
    }

    method(object: Loose, name: PropertyKey, implementation?: Loose, options?: Loose): Loose {
      const given = typeof implementation === 'function' ? options : implementation
      let holder = object
      while (holder && !Object.hasOwn(holder, name)) holder = Object.getPrototypeOf(holder)
      const descriptor = holder && Object.getOwnPropertyDescriptor(holder, name)
      const kind = given?.getter ? 'get' : given?.setter ? 'set' : 'value'
      const original = descriptor?.[kind]
      if (typeof original !== 'function') {
        throw createError('ERR_INVALID_ARG_VALUE', 'methodName', original, 'must be a method')
      }
      const replacement = typeof implementation === 'function' ? implementation : original
      const mock = this.#create(original, replacement, given?.times, () => {
        if (holder === object) Object.defineProperty(object, name, descriptor)
        else delete object[name]
      })
      Object.defineProperty(object, name, { ...descriptor, configurable: true, [kind]: mock })
      return mock
    }

    getter(object: Loose, name: PropertyKey, implementation?: Loose, options?: Loose): Loose {
      const own = typeof implementation === 'function' ? options : implementation
      return typeof implementation === 'function'
        ? this.method(object, name, implementation, { ...own, getter: true })
        : this.method(object, name, { ...own, getter: true })
    }

    setter(object: Loose, name: PropertyKey, implementation?: Loose, options?: Loose): Loose {
      const own = typeof implementation === 'function' ? options : implementation
      return typeof implementation === 'function'
        ? this.method(object, name, implementation, { ...own, setter: true })
        : this.method(object, name, { ...own, setter: true })
    }

    restoreAll(): void {
      for (const mock of this.#mocks) mock.restore()
    }

    reset(): void {
      this.restoreAll()
      this.#mocks = []
    }
  }
}
