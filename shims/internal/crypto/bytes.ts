/** Bytes in and out of what `crypto` computes. */

import { createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import { bytesOf, isAnyArrayBuffer } from '../brands.ts'
import type { Loose } from '../loose.ts'

/** Of every secret `KeyObject`: its bytes, which the object itself shows to nobody. */
export const secretKeys: WeakMap<object, Uint8Array> = new WeakMap()

const views = ['string', 'Buffer', 'TypedArray', 'DataView']

/** What a string says in an encoding, or what a view shows. */
export function viewBytes(
  context: ShimContext,
  data: Loose,
  name: string,
  encoding?: Loose,
): Uint8Array {
  if (typeof data === 'string') {
    const { Buffer } = context.require('buffer')
    return Buffer.from(data, Buffer.isEncoding(encoding) ? encoding : 'utf8')
  }
  if (ArrayBuffer.isView(data)) return bytesOf(data)
  throw createError('ERR_INVALID_ARG_TYPE', name, views, data)
}

/** The same, and of an `ArrayBuffer`. @param expected what the error names */
export function sourceBytes(
  context: ShimContext,
  data: Loose,
  name: string,
  expected: readonly string[] = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'],
  encoding?: Loose,
): Uint8Array {
  if (isAnyArrayBuffer(data)) return new Uint8Array(data)
  if (typeof data === 'string' || ArrayBuffer.isView(data)) {
    return viewBytes(context, data, name, encoding)
  }
  throw createError('ERR_INVALID_ARG_TYPE', name, expected, data)
}

/** A result as a string, or as a `Buffer` where the encoding is none. */
export function encode(context: ShimContext, bytes: Uint8Array, encoding?: unknown): Loose {
  const { Buffer } = context.require('buffer')
  const buffer = Buffer.from(bytes.slice().buffer)
  return Buffer.isEncoding(encoding) ? buffer.toString(encoding) : buffer
}
