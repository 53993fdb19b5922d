/** Hooks as options of `createLoader`: node's, and Jetpack's four. docs/hooks.md tells them apart. */
import type { Loader } from './loader.ts'
import type { Module } from './module.ts'
import type { RequireFunction } from './require.ts'

/**
 * What `module.registerHooks` takes. https://nodejs.org/api/module.html#synchronous-hooks-accepted-by-moduleregisterhooks
 * `next` goes on to the hook that was registered before, at last to what is done without hooks.
 */
export interface Hooks {
  readonly resolve?: Hook | undefined
  readonly load?: Hook | undefined
}

/** @param subject a specifier for `resolve`, a URL for `load` */
export type Hook = (
  subject: string,
  context: HookContext,
  next: (subject: string, context?: object) => HookResult,
) => HookResult

/** What a hook is told, and may change for those that follow: one object for a whole chain. */
export interface HookContext {
  [key: string]: unknown
}

export interface HookResult {
  readonly shortCircuit?: unknown
  readonly [key: string]: unknown
}

/** Not in `lodger/core`. */
export interface HookOptions {
  /**
   * What `module.registerHooks` takes, one or several, registered before anything runs; of several the last is asked
   * first. @default []
   */
  readonly hooks?: Hooks | readonly Hooks[]
  /**
   * Jetpack's: what a request means, for `require` and `import`. An absolute path or a URL is final; any other id is looked
   * up in place of the one asked for; `undefined` leaves it.
   * @param requirer the file that asks; `undefined` where nobody is known
   */
  readonly resolve?: (id: string, requirer: string | undefined) => string | undefined
  /**
   * Jetpack's: evaluates a module that is required, in place of its extension's handler. What it returns, if anything, has the
   * `exports`.
   * @param next does it as it is done without
   */
  readonly load?: (loader: Loader, module: Module, next: () => void) => ModuleLike | undefined
  /** Jetpack's: stands around every `require`. @param require the real one, of the module that asks */
  readonly requireHook?: (id: string, require: RequireFunction) => unknown
  /**
   * Jetpack's: is told of each module that is required, when it has been evaluated. What it returns, if anything, has the
   * `exports`.
   * @param require the module's own
   */
  readonly loadModuleHook?: (module: Module, require: RequireFunction) => ModuleLike | undefined
}

/** A module, or something in its place. */
export interface ModuleLike {
  readonly exports: unknown
}
