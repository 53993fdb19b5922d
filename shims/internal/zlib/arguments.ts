/** The options of zlib, checked as node checks them: what is absent or NaN is the default. */

import { createError } from '../../../src/errors.ts'
import { isAnyArrayBuffer } from '../brands.ts'
import type { Loose } from '../loose.ts'
import { outOfRange, validateBoolean, validateNumber } from '../validate.ts'
import { Flush, Mode } from './constants.ts'

/** Whether it is a number that one can count with. @throws ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE */
function isGiven(value: unknown, name: string): value is number {
  if (value === undefined || Number.isNaN(value)) return false
  validateNumber(value, name)
  if (!Number.isFinite(value)) throw outOfRange(name, 'a finite number', value)
  return true
}

/** @throws ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE */
export function numberWithin(
  value: unknown,
  name: string,
  [lower, upper]: readonly [number, number],
  byDefault: number,
): number {
  if (!isGiven(value, name)) return byDefault
  if (value < lower || value > upper) throw outOfRange(name, `>= ${lower} and <= ${upper}`, value)
  // As C counts.
  return Math.trunc(value)
}

export const flushRange: readonly [number, number] = [Flush.none, Flush.block]
export const levelRange = [-1, 9] as const
export const strategyRange = [0, 4] as const

export interface StreamOptions {
  readonly chunkSize: number
  readonly flush: number
  readonly finishFlush: number
  readonly maxOutputLength: number
}

/** What all streams have. @throws ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE */
export function streamOptions(options: Loose, maxLength: number): StreamOptions {
  const chunkSize = isGiven(options.chunkSize, 'options.chunkSize') ? options.chunkSize : 16 * 1024
  if (chunkSize < 64) throw outOfRange('options.chunkSize', '>= 64', chunkSize)
  const flush = numberWithin(options.flush, 'options.flush', flushRange, Flush.none)
  const finishFlush = numberWithin(
    options.finishFlush,
    'options.finishFlush',
    flushRange,
    Flush.finish,
  )
  const maxOutputLength = numberWithin(
    options.maxOutputLength,
    'options.maxOutputLength',
    [1, maxLength],
    maxLength,
  )
  if (options.rejectGarbageAfterEnd !== undefined) {
    validateBoolean(options.rejectGarbageAfterEnd, 'options.rejectGarbageAfterEnd')
  }
  return { chunkSize, flush, finishFlush, maxOutputLength }
}

export interface FormatOptions {
  readonly windowBits: number
  readonly level: number
  readonly memLevel: number
  readonly strategy: number
  readonly dictionary: Uint8Array | undefined
}

/** What is zlib's own. @throws ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE */
export function formatOptions(options: Loose, mode: number): FormatOptions {
  return {
    windowBits: windowBitsOf(options.windowBits, mode),
    level: numberWithin(options.level, 'options.level', levelRange, -1),
    memLevel: numberWithin(options.memLevel, 'options.memLevel', [1, 9], 8),
    strategy: numberWithin(options.strategy, 'options.strategy', strategyRange, 0),
    dictionary: dictionaryOf(options.dictionary),
  }
}

function windowBitsOf(given: unknown, mode: number): number {
  // To decompress, 0 is what the header says, where there is one.
  const hasHeader = mode === Mode.inflate || mode === Mode.gunzip || mode === Mode.unzip
  if (hasHeader && (given === undefined || given === null || given === 0)) return 0
  return numberWithin(given, 'options.windowBits', [mode === Mode.gzip ? 9 : 8, 15], 15)
}

function dictionaryOf(given: Loose): Uint8Array | undefined {
  if (given === undefined) return undefined
  if (ArrayBuffer.isView(given)) {
    return new Uint8Array(given.buffer, given.byteOffset, given.byteLength)
  }
  if (isAnyArrayBuffer(given)) return new Uint8Array(given)
  const expected = ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer']
  throw createError('ERR_INVALID_ARG_TYPE', 'options.dictionary', expected, given)
}
