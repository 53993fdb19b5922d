/** A module's text to the function that runs it, with node's five parameters and the guest's own globals in scope. */
import { createError } from '../errors.ts'
import type { Evaluate, ModuleFunction } from '../seams.ts'
import { confineImports } from './dynamic-import.ts'
import type { GuestGlobals } from './globals.ts'

/** What node puts around a module; guest code sees it as `Module.wrapper`. */
export const wrapper = [
  '(function (exports, require, module, __filename, __dirname) { ',
  '\n});',
] as const

export interface Compiler {
  /** The files that were compiled, with the length of what stood before their first line. */
  readonly compiled: Map<string, number>
  compile(source: string, filename: string): ModuleFunction
  /** A whole script, as a changed `Module.wrap` makes it; gives its completion value. */
  run(script: string, filename: string): unknown
}

export function createCompiler(evaluate: Evaluate, globals: GuestGlobals): Compiler {
  const compiled = new Map<string, number>()
  /** The same names serve most modules. */
  let lastNames: readonly string[] = []
  let lastList = ''

  function evaluateInScope(source: string, filename: string, open: string, close: string): unknown {
    const confined = confineImports(source)
    const text = confined?.source ?? source
    const scope = globals.scopeOf(text)
    const names = confined ? [...scope.names, confined.callee] : scope.names
    if (names !== lastNames) {
      lastNames = names
      lastList = names.join(', ')
    }
    const prefix = `(function (${lastList}) { return ${open}`
    compiled.set(filename, evaluate.hidesPrefix ? 0 : prefix.length)
    const inScope = named(filename, () =>
      evaluate({ prefix, source: text, suffix: `${close} })`, filename }),
    ) as (...values: unknown[]) => unknown
    return confined
      ? inScope(...scope.values, (specifier: unknown) => refuseImport(specifier, filename))
      : inScope(...scope.values)
  }

  return {
    compiled,
    compile(source, filename) {
      const text = withoutHashbang(source)
      const run = evaluateInScope(text, filename, wrapper[0], '\n})') as ModuleFunction
      if (textOf(run)?.length !== wrapper[0].length - 1 + text.length + 2) {
        // The text closed the function around it and opened another.
        throw new SyntaxError("Unexpected token '}'")
      }
      return run
    },
    run: (script, filename) => evaluateInScope(`${JSON.stringify(script)}`, filename, 'eval(', ')'),
  }
}

const functionToString = Function.prototype.toString

/** A function's text, whatever guest code has made of `toString`. */
function textOf(run: unknown): string | undefined {
  return typeof run === 'function' ? Reflect.apply(functionToString, run, []) : undefined
}

/**
 * What engines say where a text is an ES module: V8 (with the names that only a CommonJS module declares for it),
 * SpiderMonkey, JavaScriptCore, QuickJS.
 */
const moduleSyntaxErrors =
  /import statement outside a module|import\.meta|token 'export'|await is only valid|Unexpected reserved word|Identifier '(?:exports|require|module|__filename|__dirname)' has already|declarations may only appear at top level|keyword '(?:export|import)'|unsupported keyword: export/

export function isModuleSyntaxError(error: unknown): boolean {
  return error instanceof SyntaxError && moduleSyntaxErrors.test(error.message)
}

/** A SyntaxError says which file it is about, as node's do, even where the engine does not know. */
function named(filename: string, compile: () => unknown): unknown {
  try {
    return compile()
  } catch (error) {
    if (error instanceof SyntaxError && error.stack && !error.stack.includes(filename)) {
      error.stack = `${filename}\n\n${error.stack}`
    }
    throw error
  }
}

/** `#!` is a comment only at the very start of a script, and here it no longer is. */
function withoutHashbang(source: string): string {
  return source.startsWith('#!') ? `//${source.slice(2)}` : source
}

function refuseImport(specifier: unknown, filename: string): Promise<never> {
  return Promise.reject(createError('ERR_LODGER_DYNAMIC_IMPORT', String(specifier), filename))
}
