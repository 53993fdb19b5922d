/** What a module sees of another that is still running: node warns when it asks for more than is there yet. */

/** Lends plain, unfinished exports a prototype that warns, and takes it back. */
export interface CircularExports {
  /** The exports for a module that requires them in a circle. */
  lend(exports: unknown): unknown
  /** Called when the module has run. */
  takeBack(exports: unknown): void
}

/** @param isProxy proxies are left alone, for their traps would see what is done to them */
export function createCircularExports(
  emitWarning: (message: string) => void,
  isProxy: (value: unknown) => boolean,
): CircularExports {
  const warn = (property: PropertyKey) =>
    emitWarning(
      `Accessing non-existent property '${String(property)}' of module exports inside circular dependency`,
    )
  const warner = new Proxy<Record<PropertyKey, unknown>>(
    {},
    {
      get(target, property) {
        // Transpiled modules are asked for `__esModule` whatever they are.
        if (!(property in target) && property !== '__esModule') warn(property)
        return target[property]
      },
      getOwnPropertyDescriptor(target, property) {
        if (!Object.hasOwn(target, property) && property !== '__esModule') warn(property)
        return Object.getOwnPropertyDescriptor(target, property)
      },
    },
  )
  const lent = new WeakSet<object>()
  return {
    lend(exports) {
      if (!isProxy(exports) && isPlain(exports) && !exports.__esModule) {
        Object.setPrototypeOf(exports, warner)
        lent.add(exports)
      }
      return exports
    },
    takeBack(exports) {
      if (!lent.delete(exports as object) || prototypeOf(exports) !== warner) return
      Object.setPrototypeOf(exports as object, Object.prototype)
    },
  }
}

function isPlain(exports: unknown): exports is Record<string, unknown> {
  return prototypeOf(exports) === Object.prototype
}

/** A proxy that the host could not name may refuse to answer. */
function prototypeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  try {
    return Object.getPrototypeOf(value)
  } catch {
    return undefined
  }
}
