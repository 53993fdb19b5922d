/** The loader's own memfs over the loader's volume, with node's classes and functions in place of memfs's. */

import type { Shim, ShimContext } from '../../../src/seams.ts'
import memfsLibrary from '../../libraries/memfs.js'
import { instantiate } from '../../library.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { nameFunction } from '../names.ts'
import { createChecks } from './arguments.ts'
import { createReaddir } from './directories.ts'
import { createMethods } from './methods.ts'
import type { Name } from './name.ts'
import { createDirent, createStatsClasses } from './stats.ts'
import { createStore } from './store.ts'
import { createStreams } from './streams.ts'
import { createWholeFiles } from './whole-files.ts'

export interface Library {
  /** memfs's volume: all of `fs` as methods. */
  readonly volume: Loose
  readonly Stats: Loose
  readonly Dirent: Loose
  readonly Dir: Loose
  /** The stream classes; the guest may put others here. */
  readonly streams: { ReadStream: Loose; WriteStream: Loose }
  /** The three of `fs.promises` that are more than memfs's. */
  readonly wholeFiles: Record<string, LooseFunction>
  /** A function of `fs`, with its checks. */
  method(name: string): LooseFunction
  /** Checks, and may change, the arguments of a function; leaves the parameter named `skip` alone. */
  check(name: string, args: Loose[], skip?: string): void
}

/** @param fs the builtin itself, whose members the guest may patch */
function createLibrary(context: ShimContext, fs: Loose): Library {
  const memfs = instantiate(context, memfsLibrary)
  const { Buffer } = context.require('buffer')
  const volume = new memfs.Volume(createStore(context, memfs))
  const { Stats: MemfsStats, Dirent: MemfsDirent, Dir } = memfs
  const { FileHandle } = volume.promises

  const { Stats, build } = createStatsClasses(context)
  MemfsStats.build = build
  const { Dirent, ofMode } = createDirent()
  const buildDirent = (name: Name, encoding?: string, path: unknown = name.getParentPath()) =>
    new Dirent(encode(name.getName(), encoding), ofMode(name.getNode().mode), path)
  MemfsDirent.build = buildDirent

  const check = createChecks(context, FileHandle)
  const wholeFiles = createWholeFiles(context, volume, fs, check)
  const readdirSync = createReaddir(context, volume._core, buildDirent)
  const own = { ...createMethods(context, volume, readdirSync), ...wholeFiles.functions }
  let streams: Library['streams'] | undefined
  const library: Library = {
    volume,
    Stats,
    Dirent,
    Dir: nameFunction(Dir, 'Dir'),
    get streams() {
      streams ??= createStreams(context, fs, FileHandle)
      return streams
    },
    wholeFiles: wholeFiles.promises,
    check,
    method(name) {
      if (name === 'createReadStream') {
        return (path, options) => new library.streams.ReadStream(path, options)
      }
      if (name === 'createWriteStream') {
        return (path, options) => new library.streams.WriteStream(path, options)
      }
      const method = own[name] ?? volume[name].bind(volume)
      if (name === 'existsSync') return method
      return (...args) => {
        check(name, args)
        return method(...args)
      }
    },
  }
  return library

  function encode(name: string, encoding?: string): unknown {
    if (encoding === undefined || encoding === 'utf8' || encoding === 'utf-8') return name
    const bytes = Buffer.from(name)
    return encoding === 'buffer' ? bytes : bytes.toString(encoding)
  }
}

const shim: Shim = (context) => (fs: Loose) => createLibrary(context, fs)

export default shim
