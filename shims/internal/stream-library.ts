/** What the stream library takes from here instead of its own copies: errors, checks of arguments and small helpers. */

import {
  codedError,
  createError,
  describe,
  describeReceived,
  type ErrorCode,
} from '../../src/errors.ts'
import type { ShimContext } from '../../src/seams.ts'
import { createAbortError } from './abort-error.ts'
import { unknownEncoding } from './buffer-text.ts'
import type { Loose, LooseFunction } from './loose.ts'
import {
  outOfRange,
  validateAbortSignal,
  validateBoolean,
  validateFunction,
  validateInteger,
  validateObject,
} from './validate.ts'

/** `%s` is the argument. */
const texts = {
  ERR_MULTIPLE_CALLBACK: 'Callback called multiple times',
  ERR_STREAM_ALREADY_FINISHED: 'Cannot call %s after a stream was finished',
  ERR_STREAM_CANNOT_PIPE: 'Cannot pipe, not readable',
  ERR_STREAM_DESTROYED: 'Cannot call %s after a stream was destroyed',
  ERR_STREAM_NULL_VALUES: 'May not write null values to stream',
  ERR_STREAM_PREMATURE_CLOSE: 'Premature close',
  ERR_STREAM_PUSH_AFTER_EOF: 'stream.push() after EOF',
  ERR_STREAM_UNSHIFT_AFTER_END_EVENT: 'stream.unshift() after end event',
  ERR_STREAM_WRITE_AFTER_END: 'write after end',
}

/** @param context asked for other builtins only when the library calls for them */
export default (context: ShimContext): Record<string, unknown> => ({
  codes: codes(),
  AbortError: constructorOf((message?: string, options?: ErrorOptions) =>
    createAbortError(options?.cause, message),
  ),
  aggregateTwoErrors,
  validateAbortSignal,
  validateBoolean,
  validateFunction,
  validateInteger,
  validateObject,

  kEmptyObject: Object.freeze({}),
  once,
  createDeferredPromise,
  deprecate: (deprecated: unknown) => deprecated,
  promisify: { custom: Symbol.for('nodejs.util.promisify.custom') },
  inspect: (...args: unknown[]) => context.require('util').inspect(...args),
  addAbortListener: (...args: unknown[]) => context.require('events').addAbortListener(...args),
  AbortSignalAny: (signals: unknown) => (context.global.AbortSignal as Loose).any(signals),
})

function codes(): Record<string, Loose> {
  const makers: Record<string, LooseFunction> = {
    ERR_INVALID_RETURN_VALUE: (input, name, value) => {
      const text = `Expected ${input} to be returned from the "${name}" function but got ${describeReceived(value)}.`
      return codedError(TypeError, 'ERR_INVALID_RETURN_VALUE', text)
    },
    ERR_OUT_OF_RANGE: outOfRange,
    ERR_UNKNOWN_ENCODING: (name) =>
      unknownEncoding(typeof name === 'string' ? name : describe(name)),
  }
  const shared =
    'ERR_INVALID_ARG_TYPE ERR_INVALID_ARG_VALUE ERR_METHOD_NOT_IMPLEMENTED ERR_MISSING_ARGS'
  for (const code of shared.split(' ')) {
    makers[code] = (...args) => createError(code as ErrorCode, ...(args as [Loose]))
  }
  for (const [code, text] of Object.entries(texts)) {
    const Base = code === 'ERR_STREAM_NULL_VALUES' ? TypeError : Error
    const messageFirst = text.includes('%s')
    makers[code] = (what) => codedError(Base, code, text.replace('%s', what), { messageFirst })
  }
  return Object.fromEntries(
    Object.entries(makers).map(([code, make]) => [code, constructorOf(make)]),
  )
}

/** The library calls its errors by `new`, which an arrow refuses. */
function constructorOf(make: LooseFunction): Loose {
  function CodedError(...args: unknown[]) {
    return make(...args)
  }
  return CodedError
}

/** The error that came while another was being dealt with, beside that. */
function aggregateTwoErrors(inner: Loose, outer: Loose): unknown {
  if (!inner || !outer || inner === outer) return inner || outer
  if (Array.isArray(outer.errors)) {
    outer.errors.push(inner)
    return outer
  }
  return Object.assign(new AggregateError([outer, inner], outer.message), { code: outer.code })
}

function once(callback: LooseFunction): LooseFunction {
  let isCalled = false
  return function (this: unknown, ...args) {
    if (isCalled) return
    isCalled = true
    callback.apply(this, args)
  }
}

function createDeferredPromise(): object {
  let settle: object | undefined
  const promise = new Promise((resolve, reject) => {
    settle = { resolve, reject }
  })
  return { promise, ...settle }
}
