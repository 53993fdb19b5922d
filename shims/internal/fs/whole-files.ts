/** `readFile`, `writeFile` and `appendFile` in their three forms: with signals, flushing, and iterables as data. */

import type { ShimContext } from '../../../src/seams.ts'
import { createAbortError } from '../abort-error.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { timersOf } from '../timers.ts'
import { validateFunction } from '../validate.ts'
import { fsError } from './errors.ts'
import { validatePath } from './paths.ts'

export interface WholeFiles {
  readonly functions: Record<string, LooseFunction>
  readonly promises: Record<string, LooseFunction>
}

/**
 * @param volume memfs's volume
 * @param fs the finished builtin, whose `fsync` the guest may have patched
 * @param check throws for what is no data
 */
export function createWholeFiles(
  context: ShimContext,
  volume: Loose,
  fs: Loose,
  check: (name: string, args: Loose[]) => void,
): WholeFiles {
  const { Buffer } = context.require('buffer')
  const { FileHandle } = volume.promises

  function readFileSync(path: Loose, options?: Loose): unknown {
    const encoding = typeof options === 'string' ? options : options?.encoding
    const isText = encoding === 'utf8' || encoding === 'utf-8'
    if (isText && typeof path === 'string' && options.flag === undefined) {
      // The volume has the text already, or a better way to it than by a buffer.
      const node = volume._core.getResolvedLinkOrThrow(path, 'open').getNode()
      if (node.isFile() && node.canRead()) return node.text()
    }
    return volume.readFileSync(path, options)
  }

  /** `name` is `writeFile` or `appendFile`. */
  function write(name: string, file: Loose, data: Loose, options: Loose): void {
    volume[`${name}Sync`](file, data, options)
  }

  /** With `flush` the descriptor is needed once more after all is written. */
  function writeAndKeepOpen(name: string, file: Loose, data: Loose, options: Loose): number {
    const flag = options.flag ?? (name === 'appendFile' ? 'a' : 'w')
    const fd = typeof file === 'number' ? file : volume.openSync(file, flag, options.mode ?? 0o666)
    try {
      write(name, fd, data, options)
    } catch (error) {
      if (fd !== file) volume.closeSync(fd)
      throw error
    }
    return fd
  }

  function writeSync(name: string, file: Loose, data: Loose, options: Loose): void {
    if (!options?.flush) {
      write(name, file, data, options)
      return
    }
    const fd = writeAndKeepOpen(name, file, data, options)
    try {
      fs.fsyncSync(fd)
    } finally {
      if (fd !== file) volume.closeSync(fd)
    }
  }

  function writeThenFlush(
    name: string,
    file: Loose,
    data: Loose,
    options: Loose,
    callback: LooseFunction,
  ): void {
    const fd = writeAndKeepOpen(name, file, data, options)
    fs.fsync(fd, (error: Loose) => {
      if (fd !== file) volume.closeSync(fd)
      callback(error)
    })
  }

  /** Runs `action` in a later turn, unless the signal comes first. */
  function unlessAborted(signal: Loose, action: () => void, callback: LooseFunction): void {
    const abort = () => callback(createAbortError(signal.reason))
    if (signal.aborted) abort()
    else timersOf(context).createImmediate(() => (signal.aborted ? abort() : action()), [])
  }

  const callbackForm =
    (name: string, count: number): LooseFunction =>
    (...args: Loose[]) => {
      const callback = args[count + 1] || args[count]
      validateFunction(callback, 'cb')
      const options = callback === args[count] ? undefined : args[count]
      const run = () => {
        if (name === 'readFile') args[args.length - 1] = namingDirectory(args[0], callback)
        if (!options?.flush) return volume[name](...args)
        try {
          writeThenFlush(name, args[0], args[1], options, callback as LooseFunction)
        } catch (error) {
          callback(error)
        }
      }
      if (options?.signal) unlessAborted(options.signal, run, callback as LooseFunction)
      else run()
    }

  /** Here, and not in the synchronous form, node names the directory that somebody wanted to read. */
  function namingDirectory(path: Loose, callback: LooseFunction): LooseFunction {
    return (error, data) => {
      if (error?.code !== 'EISDIR' || typeof path === 'number') return callback(error, data)
      return callback(fsError('EISDIR', 'read', validatePath(context, path)))
    }
  }

  const settled = (signal: Loose): Promise<void> | undefined =>
    signal &&
    new Promise((resolve, reject) => unlessAborted(signal, resolve, (error) => reject(error)))

  const promiseForm =
    (name: string): LooseFunction =>
    async (file: Loose, given: Loose, options: Loose) => {
      await settled(options?.signal)
      const encoding = typeof options === 'string' ? options : (options?.encoding ?? 'utf8')
      const data = isIterable(given) ? await collect(given, encoding) : checked(given)
      const target = file instanceof FileHandle ? file.fd : file
      if (!options?.flush) return volume.promises[name](file, data, options)
      return new Promise<void>((resolve, reject) => {
        writeThenFlush(name, target, data, options, (error) => (error ? reject(error) : resolve()))
      })
    }

  async function collect(chunks: Loose, encoding: string): Promise<Loose> {
    const buffers: Loose[] = []
    for await (const chunk of chunks) buffers.push(Buffer.from(checked(chunk), encoding))
    return Buffer.concat(buffers)
  }

  function checked(data: Loose): Loose {
    const args = [0, data]
    check('writeFile', args)
    return args[1]
  }

  return {
    functions: {
      readFileSync,
      readFile: callbackForm('readFile', 1),
      writeFileSync: (file, data, options) => writeSync('writeFile', file, data, options),
      writeFile: callbackForm('writeFile', 2),
      appendFileSync: (file, data, options) => writeSync('appendFile', file, data, options),
      appendFile: callbackForm('appendFile', 2),
    },
    promises: {
      async readFile(file: Loose, options: Loose) {
        await settled(options?.signal)
        return new Promise((resolve, reject) => {
          const source = file instanceof FileHandle ? file.fd : file
          const callback = (error: Loose, data: Loose) => (error ? reject(error) : resolve(data))
          volume.readFile(source, options, namingDirectory(source, callback as LooseFunction))
        })
      },
      writeFile: promiseForm('writeFile'),
      appendFile: promiseForm('appendFile'),
    },
  }
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
