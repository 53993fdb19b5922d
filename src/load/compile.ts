/** A module's text to the function that runs it, with node's five parameters and the guest's own globals in scope. */
import type { Evaluate, GuestScript, ModuleFunction } from '../seams.ts'
import { confineImports } from './dynamic-import.ts'
import type { GlobalChanges, GuestGlobals, Scope } from './globals.ts'
import { type ImportRequest, importOf } from './import-of.ts'
import { type Compiled, ownScheme } from './stack.ts'

const parameters = ['exports', 'require', 'module', '__filename', '__dirname']

/** What node puts around a module; guest code sees it as `Module.wrapper`. */
export const wrapper: readonly [string, string] = [
  `(function (${parameters.join(', ')}) { `,
  '\n});',
]

/** Behind the text of a module. */
const wrapperEnd = '\n})'

export interface Compiler {
  /** The files that were compiled, by the names that stacks have for them. */
  readonly compiled: ReadonlyMap<string, Compiled>
  /** @param name what stacks call it */
  compile(source: string, filename: string, name?: string): ModuleFunction
  /**
   * The value of a text that is an expression once `open` stands before its first line and `})` behind it.
   * @param source has no `import()` in it
   * @param columnOf where something was put into the source: the author's column for one of it
   */
  compileModule(open: string, source: string, url: string, columnOf?: Compiled['columnOf']): unknown
  readonly changedGlobals: GlobalChanges
  /** See `GuestGlobals`. */
  globalOf(filename: string): object
  /** Whether a text that does not compile would, if it were one of an ES module. */
  isModule(error: unknown, source: string, filename: string): boolean
  /** A whole script, of `vm` or as a changed `Module.wrap` makes it; gives its completion value. */
  run(script: GuestScript): unknown
}

/** What `import()` of a CommonJS text calls. */
export type Importer = (filename: string, ...request: ImportRequest) => Promise<object>

export function createCompiler(
  evaluate: Evaluate,
  globals: GuestGlobals,
  importer: Importer,
  isModuleText: (source: string, filename: string) => boolean | undefined,
): Compiler {
  const compiled = new Map<string, Compiled>()
  const importIn = (filename: string, own?: GuestScript['importer']) =>
    importOf(own ?? ((...request) => importer(filename, ...request)))

  function note(
    filename: string,
    source: string,
    open: string,
    columnOf?: Compiled['columnOf'],
  ): void {
    const comments = commentsOf(source)
    const prefix = evaluate.hidesPrefix ? 0 : open.length
    const text = { filename, prefix, columnOf, comments }
    compiled.set(filename, text)
    const name = comments && /sourceURL=(\S+)/.exec(comments)?.[1]
    if (name) compiled.set(name, text)
  }

  /** The value of `open + source + close` inside a function whose parameters are the guest's globals. */
  function evaluateInScope(
    { names, values, live }: Scope,
    source: string,
    filename: string,
    open: string,
    confined?: { readonly source: string; readonly callee: string },
    name = filename,
    columnOf?: Compiled['columnOf'],
  ): unknown {
    const given = ['lodger$keep', 'lodger$live', confined?.callee ?? [], names].flat()
    const begin = live ? 'with (lodger$live) return' : 'return'
    const update = `lodger$keep(function () { ({${names}} = this) })`
    const prefix = `(function (${given.join()}) { ${update}; ${begin} ${open}`
    note(name, source, prefix, columnOf)
    const suffix = `${wrapperEnd} })`
    const text = confined?.source ?? source
    const inScope = evaluate({ prefix, source: text, suffix, filename: name }) as (
      ...values: unknown[]
    ) => unknown
    const keep = (giveValues: () => void) =>
      globals.keep(name, names, giveValues.bind(globals.objectOf(filename)))
    return inScope(keep, live, ...(confined ? [importIn(filename)] : []), ...values)
  }

  function compile(source: string, filename: string, name: string): unknown {
    const scope = globals.scopeOf(source, filename)
    let run: unknown
    if (scope !== undefined) {
      run = evaluateInScope(scope, source, filename, wrapper[0], confineImports(source), name)
    } else if (evaluate.compileFunction !== undefined) {
      note(name, source, '')
      return evaluate.compileFunction(source, parameters, name)
    } else {
      note(name, source, wrapper[0])
      run = evaluate({ prefix: wrapper[0], source, suffix: wrapperEnd, filename: name })
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
    note(filename, source, '')
    const name = /\s/.test(filename) ? encodeURI(filename) : filename
    return Reflect.apply(enter, self ?? globals.object, [
      `${confined?.source ?? source}\n//# sourceURL=${name}`,
      importIn(filename, own),
      ...values,
    ])
  }

  function compileModule(
    open: string,
    source: string,
    url: string,
    columnOf?: Compiled['columnOf'],
  ): unknown {
    const text = withoutHashbang(source)
    const scope = globals.scopeOf(text, url, true)
    if (scope !== undefined)
      return evaluateInScope(scope, text, url, open, undefined, url, columnOf)
    note(url, text, open, columnOf)
    return evaluate({ prefix: open, source: text, suffix: wrapperEnd, filename: url })
  }

  return {
    compiled,
    changedGlobals: globals.changes,
    globalOf: (filename) => globals.objectOf(filename),
    compileModule,
    isModule(error, source, filename) {
      if (!(error instanceof SyntaxError)) return false
      const { message } = error
      const isUnclear = unclearErrors.some(([said, has]) => said.test(message) && has.test(source))
      if (isUnclear || moduleSyntaxErrors.test(message)) return true
      if (scriptErrors.test(message)) return isModuleText(source, filename) !== false
      // Engines often stumble over what follows an `await`.
      return /\bawait\b/.test(source) && isModuleText(source, filename) === true
    },
    compile(source, filename, name = filename) {
      try {
        return compile(withoutHashbang(source), filename, name) as ModuleFunction
      } catch (error) {
        throw named(error, name)
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

/** What engines say where only an ES module can be meant: V8, SpiderMonkey, JavaScriptCore, QuickJS. */
const moduleSyntaxErrors =
  /import statement outside a module|import\.meta|token 'export'|declarations may only appear at top level|keyword '(?:export|import)'|unsupported keyword: export|invalid redefinition of parameter name/

/** What V8 says of an `await` at the top, and of names that only a CommonJS module declares: either is fine in an ES module. */
const scriptErrors =
  /await is only valid|Unexpected reserved word|Identifier '(?:exports|require|module|__filename|__dirname)' has already/

/** What QuickJS says of mistakes, too, and what a text has if it is none. */
const unclearErrors: readonly (readonly [RegExp, RegExp])[] = [
  [/^expecting '\('$/, /^\s*import\b(?!\s*[(.])|\bfor\s+await\b/m],
  [/^expecting ';'$/, /\bawait\b/],
]

/** A SyntaxError says which file it is about, as node's do, even where the engine does not know. */
function named(error: unknown, filename: string): unknown {
  if (error instanceof SyntaxError && error.stack && !error.stack.includes(filename)) {
    error.stack = `${filename}\n\n${error.stack}`
  }
  return error
}

/** The comments for tools at the end of a text, where these write them: a text is not searched while it loads. */
function commentsOf(source: string): string | undefined {
  const end = source.trimEnd().length
  let start = end
  while (start > 0) {
    const lineStart = source.lastIndexOf('\n', start - 1) + 1
    if (!source.startsWith('//# source', lineStart)) break
    start = lineStart - 1
  }
  return start < end ? source.slice(Math.max(0, start), end) : undefined
}

/** `#!` is a comment only at the very start of a script, and here it no longer is. */
function withoutHashbang(source: string): string {
  return source.startsWith('#!') ? `//${source.slice(2)}` : source
}
