/** What the parts of `load/` share: one object per loader, so that two loaders share nothing. */
import type { PackageScope } from '../resolve/place.ts'
import type { Resolver } from '../resolve/resolver.ts'
import type { Host, Unsettled, Volume } from '../seams.ts'
import type { BuiltinTable } from './builtins.ts'
import type { CircularExports } from './circular.ts'
import type { Compiler, Importer } from './compile.ts'
import type { GuestGlobals } from './globals.ts'
import type { Module, ModuleConstructor, ResolveFilenameOptions } from './module.ts'
import type { Settings } from './options.ts'
import type { Cleaner, StackMapper } from './stack.ts'

export interface Engine {
  readonly settings: Settings
  readonly host: Host
  readonly volume: Volume
  readonly resolver: Resolver
  readonly builtins: BuiltinTable
  readonly compiler: Compiler
  readonly circular: CircularExports
  /** Made when first needed: a program that asks for nothing need not pay for it. */
  readonly process: GuestProcess
  /** `process.mainModule` and `process.cwd()`, which do not need a process to be made. */
  readonly mainModule: unknown
  cwd(): string
  /** Set once, as soon as it is made. */
  Module: ModuleConstructor
  /** The directories of NODE_PATH and the like, as `_initPaths` last found them. */
  globalPaths: readonly string[]
  /** How many `require` calls are running. */
  depth: number
  /** Which modules are being loaded before the main one. */
  isPreloading: boolean
  disposed: boolean
  /** What the loader was given for ES modules; without it they are refused. */
  readonly modules: EsModules | undefined
  /** What `module.registerHooks` has registered; `undefined` while there is nothing, which costs nothing. */
  hooks: RequireHooks | undefined
  /** Stands around what evaluates a module that is required; absent, it costs nothing. */
  aroundEvaluation: ((module: Module, evaluate: () => void) => void) | undefined
  /** Told of what is asked for and of what runs, where the loader is to keep a record of it. */
  trace: Trace | undefined
  /** The caches of answers to requests, for who wants something to be looked for anew. */
  readonly memories: (() => Iterable<Memory>)[]
  /** What was required by way of `createRequire`, by the file that it was made for. */
  readonly createdRequires: Map<string, Module[]>
  /** Loads what `--require` and `--import` name, once. @returns a promise where that has to be waited for */
  preload: () => Promise<unknown> | undefined
  /** Whether no job of a promise will run before the program has to have ended. */
  readonly isSynchronous: boolean
  /** What `main` of an ES module has given that was taken for CommonJS at first. */
  running: Promise<object> | undefined
  /** The source maps of what was transpiled, as JSON by the name that stacks have for a text: a filename, of an ES module its URL. */
  readonly sourceMaps: Map<string, string>
  readonly cleaner: Cleaner
  /** What the loader was given for source maps; without it stacks name what was compiled. */
  readonly stacks: Stacks | undefined
  /** Whether `require` takes them, too. */
  readonly takesModules: boolean
  /** The conditions that hold for `require`, and for `import`. */
  readonly requireConditions: ReadonlySet<string>
  readonly importConditions: ReadonlySet<string>
  /** A file's text as its extension's handler reads it. @throws ENOENT, EISDIR */
  readText: (filename: string) => string
  /** The package.json that has a say in how a file is read. */
  scopeOf: (filename: string) => PackageScope | undefined
  /** What a file's extension, or the package.json in charge, says of it; `typescript` where only its text can. */
  declaredFormat: (filename: string) => Format | TypeScriptFormat | undefined
  /** The same, and where neither says anything, its text. */
  formatOf: (filename: string) => Format | `${Format}-typescript`
  /** What the loader was given for files that are not JavaScript; without it they are taken for it. */
  readonly transpiling: Transpiling | undefined
}

/** A cache of filenames or URLs; the answer may have more to it. */
export interface Memory {
  entries(): Iterable<readonly [key: string, answer: string | { readonly filename: string }]>
  delete(key: string): unknown
}

export interface Trace {
  /** @param target a filename, or the id of a builtin */
  requested(parent: Module | null | undefined, request: string, target: string): void
  /** @param from the URL of who asks @param url what it gets */
  asked(from: string, url: string): void
  /** @param subject a module or a record, or the id of a builtin */
  run<Result>(subject: object | string, run: () => Result): Result
}

export type Format = 'commonjs' | 'module'

/** node's names, also for JSX and the like; `typescript` is one that the text has to decide. */
export type TypeScriptFormat = `${Format}-typescript` | 'typescript'

/** The part of a loader that makes JavaScript of other languages. */
export interface Transpiling {
  /** `undefined` for JavaScript, and what is not taken. */
  formatOf(filename: string): TypeScriptFormat | undefined
  /** Whether a text without its types is all that comes of it, so that the names which it exports can be read in either. */
  readonly onlyStrips?: boolean
  /** @throws SyntaxError that names the place */
  compile(text: TypeScriptText): JavaScriptText
  /**
   * What an import of such a file means where node's rules alone would not find it.
   * @param parent the file that asks
   */
  find?(request: string, parent: string): string | undefined
  /** A file has changed, come or gone that may say how others are read. */
  forget?(filename: string): void
}

export interface TypeScriptText {
  readonly source: string
  /** Absolute, or a URL where that is all there is. */
  readonly filename: string
  readonly format: string
  /** As node's errors call the text. */
  readonly name: string
  /** As node calls the file that it refuses for its place. @default filename */
  readonly subject?: string
}

export interface JavaScriptText {
  readonly source: string
  /** `module`, `commonjs`; anything else where the text is to decide. */
  readonly format: string | undefined
  /** What stacks call it. */
  readonly name: string
}

/** What hooks, or node itself behind them, say that a request means. */
export interface FoundByHooks {
  readonly filename: string
  readonly url: string
  readonly format: string | undefined
}

/** A text from hooks, and what it is to be taken for. */
export interface LoadedByHooks {
  readonly source: string
  readonly format: string | undefined
}

/** Hooks, as `require` meets them. */
export interface RequireHooks {
  /** @param options of `require.resolve`; `undefined` where something is to be loaded */
  resolve(
    request: string,
    parent: Module | null | undefined,
    isMain: boolean,
    options?: ResolveFilenameOptions,
  ): FoundByHooks | undefined
  /** `undefined` where no hook puts a text in the builtin's place. */
  loadBuiltin(id: string, found: FoundByHooks | undefined): LoadedByHooks | undefined
  /** The text of a file. */
  load(url: string, filename: string, format: string | undefined): LoadedByHooks
}

/** An ES module, or what stands among them for a module of another format. */
export interface EsRecord {
  readonly url: string
  readonly format: string
  /** When it began to run, among all modules of the loader. */
  readonly turn: number | undefined
  readonly isRunning: boolean
  /** What its text asks for. */
  readonly requests: readonly { readonly specifier: string; readonly to: EsRecord }[]
}

/** The part of a loader that runs ES modules. */
export interface EsModules {
  /** Who is taken out is looked for and evaluated anew by the next who asks. */
  readonly records: Map<string, EsRecord>
  /** What `import()` led to: by the URL of the file that asked, and the specifier. */
  readonly dynamicImports: Map<string, Map<string, EsRecord>>
  /**
   * `import()`, or `import.source()`.
   * @param parent the file that asks
   */
  import: Importer
  /**
   * What a file's import would be, as far as no hook has a say.
   * @returns a filename, or the URL of what is no file
   */
  resolve(specifier: string, parent: string): string
  /**
   * A main program.
   * @returns its namespace, when it has run; where the engine is synchronous and it awaits nothing, `undefined`
   */
  main(filename: string): Promise<object> | undefined
  /** Modules that run before it, each when the one before has run. @returns a promise where that has to be waited for */
  preload(specifiers: readonly string[]): Promise<unknown> | undefined
  /** Whether a text is an ES module. */
  accepts(source: string, filename: string): boolean
  /** @throws SyntaxError where a text is no ES module */
  parse(filename: string, source: string): void
  /** A text that lies in no file. @returns as `main` */
  evaluate(source: string, url: string, isMain: boolean): Promise<object> | undefined
  /**
   * What `require` gives for an ES module, which has run by then.
   * @param requirers the files that led here, nearest first
   * @throws ERR_REQUIRE_ASYNC_MODULE, ERR_REQUIRE_CYCLE_MODULE, what the module throws
   */
  require(filename: string, source: string, requirers: readonly string[]): unknown
  /** The module for which all that have not run yet are waiting. */
  unsettled(): Unsettled | undefined
  /** `module.registerHooks` */
  registerHooks(hooks: unknown): object
  /** `module.syncBuiltinESMExports` */
  syncBuiltins(): void
  /**
   * A module is required that has not loaded yet.
   * @throws ERR_REQUIRE_CYCLE_MODULE where that is an ES module
   */
  refuseCycle(module: Module): void
}

/** The part of a loader that reads source maps. */
export interface Stacks extends StackMapper {
  /** The members of `Module` that are about source maps. */
  readonly members: object
  /** A stack of any engine with the author's places, from one that came straight from the engine. */
  mapStack(text: string): string
  /** The map of a file by the name that stacks have for it; the author's text of one that they have once they are mapped. */
  sourceMapOf(name: string): object | undefined
  sourceOf(name: string): string | undefined
  /** The guest's globals are all there. */
  start(globals: GuestGlobals): void
}

/** The part of the guest's `process` that the loader itself uses; guest code may patch it. */
export interface GuestProcess {
  mainModule: unknown
  readonly env: Record<string, string | undefined>
  argv: string[]
  readonly execPath: string
  cwd(): string
  emitWarning(message: string, type?: string, code?: string): void
  /** Tells listeners at once. */
  emit?(event: 'warning', warning: Error): unknown
  dlopen?(module: unknown, filename: string): unknown
}

/** The part that measures how long each `require` takes. */
export interface ModuleTimer {
  time<Result>(request: string, parent: Module | null | undefined, load: () => Result): Result
}

/** The part of a tracing channel that tells of a synchronous call. */
export interface TracingChannel {
  readonly hasSubscribers: boolean
  traceSync(
    call: (...parameters: never[]) => unknown,
    context: object,
    thisValue: unknown,
    ...parameters: unknown[]
  ): unknown
}
