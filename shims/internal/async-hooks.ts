/** Who listens to asynchronous resources, and which of them is running. */

import type { ShimContext } from '../../src/seams.ts'
import type { Loose } from './loose.ts'

type HookName = 'init' | 'before' | 'after' | 'destroy'
type Callbacks = { [name in HookName]?: (...args: unknown[]) => void } & { owner: unknown }

interface Execution {
  asyncId: number
  triggerAsyncId: number
  resource: object
}

export interface Hooks {
  add(callbacks: Callbacks): void
  remove(callbacks: Callbacks): void
  has(name: HookName): boolean
  newAsyncId(): number
  enter(asyncId: number, triggerAsyncId: number, resource: object): void
  leave(asyncId: number): void
  emitInit(asyncId: number, type: string, triggerAsyncId: number, resource: object): void
  emitDestroy(asyncId: number): void
  /** Emits `destroy` when the resource is collected, unless `done` is set before. */
  destroyWhenCollected(resource: object, asyncId: number): { done: boolean }
  executionAsyncId(): number
  triggerAsyncId(): number
  executionAsyncResource(): object
}

export function createHooks(context: ShimContext): Hooks {
  let active: readonly Callbacks[] = []
  // 1 is the main program, whose trigger is nobody.
  let lastId = 1
  const stack: Execution[] = [{ asyncId: 1, triggerAsyncId: 0, resource: {} }]
  const current = (): Execution => stack.at(-1) as Execution
  let destroyed: number[] = []
  let registry: FinalizationRegistry<{ asyncId: number; destroyed: { done: boolean } }> | undefined

  const emit = (name: HookName, ...args: unknown[]): void => {
    // `active` is replaced, never changed: hooks that come or go meanwhile do not count for this event.
    for (const callbacks of active) callbacks[name]?.call(callbacks.owner, ...args)
  }

  function emitDestroy(asyncId: number): void {
    if (!has('destroy')) return
    destroyed.push(asyncId)
    if (destroyed.length > 1) return
    // Never within the code that lets go of a resource.
    context.require('timers').setImmediate(() => {
      const ids = destroyed
      destroyed = []
      for (const id of ids) emit('destroy', id)
    })
  }

  const has = (name: HookName): boolean => active.some((callbacks) => callbacks[name] !== undefined)

  return {
    add(callbacks) {
      if (!active.includes(callbacks)) active = [...active, callbacks]
    },
    remove(callbacks) {
      active = active.filter((item) => item !== callbacks)
    },
    has,
    newAsyncId: () => ++lastId,
    enter(asyncId, triggerAsyncId, resource) {
      stack.push({ asyncId, triggerAsyncId, resource })
      emit('before', asyncId)
    },
    leave(asyncId) {
      emit('after', asyncId)
      if (stack.length > 1) stack.pop()
    },
    emitInit: (asyncId, type, triggerAsyncId, resource) =>
      emit('init', asyncId, type, triggerAsyncId, resource),
    emitDestroy,
    destroyWhenCollected(resource, asyncId) {
      const state = { done: false }
      const Registry = (globalThis as Loose).FinalizationRegistry as
        | typeof FinalizationRegistry
        | undefined
      if (!registry && Registry) {
        registry = new Registry((held) => {
          // A job of its own already: nobody is interrupted.
          if (!held.destroyed.done) emit('destroy', held.asyncId)
        })
      }
      registry?.register(resource, { asyncId, destroyed: state })
      return state
    },
    executionAsyncId: () => current().asyncId,
    triggerAsyncId: () => current().triggerAsyncId,
    executionAsyncResource: () => current().resource,
  }
}
