/** The host's channels, closed with the loader: an open one would call the guest back, and keep some hosts alive for ever. */

import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { nameFunction } from '../names.ts'

/** From the class's name to what of its instances has to be closed. */
export const channelEnds: Readonly<Record<string, (channel: Loose) => readonly Loose[]>> = {
  BroadcastChannel: (channel) => [channel],
  MessageChannel: ({ port1, port2 }) => [port1, port2],
}

/** @param Channel the host's class */
export function closeWithLoader(context: ShimContext, name: string, Channel: Loose): Loose {
  // Weakly, as a program may make many of which nobody listens to most.
  const open = new Set<WeakRef<Loose>>()
  const collected = new FinalizationRegistry<WeakRef<Loose>>((reference) => open.delete(reference))
  context.onDispose(() => {
    for (const reference of open) reference.deref()?.close()
  })

  class LoaderChannel extends Channel {
    constructor(...args: unknown[]) {
      super(...args)
      for (const end of channelEnds[name]?.(this) ?? []) {
        const reference = new WeakRef(end)
        open.add(reference)
        collected.register(end, reference)
      }
    }
  }
  // Its own, as they are members of node's class itself.
  const { constructor: _, ...members } = Object.getOwnPropertyDescriptors(Channel.prototype)
  Object.defineProperties(LoaderChannel.prototype, members)
  Object.defineProperty(LoaderChannel, 'length', { value: Channel.length, configurable: true })
  return nameFunction(LoaderChannel, name)
}
