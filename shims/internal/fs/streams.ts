/** `fs.ReadStream` and `fs.WriteStream`: functions, so that they can be called without `new` and inherited from. */

import { codedError, createError } from '../../../src/errors.ts'
import type { Shim, ShimContext } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { nameFunction } from '../names.ts'
import {
  outOfRange,
  validateAbortSignal,
  validateBoolean,
  validateFunction,
  validateInteger,
} from '../validate.ts'
import type { Library } from './library.ts'
import { optionsOf, validatePath } from './paths.ts'

const kFs = Symbol('kFs')
const kIsPerformingIO = Symbol('kIsPerformingIO')
const kIoDone = Symbol('kIoDone')

interface Streams {
  readonly ReadStream: Loose
  readonly WriteStream: Loose
}

/** @param fs what the streams use unless told otherwise; the guest may patch its members */
function createStreams(context: ShimContext, fs: Loose, library: Library): Streams {
  const { Readable, Writable, finished } = context.require('stream')
  const { Buffer } = context.require('buffer')

  function ReadStream(this: Loose, path: unknown, given: unknown): Loose {
    if (!(this instanceof (ReadStream as Loose))) return new (ReadStream as Loose)(path, given)
    const options = optionsOf(context, given)
    options.highWaterMark ??= 64 * 1024
    start(this, path, options, 'r')
    validateFunction(this[kFs].read, 'options.fs.read')
    if (options.autoDestroy) validateFunction(this[kFs].close, 'options.fs.close')
    this.start = options.start
    this.end = options.end ?? Number.POSITIVE_INFINITY
    this.pos = undefined
    this.bytesRead = 0
    if (this.start !== undefined) {
      validateInteger(this.start, 'start', 0)
      this.pos = this.start
    }
    if (this.end !== Number.POSITIVE_INFINITY) {
      validateInteger(this.end, 'end', 0)
      if (this.start !== undefined && this.start > this.end) {
        throw outOfRange('start', `<= "end" (here: ${this.end})`, this.start)
      }
    }
    Readable.call(this, options)
    return this
  }
  inherit(ReadStream, Readable)

  ReadStream.prototype._read = function (this: Loose, size: number): void {
    const done = this.pos ?? this.bytesRead
    const wanted = Math.min(this.end - done + 1, size)
    if (wanted <= 0) {
      this.push(null)
      return
    }
    const buffer = Buffer.allocUnsafeSlow(wanted)
    this[kIsPerformingIO] = true
    this[kFs].read(this.fd, buffer, 0, wanted, this.pos, (error: Loose, bytesRead: number) => {
      this[kIsPerformingIO] = false
      // `_destroy` waits for this before it closes the descriptor.
      if (this.destroyed) this.emit(kIoDone, error)
      else if (error) fail(this, error)
      else if (bytesRead > 0) {
        if (this.pos !== undefined) this.pos += bytesRead
        this.bytesRead += bytesRead
        // A copy where much was left over, so that a few bytes do not hold on to all of the buffer.
        this.push(bytesRead === buffer.length ? buffer : Buffer.from(buffer.subarray(0, bytesRead)))
      } else this.push(null)
    })
  }

  ReadStream.prototype.close = function (this: Loose, callback: Loose): void {
    if (typeof callback === 'function') finished(this, callback)
    this.destroy()
  }

  function WriteStream(this: Loose, path: unknown, given: unknown): Loose {
    if (!(this instanceof (WriteStream as Loose))) return new (WriteStream as Loose)(path, given)
    const options = optionsOf(context, given)
    options.decodeStrings = true
    start(this, path, options, 'w')
    const operations = this[kFs]
    if (!operations.write && !operations.writev) {
      throw createError('ERR_INVALID_ARG_TYPE', 'options.fs.write', 'Function', operations.write)
    }
    if (operations.write) validateFunction(operations.write, 'options.fs.write')
    if (operations.writev) validateFunction(operations.writev, 'options.fs.writev')
    if (options.autoDestroy) validateFunction(operations.close, 'options.fs.close')
    this.flush = options.flush ?? false
    if (this.flush !== false || options.flush === false) {
      validateBoolean(this.flush, 'options.flush')
      validateFunction(operations.fsync, 'options.fs.fsync')
    }
    // One of the two is enough.
    if (!operations.write) this._write = null
    if (!operations.writev) this._writev = null
    this.start = options.start
    this.pos = undefined
    this.bytesWritten = 0
    if (this.start !== undefined) {
      validateInteger(this.start, 'start', 0)
      this.pos = this.start
    }
    Writable.call(this, options)
    if (options.encoding) this.setDefaultEncoding(options.encoding)
    return this
  }
  inherit(WriteStream, Writable)

  WriteStream.prototype._write = function (
    this: Loose,
    data: Loose,
    _encoding: unknown,
    callback: LooseFunction,
  ): void {
    const position = this.pos
    perform(this, callback, (done) => writeAll(this, data, position, done))
    if (this.pos !== undefined) this.pos += data.length
  }

  WriteStream.prototype._writev = function (
    this: Loose,
    items: Loose[],
    callback: LooseFunction,
  ): void {
    const chunks = items.map((item) => item.chunk)
    const size = chunks.reduce((total, chunk) => total + chunk.length, 0)
    const position = this.pos
    perform(this, callback, (done) => writevAll(this, chunks, size, position, done))
    if (this.pos !== undefined) this.pos += size
  }

  WriteStream.prototype.close = function (this: Loose, callback: Loose): void {
    if (callback) {
      if (this.closed) {
        context.require('process').nextTick(callback)
        return
      }
      this.on('close', callback)
    }
    if (!this.autoClose) this.on('finish', this.destroy)
    // `end` and not `destroy`, so that nothing that was written is lost.
    this.end()
  }
  WriteStream.prototype.destroySoon = Writable.prototype.end

  for (const Stream of [ReadStream, WriteStream]) {
    const state = Stream === ReadStream ? '_readableState' : '_writableState'
    const stateOf = (stream: Loose): Loose => {
      if (stream[state]) return stream[state]
      const message = `Value of "this" must be of type ${Stream.name}`
      throw codedError(TypeError, 'ERR_INVALID_THIS', message)
    }
    Stream.prototype._construct = nameFunction(openStream, '_construct')
    Stream.prototype._destroy = function (
      this: Loose,
      error: Loose,
      callback: LooseFunction,
    ): void {
      if (this[kIsPerformingIO])
        this.once(kIoDone, (late: Loose) => closeStream(this, error || late, callback))
      else closeStream(this, error, callback)
    }
    Object.defineProperties(Stream.prototype, {
      autoClose: {
        get(this: Loose) {
          return stateOf(this).autoDestroy
        },
        set(this: Loose, value) {
          stateOf(this).autoDestroy = value
        },
        configurable: true,
      },
      pending: {
        get(this: Loose) {
          return this.fd === null
        },
        configurable: true,
      },
    })
  }
  return { ReadStream, WriteStream }

  /** What both constructors begin with: a path to open or a descriptor that is open. */
  function start(stream: Loose, path: unknown, options: Loose, flags: string): void {
    stream[kIsPerformingIO] = false
    validateAbortSignal(options.signal, 'options.signal')
    const { fd } = options
    if (fd === undefined || fd === null) {
      stream.fd = null
      stream[kFs] = options.fs || fs
      validateFunction(stream[kFs].open, 'options.fs.open')
      stream.path = path instanceof Uint8Array ? path : validatePath(context, path)
      stream.flags = options.flags === undefined ? flags : options.flags
      stream.mode = options.mode === undefined ? 0o666 : options.mode
      validatePath(context, path)
    } else if (typeof fd === 'number') {
      validateInteger(fd, 'fd', 0, 2147483647)
      stream.fd = fd
      stream[kFs] = options.fs || fs
    } else if (fd instanceof library.FileHandle) {
      if (options.fs) throw createError('ERR_METHOD_NOT_IMPLEMENTED', 'FileHandle with fs')
      stream.fd = fd.fd
      stream[kFs] = operationsOf(fd)
      fd.on('close', stream.close.bind(stream))
    } else {
      throw createError('ERR_INVALID_ARG_TYPE', 'fd', ['number', 'FileHandle'], fd)
    }
    options.autoDestroy = options.autoClose === undefined ? true : options.autoClose
  }

  function openStream(this: Loose, callback: LooseFunction): void {
    if (typeof this.fd === 'number') {
      callback()
      return
    }
    if (typeof this.open === 'function') {
      // graceful-fs and others put an `open` of their own here, which tells of its end by events.
      const { emit } = this
      this.emit = function (this: Loose, ...args: Loose[]) {
        if (args[0] === 'open' || args[0] === 'error') this.emit = emit
        if (args[0] === 'error') callback(args[1])
        else {
          if (args[0] === 'open') callback()
          emit.apply(this, args)
        }
      }
      this.open()
      return
    }
    this[kFs].open(this.path, this.flags, this.mode, (error: Loose, fd: number) => {
      if (error) {
        callback(error)
        return
      }
      this.fd = fd
      callback()
      this.emit('open', fd)
      this.emit('ready')
    })
  }

  function closeStream(stream: Loose, error: Loose, callback: LooseFunction): void {
    if (!stream.fd) {
      callback(error)
      return
    }
    const close = (flushError?: Loose) => {
      stream[kFs].close(stream.fd, (late: Loose) => callback(late || error || flushError))
      stream.fd = null
    }
    if (stream.flush) stream[kFs].fsync(stream.fd, close)
    else close()
  }

  function perform(
    stream: Loose,
    callback: LooseFunction,
    action: (done: LooseFunction) => void,
  ): void {
    stream[kIsPerformingIO] = true
    action((error: Loose) => {
      stream[kIsPerformingIO] = false
      callback(error)
      if (stream.destroyed) stream.emit(kIoDone, error)
    })
  }

  /** Until all is written: a file system may take less than it is given. */
  function writeAll(
    stream: Loose,
    data: Loose,
    position: number | undefined,
    done: LooseFunction,
    retries = 0,
  ): void {
    stream[kFs].write(stream.fd, data, 0, data.length, position, (error: Loose, count = 0) => {
      const [isAgain, written] = error?.code === 'EAGAIN' ? [true, 0] : [false, count]
      if (stream.destroyed || (error && !isAgain)) return done(error || destroyedWrite())
      stream.bytesWritten += written
      const tries = written === 0 ? retries + 1 : 0
      if (tries > 5) return done(failedWrite())
      if (written >= data.length) return done()
      const next = position === undefined ? undefined : position + written
      writeAll(stream, data.subarray(written), next, done, tries)
    })
  }

  function writevAll(
    stream: Loose,
    chunks: Loose[],
    size: number,
    position: number | undefined,
    done: LooseFunction,
  ): void {
    stream[kFs].writev(stream.fd, chunks, position ?? null, (error: Loose, written = 0) => {
      const isLost = error && error.code !== 'EAGAIN'
      if (stream.destroyed || isLost) return done(error || destroyedWrite())
      if (!error) stream.bytesWritten += written
      if (!error && written >= size) return done()
      const rest = Buffer.concat(chunks).subarray(error ? 0 : written)
      const next = position === undefined ? undefined : position + written
      if (stream[kFs].write) return writeAll(stream, rest, next, done, 1)
      return writevAll(stream, [rest], rest.length, next, done)
    })
  }
}

/** A `FileHandle`'s methods in the shape of `fs`. */
function operationsOf(handle: Loose): Loose {
  const tell = (
    promise: Promise<Loose>,
    callback: LooseFunction,
    value: (result: Loose) => Loose[],
  ) => {
    promise.then(
      (result) => callback(null, ...value(result)),
      (error) => callback(error),
    )
  }
  return {
    open: handle.open,
    read(_fd: number, buffer: Loose, offset: number, length: number, position: Loose, cb: Loose) {
      const result = (r: Loose) => [r.bytesRead, r.buffer]
      tell(handle.read(buffer, offset, length, position ?? null), cb, result)
    },
    write(_fd: number, buffer: Loose, offset: number, length: number, position: Loose, cb: Loose) {
      const result = (r: Loose) => [r.bytesWritten, r.buffer]
      tell(handle.write(buffer, offset, length, position ?? null), cb, result)
    },
    writev(_fd: number, buffers: Loose, position: Loose, cb: Loose) {
      tell(handle.writev(buffers, position), cb, (r) => [r.bytesWritten, r.buffers])
    },
    fsync: (_fd: number, cb: Loose) => tell(handle.sync(), cb, () => []),
    close: (_fd: number, cb: Loose) => tell(handle.close(), cb, () => []),
  }
}

function inherit(Child: LooseFunction, Parent: LooseFunction): void {
  Object.setPrototypeOf(Child.prototype, Parent.prototype)
  Object.setPrototypeOf(Child, Parent)
}

function fail(stream: Loose, error: unknown): void {
  if (stream.autoClose) stream.destroy(error)
  else stream.emit('error', error)
}

function destroyedWrite(): Error {
  const message = 'Cannot call write after a stream was destroyed'
  return codedError(Error, 'ERR_STREAM_DESTROYED', message)
}

function failedWrite(): Error {
  return codedError(Error, 'ERR_SYSTEM_ERROR', 'write failed')
}

const shim: Shim = (context) => (fs: Loose, library: Library) => createStreams(context, fs, library)

export default shim
