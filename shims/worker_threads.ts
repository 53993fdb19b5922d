/** https://nodejs.org/docs/latest-v26.x/api/worker_threads.html: the guest is a main thread, and the only one. */

import type { Shim } from '../src/seams.ts'
import type { Loose } from './internal/loose.ts'
import { stubExports } from './internal/stub-exports.ts'
import { webGlobal } from './internal/web/globals.ts'

const shim: Shim = (context) => {
  const exports = stubExports(context)
  const environment = new Map<unknown, unknown>()
  const marked = new WeakSet<object>()
  for (const name of ['MessageChannel', 'MessagePort', 'BroadcastChannel']) {
    const value = webGlobal(context, name)
    if (value !== undefined) exports[name] = value
  }
  return Object.assign(exports, {
    SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
    resourceLimits: {},
    getEnvironmentData: (key: unknown) => environment.get(key),
    setEnvironmentData(key: unknown, value: unknown): void {
      if (value === undefined) environment.delete(key)
      else environment.set(key, value)
    },
    markAsUntransferable(object: Loose): void {
      if (Object(object) === object) marked.add(object)
    },
    isMarkedAsUntransferable: (object: Loose) => Object(object) === object && marked.has(object),
    markAsUncloneable(_object: unknown): void {},
  })
}

export default shim
