/** `PACKAGE_RESOLVE` of the ES module algorithm, which targets of `imports` go through when they name a package. */

import { Kind, type Note } from '../seams.ts'
import { isPlainBuiltin } from './builtin-ids.ts'
import { esModuleNotFound, invalidModuleSpecifier, mainNotFound } from './errors.ts'
import { packageExportsResolve, type Target, type TargetContext } from './package-target.ts'
import { locate, type Place } from './place.ts'

type FileTarget = Extract<Target, { kind: 'inside' }>

/** As far as `main` alone can go; no other extension is tried here. */
const mainEndings = ['', '.js', '.json', '.node', '/index.js', '/index.json', '/index.node']

/**
 * @param from the directory from which the package is looked for
 * @param base who asks, for errors
 * @throws ERR_INVALID_MODULE_SPECIFIER, ERR_MODULE_NOT_FOUND and what `exports` throw
 */
export function packageResolve(
  specifier: string,
  from: Place,
  base: string,
  context: TargetContext,
): Target {
  if (isPlainBuiltin(specifier)) return { kind: 'builtin', id: specifier }
  const { subpath } = parsePackageName(specifier, base)
  const { note } = context
  const place = packagePlace(specifier, from, base, note)
  const manifest = place.readManifest(`"${specifier}" from ${base}`)
  if (manifest?.exports != null) {
    note?.('packageResolve', place.pathOf('package.json'), 'found', `exports, asked for ${subpath}`)
    return packageExportsResolve(place, subpath, manifest, context)
  }
  note?.('packageResolve', place.path, 'found', 'no exports')
  if (subpath !== '.') {
    // Its URL is not its text, which says nothing of directories then.
    if (/[%?#\\]/.test(subpath)) return { kind: 'inside', place, relative: subpath.slice(2) }
    const { directory, name: leaf } = locate(place, subpath)
    const slash = subpath.endsWith('/') ? '/' : ''
    return { kind: 'inside', place: directory, relative: leaf + slash }
  }
  const target = legacyMainResolve(place, manifest?.main, base, note)
  context.noteMain?.(place, manifest?.main, target, base)
  // A path as it is, where other targets are URLs.
  return { ...target, relative: target.relative.replace(/[%?#\\\s]/g, encodeURIComponent) }
}

/**
 * The directory of the package that a bare specifier names, as seen from a directory.
 * @param base who asks, for errors
 */
export function packagePlace(specifier: string, from: Place, base: string, note?: Note): Place {
  const { name } = parsePackageName(specifier, base)
  const place = ownPackage(name, from) ?? findPackage(name, from, note)
  if (place === undefined) throw esModuleNotFound(name, base)
  return place
}

/** `PACKAGE_SELF_RESOLVE` */
function ownPackage(name: string, from: Place): Place | undefined {
  const { scope } = from
  return scope?.manifest.exports != null && scope.manifest.name === name ? scope.place : undefined
}

/** Unlike `require`, this walk looks into `node_modules/node_modules` too. */
function findPackage(name: string, from: Place, note: Note | undefined): Place | undefined {
  for (let place: Place | undefined = from; place !== undefined; place = place.parent) {
    let candidate = place.child('node_modules')
    // A target may be the empty text, which names that directory itself.
    for (const segment of name ? name.split('/') : []) candidate = candidate.child(segment)
    if (candidate.directory !== undefined) return candidate
    note?.('packageResolve', candidate.path, 'skipped', 'no such directory')
  }
  return undefined
}

/** node looks for what `main` names without its last slash, and loads what it names with it. */
function legacyMainResolve(
  place: Place,
  main: string | undefined,
  base: string,
  note: Note | undefined,
): FileTarget {
  const named = locate(place, main ?? 'index.js')
  const endings = main === undefined ? [] : mainEndings
  const candidates = [
    ...endings.map((end) => [named.directory, named.name + end, (main || './') + end] as const),
    ...mainEndings.slice(4).map((end) => [place, `.${end}`, `.${end}`] as const),
  ]
  for (const [from, looked, path] of candidates) {
    const { directory, name } = locate(from, looked)
    if (directory.entry(name)?.kind === Kind.File) {
      const found = locate(place, path)
      return { kind: 'inside', place: found.directory, relative: found.name }
    }
    note?.('packageResolve', directory.pathOf(name), 'absent')
  }
  throw mainNotFound(named.directory.pathOf(named.name), base)
}

function parsePackageName(specifier: string, base: string): { name: string; subpath: string } {
  const isScoped = specifier.startsWith('@')
  const first = specifier.indexOf('/')
  const slash = isScoped && first !== -1 ? specifier.indexOf('/', first + 1) : first
  const name = slash === -1 ? specifier : specifier.slice(0, slash)
  if ((isScoped && first === -1) || /^\.|%|\\/.test(name)) {
    throw invalidModuleSpecifier(specifier, 'is not a valid package name', base)
  }
  return { name, subpath: slash === -1 ? '.' : `.${specifier.slice(slash)}` }
}
