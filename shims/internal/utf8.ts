/** UTF-8 for buffers: the host's codec for what is long, ours for the rest. */

import type { Loose } from './loose.ts'
import { utf8Decode, utf8EncodeInto, utf8Length, utf8Start } from './web/utf8.ts'

export interface Utf8 {
  decode(bytes: Uint8Array, start: number, end: number): string
  /** Writes whole characters only; gives how many bytes were written. */
  encodeInto(text: string, bytes: Uint8Array, start: number, limit: number): number
  byteLength(text: string): number
}

/** Below this many bytes or characters a loop is faster than going to the host's codec. */
const shortLength = 48

/** @param global where the host's `TextDecoder` and `TextEncoder` may be */
export function createUtf8(global: object): Utf8 {
  // Asked for by the first long text: some hosts load whole libraries when such a class is read.
  let decoder: Loose
  let encoder: Loose
  const find = (): void => {
    const { TextDecoder, TextEncoder } = global as Loose
    decoder = TextDecoder ? new TextDecoder('utf-8', { ignoreBOM: true }) : null
    encoder = TextEncoder ? new TextEncoder() : null
  }
  const part = (bytes: Uint8Array, start: number, length: number): Uint8Array =>
    new Uint8Array(bytes.buffer, bytes.byteOffset + start, length)
  return {
    decode(bytes, start, end) {
      const wanted = part(bytes, start, end - start)
      if (wanted.length < shortLength) return utf8Decode(wanted)
      if (decoder === undefined) find()
      if (!decoder) return utf8Decode(wanted)
      try {
        return decoder.decode(wanted)
      } catch {
        // Hosts refuse to read memory that may change meanwhile: shared, resizable.
        return utf8Decode(wanted)
      }
    },
    encodeInto(text, bytes, start, limit) {
      const target = part(bytes, start, limit)
      if (text.length < shortLength) return utf8EncodeInto(text, target).written
      if (encoder === undefined) find()
      if (!encoder) return utf8EncodeInto(text, target).written
      try {
        return encoder.encodeInto(text, target).written
      } catch {
        return utf8EncodeInto(text, target).written
      }
    },
    byteLength: utf8Length,
  }
}

export function isValidUtf8(bytes: Uint8Array): boolean {
  let isValid = true
  utf8Decode(bytes, utf8Start(), true, () => {
    isValid = false
  })
  return isValid
}
