/** node checks the arguments of its builtins with a dozen functions; these throw the same errors. */

import { type CodedError, codedError, createError, describe } from '../../src/errors.ts'
import type { Loose } from './loose.ts'

/** ERR_OUT_OF_RANGE with node's text: `range` is what the value must be. */
export function outOfRange(name: string, range: string, value: unknown): RangeError & CodedError {
  return codedError(
    RangeError,
    'ERR_OUT_OF_RANGE',
    `The value of "${name}" is out of range. It must be ${range}. Received ${received(value)}`,
  )
}

function received(value: unknown): string {
  if (Number.isInteger(value) && Math.abs(value as number) > 2 ** 32)
    return separated(String(value))
  if (typeof value === 'bigint') {
    const text = String(value)
    return `${value > 2n ** 32n || value < -(2n ** 32n) ? separated(text) : text}n`
  }
  return describe(value)
}

/** `4294967297` as `4_294_967_297`. */
function separated(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, '_')
}

export function validateString(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string') throw createError('ERR_INVALID_ARG_TYPE', name, 'string', value)
}

export function validateBoolean(value: unknown, name: string): asserts value is boolean {
  if (typeof value !== 'boolean') throw createError('ERR_INVALID_ARG_TYPE', name, 'boolean', value)
}

export function validateFunction(
  value: unknown,
  name: string,
): asserts value is (...args: Loose[]) => Loose {
  if (typeof value !== 'function')
    throw createError('ERR_INVALID_ARG_TYPE', name, 'Function', value)
}

/** A plain validation by default; `allow` says what else will do. */
export function validateObject(
  value: unknown,
  name: string,
  allow: {
    readonly array?: boolean
    readonly function?: boolean
    readonly nullable?: boolean
  } = {},
): void {
  const fits =
    value === null
      ? allow.nullable
      : Array.isArray(value)
        ? allow.array
        : typeof value === 'object' || (allow.function && typeof value === 'function')
  if (!fits) throw createError('ERR_INVALID_ARG_TYPE', name, 'Object', value)
}

export function validateArray(
  value: unknown,
  name: string,
  minLength = 0,
): asserts value is Loose[] {
  if (!Array.isArray(value)) throw createError('ERR_INVALID_ARG_TYPE', name, 'Array', value)
  if (value.length < minLength) {
    const reason = `must have a length of at least ${minLength}`
    throw createError('ERR_INVALID_ARG_VALUE', name, value, reason)
  }
}

export function validateNumber(
  value: unknown,
  name: string,
  min?: number,
  max?: number,
): asserts value is number {
  if (typeof value !== 'number') throw createError('ERR_INVALID_ARG_TYPE', name, 'number', value)
  const tooSmall = min !== undefined && value < min
  const tooLarge = max !== undefined && value > max
  if (tooSmall || tooLarge || ((min !== undefined || max !== undefined) && Number.isNaN(value))) {
    const lower = min === undefined ? '' : `>= ${min}`
    const upper = max === undefined ? '' : `<= ${max}`
    throw outOfRange(name, [lower, upper].filter(Boolean).join(' && '), value)
  }
}

export function validateInteger(
  value: unknown,
  name: string,
  min: number = Number.MIN_SAFE_INTEGER,
  max: number = Number.MAX_SAFE_INTEGER,
): asserts value is number {
  if (typeof value !== 'number') throw createError('ERR_INVALID_ARG_TYPE', name, 'number', value)
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value)
  if (value < min || value > max) throw outOfRange(name, `>= ${min} && <= ${max}`, value)
}

/** Milliseconds of a time limit; 0 is none. */
export function checkDuration(value: unknown, name = 'msecs'): number {
  validateNumber(value, name)
  if (value >= 0 && Number.isFinite(value)) return value
  throw outOfRange(name, 'a non-negative finite number', value)
}

export function validateOneOf(value: unknown, name: string, allowed: readonly unknown[]): void {
  if (allowed.includes(value)) return
  const shown = allowed.map((item) => (typeof item === 'string' ? `'${item}'` : String(item)))
  throw createError('ERR_INVALID_ARG_VALUE', name, value, `must be one of: ${shown.join(', ')}`)
}

/** What of an AbortSignal is used; a host's own or ours. */
export interface Signal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', listener: () => void, options?: object): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** `undefined` passes: most signals are optional. */
export function validateAbortSignal(value: unknown, name: string): void {
  if (value === undefined) return
  if (value === null || typeof value !== 'object' || !('aborted' in value)) {
    throw createError('ERR_INVALID_ARG_TYPE', name, 'AbortSignal', value)
  }
}

export function validateThis(isRight: boolean, className: string): void {
  if (!isRight) {
    throw codedError(TypeError, 'ERR_INVALID_THIS', `Value of "this" must be of type ${className}`)
  }
}
