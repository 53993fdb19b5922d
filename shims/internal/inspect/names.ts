/** What an object is called: after its class, its tag and its prototype. */

import { typedArrayName } from '../brands.ts'
import type { Loose } from '../loose.ts'
import { attempt } from './attempt.ts'
import { isTooDeep, type Session } from './session.ts'

/** A member of a prototype that the program has made: `showHidden` shows it. */
export type Inherited = readonly [owner: object, key: PropertyKey]

/** The first named class on the way up that the object is an instance of. */
function findConstructor(value: object): { name: string; owner: object } | undefined {
  for (let owner: Loose = value; owner; owner = Object.getPrototypeOf(owner)) {
    const Class = Object.getOwnPropertyDescriptor(owner, 'constructor')?.value
    if (typeof Class !== 'function' || Class.name === '') continue
    if (isInstance(value, Class)) return { name: String(Class.name), owner }
  }
  return undefined
}

function isInstance(value: object, Class: Loose): boolean {
  try {
    return value instanceof Class
  } catch {
    return false
  }
}

/**
 * The name of an object's class; `null` where it has no prototype.
 * @param inherited collects what the prototypes below the first one of the realm have
 */
export function constructorName(
  session: Session,
  value: object,
  level: number,
  inherited?: Inherited[],
): string | null {
  const first = Object.getPrototypeOf(value)
  const found = findConstructor(value)
  if (found) {
    const { classNames } = session.surroundings
    if (inherited && (first !== found.owner || !classNames.has(found.name))) {
      const start = found.owner === value ? ownerAbove(value, classNames) : first
      collectInherited(value, start, classNames, inherited)
    }
    return found.name
  }
  if (first === null) return null
  const name = brandName(session, value)
  if (isTooDeep(session, level)) return `${name} <Complex prototype>`
  const parent = constructorName(session, first, level + 1, inherited)
  if (parent !== null) return `${name} <${parent}>`
  const shown = session.surroundings.inspect(first, { ...session, customInspect: false, depth: -1 })
  return `${name} <${shown}>`
}

/** The name of the class that the engine made the object of. */
export const brandName = ({ surroundings }: Session, value: object): string =>
  typedArrayName(value) ?? surroundings.brandOf(value)

/** The next prototype; `null` where the realm's own begin. */
function ownerAbove(value: object, classNames: ReadonlySet<string>): object | null {
  const owner = Object.getPrototypeOf(value)
  const Class = owner && Object.getOwnPropertyDescriptor(owner, 'constructor')?.value
  return typeof Class === 'function' && classNames.has(Class.name) ? null : owner
}

/** Of three prototypes at most; methods are not news. */
function collectInherited(
  value: object,
  start: object | null,
  classNames: ReadonlySet<string>,
  inherited: Inherited[],
): void {
  const known = new Set<PropertyKey>(['constructor', ...Reflect.ownKeys(value)])
  let owner = start
  for (let count = 0; count < 3 && owner !== null; count++) {
    const keys = Reflect.ownKeys(owner)
    for (const key of keys) {
      if (known.has(key)) continue
      const member = Object.getOwnPropertyDescriptor(owner, key)?.value
      if (typeof member !== 'function') inherited.push([owner, key])
    }
    for (const key of keys) known.add(key)
    owner = ownerAbove(owner, classNames)
  }
}

/** `Name(size) [tag] `: what stands before an opening brace. */
export function prefixOf(
  className: string | null,
  tag: string,
  fallback: string,
  size = '',
): string {
  const name = className === null ? `[${fallback}${size}: null prototype]` : `${className}${size}`
  const isNews = tag !== '' && (className ?? fallback) !== tag
  return isNews ? `${name} [${tag}] ` : `${name} `
}

/** The object's tag, unless it is shown as a property of its own. */
export function tagOf(value: Loose, showHidden: boolean): string {
  const tag = attempt(() => value[Symbol.toStringTag])
  if (typeof tag !== 'string' || tag === '') return ''
  const isShown = showHidden
    ? Object.hasOwn(value, Symbol.toStringTag)
    : Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag)
  return isShown ? '' : tag
}
