/** What the calls of `vm` take beside their text, checked as node does. */

import { createError } from '../../../src/errors.ts'
import type { Loose } from '../loose.ts'
import {
  validateArray,
  validateBoolean,
  validateInteger,
  validateObject,
  validateOneOf,
  validateString,
} from '../validate.ts'

export interface CompileOptions {
  readonly filename: string
  readonly lineOffset: number
  readonly columnOffset: number
  readonly cachedData: unknown
  readonly produceCachedData: boolean
  readonly importModuleDynamically: unknown
  /** Of `compileFunction` only. */
  readonly parsingContext: unknown
  readonly contextExtensions: readonly object[]
}

/** @param ofFunction whether `compileFunction` asks */
export function readCompileOptions(given: unknown, ofFunction = false): CompileOptions {
  const options: Loose = typeof given === 'string' ? { filename: given } : given
  validateObject(options, 'options')
  const {
    filename = ofFunction ? '' : 'evalmachine.<anonymous>',
    lineOffset = 0,
    columnOffset = 0,
    cachedData,
    produceCachedData = false,
    importModuleDynamically,
    parsingContext,
    contextExtensions = [],
  } = options
  validateString(filename, 'options.filename')
  validateInteger(lineOffset, 'options.lineOffset', -2147483648, 2147483647)
  validateInteger(columnOffset, 'options.columnOffset', -2147483648, 2147483647)
  if (cachedData !== undefined && !ArrayBuffer.isView(cachedData)) {
    const expected = ['Buffer', 'TypedArray', 'DataView']
    throw createError('ERR_INVALID_ARG_TYPE', 'options.cachedData', expected, cachedData)
  }
  validateBoolean(produceCachedData, 'options.produceCachedData')
  if (!/^(?:undefined|function|symbol)$/.test(typeof importModuleDynamically)) {
    const name = 'options.importModuleDynamically'
    throw createError('ERR_INVALID_ARG_TYPE', name, 'function', importModuleDynamically)
  }
  validateArray(contextExtensions, 'options.contextExtensions')
  for (const [index, extension] of contextExtensions.entries()) {
    validateObject(extension, `options.contextExtensions[${index}]`, { nullable: true })
  }
  return {
    filename,
    lineOffset,
    columnOffset,
    cachedData,
    produceCachedData,
    importModuleDynamically,
    parsingContext,
    contextExtensions: contextExtensions.filter(Boolean),
  }
}

export function readParameters(parameters: unknown): readonly string[] {
  validateArray(parameters, 'params')
  for (const [index, name] of parameters.entries()) validateString(name, `params[${index}]`)
  return parameters
}

export interface RunOptions {
  readonly timeout: number | undefined
  readonly displayErrors: boolean
}

/** What a call of `run…` takes; most of it has no effect where no script can be interrupted. */
export function readRunOptions(options: Loose = {}): RunOptions {
  validateObject(options, 'options')
  const { breakOnSigint = false, displayErrors = true, timeout } = options
  if (timeout !== undefined) validateInteger(timeout, 'options.timeout', 1, 2 ** 32 - 1)
  validateBoolean(displayErrors, 'options.displayErrors')
  validateBoolean(breakOnSigint, 'options.breakOnSigint')
  return { timeout, displayErrors }
}

/** Checks the options of a context under the names which the call gives them: nothing of them can be honoured. */
export function checkContextOptions(options: Loose = {}, prefix: '' | 'context' = ''): void {
  validateObject(options, 'options')
  const of = (name: string) =>
    prefix === '' ? name : prefix + name[0]?.toUpperCase() + name.slice(1)
  for (const name of [of('name'), of('origin')]) {
    if (options[name] !== undefined) validateString(options[name], `options.${name}`)
  }
  const rules = options[of('codeGeneration')]
  if (rules !== undefined) {
    const name = `options.${of('codeGeneration')}`
    validateObject(rules, name)
    for (const kind of ['strings', 'wasm']) {
      if (rules[kind] !== undefined) validateBoolean(rules[kind], `${name}.${kind}`)
    }
  }
  if (options.microtaskMode !== undefined) {
    validateOneOf(options.microtaskMode, 'options.microtaskMode', ['afterEvaluate', undefined])
  }
}
