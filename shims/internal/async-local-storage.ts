/** https://nodejs.org/docs/latest-v26.x/api/async_context.html#class-asynclocalstorage */

import type { ShimContext } from '../../src/seams.ts'
import type { Loop } from './loop.ts'
import type { Loose, LooseFunction } from './loose.ts'
import { nameClass } from './names.ts'
import { disposeSymbol } from './symbols.ts'
import { validateObject } from './validate.ts'

/** By storage; the loop tells whether anybody may still ask. */
type Stores = ReadonlyMap<object, { readonly store: unknown; readonly loop: Loop }>

/**
 * @param loop its `frame` holds the stores of the running code: a map that is replaced, never changed, so that keeping
 *   it is capturing it; every task carries it along. A host that carries it may bring stores of other loaders too.
 */
export function createAsyncLocalStorage(
  context: ShimContext,
  loop: Loop,
  AsyncResource: Loose,
): Loose {
  const stores = () => loop.frame as Stores | undefined
  /** A copy to add to, or nothing. What ended loaders have left is not handed on: the host would hold it for ever. */
  const copy = () => new Map([...(stores() ?? [])].filter(([, { loop }]) => !loop.ended))
  context.onDispose(() => {
    const rest = copy()
    loop.frame = rest.size > 0 ? rest : undefined
  })

  class AsyncLocalStorage {
    #defaultValue: unknown
    #name: string
    constructor(options: Loose = {}) {
      validateObject(options, 'options')
      this.#defaultValue = options.defaultValue
      this.#name = options.name === undefined ? '' : `${options.name}`
    }
    get name(): string {
      return this.#name
    }
    static bind(fn: LooseFunction): LooseFunction {
      return AsyncResource.bind(fn)
    }
    static snapshot(): LooseFunction {
      return AsyncResource.bind((callback: LooseFunction, ...args: unknown[]) => callback(...args))
    }
    disable(): void {
      if (!stores()?.has(this)) return
      const next = copy()
      next.delete(this)
      loop.frame = next
    }
    enterWith(store: unknown): void {
      loop.frame = copy().set(this, { store, loop })
    }
    run(store: unknown, callback: LooseFunction, ...args: unknown[]): unknown {
      const before = this.getStore()
      this.enterWith(store)
      try {
        return callback(...args)
      } finally {
        // Only its own: what the callback entered elsewhere stays, as in node.
        this.enterWith(before)
      }
    }
    exit(callback: LooseFunction, ...args: unknown[]): unknown {
      return this.run(undefined, callback, ...args)
    }
    getStore(): unknown {
      const found = stores()?.get(this)
      return found ? found.store : this.#defaultValue
    }
    withScope(store: unknown): object {
      const before = this.getStore()
      let isOpen = true
      this.enterWith(store)
      const dispose = (): void => {
        if (isOpen) this.enterWith(before)
        isOpen = false
      }
      return { dispose, [disposeSymbol]: dispose }
    }
  }
  return nameClass(AsyncLocalStorage, 'AsyncLocalStorage')
}
