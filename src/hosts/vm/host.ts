/** The powers that node lends to a realm of its own: plain functions, and no object of node's. */
import { webcrypto } from 'node:crypto'
import process from 'node:process'
import { runInContext } from 'node:vm'
import type { Evaluate, Host } from '../../seams.ts'
import type { Realm } from './realm.ts'

export function hostOf(realm: Realm): Host {
  return {
    name: 'vm',
    global: realm.global,
    write: (stream, text) => void process[stream].write(text),
    setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
    clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
    setImmediate: (callback) => setImmediate(callback),
    clearImmediate: (handle) => clearImmediate(handle as NodeJS.Immediate),
    setKeepsAlive: (handle, keepsAlive) => {
      const timer = handle as NodeJS.Timeout
      if (keepsAlive) timer.ref()
      else timer.unref()
    },
    queueMicrotask: (callback) => queueMicrotask(callback),
    now: () => Date.now(),
    uptime: () => performance.now(),
    fillRandom: (bytes) => void webcrypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>),
  }
}

/** `runInContext` and not `Script`, whose `SyntaxError` would be node's own and no `instanceof` the guest's. */
export function evaluateIn(realm: Realm): Evaluate {
  const run: Evaluate = ({ prefix, source, suffix, filename }) =>
    runInContext(prefix + source + suffix, realm.context, {
      filename,
      columnOffset: -prefix.length,
    })
  return Object.assign(run, { hidesPrefix: true })
}
