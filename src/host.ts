/** What any realm gives of itself, found by asking for each power; a host's own entry knows better. */
import type { Host } from './seams.ts'

/** The members of a realm that become powers, where they are there. */
interface Realm {
  console?: { log(text: string): void; error(text: string): void }
  setTimeout?(callback: () => void, milliseconds: number): unknown
  clearTimeout?(handle: unknown): void
  setImmediate?(callback: () => void): unknown
  clearImmediate?(handle: unknown): void
  queueMicrotask?(callback: () => void): void
  performance?: { now(): number }
  crypto?: { getRandomValues(bytes: Uint8Array): unknown }
  fetch?(input: unknown, init?: unknown): Promise<unknown>
}

/**
 * @param name how errors call this host
 * @param given powers in place of what the realm has
 */
export function realmHost(name: string, given: Partial<Host> = {}): Host {
  const realm = globalThis as Realm
  const start = Date.now()
  // Asked for by name only: some hosts load whole libraries when such a member is read.
  const has = <Power>(name: keyof Realm, power: Power) => (name in realm ? power : undefined)
  return {
    name,
    global: globalThis,
    write: lineWriter(realm.console),
    setTimeout: has('setTimeout', (callback, delay) => realm.setTimeout?.(callback, delay)),
    clearTimeout: has('clearTimeout', (handle) => realm.clearTimeout?.(handle)),
    setImmediate: has('setImmediate', (callback) => realm.setImmediate?.(callback)),
    clearImmediate: has('clearImmediate', (handle) => realm.clearImmediate?.(handle)),
    setKeepsAlive: (handle, keepsAlive) => {
      const timer = handle as { ref?(): void; unref?(): void }
      if (keepsAlive) timer?.ref?.()
      else timer?.unref?.()
    },
    queueMicrotask: has('queueMicrotask', (callback) => realm.queueMicrotask?.(callback)),
    now: () => Date.now(),
    uptime: () => realm.performance?.now() ?? Date.now() - start,
    fillRandom: has('crypto', (bytes) => fillInPieces(bytes, realm)),
    fetch: has('fetch', (input, init) => realm.fetch?.(input, init) as Promise<unknown>),
    ...given,
  }
}

/** The most bytes that `getRandomValues` gives at a time: https://w3c.github.io/webcrypto/#Crypto-method-getRandomValues */
const mostRandomBytes = 65_536

function fillInPieces(bytes: Uint8Array, { crypto }: Realm): void {
  for (let start = 0; start < bytes.length; start += mostRandomBytes) {
    crypto?.getRandomValues(bytes.subarray(start, start + mostRandomBytes))
  }
}

/** A console knows only whole lines: what is not yet one waits. */
function lineWriter(console: Realm['console']): Host['write'] {
  const waiting = { stdout: '', stderr: '' }
  return (stream, text) => {
    const lines = (waiting[stream] + text).split('\n')
    waiting[stream] = lines.pop() ?? ''
    for (const line of lines) {
      if (stream === 'stdout') console?.log(line)
      else console?.error(line)
    }
  }
}
