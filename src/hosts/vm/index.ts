/** `lodger/hosts/vm`: a realm of its own on node, with the loader itself inside. */
import type { Loader } from '../../load/loader.ts'
import type { LoaderOptions } from '../../load/options.ts'
import { evaluateIn } from './evaluate.ts'
import { hostOf } from './host.ts'
import { createRealm } from './realm.ts'

export type * from '../../load/hook-options.ts'
export type { ExplainOptions, Loader, RequireOptions, ResolveOptions } from '../../load/loader.ts'
export type { LoaderOptions } from '../../load/options.ts'
export type * from '../../load/upkeep.ts'
export type * from '../../seams.ts'

export interface VmLoaderOptions extends LoaderOptions {
  /**
   * Nothing but the language: the realm gets no timers, no randomness, no streams and node's own way to compile neither,
   * only what `host` hands in. Shows how a program does on the poorest of hosts.
   * @default false
   */
  readonly bare?: boolean
}

/**
 * A loader in a fresh `vm` realm: what guest code does to `Array.prototype`, to `Error` or to undeclared variables stays
 * there, and none of node's globals is in sight. Console text, timers, randomness and the clock come from node.
 *
 * The loader is an object of that realm, and so is all that it returns and throws: `error instanceof Error` is false out
 * here. Whatever the options hand in (an `fs`, overrides, globals) is seen by the guest as it is. That makes it a realm
 * for compatibility and no sandbox: any function of node's realm that the guest meets leads it out.
 * @throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_LODGER_OPTIONS
 * @example
 * const loader = createLoader({ fs: { '/app/index.js': 'module.exports = [typeof process, typeof setTimeout]' } })
 * loader.main('/app/index.js') // => ['object', 'function'], both lodger's
 */
export function createLoader(options: VmLoaderOptions = {}): Loader {
  const { bare = false, ...rest } = options
  const realm = createRealm()
  if (!bare) return realm.lodger.composeLoader(rest, hostOf(realm), evaluateIn(realm))
  return realm.lodger.createLoader({ ...rest, host: { name: 'vm', ownsRealm: true, ...rest.host } })
}
