/** Bytes on their way from one loader to another. */

import type { ShimContext } from '../../../src/seams.ts'
import { type Loop, loopOf } from '../loop.ts'
import type { Loose } from '../loose.ts'

/** The end that is written to. */
export interface PipeEnd {
  /** @param done called back when there is room for more */
  write(bytes: Uint8Array, done?: () => void): void
  end(): void
}

export interface Pipe extends PipeEnd {
  /** The other end, a stream of the reading loader. */
  readonly stream: Loose
}

/** Bytes that may wait before a writer has to. */
const room = 65_536

/**
 * @param holds whether who reads and gets nothing yet is kept alive by that
 * @param firstRead called when somebody begins to read
 */
export function createPipe(reader: ShimContext, holds: boolean, firstRead?: () => void): Pipe {
  let begin = firstRead
  const loop = loopOf(reader)
  const { Readable } = reader.require('stream')
  const { Buffer } = reader.require('buffer')
  const chunks: Uint8Array[] = []
  let size = 0
  let hasEnded = false
  let isWanted = false
  let isScheduled = false
  let waiting: (() => void)[] = []
  const hold = createHold(loop, 'PipeWrap')
  const task = loop.begin('PIPEWRAP', {})

  const stream = new Readable({
    highWaterMark: room,
    read() {
      isWanted = true
      if (holds) hold.set(true)
      begin?.()
      begin = undefined
      flow()
    },
    destroy(error: unknown, callback: (error: unknown) => void) {
      chunks.length = size = 0
      hold.set(false)
      letWrite()
      callback(error)
    },
  })

  function flow(): void {
    const isReady = chunks.length > 0 || hasEnded
    if (!isWanted || !isReady || isScheduled || stream.destroyed) return
    isScheduled = true
    loop.defer(() => {
      isScheduled = false
      loop.run(() => {
        while (isWanted && chunks.length > 0) {
          const bytes = chunks.shift() as Uint8Array
          size -= bytes.length
          isWanted = stream.push(Buffer.from(bytes))
        }
        if (chunks.length === 0 && hasEnded) {
          isWanted = false
          hold.set(false)
          stream.push(null)
        }
      }, task)
      letWrite()
    })
  }

  function letWrite(): void {
    if (size > room) return
    const ready = waiting
    waiting = []
    for (const done of ready) done()
  }

  stream.on('pause', () => hold.set(false))
  stream.writable = false
  stream.ref = () => stream
  stream.unref = () => {
    hold.set(false)
    return stream
  }
  return {
    stream,
    write(bytes, done) {
      if (stream.destroyed || hasEnded) {
        done?.()
        return
      }
      // The writer may use its bytes anew.
      chunks.push(bytes.slice())
      size += bytes.length
      if (done) waiting.push(done)
      letWrite()
      flow()
    },
    end() {
      hasEnded = true
      flow()
    },
  }
}

/** Holds a loop once, however often it is asked to. @param resource node's name of what holds it */
export function createHold(loop: Loop, resource: string): { set(isHeld: boolean): void } {
  let held = false
  return {
    set(isHeld) {
      if (isHeld === held) return
      held = isHeld
      if (isHeld) loop.hold(resource)
      else loop.release(resource)
    },
  }
}

/** A stream of the parent whose bytes the child reads. */
export function createWriter(parent: ShimContext, pipe: PipeEnd): Loose {
  const loop = loopOf(parent)
  const { Writable } = parent.require('stream')
  const { Buffer } = parent.require('buffer')
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: Loose, encoding: string, callback: () => void) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk
      pipe.write(bytes, () => loop.defer(() => loop.run(callback)))
    },
    final(callback: () => void) {
      pipe.end()
      callback()
    },
    destroy(error: unknown, callback: (error: unknown) => void) {
      pipe.end()
      callback(error)
    },
  })
  // As the socket that it is in node.
  stream.readable = false
  stream.ref = stream.unref = () => stream
  return stream
}
