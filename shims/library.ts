/** From a library's definition function to one loader's own copy of the library. */
import type { ShimContext } from '../src/seams.ts'

/** A CommonJS library as `build/generate-libraries.mjs` writes it to `shims/libraries/<name>.js`. */
export interface Library {
  readonly name: string
  /** The names that it takes from its surroundings: `process`, `setTimeout`, … Nothing else is global to it. */
  readonly needs: readonly string[]
  define(
    exports: object,
    require: (id: string) => unknown,
    module: { exports: unknown },
    scope: object,
  ): void
}

/**
 * Runs a library against the builtins and globals of the loader that `context` belongs to. Each call makes a new copy.
 * A builtin which the library requires at its top is loaded now; `process`, `Buffer` and globals when they are first
 * read: a library may have been made before them.
 *
 * @example
 * import punycode from './libraries/punycode.js'
 * export default (context: ShimContext) => instantiate(context, punycode)
 */
// biome-ignore lint/suspicious/noExplicitAny: a shim knows the shape of its library
export function instantiate(context: ShimContext, library: Library): any {
  const module = { exports: {} }
  const require = (id: string) => context.require(id)
  library.define.call(
    module.exports,
    module.exports,
    require,
    module,
    createScope(context, library.needs),
  )
  return module.exports
}

function createScope(context: ShimContext, names: readonly string[]): object {
  const scope = {}
  for (const name of names) {
    Object.defineProperty(scope, name, {
      configurable: true,
      get() {
        const value = lookUp(context, name)
        // Kept, because libraries read these in their hottest loops; but what is absent now may come later.
        if (value !== undefined) Object.defineProperty(scope, name, { value })
        return value
      },
    })
  }
  return scope
}

function lookUp(context: ShimContext, name: string): unknown {
  switch (name) {
    // The builtins themselves: the guest may have put something else into its globals.
    case 'process':
      return context.require('process')
    case 'Buffer':
      return context.require('buffer').Buffer
    case 'global':
    case 'globalThis':
      return context.global
    default:
      return context.global[name]
  }
}
