/** https://nodejs.org/docs/latest-v26.x/api/domain.html: for errors thrown at once, from callbacks, and by the emitters that are added. */

import { codedError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import type { Loose } from './internal/loose.ts'

const shim: Shim = (context) => {
  const EventEmitter = context.require('events')
  const { AsyncLocalStorage } = context.require('async_hooks')
  const process = context.require('process')
  /** The domain of the running code, which its timers and ticks take along. */
  const current = new AsyncLocalStorage()
  /** What is current where no domain is: node says `undefined` once one has been left, and `null` after an error. */
  let none: null | undefined = null
  /** Domains that have been entered, and what was current before each. */
  const stack: Loose[] = []
  const before: Loose[] = []

  function leaveAll(): void {
    stack.length = before.length = 0
    current.enterWith(undefined)
    none = undefined
  }

  class Domain extends EventEmitter {
    members: Loose[] = []
    #handlers = new Map<object, Loose>()

    enter(): void {
      stack.push(this)
      before.push(current.getStore())
      current.enterWith(this)
    }

    exit(): void {
      const index = stack.lastIndexOf(this)
      if (index === -1) return
      current.enterWith(before[index])
      none = undefined
      stack.splice(index)
      before.splice(index)
    }

    add(emitter: Loose): void {
      if (this.members.includes(emitter)) return
      this.members.push(emitter)
      // What is emitted as an error may be none.
      const handler = (error: unknown) =>
        this._errorHandler(error || codedError(Error, 'ERR_UNHANDLED_ERROR', 'Unhandled error.'))
      this.#handlers.set(emitter, handler)
      emitter.on?.('error', handler)
    }

    remove(emitter: Loose): void {
      this.members = this.members.filter((member) => member !== emitter)
      emitter.removeListener?.('error', this.#handlers.get(emitter))
      this.#handlers.delete(emitter)
    }

    run(fn: Loose, ...args: unknown[]): unknown {
      this.enter()
      try {
        return Reflect.apply(fn, this, args)
      } catch (error) {
        // Handlers are outside of the domain; and after an error none is current.
        this.exit()
        if (!this._errorHandler(error)) throw error
        leaveAll()
        none = null
        return undefined
      } finally {
        this.exit()
      }
    }

    bind(fn: Loose): Loose {
      const self = this
      return function (this: unknown, ...args: unknown[]): unknown {
        return self.run(() => Reflect.apply(fn, this, args))
      }
    }

    intercept(fn: Loose): Loose {
      return this.bind((error: unknown, ...args: unknown[]) => {
        if (error) this.emit('error', error)
        else fn(...args)
      })
    }

    _errorHandler(error: Loose): boolean {
      if (Object(error) === error) {
        error.domain = this
        error.domainThrown = true
      }
      return this.listenerCount('error') > 0 && this.emit('error', error)
    }
  }

  // Enumerable in node, which makes the class without `class`.
  for (const name of Object.getOwnPropertyNames(Domain.prototype)) {
    if (name !== 'constructor') Object.defineProperty(Domain.prototype, name, { enumerable: true })
  }
  const createDomain = (): Domain => new Domain()
  const exports: Loose = { Domain, create: createDomain, createDomain, _stack: stack }
  const active = {
    get: () => current.getStore() ?? none,
    set: (value: Loose) => current.enterWith(value),
  }
  Object.defineProperty(exports, 'active', { ...active, enumerable: true, configurable: true })
  Object.defineProperty(process, 'domain', { ...active, enumerable: true, configurable: true })
  process.addUncaughtExceptionCaptureCallback((error: unknown) => {
    const domain = current.getStore()
    if (!domain) return false
    leaveAll()
    const isHandled = domain._errorHandler(error)
    none = null
    return isHandled
  })
  return exports
}

export default shim
