/** What kind of object the engine has made, whatever its prototype pretends. */

import { type Check, typedArrayName } from '../brands.ts'

/** `Object.prototype.toString` tells these, unless the object has a tag. */
const native = new Set(['Arguments', 'Error', 'RegExp', 'Date', 'Number', 'String', 'Boolean'])

/**
 * @param types `util.types`
 * @returns a function that gives the name of a class, or `Object` where there is nothing to tell
 */
export function createBrandOf(types: Record<string, Check>): (value: object) => string {
  const checks = [
    ...['Set', 'Map', 'MapIterator', 'SetIterator', 'RegExp', 'Date'],
    ...['ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Promise', 'WeakSet', 'WeakMap'],
    ...['ModuleNamespaceObject', 'NumberObject', 'StringObject', 'BooleanObject'],
    ...['BigIntObject', 'SymbolObject', 'ArgumentsObject'],
  ].map((name) => {
    const brand = name.replace(/Object$|Native/, '').replace('Iterator', ' Iterator')
    return [brand, types[`is${name}`] as Check] as const
  })
  const isNativeError = types.isNativeError as Check

  return (value) => {
    if (Array.isArray(value)) return 'Array'
    if (typeof value === 'function') return 'Function'
    if (typedArrayName(value) !== undefined) return 'TypedArray'
    if (value instanceof Error || isNativeError(value)) return 'Error'
    // All other classes have tags: where there is none in an ordinary object, it is none of them. Asking is slow.
    if (!(Symbol.toStringTag in value) && value instanceof Object) {
      const tag = Object.prototype.toString.call(value).slice(8, -1)
      return native.has(tag) ? tag : 'Object'
    }
    return checks.find(([, isBrand]) => isBrand(value))?.[0] ?? 'Object'
  }
}
