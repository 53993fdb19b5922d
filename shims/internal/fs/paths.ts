/** Paths and times as `fs` takes them. */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'

/** A string of what node takes for a path: a string, bytes, or a `file:` URL. */
export function validatePath(context: ShimContext, path: Loose, name = 'path'): string {
  let text: unknown = path
  if (typeof path === 'string' && !path.includes('\0')) return path
  if (path instanceof Uint8Array) text = context.require('buffer').Buffer.from(path).toString()
  else if (isUrl(path)) text = context.require('url').fileURLToPath(path)
  if (typeof text !== 'string') {
    throw createError('ERR_INVALID_ARG_TYPE', name, ['string', 'Buffer', 'URL'], path)
  }
  if (text.includes('\0')) {
    const reason = 'must be a string, Uint8Array, or URL without null bytes'
    const shown = context.require('util').inspect(path)
    const message = `The argument '${name}' ${reason}. Received ${shown}`
    throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', message)
  }
  return text
}

export function isUrl(value: Loose): boolean {
  return Boolean(
    value?.href && value.protocol && value.auth === undefined && value.path === undefined,
  )
}

/** Options, which may be an encoding, as an object of their own. */
export function optionsOf(context: ShimContext, options: Loose): Loose {
  if (options === null || options === undefined || typeof options === 'function') return {}
  // What nearly everybody says needs no `Buffer`.
  if (options === 'utf8' || options === 'utf-8') return { encoding: options }
  const known = typeof options === 'string' ? { encoding: options } : options
  if (typeof known !== 'object') {
    throw createError('ERR_INVALID_ARG_TYPE', 'options', ['string', 'Object'], options)
  }
  const { encoding } = known
  if (encoding && encoding !== 'buffer' && !context.require('buffer').Buffer.isEncoding(encoding)) {
    throw createError('ERR_INVALID_ARG_VALUE', 'encoding', encoding, 'is invalid encoding')
  }
  // What the options inherit counts, as in node.
  const copy: Loose = {}
  for (const key in known) copy[key] = known[key]
  return copy
}

/** `fs._toUnixTimestamp`: seconds since the epoch. */
export function toUnixTimestamp(time: Loose, name = 'time'): number {
  if (typeof time === 'string' && +time === Number(time) && !Number.isNaN(+time)) return +time
  if (Number.isFinite(time)) return time < 0 ? Date.now() / 1000 : time
  if (Object.prototype.toString.call(time) === '[object Date]') return time.getTime() / 1000
  throw createError('ERR_INVALID_ARG_TYPE', name, ['Date', 'Time in seconds'], time)
}

/** A name as the guest wants to see it. */
export function encodeText(context: ShimContext, text: string, encoding: Loose): unknown {
  if (!encoding || encoding === 'utf8' || encoding === 'utf-8') return text
  const bytes = context.require('buffer').Buffer.from(text)
  return encoding === 'buffer' ? bytes : bytes.toString(encoding)
}
