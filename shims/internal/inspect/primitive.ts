/** What is no object. */

import type { Session, Stylize } from './session.ts'
import { quote } from './text.ts'

const shortestToBreak = 16

export function formatPrimitive(session: Session, value: unknown): string {
  const { stylize } = session
  switch (typeof value) {
    case 'string':
      return formatString(session, value)
    case 'number':
      return stylize(numberText(value, session.numericSeparator), 'number')
    case 'bigint':
      return stylize(bigintText(value, session.numericSeparator), 'bigint')
    case 'symbol':
      return stylize(Symbol.prototype.toString.call(value), 'symbol')
    default:
      return stylize(`${value}`, typeof value)
  }
}

function formatString(session: Session, whole: string): string {
  const { stylize, maxStringLength, breakLength, indentation } = session
  const rest = whole.length - maxStringLength
  const text = rest > 0 ? whole.slice(0, maxStringLength) : whole
  const trailer = rest > 0 ? `... ${rest} more character${rest > 1 ? 's' : ''}` : ''
  const isLong = text.length > shortestToBreak && text.length > breakLength - indentation - 4
  if (session.compact === true || !isLong) return stylize(quote(text), 'string') + trailer
  const lines = text.split(/(?<=\n)/).map((line) => stylize(quote(line), 'string'))
  return lines.join(` +\n${' '.repeat(indentation + 2)}`) + trailer
}

const groups = /\B(?=(?:\d{3})+$)/g

export function numberText(value: number, separated: boolean): string {
  if (Object.is(value, -0)) return '-0'
  const text = `${value}`
  if (!separated || !/^-?\d+(?:\.\d+)?$/.test(text)) return text
  const [whole = '', fraction] = text.split('.')
  const grouped = whole.replace(groups, '_')
  return fraction === undefined ? grouped : `${grouped}.${fraction.replace(/\d{3}(?=\d)/g, '$&_')}`
}

export function bigintText(value: bigint, separated: boolean): string {
  return `${separated ? `${value}`.replace(groups, '_') : value}n`
}

export const numericText = (value: number | bigint, separated: boolean): string =>
  typeof value === 'number' ? numberText(value, separated) : bigintText(value, separated)

/** A number of any kind, styled. */
export const formatNumeric = (
  stylize: Stylize,
  value: number | bigint,
  separated: boolean,
): string => stylize(numericText(value, separated), typeof value)
