/** A module's text to the function that runs it, with node's five parameters and the guest's own globals in scope. */
import type { Evaluate, GuestScript, ModuleFunction } from '../seams.ts'
import { confineImports } from './dynamic-import.ts'
import type { GuestGlobals, Scope } from './globals.ts'
import { ownScheme } from './stack.ts'

const parameters = ['exports', 'require', 'module', '__filename', '__dirname']

/** What node puts around a module; guest code sees it as `Module.wrapper`. */
export const wrapper: readonly [string, string] = [
  `(function (${parameters.join(', ')}) { `,
  '\n});',
]

/** Behind the text of a module. */
const wrapperEnd = '\n})'

export interface Compiler {
  /** The files that were compiled, with the length of what stood before their first line. */
  readonly compiled: Map<string, number>
  compile(source: string, filename: string): ModuleFunction
  /**
   * The value of a text that is an expression once `open` stands before its first line and `})` behind it.
   * @param source has no `import()` in it
   */
  compileModule(open: string, source: string, url: string): unknown
  /** Whether a text that does not compile would, if it were one of an ES module. */
  isModule(error: unknown, source: string, filename: string): boolean
  /**
   * The engine's own error for the text of an ES module, where there is one; else the parser's.
   * @param place where the parser has stopped
   */
  moduleSyntaxError(source: string, url: string, error: unknown, place?: string): unknown
  /** A whole script, of `vm` or as a changed `Module.wrap` makes it; gives its completion value. */
  run(script: GuestScript): unknown
}

/** What `import()` of a CommonJS text calls. */
export type Importer = (specifier: unknown, filename: string, options: unknown) => Promise<object>

export function createCompiler(
  evaluate: Evaluate,
  globals: GuestGlobals,
  importer: Importer,
  isModuleText: (source: string, filename: string) => boolean,
): Compiler {
  const compiled = new Map<string, number>()

  /** The value of `open + source + close` inside a function whose parameters are the guest's globals. */
  function evaluateInScope(
    { names, values, isLive }: Scope,
    source: string,
    filename: string,
    open: string,
    confined?: { readonly source: string; readonly callee: string },
  ): unknown {
    const begin = isLive ? 'with (lodger$live) return' : 'return'
    const prefix = `(function (${confined ? `${names},${confined.callee}` : names}) { ${begin} ${open}`
    compiled.set(filename, evaluate.hidesPrefix ? 0 : prefix.length)
    const suffix = `${wrapperEnd} })`
    const text = confined?.source ?? source
    const inScope = evaluate({ prefix, source: text, suffix, filename }) as (
      ...values: unknown[]
    ) => unknown
    return confined
      ? inScope(...values, (specifier: unknown, options: unknown) =>
          importer(specifier, filename, options),
        )
      : inScope(...values)
  }

  function compile(source: string, filename: string): unknown {
    const scope = globals.scopeOf(source, filename)
    let run: unknown
    if (scope !== undefined) {
      run = evaluateInScope(scope, source, filename, wrapper[0], confineImports(source))
    } else if (evaluate.compileFunction !== undefined) {
      compiled.set(filename, 0)
      return evaluate.compileFunction(source, parameters, filename)
    } else {
      compiled.set(filename, evaluate.hidesPrefix ? 0 : wrapper[0].length)
      run = evaluate({ prefix: wrapper[0], source, suffix: wrapperEnd, filename })
    }
    if (textOf(run)?.length !== wrapper[0].length - 1 + source.length + 2) {
      // The text closed the function around it and opened another.
      throw new SyntaxError("Unexpected token '}'")
    }
    return run
  }

  /** By direct `eval`, which alone gives a completion value and sees a scope. */
  function runScript({ source, filename, scope, self, importer: own }: GuestScript): unknown {
    const confined = confineImports(source)
    const { names, values } = scope
      ? { names: 'lodger$scope', values: [scope] }
      : (globals.scopeOf(`eval(${source})`, filename) as Scope)
    const enter = evaluate({
      prefix: `(function (lodger$text,${confined?.callee ?? 'lodger$import'},${names}) { `,
      source: `${scope ? 'with (lodger$scope) ' : ''}return eval(lodger$text)`,
      suffix: ' })',
      filename: `${ownScheme}script`,
    }) as (...values: unknown[]) => unknown
    compiled.set(filename, 0)
    const name = /\s/.test(filename) ? encodeURI(filename) : filename
    return Reflect.apply(enter, self ?? globals.object, [
      `${confined?.source ?? source}\n//# sourceURL=${name}`,
      own ?? ((specifier: unknown, options: unknown) => importer(specifier, filename, options)),
      ...values,
    ])
  }

  function compileModule(open: string, source: string, url: string): unknown {
    const text = withoutHashbang(source)
    const scope = globals.scopeOf(text, url)
    if (scope !== undefined) return evaluateInScope(scope, text, url, open)
    compiled.set(url, evaluate.hidesPrefix ? 0 : open.length)
    return evaluate({ prefix: open, source: text, suffix: wrapperEnd, filename: url })
  }

  return {
    compiled,
    compileModule,
    isModule(error, source, filename) {
      if (!(error instanceof SyntaxError)) return false
      if (moduleSyntaxErrors.test(error.message)) return true
      // Engines often stumble over what follows an `await`.
      return /\bawait\b/.test(source) && isModuleText(source, filename)
    },
    moduleSyntaxError(source, url, error, place) {
      try {
        compileModule("(async function(){'use strict';", withoutModuleItems(source), url)
      } catch (own) {
        if (own instanceof SyntaxError) return named(own, url, place)
      }
      return named(error, url, place)
    },
    compile(source, filename) {
      try {
        return compile(withoutHashbang(source), filename) as ModuleFunction
      } catch (error) {
        throw named(error, filename)
      }
    },
    run(script) {
      try {
        return runScript(script)
      } catch (error) {
        throw named(error, script.filename)
      }
    },
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

/**
 * A SyntaxError says which file it is about, as node's do, even where the engine does not know.
 * @param place the file with the line, and what else is known
 */
function named(error: unknown, filename: string, place = filename): unknown {
  if (error instanceof SyntaxError && error.stack && !error.stack.includes(filename)) {
    error.stack = `${place}\n\n${error.stack}`
  }
  return error
}

/** As far as can be told of a text that nobody can parse: what only a module may have gives way to blanks. */
function withoutModuleItems(source: string): string {
  return source
    .replace(
      /^([ \t]*)import\b(?!\s*[(.])(?:[\w$\s,*]|\{[^}]*\})*(['"])[^'"]*\2(?:\s*with\s*\{[^}]*\})?/gm,
      '$1',
    )
    .replace(
      /^([ \t]*)export\s*(?:\*[\w$\s]*?|\{[^}]*\}\s*)(?:from\s*(['"])[^'"]*\2(?:\s*with\s*\{[^}]*\})?)?/gm,
      '$1',
    )
    .replace(/^([ \t]*)export\s+default\b/gm, '$1void ')
    .replace(/^([ \t]*)export\b/gm, '$1')
}

/** `#!` is a comment only at the very start of a script, and here it no longer is. */
function withoutHashbang(source: string): string {
  return source.startsWith('#!') ? `//${source.slice(2)}` : source
}
