/** amaro: what node itself strips types with, in WebAssembly. https://github.com/nodejs/amaro */
import type { Transpile } from '../seams.ts'

/** The part of the package `amaro` that is called. */
export interface AmaroModule {
  // biome-ignore lint/suspicious/noExplicitAny: its own interface of options
  transformSync(source: string, options: any): { readonly code: string }
}

/** @param amaro what the package exports */
export function amaroTranspiler(amaro: AmaroModule): Transpile {
  const transpile: Transpile = (source, filename) => {
    const { code } = amaro.transformSync(source, { mode: 'strip-only', filename })
    return { code }
  }
  // Without an identity: to strip anew is quicker than to look into a cache.
  return Object.assign(transpile, { rules: 'node' as const })
}
