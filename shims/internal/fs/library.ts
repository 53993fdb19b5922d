/** All of `fs` over the loader's volume, made with the first call; what programs seldom use waits longer. */

import type { Shim, ShimContext } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { type Checks, createChecks } from './arguments.ts'
import { createMoves, createOwnCallbacks, type Moves } from './callbacks.ts'
import { createDescriptors, type Descriptors } from './descriptors.ts'
import { createForms, type Forms } from './forms.ts'
import { createOperations, type Operations } from './operations.ts'
import { validatePath } from './paths.ts'
import { createDirent, createStatsClasses } from './stats.ts'
import { createTree, type Tree } from './tree.ts'
import { createWholeFiles, type WholeFiles } from './whole-files.ts'

export interface Library {
  readonly tree: Tree
  readonly descriptors: Descriptors
  readonly operations: Operations
  readonly checks: Checks
  readonly forms: Forms
  readonly moves: Moves
  readonly wholeFiles: WholeFiles
  readonly Stats: Loose
  readonly Dirent: Loose
  readonly buildDirent: LooseFunction
  readonly buildEmptyStats: LooseFunction
  readonly Dir: Loose
  readonly FileHandle: Loose
  /** The stream classes; the guest may put others here. */
  readonly streams: { ReadStream: Loose; WriteStream: Loose }
  /** A function of `fs`, with its checks. */
  method(name: string): LooseFunction
  /** One that calls back. */
  callbackMethod(name: string): LooseFunction
  /** A part that waits until it is needed, by the id that `shims/table.ts` has for it. */
  part(id: string): Loose
}

const warnings = {
  exists: [
    'Passing invalid argument types to fs.existsSync is deprecated',
    'DeprecationWarning',
    'DEP0187',
  ],
  mkdtemp: [
    'mkdtemp() templates ending with X are not portable. ' +
      'For details see: https://nodejs.org/api/fs.html',
  ],
}

/** Functions of the parts that wait. */
const partOf: Readonly<Record<string, string>> = {
  cp: 'copy',
  glob: 'glob',
  opendir: 'directory',
  unwatchFile: 'watch',
  watch: 'watch',
  watchFile: 'watch',
}

/** @param fs the builtin itself, whose members the guest may patch */
function createLibrary(context: ShimContext, fs: Loose): Library {
  const tree = createTree(context)
  const descriptors = createDescriptors(context, tree)
  const statsClasses = createStatsClasses(context)
  const { Dirent, buildDirent } = createDirent()
  const checks = createChecks(context)
  const wholeFiles = createWholeFiles(context, fs, tree, descriptors)
  const operations = {
    ...createOperations(context, tree, descriptors, statsClasses, buildDirent),
    ...wholeFiles.operations,
  }
  const forms = createForms(context, operations, checks)
  const moves = createMoves(context, descriptors, forms)
  const callbacks: Record<string, LooseFunction> = {
    ...moves.callback,
    ...createOwnCallbacks(context, fs, { checks, forms, operations, wholeFiles, descriptors }),
  }
  const told = new Set<string>()
  const parts = new Map<string, Loose>()

  const own: Record<string, LooseFunction> = {
    createReadStream: (path, options) => new library.streams.ReadStream(path, options),
    createWriteStream: (path, options) => new library.streams.WriteStream(path, options),

    openAsBlob: (...args) => Promise.resolve(forms.sync('openAsBlob')(...args)),

    existsSync(path) {
      let text: string
      try {
        text = validatePath(context, path)
      } catch (error) {
        if ((error as Loose).code === 'ERR_INVALID_ARG_TYPE') warnOnce('exists')
        return false
      }
      return typeof tree.walk(text, true) !== 'string'
    },

    lstatSync(path, options) {
      // Only this form of `lstat` takes the option, and only for what is absent.
      const isAsked = options?.throwIfNoEntry === false
      if (isAsked && tree.walk(validatePath(context, path), false) === 'ENOENT') return undefined
      return forms.sync('lstat')(path, options)
    },

    mkdtempSync(prefix, options) {
      warnOfTemplate(prefix)
      return forms.sync('mkdtemp')(prefix, options)
    },
  }

  const library: Library = {
    tree,
    descriptors,
    operations,
    checks,
    forms,
    moves,
    wholeFiles,
    Stats: statsClasses.Stats,
    Dirent,
    buildDirent,
    buildEmptyStats: statsClasses.buildEmpty,
    get Dir() {
      return library.part('directory').Dir
    },
    get FileHandle() {
      return library.part('handle')
    },
    get streams() {
      return library.part('streams')
    },
    part(id) {
      if (!parts.has(id)) parts.set(id, context.require(`internal/fs/${id}`)(fs, library))
      return parts.get(id)
    },
    method(name) {
      const plain = name.replace(/Sync$/, '')
      const part = partOf[plain]
      if (part !== undefined) return library.part(part)[name]
      return own[name] ?? moves.sync[plain] ?? forms.sync(plain)
    },
    callbackMethod(name) {
      const part = partOf[name]
      if (part !== undefined) return library.part(part)[name]
      if (name === 'mkdtemp') {
        return (prefix, ...rest) => {
          warnOfTemplate(prefix)
          forms.callback(name)(prefix, ...rest)
        }
      }
      return callbacks[name] ?? forms.callback(name)
    },
  }
  return library

  function warnOfTemplate(prefix: Loose): void {
    if (String(prefix).endsWith('X')) warnOnce('mkdtemp')
  }

  function warnOnce(name: keyof typeof warnings): void {
    if (told.has(name)) return
    told.add(name)
    context.require('process').emitWarning(...warnings[name])
  }
}

const shim: Shim = (context) => (fs: Loose) => createLibrary(context, fs)

export default shim
