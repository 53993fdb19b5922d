/** https://nodejs.org/docs/latest-v26.x/api/worker_threads.html: the guest is a main thread, and the only one. */

import { codedError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import type { Loose, LooseFunction } from './internal/loose.ts'
import { nameFunction } from './internal/names.ts'
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
  /** What is no port is told so; a port of the host can do no more than the web platform has it do. */
  function checkingPort(name: string, length: number): LooseFunction {
    const stub = exports[name]
    const check = (port: unknown): unknown => {
      if (exports.MessagePort && port instanceof exports.MessagePort) return stub(port)
      const text = 'The "port" argument must be a MessagePort instance'
      throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', text)
    }
    return Object.defineProperties(nameFunction(check, name), {
      length: { value: length, configurable: true },
    })
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
    receiveMessageOnPort: checkingPort('receiveMessageOnPort', 1),
    moveMessagePortToContext: checkingPort('moveMessagePortToContext', 0),
  })
}

export default shim
