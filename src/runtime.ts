/** What runtimes like node (Deno and Bun, too) have beside the web: when jobs are done, and what follows an `await`. */
import type { AsyncContext, Host } from './seams.ts'

/** The part of `AsyncLocalStorage` that serves here. */
interface Storage {
  getStore(): unknown
  enterWith(store: unknown): void
}

type StorageClass = new () => Storage

interface Runtime {
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
    asyncContext: carriedBy(() => {
      const hooks = runtime.getBuiltinModule('node:async_hooks')
      return (hooks as { AsyncLocalStorage: StorageClass }).AsyncLocalStorage
    }),
  }
}

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
