/** `module.findPackageJSON`: of a bare specifier the package's own, of a path the nearest. https://nodejs.org/api/module.html */
import { createError } from '../errors.ts'
import { dirname, isAbsolute, resolve, toFileUrl } from '../path.ts'
import { esModuleNotFound } from '../resolve/errors.ts'
import { packagePlace } from '../resolve/package-resolve.ts'
import type { Engine } from './engine.ts'
import { expectString } from './options.ts'
import { toPath } from './require.ts'

/** @param rest the base, where one was given */
export function findPackageJSON(
  engine: Engine,
  specifier: unknown,
  rest: readonly unknown[],
): string | undefined {
  if (specifier === undefined && rest.length === 0) {
    throw createError('ERR_MISSING_ARGS', 'specifier')
  }
  if (typeof specifier === 'symbol') {
    throw createError('ERR_INVALID_ARG_TYPE', 'specifier', 'string', specifier)
  }
  const { places } = engine.resolver
  engine.resolver.begin()
  const text = `${specifier}`
  const base = basePath(rest[0] ?? (rest.length === 0 ? 'data:' : rest[0]))
  if (!/^(?:\/|\.{1,2}(?:\/|$)|$)/.test(text) && !/^[a-z][a-z0-9+\-.]*:/i.test(text)) {
    if (base === undefined) throw createError('ERR_INVALID_URL')
    return packagePlace(text, places.at(dirname(base)), base).pathOf('package.json')
  }
  const path = targetPath(text, base)
  const directory = places.at(dirname(path))
  const place = places.at(path)
  if (place.directory === undefined) {
    if (directory.entry(path.slice(path.lastIndexOf('/') + 1)) === undefined) {
      throw esModuleNotFound(path, base ?? '', toFileUrl(path))
    }
    const real = places.realPaths.of(path)
    return places.at(dirname(real)).scope?.place.pathOf('package.json')
  }
  const from = /(?:^|\/)\.{0,2}$/.test(text) ? place : directory
  return from.scope?.place.pathOf('package.json')
}

/** The path of a base; `undefined` for `data:`, which has none. */
function basePath(base: unknown): string | undefined {
  const path = toPath(base)
  if (path !== undefined) return path
  expectString('base', base)
  if (base === 'data:') return undefined
  throw createError('ERR_INVALID_URL')
}

function targetPath(specifier: string, base: string | undefined): string {
  if (/^[a-z][a-z0-9+\-.]*:/i.test(specifier)) {
    const path = toPath(specifier)
    if (path === undefined) throw createError('ERR_INVALID_URL_SCHEME', 'file')
    return path
  }
  if (base === undefined) throw createError('ERR_UNSUPPORTED_RESOLVE_REQUEST', specifier, 'data:')
  return isAbsolute(specifier) ? resolve('/', specifier) : resolve(dirname(base), specifier)
}
