/** `assert.AssertionError`. https://nodejs.org/docs/latest-v26.x/api/assert.html#class-assertassertionerror */

import type { ShimContext } from '../../src/seams.ts'
import { type Colors, createDiffMessage, inspectForDiff, lead } from './assertion-diff.ts'
import type { Loose } from './loose.ts'
import { nameClass } from './names.ts'
import { shouldColorize } from './style-text.ts'
import { validateObject } from './validate.ts'

const none: Colors = { blue: '', green: '', white: '', red: '', gray: '', hasColors: false }
const ansi: Colors = {
  blue: '\u001b[34m',
  green: '\u001b[32m',
  white: '\u001b[39m',
  red: '\u001b[31m',
  gray: '\u001b[90m',
  hasColors: true,
}

const longText = 512

export function createAssertionError(context: ShimContext): Loose {
  const util = (): Loose => context.require('util')
  const colors = (): Colors =>
    shouldColorize(context, context.require('process').stderr) ? ansi : none
  const hasDiff = (operator: string): boolean =>
    operator === 'deepStrictEqual' ||
    operator === 'strictEqual' ||
    operator === 'partialDeepStrictEqual'

  function describeFailure(
    { message, operator, diff = 'simple' }: Loose,
    actual: Loose,
    expected: Loose,
  ): string {
    const { inspect } = util()
    const isFull = diff === 'full'
    if (hasDiff(operator)) {
      const stderr = context.require('process').stderr
      const width = stderr?.isTTY ? stderr.columns : 80
      return createDiffMessage(inspect, actual, expected, {
        operator,
        message,
        isFull,
        colors: colors(),
        width,
      })
    }
    if (message !== undefined && message !== null) return String(message)

    let shown = inspectForDiff(inspect, actual)
    if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') {
      const isReference =
        operator === 'notStrictEqual' &&
        actual !== null &&
        /^(object|function)$/.test(typeof actual)
      const base = isReference ? lead.notStrictEqualObject : lead[operator]
      const lines = shown.split('\n')
      if (lines.length > 50 && !isFull)
        lines.splice(46, Infinity, `${colors().blue}...${colors().white}`)
      if (lines.length > 1) return `${base}\n\n${lines.join('\n')}\n`
      return `${base}${shown.length > 5 ? '\n\n' : ' '}${shown}`
    }
    let other = inspectForDiff(inspect, expected)
    const known = lead[operator]
    const cut = (text: string, length: number): string =>
      text.length > length && !isFull ? `${text.slice(0, length - 3)}...` : text
    if (operator === 'notDeepEqual' && shown === other) return cut(`${known}\n\n${shown}`, 1024)
    shown = cut(shown, longText)
    other = cut(other, longText)
    if (operator === 'deepEqual')
      return `${known}\n\n${shown}\n\nshould loosely deep-equal\n\n${other}`
    const unequal = lead[`${operator}Unequal`]
    if (unequal) return `${unequal}\n\n${shown}\n\nshould not loosely deep-equal\n\n${other}`
    return `${shown} ${operator} ${other}`
  }

  class AssertionError extends Error {
    declare generatedMessage: boolean
    declare code: string
    declare actual: unknown
    declare expected: unknown
    declare operator: unknown
    declare diff: string

    constructor(options: Loose) {
      validateObject(options, 'options')
      const { message, operator, details, diff = 'simple' } = options
      let { actual, expected } = options
      if (
        (message === undefined || message === null) &&
        actual instanceof Error &&
        expected instanceof Error
      ) {
        // Their stacks always differ and say nothing.
        actual = withoutStack(actual)
        expected = withoutStack(expected)
      }
      super(describeFailure(options, actual, expected))
      this.generatedMessage = !message
      // Without a prototype: an assertion may be about a polluted `Object.prototype`.
      const name = { value: 'AssertionError [ERR_ASSERTION]', writable: true, configurable: true }
      Object.defineProperty(this, 'name', Object.setPrototypeOf(name, null))
      this.code = 'ERR_ASSERTION'
      if (details) addDetails(this, details)
      else Object.assign(this, { actual, expected, operator })
      // The stack begins where the assertion was called, with the code in its first line.
      const { captureStackTrace } = Error as Loose
      captureStackTrace?.(this, options.stackStartFn || options.stackStartFunction)
      void this.stack
      this.name = 'AssertionError'
      this.diff = diff
    }

    override toString(): string {
      return `${this.name} [${this.code}]: ${this.message}`
    }

    [Symbol.for('nodejs.util.inspect.custom')](_depth: number, options: Loose): string {
      // The message compares the two already: here they are shortened.
      const { actual, expected } = this
      if (typeof actual === 'string') this.actual = shorten(actual)
      if (typeof expected === 'string') this.expected = shorten(expected)
      const shown = util().inspect(this, { ...options, customInspect: false, depth: 0 })
      this.actual = actual
      this.expected = expected
      return shown
    }
  }
  return nameClass(AssertionError, 'AssertionError')
}

function addDetails(error: Loose, details: Loose[]): void {
  Object.assign(error, { actual: undefined, expected: undefined, operator: undefined })
  for (const [index, detail] of details.entries()) {
    for (const name of ['message', 'actual', 'expected', 'operator'])
      error[`${name} ${index}`] = detail[name]
    error[`stack trace ${index}`] = detail.stack
  }
}

function withoutStack(error: Loose): Loose {
  const copy = Object.assign(Object.create(Object.getPrototypeOf(error)), error)
  Object.defineProperty(copy, 'message', { value: error.message })
  if (Object.hasOwn(error, 'cause')) {
    const { cause } = error
    Object.defineProperty(copy, 'cause', {
      value: cause instanceof Error ? withoutStack(cause) : cause,
    })
  }
  return copy
}

function shorten(text: string): string {
  const lines = text.split('\n', 11)
  if (lines.length > 10) return `${lines.slice(0, 10).join('\n')}\n...`
  // The rest, not the beginning: so node does it.
  return text.length > longText ? `${text.slice(longText)}...` : text
}
