/** What kind of object the engine has made, whatever its prototype pretends. */

import { type Check, typedArrayName } from '../brands.ts'
import type { Loose } from '../loose.ts'
import { attempt } from './attempt.ts'

/** `Object.prototype.toString` tells these, unless the object has a tag. */
const native = new Set(['Arguments', 'Error', 'RegExp', 'Date', 'Number', 'String', 'Boolean'])

const names =
  'Set Map MapIterator SetIterator RegExp Date NativeError ArrayBuffer SharedArrayBuffer DataView Promise WeakSet WeakMap ModuleNamespaceObject NumberObject StringObject BooleanObject BigIntObject SymbolObject ArgumentsObject'

/**
 * @param types `util.types`
 * @returns a function that gives the name of a class, or `Object` where there is nothing to tell
 */
export function createBrandOf(types: Record<string, Check>): (value: object) => string {
  const kinds = names.split(' ').map((name) => {
    const brand = name.replace(/Object$|Native/, '').replace('Iterator', ' Iterator')
    const Class: Loose = (globalThis as Loose)[brand]
    return { brand, Class, isOne: types[`is${name}`] as Check }
  })

  return (value) => {
    if (Array.isArray(value)) return 'Array'
    if (typeof value === 'function') return 'Function'
    if (typedArrayName(value) !== undefined) return 'TypedArray'
    if (value instanceof Error) return 'Error'
    const isOfRealm = value instanceof Object
    // All other classes have tags: where there is none in an object of ours, it is none of them.
    if (isOfRealm && !(Symbol.toStringTag in value)) {
      const tag = Object.prototype.toString.call(value).slice(8, -1)
      return native.has(tag) ? tag : 'Object'
    }
    for (const { brand, Class, isOne } of kinds) {
      // Asking costs an exception: not where the prototypes of an object of ours deny it.
      const isPossible = !isOfRealm || Class === undefined || value instanceof Class
      if (isPossible && attempt(() => isOne(value))) return brand
    }
    return 'Object'
  }
}
