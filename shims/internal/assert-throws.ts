/** `assert.throws` and its relatives: expectations about errors. */

import { codedError, createError, describeReceived } from '../../src/errors.ts'
import type { ShimContext } from '../../src/seams.ts'
import type { DeepEqual } from './deep-equal.ts'
import type { Loose, LooseFunction } from './loose.ts'
import { validateFunction } from './validate.ts'

/** What `fn` threw, or the promise was rejected with. */
type Caught = { error: Loose } | undefined

export interface ErrorExpectations {
  caughtOf(fn: unknown): Caught
  rejectionOf(promiseOrFn: unknown): Promise<Caught>
  /** @param kind `exception` or `rejection` */
  expectError(
    kind: string,
    stackStartFn: LooseFunction,
    caught: Caught,
    args: Loose[],
    diff: unknown,
  ): void
  expectNoError(
    kind: string,
    stackStartFn: LooseFunction,
    caught: Caught,
    args: Loose[],
    diff: unknown,
  ): void
}

export function createErrorExpectations(
  context: ShimContext,
  AssertionError: Loose,
  fail: (options: Loose) => never,
  deepEqual: DeepEqual,
): ErrorExpectations {
  const inspect = (value: unknown, options?: object): string =>
    context.require('util').inspect(value, options)
  const types = context.require('util').types
  const isError = (value: unknown): boolean => types.isNativeError(value) || value instanceof Error
  const isPromise = (value: Loose): boolean =>
    types.isPromise(value) ||
    (typeof value === 'object' &&
      typeof value?.then === 'function' &&
      typeof value.catch === 'function')

  function caughtOf(fn: unknown): Caught {
    validateFunction(fn, 'fn')
    try {
      fn()
    } catch (error) {
      return { error }
    }
    return undefined
  }

  async function rejectionOf(promiseOrFn: Loose): Promise<Caught> {
    let promise = promiseOrFn
    if (typeof promiseOrFn === 'function') {
      promise = promiseOrFn()
      if (!isPromise(promise)) {
        const got = describeReceived(promise)
        const text = `Expected instance of Promise to be returned from the "promiseFn" function but got ${got}.`
        throw codedError(TypeError, 'ERR_INVALID_RETURN_VALUE', text)
      }
    } else if (!isPromise(promiseOrFn)) {
      throw createError('ERR_INVALID_ARG_TYPE', 'promiseFn', ['Function', 'Promise'], promiseOrFn)
    }
    try {
      await promise
    } catch (error) {
      return { error }
    }
    return undefined
  }

  function expectError(
    kind: string,
    stackStartFn: LooseFunction,
    caught: Caught,
    args: Loose[],
    diff: unknown,
  ): void {
    let [expected, message] = args
    const wrongType = (): Error =>
      createError(
        'ERR_INVALID_ARG_TYPE',
        'error',
        ['Object', 'Error', 'Function', 'RegExp'],
        expected,
      )
    if (typeof expected === 'string') {
      if (args.length >= 2) throw wrongType()
      const actual = caught?.error
      if (typeof actual === 'object' && actual !== null) {
        if (actual.message === expected)
          throw ambiguous(`The error message "${actual.message}" is identical to the message.`)
      } else if (actual === expected)
        throw ambiguous(`The error "${actual}" is identical to the message.`)
      message = expected
      expected = undefined
    } else if (
      expected !== undefined &&
      expected !== null &&
      !/^(object|function)$/.test(typeof expected)
    ) {
      throw wrongType()
    }
    if (!caught) {
      const name = expected?.name ? ` (${expected.name})` : ''
      fail({
        actual: undefined,
        expected,
        operator: stackStartFn.name,
        message: [`Missing expected ${kind}${name}${message ? `: ${message}` : '.'}`],
        stackStartFn,
        diff,
      })
    }
    if (expected)
      checkError((caught as { error: Loose }).error, expected, message, stackStartFn, diff)
  }

  function checkError(
    actual: Loose,
    expected: Loose,
    message: Loose,
    fn: LooseFunction,
    diff: unknown,
  ): void {
    if (typeof expected !== 'function' && !types.isRegExp(expected)) {
      if (typeof actual === 'object' && actual !== null)
        checkProperties(actual, expected, message, fn, diff)
      else {
        const error = new AssertionError({
          actual,
          expected,
          message,
          operator: 'deepStrictEqual',
          stackStartFn: fn,
          diff,
        })
        error.operator = fn.name
        throw error
      }
      return
    }
    const complaint = complaintOf(actual, expected)
    if (complaint === undefined) return
    const generated = !message
    const options = {
      actual,
      expected,
      message: message || complaint,
      operator: fn.name,
      stackStartFn: fn,
      diff,
    }
    throw Object.assign(new AssertionError(options), { generatedMessage: generated })
  }

  /** What is wrong, when a class, a regular expression or a function is the expectation. */
  function complaintOf(actual: Loose, expected: Loose): string | undefined {
    if (types.isRegExp(expected)) {
      const text = String(actual)
      if (RegExp.prototype.exec.call(expected, text) !== null) return undefined
      return `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`
    }
    if (isInstance(actual, expected)) return undefined
    if (Object.prototype.isPrototypeOf.call(Error, expected)) {
      const start = `The error is expected to be an instance of "${expected.name}". Received `
      if (!isError(actual)) return `${start}"${inspect(actual, { depth: -1 })}"`
      const name = actual.constructor?.name || actual.name
      const received =
        expected.name === name
          ? 'an error with identical name but a different prototype.'
          : `"${name}"`
      return `${start}${received}${actual.message ? `\n\nError message:\n\n${actual.message}` : ''}`
    }
    const result = expected.call({}, actual)
    if (result === true) return undefined
    const name = expected.name ? `"${expected.name}" ` : ''
    const caught = isError(actual) ? `\n\nCaught error:\n\n${actual}` : ''
    return `The ${name}validation function is expected to return "true". Received ${inspect(result)}${caught}`
  }

  function checkProperties(
    actual: Loose,
    expected: Loose,
    message: Loose,
    fn: LooseFunction,
    diff: unknown,
  ): void {
    const keys = Object.keys(expected)
    if (expected instanceof Error) keys.push('name', 'message')
    else if (keys.length === 0) {
      throw createError('ERR_INVALID_ARG_VALUE', 'error', expected, 'may not be an empty object')
    }
    for (const key of keys) {
      if (matches(actual[key], expected[key])) continue
      if (key in actual && deepEqual(actual[key], expected[key], 'strict')) continue
      if (message) {
        fail({ actual, expected, message: [message], operator: fn.name, stackStartFn: fn, diff })
      }
      // Only what was asked for is shown.
      const error = new AssertionError({
        actual: new Comparison(actual, keys),
        expected: new Comparison(expected, keys, actual),
        operator: 'deepStrictEqual',
        stackStartFn: fn,
        diff,
      })
      throw Object.assign(error, { actual, expected, operator: fn.name })
    }
  }

  const matches = (actual: Loose, expected: Loose): boolean =>
    typeof actual === 'string' &&
    types.isRegExp(expected) &&
    RegExp.prototype.exec.call(expected, actual) !== null

  class Comparison {
    constructor(object: Loose, keys: string[], actual?: Loose) {
      for (const key of keys) {
        if (!(key in object)) continue
        // A pattern that fits is shown as the text that it fits.
        const isMatch = actual !== undefined && matches(actual[key], object[key])
        ;(this as Loose)[key] = isMatch ? actual[key] : object[key]
      }
    }
  }

  function expectNoError(
    kind: string,
    stackStartFn: LooseFunction,
    caught: Caught,
    args: Loose[],
    diff: unknown,
  ): void {
    if (!caught) return
    const actual = caught.error
    let [expected, message] = args
    if (typeof expected === 'string') {
      message = expected
      expected = undefined
    }
    if (expected && !hasMatch(actual, expected)) throw actual
    fail({
      actual,
      expected,
      operator: stackStartFn.name,
      message: [
        `Got unwanted ${kind}${message ? `: ${message}` : '.'}\nActual message: "${actual?.message}"`,
      ],
      stackStartFn,
      diff,
    })
  }

  function hasMatch(actual: Loose, expected: Loose): boolean {
    if (types.isRegExp(expected))
      return RegExp.prototype.exec.call(expected, String(actual)) !== null
    if (typeof expected !== 'function') {
      throw createError('ERR_INVALID_ARG_TYPE', 'expected', ['Function', 'RegExp'], expected)
    }
    if (isInstance(actual, expected)) return true
    return (
      !Object.prototype.isPrototypeOf.call(Error, expected) && expected.call({}, actual) === true
    )
  }

  return { caughtOf, rejectionOf, expectError, expectNoError }
}

/** Arrow functions have no instances, and asking throws. */
const isInstance = (value: Loose, Class: Loose): boolean =>
  Class.prototype !== undefined && value instanceof Class

export function ambiguous(reason: string, name = 'error/message'): Error {
  return codedError(
    TypeError,
    'ERR_AMBIGUOUS_ARGUMENT',
    `The "${name}" argument is ambiguous. ${reason}`,
  )
}
