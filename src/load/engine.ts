/** What the parts of `load/` share: one object per loader, so that two loaders share nothing. */
import type { PackageScope } from '../resolve/place.ts'
import type { Resolver } from '../resolve/resolver.ts'
import type { Host, Unsettled, Volume } from '../seams.ts'
import type { BuiltinTable } from './builtins.ts'
import type { CircularExports } from './circular.ts'
import type { Compiler } from './compile.ts'
import type { Module, ModuleConstructor, ResolveFilenameOptions } from './module.ts'
import type { Settings } from './options.ts'

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
  /** Loads what `--require` and `--import` name, once. @returns a promise where that has to be waited for */
  preload: () => Promise<unknown> | undefined
  /** Whether no job of a promise will run before the program has to have ended. */
  readonly isSynchronous: boolean
  /** What `main` of an ES module has given that was taken for CommonJS at first. */
  running: Promise<object> | undefined
  /** Whether `require` takes them, too. */
  readonly takesModules: boolean
  /** The conditions that hold for `require`, and for `import`. */
  readonly requireConditions: ReadonlySet<string>
  readonly importConditions: ReadonlySet<string>
  /** A file's text as its extension's handler reads it. @throws ENOENT, EISDIR */
  readText: (filename: string) => string
  /** The package.json that has a say in how a file is read. */
  scopeOf: (filename: string) => PackageScope | undefined
  /** What a file's extension, or the package.json in charge, says of it. */
  declaredFormat: (filename: string) => Format | undefined
  /** The same, and where neither says anything, its text. */
  formatOf: (filename: string) => Format
}

export type Format = 'commonjs' | 'module'

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

/** The part of a loader that runs ES modules. */
export interface EsModules {
  /**
   * `import()`.
   * @param parent the file that asks
   */
  import(specifier: unknown, parent: string, options: unknown): Promise<object>
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
