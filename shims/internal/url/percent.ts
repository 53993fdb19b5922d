/** https://url.spec.whatwg.org/#percent-encoded-bytes */

import { utf8Decode, utf8Encode } from '../web/utf8.ts'

/** The ASCII characters of each percent-encode set, beside the C0 controls and all that is not ASCII. */
const fragment = ' "<>`'
const query = ' "#<>'
const path = `${query}?^\`{}`
const userinfo = `${path}/:;=@[\\]|`
export const percentSets: Readonly<
  Record<'control' | 'fragment' | 'query' | 'specialQuery' | 'path' | 'userinfo', string>
> = { control: '', fragment, query, specialQuery: `${query}'`, path, userinfo }

/** Encodes what is in the set. Lone surrogates become U+FFFD. */
export function percentEncode(text: string, set: string): string {
  let encoded = ''
  for (const character of text) {
    const code = character.codePointAt(0) as number
    if (code > 0x1f && code < 0x7f && !set.includes(character)) encoded += character
    else encoded += encodeBytes(character)
  }
  return encoded
}

function encodeBytes(character: string): string {
  let encoded = ''
  for (const byte of utf8Encode(character)) encoded += percentByte(byte)
  return encoded
}

function percentByte(byte: number): string {
  return `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`
}

/** Decodes `%41`; what is not two hexadecimal digits stays. Malformed UTF-8 becomes U+FFFD. */
export function percentDecode(text: string): string {
  if (!text.includes('%')) return text
  const bytes: number[] = []
  const source = utf8Encode(text)
  for (let at = 0; at < source.length; at++) {
    const byte = source[at] as number
    const digits =
      byte === 0x25 ? String.fromCharCode(source[at + 1] ?? 0, source[at + 2] ?? 0) : ''
    if (/^[\dA-Fa-f]{2}$/.test(digits)) {
      bytes.push(Number.parseInt(digits, 16))
      at += 2
    } else bytes.push(byte)
  }
  return utf8Decode(Uint8Array.from(bytes))
}

/** https://url.spec.whatwg.org/#urlencoded-parsing */
export function parseForm(text: string): [string, string][] {
  const decode = (part: string) => percentDecode(part.replaceAll('+', ' '))
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=')
      return equals === -1
        ? [decode(part), '']
        : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))]
    })
}

/** https://url.spec.whatwg.org/#urlencoded-serializing */
export function serializeForm(pairs: readonly (readonly [string, string])[]): string {
  const encode = (text: string) => {
    let encoded = ''
    for (const character of text) {
      if (character === ' ') encoded += '+'
      else if (/[\w*.-]/.test(character)) encoded += character
      else encoded += encodeBytes(character)
    }
    return encoded
  }
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
}
