import { constants } from 'node:os'
import type { Loop } from '../../shims/internal/loop.ts'
import type { Loader } from '../hosts/node/index.ts'

type Guest = Loader['process']

/** While the guest listens for a signal, the real process does; as in node, that keeps the default from happening. */
export function connectSignals(guest: Guest, loop: Loop): void {
  const connected = new Map<string, (...args: unknown[]) => void>()
  guest.on('newListener', (name: string) => {
    if (connected.has(name) || !Object.hasOwn(constants.signals, String(name))) return
    const pass = (...args: unknown[]) => loop.run(() => guest.emit(name, ...args))
    connected.set(name, pass)
    process.on(name, pass)
  })
  guest.on('removeListener', (name: string) => {
    const pass = connected.get(name)
    if (pass === undefined || guest.listenerCount(name) > 0) return
    connected.delete(name)
    process.off(name, pass)
  })
}
