// https://nodejs.org/docs/latest-v26.x/api/buffer.html

import { codedError, createError } from '../src/errors.ts'
import type { Shim, ShimContext } from '../src/seams.ts'
import { bytesOf, isAnyArrayBuffer, isUint8Array, typedArrayName } from './internal/brands.ts'
import { createBufferClass } from './internal/buffer-class.ts'
import { createBufferText, encodingOf, maxLength, maxStringLength } from './internal/buffer-text.ts'
import { defineLate } from './internal/late.ts'
import type { Loose } from './internal/loose.ts'
import { nameMembers } from './internal/names.ts'
import { createUtf8, isValidUtf8 } from './internal/utf8.ts'
import { validateNumber } from './internal/validate.ts'
import { notImplemented } from './not-implemented.ts'

const createBuffer: Shim = (context) => {
  const text = createBufferText(createUtf8(context.host.global))
  let inspectMaxBytes = 50
  const Buffer = createBufferClass(context, {
    text,
    inspectMaxBytes: () => inspectMaxBytes,
  })

  const exports = {
    Buffer,
    transcode: (source: Loose, from?: string, to?: string) => transcode(Buffer, source, from, to),
    isUtf8: (input: unknown) => isValidUtf8(checked(input)),
    isAscii: (input: unknown) => checked(input).every((byte) => byte < 128),
    kMaxLength: maxLength,
    kStringMaxLength: maxStringLength,
    btoa(...args: unknown[]) {
      if (args.length === 0) throw createError('ERR_MISSING_ARGS', 'input')
      const input = `${args[0]}`
      if (/[^\0-\xff]/.test(input)) throw invalidCharacter(context, 'Invalid character')
      return Buffer.from(input, 'latin1').toString('base64')
    },
    atob(...args: unknown[]) {
      if (args.length === 0) throw createError('ERR_MISSING_ARGS', 'input')
      return atob(context, Buffer, `${args[0]}`)
    },
  }
  Object.defineProperties(exports.btoa, { length: { value: 1, configurable: true } })
  Object.defineProperties(exports.atob, { length: { value: 1, configurable: true } })
  const constants = {}
  Object.defineProperties(constants, {
    MAX_LENGTH: { value: maxLength, enumerable: true },
    MAX_STRING_LENGTH: { value: maxStringLength, enumerable: true },
  })
  Object.defineProperties(exports, {
    constants: { value: constants, enumerable: true },
    INSPECT_MAX_BYTES: {
      get: () => inspectMaxBytes,
      set(value: unknown) {
        validateNumber(value, 'INSPECT_MAX_BYTES', 0)
        inspectMaxBytes = value
      },
      enumerable: true,
      configurable: true,
    },
  })
  // The guest's classes, looked up when they are needed: globals may be made after builtins.
  const hostClass = (name: string, length: number) =>
    defineLate(exports, name, () => context.global[name] ?? notImplemented(context, name, length))
  hostClass('Blob', 0)
  Object.assign(exports, { resolveObjectURL: notImplemented(context, 'resolveObjectURL', 1) })
  hostClass('File', 2)
  return nameMembers(exports)
}

function checked(input: Loose): Uint8Array {
  if (isAnyArrayBuffer(input))
    return input.byteLength === 0 ? new Uint8Array() : new Uint8Array(input)
  if (typedArrayName(input) !== undefined)
    return input.byteLength === 0 ? new Uint8Array() : bytesOf(input)
  throw createError('ERR_INVALID_ARG_TYPE', 'input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input)
}

function invalidCharacter(context: ShimContext, message: string): Error {
  const DOMException = context.global.DOMException as Loose
  if (DOMException) return new DOMException(message, 'InvalidCharacterError')
  return Object.assign(new Error(message), { name: 'InvalidCharacterError', code: 5 })
}

/** https://infra.spec.whatwg.org/#forgiving-base64-decode */
function atob(context: ShimContext, Buffer: Loose, input: string): string {
  const compact = input.replace(/[\t\n\f\r ]/g, '')
  const data = compact.length % 4 === 0 ? compact.replace(/={1,2}$/, '') : compact
  if (/[^A-Za-z0-9+/]/.test(data)) throw invalidCharacter(context, 'Invalid character')
  if (data.length % 4 === 1)
    throw invalidCharacter(context, 'The string to be decoded is not correctly encoded.')
  return Buffer.from(data, 'base64').toString('latin1')
}

const transcodable = ['utf8', 'utf16le', 'latin1', 'ascii']

function transcode(Buffer: Loose, source: Loose, from = 'utf8', to = 'utf8'): Loose {
  if (!isUint8Array(source)) {
    throw createError('ERR_INVALID_ARG_TYPE', 'source', ['Buffer', 'Uint8Array'], source)
  }
  if (source.length === 0) return Buffer.alloc(0)
  const [fromName, toName] = [encodingOf(from) ?? from, encodingOf(to) ?? to]
  if (!transcodable.includes(fromName as string) || !transcodable.includes(toName as string)) {
    const code = 'U_ILLEGAL_ARGUMENT_ERROR'
    throw Object.assign(codedError(Error, code, `Unable to transcode Buffer [${code}]`), {
      errno: 1,
    })
  }
  const text: string = Buffer.from(source as Loose).toString(fromName)
  if (toName === 'latin1')
    return Buffer.from(text.replace(/[\ud800-\udbff][\udc00-\udfff]|[^\0-\xff]/g, '?'), 'latin1')
  if (toName === 'ascii')
    return Buffer.from(text.replace(/[\ud800-\udbff][\udc00-\udfff]|[^\0-\x7f]/g, '?'), 'latin1')
  return Buffer.from(text, toName)
}

export default createBuffer
