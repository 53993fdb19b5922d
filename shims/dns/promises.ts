/** https://nodejs.org/docs/latest-v26.x/api/dns.html#dns-promises-api */

import type { Shim } from '../../src/seams.ts'
import { addressesOf, readLookup } from '../internal/dns-lookup.ts'
import { nameFunction } from '../internal/names.ts'
import { stubExports } from '../internal/stub-exports.ts'
import { validateOneOf } from '../internal/validate.ts'

const shim: Shim = (context) => {
  let order = 'verbatim'
  function lookup(hostname: string, options: unknown): Promise<unknown> {
    const wanted = readLookup(hostname, options)
    const found = addressesOf(context, hostname, wanted)
    if (found instanceof Error) return Promise.reject(found)
    return Promise.resolve(wanted.all ? found : found[0])
  }
  return Object.assign(stubExports(context), {
    lookup,
    getServers: nameFunction(() => [], 'bound getServers'),
    getDefaultResultOrder: () => order,
    setDefaultResultOrder(value: unknown): void {
      validateOneOf(value, 'dnsOrder', ['verbatim', 'ipv4first', 'ipv6first'])
      order = String(value)
    },
  })
}

export default shim
