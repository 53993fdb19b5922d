/** `fs.promises` and `FileHandle`, on memfs's. */

import { createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { validateBoolean } from '../validate.ts'
import type { Library } from './library.ts'
import { disposable } from './methods.ts'
import { validatePath } from './paths.ts'

/** Name and `length` of each function, in node's order. */
const functions = `access/1 copyFile/3 cp/3 glob/2 open/3 opendir/3 rename/2 truncate/1 rm/2 rmdir/2 mkdir/2 readdir/2
readlink/2 symlink/3 lstat/1 stat/1 statfs/1 link/2 unlink/1 chmod/2 lchmod/2 lchown/3 chown/3 utimes/3 lutimes/3
realpath/2 mkdtemp/2 mkdtempDisposable/2 writeFile/3 appendFile/3 readFile/2 watch/1`

/** What `createPromises` is made of. */
export interface Parts {
  readonly fs: Loose
  /** memfs, made when it is first needed. */
  library(): Library
  named(name: string, length: number, fn: LooseFunction): Loose
}

export function createPromises(context: ShimContext, { fs, library, named }: Parts): Loose {
  let own: Record<string, LooseFunction> | undefined
  const methodsOnce = () => (own ??= createPromiseMethods(context, fs, promises, library()))
  const promises: Loose = {}
  for (const [, name = '', length] of functions.matchAll(/(\w+)\/(\d)/g)) {
    const call =
      name === 'glob' || name === 'watch'
        ? // Nothing happens, and nothing fails, before somebody asks for the first value.
          async function* (...args: Loose[]) {
            const method = methodsOnce()[name] as LooseFunction
            library().check(name, args)
            yield* method(...args)
          }
        : async (...args: Loose[]) => {
            const method = methodsOnce()[name] as LooseFunction
            library().check(name, args, 'data')
            return await method(...args)
          }
    promises[name] = named(name, Number(length), call)
  }
  promises.constants = fs.constants
  return promises
}

function createPromiseMethods(
  context: ShimContext,
  fs: Loose,
  promises: Loose,
  { volume, wholeFiles }: Library,
): Record<string, LooseFunction> {
  const memfs = volume.promises
  extendFileHandle(context, memfs.FileHandle.prototype, fs, promises)
  const own: Record<string, LooseFunction> = {
    ...wholeFiles,
    rmdir: (path, options) => fs.rmdirSync(path, options),
    readdir: (path, options) => fs.readdirSync(path, options),
    mkdtemp: (prefix, options) => fs.mkdtempSync(prefix, options),
    realpath: (path, options) => fs.realpathSync(path, options),
    // Only macOS has it.
    lchmod() {
      throw createError('ERR_METHOD_NOT_IMPLEMENTED', 'lchmod()')
    },
    watch(path, options) {
      if (options?.persistent !== undefined) {
        validateBoolean(options.persistent, 'options.persistent')
      }
      return memfs.watch(path, options)
    },
    mkdtempDisposable(prefix, options) {
      const path = fs.mkdtempSync(prefix, options)
      const fullPath = context.require('path').resolve(validatePath(context, path))
      const remove = async () => memfs.rm(fullPath, { recursive: true, force: true })
      return disposable({ path, remove }, 'asyncDispose', remove)
    },
  }
  for (const name of Object.keys(promises)) {
    own[name] ??= (...args: Loose[]) => memfs[name](...args)
  }
  return own
}

function extendFileHandle(
  context: ShimContext,
  prototype: Loose,
  fs: Loose,
  promises: Loose,
): void {
  const methods: Record<string, LooseFunction> = {
    readFile(options: Loose) {
      return promises.readFile(this, options)
    },
    writeFile(data: Loose, options: Loose) {
      return promises.writeFile(this, data, options)
    },
    appendFile(data: Loose, options: Loose) {
      return promises.appendFile(this, data, options)
    },
    createReadStream(options: Loose) {
      return new fs.ReadStream(undefined, { ...options, fd: this })
    },
    createWriteStream(options: Loose) {
      return new fs.WriteStream(undefined, { ...options, fd: this })
    },
    readLines(options: Loose) {
      const input = this.createReadStream(options)
      const { createInterface } = context.require('readline')
      return createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
    },
  }
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(prototype, name, { value, writable: true, configurable: true })
  }
}
