/** The members of an object: which are shown, and how. */

import type { Loose } from '../loose.ts'
import { stringWidth } from '../string-width.ts'
import type { Inherited } from './names.ts'
import { formatPrimitive } from './primitive.ts'
import { indented, type Session } from './session.ts'
import { escapeControls, quote } from './text.ts'

/** Whether the object is a list, whose elements have no names, and where a long member stays on its line. */
export type Place = 'object' | 'list' | 'element'

/** An array's or a string's elements are shown in another way. */
const isIndex = (key: PropertyKey): boolean =>
  typeof key === 'string' && /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1

export function keysOf(value: object, showHidden: boolean): PropertyKey[] {
  const symbols = Object.getOwnPropertySymbols(value)
  if (showHidden) return [...Object.getOwnPropertyNames(value), ...symbols]
  const isEnumerable = (key: PropertyKey) => Object.prototype.propertyIsEnumerable.call(value, key)
  return symbols.length === 0
    ? namesOf(value)
    : [...namesOf(value), ...symbols.filter(isEnumerable)]
}

function namesOf(value: object): PropertyKey[] {
  try {
    const names: string[] = []
    // Not by `Object.keys`, which programs replace.
    for (const name in value) if (Object.hasOwn(value, name)) names.push(name)
    return names
  } catch {
    // A module's namespace does not tell before its values are there.
    return Object.getOwnPropertyNames(value)
  }
}

export function namedKeysOf(value: object, showHidden: boolean): PropertyKey[] {
  return keysOf(value, showHidden).filter((key) => !isIndex(key))
}

/**
 * @param receiver of getters, where it is not the object that has the property
 */
export function formatProperty(
  session: Session,
  value: Loose,
  level: number,
  key: PropertyKey,
  place: Place,
  receiver: unknown = value,
): string {
  const descriptor = Object.getOwnPropertyDescriptor(value, key) ?? {
    value: value[key],
    enumerable: true,
  }
  let gap = ' '
  let text: string
  if (descriptor.value !== undefined) {
    const columns = session.compact !== true || place !== 'object' ? 2 : 3
    session.indentation += columns
    text = session.show(descriptor.value, level)
    if (columns === 3 && session.breakLength < stringWidth(text)) {
      gap = `\n${' '.repeat(session.indentation)}`
    }
    session.indentation -= columns
  } else text = formatAccessor(session, descriptor, level, receiver)
  if (place === 'element') return text
  return `${nameOf(session, key, descriptor.enumerable === false)}:${gap}${text}`
}

function formatAccessor(
  session: Session,
  { get, set }: PropertyDescriptor,
  level: number,
  receiver: unknown,
): string {
  const special = (text: string): string => session.stylize(text, 'special')
  if (get === undefined) {
    return set === undefined ? session.stylize('undefined', 'undefined') : special('[Setter]')
  }
  const label = set === undefined ? 'Getter' : 'Getter/Setter'
  const { getters } = session
  const isAsked = getters === true || getters === (set === undefined ? 'get' : 'set')
  if (!isAsked) return special(`[${label}]`)
  try {
    const result = get.call(receiver)
    return indented(session, 2, () => {
      if ((typeof result === 'object' && result !== null) || typeof result === 'function') {
        return `${special(`[${label}]`)} ${session.show(result, level)}`
      }
      const shown =
        result === null ? session.stylize('null', 'null') : formatPrimitive(session, result)
      return `${special(`[${label}:`)} ${shown}${special(']')}`
    })
  } catch (error) {
    const reason = indented(session, 2, () => session.show(error, level))
    const message = `<Inspection threw (${reason})>`
    return `${special(`[${label}:`)} ${message}${special(']')}`
  }
}

function nameOf({ stylize }: Session, key: PropertyKey, isHidden: boolean): string {
  let name = String(key)
  if (typeof key === 'symbol') name = stylize(escapeControls(name), 'symbol')
  else if (name === '__proto__') name = "['__proto__']"
  else if (/^[a-zA-Z_]\w*$/.test(name)) name = stylize(name, 'name')
  else name = stylize(quote(name), 'string')
  return isHidden ? `[${name}]` : name
}

/** Members of the prototypes, dimmed. */
export function formatInherited(
  session: Session,
  value: object,
  level: number,
  inherited: readonly Inherited[],
): string[] {
  return inherited.map(([owner, key]) => {
    const text = formatProperty(session, owner, level, key, 'object', value)
    return session.colors ? `\u001b[2m${text}\u001b[22m` : text
  })
}
