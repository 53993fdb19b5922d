import type { Loose } from '../loose.ts'

/** A class between `Transform` and those that become streams when they are first used as such, which few are. */
export function createLazyTransform(Transform: Loose): Loose {
  function LazyTransform(): void {}
  Object.setPrototypeOf(LazyTransform.prototype, Transform.prototype)
  Object.setPrototypeOf(LazyTransform, Transform)
  for (const name of ['_readableState', '_writableState']) {
    Object.defineProperty(LazyTransform.prototype, name, {
      get(this: Loose) {
        Transform.call(this, this._options)
        // Text arrives with its encoding.
        this._writableState.decodeStrings = false
        return this[name]
      },
      set(this: Loose, value: unknown) {
        Object.defineProperty(this, name, {
          value,
          writable: true,
          enumerable: true,
          configurable: true,
        })
      },
      enumerable: true,
      configurable: true,
    })
  }
  return LazyTransform
}
