/** What runtimes like node (Deno and Bun, too) have beside the web: when jobs are done, and what follows an `await`. */
import type { AsyncContext, Host } from './seams.ts'

/** The part of `AsyncLocalStorage` that serves here. */
interface Storage {
  getStore(): unknown
  enterWith(store: unknown): void
}

type StorageClass = new () => Storage

/** The part of node's `process` that serves here. */
export interface RejectionEmitter {
  on(event: 'unhandledRejection', listener: (reason: unknown) => void): unknown
  off(event: 'unhandledRejection', listener: (reason: unknown) => void): unknown
  listenerCount(event: string): number
}

interface Runtime extends RejectionEmitter {
  nextTick(callback: () => void): void
  getBuiltinModule(id: string): unknown
}

/** Nothing in a page, also where a bundler has put a `process`: its ticks would be timers. */
export function runtimePowers(): Partial<Host> {
  const { process } = globalThis as { process?: Partial<Runtime> }
  if (process?.getBuiltinModule === undefined) return {}
  const runtime = process as Runtime
  return {
    nextTick: (callback) => runtime.nextTick(callback),
    overlook: overlookBy(runtime),
    asyncContext: carriedBy(() => {
      const hooks = runtime.getBuiltinModule('node:async_hooks')
      return (hooks as { AsyncLocalStorage: StorageClass }).AsyncLocalStorage
    }),
    loadPackage: requireBy(() => runtime.getBuiltinModule('node:module') as ModuleModule),
  }
}

/** The part of node's `module` that serves here. */
export interface ModuleModule {
  createRequire(from: string): (name: string) => unknown
}

/**
 * Packages that lie where a file of lodger's would find them. As a script for script tags it has no place.
 * @param find gives the runtime's `module`
 */
export function requireBy(find: () => ModuleModule): Host['loadPackage'] {
  const { url } = import.meta as { url?: string }
  if (url !== undefined) requirePackage ??= (name) => find().createRequire(url)(name)
  return requirePackage
}

/** One for the realm: whoever has his engines from it shares what they have made. */
let requirePackage: Host['loadPackage']

let storage: Storage | undefined

/**
 * The realm's one storage: who reads it finds the stores of all loaders, and asks for their own. It is made when a guest
 * first enters a context, as some engines' promises are slower from then on.
 * @param find gives the runtime's `AsyncLocalStorage`
 */
export function carriedBy(find: () => StorageClass): AsyncContext {
  return {
    get: () => storage?.getStore(),
    set(value) {
      storage ??= new (find())()
      try {
        storage.enterWith(value)
        return true
      } catch {
        // workerd has only `run`.
        return false
      }
    },
  }
}

/**
 * Such runtimes end when nobody handles a rejection. A listener would change that for all of them, so there is one only
 * until the running jobs are done, and what it does not overlook goes the way that it would have gone.
 */
export function overlookBy(process: RejectionEmitter): (reason: object) => void {
  const { setTimeout } = globalThis as unknown as { setTimeout(callback: () => void): unknown }
  const reasons = new Set<unknown>()
  const listener = (reason: unknown) => {
    if (!reasons.has(reason) && process.listenerCount('unhandledRejection') === 1) throw reason
  }
  return (reason) => {
    if (reasons.size === 0) process.on('unhandledRejection', listener)
    reasons.add(reason)
    setTimeout(() => {
      reasons.delete(reason)
      if (reasons.size === 0) process.off('unhandledRejection', listener)
    })
  }
}
