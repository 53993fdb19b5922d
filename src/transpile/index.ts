/** `lodger/transpile`: engines for `createLoader({ transpile })` where the host cannot load them by itself. */
import { createError } from '../errors.ts'
import type { Transpile } from '../seams.ts'
import { type AmaroModule, amaroTranspiler } from './amaro.ts'
import type { TranspilerName } from './named.ts'
import { type SucraseModule, sucraseTranspiler } from './sucrase.ts'
import { type TypeScriptModule, typescriptTranspiler } from './typescript.ts'

export type { Transpile, Transpiled, TranspileOptions } from '../seams.ts'
export type { AmaroModule, SucraseModule, TranspilerName, TypeScriptModule }
export { amaroTranspiler, sucraseTranspiler, typescriptTranspiler }

/**
 * Imports the package of an engine: `typescript` is itself, `fast` is sucrase, `node` is amaro. In a page a bundler or an
 * import map has to know that package.
 * @throws ERR_INVALID_ARG_VALUE; rejects as `import()` does
 * @example
 * createLoader({ fs, transpile: await loadTranspiler('fast') })
 */
export async function loadTranspiler(name: TranspilerName): Promise<Transpile> {
  switch (name) {
    case 'typescript':
      return typescriptTranspiler(exportsOf<TypeScriptModule>(await import('typescript')))
    case 'fast':
      return sucraseTranspiler(exportsOf<SucraseModule>(await import('sucrase')))
    case 'node':
      return amaroTranspiler(exportsOf<AmaroModule>(await import('amaro')))
    default: {
      const reason = "must be 'typescript', 'fast' or 'node'"
      throw createError('ERR_INVALID_ARG_VALUE', 'name', name, reason)
    }
  }
}

/** Of a CommonJS package, whatever has imported it: its names may all be below `default`. */
function exportsOf<Exports>(namespace: object): Exports {
  const { default: exports = namespace } = namespace as { default?: unknown }
  return exports as Exports
}
