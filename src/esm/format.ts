/** How a module is to be read, by what its URL says. https://nodejs.org/api/esm.html#resolution-algorithm-specification */

import type { Engine } from '../load/engine.ts'
import { extname, toFileUrl } from '../path.ts'
import { Kind } from '../seams.ts'
import { unknownExtension } from './errors.ts'
import type { Location } from './location.ts'

const byExtension: Readonly<Record<string, string>> = {
  '.mjs': 'module',
  '.cjs': 'commonjs',
  '.json': 'json',
  '.node': 'addon',
  '.wasm': 'wasm',
}

const byMime: readonly (readonly [RegExp, string])[] = [
  [/^\s*(?:text|application)\/javascript/i, 'module'],
  [/^\s*application\/json/i, 'json'],
  [/^\s*application\/wasm/i, 'wasm'],
]

/**
 * @returns a format of node's; of data with another MIME type, that type
 * @throws ERR_UNKNOWN_FILE_EXTENSION
 */
export function formatOf(engine: Engine, location: Location): string {
  if (location.kind === 'data') {
    return byMime.find(([pattern]) => pattern.test(location.mime))?.[1] ?? location.mime
  }
  if (location.kind !== 'file') return 'builtin'
  const { filename } = location
  const extension = extname(filename)
  if (isNamelessWasm(engine, filename)) return 'wasm'
  const transpiled = engine.transpiling?.formatOf(filename)
  const known = transpiled ?? byExtension[extension]
  if (known !== undefined && known !== 'typescript') return known
  if (transpiled === undefined && extension !== '.js' && extension !== '') {
    throw unknownExtension(extension, filename)
  }
  const format = engine.formatOf(filename)
  // An engine that rewrites the text had to read it anyway.
  const isRewritten = transpiled !== undefined && engine.transpiling?.find !== undefined
  if (format.startsWith('module') && !isRewritten) warnOfMissingType(engine, filename)
  return format
}

/** The same without looking into it, and without an error; `null` where only its text can tell. */
export function declaredFormatOf(engine: Engine, location: Location): string | null | undefined {
  if (location.kind === 'data') return formatOf(engine, location)
  if (location.kind === 'builtin') return 'builtin'
  if (location.kind !== 'file') return undefined
  const { filename } = location
  const extension = extname(filename)
  if (isNamelessWasm(engine, filename)) return 'wasm'
  const format = engine.declaredFormat(filename) ?? byExtension[extension]
  if (format !== undefined && format !== 'typescript') return format
  return format || /^(?:\.js)?$/.test(extension) ? null : undefined
}

/** A file without extension, by its first bytes. */
function isNamelessWasm(engine: Engine, filename: string): boolean {
  if (extname(filename) !== '' || engine.declaredFormat(filename) === 'commonjs') return false
  const entry = engine.volume.lookup(filename)
  return entry?.kind === Kind.File && entry.text().startsWith('\0asm')
}

/** Of each package.json once: its packages' files are compiled twice. */
function warnOfMissingType(engine: Engine, filename: string): void {
  const scope = engine.scopeOf(filename)
  if (scope === undefined || scope.manifest.type !== 'none' || filename.includes('/node_modules/'))
    return
  const manifest = scope.place.pathOf('package.json')
  const warned = warnedOf.get(engine) ?? new Set()
  if (warned.has(manifest)) return
  warnedOf.set(engine, warned.add(manifest))
  engine.process.emitWarning(
    `Module type of ${toFileUrl(filename)} is not specified and it doesn't parse as CommonJS.\n` +
      'Reparsing as ES module because module syntax was detected. This incurs a performance overhead.\n' +
      `To eliminate this warning, add "type": "module" to ${manifest}.`,
    'Warning',
    'MODULE_TYPELESS_PACKAGE_JSON',
  )
}

const warnedOf = new WeakMap<Engine, Set<string>>()
