import type { Loop } from '../../shims/internal/loop.ts'
import type { Loader } from '../hosts/node/index.ts'

/** Gives the guest the real standard input, from when it first asks for it. */
export function connectInput(loader: Loader, loop: Loop): void {
  const guest = loader.process
  Object.defineProperty(guest, 'stdin', {
    get() {
      const stream = createInput(loader, loop)
      Object.defineProperty(guest, 'stdin', { value: stream, writable: false })
      return stream
    },
    enumerable: true,
    configurable: true,
  })
}

function createInput(loader: Loader, loop: Loop): unknown {
  // biome-ignore lint/suspicious/noExplicitAny: the guest's own builtins
  const builtin = (id: string): any => loader.require(id)
  const { Readable } = builtin('stream')
  const { Buffer } = builtin('buffer')
  const { stdin } = process
  let connected = false
  const connect = () => {
    connected = true
    stdin.on('data', (chunk) => {
      loop.run(() => {
        if (!stream.push(Buffer.from(chunk))) stdin.pause()
      })
    })
    stdin.once('end', () => loop.run(() => stream.push(null)))
    stdin.once('error', (error) => loop.run(() => stream.destroy(error)))
  }
  const stream = new Readable({
    highWaterMark: 65_536,
    read() {
      if (!connected) connect()
      stdin.resume()
    },
  })
  stream.fd = 0
  stream.isTTY = stdin.isTTY
  return stream
}
