/** `glob` in its three forms: patterns are walked part by part, so that only directories which may match are read. */

import { createError } from '../../../src/errors.ts'
import { type Entry, Kind, type Shim, type ShimContext } from '../../../src/seams.ts'
import { expandBraces, matchesGlob, segmentToRegExp } from '../glob.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { validateFunction, validateObject, validateString } from '../validate.ts'
import type { Library } from './library.ts'
import { isUrl, validatePath } from './paths.ts'
import { isAbsolute } from './tree.ts'

type Part = string | RegExp

/** Any number of directories. */
const anyDepth = '**'

/** Where a walk stands that asks whether something is left out. */
interface Step {
  /** At `**`, or beside it in the pattern. */
  readonly isDeep: boolean
  /** What is found is a directory, and the pattern goes on below it. */
  readonly leadsOn: boolean
}

type Exclusion = (path: string, dirent: () => Loose, step: Step) => boolean

function createGlob(context: ShimContext, library: Library): Record<string, LooseFunction> {
  const { tree, forms } = library

  function glob(patterns: Loose, given: Loose = {}): Loose[] {
    const { join, resolve, dirname, basename } = context.require('path')
    const list = checkPatterns(patterns)
    validateObject(given, 'options')
    const { withFileTypes, followSymlinks } = given
    const base = isUrl(given.cwd) ? validatePath(context, given.cwd) : (given.cwd ?? '.')
    const isExcluded = exclusionOf(given.exclude, withFileTypes)
    const results = new Map<string, Entry>()
    for (const pattern of list) {
      for (const alternative of expandBraces(pattern.replaceAll('\\', '/'))) {
        const parts = partsOf(alternative)
        if (parts.some((part) => part !== '..' && part !== '')) {
          visit(parts, 0, isAbsolute(alternative) ? '/' : '.', true)
        } else if (isAbsolute(alternative)) visit([''], 0, '/', true)
      }
    }
    if (!withFileTypes) return [...results.keys()]
    return Array.from(results, ([path, entry]) => direntOf(path, entry))

    function fullPath(path: string): string {
      return isAbsolute(path) ? path : join(base, path)
    }

    function direntOf(path: string, entry: Entry): Loose {
      const { mode } = tree.inodeOf(entry)
      // Of `.` and `..` it is the directory's own name.
      const full = /(?:^|\/)\.\.?$/.test(path) ? resolve(fullPath(path)) : fullPath(path)
      return library.buildDirent(basename(full), mode, dirname(full))
    }

    function look(path: string, follow: boolean): Entry | undefined {
      const found = tree.walk(fullPath(path), follow)
      return typeof found === 'string' ? undefined : found.entry
    }

    function isLeftOut(parts: readonly Part[], index: number, path: string, entry: Entry): boolean {
      const isDeep = parts.slice(Math.max(index - 1, 0), index + 2).includes(anyDepth)
      const leadsOn = entry.kind === Kind.Directory && (isDeep || index < parts.length - 1)
      return isExcluded(path, () => direntOf(path, entry), { isDeep, leadsOn })
    }

    function include(path: string, entry: Entry): void {
      results.set(path, entry)
    }

    /**
     * @param isGiven the path was written out, and so links on it are followed
     * @param above the directories on the way that were read, so that links lead in no circle
     */
    function visit(
      parts: readonly Part[],
      index: number,
      path: string,
      isGiven: boolean,
      above: readonly Entry[] = [],
    ): void {
      const part = parts[index]
      if (part === undefined) {
        const entry = look(path, false)
        if (entry !== undefined) include(path, entry)
        return
      }
      if (typeof part === 'string' && part !== anyDepth && part !== '') {
        const next = join(path, part)
        const entry = look(next, false)
        if (entry === undefined || (part !== '..' && isLeftOut(parts, index, next, entry))) return
        visit(parts, index + 1, next, true, part === '..' ? [] : above)
        return
      }
      const entry = look(path, isGiven || followSymlinks)
      const isLast = index === parts.length - 1
      if (entry?.kind !== Kind.Directory) {
        // After a name that is written out, no directory at all is any number of them.
        const own = isLast && part === anyDepth && look(path, false)
        if (own) include(path, own)
        return
      }
      if (part === '') {
        include(path, entry)
        return
      }
      if (part === anyDepth && isLast) include(path.endsWith('..') ? `${path}/` : path, entry)
      if (above.includes(entry)) return
      if (part === anyDepth && !isLast) visit(parts, index + 1, path, isGiven, above)
      for (const name of entry.names().sort()) {
        const child = entry.get(name)
        const next = join(path, name)
        if (child === undefined) continue
        const matches = part === anyDepth ? !name.startsWith('.') : (part as RegExp).test(name)
        if (!matches || isLeftOut(parts, index, next, child)) continue
        const real = followSymlinks ? look(next, true) : child
        if (real?.kind === Kind.Directory) {
          visit(parts, part === anyDepth ? index : index + 1, next, false, [...above, entry])
        } else if (isLast) include(next, child)
      }
    }
  }

  function exclusionOf(exclude: Loose, withFileTypes: Loose): Exclusion {
    const { basename, normalize } = context.require('path')
    if (exclude === undefined || exclude === null) return () => false
    if (Array.isArray(exclude)) {
      checkStrings(exclude, 'options.exclude')
      const patterns = exclude.map((pattern) => normalize(pattern).replace(/(?<=.)\/$/, ''))
      const matches = (path: string) =>
        patterns.some((pattern) => matchesGlob(path, pattern, false))
      return (path, _, { isDeep }) => matches(path) || (isDeep && matches(`${path}/`))
    }
    if (typeof exclude !== 'function') {
      throw createError(
        'ERR_INVALID_ARG_TYPE',
        'options.exclude',
        ['function', 'string[]'],
        exclude,
      )
    }
    // As node, which asks by names below `**` and by paths of directories that lead on.
    return (path, dirent, { isDeep, leadsOn }) =>
      withFileTypes
        ? (isDeep || leadsOn) && exclude(dirent())
        : (isDeep && exclude(basename(path))) || (leadsOn && exclude(path))
  }

  return {
    globSync: glob,

    glob(patterns, options, callback) {
      const last = typeof options === 'function' ? options : callback
      validateFunction(last, 'cb')
      forms
        .promise(() => glob(patterns, last === options ? undefined : options))
        .then(
          (matches) => forms.later(() => last(null, matches)),
          (error) => forms.later(() => last(error)),
        )
    },

    async *promise(patterns, options) {
      yield* await forms.promise(() => glob(patterns, options))
    },
  }
}

/** Without what says nothing: `.` and empty parts but at the end, and names that `..` takes back. */
function partsOf(pattern: string): Part[] {
  const parts: Part[] = []
  const words = pattern.split('/')
  for (const [index, word] of words.entries()) {
    const previous = parts.at(-1)
    const isEnd = index === words.length - 1
    if (word === '.' || word === '') {
      // At the end it asks for a directory.
      if (isEnd && parts.length > 0) parts.push('')
      continue
    }
    if (word === anyDepth && previous === anyDepth) continue
    if (
      word === '..' &&
      typeof previous === 'string' &&
      previous !== '..' &&
      previous !== anyDepth
    ) {
      parts.pop()
    } else if (word !== anyDepth && /[*?[]|[!+@]\(/.test(word)) {
      parts.push(new RegExp(`^${segmentToRegExp(word)}$`, 'su'))
    } else parts.push(word)
  }
  return parts
}

function checkPatterns(patterns: Loose): string[] {
  if (!Array.isArray(patterns)) {
    validateString(patterns, 'patterns')
    return [patterns]
  }
  checkStrings(patterns, 'patterns')
  return patterns
}

function checkStrings(values: Loose[], name: string): void {
  values.forEach((value, index) => {
    validateString(value, `${name}[${index}]`)
  })
}

const shim: Shim = (context) => (_fs: Loose, library: Library) => createGlob(context, library)

export default shim
