// https://nodejs.org/docs/latest-v26.x/api/util.html

import { codedError, createError } from '../src/errors.ts'
import type { Shim, ShimContext } from '../src/seams.ts'
import { createAbortTools } from './internal/abort-tools.ts'
import { createCallSites } from './internal/call-sites.ts'
import { createDebuglog } from './internal/debuglog.ts'
import type { DeepEqual } from './internal/deep-equal.ts'
import { createInspect } from './internal/inspect.ts'
import { defineLate } from './internal/late.ts'
import type { Loose, LooseFunction } from './internal/loose.ts'
import {
  asGetters,
  nameFunction,
  nameMembers,
  ownFunction,
  shapeMembers,
} from './internal/names.ts'
import { createFunctionMakers } from './internal/promisify.ts'
import type { UtilTools } from './internal/util-tools.ts'
import { outOfRange, validateNumber, validateString } from './internal/validate.ts'
import { notImplemented } from './not-implemented.ts'

const createUtil: Shim = (context) => {
  const types = context.require('util/types')
  const { inspect, format, formatWithOptions, stripVTControlCharacters } = createInspect(context)
  const { promisify, callbackify, deprecate, inherits } = createFunctionMakers(context)
  const debuglog = createDebuglog(context)
  const tools = () => context.require('internal/util') as UtilTools
  let deepEqual: DeepEqual | undefined
  let styled: ReturnType<UtilTools['createStyleText']> | undefined
  let mime: Loose
  const { aborted, transferableAbortController, transferableAbortSignal } =
    createAbortTools(context)

  const util: Record<string, unknown> = {
    ...createErrorTools(() => context.require('internal/system-errors')),
    _extend: deprecate(
      ownFunction(_extend),
      'The `util._extend` API is deprecated. Please use Object.assign() instead.',
      'DEP0060',
    ),
    callbackify,
    debug: debuglog,
    debuglog,
    deprecate(fn: LooseFunction, msg: string, code: unknown, options: unknown) {
      return deprecate(fn, msg, code, options)
    },
    format,
    styleText: function styleText(format: Loose, text: string, options: Loose) {
      styled ??= tools().createStyleText(context, inspect.colors)
      return styled(format, text, options)
    },
    formatWithOptions,
    getCallSites: ownFunction(createCallSites(context)),
    inherits,
    inspect,
    isArray: deprecate(
      Array.isArray,
      'The `util.isArray` API is deprecated. Please use `Array.isArray()` instead.',
      'DEP0044',
    ),
    isDeepStrictEqual(a: unknown, b: unknown, skipPrototype: unknown) {
      deepEqual ??= tools().createDeepEqual(types)
      return deepEqual(a, b, skipPrototype ? 'structure' : 'strict')
    },
    markPromiseAsHandled(promise: Promise<unknown>) {
      if (!types.isPromise(promise))
        throw createError('ERR_INVALID_ARG_TYPE', 'promise', 'Promise', promise)
      promise.catch(() => undefined)
    },
    promisify,
    stripVTControlCharacters,
    toUSVString: (input: unknown) => toWellFormed(`${input}`),
    transferableAbortSignal,
    transferableAbortController,
    aborted,
    types,
    parseEnv(content: unknown) {
      validateString(content, 'content')
      return tools().parseEnv(content)
    },
    parseArgs: (config: unknown = {}) => tools().parseArgs(config, () => mainArgs(context)),
    diff: (actual: Loose, expected: Loose) => tools().diff(actual, expected),
    debounce: notImplemented(context, 'debounce', 2),
    throttle: notImplemented(context, 'throttle', 3),
    setTraceSigInt: notImplemented(context, 'setTraceSigInt', 1),
    convertProcessSignalToExitCode: (signal: unknown) => exitCodeOf(context, signal),
  }
  for (const name of ['MIMEType', 'MIMEParams']) {
    defineLate(util, name, () => {
      mime ??= tools().createMime()
      return mime[name]
    })
  }
  for (const name of ['TextDecoder', 'TextEncoder']) {
    // Asked of the guest's globals: those may be made after builtins.
    defineLate(util, name, () => context.global[name] ?? notImplemented(context, name))
  }
  nameFunction(debuglog, 'debuglog')
  nameMembers(util, ['debug'])
  shapeMembers(util, 'isArray:deprecated _extend:deprecated deprecate/3')
  shapeMembers(util, '_errnoException/0 _exceptionWithHostPort/0')
  return asGetters(
    util,
    'aborted debounce throttle transferableAbortController transferableAbortSignal',
  )
}

function _extend(target: Loose, source: Loose): Loose {
  if (source === null || typeof source !== 'object') return target
  for (const key of Object.keys(source).reverse()) target[key] = source[key]
  return target
}

/** Lone surrogates become U+FFFD; `isWellFormed` is younger than ES2023. */
function toWellFormed(text: string): string {
  return text.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '\ufffd',
  )
}

function mainArgs(context: ShimContext): string[] {
  return context.require('process').argv.slice(2)
}

function exitCodeOf(context: ShimContext, signal: unknown): number {
  const { signals } = context.require('os').constants
  validateString(signal, 'signalCode')
  const number = signals[signal]
  if (number === undefined)
    throw codedError(TypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${signal}`)
  return 128 + number
}

/** Functions of the errors that libuv and the system give. */
function createErrorTools(
  errors: () => ReadonlyMap<number, readonly [name: string, message: string]>,
): Record<string, unknown> {
  const validateErrno = (error: unknown): void => {
    validateNumber(error, 'err')
    if (error >= 0 || !Number.isSafeInteger(error))
      throw outOfRange('err', 'a negative integer', error)
  }
  const getSystemErrorName = (err: number): string => {
    validateErrno(err)
    return errors().get(err)?.[0] ?? `Unknown system error ${err}`
  }
  return {
    _errnoException(errno: number, syscall: string, original?: string) {
      const code = getSystemErrorName(errno)
      const text = original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`
      return Object.assign(new Error(text), { errno, code, syscall })
    },
    _exceptionWithHostPort(
      errno: number,
      syscall: string,
      address: string,
      port?: number,
      additional?: string,
    ) {
      const code = getSystemErrorName(errno)
      const place = port && port > 0 ? ` ${address}:${port}` : address ? ` ${address}` : ''
      const local = additional ? ` - Local (${additional})` : ''
      const error = new Error(`${syscall} ${code}${place}${local}`)
      return Object.assign(error, { errno, code, syscall, address }, port ? { port } : {})
    },
    getSystemErrorMap: () => new Map(errors()),
    getSystemErrorName,
    getSystemErrorMessage(err: number) {
      validateErrno(err)
      return errors().get(err)?.[1] ?? `Unknown system error ${err}`
    },
  }
}

export default createUtil
