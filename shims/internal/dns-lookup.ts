/** What can be said of a name without asking anybody: addresses are themselves, `localhost` is this machine. */

import { createError } from '../../src/errors.ts'
import type { ShimContext } from '../../src/seams.ts'
import type { Loose } from './loose.ts'
import { validateBoolean, validateNumber, validateOneOf, validateString } from './validate.ts'

export interface Address {
  readonly address: string
  readonly family: 4 | 6
}

/** What `lookup` was asked for. */
export interface Wanted {
  readonly family: number
  readonly all: boolean
}

/** @throws as node does for what it does not take */
export function readLookup(hostname: unknown, options: Loose): Wanted {
  if (hostname) validateString(hostname, 'hostname')
  if (!/^(?:object|undefined|number)$/.test(typeof options)) {
    throw createError('ERR_INVALID_ARG_TYPE', 'options', ['object', 'integer'], options)
  }
  const given = typeof options === 'object' && options !== null ? options : { family: options }
  const families: Loose = { IPv4: 4, IPv6: 6 }
  const family = families[given.family] ?? given.family ?? 0
  const all = given.all ?? false
  const hints = given.hints ?? 0
  validateNumber(hints, 'options.hints')
  const flags = hints >>> 0
  // V4MAPPED, ALL and ADDRCONFIG, alone or together.
  if (flags & ~56) throw createError('ERR_INVALID_ARG_VALUE', 'hints', flags)
  validateOneOf(given.order ?? 'verbatim', 'options.order', ['verbatim', 'ipv4first', 'ipv6first'])
  validateBoolean(given.verbatim ?? true, 'options.verbatim')
  validateBoolean(all, 'options.all')
  const name = given === options ? 'options.family' : 'family'
  validateOneOf(family, name, [0, 4, 6])
  return { family, all }
}

/** @returns the addresses, or the error of a name that is none or cannot be resolved here */
export function addressesOf(
  context: ShimContext,
  hostname: string,
  { family }: Wanted,
): Address[] | Error {
  if (!hostname) {
    const reason = 'must be a non-empty string'
    return createError('ERR_INVALID_ARG_VALUE', 'hostname', hostname, reason)
  }
  const kind = context.require('net').isIP(hostname)
  if (kind !== 0) return [{ address: hostname, family: kind }]
  if (/^localhost\.?$/i.test(hostname)) {
    const own: Address[] = [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]
    return own.filter((each) => family === 0 || each.family === family)
  }
  const error = new Error(
    `getaddrinfo ENOTFOUND ${hostname}: lodger on host '${context.host.name}' resolves no names. ` +
      'Give your own with createLoader({ overrides: { dns: … } })',
  )
  return Object.assign(error, { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname })
}
