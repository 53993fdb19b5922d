/** https://nodejs.org/docs/latest-v26.x/api/vm.html: scripts of the loader's own realm; further contexts it cannot make. */

import type { Shim } from '../src/seams.ts'
import type { Loose } from './internal/loose.ts'
import { shapeMembers } from './internal/names.ts'
import { stubExports } from './internal/stub-exports.ts'
import {
  validateArray,
  validateInteger,
  validateObject,
  validateString,
} from './internal/validate.ts'

const shim: Shim = (context) => {
  const exports: Loose = stubExports(context)

  /** Options that every compiling call shares; a string is the filename. */
  function readOptions(options: unknown): { filename: string } {
    const read: Loose = typeof options === 'string' ? { filename: options } : (options ?? {})
    validateObject(read, 'options')
    const { filename = 'evalmachine.<anonymous>', lineOffset = 0, columnOffset = 0 } = read
    validateString(filename, 'options.filename')
    validateInteger(lineOffset, 'options.lineOffset', -2147483648, 2147483647)
    validateInteger(columnOffset, 'options.columnOffset', -2147483648, 2147483647)
    return { filename }
  }

  const run = (source: string, filename: string) =>
    context.evaluate({ prefix: '', source, suffix: '', filename })

  class Script {
    readonly #code: string
    readonly #filename: string
    cachedDataRejected = undefined
    sourceMapURL = undefined

    constructor(code: unknown, options?: unknown) {
      this.#code = `${code}`
      this.#filename = readOptions(options).filename
    }

    runInThisContext(): unknown {
      return run(this.#code, this.#filename)
    }

    runInContext(): unknown {
      return exports.createContext()
    }

    runInNewContext(): unknown {
      return exports.createContext()
    }
  }

  shapeMembers(Script.prototype, 'runInContext/2 runInNewContext/2 runInThisContext/1')
  const own = {
    Script,
    isContext(object: unknown): boolean {
      validateObject(object, 'object', { array: true, function: true })
      return false
    },
    runInThisContext(code: unknown, options?: unknown): unknown {
      return new Script(code, options).runInThisContext()
    },
    compileFunction(code: unknown, parameters: unknown = [], options?: unknown): unknown {
      validateString(code, 'code')
      validateArray(parameters, 'params')
      for (const [index, name] of (parameters as unknown[]).entries()) {
        validateString(name, `params[${index}]`)
      }
      const { filename } = readOptions(options)
      return context.evaluate({
        prefix: `(function (${(parameters as string[]).join(', ')}) {`,
        source: code as string,
        suffix: '\n})',
        filename,
      })
    },
  }
  return Object.assign(exports, shapeMembers(own, 'Script/1 compileFunction/2'))
}

export default shim
