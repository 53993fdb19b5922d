/** From the members of an object to one text: on one line, in columns or on a line each. */

import { stringWidth } from '../string-width.ts'
import type { Session } from './session.ts'
import { withoutColors } from './strip.ts'

/** How wide the text is, in columns of a terminal. */
const widthOf = (text: string, { colors }: Session): number =>
  stringWidth(colors ? withoutColors(text) : text)

/**
 * @param base what stands before the braces, or nothing
 * @param level of the members
 * @param list the array whose members may be put in columns
 */
export function layOut(
  session: Session,
  members: string[],
  base: string,
  [opening, closing]: readonly [string, string],
  level: number,
  list?: { readonly value: unknown },
): string {
  const { compact } = session
  const start = base && `${base} `
  const newLine = `\n${' '.repeat(session.indentation)}`
  if (compact === true) {
    const before = `${opening}${base && ` ${base}`}`
    if (isShort(session, members, 0, base)) return `${before} ${members.join(', ')} ${closing}`
    const gap = base === '' && opening.length === 1 ? ' ' : `${base && ` ${base}`}${newLine}  `
    return `${opening}${gap}${joined(members, `,${newLine}  `)} ${closing}`
  }
  let lines = members
  if (typeof compact === 'number' && compact >= 1) {
    if (list && members.length > 6) lines = columnsOf(session, members, list.value)
    // Grouped lines stay apart, and so do the innermost levels' surroundings.
    if (session.currentLevel - level < compact && lines === members) {
      const length = members.length + session.indentation + opening.length + base.length + 10
      if (isShort(session, members, length, base)) {
        const text = members.join(', ')
        if (!text.includes('\n')) return `${start}${opening} ${text} ${closing}`
      }
    }
  }
  return `${start}${opening}${newLine}  ${joined(lines, `,${newLine}  `)}${newLine}${closing}`
}

/** Engines put long texts together without copying them, but for `join`, which would copy them at every level. */
function joined(members: readonly string[], separator: string): string {
  let text = members[0] ?? ''
  for (let i = 1; i < members.length; i++) text += separator + members[i]
  return text
}

function isShort(session: Session, members: string[], start: number, base: string): boolean {
  const { breakLength, colors } = session
  let length = members.length + start
  if (length + members.length > breakLength) return false
  for (const member of members) {
    length += colors ? withoutColors(member).length : member.length
    if (length > breakLength) return false
  }
  return base === '' || !base.includes('\n')
}

/** The same array where columns would not do. */
function columnsOf(session: Session, members: string[], value: unknown): string[] {
  const hasTrailer = session.maxArrayLength < members.length
  const cells = hasTrailer ? members.slice(0, -1) : members
  const widths = cells.map((cell) => widthOf(cell, session))
  const gap = 2
  const total = widths.reduce((sum, width) => sum + width + gap, 0)
  const widest = Math.max(...widths)
  const column = widest + gap
  const isFit =
    column * 3 + session.indentation < session.breakLength && (total / column > 5 || widest <= 6)
  if (!isFit) return members
  // A block about two and a half times as wide as it is high, as characters are about as much higher than wide.
  const bias = Math.max(column - 3 - Math.sqrt(column - total / members.length), 1)
  const count = Math.min(
    Math.round(Math.sqrt(2.5 * bias * cells.length) / bias),
    Math.floor((session.breakLength - session.indentation) / column),
    (session.compact as number) * 4,
    15,
  )
  if (count <= 1) return members
  const columns = Array.from({ length: count }, (_, first) => {
    let width = 0
    for (let i = first; i < widths.length; i += count) width = Math.max(width, widths[i] as number)
    return width + gap
  })
  const alignsRight = isNumeric(value, members.length)
  const rows: string[] = []
  for (let first = 0; first < cells.length; first += count) {
    const last = Math.min(first + count, cells.length) - 1
    let row = ''
    for (let i = first; i <= last; i++) {
      const cell = i < last ? `${cells[i]}, ` : (cells[i] as string)
      const free = (columns[i - first] as number) - (widths[i] as number) - gap
      if (alignsRight) row += ' '.repeat(free) + cell
      else row += i < last ? cell + ' '.repeat(free) : cell
    }
    rows.push(row)
  }
  if (hasTrailer) rows.push(members.at(-1) as string)
  return rows
}

function isNumeric(value: unknown, length: number): boolean {
  if (value === undefined) return true
  for (let i = 0; i < length; i++) {
    const type = typeof (value as ArrayLike<unknown>)[i]
    if (type !== 'number' && type !== 'bigint') return false
  }
  return true
}
