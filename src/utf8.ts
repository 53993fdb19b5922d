/** UTF-8: the host's codec where it has one, ours elsewhere (QuickJS, a bare `vm` context). */

/** How many UTF-16 units of a text were read, and how many bytes they became. */
interface Encoded {
  readonly read: number
  readonly written: number
}

interface TextCodecs {
  TextDecoder?: new (
    label: string,
    options: { ignoreBOM: boolean },
  ) => { decode(bytes: Uint8Array): string }
  TextEncoder?: new () => {
    encode(text: string): Uint8Array
    encodeInto(text: string, target: Uint8Array): Encoded
  }
}

const { TextDecoder, TextEncoder } = globalThis as TextCodecs
const decoder = TextDecoder && new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = TextEncoder && new TextEncoder()

/** Bytes to text. Invalid sequences become U+FFFD, a byte order mark stays. */
export function decodeUtf8(bytes: Uint8Array): string {
  return decoder ? decoder.decode(bytes) : decodeInScript(bytes)
}

/** Text to bytes. Lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder ? encoder.encode(text) : encodeInScript(text)
}

/**
 * As much of the text as there is room for, which is some where six bytes are; several times faster than `encodeUtf8`
 * for who needs no bytes of his own.
 */
export function encodeUtf8Into(text: string, target: Uint8Array): Encoded {
  if (encoder) return encoder.encodeInto(text, target)
  let read = Math.min(text.length, Math.floor(target.length / 3))
  const isPairCut = read < text.length && /[\ud800-\udbff]/.test(text.charAt(read - 1))
  if (isPairCut) read--
  const bytes = encodeInScript(text.slice(0, read))
  target.set(bytes)
  return { read, written: bytes.length }
}

/** Long argument lists overflow the stack of small interpreters. */
const chunkLength = 4096

/** The decoder of the Encoding Standard (https://encoding.spec.whatwg.org/#utf-8-decoder). */
export function decodeInScript(bytes: Uint8Array): string {
  let text = ''
  let units: number[] = []
  let index = 0
  while (index < bytes.length) {
    const first = bytes[index] as number
    index++
    let point = first
    let missing = 0
    let low = 0x80
    let high = 0xbf
    if (first >= 0x80) {
      if (first >= 0xc2 && first <= 0xdf) {
        missing = 1
        point = first & 0x1f
      } else if (first >= 0xe0 && first <= 0xef) {
        missing = 2
        point = first & 0x0f
        if (first === 0xe0) low = 0xa0
        if (first === 0xed) high = 0x9f
      } else if (first >= 0xf0 && first <= 0xf4) {
        missing = 3
        point = first & 0x07
        if (first === 0xf0) low = 0x90
        if (first === 0xf4) high = 0x8f
      } else {
        point = 0xfffd
      }
    }
    for (; missing > 0; missing--) {
      const next = bytes[index]
      if (next === undefined || next < low || next > high) {
        point = 0xfffd
        break
      }
      low = 0x80
      high = 0xbf
      point = (point << 6) | (next & 0x3f)
      index++
    }
    if (point > 0xffff) {
      units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff))
    } else {
      units.push(point)
    }
    if (units.length >= chunkLength) {
      text += String.fromCharCode(...units)
      units = []
    }
  }
  return text + String.fromCharCode(...units)
}

export function encodeInScript(text: string): Uint8Array {
  const bytes: number[] = []
  for (const character of text) {
    let point = character.codePointAt(0) as number
    if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd
    if (point < 0x80) bytes.push(point)
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f))
    else if (point < 0x10000) {
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f))
    } else {
      bytes.push(
        0xf0 | (point >> 18),
        0x80 | ((point >> 12) & 0x3f),
        0x80 | ((point >> 6) & 0x3f),
        0x80 | (point & 0x3f),
      )
    }
  }
  return Uint8Array.from(bytes)
}
