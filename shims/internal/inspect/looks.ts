/** Each kind of object's look. */

import { getterOf, typedArrayName } from '../brands.ts'
import type { Loose } from '../loose.ts'
import {
  arrayMembers,
  bufferMembers,
  lengthOf,
  type Members,
  mapMembers,
  promiseMembers,
  setMembers,
  typedArrayMembers,
  unknownMembers,
  viewMembers,
} from './containers.ts'
import { errorBase } from './errors.ts'
import { functionBase } from './functions.ts'
import { prefixOf } from './names.ts'
import { formatPrimitive } from './primitive.ts'
import { formatProperty, keysOf, namedKeysOf, type Place } from './property.ts'
import type { Session } from './session.ts'

/** How one kind of object is shown. What is absent is as with ordinary objects. */
export interface Look {
  /** What stands before the braces; with it alone an object without members is shown. */
  base?: string
  braces?: [string, string]
  keys?: PropertyKey[]
  members?: Members
  place?: Place
  /** All of it, if the object has no properties to show. */
  ifEmpty?: string
  /** Shown like that where it lies too deep, too. */
  isNeverTooDeep?: boolean
}

/** What is known of an object before it is looked at. */
interface Subject {
  readonly session: Session
  readonly value: Loose
  readonly className: string | null
  readonly tag: string
  readonly isDeep: boolean
  /** The name before the brace. */
  prefix(fallback: string, size?: string): string
}

export function lookOf(
  session: Session,
  value: Loose,
  className: string | null,
  tag: string,
  isInner: boolean,
  isDeep: boolean,
): Look {
  const prefix = (fallback: string, size = '') => prefixOf(className, tag, fallback, size)
  const subject: Subject = { session, value, className, tag, isDeep, prefix }
  // An object that is said to be an ordinary one is believed, most of all because most are.
  const isIterable = Symbol.iterator in value
  const isOrdinary = className === 'Object' && typeof value !== 'function'
  if (isOrdinary && !isIterable) return plainLook(subject)
  const brand = session.surroundings.brandOf(value)
  const look = looks[brand]
  const isBelieved = lists.has(brand)
    ? !isIterable && className !== null
    : isOrdinary && brand !== 'Arguments'
  if (look === undefined || isBelieved) return plainLook(subject)
  return isInner ? innerBufferLook(subject, brand) : look(subject, brand)
}

const lists = new Set(['Array', 'Set', 'Map', 'TypedArray', 'Map Iterator', 'Set Iterator'])

const bracesWith = (prefix: string): [string, string] => [`${prefix}{`, '}']

/** A name and members. */
const collection =
  (members: Members) =>
  ({ prefix }: Subject, brand: string): Look => ({ braces: bracesWith(prefix(brand)), members })

/** What has a size: empty ones show no gap between the braces. */
function sized(members: Members, sizeOf: Loose) {
  return ({ value, prefix }: Subject, brand: string): Look => {
    const size: number = sizeOf.call(value)
    const name = prefix(brand, `(${size})`)
    return {
      braces: bracesWith(name),
      members,
      ...(size === 0 ? { ifEmpty: `${name}{}` } : {}),
    }
  }
}

const looks: Record<string, (subject: Subject, brand: string) => Look> = {
  Array({ session, value, className, tag, prefix }) {
    const isPlain = className === 'Array' && tag === ''
    const opening = `${isPlain ? '' : prefix('Array', `(${value.length})`)}[`
    return {
      braces: [opening, ']'],
      keys: namedKeysOf(value, session.showHidden),
      members: arrayMembers,
      place: 'list',
      ...(value.length === 0 ? { ifEmpty: `${opening}]` } : {}),
    }
  },
  Set: sized(setMembers, getterOf(Set, 'size')),
  Map: sized(mapMembers, getterOf(Map, 'size')),
  TypedArray({ session, value, className, prefix }) {
    const name = typedArrayName(value) as string
    // Without its prototype a view cannot be read.
    const view = className === null ? new (globalThis as Loose)[name](value) : value
    const length: number = lengthOf.call(view)
    const opening = `${prefix(name, `(${length})`)}[`
    return {
      braces: [opening, ']'],
      keys: namedKeysOf(value, session.showHidden),
      members: (_, __, level) => typedArrayMembers(session, value, level, view),
      place: 'list',
      ...(length === 0 && !session.showHidden ? { ifEmpty: `${opening}]` } : {}),
    }
  },
  'Map Iterator': iteratorLook,
  'Set Iterator': iteratorLook,
  Arguments({ className, prefix }) {
    const opening = className === 'Object' ? '[Arguments] {' : `${prefix('Arguments')}{`
    return { braces: [opening, '}'], ifEmpty: `${opening}}` }
  },
  Function({ session, value, className, tag }) {
    const base = functionBase(session, value, className, tag)
    return { base, ifEmpty: session.stylize(base, 'special') }
  },
  RegExp({ session, value, className, prefix }) {
    const text = RegExp.prototype.toString.call(className === null ? new RegExp(value) : value)
    const look = literalLook(session, prefix('RegExp'), 'RegExp', text)
    return { ...look, base: look.ifEmpty, isNeverTooDeep: true }
  },
  Date({ session, value, prefix }) {
    const isValid = !Number.isNaN(Date.prototype.getTime.call(value))
    const text = isValid ? Date.prototype.toISOString.call(value) : 'Invalid Date'
    return literalLook(session, prefix('Date'), 'Date', text)
  },
  Error({ session, value, className, tag }) {
    const keys = keysOf(value, session.showHidden)
    const base = errorBase(session, value, className, tag, keys)
    return { base, keys, ifEmpty: base }
  },
  ArrayBuffer: collection(bufferMembers),
  SharedArrayBuffer: collection(bufferMembers),
  DataView: collection(viewMembers),
  Promise: collection(promiseMembers),
  WeakSet: collection(unknownMembers),
  WeakMap: collection(unknownMembers),
  ModuleNamespace: moduleLook,
  Number: boxLook,
  String: boxLook,
  Boolean: boxLook,
  BigInt: boxLook,
  Symbol: boxLook,
}

function iteratorLook({ tag }: Subject, brand: string): Look {
  const name = tag === brand || tag === '' ? `[${brand}]` : `[${tag}] [${brand}]`
  return { braces: bracesWith(`${name} `) }
}

/** @param prefix told only where it tells more than the literal */
function literalLook(session: Session, prefix: string, name: string, text: string) {
  const base = prefix === `${name} ` ? text : prefix + text
  return { base, ifEmpty: session.stylize(base, name.toLowerCase()) }
}

/** Variables of a module that still runs may have no values yet. */
function moduleLook({ session, value, prefix }: Subject): Look {
  const names = keysOf(value, session.showHidden)
  const members: Members = (_, __, level) =>
    names.map((name) => {
      try {
        return formatProperty(session, value, level, name, 'object')
      } catch (error) {
        if (!(error instanceof ReferenceError)) throw error
        const text = formatProperty(session, { [name]: '' }, level, name, 'object')
        const label = text.slice(0, text.lastIndexOf(' ') + 1)
        return label + session.stylize('<uninitialized>', 'special')
      }
    })
  return { braces: bracesWith(prefix('Module')), keys: [], members }
}

/** An object around a primitive value. */
function boxLook({ session, value, className, tag }: Subject, brand: string): Look {
  const primitive = (boxes as Loose)[brand].prototype.valueOf.call(value)
  const keys = keysOf(value, session.showHidden)
  const ancestry = className === null ? ' (null prototype)' : ` (${className})`
  const shown = formatPrimitive({ ...session, stylize: (text) => text }, primitive)
  const name = brand + (className === brand ? '' : ancestry)
  const base = `[${name}: ${shown}]${tag !== '' && tag !== className ? ` [${tag}]` : ''}`
  return {
    base,
    // A string's characters are shown already.
    keys: typeof primitive === 'string' ? keys.slice(primitive.length) : keys,
    ifEmpty: session.stylize(base, brand.toLowerCase()),
  }
}

const boxes = { Number, String, Boolean, BigInt, Symbol }

/** Beside the view that it belongs to, a buffer only tells its length. */
function innerBufferLook({ session, prefix, value }: Subject, brand: string): Look {
  const length = `[byteLength]: ${session.show(value.byteLength, 0)}`
  return {
    braces: bracesWith(prefix(brand)),
    members: () => [length],
    ifEmpty: `${prefix(brand)}{ ${length} }`,
  }
}

function plainLook({ session, value, className, tag, isDeep, prefix }: Subject): Look {
  // All that a URL has are accessors of its prototype: without its own `inspect` it would look empty.
  if (tag === 'URL' && !isDeep && session.surroundings.isUrl(value)) {
    return { base: value.href, ifEmpty: value.href }
  }
  const name = className === 'Object' && tag === '' ? '' : prefix('Object')
  return { braces: bracesWith(name), ifEmpty: `${name}{}` }
}
