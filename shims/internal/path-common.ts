/** What both kinds of path have in common. */

import { matchesGlob } from './glob.ts'
import { validateObject, validateString } from './validate.ts'

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
export function normalizeSegments(path: string, allowAbove: boolean, separator: string): string {
  let kept = ''
  for (let start = 0, end = 0; end < path.length; start = end + 1) {
    end = path.indexOf(separator, start)
    if (end === -1) end = path.length
    const segment = path.slice(start, end)
    if (segment === '' || segment === '.') continue
    if (segment === '..') {
      const last = kept.lastIndexOf(separator)
      if (kept !== '' && kept.slice(last + 1) !== '..') {
        kept = kept.slice(0, Math.max(last, 0))
        continue
      }
      if (!allowAbove) continue
    }
    kept += kept === '' ? segment : separator + segment
  }
  return kept
}

/** Where the two kinds differ. */
export interface PathRules {
  readonly separator: '/' | '\\'
  isSeparator(character: string | undefined): boolean
  /** The end of the root for `dirname` and `parse`. */
  rootEnd(path: string): number
  /** Where the first name may begin, for `basename` and `extname`. */
  nameStart(path: string): number
  resolve(...paths: string[]): string
  toNamespacedPath(path: string): string
}

/** The members that come behind `join`, in node's order. */
export function createCommonMembers(
  rules: PathRules,
): Omit<Path, 'resolve' | 'normalize' | 'isAbsolute' | 'join'> {
  const { separator, isSeparator, rootEnd, nameStart, resolve, toNamespacedPath } = rules
  const isWindows = separator === '\\'
  const code = separator.charCodeAt(0)

  /** A resolved path without separators around it. */
  function trimmed(path: string): string {
    let start = 0
    let end = path.length
    while (path.charCodeAt(start) === code) start++
    while (end > start && path.charCodeAt(end - 1) === code) end--
    return path.slice(start, end)
  }

  /** Read by characters, as bundlers ask for thousands of these; undefined where no relative path leads. */
  function wayBetween(from: string, to: string): string | undefined {
    if (from === '') return to
    // In lower case a path may be longer, but has the same segments.
    const [start, goal] = isWindows ? [from.toLowerCase(), to.toLowerCase()] : [from, to]
    const codeAt = (path: string, index: number) =>
      index === path.length ? code : path.charCodeAt(index)
    let index = 0
    let common = 0
    for (; index <= start.length && codeAt(start, index) === codeAt(goal, index); index++) {
      if (codeAt(start, index) === code) common++
    }
    // From one drive or share to another no relative path leads; a lone root is on none.
    if (isWindows && common === 0 && to !== '') return undefined
    let rest = 0
    while (common-- > 0) rest = to.indexOf(separator, rest) + 1 || to.length
    let way = to.slice(rest)
    for (; index <= start.length; index++) {
      if (codeAt(start, index) === code) way = way === '' ? '..' : `..${separator}${way}`
    }
    return way
  }

  /** The last component: trailing separators do not count, nor does what lies before `start`. */
  function lastPart(path: string, start: number): [start: number, end: number] {
    let end = path.length
    while (end > start && isSeparator(path[end - 1])) end--
    let from = end
    while (from > start && !isSeparator(path[from - 1])) from--
    return [from, end]
  }

  return {
    relative(from, to) {
      validateString(from, 'from')
      validateString(to, 'to')
      if (from === to) return ''
      const goal = resolve(to)
      return wayBetween(trimmed(resolve(from)), trimmed(goal)) ?? goal
    },
    toNamespacedPath,
    dirname(path) {
      validateString(path, 'path')
      const root = rootEnd(path)
      const [start] = lastPart(path, root)
      if (start <= root) return path.slice(0, root) || '.'
      // Two slashes at the front are more than one, on posix.
      return path.slice(0, !isWindows && root === 1 && start === 2 ? 2 : start - 1)
    },
    basename(path, suffix) {
      if (suffix !== undefined) validateString(suffix, 'suffix')
      validateString(path, 'path')
      const [start, end] = lastPart(path, nameStart(path))
      const base = path.slice(start, end)
      if (!suffix || suffix.length > path.length) return base
      if (suffix === path) return ''
      if (base.length < suffix.length) return suffix.endsWith(base) ? path.slice(start) : base
      return base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base
    },
    extname(path) {
      validateString(path, 'path')
      return splitExtension(path.slice(...lastPart(path, nameStart(path))))[1]
    },
    format: formatWith(separator),
    parse(path) {
      validateString(path, 'path')
      const end = rootEnd(path)
      const root = path.slice(0, end)
      const [start, stop] = lastPart(path, end)
      const base = path.slice(start, stop)
      // As in node: on posix, right behind the root, `..` is a name with a dot at its end.
      const isOdd = !isWindows && end === 1 && start === 1 && base === '..'
      const [name, ext] = isOdd ? ['.', '.'] : splitExtension(base)
      const dir = start > 0 && start !== end ? path.slice(0, start - 1) : root
      return { root, dir, base, ext, name }
    },
    matchesGlob(path, pattern) {
      validateString(path, 'path')
      validateString(pattern, 'pattern')
      return matchesGlob(path, pattern, isWindows)
    },
    sep: separator,
    delimiter: isWindows ? ';' : ':',
    win32: null,
    posix: null,
  }
}

/** Splits a name before its extension: a dot at the front begins none, and `..` has none. */
function splitExtension(base: string): [name: string, extension: string] {
  const dot = base.lastIndexOf('.')
  return dot <= 0 || base === '..' ? [base, ''] : [base.slice(0, dot), base.slice(dot)]
}

/** `path.format`; bound as node's is, so that its name says so. */
function formatWith(separator: string): (parts: Partial<ParsedPath>) => string {
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
