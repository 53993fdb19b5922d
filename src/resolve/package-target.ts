/**
 * The `exports` and `imports` fields of package.json.
 * https://nodejs.org/api/esm.html#resolution-algorithm-specification; where node's code and that text differ, the code.
 */
import type { CodedError } from '../errors.ts'
import { toFileUrl } from '../path.ts'
import type { Note } from '../seams.ts'
import {
  invalidModuleSpecifier,
  invalidPackageConfig,
  invalidPackageTarget,
  packageImportNotDefined,
  packagePathNotExported,
} from './errors.ts'
import type { Manifest } from './manifest.ts'
import type { Place } from './place.ts'

/** A target that was chosen: a path inside a package as it is written there, or what `imports` said beyond it. */
export type Target =
  | { readonly kind: 'inside'; readonly place: Place; readonly relative: string }
  | { readonly kind: 'builtin'; readonly id: string }

/** What the algorithm needs beside its arguments. */
export interface TargetContext {
  readonly conditions: ReadonlySet<string>
  /** The requiring file, as error messages name it; `undefined` leaves it out. */
  readonly base: string | undefined
  /** `PACKAGE_RESOLVE`, for targets of `imports` that are packages. */
  packageResolve(specifier: string, from: Place, conditions: ReadonlySet<string>): Target
  /** @param once what it is about, when it is to be told only once */
  emitWarning(message: string, code: string, once?: string): void
  readonly note: Note | undefined
  readonly noteMain: NoteMain | undefined
}

/** Told of the main file that was found for a package without `exports`, and of who asked. */
export type NoteMain = (
  place: Place,
  main: string | undefined,
  found: { readonly place: Place; readonly relative: string },
  base: string,
) => void

/** One row of `exports` or `imports` that matched. */
interface Match {
  readonly place: Place
  readonly key: string
  /** What `*` stood for; `undefined` for a key without one. */
  readonly star: string | undefined
  readonly isImport: boolean
  /** The request ended in `/`, as mappings of whole directories once did. */
  readonly isPathMap: boolean
}

/**
 * `PACKAGE_EXPORTS_RESOLVE`
 * @throws ERR_PACKAGE_PATH_NOT_EXPORTED, ERR_INVALID_PACKAGE_TARGET, ERR_INVALID_PACKAGE_CONFIG, ERR_INVALID_MODULE_SPECIFIER
 */
export function packageExportsResolve(
  place: Place,
  subpath: string,
  manifest: Pick<Manifest, 'exports'>,
  context: TargetContext,
): Target {
  const map = exportsMap(manifest.exports, place, context)
  // 1. A key of exactly that name.
  if (Object.hasOwn(map, subpath) && !subpath.includes('*') && !subpath.endsWith('/')) {
    const match = { place, key: subpath, star: undefined, isImport: false, isPathMap: false }
    const target = packageTargetResolve(map[subpath], match, context)
    if (target) return target
  } else {
    // 2. The most specific key with a `*`.
    const found = bestPattern(map, subpath, () => {
      if (subpath.endsWith('/')) warnOfTrailingSlash(subpath, place, context)
    })
    if (found) {
      const isPathMap = subpath.endsWith('/')
      const match = { place, ...found, isImport: false, isPathMap }
      const target = packageTargetResolve(map[found.key], match, context)
      if (target) return target
    }
  }
  throw packagePathNotExported(slashed(place), subpath, context.base)
}

/**
 * `PACKAGE_IMPORTS_RESOLVE`
 * @throws ERR_PACKAGE_IMPORT_NOT_DEFINED, ERR_INVALID_MODULE_SPECIFIER, ERR_INVALID_PACKAGE_TARGET
 */
export function packageImportsResolve(
  specifier: string,
  place: Place,
  manifest: Pick<Manifest, 'imports'>,
  context: TargetContext & { readonly base: string },
): Target {
  // node >=24.21: `#/…` is legal.
  if (specifier === '#' || specifier.endsWith('/')) {
    const reason = 'is not a valid internal imports specifier name'
    throw invalidModuleSpecifier(specifier, reason, context.base)
  }
  // node looks at both maps here, so that broken exports throw.
  const { imports } = { ...manifest }
  const map = imports as Record<string, unknown> | undefined
  if (map) {
    const found =
      Object.hasOwn(map, specifier) && !specifier.includes('*')
        ? { key: specifier, star: undefined }
        : bestPattern(map, specifier)
    if (found) {
      const match = { place, ...found, isImport: true, isPathMap: false }
      const target = packageTargetResolve(map[found.key], match, context)
      if (target) return target
    }
  }
  throw packageImportNotDefined(specifier, slashed(place), context.base)
}

/** Sugar undone: `exports` as a map of subpaths. */
function exportsMap(
  exports: unknown,
  place: Place,
  context: TargetContext,
): Record<string, unknown> {
  const isSugar = typeof exports === 'string' || Array.isArray(exports)
  if (isSugar || typeof exports !== 'object' || exports === null) return { '.': exports }
  const keys = Object.getOwnPropertyNames(exports)
  const conditional = keys.filter((key) => !key.startsWith('.')).length
  if (conditional === 0) return exports as Record<string, unknown>
  if (conditional === keys.length) return { '.': exports }
  throw invalidPackageConfig(
    place.pathOf('package.json'),
    context.base && toFileUrl(context.base),
    '"exports" cannot contain some keys starting with \'.\' and some not.' +
      ' The exports object must either be an object of package subpath keys' +
      ' or an object of main entry condition name keys only.',
  )
}

/**
 * `PACKAGE_TARGET_RESOLVE`: `undefined` when no condition holds, `null` when the target forbids.
 */
function packageTargetResolve(
  target: unknown,
  match: Match,
  context: TargetContext,
): Target | null | undefined {
  // 1. A string.
  if (typeof target === 'string') return targetString(target, match, context)
  // 2. An array: the first that is neither invalid nor absent.
  if (Array.isArray(target)) return targetArray(target, match, context)
  // 3. An object: conditions, in the order in which it has them.
  if (typeof target === 'object' && target !== null) {
    const keys = Object.getOwnPropertyNames(target)
    if (keys.some(isArrayIndex)) {
      const path = match.place.pathOf('package.json')
      const reason = '"exports" cannot contain numeric property keys.'
      throw invalidPackageConfig(path, context.base && toFileUrl(context.base), reason)
    }
    for (const key of keys) {
      if (key !== 'default' && !context.conditions.has(key)) {
        context.note?.('packageTargetResolve', key, 'skipped', 'condition not set')
        continue
      }
      context.note?.('packageTargetResolve', key, 'matched', 'condition')
      const resolved = packageTargetResolve(
        (target as Record<string, unknown>)[key],
        match,
        context,
      )
      if (resolved !== undefined) return resolved
    }
    return undefined
  }
  // 4. null forbids; anything else is a mistake.
  if (target === null) {
    context.note?.('packageTargetResolve', match.key, 'absent', 'target is null')
    return null
  }
  throw invalidTarget(target, match, context)
}

function targetArray(
  targets: readonly unknown[],
  match: Match,
  context: TargetContext,
): Target | null | undefined {
  if (targets.length === 0) return null
  let last: CodedError | null | undefined
  for (const target of targets) {
    let resolved: Target | null | undefined
    try {
      resolved = packageTargetResolve(target, match, context)
    } catch (error) {
      last = error as CodedError
      if (last.code !== 'ERR_INVALID_PACKAGE_TARGET') throw error
      continue
    }
    if (resolved) return resolved
    if (resolved === null) last = null
  }
  if (last) throw last
  return last
}

/** Segments that no target may have, and those that are only frowned upon. */
const invalidSegment =
  /(?:^|\\|\/)(?:(?:\.|%2e){1,2}|(?:n|%6e|%4e)(?:o|%6f|%4f)(?:d|%64|%44)(?:e|%65|%45)(?:_|%5f)(?:m|%6d|%4d)(?:o|%6f|%4f)(?:d|%64|%44)(?:u|%75|%55)(?:l|%6c|%4c)(?:e|%65|%45)(?:s|%73|%53))(?:\\|\/|$)/i
const emptySegment = /^$|^[\\/]|[\\/]$|[\\/][\\/]/

function targetString(target: string, match: Match, context: TargetContext): Target {
  const { star } = match
  if (!target.startsWith('./')) {
    const mayBePackage =
      match.isImport && !target.startsWith('/') && !target.startsWith('../') && !isUrl(target)
    if (!mayBePackage) throw invalidTarget(target, match, context)
    const specifier = star === undefined ? target : target.replaceAll('*', () => star)
    context.note?.('packageTargetResolve', specifier, 'matched', 'a package')
    return context.packageResolve(specifier, match.place, context.conditions)
  }
  const inner = target.slice(2)
  if (invalidSegment.test(inner)) throw invalidTarget(target, match, context)
  const resolved = star === undefined ? target : target.replaceAll('*', () => star)
  const request = star === undefined ? match.key : match.key.replace('*', () => star)
  if (emptySegment.test(inner) && !match.isPathMap) {
    warnOfSegment(resolved, request, match, context, /[/\\][/\\]/.test(resolved))
  }
  if (star !== undefined && star !== '') {
    if (invalidSegment.test(star)) {
      const field = match.isImport ? 'imports' : 'exports'
      const path = match.place.pathOf('package.json')
      const reason = `request is not a valid match in pattern "${match.key}" for the "${field}" resolution of ${path}`
      throw invalidModuleSpecifier(request, reason, context.base)
    }
    if (emptySegment.test(star) && !match.isPathMap) {
      warnOfSegment(resolved, request, match, context, /[/\\][/\\]/.test(request))
    }
  }
  context.note?.('packageTargetResolve', resolved, 'matched', 'target')
  return { kind: 'inside', place: match.place, relative: resolved.slice(2) }
}

/** The key with a `*` that fits best, and what the `*` stands for. */
function bestPattern(
  map: Readonly<Record<string, unknown>>,
  request: string,
  onPrefix?: () => void,
): { key: string; star: string } | undefined {
  let best = ''
  let bestStar = ''
  for (const key of Object.getOwnPropertyNames(map)) {
    const star = key.indexOf('*')
    if (star === -1 || !request.startsWith(key.slice(0, star))) continue
    onPrefix?.()
    const trailer = key.slice(star + 1)
    const fits =
      request.length >= key.length &&
      request.endsWith(trailer) &&
      patternKeyCompare(best, key) === 1 &&
      key.lastIndexOf('*') === star
    if (!fits) continue
    best = key
    bestStar = request.slice(star, request.length - trailer.length)
  }
  return best === '' ? undefined : { key: best, star: bestStar }
}

/** `PATTERN_KEY_COMPARE`: -1 when `a` is the more specific one, 1 when `b` is. */
export function patternKeyCompare(a: string, b: string): -1 | 0 | 1 {
  const starOfA = a.indexOf('*')
  const starOfB = b.indexOf('*')
  const baseOfA = starOfA === -1 ? a.length : starOfA + 1
  const baseOfB = starOfB === -1 ? b.length : starOfB + 1
  if (baseOfA !== baseOfB) return baseOfA > baseOfB ? -1 : 1
  if (starOfA === -1) return 1
  if (starOfB === -1) return -1
  if (a.length === b.length) return 0
  return a.length > b.length ? -1 : 1
}

function isArrayIndex(key: string): boolean {
  const number = Number(key)
  return String(number) === key && number >= 0 && number < 0xffff_ffff
}

/** Whether `new URL(text)` would succeed, as far as an `imports` target can tell. */
function isUrl(text: string): boolean {
  const [, scheme, rest = ''] = /^[\0-\x20]*([a-z][a-z0-9+\-.]*):(.*)$/is.exec(text) ?? []
  if (scheme === undefined) return false
  const needsHost = /^(?:https?|wss?|ftp)$/i.test(scheme)
  return !needsHost || /^[/\\]*[^/\\?#\s]/.test(rest)
}

function invalidTarget(target: unknown, match: Match, context: TargetContext): CodedError {
  const shown = typeof target === 'object' ? JSON.stringify(target, null, '') : String(target)
  return invalidPackageTarget(slashed(match.place), match.key, shown, match.isImport, context.base)
}

function warnOfTrailingSlash(subpath: string, place: Place, context: TargetContext): void {
  const from = context.base ? ` imported from ${context.base}` : ''
  context.emitWarning(
    `Use of deprecated trailing slash pattern mapping "${subpath}" in the ` +
      `"exports" field module resolution of the package at ${place.pathOf('package.json')}${from}. ` +
      'Mapping specifiers ending in "/" is no longer supported.',
    'DEP0155',
    `${place.path}|${subpath}`,
  )
}

function warnOfSegment(
  resolved: string,
  request: string,
  match: Match,
  context: TargetContext,
  isDouble: boolean,
): void {
  const kind = isDouble ? 'double slash' : 'leading or trailing slash matching'
  const matched = request === match.key ? '' : `matched to "${match.key}" `
  const field = match.isImport ? 'imports' : 'exports'
  const from = context.base ? ` imported from ${context.base}` : ''
  context.emitWarning(
    `Use of deprecated ${kind} resolving "${resolved}" for module request "${request}" ${matched}` +
      `in the "${field}" field module resolution of the package at ${match.place.pathOf('package.json')}${from}.`,
    'DEP0166',
  )
}

function slashed(place: Place): string {
  return place.parent === undefined ? '/' : `${place.path}/`
}
