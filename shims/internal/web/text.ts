/** TextEncoder and TextDecoder for hosts without them: UTF-8, UTF-16 and windows-1252, which is what `latin1` means. */

import { codedError, createError } from '../../../src/errors.ts'
import type { Loose } from '../loose.ts'
import { utf8Decode, utf8Encode, utf8EncodeInto, utf8Start } from './utf8.ts'

const labels: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8',
  'utf-16le': 'utf-16le utf-16 csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff',
  'utf-16be': 'utf-16be unicodefffe',
  'windows-1252':
    'windows-1252 ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 ' +
    'iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii x-cp1252',
}

/** 0x80 to 0x9f of windows-1252. */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

function bytesOf(input: Loose): Uint8Array {
  if (input === undefined) return new Uint8Array(0)
  if (ArrayBuffer.isView(input)) {
    return new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
  }
  const tag = Object.prototype.toString.call(input)
  if (tag === '[object ArrayBuffer]' || tag === '[object SharedArrayBuffer]') {
    return new Uint8Array(input)
  }
  throw createError('ERR_INVALID_ARG_TYPE', 'list', ['ArrayBuffer', 'ArrayBufferView'], input)
}

export function createTextClasses(): { TextEncoder: Loose; TextDecoder: Loose } {
  class TextEncoder {
    get encoding(): string {
      return 'utf-8'
    }

    encode(input: unknown = ''): Uint8Array {
      return utf8Encode(`${input}`)
    }

    encodeInto(source: string, destination: Uint8Array): { read: number; written: number } {
      if (typeof source !== 'string')
        throw createError('ERR_INVALID_ARG_TYPE', 'src', 'string', source)
      if (!(destination instanceof Uint8Array)) {
        throw createError('ERR_INVALID_ARG_TYPE', 'dest', 'Uint8Array', destination)
      }
      return utf8EncodeInto(source, destination)
    }
  }

  class TextDecoder {
    readonly #encoding: string
    readonly #fatal: boolean
    readonly #ignoreBom: boolean
    #utf8 = utf8Start()
    #odd: number[] = []
    #bomSeen = false

    constructor(label: unknown = 'utf-8', options: Loose = {}) {
      const name = `${label}`.trim().toLowerCase()
      const encoding = Object.keys(labels).find((key) => labels[key]?.split(' ').includes(name))
      if (encoding === undefined) {
        throw codedError(
          RangeError,
          'ERR_ENCODING_NOT_SUPPORTED',
          `The "${label}" encoding is not supported`,
        )
      }
      this.#encoding = encoding
      this.#fatal = Boolean(options?.fatal)
      this.#ignoreBom = Boolean(options?.ignoreBOM)
    }

    get encoding(): string {
      return this.#encoding
    }

    get fatal(): boolean {
      return this.#fatal
    }

    get ignoreBOM(): boolean {
      return this.#ignoreBom
    }

    decode(input: unknown = undefined, options: Loose = {}): string {
      const bytes = bytesOf(input)
      const isLast = !options?.stream
      let text: string
      try {
        text = this.#decode(bytes, isLast)
      } catch (error) {
        this.#reset()
        throw error
      }
      if (!this.#ignoreBom && !this.#bomSeen && text !== '') {
        this.#bomSeen = true
        if (text.startsWith('\uFEFF') && this.#encoding !== 'windows-1252') text = text.slice(1)
      }
      if (isLast) this.#reset()
      return text
    }

    #reset(): void {
      this.#utf8 = utf8Start()
      this.#odd = []
      this.#bomSeen = false
    }

    #fail(): void {
      if (!this.#fatal) return
      throw codedError(
        TypeError,
        'ERR_ENCODING_INVALID_ENCODED_DATA',
        `The encoded data was not valid for encoding ${this.#encoding}`,
      )
    }

    #decode(bytes: Uint8Array, isLast: boolean): string {
      if (this.#encoding === 'utf-8') {
        return utf8Decode(bytes, this.#utf8, isLast, () => this.#fail())
      }
      if (this.#encoding === 'windows-1252') {
        let text = ''
        for (const byte of bytes) {
          text += byte >= 0x80 && byte < 0xa0 ? windows1252[byte - 0x80] : String.fromCharCode(byte)
        }
        return text
      }
      return this.#decode16(bytes, isLast)
    }

    #decode16(bytes: Uint8Array, isLast: boolean): string {
      const all = [...this.#odd, ...bytes]
      const isBig = this.#encoding === 'utf-16be'
      let text = ''
      let at = 0
      for (; at + 1 < all.length; at += 2) {
        const [high, low] = (isBig ? [all[at], all[at + 1]] : [all[at + 1], all[at]]) as number[]
        text += String.fromCharCode(((high as number) << 8) | (low as number))
      }
      this.#odd = all.slice(at)
      const last = text.charCodeAt(text.length - 1)
      if (!isLast && last >= 0xd800 && last < 0xdc00) {
        // The other half may come with the next piece.
        this.#odd.unshift(...(isBig ? [last >> 8, last & 255] : [last & 255, last >> 8]))
        text = text.slice(0, -1)
      }
      if (isLast && this.#odd.length > 0) {
        this.#fail()
        text += '\uFFFD'
      }
      const lone = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
      return text.replace(lone, () => {
        this.#fail()
        return '\uFFFD'
      })
    }
  }

  for (const Class of [TextEncoder, TextDecoder]) {
    for (const name of Object.getOwnPropertyNames(Class.prototype)) {
      if (name !== 'constructor') Object.defineProperty(Class.prototype, name, { enumerable: true })
    }
    Object.defineProperty(Class.prototype, Symbol.toStringTag, {
      value: Class.name,
      configurable: true,
    })
  }
  return { TextEncoder, TextDecoder }
}
