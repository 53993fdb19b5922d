/** UTF-8 both ways, for hosts without TextEncoder and TextDecoder. https://encoding.spec.whatwg.org/#utf-8 */

/** How many bytes the text takes. */
export function utf8Length(text: string): number {
  let length = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x80) length++
    else if (code < 0x800) length += 2
    else if (isPair(code, text.charCodeAt(at + 1))) {
      length += 4
      at++
    } else length += 3
  }
  return length
}

function isPair(high: number, low: number): boolean {
  return (high & 0xfc00) === 0xd800 && (low & 0xfc00) === 0xdc00
}

/**
 * Writes what fits, whole characters only; lone surrogates become U+FFFD.
 * @returns how many UTF-16 units were read and how many bytes were written
 */
export function utf8EncodeInto(text: string, bytes: Uint8Array): { read: number; written: number } {
  let read = 0
  let written = 0
  while (read < text.length) {
    let code = text.charCodeAt(read)
    const isWide = isPair(code, text.charCodeAt(read + 1))
    if (isWide) code = (text.codePointAt(read) as number) | 0
    else if ((code & 0xf800) === 0xd800) code = 0xfffd
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (written + size > bytes.length) break
    if (size === 1) bytes[written++] = code
    else {
      bytes[written++] = ((0xf00 >> size) & 0xff) | (code >> (6 * (size - 1)))
      for (let rest = size - 2; rest >= 0; rest--) {
        bytes[written++] = 0x80 | ((code >> (6 * rest)) & 0x3f)
      }
    }
    read += isWide ? 2 : 1
  }
  return { read, written }
}

export function utf8Encode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(utf8Length(text))
  utf8EncodeInto(text, bytes)
  return bytes
}

/** What is left of a character whose bytes have not all come yet. */
export interface Utf8State {
  needed: number
  seen: number
  code: number
  lower: number
  upper: number
}

export function utf8Start(): Utf8State {
  return { needed: 0, seen: 0, code: 0, lower: 0x80, upper: 0xbf }
}

/**
 * @param state carries a character over to the next piece
 * @param isLast that there is no next piece
 * @param onError called for each malformed sequence; may throw. U+FFFD stands in for it
 */
export function utf8Decode(
  bytes: Uint8Array,
  state: Utf8State = utf8Start(),
  isLast = true,
  onError?: () => void,
): string {
  let text = ''
  let units: number[] = []
  const put = (code: number) => {
    if (code > 0xffff) units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + (code & 0x3ff))
    else units.push(code)
    // In strides: an argument list has its limits, and QuickJS's stack is small.
    if (units.length > 4000) {
      text += String.fromCharCode(...units)
      units = []
    }
  }
  const fail = () => {
    Object.assign(state, utf8Start())
    onError?.()
    put(0xfffd)
  }
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (state.needed === 0) {
      if (byte < 0x80) put(byte)
      else if (byte >= 0xc2 && byte <= 0xdf) Object.assign(state, { needed: 1, code: byte & 0x1f })
      else if (byte >= 0xe0 && byte <= 0xef) {
        // Overlong forms and surrogates are ruled out by the second byte.
        if (byte === 0xe0) state.lower = 0xa0
        if (byte === 0xed) state.upper = 0x9f
        Object.assign(state, { needed: 2, code: byte & 0xf })
      } else if (byte >= 0xf0 && byte <= 0xf4) {
        if (byte === 0xf0) state.lower = 0x90
        if (byte === 0xf4) state.upper = 0x8f
        Object.assign(state, { needed: 3, code: byte & 0x7 })
      } else fail()
      continue
    }
    if (byte < state.lower || byte > state.upper) {
      fail()
      at--
      continue
    }
    state.lower = 0x80
    state.upper = 0xbf
    state.code = (state.code << 6) | (byte & 0x3f)
    if (++state.seen === state.needed) {
      put(state.code)
      Object.assign(state, utf8Start())
    }
  }
  if (isLast && state.needed > 0) fail()
  return text + String.fromCharCode(...units)
}
