/** Module namespace exotic objects. https://tc39.es/ecma262/#sec-module-namespace-exotic-objects */

/** Reads a binding. @throws ReferenceError before it is initialised */
export type Getter = () => unknown

/** The same getter for a reader that has another name for the binding: errors tell of that one, from where it is read. */
export function readAs(name: string, getter: Getter): Getter {
  const read = () => {
    try {
      return getter()
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error
      const own = new ReferenceError(`Cannot access '${name}' before initialization`)
      capturer.captureStackTrace?.(own, read)
      throw own
    }
  }
  return read
}

/** V8's, which some other engines have as well. */
const capturer: object & { captureStackTrace?(error: Error, above: unknown): void } = Error

const namespaces = new WeakSet<object>()

/** Whether a value is a namespace, which nobody has to know to be a proxy. */
export function isNamespace(value: unknown): boolean {
  return namespaces.has(value as object)
}

/** @param bindings in any order; the object has its names sorted */
export function createNamespace(
  bindings: readonly (readonly [name: string, getter: Getter])[],
): object {
  const getters = new Map<PropertyKey, Getter>(
    [...bindings]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, getter]) => [name, readAs(name, getter)]),
  )
  const target = Object.create(null, {
    [Symbol.toStringTag]: { value: 'Module' },
  })
  const descriptorOf = (key: PropertyKey): PropertyDescriptor | undefined => {
    const getter = getters.get(key)
    return getter && { value: getter(), writable: true, enumerable: true, configurable: false }
  }
  /** A proxy may only say that a property is not configurable if its target has it. */
  const reserve = (key: PropertyKey) => {
    if (getters.has(key) && !Object.hasOwn(target, key)) {
      Object.defineProperty(target, key, { writable: true, enumerable: true, configurable: false })
    }
  }
  for (const key of getters.keys()) reserve(key)
  Object.preventExtensions(target)
  const namespace = new Proxy(target, {
    get: (_, key) => {
      const getter = getters.get(key)
      return getter === undefined ? target[key] : getter()
    },
    has: (_, key) => getters.has(key) || key === Symbol.toStringTag,
    set: () => false,
    deleteProperty: (_, key) => !getters.has(key) && key !== Symbol.toStringTag,
    ownKeys: () => [...getters.keys(), Symbol.toStringTag] as string[],
    getOwnPropertyDescriptor: (_, key) =>
      descriptorOf(key) ?? Reflect.getOwnPropertyDescriptor(target, key),
    defineProperty: (_, key, wanted) => {
      const own = descriptorOf(key) ?? Reflect.getOwnPropertyDescriptor(target, key)
      if (own === undefined || wanted.get || wanted.set) return false
      if (wanted.configurable || wanted.enumerable === !own.enumerable) return false
      if (wanted.writable === !own.writable) return false
      return !('value' in wanted) || Object.is(wanted.value, own.value)
    },
    setPrototypeOf: (_, prototype) => prototype === null,
    isExtensible: () => false,
    preventExtensions: () => true,
  })
  namespaces.add(namespace)
  return namespace
}
