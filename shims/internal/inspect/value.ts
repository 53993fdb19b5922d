/** From one value to its text. */

import type { Loose } from '../loose.ts'
import { layOut } from './layout.ts'
import { lookOf } from './looks.ts'
import { brandName, constructorName, type Inherited, prefixOf, tagOf } from './names.ts'
import { formatPrimitive } from './primitive.ts'
import { formatInherited, formatProperty, keysOf } from './property.ts'
import { createSettings, isTooDeep, type Session, type Settings } from './session.ts'

const settingNames = Reflect.ownKeys(createSettings()) as (keyof Settings)[]
/** So much text is as much as an engine's strings can bear. */
const mostText = 2 ** 27

export function showValue(
  session: Session,
  value: unknown,
  level: number,
  isInner = false,
): string {
  if (value === null) return session.stylize('null', 'null')
  if (typeof value !== 'object' && typeof value !== 'function') {
    return formatPrimitive(session, value)
  }
  if (isRevoked(value)) return session.stylize('<Revoked Proxy>', 'special')
  if (session.customInspect) {
    const custom = (value as Loose)[session.surroundings.inspect.custom]
    if (typeof custom === 'function' && custom !== session.surroundings.inspect) {
      const Class: Loose = value.constructor
      // A class's prototype has the method for its instances.
      if (!(Class && Class.prototype === value)) {
        const text = showCustom(session, value, level, custom)
        if (text !== undefined) return text
      }
    }
  }
  if (session.seen.includes(value)) {
    session.circular ??= new Map()
    const index = session.circular.get(value) ?? session.circular.size + 1
    session.circular.set(value, index)
    return session.stylize(`[Circular *${index}]`, 'special')
  }
  const text = showObject(session, value, level, isInner)
  if (!session.surroundings.isProxy(value)) return text
  return session.stylize('Proxy(', 'special') + text + session.stylize(')', 'special')
}

/** Of a revoked proxy nothing can be asked, not even this. */
function isRevoked(value: object): boolean {
  try {
    Array.isArray(value)
    return false
  } catch {
    return true
  }
}

/** What the value's own `inspect` says; `undefined` when it gives itself. */
function showCustom(
  session: Session,
  value: object,
  level: number,
  custom: Loose,
): string | undefined {
  const { surroundings, depth, indentation } = session
  const left = depth === null ? null : depth - level
  const result = custom.call(value, left, userOptions(session, value), surroundings.inspect)
  if (result === value) return undefined
  if (typeof result !== 'string') return session.show(result, level)
  return result.replaceAll('\n', `\n${' '.repeat(indentation)}`)
}

/** All options, as the value's own `inspect` may hand them on. */
function userOptions(session: Session, value: object): Loose {
  const { stylize } = session
  const options: Loose = { stylize }
  for (const name of settingNames) options[name] = session[name]
  Object.assign(options, session.userOptions)
  if (value instanceof Object) return options
  // The value is of another realm, or pretends to be: it gets nothing by which ours can be reached.
  for (const [name, option] of Object.entries(options)) {
    const isObject = typeof option === 'object' || typeof option === 'function'
    if (isObject && option !== null) delete options[name]
  }
  options.stylize = Object.setPrototypeOf((text: unknown, style: unknown) => {
    try {
      return `${stylize(`${text}`, style as string)}`
    } catch {
      return text
    }
  }, null)
  return Object.setPrototypeOf(options, null)
}

function showObject(session: Session, value: object, level: number, isInner: boolean): string {
  const inherited: Inherited[] = []
  const isDeep = isTooDeep(session, level)
  const isOpen = session.showHidden && !isDeep
  const className = constructorName(session, value, level, isOpen ? inherited : undefined)
  const tag = tagOf(value, session.showHidden)
  const look = lookOf(session, value, className, tag, isInner, isDeep)
  const keys = look.keys ?? keysOf(value, session.showHidden)
  if (look.ifEmpty !== undefined && keys.length === 0 && inherited.length === 0) return look.ifEmpty
  if (isDeep) {
    if (look.isNeverTooDeep) return look.ifEmpty as string
    const brand = className === null ? brandName(session, value).replace(' ', '') : ''
    const name = prefixOf(className, tag, brand).slice(0, -1)
    return session.stylize(className === null ? name : `[${name}]`, 'special')
  }
  const { place = 'object', braces = ['{', '}'] } = look
  const { indentation } = session
  session.seen.push(value)
  session.currentLevel = level + 1
  let members: string[]
  try {
    // First, as references are numbered in this order.
    const last = formatInherited(session, value, level, inherited)
    members = look.members?.(session, value, level + 1) ?? []
    for (const key of keys) members.push(formatProperty(session, value, level + 1, key, place))
    members.push(...last)
  } catch (error) {
    if (!isOverflow(error)) throw error
    session.seen.pop()
    session.indentation = indentation
    const name = prefixOf(className, tag, 'Object').slice(0, -1)
    const text = `[${name}: Inspection interrupted prematurely. Maximum call stack size exceeded.]`
    return session.stylize(text, 'special')
  }
  session.seen.pop()
  let { base = '' } = look
  let [opening, closing] = braces
  const index = session.circular?.get(value)
  if (index !== undefined) {
    const reference = session.stylize(`<ref *${index}>`, 'special')
    if (session.compact === true) opening = `${reference} ${opening}`
    else base = base === '' ? reference : `${reference} ${base}`
  }
  if (session.sorted)
    sortMembers(session, members, place === 'object' ? members.length : keys.length)
  const list = place === 'list' ? { value } : undefined
  const text = layOut(session, members, base, [opening, closing], level + 1, list)
  return limited(session, text)
}

/** Members that belong to no list, among themselves; the elements of a list stay in their order. */
function sortMembers({ sorted }: Session, members: string[], count: number): void {
  const order = typeof sorted === 'function' ? sorted : undefined
  const start = members.length - count
  members.push(...members.splice(start).sort(order))
}

/** When there is too much text at one indentation, what follows is only named. */
function limited(session: Session, text: string): string {
  const { written, indentation } = session
  const length = (written[indentation] ?? 0) + text.length
  written[indentation] = length
  if (length > mostText) session.depth = -1
  return text
}

/** Whether objects in each other were more than the stack could bear. An expression might be more than it can bear, too. */
function isOverflow(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { name, message } = error
  const isOfEngine = name === 'RangeError' || name === 'InternalError'
  return isOfEngine && (message.includes('stack') || message.includes('recursion'))
}
