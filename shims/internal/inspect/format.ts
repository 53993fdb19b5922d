/** `util.format`: a text with places for values. */

import type { Loose } from '../loose.ts'
import { bigintText, numberText } from './primitive.ts'
import type { Settings } from './session.ts'

export interface Formatter {
  readonly inspect: (value: unknown, options: Loose) => string
  /** Names of the realm's own classes. */
  readonly classNames: ReadonlySet<string>
  /** The options of `inspect` where none are given. */
  readonly defaults: Settings
}

/** @param options of `inspect` */
export function formatAll(
  formatter: Formatter,
  options: Loose,
  values: readonly unknown[],
): string {
  const { inspect } = formatter
  const [first] = values
  let used = 0
  let text = ''
  if (typeof first === 'string') {
    let start = 0
    used = 1
    if (values.length > 1) {
      for (let place = first.indexOf('%'); place !== -1; place = first.indexOf('%', place)) {
        const directive = first[place + 1] as string
        const filled =
          directive === '%'
            ? '%'
            : used < values.length
              ? fill(formatter, directive, values[used], options)
              : undefined
        if (filled !== undefined) {
          text += first.slice(start, place) + filled
          start = place + 2
          if (directive !== '%') used++
        }
        place += 2
      }
    }
    text += first.slice(start)
  }
  for (let index = used; index < values.length; index++) {
    const value = values[index]
    if (index > 0) text += ' '
    text += typeof value === 'string' ? value : inspect(value, options)
  }
  return text
}

/** `undefined` where the letter means nothing. */
function fill(
  formatter: Formatter,
  directive: string,
  value: unknown,
  options: Loose,
): string | undefined {
  switch (directive) {
    case 's':
      return asString(formatter, value, options)
    case 'j':
      return jsonOf(value)
    case 'd':
      return asNumber(formatter, value, Number, options)
    case 'i':
      return asNumber(formatter, value, Number.parseInt, options)
    case 'f':
      return typeof value === 'bigint'
        ? numberText(Number(value), separates(formatter, options))
        : asNumber(formatter, value, Number.parseFloat, options)
    case 'O':
      return formatter.inspect(value, options)
    case 'o':
      return formatter.inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 })
    case 'c':
      // Styles, as browsers know them.
      return ''
    default:
      return undefined
  }
}

const separates = ({ defaults }: Formatter, options: Loose): boolean =>
  options?.numericSeparator ?? defaults.numericSeparator

function asNumber(
  formatter: Formatter,
  value: unknown,
  convert: (value: Loose) => number,
  options: Loose,
): string {
  const separated = separates(formatter, options)
  if (typeof value === 'bigint') return bigintText(value, separated)
  return typeof value === 'symbol' ? 'NaN' : numberText(convert(value), separated)
}

function asString(formatter: Formatter, value: unknown, options: Loose): string {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return asNumber(formatter, value, Number, options)
  }
  if (typeof value !== 'object' || value === null || hasOwnText(formatter, value)) {
    return String(value)
  }
  return formatter.inspect(value, { ...options, depth: 0, colors: false, compact: 3 })
}

/** Whether a program has said how such an object reads as text. */
function hasOwnText({ classNames }: Formatter, value: Loose): boolean {
  for (const key of [Symbol.toPrimitive, 'toString']) {
    if (typeof value[key] !== 'function') continue
    let owner = value
    while (owner !== null && !Object.hasOwn(owner, key)) owner = Object.getPrototypeOf(owner)
    const Class = owner && Object.getOwnPropertyDescriptor(owner, 'constructor')?.value
    const isOfRealm = typeof Class === 'function' && classNames.has(Class.name)
    if (owner === value || !isOfRealm) return true
  }
  return false
}

function jsonOf(value: unknown): string {
  try {
    return `${JSON.stringify(value)}`
  } catch (error) {
    if (firstLine(error) === circularMessage()) return '[Circular]'
    throw error
  }
}

/** What the engine says of an object in itself. */
function circularMessage(): string | undefined {
  const circular: Loose = {}
  circular.self = circular
  try {
    JSON.stringify(circular)
  } catch (error) {
    return firstLine(error)
  }
  return undefined
}

const firstLine = (error: unknown): string =>
  String((error as Loose)?.message).split('\n', 1)[0] as string
