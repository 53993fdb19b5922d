/**
 * Deep equality as `assert` and `util.isDeepStrictEqual` understand it.
 * https://nodejs.org/docs/latest-v26.x/api/assert.html#comparison-details_1
 */

import { type Collections, createCollections } from './deep-equal-collections.ts'
import type { Loose } from './loose.ts'

/**
 * `loose`: `==`. `strict`: `Object.is` and the same prototypes. `structure`: strict but for prototypes.
 * `partial`: strict on what the second value has; the first may have more.
 */
export type Mode = 'loose' | 'strict' | 'structure' | 'partial'
/** The objects that are being compared further up, which is how cycles are seen. */
export type Visited = Set<object>
export type Equal = (a: Loose, b: Loose, mode: Mode, visited: Visited) => boolean
export type DeepEqual = (a: Loose, b: Loose, mode: Mode) => boolean

type Types = Record<string, (value: unknown) => boolean>

const hasOwn = Object.hasOwn
const isEnumerable = (object: object, key: PropertyKey): boolean =>
  Object.prototype.propertyIsEnumerable.call(object, key)
const isIndex = (key: string): boolean => /^(0|[1-9]\d*)$/.test(key) && Number(key) < 2 ** 32 - 1
const stringTag = (value: Loose): unknown => value[Symbol.toStringTag]
const builtinTag = (value: Loose): string => Object.prototype.toString.call(value)

/** @param types this loader's `util.types` */
export function createDeepEqual(types: Types): DeepEqual {
  const is = (name: string, value: unknown): boolean =>
    (types[name] as (value: unknown) => boolean)(value)
  const isError = (value: unknown): boolean => is('isNativeError', value) || value instanceof Error
  const collections: Collections = createCollections(equal)

  function equal(a: Loose, b: Loose, mode: Mode, visited: Visited): boolean {
    if (a === b) return a !== 0 || mode === 'loose' || Object.is(a, b)
    const areObjects = typeof a === 'object' && typeof b === 'object' && a !== null && b !== null
    if (areObjects) return equalObjects(a, b, mode, visited)
    if (mode !== 'loose') return Number.isNaN(a) && Number.isNaN(b)
    const isAnObject = (value: unknown): boolean => typeof value === 'object' && value !== null
    if (isAnObject(a) || isAnObject(b)) return false
    // biome-ignore lint/suspicious/noDoubleEquals: the legacy mode is defined by `==`
    return a == b || (Number.isNaN(a) && Number.isNaN(b))
  }

  function equalObjects(a: Loose, b: Loose, mode: Mode, visited: Visited): boolean {
    if (mode === 'strict' && !haveSameClass(a, b)) return false
    const isPartial = mode === 'partial'
    const fits = (sizeOfA: number, sizeOfB: number): boolean =>
      sizeOfA === sizeOfB || (isPartial && sizeOfA > sizeOfB)

    if (Array.isArray(a)) {
      if (!Array.isArray(b) || !fits(a.length, b.length) || stringTag(a) !== stringTag(b))
        return false
      return equalKeys(a, b, mode, visited, collections.arrays)
    }
    if (stringTag(a) === undefined && builtinTag(a) === '[object Object]') {
      return !haveOtherTag(a, b) && equalKeys(a, b, mode, visited)
    }
    for (const kind of ['isSet', 'isMap'] as const) {
      if (!is(kind, a)) continue
      if (!is(kind, b) || !fits(a.size, b.size) || stringTag(a) !== stringTag(b)) return false
      return equalKeys(a, b, mode, visited, kind === 'isSet' ? collections.sets : collections.maps)
    }
    if (!equalSlots(a, b, mode, visited)) return false
    return equalKeys(a, b, mode, visited)
  }

  /** What an object holds beside its properties. */
  function equalSlots(a: Loose, b: Loose, mode: Mode, visited: Visited): boolean {
    if (ArrayBuffer.isView(a)) {
      if (!ArrayBuffer.isView(b) || viewName(a) !== viewName(b)) return false
      const isFloat = /^Float/.test(viewName(a))
      return mode === 'loose' && isFloat
        ? equalItems(a, b)
        : equalBytes(bytesOf(a), bytesOf(b), mode)
    }
    const sameTag = stringTag(a) === stringTag(b)
    if (is('isDate', a)) {
      if (!is('isDate', b) || !sameTag) return false
      const [timeA, timeB] = [Date.prototype.getTime.call(a), Date.prototype.getTime.call(b)]
      return Object.is(timeA, timeB)
    }
    if (is('isRegExp', a)) {
      const isSame = is('isRegExp', b) && a.source === b.source && a.flags === b.flags
      return isSame && a.lastIndex === b.lastIndex && sameTag
    }
    if (is('isAnyArrayBuffer', a)) {
      return is('isAnyArrayBuffer', b) && sameTag && equalBytes(bytesOf(a), bytesOf(b), mode)
    }
    const isOther = ['isSet', 'isMap', 'isDate', 'isRegExp', 'isAnyArrayBuffer'].some((kind) =>
      is(kind, b),
    )
    if (haveOtherTag(a, b) || Array.isArray(b) || ArrayBuffer.isView(b) || isOther) return false
    if (isError(a)) return isError(b) && equalErrors(a, b, mode, visited)
    if (is('isBoxedPrimitive', a)) return equalBoxes(a, b)
    if (isUrl(a)) return isUrl(b) && a.href === b.href
    if (is('isKeyObject', a)) return is('isKeyObject', b) && a.equals(b)
    if (is('isBoxedPrimitive', b) || isError(b)) return false
    // Nobody can look into these.
    return !['isWeakMap', 'isWeakSet', 'isPromise', 'isCryptoKey'].some((kind) => is(kind, a))
  }

  function equalErrors(a: Loose, b: Loose, mode: Mode, visited: Visited): boolean {
    for (const key of ['message', 'name', 'cause', 'errors']) {
      // Enumerable ones are compared with the other properties.
      if (isEnumerable(b, key)) continue
      const isLeftOut = b[key] === undefined || (key === 'message' && b[key] === '')
      if (mode === 'partial' && isLeftOut) continue
      if (!equal(a[key], b[key], mode, visited)) return false
    }
    return hasOwn(a, 'cause') === hasOwn(b, 'cause') || (mode === 'partial' && !hasOwn(b, 'cause'))
  }

  function equalBoxes(a: Loose, b: Loose): boolean {
    const kinds = ['Number', 'String', 'Boolean', 'BigInt', 'Symbol']
    const kind = kinds.find((name) => is(`is${name}Object`, a))
    if (!kind || !is(`is${kind}Object`, b)) return false
    const { valueOf: unbox } = Object.getPrototypeOf(Object(primitives[kind]))
    return Object.is(unbox.call(a), unbox.call(b))
  }

  function equalKeys(a: Loose, b: Loose, mode: Mode, visited: Visited, contents?: Equal): boolean {
    const isList = Array.isArray(a) || ArrayBuffer.isView(a)
    const keysOfB = ownKeys(b, mode, isList)
    if (mode !== 'partial' && keysOfB.length !== ownKeys(a, mode, isList).length) return false
    if (keysOfB.length === 0 && (!contents || b.length === 0 || b.size === 0)) return true

    // Met before: both at once is the same cycle on both sides, one alone is not.
    if (visited.has(a) || visited.has(b)) return visited.has(a) && visited.has(b)
    visited.add(a)
    visited.add(b)
    const isEqual =
      keysOfB.every((key) => isEnumerable(a, key) && equal(a[key], b[key], mode, visited)) &&
      (!contents || contents(a, b, mode, visited))
    visited.delete(a)
    visited.delete(b)
    return isEqual
  }

  return (a, b, mode) => equal(a, b, mode, new Set())
}

const primitives: Record<string, unknown> = {
  Number: 0,
  String: '',
  Boolean: false,
  BigInt: 0n,
  Symbol: Symbol.iterator,
}

/** Enumerable own keys; symbols count but in the legacy mode, indices do not in lists. */
function ownKeys(object: object, mode: Mode, isList: boolean): PropertyKey[] {
  const names: PropertyKey[] = Object.keys(object)
  const keys = isList ? names.filter((key) => !isIndex(key as string)) : names
  if (mode === 'loose') return keys
  return keys.concat(
    Object.getOwnPropertySymbols(object).filter((key) => isEnumerable(object, key)),
  )
}

/** By `constructor` where it is inherited: that takes objects of two realms' classes apart, and nothing else. */
function haveSameClass(a: Loose, b: Loose): boolean {
  if (a.constructor !== undefined && !hasOwn(a, 'constructor'))
    return a.constructor === b.constructor
  return Object.getPrototypeOf(a) === Object.getPrototypeOf(b)
}

function haveOtherTag(a: Loose, b: Loose): boolean {
  if (stringTag(a) !== undefined && stringTag(b) !== undefined) return stringTag(a) !== stringTag(b)
  return builtinTag(a) !== builtinTag(b)
}

function isUrl(value: Loose): boolean {
  return Boolean(
    value.href && value.protocol && value.auth === undefined && value.path === undefined,
  )
}

const typedArrayTag = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get as (this: unknown) => string | undefined

const viewName = (view: ArrayBufferView): string => typedArrayTag.call(view) ?? 'DataView'

function bytesOf(value: Loose): Uint8Array {
  if (!ArrayBuffer.isView(value)) return new Uint8Array(value)
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
}

function equalItems(a: Loose, b: Loose): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

function equalBytes(a: Uint8Array, b: Uint8Array, mode: Mode): boolean {
  if (mode !== 'partial' || a.length === b.length) return equalItems(a, b)
  // Partial: b's bytes stand in a, in this order.
  let found = 0
  for (let i = 0; i < a.length && found < b.length; i++) if (a[i] === b[found]) found++
  return found === b.length
}
