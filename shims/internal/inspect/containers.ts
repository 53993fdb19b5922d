/** The members of what holds values: lists, collections, bytes. */

import { getterOf } from '../brands.ts'
import type { Loose } from '../loose.ts'
import { attempt } from './attempt.ts'
import { formatNumeric } from './primitive.ts'
import { formatProperty } from './property.ts'
import { indented, type Session } from './session.ts'

/** What gives an object's own members, as texts. */
export type Members = (session: Session, value: Loose, level: number) => string[]

/** How many are shown of so many. */
const shownOf = ({ maxArrayLength }: Session, length: number): number =>
  Math.min(Math.max(0, maxArrayLength), length)

function addRest(members: string[], rest: number): string[] {
  if (rest > 0) members.push(`... ${rest} more item${rest > 1 ? 's' : ''}`)
  return members
}

export const arrayMembers: Members = (session, value, level) => {
  const count = shownOf(session, value.length)
  const members: string[] = []
  let next = 0
  while (next < value.length && members.length < count) {
    if (Object.hasOwn(value, next)) {
      members.push(formatProperty(session, value, level, next, 'element'))
      next++
      continue
    }
    const end = endOfHole(value, next)
    const size = end - next
    const text = `<${size} empty item${size > 1 ? 's' : ''}>`
    members.push(session.stylize(text, 'undefined'))
    next = end
  }
  return addRest(members, value.length - next)
}

/** A hole may be millions of items wide: past the first few, the array's keys are looked through. */
function endOfHole(value: readonly unknown[], start: number): number {
  for (let i = start; i < start + 16; i++) {
    if (i >= value.length || Object.hasOwn(value, i)) return i
  }
  const next = Object.keys(value).find((key) => Number(key) >= start)
  const end = next === undefined ? value.length : Number(next)
  return Math.min(end, value.length)
}

/** Programs may put another length in the way. */
export const lengthOf: Loose = getterOf(Object.getPrototypeOf(Uint8Array), 'length')

/** @param view on the same elements, for an array that has lost its prototype */
export function typedArrayMembers(
  session: Session,
  value: Loose,
  level: number,
  view: Loose,
): string[] {
  const length: number = lengthOf.call(view)
  const count = shownOf(session, length)
  const members = Array.from({ length: count }, (_, i) =>
    formatNumeric(session.stylize, view[i], session.numericSeparator),
  )
  addRest(members, length - count)
  if (session.showHidden) {
    const names = ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer']
    members.push(...hiddenMembers(session, value, level, names, true))
  }
  return members
}

/** What the prototype of a view or a buffer tells. */
function hiddenMembers(
  session: Session,
  value: Loose,
  level: number,
  names: readonly string[],
  isInner = false,
): string[] {
  return indented(session, 2, () =>
    names.map((name) => {
      const label = session.stylize(`[${name}]`, 'string')
      return `${label}: ${session.show(
        attempt(() => value[name]),
        level,
        isInner,
      )}`
    }),
  )
}

export const viewMembers: Members = (session, value, level) =>
  hiddenMembers(session, value, level, ['byteLength', 'byteOffset', 'buffer'])

export const setMembers: Members = (session, value, level) =>
  entriesOf(session, Set.prototype.values.call(value), value.size, (item) =>
    session.show(item, level),
  )

export const mapMembers: Members = (session, value, level) =>
  entriesOf(
    session,
    Map.prototype.entries.call(value),
    value.size,
    ([key, item]: [unknown, unknown]) =>
      `${session.show(key, level)} => ${session.show(item, level)}`,
  )

function entriesOf<T>(
  session: Session,
  entries: Iterable<T>,
  size: number,
  show: (entry: T) => string,
): string[] {
  const count = shownOf(session, size)
  const members: string[] = []
  indented(session, 2, () => {
    for (const entry of entries) {
      if (members.length === count) break
      members.push(show(entry))
    }
  })
  return addRest(members, size - count)
}

export const bufferMembers: Members = (session, value, level) => [
  contentsOf(session, value),
  ...hiddenMembers(session, value, level, ['byteLength']),
]

function contentsOf(session: Session, buffer: ArrayBuffer): string {
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(buffer)
  } catch {
    return session.stylize('(detached)', 'special')
  }
  const count = shownOf(session, bytes.length)
  const rest = bytes.length - count
  const text = Array.from(bytes.subarray(0, count), (byte) => byte.toString(16).padStart(2, '0'))
  const trailer = rest > 0 ? ` ... ${rest} more byte${rest > 1 ? 's' : ''}` : ''
  return `${session.stylize('[Uint8Contents]', 'special')}: <${text.join(' ')}${trailer}>`
}

export const unknownMembers: Members = ({ stylize }) => [stylize('<items unknown>', 'special')]

/** A promise's state is nothing that the language tells. */
export const promiseMembers: Members = ({ stylize }) => [stylize('<pending>', 'special')]
