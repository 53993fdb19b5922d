/** What `fs.promises.open` gives: the functions for descriptors as methods, which do nothing more once it is closed. */

import { codedError } from '../../../src/errors.ts'
import type { Shim, ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { nameClass, shapeMembers } from '../names.ts'
import { validateBoolean, validateObject } from '../validate.ts'
import { makeDisposable } from './disposal.ts'
import type { Library } from './library.ts'
import { readTransfer, severalTransfers, writeTransfer } from './transfers.ts'

const chunkSize = 16384

function createFileHandle(context: ShimContext, fs: Loose, library: Library): Loose {
  const EventEmitter = context.require('events')
  const { Buffer } = context.require('buffer')
  const { forms, moves } = library

  class FileHandle extends EventEmitter {
    #fd: number
    /** The guest, and streams of the web; the last one closes. */
    #users = 1
    #closing: Promise<void> | undefined
    #whenUnused: (() => void) | undefined
    #isLocked = false

    constructor(fd: number) {
      super()
      this.#fd = fd
    }

    get fd(): number {
      return this.#fd
    }

    getAsyncId(): number {
      return this.#fd
    }

    appendFile(data: Loose, options: Loose): Promise<void> {
      return library.part('promises').writeTo(this, data, options, 'appendFile')
    }

    chmod(mode: Loose): Promise<void> {
      return this.#do('fchmod', mode)
    }

    chown(uid: Loose, gid: Loose): Promise<void> {
      return this.#do('fchown', uid, gid)
    }

    datasync(): Promise<void> {
      return this.#do('fdatasync')
    }

    sync(): Promise<void> {
      return this.#do('fsync')
    }

    async read(...args: Loose[]): Promise<Loose> {
      this.#demandOpen('read')
      const transfer = readTransfer(Buffer, args, 'handle')
      const fd = this.#fd
      const bytesRead = await forms.promise(() => moves.read(fd, transfer))
      return { __proto__: null, bytesRead, buffer: transfer.buffer }
    }

    async readv(...args: Loose[]): Promise<Loose> {
      this.#demandOpen('readv')
      const { buffers, position } = severalTransfers(args)
      const fd = this.#fd
      const bytesRead = await forms.promise(() => moves.readv(fd, buffers, position))
      return { __proto__: null, bytesRead, buffers }
    }

    readFile(options: Loose): Promise<Loose> {
      return library.part('promises').readFrom(this, options)
    }

    readLines(options: Loose): Loose {
      const input = this.createReadStream(options)
      const { createInterface } = context.require('readline')
      return createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
    }

    stat(options: Loose): Promise<Loose> {
      return this.#do('fstat', options)
    }

    truncate(length: Loose): Promise<void> {
      return this.#do('ftruncate', length)
    }

    utimes(atime: Loose, mtime: Loose): Promise<void> {
      return this.#do('futimes', atime, mtime)
    }

    async write(...args: Loose[]): Promise<Loose> {
      this.#demandOpen('write')
      const [buffer] = args
      if (buffer?.byteLength === 0) return { __proto__: null, bytesWritten: 0, buffer }
      const transfer = writeTransfer(Buffer, args)
      const fd = this.#fd
      const bytesWritten = await forms.promise(() => moves.write(fd, transfer))
      return { __proto__: null, bytesWritten, buffer }
    }

    async writev(...args: Loose[]): Promise<Loose> {
      this.#demandOpen('writev')
      const { buffers, position } = severalTransfers(args)
      const fd = this.#fd
      const bytesWritten = await forms.promise(() => moves.writev(fd, buffers, position))
      return { __proto__: null, bytesWritten, buffers }
    }

    writeFile(data: Loose, options: Loose): Promise<void> {
      return library.part('promises').writeTo(this, data, options, 'writeFile')
    }

    /** Once it is the last that uses the file. */
    async close(): Promise<void> {
      if (this.#fd === -1) return
      if (this.#closing === undefined) {
        this.#closing = new Promise((resolve, reject) => {
          this.#whenUnused = () => {
            const fd = this.#fd
            this.#fd = -1
            forms.promiseOf('close', [fd]).then(resolve, reject)
          }
        })
        this.#release()
        this.emit('close')
      }
      await this.#closing
    }

    readableWebStream(options: Loose = {}): Loose {
      if (this.#fd === -1) throw invalidState('The FileHandle is closed')
      if (this.#closing !== undefined) throw invalidState('The FileHandle is closing')
      if (this.#isLocked) throw invalidState('The FileHandle is locked')
      validateObject(options, 'options')
      const { type = 'bytes', autoClose = false } = options
      validateBoolean(autoClose, 'options.autoClose')
      if (type !== 'bytes') {
        const text =
          'A non-"bytes" options.type has no effect. A byte-oriented steam is always created.'
        context.require('process').emitWarning(text, 'ExperimentalWarning')
      }
      this.#isLocked = true
      this.#users++
      let controller: Loose
      let isEnded = false
      const end = async () => {
        if (isEnded) return
        isEnded = true
        this.#release()
        if (autoClose) await this.close()
      }
      this.once('close', () => {
        if (!isEnded) controller.close()
        end()
      })
      const { ReadableStream } = context.global as Loose
      return new ReadableStream({
        type: 'bytes',
        autoAllocateChunkSize: chunkSize,
        start(given: Loose) {
          controller = given
        },
        pull: async () => {
          const { byobRequest } = controller
          const view = byobRequest?.view ?? new Uint8Array(chunkSize)
          try {
            const { bytesRead } = await this.read(view, 0, view.byteLength)
            if (bytesRead === 0) {
              controller.close()
              byobRequest?.respond(0)
              await end()
            } else if (byobRequest) byobRequest.respond(bytesRead)
            else controller.enqueue(view.subarray(0, bytesRead))
          } catch (error) {
            await end()
            throw error
          }
        },
        cancel: end,
      })
    }

    createReadStream(options: Loose): Loose {
      return new fs.ReadStream(undefined, { ...options, fd: this })
    }

    createWriteStream(options: Loose): Loose {
      return new fs.WriteStream(undefined, { ...options, fd: this })
    }

    #demandOpen(syscall: string): void {
      if (this.#fd !== -1) return
      throw Object.assign(new Error('file closed'), { code: 'EBADF', syscall })
    }

    /** A function of `fs` for descriptors. */
    async #do(name: string, ...args: Loose[]): Promise<Loose> {
      this.#demandOpen(name)
      return await forms.promiseOf(name, [this.#fd, ...args])
    }

    #release(): void {
      this.#users--
      if (this.#users === 0) this.#whenUnused?.()
    }
  }

  makeDisposable(FileHandle.prototype, 'asyncDispose', async function (this: FileHandle) {
    await this.close()
  })
  const lengths =
    'read/4 readv/2 readLines/0 truncate/0 write/4 writev/2 createReadStream/0 createWriteStream/0'
  shapeMembers(nameClass(FileHandle, 'FileHandle').prototype, lengths)
  return FileHandle
}

function invalidState(text: string): Error {
  return codedError(Error, 'ERR_INVALID_STATE', `Invalid state: ${text}`)
}

const shim: Shim = (context) => (fs: Loose, library: Library) =>
  createFileHandle(context, fs, library)

export default shim
