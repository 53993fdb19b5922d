/** `Module._load`: cache, builtin or file, and what is left behind when a module throws. */
import { createError } from '../errors.ts'
import type { Engine, LoadedByHooks } from './engine.ts'
import { setRequirer } from './hidden.ts'
import { endWaiting, isWaiting, keepText, type Module, markAsNew, setOwn } from './module.ts'

/** For `Module._load`, where hooks have said already which file it is. */
export const pastHooks = {}

export function installLoad(engine: Engine): void {
  const { Module, builtins, circular } = engine
  /** What was loaded from a directory by which request; asked before anything is resolved. */
  const relativeCache = new Map<string, Map<string, string>>()
  engine.memories.push(() => relativeCache.values())

  Module._load = (request, parent, isMain, ...[options]) => {
    // 1. The same request from the same directory.
    let loads: Map<string, string> | undefined
    if (parent) {
      loads = relativeCache.get(parent.path)
      const filename = loads?.get(request)
      if (filename !== undefined) {
        const cached = Module._cache[filename]
        if (cached !== undefined && answers(cached, parent)) {
          engine.trace?.requested(parent, request, filename)
          return exportsOfCached(cached)
        }
        loads?.delete(request)
      }
      if (loads === undefined) {
        loads = new Map()
        relativeCache.set(parent.path, loads)
      }
    }

    // 2. `node:` goes past the cache and past `_resolveFilename`.
    const isRedirected = builtins.redirects && builtins.redirect(request) !== undefined
    const hooks = options === pastHooks ? undefined : engine.hooks
    const found = hooks?.resolve(request, parent, isMain)
    let loaded: LoadedByHooks | undefined
    if (!isRedirected && request.startsWith('node:') && (!found || found.url === request)) {
      const id = builtins.idOf(request)
      if (id === undefined) throw createError('ERR_UNKNOWN_BUILTIN_MODULE', request)
      engine.trace?.requested(parent, request, id)
      loaded = hooks?.loadBuiltin(id, found)
      if (loaded === undefined) return builtins.exportsOf(id, requesterOf(parent))
    }

    // 3. By filename. Guest code that patches it may give anything, and may have put anything into the
    // cache, under a builtin's plain name too.
    // What hooks have made up is no file that could be found.
    const isPlaced = options === pastHooks && Module._cache[request] !== undefined
    const filename = isPlaced
      ? request
      : (found?.filename ?? Module._resolveFilename(request, parent, isMain, undefined).toString())
    engine.trace?.requested(parent, request, filename)
    const cached = loaded === undefined ? Module._cache[filename] : undefined
    if (cached !== undefined && answers(cached, parent)) return exportsOfCached(cached)
    if (loaded === undefined && builtins.isPlain(filename)) {
      loaded = hooks?.loadBuiltin(filename, found)
      if (loaded === undefined) return builtins.exportsOf(filename, requesterOf(parent))
    }

    // 4. A file that has not run yet.
    const module = cached ?? new Module(filename, parent)
    if (cached === undefined) markAsNew(module, isMain, found)
    else {
      endWaiting(module)
      setRequirer(module, parent)
    }
    if (loaded !== undefined) keepText(module, loaded)
    if (isMain) {
      setOwn(engine.process, 'mainModule', module)
      setOwn(Module.prototype.require, 'main', module)
      module.id = '.'
    }
    Module._cache[filename] = module
    // What an override redirects depends on the file that asks.
    if (!isRedirected) loads?.set(request, filename)
    let hasThrown = true
    try {
      module.load(filename)
      hasThrown = false
    } finally {
      if (hasThrown) {
        // A module that throws leaves no trace, and its error goes on as it is.
        delete Module._cache[filename]
        loads?.delete(request)
        const index = parent?.children?.indexOf(module) ?? -1
        if (index !== -1) parent?.children.splice(index, 1)
      }
    }
    circular.takeBack(module.exports)
    return module.exports
  }

  /** Whether it is there for whoever asks, as a child of whom it counts from now on. */
  function answers(cached: Module, parent: Module | null | undefined): boolean {
    const children = parent?.children
    if (children && !children.includes(cached)) children.push(cached)
    return cached.loaded || !isWaiting(cached)
  }

  function exportsOfCached(cached: Module): unknown {
    if (cached.loaded) return cached.exports
    engine.modules?.refuseCycle(cached)
    return circular.lend(cached.exports)
  }
}

function requesterOf(parent: Module | null | undefined): string {
  return parent?.filename || parent?.id || '<host>'
}
