/** How a file is opened. */

import { createError } from '../../../src/errors.ts'
import type { Loose } from '../loose.ts'
import { validateInteger } from '../validate.ts'

const writeOnly = 1
const readAndWrite = 2
const synchronous = 0o4010000
export const create = 0o100
export const exclusive = 0o200
export const truncate = 0o1000
export const append = 0o2000
export const mustBeDirectory = 0o200000
export const noFollow = 0o400000

const purposes: Readonly<Record<string, number>> = {
  r: 0,
  w: truncate | create | writeOnly,
  a: append | create | writeOnly,
}

/** @param flags a number, or one of node's words: `w`, `wx+`, `rs+`, … */
export function parseFlags(flags: Loose, name = 'flags'): number {
  if (typeof flags === 'number') {
    validateInteger(flags, name, -(2 ** 31), 2 ** 31 - 1)
    return flags
  }
  if (flags === undefined || flags === null) return 0
  const word = String(flags)
  const purpose = purposes[word.replace(/[sx+]/g, '')]
  if (purpose === undefined || !/^(?:r|rs|sr|w|wx|xw|a|as|sa|ax|xa)\+?$/.test(word)) {
    throw createError('ERR_INVALID_ARG_VALUE', name, flags)
  }
  const access = word.endsWith('+') ? (purpose & ~writeOnly) | readAndWrite : purpose
  return access | (word.includes('x') ? exclusive : 0) | (word.includes('s') ? synchronous : 0)
}

export function mayRead(flags: number): boolean {
  return (flags & 3) !== writeOnly
}

export function mayWrite(flags: number): boolean {
  return (flags & 3) !== 0
}
