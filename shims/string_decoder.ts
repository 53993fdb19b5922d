// https://nodejs.org/docs/latest-v26.x/api/string_decoder.html

import { createError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import { type Encoding, encodingOf, unknownEncoding } from './internal/buffer-text.ts'
import type { Loose } from './internal/loose.ts'
import { nameClass } from './internal/names.ts'
import { validateThis } from './internal/validate.ts'

interface State {
  encoding: Encoding
  /** The bytes of a character that is not whole yet. */
  pending: number[]
  /** How many it still lacks. */
  missing: number
}

const createStringDecoder: Shim = (context) => {
  const stateKey = Symbol('kNativeDecoder')
  const toText = (bytes: Loose, encoding: Encoding): string =>
    context.require('buffer').Buffer.from(bytes).toString(encoding)

  // A function, because it is called without `new` on objects of other classes.
  function StringDecoder(this: Loose, encoding?: unknown): void {
    const known =
      encoding === undefined || encoding === null || encoding === '' ? 'utf8' : encodingOf(encoding)
    if (known === undefined) throw unknownEncoding(encoding)
    this.encoding = known
    const state: State = { encoding: known, pending: [], missing: 0 }
    Object.defineProperty(this, stateKey, { value: state, configurable: true })
  }

  const prototype = StringDecoder.prototype as Loose

  prototype.write = function write(buf: Loose): string {
    if (typeof buf === 'string') return buf
    if (!ArrayBuffer.isView(buf)) {
      throw createError('ERR_INVALID_ARG_TYPE', 'buf', ['Buffer', 'TypedArray', 'DataView'], buf)
    }
    const state: State = this[stateKey]
    validateThis(state !== undefined, 'StringDecoder')
    const { Buffer } = context.require('buffer')
    const chunk = Buffer.from(buf.buffer, buf.byteOffset, buf.byteLength)
    const bytes =
      state.pending.length > 0 ? Buffer.concat([Buffer.from(state.pending), chunk]) : chunk
    const [length, missing] = incompleteTail(bytes, state.encoding, state.pending.length)
    const end = bytes.length - length
    state.pending = [...bytes.subarray(end)]
    state.missing = missing
    return bytes.toString(state.encoding, 0, end)
  }

  prototype.end = function end(buf?: Loose): string {
    const text = buf === undefined ? '' : this.write(buf)
    const state: State = this[stateKey]
    const { pending } = state
    state.pending = []
    state.missing = 0
    return pending.length > 0 ? text + toText(pending, state.encoding) : text
  }

  prototype.text = function text(buf: Loose, offset: number): string {
    const state: State = this[stateKey]
    state.pending = []
    state.missing = 0
    return this.write(buf.slice(offset))
  }

  const define = (name: string, get: (state: State) => unknown): void => {
    Object.defineProperty(prototype, name, {
      get() {
        return get(this[stateKey])
      },
      enumerable: true,
      configurable: true,
    })
  }
  define('lastChar', ({ pending }) => {
    const bytes = context.require('buffer').Buffer.alloc(4)
    bytes.set(pending)
    return bytes
  })
  define('lastNeed', ({ missing }) => missing)
  define('lastTotal', ({ pending, missing }) => pending.length + missing)
  return { StringDecoder: nameClass(StringDecoder, 'StringDecoder') }
}

const isHighSurrogate = (byte: number | undefined): boolean =>
  byte !== undefined && (byte & 0xfc) === 0xd8

/** How many bytes at the end wait for more, and for how many. */
function incompleteTail(
  bytes: Uint8Array,
  encoding: Encoding,
  held: number,
): [length: number, missing: number] {
  const { length } = bytes
  switch (encoding) {
    case 'utf8':
      for (let back = 1; back <= Math.min(3, length); back++) {
        const byte = bytes[length - back] as number
        if ((byte & 0xc0) === 0x80) continue
        const needed =
          byte >= 0xf0 && byte < 0xf8
            ? 4
            : byte >= 0xe0 && byte < 0xf0
              ? 3
              : byte >= 0xc0 && byte < 0xe0
                ? 2
                : 1
        return needed > back ? [back, needed - back] : [0, 0]
      }
      return [0, 0]
    case 'utf16le': {
      const odd = length % 2
      // Two bytes were held back: they are half a pair, and so is what comes.
      if (held === 2 && length === 3) return [3, 1]
      if (odd) return [1, 1]
      // A unit that came in two pieces is given out at once, as node does.
      return isHighSurrogate(bytes[length - 1]) && !(held === 1 && length === 2) ? [2, 2] : [0, 0]
    }
    case 'base64':
    case 'base64url':
      return length % 3 === 0 ? [0, 0] : [length % 3, 3 - (length % 3)]
    default:
      return [0, 0]
  }
}

export default createStringDecoder
