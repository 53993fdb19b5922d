/** `toWeb` and `fromWeb`: between node's streams and the host's. */

import { createError } from '../../src/errors.ts'
import type { Shim, ShimContext } from '../../src/seams.ts'
import { notImplemented } from '../not-implemented.ts'
import { createAbortError } from './abort-error.ts'
import type { Loose, LooseFunction } from './loose.ts'
import { isReadable, isWritable } from './stream-state.ts'
import { validateBoolean, validateObject, validateOneOf } from './validate.ts'

const has = (value: Loose, ...names: string[]): boolean =>
  typeof value === 'object' &&
  value !== null &&
  names.every((name) => typeof value[name] === 'function')
const isReadableStream = (value: Loose): boolean => has(value, 'pipeThrough', 'getReader', 'cancel')
const isWritableStream = (value: Loose): boolean => has(value, 'getWriter', 'abort')
const ignore = (): void => undefined

interface Deferred {
  promise: Promise<void>
  resolve: () => void
  reject: (reason: unknown) => void
}

function defer(): Deferred {
  const deferred = {} as Deferred
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }))
  return deferred
}

/**
 * The functions that go to and from the web's streams.
 * @param originalFrom the library's `Duplex.from`
 */
function createWebAdapters(
  context: ShimContext,
  Stream: Loose,
  originalFrom: LooseFunction,
): Record<string, LooseFunction> {
  const { Readable, Writable, Duplex, finished, destroy } = Stream
  const hostClass = (name: string): Loose => context.global[name] ?? notImplemented(context, name)
  const wrongType = (name: string, expected: string, value: unknown): Error =>
    createError('ERR_INVALID_ARG_TYPE', name, expected, value)

  function readableToWeb(stream: Loose, options: Loose = {}): Loose {
    if (typeof stream?._readableState !== 'object')
      throw wrongType('streamReadable', 'stream.Readable', stream)
    validateObject(options, 'options')
    if (options.type !== undefined)
      validateOneOf(options.type, 'options.type', ['bytes', undefined])
    const isBytes = options.type === 'bytes'
    const { readableObjectMode: isObjects, readableHighWaterMark: highWaterMark } = stream
    const isOpen = isReadable(stream)
    let controller: Loose
    let isDone = false
    let strategy: Loose
    if (isOpen && isBytes) strategy = { highWaterMark }
    else if (isOpen) {
      const name = isObjects ? 'CountQueuingStrategy' : 'ByteLengthQueuingStrategy'
      strategy = options.strategy ?? new (hostClass(name))({ highWaterMark })
    }
    const source: Loose = {
      start(given: Loose) {
        controller = given
      },
      pull: () => isOpen && stream.resume(),
      cancel(reason: unknown) {
        isDone = true
        destroy(stream, reason)
      },
    }
    if (isBytes) source.type = 'bytes'
    const web = new (hostClass('ReadableStream'))(source, strategy)

    const close = (error: Loose): void => {
      // Old streams may fail once more after their end.
      stream.on('error', ignore)
      if (isDone) return
      isDone = true
      if (error) controller.error(asAbort(error))
      else {
        controller.close()
        // A read into the caller's own memory waits for an answer.
        if (isBytes) controller.byobRequest?.respond(0)
      }
    }
    if (!isOpen && (stream.readableEnded || stream.destroyed))
      close(stream.errored ?? prematureEnd(stream))
    else finished(stream, { writable: false }, close)
    if (isOpen) {
      const { Buffer } = context.require('buffer')
      stream.pause()
      stream.on('data', (chunk: Loose) => {
        if (isDone) return
        controller.enqueue(Buffer.isBuffer(chunk) && !isObjects ? new Uint8Array(chunk) : chunk)
        if (controller.desiredSize <= 0) stream.pause()
      })
    }
    return web
  }

  /** Closed before its end without an error: the web's reader is told that it was cut off. */
  function prematureEnd(stream: Loose): Loose {
    return stream.readableEnded || stream.readable === false ? undefined : createAbortError()
  }

  function readableFromWeb(web: Loose, options: Loose = {}): Loose {
    if (!isReadableStream(web)) throw wrongType('readableStream', 'ReadableStream', web)
    validateObject(options, 'options')
    const { highWaterMark, encoding, objectMode = false, signal } = options
    if (encoding !== undefined && !context.require('buffer').Buffer.isEncoding(encoding)) {
      throw createError('ERR_INVALID_ARG_VALUE', 'options.encoding', encoding)
    }
    validateBoolean(objectMode, 'options.objectMode')
    const reader = web.getReader()
    let isClosed = false
    const stream = new Readable({
      objectMode,
      highWaterMark,
      encoding,
      signal,
      read() {
        reader.read().then(
          ({ value, done }: Loose) => stream.push(done ? null : value),
          (error: unknown) => destroy(stream, error),
        )
      },
      destroy(error: unknown, callback: (error: unknown) => void) {
        const done = (): void => outside(() => callback(error))
        if (isClosed) done()
        else reader.cancel(error).then(done, done)
      },
    })
    const onClosed = (): void => {
      isClosed = true
    }
    reader.closed.then(onClosed, (error: unknown) => {
      onClosed()
      destroy(stream, error)
    })
    return stream
  }

  function writableToWeb(stream: Loose): Loose {
    // By its methods: a server's response is a writable of a class of its own.
    if (!has(stream, 'write', 'on')) throw wrongType('streamWritable', 'stream.Writable', stream)
    const WritableStream = hostClass('WritableStream')
    if (isWritable(stream) === false) {
      const web = new WritableStream()
      web.close()
      return web
    }
    const { writableHighWaterMark: highWaterMark, writableObjectMode: isObjects } = stream
    const strategy = isObjects
      ? new (hostClass('CountQueuingStrategy'))({ highWaterMark })
      : { highWaterMark }
    let controller: Loose
    let drained: Deferred | undefined
    let closed: Deferred | undefined
    finished(stream, { readable: false }, (given: Loose) => {
      const error = given ? asAbort(given) : undefined
      stream.on('error', ignore)
      const waiting = [drained, closed]
      drained = undefined
      closed = undefined
      if (error) {
        for (const deferred of waiting) deferred?.reject(error)
        controller?.error(error)
      } else if (waiting[1]) waiting[1].resolve()
      else controller?.error(createAbortError())
      controller = undefined
    })
    stream.on('drain', () => {
      drained?.resolve()
      drained = undefined
    })
    const sink = {
      start(given: Loose) {
        controller = given
      },
      write(chunk: Loose) {
        if (!stream.writableNeedDrain && stream.write(chunk)) return undefined
        drained = defer()
        return drained.promise
      },
      abort(reason: unknown) {
        destroy(stream, reason)
      },
      close() {
        if (stream.writableEnded) return undefined
        closed = defer()
        stream.end()
        return closed.promise
      },
    }
    return new WritableStream(sink, strategy)
  }

  function writableFromWeb(web: Loose, options: Loose = {}): Loose {
    if (!isWritableStream(web)) throw wrongType('writableStream', 'WritableStream', web)
    validateObject(options, 'options')
    const { highWaterMark, decodeStrings = true, objectMode = false, signal } = options
    validateBoolean(objectMode, 'options.objectMode')
    validateBoolean(decodeStrings, 'options.decodeStrings')
    const writer = web.getWriter()
    let isClosed = false
    const settle = (promise: Promise<unknown>, callback: (error?: unknown) => void): void => {
      promise.then(
        () => outside(() => callback()),
        (error) => outside(() => callback(error)),
      )
    }
    const stream = new Writable({
      highWaterMark,
      objectMode,
      decodeStrings,
      signal,
      write(chunk: Loose, _encoding: string, callback: () => void) {
        settle(
          writer.ready.then(() => writer.write(chunk)),
          callback,
        )
      },
      final(callback: () => void) {
        settle(isClosed ? Promise.resolve() : writer.close(), callback)
      },
      destroy(error: unknown, callback: (error: unknown) => void) {
        const done = (): void => outside(() => callback(error))
        if (isClosed) done()
        else if (error === null || error === undefined) writer.close().then(done, done)
        else writer.abort(error).then(done, done)
      },
    })
    const onClosed = (): void => {
      isClosed = true
      if (!stream.writableEnded && !stream.destroyed) destroy(stream, prematureClose())
    }
    writer.closed.then(onClosed, (error: unknown) => {
      isClosed = true
      destroy(stream, error)
    })
    return stream
  }

  function duplexToWeb(duplex: Loose, options: Loose = {}): Loose {
    if (typeof duplex?._writableState !== 'object' || typeof duplex?._readableState !== 'object') {
      throw wrongType('duplex', 'stream.Duplex', duplex)
    }
    validateObject(options, 'options')
    const type = options.readableType ?? options.type
    return {
      writable: writableToWeb(duplex),
      readable: readableToWeb(duplex, type === undefined ? {} : { type }),
    }
  }

  function duplexFromWeb(pair: Loose, options: Loose = {}): Loose {
    validateObject(pair, 'pair')
    validateObject(options, 'options')
    if (!isReadableStream(pair.readable))
      throw wrongType('pair.readable', 'ReadableStream', pair.readable)
    if (!isWritableStream(pair.writable))
      throw wrongType('pair.writable', 'WritableStream', pair.writable)
    const { objectMode = false, highWaterMark, encoding, signal } = options
    validateBoolean(objectMode, 'options.objectMode')
    const readable = readableFromWeb(pair.readable, { objectMode, highWaterMark, encoding })
    const writable = writableFromWeb(pair.writable, { objectMode, highWaterMark })
    const duplex = originalFrom.call(Duplex, { readable, writable })
    if (signal) Stream.addAbortSignal(signal, duplex)
    return duplex
  }

  /** Out of the promise's job: what a callback throws is no rejection. */
  function outside(run: () => void): void {
    try {
      run()
    } catch (error) {
      context.require('process').nextTick(() => {
        throw error
      })
    }
  }

  const toNode = (value: Loose): Loose => {
    if (isReadableStream(value)) return readableFromWeb(value, { objectMode: true })
    return isWritableStream(value) ? writableFromWeb(value, { objectMode: true }) : value
  }
  function duplexFrom(this: Loose, body: Loose): Loose {
    const isPair =
      typeof body === 'object' &&
      (isReadableStream(body?.readable) || isWritableStream(body?.writable))
    const converted = isPair
      ? { readable: toNode(body.readable), writable: toNode(body.writable) }
      : toNode(body)
    return originalFrom.call(this, converted)
  }

  return {
    readableFromWeb,
    readableToWeb,
    writableFromWeb,
    writableToWeb,
    duplexFromWeb,
    duplexToWeb,
    duplexFrom,
  }
}

const shim: Shim = () => createWebAdapters

export default shim

/** A stream that was closed without a reason was given up. */
function asAbort(error: Loose): Loose {
  return error.code === 'ERR_STREAM_PREMATURE_CLOSE' ? createAbortError(error) : error
}

function prematureClose(): Error {
  const error = new Error('Premature close')
  return Object.assign(error, { code: 'ERR_STREAM_PREMATURE_CLOSE' })
}
