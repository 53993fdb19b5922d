/** The powers that node lends to a realm of its own: plain functions, and no object of node's. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomFillSync } from 'node:crypto'
import { createRequire } from 'node:module'
import { types } from 'node:util'
import { carriedBy, overlookBy, requireBy } from '../../runtime.ts'
import type { Host } from '../../seams.ts'
import type { Realm } from './realm.ts'

export function hostOf(realm: Realm): Host {
  return {
    name: 'vm',
    global: realm.global,
    ownsRealm: true,
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
    nextTick: (callback) => process.nextTick(callback),
    overlook: overlookBy(process),
    asyncContext: carriedBy(() => AsyncLocalStorage),
    now: () => Date.now(),
    uptime: () => performance.now(),
    isProxy: types.isProxy,
    fillRandom: (bytes) => void randomFillSync(bytes),
    loadPackage: requireBy(() => ({ createRequire })),
  }
}
