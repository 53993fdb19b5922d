// https://nodejs.org/docs/latest-v26.x/api/async_hooks.html
//
// A context follows timers, ticks, microtasks, callbacks of `fs` and what is bound (`AsyncResource`, `snapshot`). Promises
// belong to the engine, and lodger does not patch them: it follows them where the host carries a value along
// (`Host.asyncContext`: node, Deno, Bun). Elsewhere, in pages and in QuickJS, the context is lost behind an `await` or a
// `then`. Hooks hear nothing of promises.

import { codedError, createError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import { createHooks } from './internal/async-hooks.ts'
import { createAsyncLocalStorage } from './internal/async-local-storage.ts'
import { loopOf, resourceOf, type Task } from './internal/loop.ts'
import type { Loose, LooseFunction } from './internal/loose.ts'
import { asGetters, nameClass, nameMembers } from './internal/names.ts'
import { validateFunction, validateString } from './internal/validate.ts'

const createAsyncHooks: Shim = (context) => {
  const loop = loopOf(context)
  const hooks = createHooks(context, loop)

  class AsyncResource {
    readonly #task: Task
    #destroyed: { done: boolean } | undefined

    constructor(type: string, options: Loose = {}) {
      validateString(type, 'type')
      const trigger =
        typeof options === 'number' ? options : (options.triggerAsyncId ?? loop.current.asyncId)
      if (!Number.isSafeInteger(trigger) || trigger < -1) {
        throw codedError(
          RangeError,
          'ERR_INVALID_ASYNC_ID',
          `Invalid triggerAsyncId value: ${String(trigger)}`,
        )
      }
      if (type === '' && hooks.has('init')) {
        throw codedError(TypeError, 'ERR_ASYNC_TYPE', `Invalid name for async "type": ${type}`)
      }
      this.#task = loop.begin(type, this, trigger)
      if (!options.requireManualDestroy && hooks.has('destroy')) {
        this.#destroyed = hooks.destroyWhenCollected(this, this.#task.asyncId)
      }
    }
    runInAsyncScope(fn: LooseFunction, thisArg?: unknown, ...args: unknown[]): unknown {
      return loop.within(this.#task, () => Reflect.apply(fn, thisArg, args))
    }
    emitDestroy(): this {
      if (this.#destroyed) this.#destroyed.done = true
      loop.observer?.destroy(this.#task.asyncId)
      return this
    }
    asyncId(): number {
      return this.#task.asyncId
    }
    triggerAsyncId(): number {
      return this.#task.triggerAsyncId
    }
    bind(fn: LooseFunction, thisArg?: unknown): LooseFunction {
      validateFunction(fn, 'fn')
      const resource = this
      const bound =
        thisArg === undefined
          ? function bound(this: unknown, ...args: unknown[]) {
              return resource.runInAsyncScope(fn, this, ...args)
            }
          : this.runInAsyncScope.bind(this, fn, thisArg)
      Object.defineProperty(bound, 'length', { value: fn.length, configurable: true })
      return bound
    }
    static bind(fn: LooseFunction, type?: string, thisArg?: unknown): LooseFunction {
      return new AsyncResource(type || fn?.name || 'bound-anonymous-fn').bind(fn, thisArg)
    }
  }

  class AsyncHook {
    #callbacks: Loose
    constructor(callbacks: Loose) {
      const { trackPromises, promiseResolve } = callbacks
      for (const name of ['init', 'before', 'after', 'destroy', 'promiseResolve']) {
        if (callbacks[name] !== undefined && typeof callbacks[name] !== 'function') {
          throw codedError(TypeError, 'ERR_ASYNC_CALLBACK', `hook.${name} must be a function`)
        }
      }
      if (trackPromises !== undefined && typeof trackPromises !== 'boolean') {
        throw createError('ERR_INVALID_ARG_TYPE', 'trackPromises', 'boolean', trackPromises)
      }
      if (trackPromises === false && promiseResolve) {
        const reason = 'must not be false when promiseResolve is enabled'
        throw createError('ERR_INVALID_ARG_VALUE', 'trackPromises', trackPromises, reason)
      }
      const { init, before, after, destroy } = callbacks
      // With the hook itself as `this`, as node calls them.
      this.#callbacks = { init, before, after, destroy, owner: this }
    }
    enable(): this {
      hooks.add(this.#callbacks)
      return this
    }
    disable(): this {
      hooks.remove(this.#callbacks)
      return this
    }
  }

  nameClass(AsyncHook, 'AsyncHook')
  const exports = nameMembers({
    AsyncLocalStorage: createAsyncLocalStorage(context, loop, AsyncResource),
    createHook: (callbacks: Loose) => new AsyncHook(callbacks),
    executionAsyncId: () => loop.current.asyncId,
    triggerAsyncId: () => loop.current.triggerAsyncId,
    executionAsyncResource: () => resourceOf(loop.current),
    asyncWrapProviders: Object.freeze(Object.assign(Object.create(null), providers())),
    AsyncResource: nameClass(AsyncResource, 'AsyncResource'),
  })
  return asGetters(exports, 'AsyncLocalStorage')
}

/** The kinds of resources that node's own code has; ours are made by JavaScript, so the names are all there is. */
function providers(): Record<string, number> {
  const names = (
    'NONE DIRHANDLE DNSCHANNEL ELDHISTOGRAM FILEHANDLE FILEHANDLECLOSEREQ BLOBREADER FSEVENTWRAP FSREQCALLBACK ' +
    'FSREQPROMISE GETADDRINFOREQWRAP GETNAMEINFOREQWRAP HEAPSNAPSHOT HTTP2SESSION HTTP2STREAM HTTP2PING ' +
    'HTTP2SETTINGS HTTPINCOMINGMESSAGE HTTPCLIENTREQUEST LOCKS DTLS_ENDPOINT DTLS_SESSION JSSTREAM JSUDPWRAP ' +
    'MESSAGEPORT PIPECONNECTWRAP PIPESERVERWRAP PIPEWRAP PROCESSWRAP PROMISE QUERYWRAP QUIC_ENDPOINT ' +
    'QUIC_LOGSTREAM QUIC_SESSION QUIC_STREAM QUIC_UDP SHUTDOWNWRAP SIGNALWRAP STATWATCHER STREAMPIPE ' +
    'TCPCONNECTWRAP TCPSERVERWRAP TCPWRAP TTYWRAP UDPSENDWRAP UDPWRAP SIGINTWATCHDOG WORKER WORKERCPUPROFILE ' +
    'WORKERCPUUSAGE WORKERHEAPPROFILE WORKERHEAPSNAPSHOT WORKERHEAPSTATISTICS WRITEWRAP ZLIB CHECKPRIMEREQUEST ' +
    'PBKDF2REQUEST KEYPAIRGENREQUEST KEYGENREQUEST KEYEXPORTREQUEST ARGON2REQUEST CIPHERREQUEST ' +
    'DERIVEBITSREQUEST HASHREQUEST RANDOMBYTESREQUEST RANDOMPRIMEREQUEST SCRYPTREQUEST SIGNREQUEST TLSWRAP ' +
    'VERIFYREQUEST'
  ).split(' ')
  return Object.fromEntries(names.map((name, index) => [name, index]))
}

export default createAsyncHooks
