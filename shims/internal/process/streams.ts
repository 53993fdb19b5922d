/** The standard streams: nothing is buffered, what is written is with the host when `write` returns. */

import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'

export function createOutput(context: ShimContext, name: 'stdout' | 'stderr'): Loose {
  const { Writable } = context.require('stream')
  const { StringDecoder } = context.require('string_decoder')
  // A character's bytes may come in two chunks.
  const decoder = new StringDecoder('utf8')
  const utf8 = new Set(['utf8', 'utf-8', 'buffer'])
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: Loose, encoding: string, callback: (error?: unknown) => void) {
      try {
        const { host } = context
        if (host.writeBytes && typeof chunk !== 'string') {
          host.writeBytes(name, chunk)
          callback()
          return
        }
        let text: string
        if (typeof chunk !== 'string') text = decoder.write(chunk)
        else if (utf8.has(encoding.toLowerCase())) text = chunk
        else text = decoder.write(context.require('buffer').Buffer.from(chunk, encoding))
        if (text !== '') host.write(name, text)
      } catch (error) {
        callback(error)
        return
      }
      callback()
    },
    // They outlive whoever closes them, as in node.
    destroy(this: Loose, error: unknown, callback: (error?: unknown) => void) {
      callback(error)
      this._undestroy?.()
    },
  })
  stream.fd = name === 'stdout' ? 1 : 2
  stream._type = 'pipe'
  stream._isStdio = true
  stream.destroySoon = stream.destroy
  return stream
}

/** What a host has of input is there from the start. */
export function createInput(context: ShimContext): Loose {
  const { Readable } = context.require('stream')
  const stream = new Readable({
    highWaterMark: 65_536,
    read(this: Loose) {
      const input = context.host.readInput?.()
      if (input !== undefined && input.length > 0) {
        this.push(context.require('buffer').Buffer.from(input))
      }
      this.push(null)
    },
  })
  stream.fd = 0
  return stream
}
