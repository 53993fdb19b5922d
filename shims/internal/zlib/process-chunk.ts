/** One chunk through zlib, whose output may be any number of chunks: later, as streams do, or at once. */

import type { ShimContext } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { tooLarge, trailingJunk } from './errors.ts'
import { joined } from './one-step.ts'

/** What zlib found wrong, for those that do not wait for events. */
export const kError: unique symbol = Symbol('kError')

/** The chunk that a stream has at hand. */
const kWork = Symbol('kWork')

interface Work {
  readonly chunk: Loose
  readonly flush: number
  readonly done: LooseFunction
  inputOffset: number
  inputLength: number
  outputLength: number
}

export interface Processing {
  readonly processChunk: (stream: Loose, chunk: Loose, flush: number, done: LooseFunction) => void
  /** To be called when a write of the stream's handle is over. */
  readonly processed: (stream: Loose) => void
  /** Gives all output. @throws what zlib finds wrong, ERR_BUFFER_TOO_LARGE */
  readonly processChunkSync: (stream: Loose, chunk: Loose, flush: number) => Loose
}

export function createProcessing(context: ShimContext): Processing {
  const { Buffer } = context.require('buffer')
  const { nextTick } = context.require('process')

  function processChunk(stream: Loose, chunk: Loose, flush: number, done: LooseFunction): void {
    if (!stream._handle) {
      nextTick(done)
      return
    }
    const work: Work = {
      chunk,
      flush,
      done,
      inputOffset: 0,
      inputLength: chunk.byteLength,
      outputLength: stream._chunkSize - stream._outOffset,
    }
    Object.defineProperty(stream, kWork, { value: work, configurable: true })
    write(stream, work)
  }

  function write(stream: Loose, work: Work): void {
    const { chunk, flush, inputOffset, inputLength, outputLength } = work
    const { _handle: handle, _outBuffer: output, _outOffset: outputOffset } = stream
    handle?.write(flush, chunk, inputOffset, inputLength, output, outputOffset, outputLength)
  }

  function processed(stream: Loose): void {
    const work: Work = stream[kWork]
    if (stream.destroyed) {
      work.done()
      return
    }
    const [room, inputLeft] = stream._writeState
    const consumed = work.inputLength - inputLeft
    stream.bytesWritten += consumed
    const written = work.outputLength - room
    let isFull = false
    if (written > 0) {
      const start = stream._outOffset
      stream._outOffset += written
      isFull = !stream.push(stream._outBuffer.slice(start, start + written))
      // Whoever gets it may have had enough.
      if (stream.destroyed) {
        work.done()
        return
      }
    }
    if (room === 0 || stream._outOffset >= stream._chunkSize) {
      work.outputLength = stream._chunkSize
      stream._outOffset = 0
      stream._outBuffer = Buffer.allocUnsafe(stream._chunkSize)
    }
    if (room === 0) {
      // There may be more to come, also when no input is left.
      work.inputOffset += consumed
      work.inputLength = inputLeft
      if (isFull) writeWhenRead(stream, work)
      else write(stream, work)
      return
    }
    if (inputLeft > 0) {
      // zlib wants no more: its stream has ended before the input.
      if (stream._rejectGarbageAfterEnd) {
        const error = trailingJunk()
        stream.destroy(error)
        work.done(error)
        return
      }
      stream.push(null)
    }
    work.done()
  }

  function writeWhenRead(stream: Loose, work: Work): void {
    const { _read: read } = stream
    stream._read = function (this: Loose, size: number) {
      stream._read = read
      write(stream, work)
      stream._read(size)
    }
  }

  function processChunkSync(stream: Loose, chunk: Loose, flush: number): Loose {
    const { _handle: handle, _chunkSize: size, _writeState: state } = stream
    let output = stream._outBuffer
    let outputOffset = stream._outOffset
    let outputLength = size - outputOffset
    let inputOffset = 0
    let inputLength = chunk.byteLength
    const chunks: Uint8Array[] = []
    let length = 0
    let error: unknown
    // The event comes later, and nobody else may be listening.
    stream.on('error', (late: unknown) => {
      error = late
    })
    for (;;) {
      handle.writeSync(flush, chunk, inputOffset, inputLength, output, outputOffset, outputLength)
      if (error || stream[kError]) throw error || stream[kError]
      const [room, inputLeft] = state
      inputOffset += inputLength - inputLeft
      inputLength = inputLeft
      const written = outputLength - room
      if (written > 0) {
        chunks.push(output.slice(outputOffset, outputOffset + written))
        outputOffset += written
        length += written
        if (length > stream._maxOutputLength) {
          closeHandle(stream)
          throw tooLarge(stream._maxOutputLength)
        }
      }
      if (room > 0) break
      outputLength = size
      outputOffset = 0
      output = Buffer.allocUnsafe(size)
    }
    closeHandle(stream)
    if (inputLength > 0 && stream._rejectGarbageAfterEnd) throw trailingJunk()
    stream.bytesWritten = inputOffset
    return joined(Buffer, chunks)
  }

  return { processChunk, processed, processChunkSync }
}

/** It is gone already after an error. */
export function closeHandle(stream: Loose): void {
  stream._handle?.close()
  stream._handle = null
}
