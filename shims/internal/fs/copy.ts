/** `cp` in its three forms: one walk, which waits wherever the guest's filter has to be asked. */

import { codedError, describeReceived } from '../../../src/errors.ts'
import {
  type DirectoryEntry,
  type Entry,
  Kind,
  type Shim,
  type ShimContext,
} from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { validateFunction } from '../validate.ts'
import { fsError, refusedBySystem } from './errors.ts'
import type { Library } from './library.ts'
import { splitLast } from './tree.ts'

type Steps = Generator<Loose, void, Loose>

/** Of each refusal: node's code, the system's with its number, and the words before them. */
const refusals = {
  same: ['CP_EINVAL', 'EINVAL', 22, 'Invalid src or dest'],
  inside: ['CP_EINVAL', 'EINVAL', 22, 'Invalid src or dest'],
  ontoFile: ['CP_DIR_TO_NON_DIR', 'EISDIR', 21, 'Cannot overwrite non-directory with directory'],
  ontoDirectory: [
    'CP_NON_DIR_TO_DIR',
    'ENOTDIR',
    20,
    'Cannot overwrite directory with non-directory',
  ],
  directory: ['EISDIR', 'EISDIR', 21, 'Path is a directory'],
  exists: ['CP_EEXIST', 'EEXIST', 17, 'Target already exists'],
  linkAbove: [
    'CP_SYMLINK_TO_SUBDIRECTORY',
    'EINVAL',
    22,
    'Cannot overwrite symlink in subdirectory of self',
  ],
} as const

type Reason = keyof typeof refusals

function createCopy(context: ShimContext, library: Library): Record<string, LooseFunction> {
  const { tree, operations, forms, checks } = library
  const call = (name: string, ...args: Loose[]): Loose => operations[name]?.apply(undefined, args)

  function* copy(src: string, dest: string, options: Loose, isSync: boolean): Steps {
    const { resolve, isAbsolute, join } = context.require('path')
    const { dereference, filter, force } = options
    if (!(yield* isWanted(src, dest))) return
    // The synchronous form looks through links before it begins.
    checkPlaces(src, dest, isSync)
    const above = splitLast(dest).directory
    if (typeof tree.walk(above, true) === 'string') {
      call('mkdir', above, { mode: 0o777, recursive: true })
    }
    yield* copyEntry(src, dest)

    function* isWanted(from: string, to: string): Generator<Loose, boolean, Loose> {
      return filter === undefined || Boolean(yield filter(from, to))
    }

    /** @param text of the synchronous form, whose errors are simpler @param message of the others */
    function refuse(reason: Reason, text: string, path: string, message: string): Error {
      const [name, code, errno, prefix] = refusals[reason]
      const ownCode = `ERR_FS_${name}`
      if (isSync && text !== '') return Object.assign(new Error(text), { code: ownCode })
      return refusedBySystem(ownCode, prefix, { message, path, syscall: 'cp', errno, code })
    }

    function look(path: string, follow: boolean): Entry | undefined {
      const found = tree.walk(path, follow)
      if (typeof found !== 'string') return found.entry
      if (found === 'ENOENT') return undefined
      throw fsError(found, follow && !isSync ? 'stat' : 'lstat', path)
    }

    function checkPlaces(from: string, to: string, throughLinks: boolean): void {
      const source = look(from, dereference || throughLinks)
      if (source === undefined) throw fsError('ENOENT', dereference ? 'stat' : 'lstat', from)
      const target = look(to, dereference)
      const isDirectory = source.kind === Kind.Directory
      const isOntoDirectory = target?.kind === Kind.Directory
      const shown = isSync && isDirectory && !from.endsWith('/') ? `${from}/` : from
      if (target === source || (throughLinks && look(to, true) === source)) {
        const text = 'src and dest cannot be the same'
        throw refuse('same', `${text} ${to}`, to, text)
      }
      if (target !== undefined && isDirectory && !isOntoDirectory) {
        const text = `annot overwrite non-directory ${to} with directory ${from}`
        throw refuse('ontoFile', `C${text}`, to, `c${text}`)
      }
      if (target !== undefined && !isDirectory && isOntoDirectory) {
        const text = `annot overwrite directory ${to} with non-directory ${from}`
        throw refuse('ontoDirectory', `C${text}`, to, `c${text}`)
      }
      if (isSync && isDirectory && !options.recursive) throw isDirectoryError(from, shown)
      if (isDirectory && isInside(to, source)) {
        const text = `annot copy ${shown} to a subdirectory of self ${to}`
        throw refuse('inside', `C${text}`, to, `c${text}`)
      }
    }

    function isDirectoryError(path: string, shown: string): Error {
      const text = `Recursive option not enabled, cannot copy a directory: ${shown}`
      return refuse('directory', text, path, `${path} is a directory (not copied)`)
    }

    /** Whether the path, or the first above it that exists, is in the directory. */
    function isInside(path: string, directory: Entry): boolean {
      let place = splitLast(path).directory
      let found = tree.walk(place, true)
      while (typeof found === 'string' && place !== splitLast(place).directory) {
        place = splitLast(place).directory
        found = tree.walk(place, true)
      }
      let above: DirectoryEntry | undefined
      if (typeof found !== 'string' && found.entry.kind === Kind.Directory) above = found.entry
      while (above !== undefined && above !== directory) above = above.parent
      return above !== undefined
    }

    function* copyEntry(from: string, to: string): Steps {
      const source = look(from, dereference)
      if (source === undefined) throw fsError('ENOENT', dereference ? 'stat' : 'lstat', from)
      const target = look(to, dereference)
      if (source.kind === Kind.Directory) {
        if (!options.recursive) throw isDirectoryError(from, from)
        yield* copyDirectory(source, from, to, target === undefined)
      } else if (source.kind === Kind.Link) copyLink(from, to, target)
      else copyFile(from, to, target)
    }

    function* copyDirectory(
      source: DirectoryEntry,
      from: string,
      to: string,
      isNew: boolean,
    ): Steps {
      if (isNew) call('mkdir', to, { mode: 0o777 })
      for (const name of source.names().sort()) {
        const [child, copied] = [join(from, name), join(to, name)]
        if (!(yield* isWanted(child, copied))) continue
        checkPlaces(child, copied, false)
        yield* copyEntry(child, copied)
      }
      if (isNew) call('chmod', to, tree.inodeOf(source).mode)
    }

    function copyFile(from: string, to: string, target: Entry | undefined): void {
      if (target !== undefined) {
        if (!force) {
          if (options.errorOnExist) throw refuse('exists', '', to, `${to} already exists`)
          return
        }
        call('unlink', to)
      }
      call('copyFile', from, to, options.mode)
      if (!options.preserveTimestamps) return
      const { atimeMs, mtimeMs } = call('stat', from, {})
      call('utimes', to, atimeMs, mtimeMs)
    }

    function copyLink(from: string, to: string, target: Entry | undefined): void {
      let leadsTo: string = call('readlink', from)
      const fullPath = (link: string, text: string) =>
        isAbsolute(text) ? text : resolve(splitLast(link).directory, text)
      if (!options.verbatimSymlinks) leadsTo = fullPath(from, leadsTo)
      if (target?.kind === Kind.Link) {
        if (!isSync || filter !== undefined) {
          checkLinks(fullPath(from, leadsTo), fullPath(to, target.target), from, to)
        }
        call('unlink', to)
      }
      call('symlink', leadsTo, to)
    }

    function checkLinks(leadsTo: string, ledTo: string, from: string, to: string): void {
      const isBelow = (path: string, above: string) => `${path}/`.startsWith(`${above}/`)
      const isDirectory = (path: string) => look(path, true)?.kind === Kind.Directory
      if (isDirectory(from) && isBelow(ledTo, leadsTo)) {
        const text = `annot copy ${leadsTo} to a subdirectory of self ${ledTo}`
        throw refuse('inside', text, to, `c${text}`)
      }
      if (isDirectory(to) && isBelow(leadsTo, ledTo)) {
        throw refuse('linkAbove', '', to, `cannot overwrite ${ledTo} with ${leadsTo}`)
      }
    }
  }

  function runSync(steps: Steps): void {
    for (let step = steps.next(); !step.done; step = steps.next(step.value)) {
      const answer: unknown = step.value
      if (Object.prototype.toString.call(answer) === '[object Promise]') {
        const text = `Expected boolean to be returned from the "filter" function but got ${describeReceived(answer)}.`
        throw codedError(TypeError, 'ERR_INVALID_RETURN_VALUE', text)
      }
    }
  }

  async function run(steps: Steps): Promise<void> {
    for (let step = steps.next(); !step.done; ) step = steps.next(await step.value)
  }

  const check = (args: Loose[]) =>
    checks.check(checks.signatureOf('cp'), args) as [string, string, Loose]

  const start = async (src: string, dest: string, options: Loose) => {
    await forms.promise(() => {})
    await run(copy(src, dest, options, false))
  }

  return {
    cpSync: (...args) => runSync(copy(...check(args), true)),

    cp(src, dest, options, callback) {
      const last = typeof options === 'function' ? options : callback
      validateFunction(last, 'cb')
      start(...check([src, dest, last === options ? undefined : options])).then(
        () => forms.later(() => last(null)),
        (error) => forms.later(() => last(error)),
      )
    },

    promise: async (...args) => start(...check(args)),
  }
}

const shim: Shim = (context) => (_fs: Loose, library: Library) => createCopy(context, library)

export default shim
