/** `util.styleText`. https://nodejs.org/docs/latest-v26.x/api/util.html#utilstyletextformat-text-options */

import { createError } from '../../src/errors.ts'
import type { ShimContext } from '../../src/seams.ts'
import type { Loose } from './loose.ts'
import { validateBoolean, validateObject, validateOneOf, validateString } from './validate.ts'

type Colors = Record<string, readonly [open: number, close: number]>

const hexColor = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i

export function createStyleText(context: ShimContext, colors: Colors) {
  return function styleText(format: Loose, text: string, options: Loose): string {
    validateString(text, 'text')
    if (options !== undefined) validateObject(options, 'options')
    const validateStream = options?.validateStream ?? true
    validateBoolean(validateStream, 'options.validateStream')
    let isPlain = false
    if (validateStream) {
      const stream = options?.stream ?? context.require('process').stdout
      if (!isStream(stream)) {
        throw createError(
          'ERR_INVALID_ARG_TYPE',
          'stream',
          ['ReadableStream', 'WritableStream', 'Stream'],
          stream,
        )
      }
      isPlain = !shouldColorize(context, stream)
    }
    let open = ''
    let close = ''
    let styled = text
    for (const key of Array.isArray(format) ? format : [format]) {
      if (key === 'none') continue
      const [on, off, keepsOff] = codesOf(key, colors)
      open += on
      close = off + close
      styled = reopen(styled, off, keepsOff ? off + on : on)
    }
    return isPlain ? text : open + styled + close
  }
}

/** Whether output to that stream should have colors, as node's own printers decide it. */
export function shouldColorize(context: ShimContext, stream: Loose): boolean {
  const { env } = context.require('process')
  const force = env.FORCE_COLOR
  if (force !== undefined) return force !== '0' && force !== 'false'
  if (!stream?.isTTY) return false
  return typeof stream.getColorDepth === 'function' ? stream.getColorDepth() > 2 : true
}

function isStream(value: Loose): boolean {
  const has = (name: string): boolean => typeof value?.[name] === 'function'
  return (
    has('getReader') ||
    has('getWriter') ||
    has('pipe') ||
    (has('write') && has('on')) ||
    has('write')
  )
}

function codesOf(key: Loose, colors: Colors): [open: string, close: string, keepsClose: boolean] {
  if (typeof key === 'string' && key.startsWith('#')) {
    const [, digits] = hexColor.exec(key) ?? []
    if (!digits) {
      throw createError(
        'ERR_INVALID_ARG_VALUE',
        'format',
        key,
        'must be a valid hex color (#RGB or #RRGGBB)',
      )
    }
    const pairs = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits
    const value = Number.parseInt(pairs, 16)
    return [`\u001b[38;2;${value >> 16};${(value >> 8) & 255};${value & 255}m`, '\u001b[39m', false]
  }
  const codes = colors[key]
  if (!codes) validateOneOf(key, 'format', Object.getOwnPropertyNames(colors))
  const [open, close] = codes as readonly [number, number]
  // Bold and dim are closed by one code: closing the inner one would close the outer.
  return [`\u001b[${open}m`, `\u001b[${close}m`, open === 1 || open === 2]
}

/** Styles within the text end what this one began: it begins again behind them, but not at the very end. */
function reopen(text: string, close: string, replacement: string): string {
  const parts = text.split(close)
  if (parts.length === 1) return text
  const last = parts.pop() as string
  if (last !== '') return parts.join(replacement) + replacement + last
  return parts.join(replacement) + close
}
