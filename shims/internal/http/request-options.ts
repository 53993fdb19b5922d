/** What `http.request` takes, in all its shapes, and node's errors for what it does not take. */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { validateBoolean, validateInteger, validateString } from '../validate.ts'
import { isToken } from './headers.ts'

/** Arguments as they come, parted. */
export interface Asked {
  readonly options: Loose
  readonly callback: Loose
}

/** `(options)`, `(url)`, `(url, options)`, each with or without a callback. */
export function readArguments(context: ShimContext, args: readonly Loose[]): Asked {
  const [first, second, third] = args
  const fromUrl = optionsOfUrl(context, first)
  const [given, callback] = fromUrl === undefined ? [first, second] : [second, third]
  return typeof given === 'function'
    ? { options: { ...fromUrl }, callback: given }
    : { options: { ...fromUrl, ...given }, callback }
}

function optionsOfUrl(context: ShimContext, value: Loose): Loose {
  const { URL, urlToHttpOptions } = context.require('url')
  if (typeof value !== 'string') {
    const isUrl = Boolean(value?.href && value.protocol && value.auth === undefined && !value.path)
    return isUrl ? urlToHttpOptions(value) : undefined
  }
  try {
    return urlToHttpOptions(new URL(value))
  } catch {
    throw Object.assign(createError('ERR_INVALID_URL'), { input: value })
  }
}

/** The agent of a request: the option, or the default; `false` is one of its own. */
export function chooseAgent(options: Loose, defaultAgent: Loose): Loose {
  const { agent } = options
  if (agent === false) return new defaultAgent.constructor()
  if (agent === undefined || agent === null) {
    return typeof options.createConnection === 'function' ? undefined : defaultAgent
  }
  if (typeof agent.addRequest === 'function') return agent
  const expected = ['Agent-like Object', 'undefined', 'false']
  throw createError('ERR_INVALID_ARG_TYPE', 'options.agent', expected, agent)
}

/** @throws ERR_UNESCAPED_CHARACTERS */
export function checkPath(path: unknown): void {
  if (!path || !/[^\x21-\xff]/.test(`${path}`)) return
  const text = 'Request path contains unescaped characters'
  throw codedError(TypeError, 'ERR_UNESCAPED_CHARACTERS', text)
}

/** @throws ERR_INVALID_PROTOCOL */
export function checkProtocol(protocol: string, expected: string): void {
  if (protocol === expected) return
  const text = `Protocol "${protocol}" not supported. Expected "${expected}"`
  throw codedError(TypeError, 'ERR_INVALID_PROTOCOL', text)
}

export function checkHost(host: unknown, name: string): Loose {
  if (host === null || host === undefined || typeof host === 'string') return host
  const expected = ['string', 'undefined', 'null']
  throw createError('ERR_INVALID_ARG_TYPE', `options.${name}`, expected, host)
}

export function checkMethod(method: unknown): string {
  if (method === null || method === undefined) return 'GET'
  validateString(method, 'options.method')
  if (method === '') return 'GET'
  if (!isToken(method)) {
    const text = `Method must be a valid HTTP token ["${method}"]`
    throw codedError(TypeError, 'ERR_INVALID_HTTP_TOKEN', text)
  }
  return method.toUpperCase()
}

/** What concerns a parser, of which there is none here, must be right all the same. */
export function checkParserOptions(options: Loose): void {
  const { maxHeaderSize, insecureHTTPParser, joinDuplicateHeaders } = options
  if (maxHeaderSize !== undefined) validateInteger(maxHeaderSize, 'maxHeaderSize', 0)
  for (const [name, value] of Object.entries({ insecureHTTPParser, joinDuplicateHeaders })) {
    if (value !== undefined) validateBoolean(value, `options.${name}`)
  }
}

/** As in the field `Host`: an IPv6 address in brackets, the port where it is not the protocol's own. */
export function hostField(host: string, port: unknown, defaultPort: unknown): string {
  const name = bracketed(host)
  return port && Number(port) !== defaultPort ? `${name}:${port}` : name
}

export function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}
