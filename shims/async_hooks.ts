// https://nodejs.org/docs/latest-v26.x/api/async_hooks.html
//
// A context lasts for the synchronous call: it follows what is bound (`AsyncResource`, `snapshot`), timers, ticks and
// callbacks of builtins that use `AsyncResource`. Promises belong to the engine, and lodger does not patch them: behind
// an `await` or a `then` the context of the caller is not known, and hooks hear nothing of promises.

import { codedError, createError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import { createHooks } from './internal/async-hooks.ts'
import { createAsyncLocalStorage } from './internal/async-local-storage.ts'
import { loopOf } from './internal/loop.ts'
import type { Loose, LooseFunction } from './internal/loose.ts'
import { asGetters, nameClass, nameMembers } from './internal/names.ts'
import { validateFunction, validateString } from './internal/validate.ts'

const createAsyncHooks: Shim = (context) => {
  const hooks = createHooks(context)
  const loop = loopOf(context)

  class AsyncResource {
    #asyncId: number
    #triggerAsyncId: number
    #frame: unknown = loop.frame
    #destroyed: { done: boolean } | undefined

    constructor(type: string, options: Loose = {}) {
      validateString(type, 'type')
      const trigger =
        typeof options === 'number' ? options : (options.triggerAsyncId ?? hooks.executionAsyncId())
      if (!Number.isSafeInteger(trigger) || trigger < -1) {
        throw codedError(
          RangeError,
          'ERR_INVALID_ASYNC_ID',
          `Invalid triggerAsyncId value: ${String(trigger)}`,
        )
      }
      this.#asyncId = hooks.newAsyncId()
      this.#triggerAsyncId = trigger
      if (hooks.has('init')) {
        if (type === '') {
          throw codedError(TypeError, 'ERR_ASYNC_TYPE', `Invalid name for async "type": ${type}`)
        }
        hooks.emitInit(this.#asyncId, type, trigger, this)
      }
      if (!options.requireManualDestroy && hooks.has('destroy')) {
        this.#destroyed = hooks.destroyWhenCollected(this, this.#asyncId)
      }
    }
    runInAsyncScope(fn: LooseFunction, thisArg?: unknown, ...args: unknown[]): unknown {
      const before = loop.frame
      hooks.enter(this.#asyncId, this.#triggerAsyncId, this)
      loop.frame = this.#frame
      try {
        return Reflect.apply(fn, thisArg, args)
      } finally {
        loop.frame = before
        hooks.leave(this.#asyncId)
      }
    }
    emitDestroy(): this {
      if (this.#destroyed) this.#destroyed.done = true
      hooks.emitDestroy(this.#asyncId)
      return this
    }
    asyncId(): number {
      return this.#asyncId
    }
    triggerAsyncId(): number {
      return this.#triggerAsyncId
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
    AsyncLocalStorage: createAsyncLocalStorage(loop, AsyncResource),
    createHook: (callbacks: Loose) => new AsyncHook(callbacks),
    executionAsyncId: hooks.executionAsyncId,
    triggerAsyncId: hooks.triggerAsyncId,
    executionAsyncResource: hooks.executionAsyncResource,
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
