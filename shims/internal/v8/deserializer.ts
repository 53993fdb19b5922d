/** What `v8.deserialize` reads: the format that `serializer.ts` writes. */

import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { errorTags, expectedView, regExpFlags, viewTags, wireVersion } from './serializer.ts'

/** The first version whose values are tagged as they are now. */
const oldestVersion = 13

const broken = () => new Error('Unable to deserialize cloned data.')

export function createDeserializer(context: ShimContext): Loose {
  const { Buffer } = context.require('buffer')
  const global = context.global as Loose

  class Deserializer {
    readonly buffer: Loose
    #at = 0
    #version = 0
    readonly #bytes: Uint8Array
    readonly #objects: unknown[] = []
    readonly #transferred = new Map<number, unknown>()

    constructor(buffer: Loose) {
      if (!ArrayBuffer.isView(buffer)) throw expectedView('buffer')
      this.buffer = buffer
      this.#bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    }

    readHeader(): boolean {
      if (this.#bytes[this.#at] === 255) {
        this.#at++
        this.#version = this.#at < this.#bytes.length ? this.#varint() : 0
        if (this.#version >= oldestVersion && this.#version <= wireVersion) return true
      }
      const reason = 'due to invalid or unsupported version.'
      throw new Error(`Unable to deserialize cloned data ${reason}`)
    }

    getWireFormatVersion(): number {
      return this.#version
    }

    readValue(): unknown {
      return this.#read()
    }

    transferArrayBuffer(id: number, buffer: unknown): void {
      this.#transferred.set(id, buffer)
    }

    readUint32(): number {
      return this.#or('ReadUint32', () => this.#varint() >>> 0)
    }

    readUint64(): [number, number] {
      const value = this.#or('ReadUint64', () => this.#bigVarint())
      return [Number((value >> 32n) & 0xffffffffn), Number(value & 0xffffffffn)]
    }

    readDouble(): number {
      return this.#or('ReadDouble', () => this.#double())
    }

    /** @returns Where in `buffer` they begin. */
    _readRawBytes(length: number): number {
      return this.#or('ReadRawBytes', () => this.#take(length))
    }

    readRawBytes(length: number): Loose {
      const offset = this._readRawBytes(length)
      return Buffer.from(this.buffer.buffer, this.buffer.byteOffset + offset, length)
    }

    /** Failures of single reads have node's own message. */
    #or<Result>(what: string, read: () => Result): Result {
      try {
        return read()
      } catch {
        throw new Error(`${what}() failed`)
      }
    }

    #read(): unknown {
      const value = this.#tagged(this.#tag())
      const isBuffer = value instanceof ArrayBuffer && this.#peek() === 'V'
      return isBuffer ? this.#view(value) : value
    }

    #tagged(tag: string): unknown {
      switch (tag) {
        case '_':
          return undefined
        case '0':
          return null
        case 'T':
          return true
        case 'F':
          return false
        case 'I': {
          const value = this.#varint()
          return (value >>> 1) ^ -(value & 1)
        }
        case 'N':
          return this.#double()
        case 'Z':
          return this.#bigInt()
        case '"':
        case 'c':
        case 'S':
          return this.#string(tag)
        case '^':
          return this.#known(this.#varint())
        case '\\':
          return this.#hostObject()
      }
      return this.#object(tag)
    }

    #object(tag: string): unknown {
      const id = this.#objects.push(undefined) - 1
      const keep = <Kept>(value: Kept): Kept => {
        this.#objects[id] = value
        return value
      }
      switch (tag) {
        case 'o':
          return this.#members(keep({}), '{')
        case 'A':
          return this.#denseArray(keep([]))
        case 'a': {
          const array = keep(new Array(this.#varint()))
          this.#members(array, '@')
          this.#varint()
          return array
        }
        case 'D':
          return keep(new Date(this.#double()))
        case 'x':
        case 'y':
          return keep(Object(tag === 'y'))
        case 'n':
          return keep(Object(this.#double()))
        case 'z':
          return keep(Object(this.#bigInt()))
        case 's':
          return keep(Object(this.#string(this.#tag())))
        case 'R': {
          const source = this.#string(this.#tag())
          const bits = this.#varint()
          const flags = [...regExpFlags].filter((_, bit) => bits & (1 << bit))
          return keep(new RegExp(source, flags.join('')))
        }
        case ';': {
          const map = keep(new Map())
          this.#until(':', () => map.set(this.#read(), this.#read()))
          return map
        }
        case "'": {
          const set = keep(new Set())
          this.#until(',', () => set.add(this.#read()))
          return set
        }
        case 'B':
        case '~':
          return keep(this.#arrayBuffer(tag === '~'))
        case 't':
          return keep(this.#transferred.get(this.#varint()))
        case 'r':
          return this.#error(keep)
      }
      throw broken()
    }

    /** Reads items up to the tag, and the number of them behind it. */
    #until(end: string, item: () => void): void {
      while (this.#peek() !== end) item()
      this.#tag()
      this.#varint()
    }

    #members<Target extends object>(target: Target, end: string): Target {
      this.#until(end, () => {
        const key = this.#read() as PropertyKey
        const value = this.#read()
        Object.defineProperty(target, key, {
          value,
          writable: true,
          enumerable: true,
          configurable: true,
        })
      })
      return target
    }

    #denseArray(array: unknown[]): unknown[] {
      const length = this.#varint()
      // Each item takes a byte at least: a length without them would only be memory.
      if (length > this.#bytes.length - this.#at) throw broken()
      for (let index = 0; index < length; index++) {
        if (this.#peek() === '-') this.#tag()
        else array[index] = this.#read()
      }
      array.length = length
      this.#members(array, '$')
      this.#varint()
      return array
    }

    #error(keep: <Kept>(value: Kept) => Kept): Error {
      const name = Object.keys(errorTags).find((each) => errorTags[each] === this.#peek())
      if (name !== undefined) this.#tag()
      const error = keep(Object.setPrototypeOf(new Error(), global[name ?? 'Error'].prototype))
      const define = (key: string, value: unknown) =>
        Object.defineProperty(error, key, { value, writable: true, configurable: true })
      define('stack', undefined)
      for (let tag = this.#tag(); tag !== '.'; tag = this.#tag()) {
        if (tag === 'c') define('cause', this.#read())
        else if (tag === 'm') define('message', this.#string(this.#tag()))
        else if (tag === 's') define('stack', this.#string(this.#tag()))
        else throw broken()
      }
      return error
    }

    #arrayBuffer(isResizable: boolean): ArrayBuffer {
      const length = this.#varint()
      const options = isResizable ? [{ maxByteLength: this.#varint() }] : []
      const start = this.#take(length)
      const buffer: ArrayBuffer = new (ArrayBuffer as Loose)(length, ...options)
      new Uint8Array(buffer).set(this.#bytes.subarray(start, start + length))
      return buffer
    }

    #view(buffer: ArrayBuffer): unknown {
      this.#tag()
      const name = viewTags[this.#tag()]
      if (name === undefined) throw broken()
      const [offset, length] = [this.#varint(), this.#varint()]
      if (this.#version >= 14) this.#varint()
      const View = global[name]
      const view = new View(buffer, offset, length / (View.BYTES_PER_ELEMENT ?? 1))
      this.#objects.push(view)
      return view
    }

    #hostObject(): unknown {
      const { _readHostObject: read } = this as Loose
      if (typeof read !== 'function') throw broken()
      const id = this.#objects.push(undefined) - 1
      const value = read.call(this)
      this.#objects[id] = value
      return value
    }

    #known(id: number): unknown {
      if (id >= this.#objects.length) throw broken()
      const value = this.#objects[id]
      const isViewed = value instanceof ArrayBuffer && this.#peek() === 'V'
      return isViewed ? this.#view(value) : value
    }

    #string(tag: string): string {
      const encoding = { '"': 'latin1', c: 'utf16le', S: 'utf8' }[tag]
      if (encoding === undefined) throw broken()
      const length = this.#varint()
      const start = this.#take(length)
      const bytes = this.#bytes.subarray(start, start + length)
      return Buffer.from(bytes.buffer, bytes.byteOffset, length).toString(encoding)
    }

    #bigInt(): bigint {
      const bits = this.#varint()
      const start = this.#take(bits >>> 1)
      const digits = this.#bytes.subarray(start, this.#at)
      const value = digits.reduceRight((sum, digit) => (sum << 8n) | BigInt(digit), 0n)
      return bits & 1 ? -value : value
    }

    #double(): number {
      const start = this.#take(8)
      return new Float64Array(this.#bytes.slice(start, start + 8).buffer)[0] as number
    }

    #varint(): number {
      return Number(BigInt.asUintN(32, this.#bigVarint()))
    }

    #bigVarint(): bigint {
      let value = 0n
      for (let shift = 0n; ; shift += 7n) {
        const byte = this.#bytes[this.#take(1)] as number
        value |= BigInt(byte & 127) << shift
        if (byte < 128) return BigInt.asUintN(64, value)
      }
    }

    /** The next tag, padding left out; an empty one at the end. */
    #peek(): string {
      while (this.#bytes[this.#at] === 0) this.#at++
      return this.#at < this.#bytes.length
        ? String.fromCharCode(this.#bytes[this.#at] as number)
        : ''
    }

    #tag(): string {
      const tag = this.#peek()
      this.#take(1)
      return tag
    }

    #take(length: number): number {
      const start = this.#at
      if (length > this.#bytes.length - start) throw broken()
      this.#at += length
      return start
    }
  }

  return Deserializer
}
