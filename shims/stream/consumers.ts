// https://nodejs.org/docs/latest-v26.x/api/webstreams.html#utility-consumers

import { createError } from '../../src/errors.ts'
import type { Shim } from '../../src/seams.ts'
import { isAnyArrayBuffer } from '../internal/brands.ts'
import type { Loose } from '../internal/loose.ts'
import { notImplemented } from '../not-implemented.ts'

/** Without a `Blob` on the way, so that they work on hosts that have none. */
const createConsumers: Shim = (context) => {
  async function buffer(stream: Loose): Promise<Loose> {
    const { Buffer } = context.require('buffer')
    const chunks: Uint8Array[] = []
    for await (const chunk of stream) chunks.push(toBytes(Buffer, chunk))
    return Buffer.concat(chunks)
  }
  async function bytes(stream: Loose): Promise<Uint8Array> {
    return new Uint8Array(await buffer(stream))
  }
  async function arrayBuffer(stream: Loose): Promise<ArrayBufferLike> {
    return (await bytes(stream)).buffer
  }
  async function blob(stream: Loose): Promise<Loose> {
    const Blob = context.global.Blob as Loose
    if (!Blob) return notImplemented(context, 'blob')()
    const chunks: Loose[] = []
    for await (const chunk of stream) chunks.push(chunk)
    return new Blob(chunks)
  }
  async function text(stream: Loose): Promise<string> {
    const { StringDecoder } = context.require('string_decoder')
    const decoder = new StringDecoder()
    let result = ''
    for await (const chunk of stream) {
      if (typeof chunk === 'string') result += chunk
      else if (ArrayBuffer.isView(chunk)) result += decoder.write(chunk)
      else if (isAnyArrayBuffer(chunk)) result += decoder.write(new Uint8Array(chunk))
      else {
        const expected = ['SharedArrayBuffer', 'ArrayBuffer', 'ArrayBufferView']
        throw createError('ERR_INVALID_ARG_TYPE', 'list', expected, chunk)
      }
    }
    return result + decoder.end()
  }
  async function json(stream: Loose): Promise<unknown> {
    return JSON.parse(await text(stream))
  }
  return { arrayBuffer, blob, buffer, bytes, text, json }
}

/** As a Blob takes its parts: bytes as they are, everything else as text. */
function toBytes(Buffer: Loose, chunk: Loose): Uint8Array {
  if (ArrayBuffer.isView(chunk))
    return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  return Buffer.from(isAnyArrayBuffer(chunk) ? chunk : String(chunk))
}

export default createConsumers
