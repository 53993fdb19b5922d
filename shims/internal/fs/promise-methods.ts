/** The functions of `fs.promises`. */

import { createError } from '../../../src/errors.ts'
import type { Shim, ShimContext } from '../../../src/seams.ts'
import { createAbortError } from '../abort-error.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { namingFile } from './callbacks.ts'
import { makeDisposable } from './disposal.ts'
import type { Library } from './library.ts'
import { validatePath } from './paths.ts'
import { bytesOf } from './transfers.ts'

export interface PromiseMethods {
  method(name: string): LooseFunction
  readFrom(source: Loose, options: Loose): Promise<Loose>
  writeTo(target: Loose, data: Loose, options: Loose, name: string): Promise<void>
}

function createPromiseMethods(context: ShimContext, fs: Loose, library: Library): PromiseMethods {
  const { checks, forms, operations, wholeFiles, FileHandle } = library
  const { Buffer } = context.require('buffer')

  /** A path, or a handle's descriptor; numbers are for the other forms. */
  function fileOf(file: Loose, syscall: string): string | number {
    if (!(file instanceof FileHandle)) return validatePath(context, file)
    if (file.fd !== -1) return file.fd
    throw Object.assign(new Error('file closed'), { code: 'EBADF', syscall })
  }

  async function readFrom(source: Loose, given: Loose): Promise<Loose> {
    const file = fileOf(source, 'readFile')
    const [, options] = checks.check(checks.signatureOf('readFile'), [file, given])
    const read = () => {
      try {
        return operations.readFile?.call(undefined, file, options)
      } catch (error) {
        throw namingFile(context, error, file)
      }
    }
    return await forms.promise(read, options.signal)
  }

  async function writeTo(target: Loose, data: Loose, given: Loose, name: string): Promise<void> {
    const file = fileOf(target, 'writeFile')
    const isPieces = isIterable(data)
    const args = [file, isPieces ? '' : data, given]
    const [, whole, options] = checks.check(checks.signatureOf(name), args)
    if (isPieces) return writePieces(file, data, options)
    if (!options.flush) {
      return forms.promise(
        () => operations.writeFile?.call(undefined, file, whole, options),
        options.signal,
      )
    }
    const fd = await forms.promise(
      () => wholeFiles.writeAndKeepOpen(file, whole, options),
      options.signal,
    )
    await flush(file, fd)
  }

  /** Each piece as it comes. */
  async function writePieces(file: string | number, data: Loose, options: Loose): Promise<void> {
    const { signal, encoding } = options
    const fd: number = await forms.promise(
      () => wholeFiles.writeAndKeepOpen(file, '', options),
      signal,
    )
    try {
      for await (const piece of data) {
        if (signal?.aborted) throw createAbortError(signal.reason)
        const isView = ArrayBuffer.isView(piece)
        const bytes = isView ? bytesOf(piece) : Buffer.from(piece, encoding || 'utf8')
        await forms.promise(() => library.moves.writev(fd, [bytes], null), signal)
      }
    } catch (error) {
      if (fd !== file) library.descriptors.close(fd)
      throw error
    }
    if (options.flush) await flush(file, fd)
    else if (fd !== file) library.descriptors.close(fd)
  }

  async function flush(file: string | number, fd: number): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        fs.fsync(fd, (error: Loose) => (error ? reject(error) : resolve()))
      })
    } finally {
      if (fd !== file) library.descriptors.close(fd)
    }
  }

  const methods: Record<string, LooseFunction> = {
    readFile: readFrom,
    writeFile: (file, data, options) => writeTo(file, data, options, 'writeFile'),
    appendFile: (file, data, options) => writeTo(file, data, options, 'appendFile'),
    realpath: (path, options) => forms.promiseOf('realpathNative', [path, options]),

    async open(path, flags, mode) {
      return new FileHandle(await forms.promiseOf('open', [path, flags, mode]))
    },

    // Only macOS has it.
    lchmod() {
      throw createError('ERR_METHOD_NOT_IMPLEMENTED', 'lchmod()')
    },

    async mkdtempDisposable(prefix, options) {
      const path = await forms.promiseOf('mkdtemp', [prefix, options])
      const full = context.require('path').resolve(validatePath(context, path))
      const remove = async () => forms.promiseOf('rm', [full, { recursive: true, force: true }])
      return makeDisposable({ path, remove }, 'asyncDispose', () => remove(), true)
    },

    cp: (src, dest, options) => library.part('copy').promise(src, dest, options),
    opendir: (path, options) => library.part('directory').promise(path, options),
    glob: (patterns, options) => library.part('glob').promise(patterns, options),
    watch: (path, options) => library.part('watch').promise(path, options),
  }
  const method = (name: string): LooseFunction =>
    methods[name] ?? ((...args) => forms.promiseOf(name, args))
  return { method, readFrom, writeTo }
}

function isIterable(data: Loose): boolean {
  return (
    typeof data === 'object' &&
    data !== null &&
    !ArrayBuffer.isView(data) &&
    (typeof data[Symbol.asyncIterator] === 'function' ||
      typeof data[Symbol.iterator] === 'function')
  )
}

const shim: Shim = (context) => (fs: Loose, library: Library) =>
  createPromiseMethods(context, fs, library)

export default shim
