/** Bytes to text and back in every encoding but UTF-8. https://nodejs.org/docs/latest-v26.x/api/buffer.html#buffers-and-character-encodings */

/** Writes into `bytes` at `start`, at most `length` bytes, and says how many. */
type Write = (bytes: Uint8Array, text: string, start: number, length: number) => number

export interface Codec {
  slice(bytes: Uint8Array, start: number, end: number): string
  readonly write: Write
}

/** As many arguments as every engine takes. */
const chunkLength = 4_096

/** @param codes the code units of the text, at most a chunk for each call */
function text(start: number, end: number, codes: (from: number, to: number) => number[]): string {
  let result = ''
  for (let at = start; at < end; at += chunkLength) {
    result += String.fromCharCode(...codes(at, Math.min(end, at + chunkLength)))
  }
  return result
}

const writeLatin1: Write = (bytes, text, start, length) => {
  const count = Math.min(text.length, length)
  for (let index = 0; index < count; index++) bytes[start + index] = text.charCodeAt(index)
  return count
}

const latin1: Codec = {
  slice: (bytes, start, end) => text(start, end, (from, to) => [...bytes.subarray(from, to)]),
  write: writeLatin1,
}

/** Read by seven bits, written by all eight. */
const ascii: Codec = {
  slice: (bytes, start, end) =>
    text(start, end, (from, to) => Array.from(bytes.subarray(from, to), (byte) => byte & 0x7f)),
  write: writeLatin1,
}

const utf16le: Codec = {
  slice: (bytes, start, end) =>
    text(0, (end - start) >>> 1, (from, to) =>
      Array.from({ length: to - from }, (_, index) => {
        const at = start + (from + index) * 2
        return (bytes[at] as number) | ((bytes[at + 1] as number) << 8)
      }),
    ),
  write(bytes, text, start, length) {
    const count = Math.min(text.length, length >>> 1)
    for (let index = 0; index < count; index++) {
      const code = text.charCodeAt(index)
      bytes[start + index * 2] = code
      bytes[start + index * 2 + 1] = code >>> 8
    }
    return count * 2
  },
}

const hex: Codec = {
  slice(bytes, start, end) {
    let result = ''
    for (let at = start; at < end; at++) {
      result += (bytes[at] as number).toString(16).padStart(2, '0')
    }
    return result
  },
  // What follows the first pair that is none is left out.
  write(bytes, text, start, length) {
    const most = Math.min(text.length >>> 1, length)
    for (let index = 0; index < most; index++) {
      const pair = text.slice(index * 2, index * 2 + 2)
      if (!/^[\da-f]{2}$/i.test(pair)) return index
      bytes[start + index] = Number.parseInt(pair, 16)
    }
    return most
  },
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Character code to six bits; both alphabets. */
const sextets: ReadonlyMap<number, number> = new Map([
  ...Array.from(alphabet, (letter, value) => [letter.charCodeAt(0), value] as const),
  [45, 62],
  [95, 63],
])

function base64With(letters: string, padding: string): Codec {
  return {
    slice(bytes, start, end) {
      let result = ''
      for (let at = start; at < end; at += 3) {
        const left = end - at
        const group =
          ((bytes[at] as number) << 16) |
          ((left > 1 ? (bytes[at + 1] as number) : 0) << 8) |
          (left > 2 ? (bytes[at + 2] as number) : 0)
        result += letters.charAt(group >>> 18) + letters.charAt((group >>> 12) & 63)
        result += left > 1 ? letters.charAt((group >>> 6) & 63) : padding
        result += left > 2 ? letters.charAt(group & 63) : padding
      }
      return result
    },
    // Both alphabets are read under either name; what is in neither is passed over, and `=` ends the text.
    write(bytes, text, start, length) {
      let count = 0
      let bits = 0
      let group = 0
      for (let index = 0; index < text.length && count < length; index++) {
        const code = text.charCodeAt(index)
        if (code === 61) break
        const sextet = sextets.get(code)
        if (sextet === undefined) continue
        group = ((group << 6) | sextet) & 0xffff
        bits += 6
        if (bits < 8) continue
        bits -= 8
        bytes[start + count] = group >>> bits
        count++
      }
      return count
    },
  }
}

export const codecs: Readonly<
  Record<'latin1' | 'ascii' | 'utf16le' | 'hex' | 'base64' | 'base64url', Codec>
> = {
  latin1,
  ascii,
  utf16le,
  hex,
  base64: base64With(alphabet, '='),
  base64url: base64With(alphabet.replace('+/', '-_'), ''),
}
