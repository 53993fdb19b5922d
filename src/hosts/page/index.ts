/** `lodger/hosts/page`: browser pages and workers. */
import { composeLoader } from '../../compose.ts'
import { evaluate } from '../../evaluate.ts'
import type { Loader } from '../../load/loader.ts'
import type { LoaderOptions } from '../../load/options.ts'
import { createHost } from './host.ts'

export { type CodePlace, codeFrame } from '../../code-frame.ts'
export type * from '../../load/hook-options.ts'
export type { ExplainOptions, Loader, RequireOptions, ResolveOptions } from '../../load/loader.ts'
export type { LoaderOptions } from '../../load/options.ts'
export type * from '../../load/upkeep.ts'
export type * from '../../seams.ts'
export { type IndexedDBCache, indexedDBCache } from './indexed-db-cache.ts'

/**
 * A loader in a page or a worker: the console gets whole lines, timers, randomness and `fetch` are the browser's.
 * Needs a content security policy that allows `'unsafe-eval'`, or none.
 * @throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_LODGER_OPTIONS
 * @example
 * const loader = createLoader({ fs: { '/app/index.js': 'module.exports = require("os").EOL' } })
 * loader.main('/app/index.js') // => '\n'
 */
export function createLoader(options: LoaderOptions = {}): Loader {
  return composeLoader(options, createHost(), evaluate)
}
