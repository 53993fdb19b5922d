/** `ESM_RESOLVE`, from a file to a file. https://nodejs.org/api/esm.html#resolution-algorithm-specification */

import { Kind } from '../seams.ts'
import {
  esModuleNotFound,
  invalidModuleSpecifier,
  packageImportNotDefined,
  unsupportedDirectory,
} from './errors.ts'
import { packageResolve } from './package-resolve.ts'
import { packageImportsResolve, type Target } from './package-target.ts'
import { locate, type Place } from './place.ts'
import type { Resolver } from './resolver.ts'
import { encodePath, escapeUrlPath, urlPath, urlSuffix } from './url-path.ts'

/** What an import leads to. */
export type Imported =
  | { readonly kind: 'builtin'; readonly id: string }
  | {
      readonly kind: 'file'
      readonly filename: string
      /** The query and the fragment of its URL. */
      readonly suffix: string
    }

/**
 * @param specifier a path without query and fragment, a package or a name of `imports`
 * @param from the directory of the module that imports
 * @param base that module's file, for errors
 * @param suffix query and fragment, where they are known
 * @throws ERR_MODULE_NOT_FOUND, ERR_UNSUPPORTED_DIR_IMPORT, ERR_INVALID_MODULE_SPECIFIER, URIError and what package.json's fields throw
 */
export function importResolve(
  resolver: Resolver,
  specifier: string,
  from: Place,
  base: string,
  conditions: ReadonlySet<string>,
  suffix = '',
): Imported {
  resolver.begin()
  resolver.note?.('esmResolve', specifier, 'note', `conditions: ${[...conditions].join(', ')}`)
  const target = targetOf(resolver, specifier, from, base, conditions)
  return target.kind === 'builtin' ? target : finalize(resolver, target, base, suffix)
}

function targetOf(
  resolver: Resolver,
  specifier: string,
  from: Place,
  base: string,
  conditions: ReadonlySet<string>,
): Target {
  if (specifier.startsWith('/')) {
    return { kind: 'inside', place: resolver.places.root, relative: specifier.slice(1) }
  }
  if (/^\.\.?(?:\/|$)/.test(specifier)) return { kind: 'inside', place: from, relative: specifier }
  const context = resolver.targetContext(conditions, base)
  if (!specifier.startsWith('#')) return packageResolve(specifier, from, base, context)
  const { scope } = from
  resolver.note?.(
    'packageImportsResolve',
    scope?.place.pathOf('package.json') ?? from.path,
    scope?.manifest.imports == null ? 'absent' : 'found',
    'imports',
  )
  if (scope === undefined) throw packageImportNotDefined(specifier, undefined, base)
  return packageImportsResolve(specifier, scope.place, scope.manifest, { ...context, base })
}

/** From a URL's path on: nothing is tried here, a file has to be named in full. */
function finalize(
  resolver: Resolver,
  { place, relative }: Extract<Target, { kind: 'inside' }>,
  base: string,
  known: string,
): Imported {
  if (/%2f|%5c/i.test(relative)) {
    const { directory, name } = locate(place, relative)
    const reason = 'must not include encoded "/" or "\\" characters'
    throw invalidModuleSpecifier(directory.pathOf(name), reason, base)
  }
  const suffix = urlSuffix(known || relative)
  const encoded = urlPath(relative)
  const url = () => urlOf(resolver, place, encoded) + suffix
  const path = decoded(encoded, url)
  const { directory, name } = locate(place, path.replace(/^\/+/, ''))
  const asked = name === '' ? directory.path : directory.pathOf(name)
  const kind = name === '' ? Kind.Directory : directory.kindOf(name)
  const shown = withSlash(asked, path)
  if (kind === Kind.Directory || shown !== asked) {
    resolver.note?.('esmResolve', shown, 'skipped', 'a directory, of which import takes no index')
    throw unsupportedDirectory(shown, base, url())
  }
  if (kind === undefined) {
    resolver.note?.('esmResolve', shown, 'absent', 'import tries no extensions')
    throw esModuleNotFound(shown, base, url())
  }
  return { kind: 'file', filename: resolver.fileAt(directory, name, false, 'esmResolve'), suffix }
}

/** @throws URIError that tells the URL */
function decoded(encoded: string, url: () => string): string {
  if (!encoded.includes('%')) return encoded
  try {
    return decodeURIComponent(encoded)
  } catch (error) {
    throw Object.assign(error as URIError, { input: url() })
  }
}

/** A URL without its suffix, with the escapes that it was asked for with. */
function urlOf({ places }: Resolver, place: Place, encoded: string): string {
  const path = escapeUrlPath(encoded)
  const { directory, name } = locate(places.at(encodePath(place.path)), path.replace(/^\/+/, ''))
  return `file://${withSlash(directory.pathOf(name), path)}`
}

/** @param asked how it was asked for: a directory, where it says so */
function withSlash(path: string, asked: string): string {
  return /(?:^|\/)\.{0,2}$/.test(asked) && path !== '/' ? `${path}/` : path
}
