/** Text in the encodings that buffers know. https://nodejs.org/docs/latest-v26.x/api/buffer.html#buffers-and-character-encodings */

import { codedError } from '../../src/errors.ts'
import { codecs } from './buffer-codecs.ts'
import type { Utf8 } from './utf8.ts'

export type Encoding = 'utf8' | 'utf16le' | 'latin1' | 'ascii' | 'base64' | 'base64url' | 'hex'

/** As node has them; how much there is in truth is the engine's secret. */
export const maxLength: number = Number.MAX_SAFE_INTEGER
export const maxStringLength = 0x1fffffe8

const names: Record<string, Encoding> = {
  utf8: 'utf8',
  'utf-8': 'utf8',
  ucs2: 'utf16le',
  'ucs-2': 'utf16le',
  utf16le: 'utf16le',
  'utf-16le': 'utf16le',
  latin1: 'latin1',
  binary: 'latin1',
  ascii: 'ascii',
  base64: 'base64',
  base64url: 'base64url',
  hex: 'hex',
}

/** node's name of an encoding in any spelling, or `undefined`. */
export function encodingOf(name: unknown): Encoding | undefined {
  if (typeof name !== 'string') return undefined
  const key = Object.hasOwn(names, name) ? name : name.toLowerCase()
  return Object.hasOwn(names, key) ? names[key] : undefined
}

export function unknownEncoding(name: unknown): Error {
  return codedError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${String(name)}`)
}

export interface BufferTools {
  text: BufferText
  inspectMaxBytes(): number
}

export interface BufferText {
  slice(bytes: Uint8Array, encoding: Encoding, start: number, end: number): string
  write(bytes: Uint8Array, text: string, encoding: Encoding, start: number, length: number): number
  /** Exact but for base64, where it is the most that the text can hold. */
  byteLength(text: string, encoding: Encoding): number
}

export function createBufferText(utf8: Utf8): BufferText {
  function slice(bytes: Uint8Array, encoding: Encoding, start: number, end: number): string {
    const length = encoding === 'hex' ? (end - start) * 2 : end - start
    if (length > maxStringLength) throw stringTooLong()
    return encoding === 'utf8'
      ? utf8.decode(bytes, start, end)
      : codecs[encoding].slice(bytes, start, end)
  }

  function write(
    bytes: Uint8Array,
    text: string,
    encoding: Encoding,
    start: number,
    length: number,
  ): number {
    if (encoding === 'utf8') return utf8.encodeInto(text, bytes, start, length)
    return length <= 0 ? 0 : codecs[encoding].write(bytes, text, start, length)
  }

  function byteLength(text: string, encoding: Encoding): number {
    switch (encoding) {
      case 'utf8':
        return utf8.byteLength(text)
      case 'utf16le':
        return text.length * 2
      case 'hex':
        return text.length >>> 1
      case 'base64':
      case 'base64url': {
        const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
        return Math.floor(((text.length - padding) * 3) / 4)
      }
      default:
        return text.length
    }
  }

  return { slice, write, byteLength }
}

function stringTooLong(): Error {
  const length = `0x${maxStringLength.toString(16)}`
  return codedError(
    Error,
    'ERR_STRING_TOO_LONG',
    `Cannot create a string longer than ${length} characters`,
  )
}
