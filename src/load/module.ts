/**
 * node's `Module`, one per loader. https://nodejs.org/api/module.html
 * Everything internal goes through the properties that guest code may patch, in the order in which node does.
 */
import { codedError, createError } from '../errors.ts'
import { basename, dirname, isAbsolute, toFileUrl } from '../path.ts'
import type { ModuleFunction } from '../seams.ts'
import type { Engine, JavaScriptText, LoadedByHooks } from './engine.ts'
import { parentOf, requirerOf, setParent, setTurn } from './hidden.ts'
import { requireStack } from './module-resolve.ts'
import { expectString } from './options.ts'
import { createRequireFunction, type RequireFunction } from './require.ts'
import { compileTypeScript, isTypeScript } from './typescript.ts'
import { load } from './watched-load.ts'
import { createWrapping } from './wrapping.ts'

/** An instance of `Module`, as guest code sees it. */
export interface Module {
  id: string
  path: string
  exports: unknown
  filename: string | null
  loaded: boolean
  children: Module[]
  paths?: string[]
  parent: Module | null | undefined
  readonly isPreloading: boolean
  load(filename: string): void
  require(id: string): unknown
  _compile(content: string, filename: string, format?: string): unknown
}

export interface ResolveFilenameOptions {
  paths?: string[]
  conditions?: ReadonlySet<string>
}

type ExtensionHandler = (module: Module, filename: string) => void

/** The function itself with all its statics; those of later steps are added by `module-api.ts`. */
export interface ModuleConstructor {
  new (id?: string, parent?: Module | null): Module
  (this: Module, id?: string, parent?: Module | null): void
  prototype: Module
  _cache: Record<string, Module>
  _pathCache: Record<string, string>
  _extensions: Record<string, ExtensionHandler>
  globalPaths: string[]
  wrap(script: string): string
  wrapper: readonly string[]
  _load(
    request: string,
    parent: Module | null | undefined,
    isMain: boolean,
    internalOptions?: object,
  ): unknown
  _resolveFilename(
    request: string,
    parent: Module | null | undefined,
    isMain: boolean,
    options?: ResolveFilenameOptions,
  ): string
  _resolveLookupPaths(request: string, parent: Module | null | undefined): string[] | null
  _findPath(
    request: string,
    paths: readonly string[] | null,
    isMain?: boolean,
    conditions?: ReadonlySet<string>,
  ): string | false
  _nodeModulePaths(from: string): string[]
  _initPaths(): void
  _preloadModules(requests: readonly string[]): void
  runMain(main?: string): void
  createRequire(filename: unknown): RequireFunction
}

/** node keeps these on each module under symbols of the same names; tools print them. */
const isMainSymbol: unique symbol = Symbol('kIsMainSymbol')
const isCachedByEsmLoader: unique symbol = Symbol('kIsCachedByESMLoader')
const urlSymbol: unique symbol = Symbol('kURL')
const formatSymbol: unique symbol = Symbol('kFormat')
const isExecutingSymbol: unique symbol = Symbol('kIsExecuting')

/** What a module's symbols hold. */
export interface ModuleMarks {
  [isMainSymbol]?: boolean
  [isCachedByEsmLoader]?: boolean
  [urlSymbol]?: string | undefined
  [formatSymbol]?: string | undefined
  [isExecutingSymbol]?: boolean
}

/** Whether its text is running. */
export function isExecuting(module: (Module & ModuleMarks) | undefined): boolean {
  return module?.[isExecutingSymbol] === true
}

/** Whether somebody who imports it has put it into the cache, where it waits to be loaded. */
export function isWaiting(module: Module & ModuleMarks): boolean {
  return module[isCachedByEsmLoader] === true
}

/** What modules that are imported exported when they had run; `require.cache` may show others' changes. */
const snapshots = new WeakMap<Module, unknown>()

export function snapshotOf(module: Module): unknown {
  return snapshots.has(module) ? snapshots.get(module) : module.exports
}

/** It is being loaded. @see isWaiting */
export function endWaiting(module: Module & ModuleMarks): void {
  module[isCachedByEsmLoader] = false
}

/** @see isWaiting */
export function setWaiting(module: Module & ModuleMarks): void {
  module[isCachedByEsmLoader] = true
  snapshots.set(module, undefined)
}

export function markAsNew(
  module: Module & ModuleMarks,
  isMain: boolean,
  { url, format }: { readonly url?: string; readonly format?: string | undefined } = {},
): void {
  module[isMainSymbol] = isMain
  module[isCachedByEsmLoader] = false
  module[urlSymbol] = url
  module[formatSymbol] = format
}

/** Texts that hooks have given for modules. */
const texts = new WeakMap<Module, LoadedByHooks>()

export function keepText(module: Module & ModuleMarks, loaded: LoadedByHooks): void {
  texts.set(module, loaded)
  module[formatSymbol] = loaded.format
}

/** Modules whose texts were read for their names before there were hooks, which then do not hear of them. */
const textsRead = new WeakSet<Module>()

export function noteTextRead(module: Module): void {
  textsRead.add(module)
}

/** What hooks say that a module is. */
export function saidFormat(module: Module & ModuleMarks): string | undefined {
  return module[formatSymbol]
}

/** The text of a module's file, and its format: where hooks are, what they say. @param format what the file says */
export function textOf(
  engine: Engine,
  module: Module & ModuleMarks,
  filename: string,
  format: string | undefined,
): { readonly source: string; readonly format: string | undefined } {
  const known = texts.get(module)
  if (known !== undefined) return { source: known.source, format: known.format ?? format }
  const { hooks } = engine
  if (hooks === undefined || textsRead.has(module)) {
    module[formatSymbol] ??= format
    return { source: engine.readText(filename), format }
  }
  module[urlSymbol] ??= toFileUrl(filename)
  const loaded = hooks.load(module[urlSymbol], filename, module[formatSymbol] ?? format)
  keepText(module, loaded)
  return loaded
}

/** Hooks know a module by the URL that it was made with. */
export function setUrl(module: Module & ModuleMarks, url: string): void {
  module[urlSymbol] = url
}

/** The URL by which hooks know a module. */
export function urlOf(module: Module & ModuleMarks): string | undefined {
  if (module.filename && module[urlSymbol] === undefined) {
    module[urlSymbol] = isAbsolute(module.filename) ? toFileUrl(module.filename) : module.filename
  }
  return module[urlSymbol]
}

/** Makes the constructor with its prototype; `module-resolve.ts` and `module-load.ts` add the statics. */
export function createModuleConstructor(engine: Engine): ModuleConstructor {
  const { places } = engine.resolver

  function Module(this: Module, id = '', parent?: Module | null): void {
    this.id = id
    this.path = directoryOf(engine, id)
    // A polluted Object.prototype must not intercept it.
    if ('exports' in (this as object)) setOwn(this, 'exports', {})
    else this.exports = {}
    setParent(this, parent)
    if (parent?.children) Array.prototype.push.call(parent.children, this)
    this.filename = null
    this.loaded = false
    this.children = []
  }
  const ModuleOfLoader = Module as unknown as ModuleConstructor
  const { prototype } = ModuleOfLoader
  reserveMembers(ModuleOfLoader)

  ModuleOfLoader._cache = Object.create(null)
  ModuleOfLoader._extensions = Object.create(null)
  ModuleOfLoader.globalPaths = []

  Object.defineProperty(prototype, 'isPreloading', { get: () => engine.isPreloading })

  let hasWarned = !engine.settings.pendingDeprecation
  const deprecated = () => {
    if (hasWarned) return
    hasWarned = true
    engine.process.emitWarning(
      'module.parent is deprecated due to accuracy issues. Please use require.main to find program entry point instead.',
      'DeprecationWarning',
      'DEP0144',
    )
  }
  Object.defineProperty(prototype, 'parent', {
    get(this: Module) {
      deprecated()
      return parentOf(this)
    },
    set(this: Module, value: Module | null | undefined) {
      deprecated()
      setParent(this, value)
    },
  })

  prototype.load = function (this: Module & ModuleMarks, filename) {
    if (this.loaded) throw internalAssertion()
    this.filename ??= filename
    this.paths ??= engine.Module._nodeModulePaths(directoryOf(engine, filename))
    const { _extensions } = engine.Module
    const format = this[formatSymbol]
    const extension = format ? extensionOf(format) : registeredExtension(engine, filename)
    setTurn(this, engine.resolver.nextTurn())
    const handler = _extensions[extension] as ExtensionHandler
    if (engine.aroundEvaluation === undefined) handler.call(_extensions, this, filename)
    else engine.aroundEvaluation(this, () => handler.call(_extensions, this, filename))
    this.loaded = true
    if (snapshots.has(this)) snapshots.set(this, this.exports)
  }

  prototype.require = function (this: Module, id) {
    expectString('id', id)
    if (id === '')
      throw createError('ERR_INVALID_ARG_VALUE', 'id', id, 'must be a non-empty string')
    // While the main program runs, what was seen is believed; see `Places.run`.
    if (engine.depth === 0 && places.run === 0) engine.volume.refresh?.()
    engine.depth++
    try {
      return load(engine, id, this, false)
    } finally {
      engine.depth--
    }
  }

  prototype._compile = function (this: Module & ModuleMarks, source, filename, format) {
    const text = isTypeScript(format)
      ? compileTypeScript(engine, { source, filename, format, name: urlOf(this) ?? filename })
      : { source, format, name: filename }
    const run = text.format === 'module' ? undefined : compile(text, filename)
    if (run === undefined) {
      if (this[isMainSymbol]) {
        setOwn(engine.process, 'mainModule', undefined)
        engine.running = engine.modules?.main(filename)
        return undefined
      }
      const exports = engine.modules?.require(filename, text.source, requireStack(requirerOf(this)))
      setOwn(this, 'exports', exports)
      return undefined
    }
    const require = createRequireFunction(engine, this)
    const directory = directoryOf(engine, filename)
    const isOutermost = engine.depth === 0
    if (isOutermost) places.run = ++runs
    this[isExecutingSymbol] = true
    const result = run.call(this.exports, this.exports, require, this, filename, directory)
    this[isExecutingSymbol] = false
    if (isOutermost) places.run = 0
    return result
  }

  let runs = 0

  /** @returns nothing for an ES module, where nobody has said what the text is */
  function compile({ source, format, name }: JavaScriptText, filename: string) {
    const { compiler } = engine
    try {
      return wrapping.isPatched
        ? (compiler.run({ source: wrapping.wrap(source), filename: name }) as ModuleFunction)
        : compiler.compile(source, filename, name)
    } catch (error) {
      if (!compiler.isModule(error, source, filename)) throw error
      if (format !== 'commonjs' && engine.settings.detectModule && engine.takesModules) {
        return undefined
      }
      warnOfModuleSyntax(engine, filename)
      throw error
    }
  }

  Object.defineProperty(prototype, 'constructor', {
    get: () => ModuleOfLoader,
    configurable: false,
  })

  const wrapping = createWrapping(ModuleOfLoader)
  return ModuleOfLoader
}

/** node tells of this one at once, before the error is seen. */
function warnOfModuleSyntax({ process }: Engine, filename: string): void {
  const message = `Failed to load the ES module: ${filename}. Make sure to set "type": "module" in the nearest package.json file or use the .mjs extension.`
  if (process.emit === undefined) process.emitWarning(message)
  else process.emit('warning', Object.assign(new Error(message), { name: 'Warning' }))
}

/** `path.dirname`, which guest code may reach with anything. */
function directoryOf({ resolver }: Engine, path: unknown): string {
  expectString('path', path)
  return resolver.places.file(path)?.place.path ?? dirname(path)
}

/** Gives the members node's order from the start; tools that print `Module` or walk over it see the same. */
function reserveMembers(Module: object): void {
  const names =
    '_stat _cache _pathCache _extensions globalPaths wrap wrapper isBuiltin _readPackage _findPath _nodeModulePaths ' +
    '_resolveLookupPaths _load _resolveFilename createRequire _initPaths _preloadModules syncBuiltinESMExports Module ' +
    'registerHooks builtinModules runMain register constants enableCompileCache findPackageJSON flushCompileCache ' +
    'getCompileCacheDir stripTypeScriptTypes findSourceMap SourceMap getSourceMapsSupport setSourceMapsSupport'
  const hidden = new Set(['_stat', 'wrap', 'wrapper', '_readPackage'])
  for (const name of names.split(' ')) {
    const enumerable = !hidden.has(name)
    Object.defineProperty(Module, name, { writable: true, enumerable, configurable: true })
  }
}

/** What node's own assertions throw. */
export function internalAssertion(): Error {
  const text =
    'This is caused by either a bug in Node.js or incorrect usage of Node.js internals.\n' +
    'Please open an issue with this stack trace at https://github.com/nodejs/node/issues\n'
  return codedError(Error, 'ERR_INTERNAL_ASSERTION', text)
}

/** Defines where assigning would ask the prototype chain. */
export function setOwn(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  })
}

/** What handles a format, whatever the file is called. */
function extensionOf(format: string): string {
  return format === 'addon' ? '.node' : format === 'json' ? '.json' : '.js'
}

/** The longest extension of the name that has a handler; dot-files have none of their own. */
export function registeredExtension(engine: Engine, filename: string): string {
  const name = engine.resolver.places.file(filename)?.name ?? basename(filename)
  for (let dot = name.indexOf('.', 1); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const extension = name.slice(dot)
    if (engine.Module._extensions[extension]) return extension
  }
  return '.js'
}
