/** Names of functions, which minifiers take away and guests see. */

import type { Loose } from './loose.ts'

/**
 * Names the functions among the members of `object` (and the accessors) after their keys, as they were before
 * minifying. A function that stands under two keys keeps the name of the first; `aliases` come second everywhere.
 */
export function nameMembers<T>(object: T, aliases: readonly string[] = []): T {
  const named = new Set<unknown>()
  for (const key of Object.getOwnPropertyNames(object)) {
    if (aliases.includes(key)) continue
    const { value, get, set } = Object.getOwnPropertyDescriptor(object, key) as PropertyDescriptor
    if (typeof value === 'function' && key !== 'constructor' && !named.has(value))
      nameFunction(value, key)
    named.add(value)
    if (get) nameFunction(get, `get ${key}`)
    if (set) nameFunction(set, `set ${key}`)
  }
  return object
}

/** Names a class and its members; gives it back. */
export function nameClass<T>(Class: T, name: string): T {
  nameFunction(Class, name)
  nameMembers((Class as Loose).prototype)
  return Class
}

/** Gives the function back. */
export function nameFunction(fn: Loose, name: string): Loose {
  if (fn.name !== name && Object.getOwnPropertyDescriptor(fn, 'name')?.configurable !== false) {
    Object.defineProperty(fn, 'name', { value: name, configurable: true })
  }
  return fn
}

/**
 * Gives functions node's names and lengths where ours are others: programs look at them, stack traces show them.
 * @param shapes words `member:name/length`, of which either part may be left out; `member` alone is its own name
 */
export function shapeMembers<T>(object: T, shapes: string): T {
  for (const shape of shapes.split(' ')) {
    const [, key = '', name, length] = /^([^:/]+)(?::([^/]+))?(?:\/(\d+))?$/.exec(shape) ?? []
    const fn = (object as Loose)[key]
    if (length === undefined || name !== undefined) nameFunction(fn, name ?? key)
    if (length !== undefined) {
      Object.defineProperty(fn, 'length', { value: Number(length), configurable: true })
    }
  }
  return object
}

/** Makes accessors of members that are accessors in node, too: whoever assigns to them changes nothing. */
export function asGetters<T>(object: T, names: string): T {
  for (const name of names.split(' ')) {
    const value = (object as Loose)[name]
    Object.defineProperty(object, name, { get: () => value, enumerable: true, configurable: true })
  }
  return object
}

/**
 * The same function as an object of one loader's own: guests hang things on functions, and no other guest may see them.
 * Bound, because that adds no frame to a stack.
 */
export function ownFunction<Fn extends (...args: Loose[]) => unknown>(fn: Fn): Fn {
  const own = fn.bind(undefined) as Fn
  nameFunction(own, fn.name)
  return own
}
