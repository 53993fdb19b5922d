/** `util.format`: a text with places for values. */

import type { Loose } from '../loose.ts'
import { bigintText, numberText } from './primitive.ts'

export type InspectValue = (value: unknown, options: Loose) => string

/**
 * @param options of `inspect`, for what has no place in the text
 * @param classNames of the realm's own classes
 */
export function formatAll(
  inspect: InspectValue,
  classNames: ReadonlySet<string>,
  options: Loose,
  values: readonly unknown[],
): string {
  const [first] = values
  let used = 0
  const separated = Boolean(options?.numericSeparator)

  const fill = (whole: string, directive: string): string => {
    if (directive === '%') return '%'
    if (used + 1 >= values.length) return whole
    used++
    const value = values[used]
    switch (directive) {
      case 's':
        return asString(value)
      case 'j':
        return jsonOf(value)
      case 'd':
        return asNumber(value, Number)
      case 'i':
        return asNumber(value, Number.parseInt as typeof Number)
      case 'f':
        return typeof value === 'symbol'
          ? 'NaN'
          : numberText(Number.parseFloat(value as string), separated)
      case 'O':
        return inspect(value, options)
      case 'o':
        return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 })
      default:
        // Styles, as browsers know them.
        return ''
    }
  }

  const asNumber = (value: unknown, convert: (value: unknown) => number): string => {
    if (typeof value === 'bigint') return bigintText(value, separated)
    return typeof value === 'symbol' ? 'NaN' : numberText(convert(value), separated)
  }

  const asString = (value: unknown): string => {
    if (typeof value === 'number') return numberText(value, separated)
    if (typeof value === 'bigint') return bigintText(value, separated)
    if (typeof value !== 'object' || value === null || hasOwnText(value, classNames)) {
      return String(value)
    }
    return inspect(value, { ...options, depth: 0, colors: false, compact: 3 })
  }

  const parts: string[] = []
  if (typeof first === 'string') {
    parts.push(
      values.length === 1
        ? first
        : first.replace(/%([%sjdifoOc])/g, (whole, directive) => fill(whole, directive)),
    )
    used++
  }
  for (const value of values.slice(used)) {
    parts.push(typeof value === 'string' ? value : inspect(value, options))
  }
  return parts.join(' ')
}

/** Whether a program has said how such an object reads as text. */
function hasOwnText(value: Loose, classNames: ReadonlySet<string>): boolean {
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
