/** A whole input at once: `gzip(buffer, options, callback)`, `gzipSync(buffer, options)` and their like. */

import { createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import { isAnyArrayBuffer, isUint8Array } from '../brands.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { validateFunction } from '../validate.ts'
import { tooLarge } from './errors.ts'

/** @param Class of the stream that does the work */
export function createOneStep(context: ShimContext, Class: Loose): LooseFunction {
  const { Buffer } = context.require('buffer')
  return (input: Loose, options: Loose, callback: Loose) => {
    const [given, done] = typeof options === 'function' ? [{}, options] : [options, callback]
    const stream = new Class(given)
    validateFunction(done, 'callback')
    const chunks: Uint8Array[] = []
    let length = 0
    stream.on('data', (chunk: Uint8Array) => {
      chunks.push(chunk)
      length += chunk.length
      if (length <= stream._maxOutputLength) return
      stream.close()
      stream.removeAllListeners('end')
      done(tooLarge(stream._maxOutputLength))
    })
    stream.on('error', (error: unknown) => {
      stream.removeAllListeners('end')
      done(error)
    })
    stream.on('end', () => {
      const buffer = joined(Buffer, chunks)
      stream.close()
      done(null, stream._info ? { buffer, engine: stream } : buffer)
    })
    const bytes = asBuffer(Buffer, input)
    // The stream's own check is an older one and has another text; what is nullish it knows.
    const isChunk = typeof bytes === 'string' || ArrayBuffer.isView(bytes)
    if (!isChunk && bytes !== undefined && bytes !== null) {
      const expected = ['string', 'Buffer', 'TypedArray', 'DataView']
      throw createError('ERR_INVALID_ARG_TYPE', 'chunk', expected, bytes)
    }
    stream.end(bytes)
  }
}

/** @param Class of the stream that does the work */
export function createOneStepSync(context: ShimContext, Class: Loose): LooseFunction {
  const { Buffer } = context.require('buffer')
  return (input: Loose, options: Loose) => {
    const stream = new Class(options)
    const bytes = typeof input === 'string' ? Buffer.from(input) : asBuffer(Buffer, input)
    if (!ArrayBuffer.isView(bytes)) {
      const expected = ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer']
      throw createError('ERR_INVALID_ARG_TYPE', 'buffer', expected, input)
    }
    const buffer = stream._processChunk(bytes, stream._finishFlushFlag)
    return stream._info ? { buffer, engine: stream } : buffer
  }
}

export function joined(Buffer: Loose, chunks: readonly Uint8Array[]): Loose {
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)
}

/** Streams take no other views than bytes. What is no bytes at all is theirs to refuse. */
function asBuffer(Buffer: Loose, input: Loose): Loose {
  if (isAnyArrayBuffer(input)) return Buffer.from(input)
  if (!ArrayBuffer.isView(input) || isUint8Array(input)) return input
  return Buffer.from(input.buffer, input.byteOffset, input.byteLength)
}
