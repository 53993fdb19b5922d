// https://nodejs.org/docs/latest-v26.x/api/util.html#utiltypes

import type { Shim } from '../../src/seams.ts'
import {
  type Check,
  getterOf,
  isAnyArrayBuffer,
  isArrayBuffer,
  isSharedArrayBuffer,
  takenBy,
  typedArrayName,
} from '../internal/brands.ts'
import type { Loose } from '../internal/loose.ts'
import { nameFunction } from '../internal/names.ts'

/** `[object X]`; unlike `instanceof` it does not care from which realm a value comes. */
const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1)
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const hasOwnTag = (value: object): boolean => Symbol.toStringTag in value

const typedArrayNames = [
  'Uint8Array',
  'Uint8ClampedArray',
  'Uint16Array',
  'Uint32Array',
  'Int8Array',
  'Int16Array',
  'Int32Array',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
]

const hasSource = takenBy(getterOf(RegExp, 'source'))
const boxes: Record<string, Check> = {
  isBigIntObject: takenBy(BigInt.prototype.valueOf),
  isBooleanObject: takenBy(Boolean.prototype.valueOf),
  isNumberObject: takenBy(Number.prototype.valueOf),
  isStringObject: takenBy(String.prototype.valueOf),
  isSymbolObject: takenBy(Symbol.prototype.valueOf),
}

/** `Promise.resolve` gives back what is a promise, and only that; its other uses would have effects. */
function isPromise(value: Loose): boolean {
  if (!isObject(value) || tagOf(value) !== 'Promise') return false
  try {
    const Class = value.constructor as Loose
    const same: Loose = Promise.resolve.call(Class, value)
    if (same === value) return true
    same?.then?.(ignore, ignore)
  } catch {
    // Dressed up as a promise.
  }
  return false
}

const ignore = (): void => undefined

function isNativeError(value: Loose): boolean {
  const { isError } = Error as Loose
  if (isError) return isError(value)
  return isObject(value) && tagOf(value) === 'Error' && !hasOwnTag(value)
}

function isModuleNamespaceObject(value: unknown): boolean {
  if (!isObject(value) || Object.getPrototypeOf(value) !== null || Object.isExtensible(value))
    return false
  return Object.getOwnPropertyDescriptor(value, Symbol.toStringTag)?.value === 'Module'
}

const writtenInJavaScript = /View$|Key|(?<!Any|Shared|is)Array$|^isTypedArray$/

/** What only an engine can tell (`isExternal`, and `isProxy` where the host does not) is answered with `false`. */
const createTypes: Shim = (context) => {
  const tagged =
    (...tags: string[]): Check =>
    (value) =>
      isObject(value) && tags.includes(tagOf(value))
  const functionTagged =
    (...tags: string[]): Check =>
    (value) =>
      typeof value === 'function' && tags.includes(tagOf(value))

  const checks: Record<string, Check> = {
    isExternal: () => false,
    isDate: takenBy(Date.prototype.valueOf),
    isArgumentsObject: (value) =>
      isObject(value) && tagOf(value) === 'Arguments' && !hasOwnTag(value),
    ...boxes,
    isNativeError,
    isRegExp: (value) => hasSource(value) && value !== RegExp.prototype,
    isAsyncFunction: functionTagged('AsyncFunction', 'AsyncGeneratorFunction'),
    isGeneratorFunction: functionTagged('GeneratorFunction', 'AsyncGeneratorFunction'),
    isGeneratorObject: tagged('Generator', 'AsyncGenerator'),
    isPromise,
    isMap: takenBy(getterOf(Map, 'size')),
    isSet: takenBy(getterOf(Set, 'size')),
    isMapIterator: tagged('Map Iterator'),
    isSetIterator: tagged('Set Iterator'),
    isWeakMap: takenBy(WeakMap.prototype.has, {}),
    isWeakSet: takenBy(WeakSet.prototype.has, {}),
    isArrayBuffer,
    isSharedArrayBuffer,
    isProxy: (value) => context.host.isProxy?.(value) ?? false,
    isModuleNamespaceObject,
    isAnyArrayBuffer,
    isBoxedPrimitive: (value) => Object.values(boxes).some((check) => check(value)),
    isArrayBufferView: (value) => ArrayBuffer.isView(value),
    isDataView: takenBy(getterOf(DataView, 'buffer')),
    isTypedArray: (value) => typedArrayName(value) !== undefined,
    isKeyObject: (value) => isInstance(value, () => context.require('crypto').KeyObject),
    isCryptoKey: (value) => isInstance(value, () => context.global.CryptoKey),
  }
  for (const name of typedArrayNames)
    checks[`is${name}`] = (value) => typedArrayName(value) === name

  const types: Record<string, Check> = {}
  for (const [name, check] of Object.entries(checks)) {
    // Each loader has functions of its own, with node's names.
    const named: Check = { [name]: (value: unknown) => check(value) }[name] as Check
    // Those of C++ take, as far as programs can see, no parameter.
    if (!writtenInJavaScript.test(name)) {
      Object.defineProperty(named, 'length', { value: 0, configurable: true })
    }
    Object.defineProperty(types, name, {
      value: named,
      enumerable: true,
      writable: !name.includes('Key'),
      configurable: !name.includes('Key'),
    })
  }
  nameFunction(types.isArrayBufferView, 'isView')
  return types
}

/** A class of a host or a shim that may be absent, and then has no instances. */
function isInstance(value: unknown, find: () => Loose): boolean {
  if (!isObject(value)) return false
  try {
    const Class = find()
    return typeof Class === 'function' && value instanceof Class
  } catch {
    return false
  }
}

export default createTypes
