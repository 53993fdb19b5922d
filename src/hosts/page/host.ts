/** What a page or a worker gives. */
import { realmHost } from '../../host.ts'
import type { Host } from '../../seams.ts'

export function createHost(): Host {
  return realmHost('document' in globalThis ? 'page' : 'worker', turns())
}

/**
 * A browser's `setTimeout` waits at least 4 ms as soon as one sets the next; a message to oneself comes at the next turn
 * of the loop, behind input and painting.
 */
function turns(): Partial<Host> {
  const waiting = new Map<number, () => void>()
  let count = 0
  let channel: MessageChannel | undefined

  const listen = (): MessageChannel => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }: MessageEvent<number>) => {
      const callback = waiting.get(data)
      waiting.delete(data)
      callback?.()
    }
    return { port1, port2 }
  }

  return {
    setImmediate(callback) {
      channel ??= listen()
      count++
      waiting.set(count, callback)
      channel.port2.postMessage(count)
      return count
    },
    clearImmediate: (handle) => void waiting.delete(handle as number),
  }
}
