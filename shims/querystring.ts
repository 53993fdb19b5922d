// https://nodejs.org/docs/latest-v26.x/api/querystring.html

import { codedError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import type { Loose } from './internal/loose.ts'
import { nameMembers, shapeMembers } from './internal/names.ts'

type Convert = (text: string) => string

const createQuerystring: Shim = (context) => {
  // `parse` and `stringify` go through the object, because programs replace `escape` and `unescape` there.
  const querystring = {
    unescapeBuffer,
    unescape: unescapeText,
    escape: escapeText,
    stringify,
    encode: stringify,
    parse,
    decode: parse,
  }

  /** Percent sequences to bytes; what is no such sequence stays as it is. */
  function unescapeBuffer(text: string, decodeSpaces?: boolean): Loose {
    const { Buffer } = context.require('buffer')
    const bytes = Buffer.allocUnsafe(text.length)
    let length = 0
    for (let i = 0; i < text.length; i++) {
      const hex = text[i] === '%' ? text.slice(i + 1, i + 3) : ''
      if (/^[0-9a-f]{2}$/i.test(hex)) {
        bytes[length++] = Number.parseInt(hex, 16)
        i += 2
      } else bytes[length++] = text[i] === '+' && decodeSpaces ? 32 : text.charCodeAt(i)
    }
    return length === text.length ? bytes : bytes.slice(0, length)
  }

  function unescapeText(text: string, decodeSpaces?: boolean): string {
    try {
      return decodeURIComponent(text)
    } catch {
      return querystring.unescapeBuffer(text, decodeSpaces).toString()
    }
  }

  function escapeText(value: Loose): string {
    const text = typeof value === 'object' ? String(value) : `${value}`
    try {
      return encodeURIComponent(text)
    } catch {
      return encodeURIComponent(text.replace(/[\ud800-\udfff][\s\S]?/g, pairUp))
    }
  }

  function stringify(object: Loose, separator?: string, equals?: string, options?: Loose): string {
    if (object === null || typeof object !== 'object') return ''
    const custom: unknown = options?.encodeURIComponent
    const encode = (typeof custom === 'function' ? custom : querystring.escape) as Convert
    // Our own `escape` need not be asked about what it would leave alone.
    const convert = (value: unknown): string => {
      const text = textOf(value)
      return encode === escapeText && text === '' ? '' : encode(text)
    }
    const fields: string[] = []
    for (const key of Object.keys(object)) {
      const start = convert(key) + (equals || '=')
      const value = object[key]
      for (const item of Array.isArray(value) ? value : [value]) fields.push(start + convert(item))
    }
    return fields.join(separator || '&')
  }

  function parse(
    text: Loose,
    separator?: unknown,
    equals?: unknown,
    options?: Loose,
  ): Record<string, Loose> {
    const result: Record<string, Loose> = Object.create(null)
    if (typeof text !== 'string' || text === '') return result
    const custom: unknown = options?.decodeURIComponent
    const decode = (typeof custom === 'function' ? custom : querystring.unescape) as Convert
    const isCustom = decode !== unescapeText
    const read = (part: string): string => {
      const spaced = part.replaceAll('+', isCustom ? '%20' : ' ')
      if (spaced === '' || (!isCustom && !/%[0-9a-f]{2}/i.test(spaced))) return spaced
      try {
        return decode(spaced)
      } catch {
        return (querystring.unescape as (text: string, decodeSpaces: boolean) => string)(
          spaced,
          true,
        )
      }
    }
    const mark = String(equals || '=')
    const { maxKeys } = options ?? {}
    const limit = typeof maxKeys !== 'number' ? 1000 : maxKeys > 0 ? maxKeys : Infinity
    const parts = text.split(String(separator || '&'))
    for (const [index, part] of parts.entries()) {
      if (index >= limit) break
      if (part === '') continue
      const at = part.indexOf(mark)
      const key = read(at === -1 ? part : part.slice(0, at))
      const value = at === -1 ? '' : read(part.slice(at + mark.length))
      if (result[key] === undefined) result[key] = value
      else if (Array.isArray(result[key])) result[key].push(value)
      else result[key] = [result[key], value]
    }
    return result
  }

  return shapeMembers(nameMembers(querystring), 'escape:qsEscape unescape:qsUnescape')
}

/** node takes whatever follows half a surrogate pair for its other half. */
function pairUp(units: string): string {
  if (units.length < 2) throw codedError(URIError, 'ERR_INVALID_URI', 'URI malformed')
  const [high, low] = [units.charCodeAt(0), units.charCodeAt(1)]
  return String.fromCodePoint(0x10000 + (((high & 0x3ff) << 10) | (low & 0x3ff)))
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'bigint' || typeof value === 'boolean') return `${value}`
  return typeof value === 'number' && Number.isFinite(value) ? `${value}` : ''
}

export default createQuerystring
