/** The functions of `fs.promises` and `FileHandle`, on memfs's. */

import { createError } from '../../../src/errors.ts'
import type { Shim, ShimContext } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { validateBoolean } from '../validate.ts'
import type { Library } from './library.ts'
import { disposable } from './methods.ts'
import { validatePath } from './paths.ts'

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

const shim: Shim = (context) => (fs: Loose, promises: Loose, library: Library) =>
  createPromiseMethods(context, fs, promises, library)

export default shim
