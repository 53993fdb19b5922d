/** The methods of OutgoingMessage that keep its header fields. */

import { codedError, createError } from '../../../src/errors.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import {
  checkName,
  hasBadCharacter,
  headersSentError,
  validateHeaderName,
  validateHeaderValue,
} from './headers.ts'

/** Lower-case name to name as given and value. Express makes its responses with Object.create: no constructor may have run. */
const kept = new WeakMap<object, Map<string, [string, Loose]>>()

export function headersOf(message: object): Map<string, [string, Loose]> {
  let fields = kept.get(message)
  if (fields === undefined) {
    fields = new Map()
    kept.set(message, fields)
  }
  return fields
}

/** What somebody removes by name is not put back when the head is made. */
const removals: Readonly<Record<string, string>> = {
  connection: '_removedConnection',
  'content-length': '_removedContLen',
  'transfer-encoding': '_removedTE',
}

/** Functions of each loader's own. */
export const createHeaderMembers = (): Record<string, LooseFunction> => ({
  setHeader(name, value) {
    if (this._header) throw headersSentError('set')
    validateHeaderName(name)
    validateHeaderValue(name, value)
    headersOf(this).set(name.toLowerCase(), [name, value])
    return this
  },
  setHeaders(given) {
    if (this._header) throw headersSentError('set')
    if (!given || Array.isArray(given) || typeof given.get !== 'function') {
      throw createError('ERR_INVALID_ARG_TYPE', 'headers', ['Headers', 'Map'], given)
    }
    const cookies: string[] = []
    for (const [name, value] of given) {
      // Headers give one after the other.
      if (name === 'set-cookie') cookies.push(...[value].flat())
      else this.setHeader(name, value)
    }
    if (cookies.length > 0) this.setHeader('set-cookie', cookies)
    return this
  },
  appendHeader(name, value) {
    if (this._header) throw headersSentError('append')
    validateHeaderName(name)
    validateHeaderValue(name, value)
    const before = headersOf(this).get(name.toLowerCase())
    if (before === undefined) return this.setHeader(name, value)
    before[1] = [before[1], value].flat()
    return this
  },
  getHeader(name) {
    return headersOf(this).get(checkName(name))?.[1]
  },
  hasHeader(name) {
    return headersOf(this).has(checkName(name))
  },
  removeHeader(name) {
    const key = checkName(name)
    if (this._header) throw headersSentError('remove')
    const removal = removals[key]
    if (removal !== undefined) this[removal] = true
    else if (key === 'date') this.sendDate = false
    headersOf(this).delete(key)
  },
  getHeaderNames() {
    return [...headersOf(this).keys()]
  },
  getRawHeaderNames() {
    return [...headersOf(this).values()].map(([name]) => name)
  },
  getHeaders() {
    const result = Object.create(null)
    for (const [key, [, value]] of headersOf(this)) result[key] = value
    return result
  },
  addTrailers(given) {
    const pairs = Array.isArray(given) ? given : Object.entries(given)
    for (const [name, value] of pairs) {
      validateHeaderName(name, 'Trailer name')
      for (const one of [value].flat()) {
        if (hasBadCharacter(one)) {
          const text = `Invalid character in trailer content ["${name}"]`
          throw codedError(TypeError, 'ERR_INVALID_CHAR', text)
        }
        this._trailer += `${name}: ${one}\r\n`
      }
    }
  },
})
