/** zlib's classes of streams: functions, so that they can be called without `new` and inherited from. */

import { codedError } from '../../../src/errors.ts'
import type { Shim, ShimContext } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { nameClass, nameFunction } from '../names.ts'
import {
  flushRange,
  formatOptions,
  levelRange,
  numberWithin,
  strategyRange,
  streamOptions,
} from './arguments.ts'
import { Flush, Mode } from './constants.ts'
import { zlibError } from './errors.ts'
import { Handle } from './handle.ts'
import { createOneStep, createOneStepSync } from './one-step.ts'
import { closeHandle, createProcessing, kError, type Processing } from './process-chunk.ts'

const kFlush = Symbol('kFlush')

/** From the weakest flush to the strongest, which counts where two come together. */
const strengths: readonly number[] = [
  Flush.none,
  Flush.block,
  Flush.partial,
  Flush.sync,
  Flush.full,
  Flush.finish,
]

/** Class -> its mode and the name of its one-step function. */
const classes: Readonly<Record<string, readonly [mode: number, oneStep: string]>> = {
  Deflate: [Mode.deflate, 'deflate'],
  Inflate: [Mode.inflate, 'inflate'],
  Gzip: [Mode.gzip, 'gzip'],
  Gunzip: [Mode.gunzip, 'gunzip'],
  DeflateRaw: [Mode.deflateRaw, 'deflateRaw'],
  InflateRaw: [Mode.inflateRaw, 'inflateRaw'],
  Unzip: [Mode.unzip, 'unzip'],
}

/**
 * Gives what makes all classes by their names, and the functions that work in one step by theirs. Its argument is how
 * much output there may be unless told otherwise.
 */
const shim: Shim = (context) => (maxLength: number) => {
  const processing = createProcessing(context)
  const Zlib = createZlib(context, createBase(context, processing, maxLength), processing)
  let isWarned = false
  /** Once for all classes. */
  const warn = (name: string): void => {
    if (isWarned) return
    isWarned = true
    const text = `Instantiating ${name} without the 'new' keyword has been deprecated.`
    context.require('process').emitWarning(text, 'DeprecationWarning', 'DEP0184')
  }
  const exports: Record<string, Loose> = {}
  for (const [name, [mode, oneStep]] of Object.entries(classes)) {
    const Class = createClass(Zlib, name, mode, warn)
    exports[name] = Class
    exports[oneStep] = createOneStep(context, Class)
    exports[`${oneStep}Sync`] = createOneStepSync(context, Class)
  }
  return exports
}

export default shim

function createClass(Zlib: Loose, name: string, mode: number, warn: (name: string) => void): Loose {
  function Class(this: Loose, options: Loose): Loose {
    // zlib itself refuses 8 here, and 9 was what it took for it before.
    if (mode === Mode.deflateRaw && options && options.windowBits === 8) options.windowBits = 9
    if (!(this instanceof (Class as Loose))) {
      warn(name)
      return new (Class as Loose)(options)
    }
    Zlib.call(this, options, mode)
    return this
  }
  inherit(Class, Zlib)
  nameFunction(Class, name)
  return Class
}

function createZlib(context: ShimContext, ZlibBase: Loose, { processed }: Processing): Loose {
  function Zlib(this: Loose, options: Loose, mode: number): void {
    const format = formatOptions(options || {}, mode)
    this._writeState = new Uint32Array(2)
    const handle = new Handle(context, {
      ...format,
      mode,
      isSingle: options?.rejectGarbageAfterEnd === true,
      writeState: this._writeState,
      onWrite: () => processed(this),
    })
    ZlibBase.call(this, options, mode, handle, undefined)
    this._level = format.level
    this._strategy = format.strategy
    this._mode = mode
  }
  inherit(Zlib, ZlibBase)

  Zlib.prototype.params = function (
    this: Loose,
    level: number,
    strategy: number,
    callback: Loose,
  ): void {
    numberWithin(level, 'level', levelRange, 0)
    numberWithin(strategy, 'strategy', strategyRange, 0)
    if (this._level === level && this._strategy === strategy) {
      context.require('process').nextTick(callback)
      return
    }
    this.flush(Flush.sync, () => {
      handleOf(this).params(level, strategy)
      if (this.destroyed) return
      this._level = level
      this._strategy = strategy
      callback?.()
    })
  }
  return nameClass(Zlib, 'Zlib')
}

function createBase(
  context: ShimContext,
  { processChunk, processChunkSync }: Processing,
  maxLength: number,
): Loose {
  const { Transform, finished } = context.require('stream')
  const { Buffer } = context.require('buffer')
  const { nextTick } = context.require('process')

  // Empty chunks that carry a flush through the queue of what is to be written.
  const flushes = new Map<number, Loose>()
  const flushChunk = (kind: number): Loose => {
    const chunk = flushes.get(kind) ?? Object.assign(Buffer.alloc(0), { [kFlush]: kind })
    flushes.set(kind, chunk)
    return chunk
  }

  function ZlibBase(
    this: Loose,
    options: Loose,
    _mode: number,
    handle: Handle,
    _defaults: unknown,
  ): void {
    const own = streamOptions(options || {}, maxLength)
    const isBinary = !(options?.encoding || options?.objectMode || options?.writableObjectMode)
    const plain = isBinary ? {} : { encoding: null, objectMode: false, writableObjectMode: false }
    Transform.call(this, { autoDestroy: true, ...options, ...plain })
    Object.defineProperty(this, kError, { value: null, writable: true })
    this.bytesWritten = 0
    this._handle = handle
    handle.onerror = (message, errno, code) => {
      const error = zlibError(message, errno, code)
      this.destroy(error)
      this[kError] = error
    }
    this._outBuffer = Buffer.allocUnsafe(own.chunkSize)
    this._outOffset = 0
    this._chunkSize = own.chunkSize
    this._defaultFlushFlag = own.flush
    this._finishFlushFlag = own.finishFlush
    this._defaultFullFlushFlag = Flush.full
    this._flushBoundIdx = 0
    this._info = options?.info
    this._maxOutputLength = own.maxOutputLength
    this._rejectGarbageAfterEnd = options?.rejectGarbageAfterEnd === true
  }
  inherit(ZlibBase, Transform)

  Object.defineProperty(ZlibBase.prototype, '_closed', {
    get(this: Loose) {
      return !this._handle
    },
    configurable: true,
    enumerable: true,
  })
  Object.assign(ZlibBase.prototype, {
    reset(this: Loose): void {
      handleOf(this).reset()
    },

    _flush(this: Loose, callback: LooseFunction): void {
      this._transform(Buffer.alloc(0), '', callback)
    },

    // Otherwise the end of writing would wait for the end of reading.
    _final(this: Loose, callback: LooseFunction): void {
      callback()
    },

    flush(this: Loose, kind: Loose, callback: Loose): void {
      const isLeftOut = typeof kind === 'function' || (kind === undefined && !callback)
      const done = isLeftOut ? kind : callback
      const usual = this._defaultFullFlushFlag
      const flush = numberWithin(isLeftOut ? usual : kind, 'kind', flushRange, usual)
      if (!this.writableEnded) this.write(flushChunk(flush), '', done)
      else if (!done) return
      else if (this.writableFinished) nextTick(done)
      else this.once('end', done)
    },

    close(this: Loose, callback: Loose): void {
      if (callback) finished(this, callback)
      this.destroy()
    },

    _destroy(this: Loose, error: unknown, callback: LooseFunction): void {
      closeHandle(this)
      callback(error)
    },

    _transform(this: Loose, chunk: Loose, _encoding: string, callback: LooseFunction): void {
      let flush = chunk[kFlush] ?? this._defaultFlushFlag
      if (this.writableEnded && this.writableLength === chunk.byteLength) {
        const finish = this._finishFlushFlag
        if (strengths.indexOf(flush) <= strengths.indexOf(finish)) flush = finish
      }
      processChunk(this, chunk, flush, callback)
    },

    // Not documented, and used: packages decompress synchronously with it.
    _processChunk(this: Loose, chunk: Loose, flush: number, callback: Loose): Loose {
      if (typeof callback === 'function') return processChunk(this, chunk, flush, callback)
      return processChunkSync(this, chunk, flush)
    },
  })
  return nameClass(ZlibBase, 'ZlibBase')
}

/** @throws ERR_INTERNAL_ASSERTION when the stream is closed, as node does */
function handleOf(stream: Loose): Handle {
  if (stream._handle) return stream._handle
  const message =
    'zlib binding closed\n' +
    'This is caused by either a bug in Node.js or incorrect usage of Node.js internals.\n' +
    'Please open an issue with this stack trace at https://github.com/nodejs/node/issues\n'
  throw codedError(Error, 'ERR_INTERNAL_ASSERTION', message)
}

function inherit(Child: LooseFunction, Parent: LooseFunction): void {
  Object.setPrototypeOf(Child.prototype, Parent.prototype)
  Object.setPrototypeOf(Child, Parent)
}
