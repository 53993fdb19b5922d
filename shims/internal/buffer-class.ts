/** `Buffer` and its static members. https://nodejs.org/docs/latest-v26.x/api/buffer.html#class-buffer */

import { createError } from '../../src/errors.ts'
import type { ShimContext } from '../../src/seams.ts'
import { isAnyArrayBuffer, isUint8Array, typedArrayName } from './brands.ts'
import { addBufferMethods } from './buffer-methods.ts'
import { addNumberMethods, outOfBounds } from './buffer-numbers.ts'
import { compareBytes } from './buffer-search.ts'
import {
  type BufferTools,
  type Encoding,
  encodingOf,
  maxLength,
  unknownEncoding,
} from './buffer-text.ts'
import type { Loose } from './loose.ts'
import { nameFunction, nameMembers, shapeMembers } from './names.ts'
import { outOfRange, validateArray, validateInteger, validateNumber } from './validate.ts'

export function createBufferClass(context: ShimContext, tools: BufferTools): Loose {
  const { text } = tools
  // Buffers are made by this class and share its prototype with `Buffer`, which must be callable without `new`.
  class FastBuffer extends Uint8Array {}
  const make = FastBuffer as unknown as new (...args: Loose[]) => Uint8Array
  const warnOfConstructor = createConstructorWarning(context)

  function Buffer(arg: Loose, encodingOrOffset?: Loose, length?: Loose): Uint8Array {
    warnOfConstructor()
    if (typeof arg === 'number') {
      if (typeof encodingOrOffset === 'string')
        throw createError('ERR_INVALID_ARG_TYPE', 'string', 'string', arg)
      return Buffer.alloc(arg)
    }
    return Buffer.from(arg, encodingOrOffset, length)
  }
  Object.setPrototypeOf(Buffer, Uint8Array)
  Object.defineProperty(Buffer, Symbol.species, { get: () => FastBuffer, configurable: true })
  const prototype = FastBuffer.prototype as Loose
  Buffer.prototype = prototype
  prototype.constructor = Buffer
  Buffer.poolSize = 64 * 1024

  Buffer.from = function from(value: Loose, encodingOrOffset?: Loose, length?: Loose): Uint8Array {
    if (typeof value === 'string') return fromText(value, encodingOrOffset)
    if (typeof value === 'object' && value !== null) {
      if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length)
      const inner = value.valueOf?.()
      if (
        inner !== value &&
        inner !== null &&
        (typeof inner === 'string' || typeof inner === 'object')
      ) {
        return from(inner, encodingOrOffset, length)
      }
      const made = fromObject(value)
      if (made) return made
      const toPrimitive = value[Symbol.toPrimitive]
      const primitive =
        typeof toPrimitive === 'function' ? toPrimitive.call(value, 'string') : undefined
      if (typeof primitive === 'string') return fromText(primitive, encodingOrOffset)
    }
    const expected = ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object']
    throw createError('ERR_INVALID_ARG_TYPE', 'first argument', expected, value)
  }

  function fromText(value: string, name: unknown): Uint8Array {
    const encoding = !name || typeof name !== 'string' ? 'utf8' : encodingOf(name)
    if (encoding === undefined) throw unknownEncoding(name)
    return encode(value, encoding)
  }

  function encode(value: string, encoding: Encoding): Uint8Array {
    const bytes = new make(text.byteLength(value, encoding))
    const length = text.write(bytes, value, encoding, 0, bytes.length)
    return length < bytes.length ? new make(bytes.buffer, 0, length) : bytes
  }

  function fromArrayBuffer(memory: ArrayBuffer, offset: Loose, length: Loose): Uint8Array {
    const start = offset === undefined ? 0 : Number(offset) || 0
    const rest = memory.byteLength - start
    if (rest < 0) throw outOfBounds('offset')
    // Left out, so that it follows the length of resizable memory.
    if (length === undefined) return new make(memory, start)
    const size = Number(length)
    if (size > rest) throw outOfBounds('length')
    return new make(memory, start, size > 0 ? size : 0)
  }

  function fromObject(value: Loose): Uint8Array | undefined {
    if (value.length !== undefined || isAnyArrayBuffer(value.buffer)) {
      return typeof value.length === 'number' ? fromList(value) : new make(0)
    }
    return value.type === 'Buffer' && Array.isArray(value.data) ? fromList(value.data) : undefined
  }

  const fromList = (list: Loose): Uint8Array => (list.length <= 0 ? new make(0) : new make(list))

  Buffer.copyBytesFrom = function copyBytesFrom(
    view: Loose,
    offset?: number,
    length?: number,
  ): Uint8Array {
    if (!ArrayBuffer.isView(view) || typedArrayName(view) === undefined) {
      throw createError('ERR_INVALID_ARG_TYPE', 'view', ['TypedArray'], view)
    }
    const start = offset === undefined ? 0 : offset
    validateInteger(start, 'offset', 0)
    if (start < (view as Loose).length && length !== undefined) validateInteger(length, 'length', 0)
    const part = (view as Loose).subarray(start, length === undefined ? undefined : start + length)
    return fromList(new Uint8Array(part.buffer, part.byteOffset, part.byteLength))
  }

  // An arrow function, because node's is no constructor.
  Buffer.of = (...items: number[]): Uint8Array => {
    const bytes = new make(items.length)
    for (let i = 0; i < items.length; i++) bytes[i] = items[i] as number
    return bytes
  }

  Buffer.alloc = function alloc(size: number, fill?: Loose, encoding?: Loose): Uint8Array {
    validateNumber(size, 'size', 0, maxLength)
    const bytes = allocate(size)
    return fill !== undefined && fill !== 0 && size > 0
      ? (bytes as Loose).fill(fill, 0, bytes.length, encoding)
      : bytes
  }
  // There is no memory but zeroed one, and no pool: a small array is cheap enough.
  Buffer.allocUnsafe = function allocUnsafe(size: number, alignment?: number): Uint8Array {
    validateNumber(size, 'size', 0, maxLength)
    if (alignment !== undefined) validateAlignment(size, alignment)
    return allocate(size)
  }
  Buffer.allocUnsafeSlow = function allocUnsafeSlow(size: number, alignment?: number): Uint8Array {
    return Buffer.allocUnsafe(size, alignment)
  }

  function allocate(size: number): Uint8Array {
    return new make(Math.trunc(size))
  }

  function validateAlignment(size: number, alignment: number): void {
    validateInteger(alignment, 'alignment', 1, 2 ** 30)
    if ((alignment & (alignment - 1)) !== 0) {
      throw createError('ERR_INVALID_ARG_VALUE', 'alignment', alignment, 'must be a power of two')
    }
    const limit = maxLength - Math.max(alignment, 8)
    if (size > limit) throw outOfRange('size', `<= ${limit}`, size)
  }

  Buffer.isBuffer = function isBuffer(value: unknown): boolean {
    return value instanceof Buffer
  }

  Buffer.compare = function compare(buf1: Loose, buf2: Loose): number {
    if (!isUint8Array(buf1))
      throw createError('ERR_INVALID_ARG_TYPE', 'buf1', ['Buffer', 'Uint8Array'], buf1)
    if (!isUint8Array(buf2))
      throw createError('ERR_INVALID_ARG_TYPE', 'buf2', ['Buffer', 'Uint8Array'], buf2)
    return buf1 === buf2 ? 0 : compareBytes(buf1, buf2)
  }

  Buffer.isEncoding = function isEncoding(encoding: unknown): boolean {
    return encodingOf(encoding) !== undefined
  }

  Buffer.concat = function concat(list: Loose, length?: number): Uint8Array {
    validateArray(list, 'list')
    if (list.length === 0) return new make(0)
    if (length !== undefined) validateInteger(length, 'length', 0, maxLength)
    list.forEach((item, index) => {
      if (!isUint8Array(item))
        throw createError('ERR_INVALID_ARG_TYPE', `list[${index}]`, ['Buffer', 'Uint8Array'], item)
    })
    const total = length ?? list.reduce((sum, item) => sum + item.byteLength, 0)
    const bytes = new make(total)
    let at = 0
    for (const item of list) {
      // The guest may have given it another `length`.
      const { byteLength } = item
      const fits = at + byteLength <= total
      bytes.set(fits ? item : item.subarray(0, total - at), at)
      at += byteLength
      if (!fits) break
    }
    return bytes
  }

  Buffer.byteLength = function byteLength(string: Loose, encoding?: unknown): number {
    if (typeof string === 'string') return text.byteLength(string, encodingOf(encoding) ?? 'utf8')
    if (ArrayBuffer.isView(string) || isAnyArrayBuffer(string)) return string.byteLength
    throw createError('ERR_INVALID_ARG_TYPE', 'string', ['string', 'Buffer', 'ArrayBuffer'], string)
  }

  addNumberMethods(prototype)
  addBufferMethods(context, Buffer, tools, { encode, make })
  nameFunction(Buffer, 'Buffer')
  nameFunction(FastBuffer, 'FastBuffer')
  nameMembers(prototype)
  for (const type of ['Double', 'Float']) {
    shapeMembers(prototype, `read${type}LE:read${type}Forwards read${type}BE:read${type}Backwards`)
    shapeMembers(
      prototype,
      `write${type}LE:write${type}Forwards write${type}BE:write${type}Backwards`,
    )
  }
  return nameMembers(Buffer)
}

/** DEP0005: told once, and not for what packages do. */
function createConstructorWarning(context: ShimContext): () => void {
  let isWarned = false
  let checks = 0
  return () => {
    if (isWarned || ++checks > 1000) return
    const { execArgv, env } = context.settings
    const isPending =
      execArgv.includes('--pending-deprecation') || env.NODE_PENDING_DEPRECATION === '1'
    // Error, this function, Buffer, and who called it.
    const caller = String(new Error().stack).split('\n')[3]
    if (!isPending && (caller === undefined || /[\\/]node_modules[\\/]/.test(caller))) return
    isWarned = true
    context
      .require('process')
      .emitWarning(
        'Buffer() is deprecated due to security and usability issues. Please use the Buffer.alloc(), ' +
          'Buffer.allocUnsafe(), or Buffer.from() methods instead.',
        'DeprecationWarning',
        'DEP0005',
      )
  }
}
