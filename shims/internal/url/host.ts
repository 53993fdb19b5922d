/** https://url.spec.whatwg.org/#host-parsing: a host in its serialized form, or `undefined` for a bad one. */

import { percentDecode, percentEncode, percentSets } from './percent.ts'

/** What a name beyond ASCII is turned into; throws or answers nothing when that cannot be. */
export type DomainToAscii = (domain: string) => string | undefined

const forbidden = /[\0\t\n\r #/:<>?@[\\\]^|]/

export function parseHost(
  text: string,
  isSpecial: boolean,
  toAscii: DomainToAscii,
): string | undefined {
  if (text.startsWith('[')) {
    const address = text.endsWith(']') ? parseIpv6(text.slice(1, -1)) : undefined
    return address && `[${serializeIpv6(address)}]`
  }
  if (!isSpecial) return forbidden.test(text) ? undefined : percentEncode(text, percentSets.control)
  const domain = toAscii(percentDecode(text))
  // Beyond the forbidden host code points: `%`, controls and DEL.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as the standard says
  if (!domain || forbidden.test(domain) || /[%\x00-\x1f\x7f]/.test(domain)) return undefined
  if (!endsInNumber(domain)) return domain
  const address = parseIpv4(domain)
  if (address === undefined) return undefined
  return [24, 16, 8, 0].map((shift) => (address / 2 ** shift) & 255).join('.')
}

function endsInNumber(domain: string): boolean {
  const parts = domain.split('.')
  if (parts.at(-1) === '' && parts.length > 1) parts.pop()
  const last = parts.at(-1) ?? ''
  return /^\d+$/.test(last) || parseNumber(last) !== undefined
}

function parseNumber(text: string): number | undefined {
  if (/^0x[\da-f]*$/i.test(text)) return text.length === 2 ? 0 : Number.parseInt(text, 16)
  if (/^0[0-7]*$/.test(text)) return Number.parseInt(text, 8)
  return /^\d+$/.test(text) && !text.startsWith('0') ? Number(text) : undefined
}

function parseIpv4(domain: string): number | undefined {
  const parts = domain.split('.')
  if (parts.at(-1) === '' && parts.length > 1) parts.pop()
  if (parts.length > 4) return undefined
  const numbers = parts.map(parseNumber)
  let address = 0
  for (const [index, number] of numbers.entries()) {
    if (number === undefined) return undefined
    const isLast = index === numbers.length - 1
    if (number >= (isLast ? 256 ** (5 - numbers.length) : 256)) return undefined
    address += isLast ? number : number * 256 ** (3 - index)
  }
  return address
}

/** The eight pieces of an address. */
export function parseIpv6(text: string): number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map(parsePieces)
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined
  if (tail === undefined) return head.length === 8 ? head : undefined
  const missing = 8 - head.length - tail.length
  return missing < 1 ? undefined : [...head, ...new Array<number>(missing).fill(0), ...tail]
}

/** Pieces between single colons; the last may be an IPv4 address, worth two. */
function parsePieces(text: string, half: number, halves: string[]): number[] | undefined {
  if (text === '') return []
  const pieces: number[] = []
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    const isEnd = index === parts.length - 1 && half === halves.length - 1
    if (isEnd && part.includes('.')) {
      const bytes = part.split('.')
      if (bytes.length !== 4) return undefined
      if (!bytes.every((byte) => /^(?:0|[1-9]\d{0,2})$/.test(byte) && Number(byte) < 256)) {
        return undefined
      }
      const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number)
      pieces.push(a * 256 + b, c * 256 + d)
    } else if (/^[\da-f]{1,4}$/i.test(part)) pieces.push(Number.parseInt(part, 16))
    else return undefined
  }
  return pieces
}

/** The longest run of zeros, the first of equals, is written `::`. */
export function serializeIpv6(pieces: readonly number[]): string {
  let [start, length] = [-1, 1]
  for (let index = 0; index < 8; index++) {
    let run = 0
    while (pieces[index + run] === 0) run++
    if (run > length) [start, length] = [index, run]
    index += run
  }
  const hex = (part: readonly number[]) => part.map((piece) => piece.toString(16)).join(':')
  if (start === -1) return hex(pieces)
  return `${hex(pieces.slice(0, start))}::${hex(pieces.slice(start + length))}`
}
