/** What each function takes, and node's checks of it. */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import {
  validateAbortSignal,
  validateBoolean,
  validateFunction,
  validateInteger,
  validateObject,
  validateString,
} from '../validate.ts'
import { parseFlags } from './flags.ts'
import { optionsOf, toUnixTimestamp, validatePath } from './paths.ts'

/**
 * Each function's arguments by name, without `Sync` and without callbacks; `file` is a path or a descriptor, what is
 * marked may be left out.
 */
const signatures = `access path accessMode?
appendFile file data appendOptions?
chmod path mode
chown path uid gid
close fd
copyFile src dest accessMode?
cp src dest copyOptions?
exists path
fchmod fd mode
fchown fd uid gid
fdatasync fd
fstat fd options?
fsync fd
ftruncate fd len?
futimes fd atime mtime
lchown path uid gid
link existingPath newPath
lstat path options?
lutimes path time time
mkdir path makeOptions?
mkdtemp prefix textOptions?
mkdtempDisposable prefix textOptions?
open path flags? openMode?
openAsBlob path blobOptions?
opendir path directoryOptions?
readdir rawPath readdirOptions?
readFile file readOptions?
readlink path textOptions?
realpath path textOptions?
realpathNative path textOptions?
rename oldPath newPath
rm path rmOptions?
rmdir path rmdirOptions?
stat path options?
statfs path options?
symlink target path linkType?
truncate path len?
unlink path
utimes path time time
writeFile file data writeOptions?`

export interface Signature {
  readonly parameters: readonly string[]
  /** How many may not be left out. */
  readonly required: number
}

const pathNames = new Set('path src dest existingPath newPath oldPath target prefix'.split(' '))

export interface Checks {
  signatureOf(name: string): Signature
  /** The arguments as the operations take them. */
  check(signature: Signature, args: readonly Loose[]): Loose[]
}

export function createChecks(context: ShimContext): Checks {
  let all: Map<string, Signature> | undefined
  return {
    signatureOf(name) {
      all ??= readSignatures()
      return all.get(name) as Signature
    },
    check: ({ parameters }, args) =>
      parameters.map((parameter, index) => checkOne(parameter, args[index])),
  }

  function checkOne(parameter: string, value: Loose): Loose {
    if (pathNames.has(parameter)) return validatePath(context, value, parameter)
    switch (parameter) {
      case 'file':
        if (typeof value === 'number' && value >>> 0 === value) return value
        return validatePath(context, value)
      case 'rawPath':
        validatePath(context, value)
        return value
      case 'fd':
        validateInteger(value, parameter, 0, 2 ** 31 - 1)
        return value
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
        return toUnixTimestamp(value, parameter) * 1000
      case 'data':
        return checkData(value)
      case 'flags':
        return parseFlags(value)
      case 'mode':
        return parseMode(value)
      case 'openMode':
        return parseMode(value, 'mode', 0o666)
      case 'accessMode':
        return checkAccessMode(value)
      case 'linkType':
        if (value !== null && value !== undefined && !['dir', 'file', 'junction'].includes(value)) {
          const reason = "must be one of: 'dir', 'file', 'junction', null, undefined"
          throw createError('ERR_INVALID_ARG_VALUE', 'type', value, reason)
        }
        return value
      case 'options':
        return value ?? {}
      default:
        return checkOptions(parameter, value)
    }
  }

  function checkOptions(parameter: string, value: Loose): Loose {
    switch (parameter) {
      case 'makeOptions': {
        const isMode = typeof value === 'number' || typeof value === 'string'
        const { mode, recursive } = isMode ? { mode: value } : (value ?? {})
        if (recursive !== undefined) validateBoolean(recursive, 'options.recursive')
        return { mode: parseMode(mode, isMode ? 'mode' : 'options.mode', 0o777), recursive }
      }
      case 'rmOptions':
        return checkRemoval(value)
      case 'rmdirOptions':
        return demandPlainRemoval(value)
      case 'copyOptions':
        return checkCopy(value)
      case 'blobOptions':
        if (value !== undefined) validateObject(value, 'options')
        validateString(value?.type || '', 'options.type')
        return value ?? {}
      case 'textOptions':
        return optionsOf(context, value).encoding
    }
    const options = optionsOf(context, value)
    validateAbortSignal(options.signal, 'options.signal')
    const { recursive, flush } = options
    if (parameter === 'readdirOptions') {
      if (recursive !== undefined && recursive !== null) {
        validateBoolean(recursive, 'options.recursive')
      }
    } else if (parameter === 'directoryOptions') {
      const { bufferSize = 32 } = options
      validateInteger(bufferSize, 'options.bufferSize', 1, 2 ** 32 - 1)
    } else if (parameter === 'readOptions') {
      options.flag = parseFlags(options.flag)
    } else {
      if (flush !== undefined && flush !== null) validateBoolean(flush, 'options.flush')
      options.mode = parseMode(options.mode, 'mode', 0o666)
      options.flag = parseFlags(options.flag ?? (parameter === 'appendOptions' ? 'a' : 'w'))
    }
    return options
  }
}

function readSignatures(): Map<string, Signature> {
  const rows = signatures.split('\n').map((line) => {
    const [name = '', ...words] = line.split(' ')
    const required = words.filter((word) => !word.endsWith('?')).length
    return [name, { parameters: words.map((word) => word.replace('?', '')), required }] as const
  })
  return new Map(rows)
}

/** @param usual what stands for a mode that is left out; without it there must be one */
export function parseMode(value: Loose, name = 'mode', usual?: number): number {
  if ((value === undefined || value === null) && usual !== undefined) return usual
  let mode = value
  if (typeof mode === 'string') {
    if (!/^[0-7]+$/.test(mode)) {
      const reason = 'must be a 32-bit unsigned integer or an octal string'
      throw createError('ERR_INVALID_ARG_VALUE', name, value, reason)
    }
    mode = Number.parseInt(mode, 8)
  }
  validateInteger(mode, name, 0, 2 ** 32 - 1)
  return mode
}

function checkData(value: Loose): Loose {
  if (typeof value === 'string' || ArrayBuffer.isView(value)) return value
  const expected = ['string', 'Buffer', 'TypedArray', 'DataView']
  throw createError('ERR_INVALID_ARG_TYPE', 'data', expected, value)
}

function checkAccessMode(value: Loose): number {
  if (value === undefined || value === null) return 0
  if (!Number.isInteger(value)) {
    throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', 'mode must be int32 or null/undefined')
  }
  if (value < 0 || value > 7) {
    throw codedError(RangeError, 'ERR_OUT_OF_RANGE', 'mode is out of range: >= 0 && <= 7')
  }
  return value
}

function checkRemoval(given: Loose): Loose {
  if (given === undefined) return {}
  validateObject(given, 'options')
  const options = { force: false, recursive: false, retryDelay: 100, maxRetries: 0, ...given }
  validateBoolean(options.force, 'options.force')
  validateBoolean(options.recursive, 'options.recursive')
  validateInteger(options.retryDelay, 'options.retryDelay', 0, 2 ** 31 - 1)
  validateInteger(options.maxRetries, 'options.maxRetries', 0, 2 ** 32 - 1)
  return options
}

function demandPlainRemoval(options: Loose): void {
  if (options === undefined) return
  validateObject(options, 'options')
  const { recursive } = options
  if (recursive === undefined) return
  validateBoolean(recursive, 'options.recursive')
  const reason = 'is no longer supported'
  throw createError('ERR_INVALID_ARG_VALUE', 'options.recursive', recursive, reason)
}

function checkCopy(given: Loose): Loose {
  const usual = {
    dereference: false,
    errorOnExist: false,
    filter: undefined,
    force: true,
    preserveTimestamps: false,
    recursive: false,
    verbatimSymlinks: false,
  }
  if (given === undefined || given === null) return { ...usual, mode: 0 }
  if (typeof given !== 'object') {
    throw createError('ERR_INVALID_ARG_TYPE', 'options', 'object', given)
  }
  const options = { ...usual, ...given }
  for (const name of Object.keys(usual)) {
    if (name !== 'filter') validateBoolean(options[name], `options.${name}`)
  }
  options.mode = checkCopyMode(given.mode)
  if (options.dereference && options.verbatimSymlinks) {
    const text = 'Option "dereference" cannot be used in combination with option "verbatimSymlinks"'
    throw codedError(TypeError, 'ERR_INCOMPATIBLE_OPTION_PAIR', text)
  }
  if (options.filter !== undefined) validateFunction(options.filter, 'options.filter')
  return options
}

function checkCopyMode(mode: Loose): number {
  if (mode === undefined || mode === null) return 0
  validateInteger(mode, 'mode', 0, 7)
  return mode
}
