/** `lodger/hosts/node`: node itself as a host, with its disk, its streams and its own way to compile. */
import { composeLoader } from '../../compose.ts'
import { realmHost } from '../../host.ts'
import type { Loader } from '../../load/loader.ts'
import type { LoaderOptions } from '../../load/options.ts'
import { carriedBy, overlookBy } from '../../runtime.ts'
import type { Host } from '../../seams.ts'
import { fs, require, storageClass, types } from './builtins.ts'
import { evaluate } from './evaluate.ts'

export type * from '../../load/hook-options.ts'
export type { ExplainOptions, Loader, RequireOptions, ResolveOptions } from '../../load/loader.ts'
export type { LoaderOptions } from '../../load/options.ts'
export type * from '../../load/upkeep.ts'
export type * from '../../seams.ts'
export { evaluate }

/** What node gives: its timers and randomness, and its standard streams written as they are. */
export const host: Host = realmHost('node', {
  write: (stream, text) => {
    process[stream].write(text)
  },
  // A copy, as the guest may change what it has written before node has.
  writeBytes: (stream, bytes) => {
    process[stream].write(bytes.slice())
  },
  isProxy: types.isProxy,
  nextTick: (callback) => process.nextTick(callback),
  overlook: overlookBy(process),
  asyncContext: carriedBy(storageClass),
  loadPackage: require,
})

/**
 * A loader over the real disk unless `fs` says otherwise, starting in node's own working directory.
 * `env` is empty unless given: what the guest may see of the host's environment is the host's choice.
 * @throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_LODGER_OPTIONS
 */
export function createLoader(options: LoaderOptions = {}): Loader {
  const onDisk = options.fs === undefined
  const defaults = onDisk ? { fs, ...(options.root === undefined && { cwd: process.cwd() }) } : {}
  return composeLoader({ ...defaults, ...options }, host, evaluate)
}
