/** A socket whose two ends are those of any stream; what a `tls.TLSSocket` over a stream stands on. */
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { nameClass } from '../names.ts'

/** @returns node's class of that name, which it exports nowhere: programs take it from a socket's handle */
export function createStreamSocketClass(context: ShimContext): Loose {
  const { Socket } = context.require('net')

  class JSStreamSocket extends Socket {
    static readonly StreamWrap: unknown = JSStreamSocket
    declare stream: Loose

    constructor(stream: Loose) {
      stream.pause()
      super()
      this.stream = stream
      stream.on('data', (chunk: unknown) => {
        if (!this.push(chunk)) stream.pause()
      })
      stream.once('end', () => this.push(null))
      stream.on('error', (error: unknown) => this.destroy(error))
      stream.once('close', () => this.destroy())
    }
    _read(): void {
      this.stream.resume()
    }
    _write(chunk: unknown, encoding: string, callback: (error?: Error) => void): void {
      this.stream.write(chunk, encoding, callback)
    }
    _final(callback: (error?: Error) => void): void {
      this.stream.end(callback)
    }
    _destroy(error: unknown, callback: unknown): void {
      this.stream.destroy()
      super._destroy(error, callback)
    }
  }
  return nameClass(JSStreamSocket, 'JSStreamSocket')
}
