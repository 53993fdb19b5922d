/** Names and values of header fields: what may be in them, and node's errors for what may not. */

import { codedError, createError } from '../../../src/errors.ts'

const tokenPattern = /^[\^`\-\w!#$%&'*+.|~]+$/
const badValue = /[^\t\x20-\x7e\x80-\xff]/

export const isToken = (text: unknown): boolean => tokenPattern.test(`${text}`)
export const hasBadCharacter = (text: unknown): boolean => badValue.test(`${text}`)

export function validateHeaderName(name: unknown, label?: string): void {
  if (typeof name === 'string' && name !== '' && isToken(name)) return
  const text = `${label || 'Header name'} must be a valid HTTP token ["${String(name)}"]`
  throw codedError(TypeError, 'ERR_INVALID_HTTP_TOKEN', text)
}

export function validateHeaderValue(name: unknown, value: unknown): void {
  if (value === undefined) {
    const text = `Invalid value "${value}" for header "${String(name)}"`
    throw codedError(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', text)
  }
  if (hasBadCharacter(value)) {
    const text = `Invalid character in header content ["${name}"]`
    throw codedError(TypeError, 'ERR_INVALID_CHAR', text)
  }
}

export function headersSentError(what: string): Error {
  const text = `Cannot ${what} headers after they are sent to the client`
  return codedError(Error, 'ERR_HTTP_HEADERS_SENT', text)
}

export function checkName(name: unknown): string {
  if (typeof name !== 'string') throw createError('ERR_INVALID_ARG_TYPE', 'name', 'string', name)
  return name.toLowerCase()
}
