/** The `require` that each module gets, and `createRequire`. https://nodejs.org/api/modules.html#requireid */
import { createError } from '../errors.ts'
import { isAbsolute, join } from '../path.ts'
import type { Engine } from './engine.ts'
import type { Module, ModuleConstructor, ResolveFilenameOptions } from './module.ts'

export interface RequireFunction {
  (id: string): unknown
  resolve: {
    (request: string, options?: ResolveFilenameOptions): string
    paths(request: string): string[] | null
  }
  main: unknown
  extensions: ModuleConstructor['_extensions']
  cache: ModuleConstructor['_cache']
}

/** @param load what `require` does; by default the module's own, which guest code may patch */
export function createRequireFunction(
  engine: Engine,
  module: Module,
  load: (path: string) => unknown = (path) => module.require(path),
): RequireFunction {
  const { Module } = engine

  // As members they keep these names, which bundlers take from functions; as functions they have a prototype, as node's.
  const own = {
    // biome-ignore lint/complexity/useArrowFunction: see above
    require: function (path: string): unknown {
      return load(path)
    } as RequireFunction,
    // biome-ignore lint/complexity/useArrowFunction: see above
    resolve: function (request: string, options?: ResolveFilenameOptions): string {
      expectString('request', request)
      const found = engine.hooks?.resolve(request, module, false, options ?? {})
      if (found !== undefined) {
        return found.url === request && request.startsWith('node:') ? request : found.filename
      }
      return Module._resolveFilename(request, module, false, options ?? {}).toString()
    } as RequireFunction['resolve'],
    // biome-ignore lint/complexity/useArrowFunction: see above
    paths: function (request: string): string[] | null {
      expectString('request', request)
      return Module._resolveLookupPaths(request, module)
    },
  }
  const { require } = own
  require.resolve = own.resolve
  require.resolve.paths = own.paths
  // A polluted Object.prototype must not intercept it.
  if ('main' in Function.prototype) {
    const shape = { writable: true, enumerable: true, configurable: true }
    Object.defineProperty(require, 'main', { ...shape, value: engine.mainModule })
  } else require.main = engine.mainModule
  require.extensions = Module._extensions
  require.cache = Module._cache
  return require
}

/** The path of an absolute path, a `file:` URL or a URL object of any realm. */
export function toPath(from: unknown): string | undefined {
  if (typeof from === 'string') return isAbsolute(from) ? from : fromFileUrl(from)
  if (typeof from !== 'object' || from === null) return undefined
  const { href, protocol } = from as { href?: unknown; protocol?: unknown }
  return typeof href === 'string' && protocol === 'file:' ? fromFileUrl(href) : undefined
}

function fromFileUrl(url: string): string | undefined {
  const [, path] = /^file:(?:\/\/(?:localhost)?)?(\/(?!\/)[^?#]*)/i.exec(url) ?? []
  if (path === undefined || /%2f/i.test(path)) return undefined
  try {
    return join('/', decodeURIComponent(path))
  } catch {
    return undefined
  }
}

function expectString(name: string, value: unknown): void {
  if (typeof value !== 'string') throw createError('ERR_INVALID_ARG_TYPE', name, 'string', value)
}
