/**
 * What `v8.serialize` writes: version 15 of the wire format of V8's `ValueSerializer`, where each value is a tag, which
 * is a letter, and what belongs to it. https://nodejs.org/docs/latest-v26.x/api/v8.html#serialization-api
 */

import { codedError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'

export const wireVersion = 15

/** Of errors whose class is more than `Error`. */
export const errorTags: Readonly<Record<string, string>> = {
  EvalError: 'E',
  RangeError: 'R',
  ReferenceError: 'F',
  SyntaxError: 'S',
  TypeError: 'T',
  URIError: 'U',
}

/** By the letter of a view. */
export const viewTags: Readonly<Record<string, string>> = {
  b: 'Int8Array',
  B: 'Uint8Array',
  C: 'Uint8ClampedArray',
  w: 'Int16Array',
  W: 'Uint16Array',
  d: 'Int32Array',
  D: 'Uint32Array',
  h: 'Float16Array',
  f: 'Float32Array',
  F: 'Float64Array',
  q: 'BigInt64Array',
  Q: 'BigUint64Array',
  '?': 'DataView',
}

/** In the order of their bits. */
export const regExpFlags = 'gimyusldv'

export const expectedView = (name: string): Error =>
  codedError(TypeError, 'ERR_INVALID_ARG_TYPE', `${name} must be a TypedArray or a DataView`)

const isInt32 = (value: unknown) =>
  (value as number) === ((value as number) | 0) && !Object.is(value, -0)

const isIndex = (key: string) => String(Number(key) >>> 0) === key && key !== '4294967295'

/** How V8 calls an object that cannot be cloned. */
function shown(value: Loose): string {
  if (typeof value === 'function' || typeof value === 'symbol') return String(value)
  const named = Object.prototype.toString.call(value)
  const { name } = value.constructor ?? {}
  const isPlain =
    /^\[object (Object|Promise|Weak\w+|SharedArrayBuffer|Arguments|Intl\.\w+)\]$/.test(named)
  return isPlain && typeof name === 'string' ? `#<${name}>` : named
}

export function createSerializer(context: ShimContext): Loose {
  const { Buffer } = context.require('buffer')
  const { types } = context.require('util')

  class Serializer {
    #bytes = new Uint8Array(64)
    #length = 0
    #viewsAreHostObjects = false
    readonly #ids = new Map<object, number>()
    readonly #transferred = new Map<object, number>()

    writeHeader(): void {
      this.#add([255, wireVersion])
    }

    writeValue(value: unknown): boolean {
      this.#write(value)
      return true
    }

    releaseBuffer(): Loose {
      const bytes = Buffer.from(this.#bytes.buffer.slice(0, this.#length))
      this.#bytes = new Uint8Array(64)
      this.#length = 0
      return bytes
    }

    transferArrayBuffer(id: number, buffer: object): void {
      this.#transferred.set(buffer, id)
    }

    writeUint32(value: number): void {
      this.#varint(value >>> 0)
    }

    writeUint64(high: number, low: number): void {
      this.#varint((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0))
    }

    writeDouble(value: number): void {
      this.#add(new Uint8Array(new Float64Array([value]).buffer))
    }

    writeRawBytes(source: ArrayBufferView): void {
      if (!ArrayBuffer.isView(source)) throw expectedView('source')
      this.#add(new Uint8Array(source.buffer, source.byteOffset, source.byteLength))
    }

    _setTreatArrayBufferViewsAsHostObjects(mode: boolean): void {
      this.#viewsAreHostObjects = mode
    }

    #write(value: Loose) {
      if (value === undefined) return this.#tag('_')
      if (value === null) return this.#tag('0')
      switch (typeof value) {
        case 'boolean':
          return this.#tag(value ? 'T' : 'F')
        case 'number':
          return isInt32(value)
            ? this.#tagged('I', ((value << 1) ^ (value >> 31)) >>> 0)
            : this.#double('N', value)
        case 'bigint':
          this.#tag('Z')
          return this.#bigInt(value)
        case 'string':
          return this.#string(value)
        case 'object':
          return this.#object(value)
      }
      this.#refuse(value)
    }

    #object(value: Loose) {
      const known = this.#ids.get(value)
      if (known !== undefined) return this.#tagged('^', known)
      const isView = ArrayBuffer.isView(value)
      const isHostObject = isView && this.#viewsAreHostObjects
      if (isView && !isHostObject) this.#object(value.buffer)
      this.#ids.set(value, this.#ids.size)
      if (isHostObject) return this.#hostObject(value)
      if (isView) return this.#view(value)
      if (context.host.isProxy?.(value)) this.#refuse(value)
      if (Array.isArray(value)) return this.#array(value)
      if (types.isDate(value)) return this.#double('D', value.getTime())
      if (types.isBoxedPrimitive(value)) return this.#boxed(value)
      if (types.isRegExp(value)) return this.#regExp(value)
      if (types.isMap(value)) return this.#collection(';', [...value].flat(), ':')
      if (types.isSet(value)) return this.#collection("'", [...value], ',')
      if (types.isArrayBuffer(value)) return this.#arrayBuffer(value)
      if (types.isNativeError(value)) return this.#error(value)
      if (!isPlain(value)) this.#refuse(value)
      this.#tag('o')
      this.#tagged('{', this.#members(value, Object.keys(value)))
    }

    /** @returns How many were written. */
    #members(value: Loose, keys: readonly string[]): number {
      let count = 0
      for (const key of keys) {
        // A getter before it may have taken it away.
        if (!Object.hasOwn(value, key)) continue
        this.#write(isIndex(key) ? Number(key) : key)
        this.#write(value[key])
        count++
      }
      return count
    }

    #array(value: unknown[]) {
      const { length } = value
      const keys = Object.keys(value)
      const isDense = length === 0 || keys[length - 1] === String(length - 1)
      this.#tagged(isDense ? 'A' : 'a', length)
      if (isDense) {
        // Of numbers alone that are not all small, V8 keeps doubles.
        const isDoubles = value.every((item) => typeof item === 'number') && !value.every(isInt32)
        for (let index = 0; index < length; index++) {
          if (isDoubles) this.#double('N', value[index] as number)
          else this.#write(value[index])
        }
      }
      this.#tagged(isDense ? '$' : '@', this.#members(value, isDense ? keys.slice(length) : keys))
      this.#varint(length)
    }

    #boxed(value: Loose) {
      const inner = value.valueOf()
      if (typeof inner === 'boolean') return this.#tag(inner ? 'y' : 'x')
      if (typeof inner === 'number') return this.#double('n', inner)
      if (typeof inner === 'symbol') this.#refuse(value)
      this.#tag(typeof inner === 'bigint' ? 'z' : 's')
      if (typeof inner === 'bigint') this.#bigInt(inner)
      else this.#string(inner)
    }

    #regExp({ source, flags }: RegExp) {
      this.#tag('R')
      this.#string(source)
      this.#varint([...flags].reduce((bits, flag) => bits | (1 << regExpFlags.indexOf(flag)), 0))
    }

    #collection(begin: string, items: readonly unknown[], end: string) {
      this.#tag(begin)
      for (const item of items) this.#write(item)
      this.#tagged(end, items.length)
    }

    #arrayBuffer(buffer: Loose) {
      const transferred = this.#transferred.get(buffer)
      if (transferred !== undefined) return this.#tagged('t', transferred)
      this.#tagged(buffer.resizable ? '~' : 'B', buffer.byteLength)
      if (buffer.resizable) this.#varint(buffer.maxByteLength)
      this.#add(new Uint8Array(buffer))
    }

    #view(view: Loose) {
      const name = view[Symbol.toStringTag] ?? 'DataView'
      const tag = Object.keys(viewTags).find((each) => viewTags[each] === name) as string
      this.#tag('V')
      this.#tag(tag)
      this.#varint(view.byteOffset)
      this.#varint(view.byteLength)
      this.#varint(0)
    }

    #error(error: Loose) {
      this.#tag('r')
      const tag = errorTags[String(error.name)]
      if (tag) this.#tag(tag)
      const own = (name: string) => Object.getOwnPropertyDescriptor(error, name)?.value
      const part = (letter: string, value: unknown) => {
        this.#tag(letter)
        this.#string(String(value))
      }
      if (own('message') !== undefined) part('m', own('message'))
      if (typeof error.stack === 'string') part('s', error.stack)
      if (Object.hasOwn(error, 'cause')) {
        this.#tag('c')
        this.#write(error.cause)
      }
      this.#tag('.')
    }

    #hostObject(value: Loose) {
      const { _writeHostObject: write } = this as Loose
      if (typeof write !== 'function') this.#refuse(value)
      this.#tag('\\')
      write.call(this, value)
    }

    #refuse(value: unknown): never {
      throw (this as Loose)._getDataCloneError(`${shown(value)} could not be cloned.`)
    }

    #string(text: string) {
      if (/^[\0-\xff]*$/.test(text)) {
        this.#tagged('"', text.length)
        return this.#add(Buffer.from(text, 'latin1'))
      }
      const length = text.length * 2
      // Two-byte characters stand at even places.
      if ((this.#length + 1 + varintLength(length)) % 2 === 1) this.#tag('\0')
      this.#tagged('c', length)
      this.#add(Buffer.from(text, 'utf16le'))
    }

    #bigInt(value: bigint) {
      const digits: number[] = []
      for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 8n)
        digits.push(Number(rest & 255n))
      while (digits.length % 8 > 0) digits.push(0)
      this.#varint((digits.length << 1) | (value < 0n ? 1 : 0))
      this.#add(digits)
    }

    #double(tag: string, value: number) {
      this.#tag(tag)
      this.writeDouble(value)
    }

    #tagged(tag: string, value: number) {
      this.#tag(tag)
      this.#varint(value)
    }

    #tag(tag: string) {
      this.#add([tag.charCodeAt(0)])
    }

    #varint(value: number | bigint) {
      const bytes: number[] = []
      let rest = BigInt(value)
      for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
      this.#add([...bytes, Number(rest)])
    }

    #add(bytes: ArrayLike<number>) {
      const length = this.#length + bytes.length
      if (length > this.#bytes.length) {
        const larger = new Uint8Array(Math.max(length, this.#bytes.length * 2))
        larger.set(this.#bytes)
        this.#bytes = larger
      }
      this.#bytes.set(bytes, this.#length)
      this.#length = length
    }
  }

  /** Nothing but members: no promise, no generator, no object of the engine's own. */
  function isPlain(value: object): boolean {
    const tag = Object.prototype.toString.call(value)
    return !(
      types.isPromise(value) ||
      types.isWeakMap(value) ||
      types.isWeakSet(value) ||
      types.isSharedArrayBuffer(value) ||
      types.isGeneratorObject(value) ||
      types.isArgumentsObject(value) ||
      types.isModuleNamespaceObject(value) ||
      types.isExternal(value) ||
      /^\[object (WeakRef|FinalizationRegistry|\w+ Iterator|Intl\.\w+)\]$/.test(tag)
    )
  }

  Object.assign(Serializer.prototype, { _getDataCloneError: Error })
  return Serializer
}

function varintLength(value: number): number {
  let length = 1
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) length++
  return length
}
