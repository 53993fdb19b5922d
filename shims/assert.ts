// https://nodejs.org/docs/latest-v26.x/api/assert.html

import { codedError, createError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import { ambiguous, createErrorExpectations } from './internal/assert-throws.ts'
import { createAssertionError } from './internal/assertion-error.ts'
import { createSourceExpression } from './internal/assertion-source.ts'
import type { DeepEqual, Mode } from './internal/deep-equal.ts'
import type { Loose, LooseFunction } from './internal/loose.ts'
import { nameClass, nameFunction } from './internal/names.ts'
import { validateOneOf } from './internal/validate.ts'

const createAssert: Shim = (context) => {
  const util = context.require('util')
  const AssertionError = createAssertionError(context)
  const deepEqual: DeepEqual = context.require('internal/util').createDeepEqual(util.types)
  const sourceExpression = createSourceExpression(context)
  const optionsKey = Symbol('options')
  const isError = (value: unknown): boolean =>
    util.types.isNativeError(value) || value instanceof Error
  // Methods are often taken off their object: then there is no `this`, and the defaults hold.
  const diffOf = (self: Loose): unknown => self?.[optionsKey]?.diff

  /** @param options those of AssertionError, with `message` as the list of what the caller gave */
  function fail({ message: given, generatedMessage, ...options }: Loose): never {
    const error = new AssertionError({ ...options, message: messageOf(given, options) })
    if (generatedMessage !== undefined) error.generatedMessage = generatedMessage
    throw error
  }

  function messageOf(given: Loose[], { actual, expected }: Loose): string | undefined {
    const [first] = given
    const ignored = 'has trailing arguments that would be ignored.'
    if (given.length === 0) return undefined
    if (typeof first === 'string') return given.length > 1 ? util.format(...given) : first
    if (isError(first)) {
      if (given.length === 1) throw first
      throw ambiguous(
        `The error message was passed as error object "${first}" ${ignored}`,
        'message',
      )
    }
    if (typeof first !== 'function') {
      throw createError('ERR_INVALID_ARG_TYPE', 'message', ['string', 'function'], first)
    }
    if (given.length > 1) {
      throw ambiguous(
        `The error message with function "${first.name || 'anonymous'}" ${ignored}`,
        'message',
      )
    }
    try {
      const made = first(actual, expected)
      return typeof made === 'string' ? made : undefined
    } catch {
      return undefined
    }
  }

  const { caughtOf, rejectionOf, expectError, expectNoError } = createErrorExpectations(
    context,
    AssertionError,
    fail,
    deepEqual,
  )

  function checkTruth(fn: LooseFunction, args: Loose[]): void {
    const [value, message] = args
    if (value) return
    const isGenerated = args.length < 2 || message === undefined || message === null
    const generated = (): Loose[] => {
      if (args.length === 0) return ['No value argument passed to `assert.ok()`']
      const source = sourceExpression(fn)
      return source === undefined
        ? []
        : [`The expression evaluated to a falsy value:\n\n  ${source}\n`]
    }
    fail({
      actual: value,
      expected: true,
      message: isGenerated ? generated() : args.slice(1),
      operator: '==',
      stackStartFn: fn,
      generatedMessage: isGenerated,
    })
  }

  function Assert(this: Loose, options?: Loose): void {
    if (!new.target) {
      const text = 'Class constructor Assert cannot be invoked without `new`'
      throw codedError(TypeError, 'ERR_CONSTRUCT_CALL_REQUIRED', text)
    }
    const settings = Object.assign(
      Object.create(null),
      { strict: true, skipPrototype: false },
      options,
    )
    if (settings.diff !== undefined)
      validateOneOf(settings.diff, 'options.diff', ['simple', 'full'])
    this.AssertionError = AssertionError
    Object.defineProperty(this, optionsKey, { value: settings })
    if (settings.strict) Object.assign(this, strictForms(this))
  }

  const methods = Assert.prototype as Loose
  methods.fail = function fail(message: Loose) {
    if (isError(message)) throw message
    const error = new AssertionError({
      operator: 'fail',
      stackStartFn: fail,
      message: message === undefined ? 'Failed' : message,
      diff: diffOf(this),
    })
    if (message === undefined) error.generatedMessage = true
    throw error
  }
  methods.ok = function ok(...args: Loose[]) {
    checkTruth(ok, args)
  }

  /** An assertion about two values. */
  function define(
    name: string,
    operator: string,
    holds: (actual: Loose, expected: Loose, options: Loose) => boolean,
  ): void {
    const method = {
      [name](this: Loose, actual: Loose, expected: Loose, ...message: Loose[]) {
        // biome-ignore lint/complexity/noArguments: two times `undefined` is not the same as nothing
        if (arguments.length < 2) {
          throw codedError(
            TypeError,
            'ERR_MISSING_ARGS',
            'The "actual" and "expected" arguments must be specified',
          )
        }
        if (holds(actual, expected, this?.[optionsKey])) return
        fail({
          actual,
          expected,
          message,
          operator,
          stackStartFn: method[name],
          diff: diffOf(this),
        })
      },
    }
    methods[name] = method[name]
  }
  // biome-ignore lint/suspicious/noDoubleEquals: the legacy mode is defined by `==`
  const loosely = (a: Loose, b: Loose): boolean => a == b || (Number.isNaN(a) && Number.isNaN(b))
  const deeply =
    (mode: Mode) =>
    (a: Loose, b: Loose, options: Loose): boolean =>
      deepEqual(a, b, mode === 'strict' && options?.skipPrototype ? 'structure' : mode)
  const not =
    (holds: (a: Loose, b: Loose, options: Loose) => boolean) =>
    (a: Loose, b: Loose, options: Loose): boolean =>
      !holds(a, b, options)

  define('equal', '==', loosely)
  define('notEqual', '!=', not(loosely))
  define('deepEqual', 'deepEqual', deeply('loose'))
  define('notDeepEqual', 'notDeepEqual', not(deeply('loose')))
  define('deepStrictEqual', 'deepStrictEqual', deeply('strict'))
  define('notDeepStrictEqual', 'notDeepStrictEqual', not(deeply('strict')))
  define('strictEqual', 'strictEqual', Object.is)
  define('notStrictEqual', 'notStrictEqual', not(Object.is))
  define('partialDeepStrictEqual', 'partialDeepStrictEqual', deeply('partial'))

  function checkMatch(
    string: Loose,
    regexp: Loose,
    message: Loose[],
    fn: LooseFunction,
    wanted: boolean,
    diff: unknown,
  ): void {
    if (!util.types.isRegExp(regexp))
      throw createError('ERR_INVALID_ARG_TYPE', 'regexp', 'RegExp', regexp)
    const isText = typeof string === 'string'
    if (isText && (RegExp.prototype.exec.call(regexp, string) !== null) === wanted) return
    const isGenerated = message.length === 0
    const shown = util.inspect(string)
    const complaint = isText
      ? `The input ${wanted ? 'did not match' : 'was expected to not match'} the regular expression ` +
        `${util.inspect(regexp)}. Input:\n\n${shown}\n`
      : `The "string" argument must be of type string. Received type ${typeof string} (${shown})`
    fail({
      actual: string,
      expected: regexp,
      message: message[0] ? message : [complaint],
      operator: fn.name,
      stackStartFn: fn,
      diff,
      generatedMessage: isGenerated,
    })
  }
  methods.match = function match(string: Loose, regexp: Loose, ...message: Loose[]) {
    checkMatch(string, regexp, message, match, true, diffOf(this))
  }
  methods.doesNotMatch = function doesNotMatch(string: Loose, regexp: Loose, ...message: Loose[]) {
    checkMatch(string, regexp, message, doesNotMatch, false, diffOf(this))
  }

  methods.throws = function throws(fn: Loose, ...args: Loose[]) {
    expectError('exception', throws, caughtOf(fn), args, diffOf(this))
  }
  methods.rejects = async function rejects(promiseFn: Loose, ...args: Loose[]) {
    expectError('rejection', rejects, await rejectionOf(promiseFn), args, diffOf(this))
  }
  methods.doesNotThrow = function doesNotThrow(fn: Loose, ...args: Loose[]) {
    expectNoError('exception', doesNotThrow, caughtOf(fn), args, diffOf(this))
  }
  methods.doesNotReject = async function doesNotReject(fn: Loose, ...args: Loose[]) {
    expectNoError('rejection', doesNotReject, await rejectionOf(fn), args, diffOf(this))
  }

  methods.ifError = function ifError(err: Loose) {
    if (err === null || err === undefined) return
    let reason: string = util.inspect(err)
    if (typeof err === 'object' && typeof err.message === 'string') {
      reason = err.message === '' && err.constructor ? err.constructor.name : err.message
    }
    const error = new AssertionError({
      actual: err,
      expected: null,
      operator: 'ifError',
      message: `ifError got unwanted exception: ${reason}`,
      stackStartFn: ifError,
      diff: diffOf(this),
    })
    error.stack = joinStacks(error.stack, err.stack)
    throw error
  }

  function strictForms(source: Loose): object {
    return {
      equal: source.strictEqual,
      deepEqual: source.deepStrictEqual,
      notEqual: source.notStrictEqual,
      notDeepEqual: source.notDeepStrictEqual,
    }
  }

  function assert(...args: Loose[]): void {
    checkTruth(assert, args)
  }
  function strict(...args: Loose[]): void {
    checkTruth(strict, args)
  }
  const names = Object.keys(methods)
  // node's order, which `Object.keys(assert)` shows.
  names.splice(0, 2, 'ok', 'fail')
  assert.AssertionError = AssertionError
  for (const name of names) (assert as Loose)[name] = methods[name]
  assert.strict = Object.assign(strict, assert, strictForms(assert)) as Loose
  assert.strict.Assert = Assert
  assert.strict.strict = assert.strict
  nameClass(Assert, 'Assert')
  nameFunction(strict, 'strict')
  nameFunction(assert, 'assert')
  assert.Assert = Assert
  return assert
}

/** The frames of the assertion that the error's own stack lacks, then that stack. */
function joinStacks(stack: Loose, original: Loose): Loose {
  if (typeof original !== 'string' || typeof stack !== 'string') return stack
  const start = original.indexOf('\n    at')
  if (start === -1) return stack
  const frames = original.slice(start + 1).split('\n')
  let own = stack.split('\n')
  for (const frame of frames) {
    const index = own.indexOf(frame)
    if (index === -1) continue
    own = own.slice(0, index)
    break
  }
  return `${own.join('\n')}\n${frames.join('\n')}`
}

export default createAssert
