/** https://nodejs.org/docs/latest-v26.x/api/dns.html: no host resolves names; addresses and `localhost` need nobody. */

import type { Shim } from '../src/seams.ts'
import { addressesOf, readLookup } from './internal/dns-lookup.ts'
import type { Loose } from './internal/loose.ts'
import { nameFunction } from './internal/names.ts'
import { stubExports } from './internal/stub-exports.ts'
import { validateFunction } from './internal/validate.ts'

const shim: Shim = (context) => {
  function lookup(hostname: Loose, options: Loose, callback?: Loose): object {
    const isShort = typeof options === 'function'
    const done = isShort ? options : callback
    validateFunction(done, 'callback')
    const wanted = readLookup(hostname, isShort ? undefined : options)
    const found = addressesOf(context, hostname, wanted)
    const { nextTick } = context.require('process')
    if (!hostname) throw found
    if (found instanceof Error) nextTick(done, found)
    else if (wanted.all) nextTick(done, null, found)
    else nextTick(done, null, found[0]?.address, found[0]?.family)
    return {}
  }
  Object.defineProperty(lookup, Symbol.for('nodejs.util.promisify.custom'), {
    get: () => context.require('dns/promises').lookup,
  })

  const exports = Object.assign(stubExports(context), {
    lookup: Object.defineProperty(lookup, 'length', { value: 3 }),
    getServers: nameFunction(() => [], 'bound getServers'),
  })
  return Object.defineProperty(exports, 'promises', {
    get: () => context.require('dns/promises'),
    enumerable: true,
    configurable: true,
  })
}

export default shim
