/** The three forms in which `fs` has its functions, each made of the synchronous one. */

import type { ShimContext } from '../../../src/seams.ts'
import { createAbortError } from '../abort-error.ts'
import { loopOf } from '../loop.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { type Signal, validateFunction } from '../validate.ts'
import type { Checks } from './arguments.ts'

export interface Forms {
  sync(name: string): LooseFunction
  /** Wrong arguments are thrown at once; all else is told in a later turn. */
  callback(name: string): LooseFunction
  /** What `action` gives, in a later turn. */
  promise(action: () => Loose, signal?: Signal): Promise<Loose>
  /** The function of that name, its arguments checked now. */
  promiseOf(name: string, args: readonly Loose[]): Promise<Loose>
  /** As node's loop does: after what the guest does now, its ticks and its jobs. */
  later(action: () => void, signal?: Signal, onAbort?: (error: Error) => void): void
}

/** What hooks of `async_hooks` see of a call. */
class FSReqCallback {}

/** @param operations the synchronous functions by name, without `Sync` */
export function createForms(
  context: ShimContext,
  operations: Record<string, LooseFunction>,
  { check, signatureOf }: Checks,
): Forms {
  const { host } = context
  const loop = loopOf(context)
  const hasTurns = host.setImmediate !== undefined || host.setTimeout !== undefined

  function inTurn(action: () => void): void {
    const request = new FSReqCallback()
    const task = loop.begin('FSREQCALLBACK', request)
    loop.requests.add(request)
    loop.hold()
    // Behind the ticks, so that an immediate which the guest makes now comes first, as with node's threads.
    loop.queueJob(() => {
      // Without timers there are no turns: after the ticks is the next best.
      if (hasTurns) context.require('internal/timers').callBack(action, task)
      else loop.run(action, task)
      loop.requests.delete(request)
      loop.release()
    })
  }

  const forms: Forms = {
    later(action, signal, onAbort) {
      if (signal === undefined || onAbort === undefined) {
        inTurn(action)
        return
      }
      const abort = () => onAbort(createAbortError(signal.reason))
      if (signal.aborted) abort()
      else inTurn(() => (signal.aborted ? abort() : action()))
    },

    sync(name) {
      const operation = operations[name] as LooseFunction
      const signature = signatureOf(name)
      return (...args) => operation(...check(signature, args))
    },

    callback(name) {
      const operation = operations[name] as LooseFunction
      const signature = signatureOf(name)
      const { required, parameters } = signature
      const looksAtCallbackLast = parameters[0] === 'fd' || name === 'truncate'
      return (...args) => {
        let at = required
        while (at < parameters.length && typeof args[at] !== 'function') at++
        const callback = args[at]
        if (!looksAtCallbackLast) validateFunction(callback, 'cb')
        const checked = check(signature, args.slice(0, at))
        if (looksAtCallbackLast) validateFunction(callback, 'cb')
        inTurn(() => {
          let result: Loose
          try {
            result = operation(...checked)
          } catch (error) {
            callback(error)
            return
          }
          if (result === undefined) callback(null)
          else callback(null, result)
        })
      }
    },

    promise(action, signal) {
      return new Promise((resolve, reject) => {
        const run = () => {
          try {
            resolve(action())
          } catch (error) {
            reject(error)
          }
        }
        forms.later(run, signal, reject)
      })
    },

    async promiseOf(name, args) {
      const checked = check(signatureOf(name), args)
      return await forms.promise(() => operations[name]?.apply(undefined, checked))
    },
  }
  return forms
}
