/** Everything random in `crypto`, on the host's random bytes. */

import { codedError, createError, hostLacks } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import { bytesOf, isAnyArrayBuffer } from '../brands.ts'
import type { Loose } from '../loose.ts'
import {
  outOfRange,
  validateBoolean,
  validateFunction,
  validateNumber,
  validateObject,
} from '../validate.ts'
import { webGlobal } from '../web/globals.ts'

const mostBytes = 2 ** 31 - 1

export function createRandom(context: ShimContext): Record<string, Loose> {
  const { host } = context
  const later = (callback: Loose, ...args: unknown[]) =>
    context.require('timers').setImmediate(callback, ...args)

  function fill(bytes: Uint8Array): void {
    if (host.fillRandom === undefined) {
      throw hostLacks('Randomness', host.name, 'fillRandom')
    }
    host.fillRandom(bytes)
  }

  function randomBytes(size: unknown, callback?: Loose): Loose {
    const length = sizeOf(size, 1)
    if (callback !== undefined) validateFunction(callback, 'callback')
    const bytes = context.require('buffer').Buffer.alloc(length)
    fill(bytes)
    if (callback === undefined) return bytes
    later(callback, null, bytes)
    return undefined
  }

  function randomFillSync(buffer: Loose, offset?: unknown, size?: unknown): Loose {
    fill(partOf(buffer, offset, size))
    return buffer
  }

  function randomFill(buffer: Loose, ...rest: Loose[]): void {
    allBytes(buffer)
    const at = rest.findIndex((one) => typeof one === 'function')
    const callback = at === -1 ? rest[2] : rest[at]
    validateFunction(callback, 'callback')
    const [offset, size] = at === -1 ? rest : rest.slice(0, at)
    randomFillSync(buffer, offset, size)
    later(callback, null, buffer)
  }

  function randomInt(min: Loose, max?: Loose, callback?: Loose): number | undefined {
    const hasMin = max !== undefined && typeof max !== 'function'
    const [low, limit, done] = hasMin ? [min, max, callback] : [0, min, max]
    for (const [name, value] of [
      ['min', low],
      ['max', limit],
    ] as const) {
      if (!Number.isSafeInteger(value)) {
        throw createError('ERR_INVALID_ARG_TYPE', name, 'a safe integer', value)
      }
    }
    if (done !== undefined) validateFunction(done, 'callback')
    if (limit <= low) throw outOfRange('max', `greater than the value of "min" (${low})`, limit)
    const range = limit - low
    if (range > 2 ** 48 - 1)
      throw outOfRange(hasMin ? 'max - min' : 'max', `<= ${2 ** 48 - 1}`, range)
    // Values beyond the last whole multiple would favour the small ones.
    const ceiling = 2 ** 48 - (2 ** 48 % range)
    const bytes = new Uint8Array(6)
    let value: number
    do {
      fill(bytes)
      value = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
    } while (value >= ceiling)
    const result = low + (value % range)
    if (done === undefined) return result
    later(done, undefined, result)
    return undefined
  }

  function uuidOf(bytes: Uint8Array, version: number): string {
    bytes[6] = ((bytes[6] as number) & 0x0f) | (version << 4)
    bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
  }

  function uuidBytes(options?: Loose): Uint8Array {
    if (options !== undefined) {
      validateObject(options, 'options')
      const { disableEntropyCache } = options
      if (disableEntropyCache !== undefined) {
        validateBoolean(disableEntropyCache, 'options.disableEntropyCache')
      }
    }
    const bytes = new Uint8Array(16)
    fill(bytes)
    return bytes
  }

  const randomUUID = (options?: Loose): string => uuidOf(uuidBytes(options), 4)

  function randomUUIDv7(options?: Loose): string {
    const bytes = uuidBytes(options)
    let time = host.now()
    for (let index = 5; index >= 0; index--) {
      bytes[index] = time % 256
      time = Math.floor(time / 256)
    }
    return uuidOf(bytes, 7)
  }

  function timingSafeEqual(first: Loose, second: Loose): boolean {
    const [a, b] = [first, second].map((value, index) => {
      if (value instanceof ArrayBuffer) return new Uint8Array(value)
      if (ArrayBuffer.isView(value)) {
        return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      }
      const text = `The "buf${index + 1}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`
      throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', text)
    }) as [Uint8Array, Uint8Array]
    if (a.length !== b.length) {
      const text = 'Input buffers must have the same byte length'
      throw codedError(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', text)
    }
    let difference = 0
    for (let index = 0; index < a.length; index++) {
      difference |= (a[index] as number) ^ (b[index] as number)
    }
    return difference === 0
  }

  return {
    randomBytes,
    randomFillSync,
    randomFill,
    randomInt,
    randomUUID,
    randomUUIDv7,
    timingSafeEqual,
    rng: randomBytes,
    prng: randomBytes,
    pseudoRandomBytes: randomBytes,
    getRandomValues: (array: Loose): Loose =>
      host.fillRandom === undefined
        ? randomFillSync(array)
        : webGlobal(context, 'crypto').getRandomValues(array),
  }
}

function allBytes(buffer: Loose): Uint8Array {
  if (isAnyArrayBuffer(buffer)) return new Uint8Array(buffer)
  if (ArrayBuffer.isView(buffer)) return bytesOf(buffer)
  throw createError('ERR_INVALID_ARG_TYPE', 'buf', ['ArrayBuffer', 'ArrayBufferView'], buffer)
}

/** @param offset of elements, as is `size` */
function partOf(buffer: Loose, offset: unknown = 0, size?: unknown): Uint8Array {
  const bytes = allBytes(buffer)
  const { length } = bytes
  const unit = buffer.BYTES_PER_ELEMENT ?? 1
  validateNumber(offset, 'offset')
  const start = offset * unit
  if (!(start >= 0 && start <= length)) throw outOfRange('offset', `>= 0 && <= ${length}`, start)
  const count = size === undefined ? length - start : sizeOf(size, unit)
  if (start + count > length) throw outOfRange('size + offset', `<= ${length}`, start + count)
  return bytes.subarray(start, start + count)
}

function sizeOf(size: unknown, unit: number): number {
  validateNumber(size, 'size')
  const count = size * unit
  if (!(count >= 0 && count <= mostBytes)) {
    throw outOfRange('size', `>= 0 && <= ${mostBytes}`, count)
  }
  return Math.floor(count)
}
