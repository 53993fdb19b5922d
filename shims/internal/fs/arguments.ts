/** node's checks of what it is given, before memfs sees it; and memfs's forms of it. */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { validateAbortSignal, validateBoolean, validateInteger } from '../validate.ts'
import { isUrl, toUnixTimestamp, validatePath } from './paths.ts'

/** Each function's arguments by name, without `Sync` and without callbacks; `file` is a path or a descriptor. */
const signatures = new Map(
  `access path accessMode
appendFile file data writeOptions
chmod path
chown path uid gid
close fd
copyFile src dest
cp src dest
fchmod fd
fchown fd uid gid
fdatasync fd
fstat fd
fsync fd
ftruncate fd len
futimes fd atime mtime
lchmod path
lchown path uid gid
link existingPath newPath
lstat path
lutimes path time time
mkdir path makeOptions
open path flags openMode
openAsBlob path
opendir path
readdir path
readFile file readOptions
readlink path
realpath path
rename oldPath newPath
rm path
rmdir path
stat path
statfs path
symlink target path linkType
truncate path len
unlink path
unwatchFile path
utimes path time time
watch path watchOptions
watchFile path
writeFile file data writeOptions`
    .split('\n')
    .map((line) => {
      const [name = '', ...parameters] = line.split(' ')
      return [name, parameters] as const
    }),
)

const pathNames = new Set('path src dest existingPath newPath oldPath target'.split(' '))

/**
 * Gives a function that checks, and where memfs knows fewer forms than node changes, the arguments of a call. The
 * parameter named `skip` is left alone.
 */
export function createChecks(
  context: ShimContext,
  FileHandle: Loose,
): (name: string, args: Loose[], skip?: string) => void {
  const { Buffer } = context.require('buffer')

  return (name, args, skip = '') => {
    if (name === 'open' && typeof args[1] === 'function') args.splice(1, 0, 'r')
    const parameters = signatures.get(name.replace(/Sync$/, ''))
    parameters?.forEach((parameter, index) => {
      if (parameter === skip) return
      // A callback stands for what may be left out.
      const isLeftOut = typeof args[index] === 'function' && index > 0
      if (isLeftOut && parameter !== 'data' && !/id$/.test(parameter)) return
      const value = check(parameter, args[index], name)
      if (index < args.length || value !== undefined) args[index] = value
    })
  }

  function check(parameter: string, value: Loose, name: string): Loose {
    if (pathNames.has(parameter)) return checkPath(value, parameter)
    switch (parameter) {
      case 'file':
        if (value instanceof FileHandle) return value
        return typeof value === 'number' ? checkDescriptor(value) : checkPath(value, 'path')
      case 'fd':
        return checkDescriptor(value)
      case 'uid':
      case 'gid':
        validateInteger(value, parameter, -1, 2 ** 32 - 1)
        return value
      case 'len':
        if (value === undefined) return 0
        validateInteger(value, 'len')
        return Math.max(0, value)
      case 'time':
      case 'atime':
      case 'mtime':
        // memfs takes numbers below zero for now.
        return new Date(toUnixTimestamp(value, parameter) * 1000)
      case 'data':
        return checkData(value)
      case 'flags':
        return value ?? 'r'
      case 'accessMode':
        return checkAccessMode(value)
      case 'linkType':
        if (value !== null && value !== undefined && !['dir', 'file', 'junction'].includes(value)) {
          const reason = "must be one of: 'dir', 'file', 'junction', null, undefined"
          throw createError('ERR_INVALID_ARG_VALUE', 'type', value, reason)
        }
        return value
      case 'openMode':
        if (value !== null && (typeof value === 'object' || typeof value === 'boolean')) {
          throw createError('ERR_INVALID_ARG_TYPE', 'mode', 'number', value)
        }
        return value
      case 'makeOptions':
        if (value?.recursive !== undefined) validateBoolean(value.recursive, 'options.recursive')
        return typeof value === 'string' ? { mode: value } : value
      case 'watchOptions':
        return checkWatchOptions(context, value)
      default:
        checkFileOptions(value, name)
        return value
    }
  }

  function checkPath(value: Loose, parameter: string): Loose {
    const path = validatePath(context, value, parameter)
    return isUrl(value) ? path : value
  }

  function checkData(value: Loose): Loose {
    if (typeof value === 'string' || Buffer.isBuffer(value)) return value
    if (ArrayBuffer.isView(value)) {
      return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    }
    const expected = ['string', 'Buffer', 'TypedArray', 'DataView']
    throw createError('ERR_INVALID_ARG_TYPE', 'data', expected, value)
  }
}

function checkDescriptor(value: Loose): number {
  validateInteger(value, 'fd', 0, 2147483647)
  return value
}

function checkAccessMode(value: Loose): Loose {
  if (value === undefined || value === null) return value
  if (!Number.isInteger(value)) {
    throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', 'mode must be int32 or null/undefined')
  }
  if (value < 0 || value > 7) {
    throw codedError(RangeError, 'ERR_OUT_OF_RANGE', 'mode is out of range: >= 0 && <= 7')
  }
  return value
}

function checkFileOptions(options: Loose, name: string): void {
  if (options === undefined || options === null || typeof options === 'string') return
  if (typeof options !== 'object') {
    throw createError('ERR_INVALID_ARG_TYPE', 'options', ['string', 'object'], options)
  }
  validateAbortSignal(options.signal, 'options.signal')
  if (name.startsWith('readFile')) return
  if (options.flush !== undefined && options.flush !== null) {
    validateBoolean(options.flush, 'options.flush')
  }
}

function checkWatchOptions(context: ShimContext, given: Loose): Loose {
  if (given === undefined || given === null || typeof given !== 'object') return given
  const options = { ...given }
  if (options.recursive !== undefined) validateBoolean(options.recursive, 'options.recursive')
  validateAbortSignal(options.signal, 'options.signal')
  if (options.ignore === undefined || options.ignore === null) return options
  const isList = Array.isArray(options.ignore)
  const patterns = (isList ? options.ignore : [options.ignore]).map(
    (pattern: Loose, index: number) => {
      const name = isList ? `options.ignore[${index}]` : 'options.ignore'
      return checkIgnore(context, pattern, name)
    },
  )
  options.ignore = (file: string) => patterns.some((matches: Loose) => matches(file))
  return options
}

/** A pattern without a slash is one for names, wherever they are. */
function checkIgnore(context: ShimContext, pattern: Loose, name: string): Loose {
  if (typeof pattern === 'function') return pattern
  if (Object.prototype.toString.call(pattern) === '[object RegExp]') {
    return (file: string) => pattern.test(file)
  }
  if (typeof pattern !== 'string') {
    const expected = ['string', 'RegExp', 'Function']
    throw createError('ERR_INVALID_ARG_TYPE', name, expected, pattern)
  }
  if (pattern === '') {
    throw createError('ERR_INVALID_ARG_VALUE', name, pattern, 'must be a non-empty string')
  }
  const { matchesGlob, basename } = context.require('path')
  return (file: string) => matchesGlob(pattern.includes('/') ? file : basename(file), pattern)
}
