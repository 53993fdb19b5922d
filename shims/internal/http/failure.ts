/** Why a host's `fetch` failed, as node's `http` would have said it. Hosts tell in different words, pages tell nothing. */

import { codedError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'

/** The words of undici (node), Deno, Bun and workerd. */
const words: readonly [pattern: RegExp, code: string, syscall?: string][] = [
  [/connection ?refused|ECONNREFUSED/i, 'ECONNREFUSED', 'connect'],
  [/ENOTFOUND|dns error|failed to lookup|dns lookup/i, 'ENOTFOUND', 'getaddrinfo'],
  [/connect.?timeout|ETIMEDOUT|timed out/i, 'ETIMEDOUT', 'connect'],
  [/UND_ERR_SOCKET|ECONNRESET|connection ?(closed|reset)|closed before|terminated/i, 'ECONNRESET'],
]

/** @param target host and port */
export function failureOf(context: ShimContext, error: Loose, url: string, target: string): Error {
  const cause = error?.cause
  if (cause?.syscall || cause?.errors) return copyOf(cause)
  const said = [error?.code, error?.message, cause?.code, cause?.message].join(' ')
  for (const [pattern, code, syscall] of words) {
    if (!pattern.test(said)) continue
    if (syscall === undefined) return connectionReset('socket hang up')
    const where = syscall === 'connect' ? target : target.replace(/:\d+$/, '')
    return Object.assign(new Error(`${syscall} ${code} ${where}`), { code, syscall })
  }
  const reason = cause?.message || error?.message || String(error)
  const text = `The request to ${url} failed, and the fetch of host '${context.host.name}' does not say why: ${reason}`
  const failure = codedError(Error, 'ERR_LODGER_NETWORK', text)
  return Object.assign(failure, { cause: error })
}

export function connectionReset(message: string): Error {
  return Object.assign(new Error(message), { code: 'ECONNRESET' })
}

/** The host's error belongs to the host. */
function copyOf(error: Loose): Error {
  const copy = error.errors
    ? new AggregateError(error.errors.map(copyOf), error.message)
    : new Error(error.message)
  for (const name of ['code', 'errno', 'syscall', 'address', 'port', 'hostname']) {
    if (error[name] !== undefined) Reflect.set(copy, name, error[name])
  }
  return copy
}
