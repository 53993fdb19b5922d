// https://nodejs.org/docs/latest-v26.x/api/stream.html
//
// The library is node's own code of version 18 with much of what came since; here stands what it lacks.

import type { Shim, ShimContext } from '../src/seams.ts'
import { createAbortError } from './internal/abort-error.ts'
import { isUint8Array } from './internal/brands.ts'
import { createDuplexPair } from './internal/duplex-pair.ts'
import { defineLate, lateFunction } from './internal/late.ts'
import type { Loose, LooseFunction } from './internal/loose.ts'
import {
  nameClass,
  nameFunction,
  nameMembers,
  ownFunction,
  shapeMembers,
} from './internal/names.ts'
import { isDestroyed, isNodeStream, isReadable, isWritable } from './internal/stream-state.ts'
import { asyncDisposeSymbol } from './internal/symbols.ts'
import streamLibrary from './libraries/readable-stream.js'
import { instantiate } from './library.ts'

const members = (
  'isDestroyed isDisturbed isErrored isReadable isWritable Readable Writable Duplex Transform PassThrough pipeline ' +
  'addAbortSignal finished destroy compose setDefaultHighWaterMark getDefaultHighWaterMark Stream ' +
  '_isUint8Array _uint8ArrayToBuffer duplexPair _isArrayBufferView'
).split(' ')

/** Many programs require it and use a class of it only sometimes, or only what inherits from it. */
const createStream: Shim = (context) => {
  const { Stream } = context.require('internal/legacy-stream')
  nameClass(Stream, 'Stream')
  let isComplete = false
  const find = (name: string): unknown => {
    if (!isComplete) {
      // Before it is, because the library reads members while it adds them.
      isComplete = true
      try {
        complete(context, Stream)
      } catch (error) {
        isComplete = false
        throw error
      }
    }
    return Object.getOwnPropertyDescriptor(Stream, name)?.value
  }
  for (const name of members) defineLate(Stream, name, () => find(name))
  // An accessor in node, too.
  Object.defineProperty(Stream, 'promises', {
    get: () => find('promises') ?? Stream.promises,
    enumerable: true,
    configurable: true,
  })
  return Stream
}

/** Adds all members to the class: the library first, then what it lacks. */
function complete(context: ShimContext, Stream: Loose): void {
  instantiate(context, streamLibrary)
  const { Writable, Duplex } = Stream

  Stream.isDestroyed = (stream: Loose) => (isNodeStream(stream) ? isDestroyed(stream) : null)
  Stream.isReadable = ownFunction(isReadable)
  Stream.isWritable = ownFunction(isWritable)
  Stream.duplexPair = createDuplexPair(context, Duplex)
  Stream._isArrayBufferView = (value: unknown) => ArrayBuffer.isView(value)
  Stream._isUint8Array = ownFunction(isUint8Array)
  // 64 KiB since node 22.
  Stream.setDefaultHighWaterMark(false, 64 * 1024)

  const { from } = Duplex
  let adapters: Record<string, LooseFunction> | undefined
  const adapter = (name: string) => () => {
    adapters ??= context.require('internal/stream-web-adapters')(context, Stream, from)
    return adapters?.[name] as LooseFunction
  }
  Duplex.from = lateFunction('from', 1, adapter('duplexFrom'))
  for (const kind of ['Readable', 'Writable', 'Duplex']) {
    for (const direction of ['fromWeb', 'toWeb']) {
      const name = kind.toLowerCase() + direction.replace(/^./, (first) => first.toUpperCase())
      Stream[kind][direction] = lateFunction(name, name === 'writableToWeb' ? 1 : 2, adapter(name))
    }
  }

  if (!Writable.prototype[asyncDisposeSymbol]) {
    Object.defineProperty(Writable.prototype, asyncDisposeSymbol, {
      value: disposeWritable,
      writable: true,
      enumerable: true,
      configurable: true,
    })
  }
  /** Ends with the stream's close; the error of having been given up is ours and not told. */
  function disposeWritable(this: Loose): Promise<void> {
    let abort: Error | undefined
    if (!this.destroyed) {
      abort = this.writableFinished ? undefined : createAbortError()
      this.destroy(abort ?? null)
    }
    return new Promise((resolve, reject) => {
      Stream.finished(this, (error: unknown) => {
        if (error && error !== abort && (error as Loose).name !== 'AbortError') reject(error)
        else resolve()
      })
    })
  }

  for (const name of ['Readable', 'Writable', 'Duplex', 'Transform', 'PassThrough'])
    nameClass(Stream[name], name)
  nameMembers(Stream)
  shapeMembers(Stream, '_isArrayBufferView:isView _isUint8Array:isUint8Array')
  shapeMembers(Stream, 'destroy:destroyer finished:eos')
  shapeMembers(Stream.Readable.prototype, '_undestroy:undestroy')
  shapeMembers(Writable.prototype, '_undestroy:undestroy')
  shapeMembers(Stream.Transform.prototype, '_final:final')
  nameFunction(Writable[Symbol.hasInstance], '[Symbol.hasInstance]')
  Object.defineProperty(Stream.Readable.prototype, 'compose', { enumerable: true })
}

export default createStream
