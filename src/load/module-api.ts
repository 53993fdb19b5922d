/** The rest of `require('module')`: what is there now, and what later steps bring. https://nodejs.org/api/module.html */
import { createError } from '../errors.ts'
import { resolve } from '../path.ts'
import { builtinId, builtinModules } from '../resolve/builtin-ids.ts'
import { Kind } from '../seams.ts'
import { createRequire } from './create-require.ts'
import type { Engine } from './engine.ts'
import { findPackageJSON } from './find-package-json.ts'
import { internalAssertion } from './module.ts'
import { load } from './watched-load.ts'

const compileCacheStatus = Object.freeze({
  __proto__: null,
  FAILED: 0,
  ENABLED: 1,
  ALREADY_ENABLED: 2,
  DISABLED: 3,
})

export function installApi(engine: Engine): void {
  const { Module } = engine
  const remedy = ` on host '${engine.host.name}': it comes with a later version of lodger`
  const refuse = (name: string): never => {
    throw createError('ERR_METHOD_NOT_IMPLEMENTED', `module.${name}`, remedy)
  }
  let hasWarned = false
  Object.assign(Module, {
    isBuiltin: (id: string) => builtinId(id) !== undefined,
    createRequire: (filename: unknown) => createRequire(engine, filename),
    syncBuiltinESMExports() {
      engine.modules?.syncBuiltins()
    },
    Module,
    registerHooks: (hooks: unknown) =>
      engine.modules?.registerHooks(hooks) ?? refuse('registerHooks'),
    builtinModules,
    runMain: function executeUserEntryPoint(main = engine.process.argv[1] ?? '') {
      load(engine, main, null, true)
    },
    register(_specifier: unknown) {
      if (!hasWarned) {
        engine.process.emitWarning(
          '`module.register()` is deprecated. Use `module.registerHooks()` instead.',
          'DeprecationWarning',
          'DEP0205',
        )
      }
      hasWarned = true
      const reason = `: its hooks run on a thread of their own. Use module.registerHooks()`
      throw createError('ERR_METHOD_NOT_IMPLEMENTED', 'module.register', reason)
    },
    constants: Object.freeze({ compileCacheStatus }),
    // The compile cache is V8's and so a host's affair; node has the same answer where it is switched off.
    enableCompileCache: (_options: unknown) => ({ status: compileCacheStatus.DISABLED }),
    findPackageJSON(specifier: unknown, ...base: unknown[]) {
      return findPackageJSON(engine, specifier, base)
    },
    flushCompileCache() {},
    getCompileCacheDir() {},
    stripTypeScriptTypes: (_code: unknown) => refuse('stripTypeScriptTypes'),
    ...(engine.stacks?.members ?? {
      findSourceMap: (_path: unknown) => undefined,
      SourceMap: class SourceMap {
        constructor(_payload: unknown) {
          refuse('SourceMap')
        }
      },
      getSourceMapsSupport: () => noSourceMaps,
      setSourceMapsSupport: (_enabled: unknown) => refuse('setSourceMapsSupport'),
    }),
  })

  Module._preloadModules = (requests) => {
    if (!Array.isArray(requests)) return
    engine.isPreloading = true
    const parent = new Module('internal/preload', null)
    parent.paths = Module._nodeModulePaths(engine.process.cwd())
    // As in node, one that throws leaves the mark standing.
    for (const request of requests) parent.require(request)
    engine.isPreloading = false
  }

  installPatchable(engine)
}

const noSourceMaps = Object.freeze({
  __proto__: null,
  enabled: false,
  nodeModules: false,
  generatedCode: false,
})

/** `Module._stat` and `Module._readPackage`: accessors, so that a replacement reaches the resolver. */
function installPatchable(engine: Engine): void {
  const { Module, resolver, volume } = engine
  const warned = new Set<string>()
  const warn = (name: string) => {
    if (warned.has(name)) return
    warned.add(name)
    engine.process.emitWarning(
      `${name} is an experimental feature and might change at any time`,
      'ExperimentalWarning',
    )
  }
  const own = {
    stat(path: unknown) {
      if (typeof path !== 'string') throw internalAssertion()
      const entry = volume.lookup(path)
      if (entry === undefined) return -2
      return entry.kind === Kind.Directory ? 1 : 0
    },
    _readPackage(path: string) {
      const place = resolver.places.at(resolve(engine.process.cwd(), path))
      resolver.begin()
      const { manifest } = place
      return {
        __proto__: null,
        ...(manifest?.name !== undefined && { name: manifest.name }),
        ...(manifest?.main !== undefined && { main: manifest.main }),
        type: manifest?.type ?? 'none',
        ...(manifest && { exports: copy(manifest.exports), imports: copy(manifest.imports) }),
        exists: manifest !== undefined,
        pjsonPath: place.pathOf('package.json'),
      }
    },
  }
  Object.defineProperty(Module, '_stat', {
    get: () => resolver.places.stat ?? own.stat,
    set(stat: typeof own.stat) {
      warn('Module._stat')
      resolver.places.stat = stat
    },
    configurable: true,
  })
  Object.defineProperty(Module, '_readPackage', {
    get: () => resolver.readPackage ?? own._readPackage,
    set(readPackage: typeof own._readPackage) {
      warn('Module._readPackage')
      resolver.readPackage = readPackage
    },
    configurable: true,
  })
}

/** The resolver's own stays as it is, whatever guest code does with what it is shown. */
function copy(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}
