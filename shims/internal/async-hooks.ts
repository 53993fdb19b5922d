/** Who listens to asynchronous resources: timers, ticks, microtasks, calls of `fs` and the guest's own. */

import type { ShimContext } from '../../src/seams.ts'
import { type Loop, resourceOf, type Task } from './loop.ts'
import type { Loose } from './loose.ts'

type HookName = 'init' | 'before' | 'after' | 'destroy'
type Callbacks = { [name in HookName]?: (...args: unknown[]) => void } & { owner: unknown }

export interface Hooks {
  add(callbacks: Callbacks): void
  remove(callbacks: Callbacks): void
  has(name: HookName): boolean
  /** Emits `destroy` when the resource is collected, unless `done` is set before. */
  destroyWhenCollected(resource: object, asyncId: number): { done: boolean }
}

export function createHooks(context: ShimContext, loop: Loop): Hooks {
  const { host } = context
  let active: readonly Callbacks[] = []
  let destroyed: number[] = []
  let registry: FinalizationRegistry<{ asyncId: number; destroyed: { done: boolean } }> | undefined

  const emit = (name: HookName, ...args: unknown[]): void => {
    try {
      // `active` is replaced, never changed: hooks that come or go meanwhile do not count for this event.
      for (const callbacks of active) callbacks[name]?.call(callbacks.owner, ...args)
    } catch (error) {
      // As in node: the guest is over, whatever handlers it has.
      const process = context.require('process')
      process._rawDebug((error as Loose)?.stack ?? error)
      process.exit(1)
    }
  }
  const has = (name: HookName): boolean => active.some((callbacks) => callbacks[name] !== undefined)

  /** In a turn of the host's, and never within the code that lets go of a resource. */
  function destroy(asyncId: number): void {
    if (!has('destroy')) return
    destroyed.push(asyncId)
    if (destroyed.length > 1) return
    const flush = () => {
      const ids = destroyed
      destroyed = []
      loop.run(() => {
        for (const id of ids) emit('destroy', id)
      })
    }
    if (host.setImmediate) host.setImmediate(flush)
    else host.setTimeout?.(flush, 0)
  }

  const observer = {
    init: (task: Task, type: string) =>
      emit('init', task.asyncId, type, task.triggerAsyncId, resourceOf(task)),
    before: (asyncId: number) => emit('before', asyncId),
    after: (asyncId: number) => emit('after', asyncId),
    destroy,
  }
  const become = (next: readonly Callbacks[]): void => {
    active = next
    loop.observer = next.length > 0 ? observer : undefined
  }

  return {
    add(callbacks) {
      if (!active.includes(callbacks)) become([...active, callbacks])
    },
    remove(callbacks) {
      become(active.filter((item) => item !== callbacks))
    },
    has,
    destroyWhenCollected(resource, asyncId) {
      const state = { done: false }
      const Registry = (globalThis as Loose).FinalizationRegistry as
        | typeof FinalizationRegistry
        | undefined
      if (!registry && Registry) {
        registry = new Registry((held) => {
          // A job of its own already: nobody is interrupted.
          if (!held.destroyed.done) loop.run(() => emit('destroy', held.asyncId))
        })
      }
      registry?.register(resource, { asyncId, destroyed: state })
      return state
    },
  }
}
