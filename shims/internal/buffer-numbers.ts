/** `readInt32LE` and its 67 brothers, made from a few loops. */

import { codedError, createError } from '../../src/errors.ts'
import type { Loose, LooseFunction } from './loose.ts'
import { nameFunction } from './names.ts'
import { outOfRange, validateNumber } from './validate.ts'

type Bytes = Record<number, number> & { length: number }

export function outOfBounds(name?: string): Error {
  const text = name
    ? `"${name}" is outside of buffer bounds`
    : 'Attempt to access memory outside buffer bounds'
  return codedError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', text)
}

function checkOffset(bytes: Bytes, offset: unknown, size: number): asserts offset is number {
  validateNumber(offset, 'offset')
  if (bytes[offset] !== undefined && bytes[offset + size - 1] !== undefined) return
  if (!Number.isInteger(offset) && Math.floor(offset) !== offset)
    throw outOfRange('offset', 'an integer', offset)
  if (bytes.length - size < 0) throw outOfBounds()
  throw outOfRange('offset', `>= 0 and <= ${bytes.length - size}`, offset)
}

function checkSize(size: unknown): void {
  validateNumber(size, 'byteLength')
  if (Math.floor(size) !== size) throw outOfRange('byteLength', 'an integer', size)
  if (size < 1 || size > 6) throw outOfRange('byteLength', '>= 1 and <= 6', size)
}

function checkValue(value: number | bigint, size: number, isSigned: boolean): void {
  const bits = size * 8 - (isSigned ? 1 : 0)
  const big = typeof value === 'bigint'
  const [low, limit] = big
    ? [isSigned ? -(2n ** BigInt(bits)) : 0n, 2n ** BigInt(bits)]
    : [isSigned ? -(2 ** bits) : 0, 2 ** bits]
  // Not `value >= limit`: a number in between is cut off, as in node; NaN passes and becomes 0.
  const max = big ? (limit as bigint) - 1n : (limit as number) - 1
  if (!(value > max || value < low)) return
  const n = big ? 'n' : ''
  const range =
    size <= 4
      ? `>= ${low} and <= ${max}`
      : isSigned
        ? `>= -(2${n} ** ${bits}${n}) and < 2${n} ** ${bits}${n}`
        : `>= 0${n} and < 2${n} ** ${bits}${n}`
  throw outOfRange('value', range, value)
}

function readUnsigned(bytes: Bytes, offset: number, size: number, isLittle: boolean): number {
  let value = 0
  for (let i = 0; i < size; i++)
    value = value * 256 + (bytes[isLittle ? offset + size - 1 - i : offset + i] as number)
  return value
}

function read(
  bytes: Bytes,
  offset: Loose,
  size: number,
  isLittle: boolean,
  isSigned: boolean,
): number {
  checkOffset(bytes, offset, size)
  const value = readUnsigned(bytes, offset, size, isLittle)
  return isSigned && value >= 2 ** (size * 8 - 1) ? value - 2 ** (size * 8) : value
}

function write(
  bytes: Bytes,
  input: unknown,
  offset: Loose,
  size: number,
  isLittle: boolean,
  isSigned: boolean,
): number {
  let value = Number(input as number)
  if (size === 1) validateNumber(offset, 'offset')
  checkValue(value, size, isSigned)
  checkOffset(bytes, offset, size)
  for (let i = 0; i < size; i++) {
    bytes[isLittle ? offset + i : offset + size - 1 - i] = value
    value = Math.floor(value / 256)
  }
  return offset + size
}

/** Scratch memory: numbers go through it, nothing stays in it. */
const scratch = new DataView(new ArrayBuffer(8))
const scratchBytes = new Uint8Array(scratch.buffer)

function readBits<T>(bytes: Bytes, offset: Loose, size: number, get: () => T): T {
  checkOffset(bytes, offset, size)
  for (let i = 0; i < size; i++) scratchBytes[i] = bytes[offset + i] as number
  return get()
}

function writeBits(bytes: Bytes, offset: Loose, size: number, set: () => void): number {
  checkOffset(bytes, offset, size)
  set()
  for (let i = 0; i < size; i++) bytes[offset + i] = scratchBytes[i] as number
  return offset + size
}

/** Puts the methods on `prototype`, in node's order of declaration. */
export function addNumberMethods(prototype: Loose): void {
  const add = (names: readonly string[], length: number, method: LooseFunction): void => {
    nameFunction(method, names[0] as string)
    Object.defineProperty(method, 'length', { value: length, configurable: true })
    for (const name of names) prototype[name] = method
  }
  const orders = [
    ['LE', true],
    ['BE', false],
  ] as const
  /** node spells unsigned in two ways. */
  const both = (name: string): string[] =>
    name.includes('UInt') ? [name, name.replace('UInt', 'Uint')] : [name]

  for (const kind of ['BigUInt64', 'BigInt64'] as const) {
    const isSigned = kind === 'BigInt64'
    for (const [order, isLittle] of orders) {
      const get = isSigned ? scratch.getBigInt64 : scratch.getBigUint64
      const set = isSigned ? scratch.setBigInt64 : scratch.setBigUint64
      add(both(`read${kind}${order}`), 0, function (this: Bytes, offset: Loose = 0) {
        return readBits(this, offset, 8, () => get.call(scratch, 0, isLittle))
      })
      add(
        both(`write${kind}${order}`),
        1,
        function (this: Bytes, value: bigint, offset: Loose = 0) {
          // Numbers are no BigInts: this throws what the language throws.
          void (value & 0n)
          checkValue(value, 8, isSigned)
          return writeBits(this, offset, 8, () => set.call(scratch, 0, value, isLittle))
        },
      )
    }
  }
  for (const kind of ['UInt', 'Int'] as const) {
    const isSigned = kind === 'Int'
    for (const [order, isLittle] of orders) {
      add(both(`read${kind}${order}`), 2, function (this: Bytes, offset: Loose, size: number) {
        if (offset === undefined)
          throw createError('ERR_INVALID_ARG_TYPE', 'offset', 'number', offset)
        checkSize(size)
        return read(this, offset, size, isLittle, isSigned)
      })
      add(
        both(`write${kind}${order}`),
        3,
        function (this: Bytes, value: number, offset: Loose, size: number) {
          checkSize(size)
          return write(this, value, offset, size, isLittle, isSigned)
        },
      )
      for (const bits of [32, 16, 8]) {
        if (bits === 8 && !isLittle) continue
        const name = bits === 8 ? `${kind}8` : `${kind}${bits}${order}`
        add(both(`read${name}`), 1, function (this: Bytes, offset: Loose = 0) {
          return read(this, offset, bits / 8, isLittle, isSigned)
        })
        add(both(`write${name}`), 1, function (this: Bytes, value: number, offset: Loose = 0) {
          return write(this, value, offset, bits / 8, isLittle, isSigned)
        })
      }
    }
  }
  for (const [order, isLittle] of orders) {
    add([`readFloat${order}`], 0, function (this: Bytes, offset: Loose = 0) {
      return readBits(this, offset, 4, () => scratch.getFloat32(0, isLittle))
    })
    add([`readDouble${order}`], 0, function (this: Bytes, offset: Loose = 0) {
      return readBits(this, offset, 8, () => scratch.getFloat64(0, isLittle))
    })
    add([`writeFloat${order}`], 1, function (this: Bytes, value: unknown, offset: Loose = 0) {
      const number = Number(value as number)
      return writeBits(this, offset, 4, () => scratch.setFloat32(0, number, isLittle))
    })
    add([`writeDouble${order}`], 1, function (this: Bytes, value: unknown, offset: Loose = 0) {
      const number = Number(value as number)
      return writeBits(this, offset, 8, () => scratch.setFloat64(0, number, isLittle))
    })
  }
}
