/** `lodger`: node's CommonJS loader over any file system, with its default shims, on any host that has `eval`. */
import { composeLoader } from './compose.ts'
import { evaluate } from './evaluate.ts'
import { realmHost } from './host.ts'
import type { Loader } from './load/loader.ts'
import type { LoaderOptions } from './load/options.ts'
import { runtimePowers } from './runtime.ts'

export { type CodePlace, codeFrame } from './code-frame.ts'
export type * from './load/hook-options.ts'
export type { ExplainOptions, Loader, RequireOptions, ResolveOptions } from './load/loader.ts'
export type { LoaderOptions } from './load/options.ts'
export type * from './load/upkeep.ts'
export type * from './seams.ts'

/**
 * Makes a loader: one program's world of modules.
 * @throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_LODGER_OPTIONS
 * @example
 * const loader = createLoader({ fs: { '/app/index.js': 'module.exports = require("path").sep' } })
 * loader.main('/app/index.js') // => '/'
 */
export function createLoader(options: LoaderOptions = {}): Loader {
  return composeLoader(options, realmHost('realm', runtimePowers()), evaluate)
}
