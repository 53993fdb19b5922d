/** One loader: everything of `load/` put together over a volume, shims and a host. */
import { createError } from '../errors.ts'
import { join, resolve } from '../path.ts'
import { explain } from '../resolve/index.ts'
import { Resolver } from '../resolve/resolver.ts'
import {
  type Evaluate,
  type Explanation,
  type Host,
  type Identity,
  Kind,
  type Programs,
  type RequestMode,
  type Shim,
  type ShimContext,
  type Volume,
} from '../seams.ts'
import { createBuiltins } from './builtins.ts'
import { createCircularExports } from './circular.ts'
import { createCompiler, type Importer } from './compile.ts'
import type { Engine, EsModules, GuestProcess, Stacks, Transpiling } from './engine.ts'
import { installExtensions } from './extensions.ts'
import { createGlobals, type GuestGlobals } from './globals.ts'
import { warnOfLegacyMain } from './legacy-main.ts'
import { createModuleConstructor, type Module, type ModuleConstructor } from './module.ts'
import { installApi } from './module-api.ts'
import { installLoad } from './module-load.ts'
import { initPaths, installResolution } from './module-resolve.ts'
import { expectString, type Settings } from './options.ts'
import { createPlainProcess } from './process.ts'
import { createCleaner } from './stack.ts'
import type { Upkeep } from './upkeep.ts'
import { load } from './watched-load.ts'

/** What a host or an entry hands in. */
export interface LoaderParts {
  readonly settings: Settings
  readonly volume: Volume
  readonly host: Host
  readonly evaluate: Evaluate
  readonly shims: Readonly<Record<string, Shim>>
  /** Which program of several it is, and what starts more; without them it is the only one. */
  readonly identity?: Identity
  readonly programs?: Programs
  /** Whether no job of a promise will run before the program has to have ended. @default false */
  readonly isSynchronous?: boolean
  /** The guest's globals beside the realm's; getters are called when guest code needs them. */
  globals(context: ShimContext): Readonly<Record<string, PropertyDescriptor>>
  /** What makes JavaScript of other languages; absent, all files are taken for it. */
  readonly transpiling?: ((engine: Engine) => Transpiling) | undefined
  /** What looks after modules that are loaded; absent, it is refused. */
  readonly upkeep?: (engine: Engine) => Upkeep
  /** ES modules; absent, they are refused. */
  readonly modules?: (engine: Engine) => EsModules
  /** Source maps; absent, stacks name what was compiled. */
  readonly stacks?: (engine: Engine) => Stacks
  /**
   * Adds to the finished engine what not every loader needs; absent, it costs nothing.
   * @returns to be told of each main file before anything of it runs
   */
  readonly extend?: (engine: Engine, globals: GuestGlobals) => (main: string) => void
}

/** Where a request comes from: a filename or a directory, absolute. */
export interface RequireOptions {
  /** @default the guest's cwd */
  readonly from?: string
}

/** What `loader.resolve` takes beside its request. */
export interface ResolveOptions {
  /** Directories to look in instead, as `require.resolve`'s. */
  readonly paths?: string[]
}

/** What `loader.explain` takes beside its request. */
export interface ExplainOptions {
  /** Whose rules are explained. @default 'require' */
  readonly mode?: RequestMode
}

export interface Loader extends Upkeep {
  /**
   * Runs a file as `node file` would: `require.main`, `process.argv[1]`, `--require` before it.
   * @returns its `module.exports`; of an ES module a promise of its namespace, which settles when it has run
   * @throws what the program throws, MODULE_NOT_FOUND, ERR_LODGER_DISPOSED
   */
  main(filename: string): unknown
  /**
   * `require` for the host.
   * @param from a filename or directory, absolute; default the guest's cwd
   */
  require(specifier: string, from?: string | RequireOptions): unknown
  /**
   * `import()` for the host.
   * @param from a filename or directory, absolute; default the guest's cwd
   * @returns the namespace, when the module has run; rejects with what it throws, node's errors of `import`,
   * ERR_LODGER_DYNAMIC_IMPORT in `lodger/core`
   */
  import(specifier: string, from?: string): Promise<object>
  /** `require.resolve` for the host: a filename, or the specifier when it names a builtin. */
  resolve(specifier: string, from?: string, options?: ResolveOptions): string
  /**
   * Every step of that resolution and why each was left, also when it fails.
   * @throws ERR_INVALID_ARG_VALUE for another mode
   */
  explain(specifier: string, from?: string, options?: ExplainOptions): Explanation
  /**
   * The text of a stack with each place of the loader's files where its author has written it, for what reached the host
   * by another way: a global handler, a report, a log. Stacks of V8, SpiderMonkey, JavaScriptCore and QuickJS; other
   * lines stay. Errors that leave the loader need it not.
   */
  mapStack(text: string): string
  /** The source map of a file that was loaded, by its filename or URL: a `Module.SourceMap`. None in `lodger/core`. */
  sourceMapOf(name: string): object | undefined
  /** The text that a place in such a stack is in: from a source map, or from the file itself. */
  sourceOf(name: string): string | undefined
  readonly Module: ModuleConstructor
  /** `require.cache` */
  readonly cache: Record<string, Module>
  /** The guest's `process`. */
  // biome-ignore lint/suspicious/noExplicitAny: node's `process`, as far as the shims go
  readonly process: any
  /** The guest's `fs`: the same object as `loader.require('fs')`. */
  // biome-ignore lint/suspicious/noExplicitAny: node's `fs`, or what overrides put there
  readonly fs: any
  /** The guest's `globalThis`. */
  readonly global: Record<PropertyKey, unknown>
  /** Ends the loader: timers stop, every later call throws ERR_LODGER_DISPOSED. */
  dispose(reason?: string): void
}

export function createLoaderFrom(parts: LoaderParts): Loader {
  const { settings, volume, host } = parts
  const entrances = new Set<() => void>()
  const disposals = new Set<() => void>()
  const globals = createGlobals(host.global)
  const builtins = createBuiltins({ ...parts.shims, module: () => engine.Module }, settings, {
    global: globals.object,
    host,
    volume,
    evaluate: parts.evaluate,
    runScript: (script) => engine.compiler.run(script),
    settings: { ...settings, ...only, ...parts.identity },
    programs: parts.programs,
    clean: (error) => engine.cleaner.clean(error),
    cleanText: (stack) => engine.cleaner.cleanText(stack),
    onEnter(callback) {
      entrances.add(callback)
    },
    onDispose(callback) {
      disposals.add(callback)
      return () => disposals.delete(callback)
    },
  })
  const plainProcess = parts.shims.process ? undefined : createPlainProcess(settings, host)
  /** The guest may be the first to ask for its process, or nobody may. */
  const madeProcess = (): GuestProcess | undefined => plainProcess ?? builtins.made.process
  const process = () => madeProcess() ?? (builtins.original('process') as GuestProcess)
  const cwd = () => madeProcess()?.cwd() ?? settings.cwd
  const addons = settings.addons ? ['node-addons'] : []
  const takesModules = parts.modules !== undefined && settings.requireModule
  const syncModules = takesModules ? ['module-sync'] : []
  const more = [...syncModules, ...addons, ...settings.conditions]
  // In node's order, which hooks are shown.
  const conditions = new Set(['require', 'node', ...addons, ...syncModules, ...settings.conditions])
  const emitWarning = (message: string, type: string, code: string) =>
    process().emitWarning(message, type, code)
  const resolver = new Resolver({
    volume,
    conditions,
    extensions: () => Object.keys(engine.Module._extensions),
    preserveSymlinks: settings.preserveSymlinks,
    preserveSymlinksMain: settings.preserveSymlinksMain,
    root: settings.root,
    emitWarning,
    noteMain: (...main) => warnOfLegacyMain(...main, emitWarning),
  })
  let modules: EsModules | undefined
  const compiler = createCompiler(
    parts.evaluate,
    globals,
    (...request) => importFrom(...request),
    (...text) => engine.modules?.accepts(...text),
  )
  const engine = {
    settings,
    host,
    volume,
    resolver,
    builtins,
    compiler,
    cleaner: createCleaner(compiler.compiled, () => engine.stacks),
    sourceMaps: new Map<string, string>(),
    takesModules,
    requireConditions: conditions,
    importConditions: new Set(['node', 'import', ...more]),
    get modules() {
      modules ??= parts.modules?.(engine)
      return modules
    },
    circular: createCircularExports(
      (message) => process().emitWarning(message),
      host.isProxy ?? (() => false),
    ),
    get process() {
      return process()
    },
    get mainModule() {
      return madeProcess()?.mainModule
    },
    cwd,
    globalPaths: [],
    depth: 0,
    isPreloading: false,
    memories: [],
    createdRequires: new Map(),
    isSynchronous: parts.isSynchronous === true,
  } as unknown as Writable<Engine>
  engine.stacks = parts.stacks?.(engine)
  const importFrom: Importer = (filename, ...request) =>
    engine.modules?.import(filename, ...request) ??
    Promise.reject(refusedImport(request[0], filename))
  engine.Module = createModuleConstructor(engine)
  installResolution(engine)
  installLoad(engine)
  installExtensions(engine)
  installApi(engine)
  initPaths(engine, settings.env, settings.argv[0])
  Object.assign(engine, { transpiling: parts.transpiling?.(engine) })
  globals.define(parts.globals(builtins.contextOf('globals')))
  globals.define(Object.getOwnPropertyDescriptors(settings.globals))

  engine.stacks?.start(globals)
  const beginMain = parts.extend?.(engine, globals)
  const refuse = (method: string) => (): never => {
    throw createError('ERR_METHOD_NOT_IMPLEMENTED', `loader.${method}`, ' by lodger/core')
  }
  const upkeep = parts.upkeep?.(engine) ?? {
    invalidate: refuse('invalidate'),
    graph: refuse('graph'),
  }

  const leaving = (error: unknown) => {
    engine.cleaner.clean(error, boundary)
    return error
  }
  let disposed: string | undefined
  let hasPreloaded = false
  let preloading: Promise<unknown> | undefined
  let entered = 0
  const enterLoader = <Result>(action: string, subject: unknown, run: () => Result): Result => {
    if (disposed !== undefined)
      throw createError('ERR_LODGER_DISPOSED', `${action} '${String(subject)}'`, disposed)
    if (entered === 0 && engine.depth === 0) {
      volume.refresh?.()
      for (const callback of entrances) callback()
    }
    entered++
    try {
      return run()
    } catch (error) {
      throw leaving(error)
    } finally {
      entered--
    }
  }
  engine.preload = () => {
    if (hasPreloaded) return preloading
    hasPreloaded = true
    if (settings.preload.length > 0) engine.Module._preloadModules(settings.preload)
    if (settings.imports.length > 0) {
      preloading = engine.modules?.preload(settings.imports)?.then(() => {
        preloading = undefined
      })
    }
    return preloading
  }
  /** Stands for the host where it requires something: the file that it names, or one in the directory. */
  const hostModule = (from = cwd()): Module => {
    const isFile = volume.lookup(from)?.kind === Kind.File
    const filename = isFile ? from : join(from, '<host>')
    const module = new engine.Module(filename)
    module.filename = filename
    module.paths = engine.Module._nodeModulePaths(module.path)
    return module
  }

  /** What it rejects with leaves the loader, too. */
  const settling = <Value extends Promise<object> | undefined>(running: Value) =>
    running?.catch((error) => {
      throw leaving(error)
    }) as Value

  const ownRunMain = engine.Module.runMain
  const runMain = (path: string): unknown => {
    const { Module, modules } = engine
    if (Module.runMain !== ownRunMain) return Module.runMain(path)
    // A main file that is an ES module by its name or its package.json never becomes a CommonJS one.
    const filename = modules && Module._findPath(path, null, true)
    if (filename && runsAsModule(filename)) return settling(modules.main(filename))
    const exports = load(engine, path, null, true)
    return settling(engine.running) ?? exports
  }
  // As in node, the type counts for main files whatever their extension.
  const runsAsModule = (filename: string): boolean =>
    engine.declaredFormat(filename)?.startsWith('module') === true ||
    (!/\.c[jt]s$/.test(filename) && engine.scopeOf(filename)?.manifest.type === 'module')

  return {
    main: (filename) =>
      enterLoader('run', filename, () => {
        expectString('filename', filename)
        const path = resolve(cwd(), filename)
        process().argv[1] = path
        beginMain?.(path)
        const waiting = engine.preload()
        return waiting
          ? waiting.then(() => enterLoader('run', path, () => runMain(path)))
          : runMain(path)
      }),
    require: (specifier, from) =>
      enterLoader('require', specifier, () => {
        engine.preload()
        return hostModule(typeof from === 'object' ? from.from : from).require(specifier)
      }),
    import: (specifier, from) =>
      enterLoader('import', specifier, () => {
        const waiting = engine.preload()
        const { id } = hostModule(from)
        const run = () => settling(importFrom(id, specifier))
        return waiting ? waiting.then(run) : run()
      }),
    resolve: (specifier, from, options) =>
      enterLoader('resolve', specifier, () =>
        engine.Module._resolveFilename(specifier, hostModule(from), false, { ...options }),
      ),
    explain: (specifier, from, { mode = 'require' } = {}) =>
      enterLoader('explain', specifier, () => {
        if (mode !== 'require' && mode !== 'import') {
          const reason = "must be 'require' or 'import'"
          throw createError('ERR_INVALID_ARG_VALUE', 'options.mode', mode, reason)
        }
        const module = hostModule(from)
        return explain(resolver, mode, specifier, module.id, () => {
          if (mode === 'require') return engine.Module._resolveFilename(specifier, module, false)
          if (engine.modules) return engine.modules.resolve(specifier, module.id)
          throw refusedImport(specifier, module.id)
        })
      }),
    invalidate: (file, options) =>
      enterLoader('invalidate', file, () => upkeep.invalidate(file, options)),
    graph: () => enterLoader('list', 'modules', upkeep.graph),
    mapStack(text) {
      expectString('text', text)
      return engine.stacks?.mapStack(text) ?? engine.cleaner.cleanText(text)
    },
    sourceMapOf(name) {
      expectString('name', name)
      return engine.stacks?.sourceMapOf(name)
    },
    sourceOf(name) {
      expectString('name', name)
      return engine.stacks?.sourceOf(name)
    },
    Module: engine.Module,
    cache: engine.Module._cache,
    get process() {
      return process()
    },
    get fs() {
      return builtins.exportsOf('fs', '<host>')
    },
    global: globals.object,
    dispose(reason = 'no reason given') {
      if (disposed !== undefined) return
      disposed = reason
      for (const callback of disposals) callback()
      disposals.clear()
    },
  }
}

function refusedImport(specifier: unknown, filename: string): Error {
  return createError('ERR_LODGER_DYNAMIC_IMPORT', String(specifier), filename)
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

/** In stacks the loader's own methods are arrows within `enterLoader`. */
const boundary = 'enterLoader'

/** The identity of a loader that the host makes. */
export const only: Identity = { pid: 1000, ppid: 999, argv0: 'node' }
