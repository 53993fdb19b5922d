/**
 * https://nodejs.org/docs/latest-v26.x/api/vm.html: scripts and contexts within the loader's own realm. Not node's own
 * `vm` on node either: everywhere the same, and no other realm's `Function` for a guest to leave by.
 */

import { codedError, createError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import type { Loose } from './internal/loose.ts'
import { shapeMembers } from './internal/names.ts'
import { stubExports } from './internal/stub-exports.ts'
import { validateObject, validateString } from './internal/validate.ts'
import { type Context, createContext } from './internal/vm/contexts.ts'
import {
  type CompileOptions,
  checkContextOptions,
  readCompileOptions,
  readParameters,
  readRunOptions,
} from './internal/vm/options.ts'
import { type Run, runInContext } from './internal/vm/run.ts'

const shim: Shim = (context) => {
  const { global, host } = context
  const exports: Loose = stubExports(context)
  const { DONT_CONTEXTIFY } = exports.constants
  const contexts = new WeakMap<object, Context>()
  const main: Context = { global, sandbox: global, lexicals: Object.create(null) }

  function contextOf(object: unknown, name: string, expected = 'vm.Context'): Context {
    const found = typeof object === 'object' && object !== null ? contexts.get(object) : undefined
    if (found === undefined) throw createError('ERR_INVALID_ARG_TYPE', name, expected, object)
    return found
  }

  /** The time limit can be kept only afterwards: nothing here can interrupt a script. */
  function runWithin(where: Context, run: Run, options: Loose): unknown {
    const { timeout = Infinity, displayErrors } = readRunOptions(options)
    const start = host.uptime()
    let value: unknown
    try {
      value = runInContext(context, where, run)
    } catch (error) {
      if (displayErrors) showPlace(error, run)
      throw error
    }
    if (host.uptime() - start <= timeout) return value
    throw codedError(
      Error,
      'ERR_SCRIPT_EXECUTION_TIMEOUT',
      `Script execution timed out after ${timeout}ms`,
    )
  }

  /** As many lines and columns before it as the caller wants stacks to count. */
  function runOf(source: string, options: CompileOptions, lead = ''): Run {
    const { filename, lineOffset, columnOffset, importModuleDynamically } = options
    const shift = '\n'.repeat(blanks(lineOffset)) + ' '.repeat(blanks(columnOffset))
    // The symbol asks for the loader's own.
    const importer =
      typeof importModuleDynamically !== 'symbol' &&
      (() => refuseImport(importModuleDynamically !== undefined))
    return { source: lead + shift + source, filename, ...(importer && { importer }) }
  }

  /** Nothing stands before the beginning; nor do more blanks than a text of that size has any need for. */
  function blanks(offset: number): number {
    return offset < 0 || offset > 1_000_000 ? 0 : offset
  }

  class Script {
    readonly #run: Run
    sourceURL: string | undefined
    sourceMapURL: string | undefined
    declare cachedData?: unknown
    declare cachedDataProduced?: boolean
    declare cachedDataRejected?: boolean

    constructor(code: unknown, options: unknown = {}) {
      const source = `${code}`
      const read = readCompileOptions(options)
      this.#run = runOf(source, read)
      checkSyntax(this.#run)
      this.sourceURL = lastComment(source, 'sourceURL')
      this.sourceMapURL = lastComment(source, 'sourceMappingURL')
      if (read.cachedData !== undefined) this.cachedDataRejected = true
      if (!read.produceCachedData) return
      this.cachedDataProduced = true
      this.cachedData = this.createCachedData()
    }

    /** There is nothing that could be kept, and what is handed in is rejected. */
    createCachedData(): unknown {
      return context.require('buffer').Buffer.alloc(0)
    }

    runInThisContext(options?: unknown): unknown {
      return runWithin(main, this.#run, options)
    }

    runInContext(contextifiedObject: unknown, options?: unknown): unknown {
      return runWithin(contextOf(contextifiedObject, 'contextifiedObject'), this.#run, options)
    }

    runInNewContext(contextObject?: unknown, options?: unknown): unknown {
      checkContextOptions(options, 'context')
      return this.runInContext(own.createContext(contextObject), options)
    }
  }

  const own = {
    Script,
    createContext(contextObject: unknown = {}, options: unknown = {}): unknown {
      if (contextObject !== DONT_CONTEXTIFY && own.isContext(contextObject)) return contextObject
      checkContextOptions(options)
      const made = createContext(contextObject === DONT_CONTEXTIFY ? {} : contextObject, global)
      contexts.set(made.global, made)
      if (contextObject === DONT_CONTEXTIFY) return made.global
      contexts.set(contextObject as object, made)
      return contextObject
    },
    createScript: (code: unknown, options: unknown): Script => new Script(code, options),
    runInContext(code: unknown, contextifiedObject: unknown, options?: unknown): unknown {
      contextOf(contextifiedObject, 'contextifiedObject')
      return new Script(code, named(options)).runInContext(contextifiedObject, named(options))
    },
    runInNewContext(code: unknown, contextObject?: unknown, options?: unknown): unknown {
      checkContextOptions(named(options), 'context')
      return own.runInContext(code, own.createContext(contextObject), options)
    },
    runInThisContext(code: unknown, options?: unknown): unknown {
      return new Script(code, named(options)).runInThisContext(named(options))
    },
    isContext(object: unknown): boolean {
      validateObject(object, 'object', { array: true, function: true })
      return contexts.has(object as object)
    },
    compileFunction(code: unknown, parameters: unknown = [], options: unknown = {}): unknown {
      validateString(code, 'code')
      const names = readParameters(parameters)
      validateObject(options, 'options')
      const read = readCompileOptions(options, true)
      const where =
        read.parsingContext === undefined
          ? main
          : contextOf(read.parsingContext, 'options.parsingContext', 'Context')
      const run = runOf(`${code}\n})`, read, `(function (${names.join(',')}) {`)
      const fn = runInContext(context, where, {
        ...run,
        ...(read.contextExtensions.length > 0 && { extensions: read.contextExtensions }),
      }) as Loose
      // The text must not close the function around it and open another.
      if (typeof fn !== 'function' || String(fn).length !== run.source.length - 2) {
        throw new SyntaxError("Unexpected token '}'")
      }
      if (read.cachedData !== undefined) fn.cachedDataRejected = true
      if (read.produceCachedData) {
        fn.cachedDataProduced = true
        fn.cachedData = context.require('buffer').Buffer.alloc(0)
      }
      return fn
    },
  }

  /** Throws what an engine finds wrong before anything runs. */
  function checkSyntax(run: Run): void {
    const sentinel = {}
    const source = `${/^\s*(['"])use strict\1/.exec(run.source)?.[0] ?? ''};throw lodger$probe;${run.source}`
    const scope = new Proxy(sentinel, {
      has: (_, name) => name === 'lodger$probe',
      get: (_, name) => (name === 'lodger$probe' ? sentinel : undefined),
    })
    try {
      context.runScript({ source, filename: run.filename, scope })
    } catch (error) {
      if (error !== sentinel) throw error
    }
  }

  shapeMembers(Script.prototype, 'runInContext/2 runInNewContext/2 runInThisContext/1')
  return Object.assign(
    exports,
    shapeMembers(
      own,
      'Script/1 createContext/0 createScript/2 runInContext/3 runInNewContext/3 runInThisContext/2 compileFunction/2',
    ),
  )
}

function refuseImport(hasCallback: boolean): Promise<never> {
  const code = 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING'
  const error = hasCallback
    ? codedError(
        TypeError,
        `${code}_FLAG`,
        'A dynamic import callback was invoked without --experimental-vm-modules',
      )
    : codedError(TypeError, code, 'A dynamic import callback was not specified.')
  return Promise.reject(error)
}

/** A string is the filename. */
function named(options: unknown): unknown {
  return typeof options === 'string' ? { filename: options } : options
}

/** As node does with what a script throws: the line that it comes from goes before the stack. */
function showPlace(error: unknown, { source, filename }: Run): void {
  const stack: unknown = error instanceof Error ? error.stack : undefined
  if (typeof stack !== 'string' || stack.startsWith(`${filename}:`)) return
  const [place, line, column] = placeIn(stack, filename)
  const text = source.split('\n')[line - 1]
  if (text === undefined) return
  const before = text.slice(0, column - 1)
  const thrown = before.search(/\bthrow\s[^;{}]*$/)
  const margin = before.slice(0, thrown === -1 ? undefined : thrown).replace(/[^\t]/g, ' ')
  try {
    ;(error as Error).stack = `${place}\n${text}\n${margin}^\n\n${stack}`
  } catch {
    // A frozen error keeps its stack.
  }
}

/** The first place of that file in a stack. */
function placeIn(stack: string, filename: string): [place: string, line: number, column: number] {
  const at = stack.indexOf(`${filename}:`)
  const [place = '', line, column] =
    at === -1 ? [] : (/^:(\d+):(\d+)/.exec(stack.slice(at + filename.length)) ?? [])
  return [`${filename}${place.replace(/:\d+$/, '')}`, Number(line), Number(column)]
}

function lastComment(source: string, name: string): string | undefined {
  const pattern = new RegExp(`^[^\\S\\n]*//[#@] ${name}=[^\\S\\n]*(\\S+)[^\\S\\n]*$`, 'gm')
  return [...source.matchAll(pattern)].at(-1)?.[1]
}

export default shim
