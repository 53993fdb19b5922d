/** The many ways to say what `read`, `write` and their like shall move, and where to. */

import { createError } from '../../../src/errors.ts'
import type { Loose } from '../loose.ts'
import { outOfRange, validateInteger, validateObject } from '../validate.ts'

export interface Transfer {
  /** What the guest gave, or what was made for it. */
  readonly buffer: Loose
  /** The part of it that is filled or written. */
  readonly bytes: Uint8Array
  readonly position: number | null
}

const usualSize = 16384

/**
 * What follows the descriptor: a view with offset, length and position, a view with options, or options alone.
 * @param form the synchronous one must have a view, a `FileHandle` may have a view and an offset only
 */
export function readTransfer(
  Buffer: Loose,
  args: readonly Loose[],
  form: 'sync' | 'callback' | 'handle',
): Transfer {
  let [buffer, offset, length, position] = args
  if (!ArrayBuffer.isView(buffer) && form !== 'sync' && args.length < 2) {
    validateObject(buffer ?? null, 'options', { nullable: true })
    ;({ buffer = Buffer.alloc(usualSize), offset, length, position } = buffer ?? {})
  } else if (isObject(offset) || (args.length === 2 && form !== 'handle')) {
    validateObject(offset ?? null, 'options', { nullable: true })
    ;({ offset, length, position } = offset ?? {})
  }
  demandView(buffer, ['Buffer', 'TypedArray', 'DataView'])
  const start = offset ?? 0
  validateInteger(start, 'offset', 0)
  const count = length === undefined || length === null ? buffer.byteLength - start : length | 0
  if (count !== 0) {
    if (buffer.byteLength === 0) {
      const reason = 'is empty and cannot be written'
      throw createError('ERR_INVALID_ARG_VALUE', 'buffer', buffer, reason)
    }
    demandWithin(count, buffer.byteLength - start)
  }
  const at = count === 0 ? null : readPosition(position, count)
  return { buffer, bytes: bytesOf(buffer, count === 0 ? 0 : start, count), position: at }
}

/** What follows the descriptor: a view as above, or a text with position and encoding. */
export function writeTransfer(Buffer: Loose, args: readonly Loose[]): Transfer {
  let [buffer, offset, length, position] = args
  if (!ArrayBuffer.isView(buffer)) {
    if (typeof buffer !== 'string') {
      demandView(buffer, ['string', 'Buffer', 'TypedArray', 'DataView'])
    }
    checkEncoding(buffer, length)
    const bytes = Buffer.from(buffer, typeof length === 'string' ? length : 'utf8')
    return { buffer, bytes, position: typeof offset === 'number' ? offset : null }
  }
  if (isObject(offset)) ({ offset, length, position } = offset)
  const start = offset ?? 0
  validateInteger(start, 'offset', 0)
  const size = buffer.byteLength
  if (start > size) throw outOfRange('offset', `<= ${size}`, start)
  const count = typeof length === 'number' ? length : size - start
  demandWithin(count, size - start)
  validateInteger(count, 'length', 0, 2 ** 31 - 1)
  return {
    buffer,
    bytes: bytesOf(buffer, start, count),
    position: typeof position === 'number' ? position : null,
  }
}

/** What follows the descriptor: views and a position. */
export function severalTransfers(args: readonly Loose[]): {
  readonly buffers: Loose[]
  readonly position: number | null
} {
  const [buffers, position] = args
  if (!Array.isArray(buffers) || !buffers.every((each) => ArrayBuffer.isView(each))) {
    throw createError('ERR_INVALID_ARG_TYPE', 'buffers', 'ArrayBufferView[]', buffers)
  }
  return { buffers, position: typeof position === 'number' ? position : null }
}

export function bytesOf(view: Loose, offset = 0, length: number = view.byteLength): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + offset, length)
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function demandView(value: unknown, expected: readonly string[]): void {
  if (!ArrayBuffer.isView(value)) {
    throw createError('ERR_INVALID_ARG_TYPE', 'buffer', expected, value)
  }
}

function demandWithin(length: number, room: number): void {
  if (length < 0) throw outOfRange('length', '>= 0', length)
  if (length > room) throw outOfRange('length', `<= ${room}`, length)
}

/** Half a byte cannot be written. */
function checkEncoding(text: string, encoding: Loose): void {
  if (encoding === 'hex' && text.length % 2 !== 0) {
    const reason = `is invalid for data of length ${text.length}`
    throw createError('ERR_INVALID_ARG_VALUE', 'encoding', encoding, reason)
  }
}

function readPosition(position: Loose, length: number): number | null {
  if (position === undefined || position === null) return null
  if (typeof position === 'bigint') {
    const last = 2n ** 63n - 1n - BigInt(length)
    if (position < -1n || position > last) {
      throw outOfRange('position', `>= -1 && <= ${last}`, position)
    }
  } else if (typeof position === 'number') validateInteger(position, 'position', -1)
  else throw createError('ERR_INVALID_ARG_TYPE', 'position', ['integer', 'bigint'], position)
  return Number(position)
}
