/** What scrypt costs. */

import { codedError } from '../../../src/errors.ts'
import type { Loose } from '../loose.ts'
import { validateInteger } from '../validate.ts'

/** As `@noble/hashes` takes them. */
export interface ScryptCosts {
  readonly N: number
  readonly r: number
  readonly p: number
}

const defaultMemory = 32 * 1024 * 1024

/** Every option has a short and a long name; 0 is the default. */
export function scryptOptions(options: Loose): ScryptCosts {
  const N = pick(options, 'N', 'cost') || 16384
  const r = pick(options, 'r', 'blockSize') || 8
  const p = pick(options, 'p', 'parallelization') || 1
  const given = options?.maxmem
  if (given !== undefined) validateInteger(given, 'maxmem', 0)
  if (N < 2 || !Number.isInteger(Math.log2(N))) throw invalid('')
  // https://www.rfc-editor.org/rfc/rfc7914#section-6, and what OpenSSL needs.
  const tooMuch =
    N >= 2 ** (16 * r) || p > (2 ** 30 - 1) / r || 128 * r * (N + p + 2) > (given || defaultMemory)
  if (tooMuch) throw invalid(': error:030000AC:digital envelope routines::memory limit exceeded')
  return { N, r, p }
}

function pick(options: Loose, short: string, long: string): number | undefined {
  const [value, other] = [options?.[short], options?.[long]]
  if (value !== undefined) validateInteger(value, short, 0, 2 ** 32 - 1)
  if (other === undefined) return value
  if (value !== undefined) {
    const text = `Option "${short}" cannot be used in combination with option "${long}"`
    throw codedError(TypeError, 'ERR_INCOMPATIBLE_OPTION_PAIR', text)
  }
  validateInteger(other, long, 0, 2 ** 32 - 1)
  return other
}

function invalid(reason: string): Error {
  const text = `Invalid scrypt params${reason}`
  return codedError(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', text)
}
