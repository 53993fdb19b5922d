/** What both kinds of path have in common. */

import { validateObject } from './validate.ts'

export interface ParsedPath {
  root: string
  dir: string
  base: string
  ext: string
  name: string
}

export interface Path {
  resolve(...paths: string[]): string
  normalize(path: string): string
  isAbsolute(path: string): boolean
  join(...paths: string[]): string
  relative(from: string, to: string): string
  toNamespacedPath(path: string): string
  dirname(path: string): string
  basename(path: string, suffix?: string): string
  extname(path: string): string
  format(parts: Partial<ParsedPath>): string
  parse(path: string): ParsedPath
  matchesGlob(path: string, pattern: string): boolean
  sep: string
  delimiter: string
  win32: Path | null
  posix: Path | null
  /** Documented as deprecated (DEP0080), and used. */
  _makeLong?: Path['toNamespacedPath']
}

/** Takes `.` and `..` out; what leads above the start is dropped unless `allowAbove`. */
export function normalizeSegments(
  segments: readonly string[],
  allowAbove: boolean,
  separator: string,
): string {
  const kept: string[] = []
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') kept.push(segment)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (allowAbove) kept.push('..')
  }
  return kept.join(separator)
}

/** `path.format`; bound as node's is, so that its name says so. */
export function formatWith(separator: string): (parts: Partial<ParsedPath>) => string {
  function _format(parts: Partial<ParsedPath>): string {
    validateObject(parts, 'pathObject')
    const { root, ext } = parts
    const dot = ext && !ext.startsWith('.') ? '.' : ''
    const base = parts.base || `${parts.name || ''}${dot}${ext || ''}`
    const dir = parts.dir || root
    if (!dir) return base
    return dir === root ? `${dir}${base}` : `${dir}${separator}${base}`
  }
  return _format.bind(null)
}
