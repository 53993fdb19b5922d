/** CommonJS and JSON as modules that can be imported: one instance, whichever way it is asked for. */
import type { Engine, LoadedByHooks } from '../load/engine.ts'
import { setTurn } from '../load/hidden.ts'
import { parseJson } from '../load/json.ts'
import {
  isWaiting,
  keepText,
  type Module,
  noteTextRead,
  registeredExtension,
  setWaiting,
  snapshotOf,
  textOf,
} from '../load/module.ts'
import { pastHooks } from '../load/module-load.ts'
import { compileTypeScript, isTypeScript } from '../load/typescript.ts'
import { load } from '../load/watched-load.ts'
import { toFileUrl } from '../path.ts'
import { type Location, locationOf } from './location.ts'
import type { Syntax } from './syntax.ts'
import { SyntheticModule } from './synthetic.ts'

/**
 * The names by which a CommonJS file's exports can be imported, and its module, not loaded yet.
 * @param isRequired by an ES module that is required: what is wrong with its text is told when it runs
 * @param text from hooks, in place of the file's
 */
export function commonJsModule(
  engine: Engine,
  syntax: Syntax,
  url: string,
  filename: string,
  isRequired: boolean,
  text?: LoadedByHooks,
): SyntheticModule {
  const module = placeInCache(engine, filename)
  if (text !== undefined) keepText(module, text)
  const names = exportNames(engine, syntax, filename, text?.format ?? 'commonjs', isRequired)
  return new SyntheticModule(
    url,
    'commonjs',
    new Set([...names, 'default', 'module.exports']),
    (set) => {
      const exports = (
        module.loaded ? snapshotOf(module) : load(engine, filename, undefined, false, pastHooks)
      ) as Record<string, unknown>
      for (const name of names) {
        if (name === 'default' || name === 'module.exports') continue
        if (exports == null || !Object.hasOwn(exports, name)) continue
        try {
          set(name, exports[name])
        } catch {
          // A getter that throws leaves its name undefined.
        }
      }
      set('default', exports)
      set('module.exports', exports)
    },
  )
}

/** In the cache before it runs, so that whoever requires it gets this one. */
function placeInCache(engine: Engine, filename: string): Module {
  const { Module } = engine
  const cached = Module._cache[filename]
  if (cached !== undefined) return cached
  const module = new Module(filename, undefined)
  module.filename = filename
  module.paths = Module._nodeModulePaths(module.path)
  setWaiting(module)
  Module._cache[filename] = module
  return module
}

/** Takes a module that nobody has run from the cache of `require`. */
export function forgetCommonJs({ Module: { _cache } }: Engine, url: string): void {
  const location = locationOf(url)
  if (location.kind !== 'file') return
  const module = _cache[location.filename]
  if (module !== undefined && isWaiting(module)) delete _cache[location.filename]
}

/** What is found while files export each other's names, and for good. */
const namesOf = new WeakMap<Module, Set<string>>()

function exportNames(
  engine: Engine,
  syntax: Syntax,
  filename: string,
  format: string | undefined,
  isRead = true,
): Set<string> {
  const module = placeInCache(engine, filename)
  const known = namesOf.get(module)
  if (known !== undefined) return known
  const text = javaScriptOf(engine, module, filename, format, isRead)
  const { exports, reexports } = syntax.commonJsExports(text)
  const names = new Set(exports)
  namesOf.set(module, names)
  for (const request of reexports) {
    let target: string
    let given: string | undefined
    try {
      const found = engine.hooks?.resolve(request, module, false)
      target = found?.filename ?? engine.Module._resolveFilename(request, module, false)
      given = found?.format
    } catch {
      // Whoever requires it will hear of it.
      continue
    }
    // By its handler, which is that of `.js` for names that have none.
    const isScript =
      engine.builtins.idOf(target) === undefined &&
      (registeredExtension(engine, target) === '.js' || engine.transpiling?.formatOf(target))
    if (given !== 'commonjs' && !isScript) continue
    for (const name of exportNames(engine, syntax, target, given)) names.add(name)
  }
  return names
}

/** @param isRead only for its names: whoever runs it will hear of what is wrong with it */
function javaScriptOf(
  engine: Engine,
  module: Module,
  filename: string,
  told: string | undefined,
  isRead: boolean,
): string {
  const { transpiling } = engine
  // node strips no types where an ES module that is required, or another file, passes the names on.
  const isRaw = isRead && transpiling?.onlyStrips
  const declared = (isRaw ? undefined : transpiling?.formatOf(filename)) ?? told
  if (engine.hooks === undefined) noteTextRead(module)
  const { source, format } = engine.hooks
    ? textOf(engine, module, filename, declared)
    : { source: engine.readText(filename), format: declared }
  if (isRaw || !isTypeScript(format)) return source
  return compileTypeScript(engine, { source, filename, format, name: toFileUrl(filename) }).source
}

export function jsonModule(
  engine: Engine,
  url: string,
  location: Location,
  text: string,
): SyntheticModule {
  const place = location.kind === 'file' ? location.filename : url
  const filename = location.kind === 'file' && location.suffix === '' ? place : undefined
  const cached = filename === undefined ? undefined : engine.Module._cache[filename]
  const value = cached?.loaded ? cached.exports : parseJson(text, place)
  if (filename !== undefined && !cached?.loaded) {
    const module = new engine.Module(filename)
    module.filename = filename
    module.exports = value
    module.loaded = true
    setTurn(module, engine.resolver.nextTurn())
    engine.Module._cache[filename] = module
  }
  return new SyntheticModule(url, 'json', ['default'], (set) => set('default', value))
}
