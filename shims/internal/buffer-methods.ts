/** What buffers can do beside reading and writing numbers. */

import { codedError, createError } from '../../src/errors.ts'
import type { ShimContext } from '../../src/seams.ts'
import { bytesOf, isUint8Array } from './brands.ts'
import { outOfBounds } from './buffer-numbers.ts'
import { compareBytes, search } from './buffer-search.ts'
import {
  type BufferTools,
  type Encoding,
  encodingOf,
  maxLength,
  unknownEncoding,
} from './buffer-text.ts'
import type { Loose } from './loose.ts'
import { outOfRange, validateInteger, validateString } from './validate.ts'

interface Makers {
  encode(text: string, encoding: Encoding): Uint8Array
  make: new (...args: Loose[]) => Uint8Array
}

const bytesOrError = ['Buffer', 'Uint8Array'] as const
const inspectSymbol = Symbol.for('nodejs.util.inspect.custom')

export function addBufferMethods(
  context: ShimContext,
  Buffer: Loose,
  { text, inspectMaxBytes }: BufferTools,
  { encode, make }: Makers,
): void {
  const prototype = Buffer.prototype
  const wrongType = (name: string, value: unknown): Error =>
    createError('ERR_INVALID_ARG_TYPE', name, bytesOrError, value)

  for (const [name, member] of [
    ['parent', 'buffer'],
    ['offset', 'byteOffset'],
  ] as const) {
    Object.defineProperty(prototype, name, {
      get() {
        return this instanceof Buffer ? (this as Loose)[member] : undefined
      },
      enumerable: true,
    })
  }

  // The old binding's methods, which packages still call for speed.
  const direct = {
    ascii: 'ascii',
    base64: 'base64',
    base64url: 'base64url',
    latin1: 'latin1',
    hex: 'hex',
    ucs2: 'utf16le',
    utf8: 'utf8',
  } as const
  for (const [name, encoding] of Object.entries(direct)) {
    prototype[`${name}Slice`] = function (this: Loose, start: Loose = 0, end: Loose = this.length) {
      const [from, to] = [Number(start), Math.min(Number(end), this.length)]
      if (from < 0 || from > this.length) throw outOfBounds()
      return to <= from ? '' : text.slice(this, encoding, from, to)
    }
    prototype[`${name}Write`] = function (
      string: Loose,
      offset: Loose = 0,
      length: Loose = undefined,
    ) {
      validateString(string, 'argument')
      const start = Number(offset)
      if (start < 0 || start > this.length) throw outOfBounds('offset')
      const size = length === undefined ? this.length - start : Number(length)
      if (size < 0 || size > this.length - start) throw outOfBounds('length')
      return text.write(this, string, encoding, start, size)
    }
    Object.defineProperty(prototype[`${name}Slice`], 'length', { value: 2, configurable: true })
    Object.defineProperty(prototype[`${name}Write`], 'length', { value: 3, configurable: true })
  }

  prototype.copy = function copy(
    target: Loose,
    targetStart: Loose,
    sourceStart: Loose,
    sourceEnd: Loose,
  ): number {
    if (!ArrayBuffer.isView(this)) throw wrongType('source', this)
    if (!ArrayBuffer.isView(target)) throw wrongType('target', target)
    const size = (this as ArrayBufferView).byteLength
    const toStart = integer(targetStart)
    if (toStart < 0) throw outOfRange('targetStart', '>= 0', toStart)
    const start = integer(sourceStart)
    if (start < 0 || start > size) throw outOfRange('sourceStart', `>= 0 && <= ${size}`, start)
    const end = sourceEnd === undefined ? size : integer(sourceEnd)
    if (end < 0) throw outOfRange('sourceEnd', '>= 0', end)
    const count = Math.min(end - start, size - start, target.byteLength - toStart)
    if (count <= 0) return 0
    bytesOf(target).set(bytesOf(this).subarray(start, start + count), toStart)
    return count
  }

  prototype.toString = function (encoding: Loose, start: Loose, end: Loose): string {
    const { length } = this
    const from = start > 0 ? Math.trunc(start) || 0 : 0
    const to = end === undefined || end > length ? length : Math.trunc(end) || 0
    if (from >= length || to <= from) return ''
    const known = encoding === undefined ? 'utf8' : encodingOf(`${encoding}`)
    if (known === undefined) throw unknownEncoding(encoding)
    return text.slice(this, known, from, to)
  }

  prototype.equals = function equals(otherBuffer: Loose): boolean {
    if (!isUint8Array(otherBuffer)) throw wrongType('otherBuffer', otherBuffer)
    if (this === otherBuffer) return true
    return this.byteLength === otherBuffer.byteLength && compareBytes(this, otherBuffer) === 0
  }

  prototype[inspectSymbol] = function inspect(_depth: number, options: Loose): string {
    const max = inspectMaxBytes()
    const rest = this.length - max
    const hex = text.slice(this, 'hex', 0, Math.min(max, this.length))
    let shown = hex.replace(/(..)/g, '$1 ').trim()
    if (rest > 0) shown += ` ... ${rest} more byte${rest > 1 ? 's' : ''}`
    if (options) shown += this.length === 0 ? extras(this, options).slice(2) : extras(this, options)
    let name = 'Buffer'
    try {
      const Class = this.constructor
      if (typeof Class === 'function' && Object.hasOwn(Class, 'name')) name = Class.name
    } catch {
      // A `constructor` that throws does not make a buffer unprintable.
    }
    return `<${name} ${shown}>`
  }
  prototype.inspect = prototype[inspectSymbol]

  /** `, key: value` for what was put on the buffer beside its bytes. */
  function extras(bytes: Loose, options: Loose): string {
    const keys = Reflect.ownKeys(bytes).filter(
      (key) =>
        !(typeof key === 'string' && /^\d+$/.test(key)) &&
        (options.showHidden || Object.prototype.propertyIsEnumerable.call(bytes, key)),
    )
    if (keys.length === 0) return ''
    const object = Object.create(null)
    for (const key of keys) object[key] = bytes[key]
    const settings = { ...options, breakLength: Infinity, compact: true }
    const shown = context.require('util').inspect(object, settings)
    return `, ${shown.slice('[Object: null prototype] { '.length, -2)}`
  }

  prototype.compare = function compare(
    this: Loose,
    target: Loose,
    targetStart: Loose = 0,
    targetEnd: Loose = target?.length,
    sourceStart: Loose = 0,
    sourceEnd: Loose = this.length,
  ): number {
    if (!isUint8Array(target))
      throw createError('ERR_INVALID_ARG_TYPE', 'target', bytesOrError, target)
    validateInteger(targetStart, 'targetStart', 0, maxLength)
    validateInteger(targetEnd, 'targetEnd', 0, target.length)
    validateInteger(sourceStart, 'sourceStart', 0, maxLength)
    validateInteger(sourceEnd, 'sourceEnd', 0, this.length)
    if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1
    if (targetStart >= targetEnd) return 1
    return compareBytes(
      bytesOf(this).subarray(sourceStart, sourceEnd),
      bytesOf(target).subarray(targetStart, targetEnd),
    )
  }
  Object.defineProperty(prototype.compare, 'length', { value: 5, configurable: true })

  function find(
    bytes: Loose,
    value: Loose,
    start: Loose,
    end: Loose,
    encoding: Loose,
    isForward: boolean,
  ): number {
    if (!ArrayBuffer.isView(bytes)) {
      throw createError(
        'ERR_INVALID_ARG_TYPE',
        'buffer',
        ['Buffer', 'TypedArray', 'DataView'],
        bytes,
      )
    }
    const all = bytesOf(bytes)
    let name = encoding
    let offset = start
    let limit = end
    if (typeof end === 'string') {
      name = end
      limit = undefined
    }
    if (typeof start === 'string') {
      name = start
      offset = undefined
    }
    // Out of reach is as far as it goes; what is no number means everything.
    offset = Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Number(offset)))
    if (Number.isNaN(offset)) offset = isForward ? 0 : all.length
    const range = limit === undefined ? all : all.subarray(0, Math.max(0, limit))
    if (typeof value === 'number') return search(range, new Uint8Array([value]), offset, isForward)
    const known = name === undefined ? 'utf8' : encodingOf(`${name}`)
    if (typeof value === 'string') {
      if (known === undefined) throw unknownEncoding(name)
      return search(range, encode(value, known), offset, isForward, known === 'utf16le' ? 2 : 1)
    }
    if (isUint8Array(value))
      return search(range, value, offset, isForward, known === 'utf16le' ? 2 : 1)
    throw createError('ERR_INVALID_ARG_TYPE', 'value', ['number', 'string', ...bytesOrError], value)
  }
  prototype.indexOf = function indexOf(
    val: Loose,
    offset: Loose,
    end: Loose,
    encoding: Loose,
  ): number {
    return find(this, val, offset, end, encoding, true)
  }
  prototype.lastIndexOf = function lastIndexOf(
    val: Loose,
    offset: Loose,
    end: Loose,
    encoding: Loose,
  ): number {
    return find(this, val, offset, end, encoding, false)
  }
  prototype.includes = function includes(
    val: Loose,
    offset: Loose,
    end: Loose,
    encoding: Loose,
  ): boolean {
    return find(this, val, offset, end, encoding, true) !== -1
  }

  prototype.fill = function fill(value: Loose, offset: Loose, end: Loose, encoding: Loose) {
    let [pattern, from, to, name] = [value, offset, end, encoding]
    if (typeof value === 'string') {
      if (from === undefined || typeof from === 'string')
        [name, from, to] = [from, undefined, undefined]
      else if (typeof to === 'string') [name, to] = [to, this.length]
      const known = name === undefined || name === null || name === '' ? 'utf8' : encodingOf(name)
      if (known === undefined) {
        validateString(name, 'encoding')
        throw unknownEncoding(name)
      }
      pattern = value === '' ? 0 : encode(value, known)
    }
    if (from === undefined) [from, to] = [0, this.length]
    else {
      validateInteger(from, 'offset', 0, maxLength)
      if (to === undefined) to = this.length
      else validateInteger(to, 'end', 0, this.length)
      if (from >= to) return this
    }
    if (!ArrayBuffer.isView(pattern)) {
      // By the typed array's own method: subclasses may have changed `length`.
      if (to > this.byteLength) throw outOfBounds()
      Uint8Array.prototype.fill.call(this, pattern & 255, from, to)
      return this
    }
    const source = bytesOf(pattern)
    if (source.length === 0) throw createError('ERR_INVALID_ARG_VALUE', 'value', value)
    if (to > this.byteLength) throw outOfBounds()
    for (let i = from; i < to; i++) this[i] = source[(i - from) % source.length] as number
    return this
  }

  prototype.write = function write(
    string: Loose,
    offset: Loose,
    length: Loose,
    encoding: Loose,
  ): number {
    let [start, size, name] = [offset, length, encoding]
    if (start === undefined) [start, size, name] = [0, this.length, 'utf8']
    else if (size === undefined && typeof start === 'string')
      [name, start, size] = [start, 0, this.length]
    else {
      validateInteger(start, 'offset', 0, this.length)
      const rest = this.length - start
      if (size === undefined) size = rest
      else if (typeof size === 'string') [name, size] = [size, rest]
      else {
        validateInteger(size, 'length', 0, this.length)
        size = Math.min(size, rest)
      }
    }
    const known = name ? encodingOf(`${name}`) : 'utf8'
    if (known === undefined) throw unknownEncoding(name)
    validateString(string, 'argument')
    return text.write(this, string, known, start, size)
  }

  prototype.toJSON = function toJSON(): object {
    return { type: 'Buffer', data: Array.from(this as Uint8Array) }
  }

  prototype.subarray = function subarray(start: Loose, end: Loose): Uint8Array {
    const { length } = this
    const from = bound(start, length)
    const to = end === undefined ? length : bound(end, length)
    return new make(this.buffer, this.byteOffset + from, Math.max(0, to - from))
  }
  prototype.slice = function slice(start: Loose, end: Loose): Uint8Array {
    return this.subarray(start, end)
  }

  for (const bits of [16, 32, 64]) {
    const name = `swap${bits}`
    const swap = {
      [name](this: Uint8Array) {
        if (this.length % (bits / 8) !== 0) {
          const message = `Buffer size must be a multiple of ${bits}-bits`
          throw codedError(RangeError, 'ERR_INVALID_BUFFER_SIZE', message)
        }
        for (let at = 0; at < this.length; at += bits / 8) {
          new Uint8Array(this.buffer, this.byteOffset + at, bits / 8).reverse()
        }
        return this
      },
    }
    prototype[name] = swap[name]
  }
  prototype.toLocaleString = prototype.toString
}

function integer(value: Loose): number {
  if (value === undefined) return 0
  const number = Number(value)
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? Math.floor(number) : 0
}

/** A place from the front or, negative, from the back, within the length. */
function bound(value: Loose, length: number): number {
  const at = Math.trunc(value)
  if (Number.isNaN(at)) return 0
  return Math.max(0, Math.min(length, at < 0 ? at + length : at))
}
