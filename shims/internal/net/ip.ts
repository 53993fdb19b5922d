/** Addresses as numbers of 128 bits: those of IPv4 in the place that IPv6 has for them. */

import { parseIpv6, serializeIpv6 } from '../url/host.ts'

export type Family = 'ipv4' | 'ipv6'

const mapped = 0xffffn << 32n

/** `undefined` when it is no address of that family. */
export function parseIp(text: string, family: Family): bigint | undefined {
  const pieces = parseIpv6(family === 'ipv4' ? `::ffff:${text}` : text.replace(/%[\w.:-]+$/, ''))
  if (pieces === undefined || (family === 'ipv4' && !/^[\d.]{7,}$/.test(text))) return undefined
  return pieces.reduce((number, piece) => (number << 16n) | BigInt(piece), 0n)
}

/** As `inet_ntop` writes it: IPv4 within IPv6 in its own notation. */
export function formatIp(number: bigint, family: Family): string {
  const low = number & 0xffffffffn
  const dotted = [24n, 16n, 8n, 0n].map((shift) => (low >> shift) & 255n).join('.')
  if (family === 'ipv4') return dotted
  if (number - low === mapped) return `::ffff:${dotted}`
  if (number === low && low > 0xffffn) return `::${dotted}`
  const shifts = Array.from({ length: 8 }, (_, index) => BigInt(112 - index * 16))
  return serializeIpv6(shifts.map((shift) => Number((number >> shift) & 0xffffn)))
}

/** The first and the last address with the same first bits. */
export function subnetOf(number: bigint, prefix: number, family: Family): [bigint, bigint] {
  const rest = BigInt((family === 'ipv4' ? 32 : 128) - prefix)
  const first = (number >> rest) << rest
  return [first, first + (1n << rest) - 1n]
}
