/** https://nodejs.org/docs/latest-v26.x/api/dns.html#dns-promises-api */

import type { Shim } from '../../src/seams.ts'
import { nameFunction } from '../internal/names.ts'
import { stubExports } from '../internal/stub-exports.ts'
import { validateOneOf } from '../internal/validate.ts'

const shim: Shim = (context) => {
  let order = 'verbatim'
  return Object.assign(stubExports(context), {
    getServers: nameFunction(() => [], 'bound getServers'),
    getDefaultResultOrder: () => order,
    setDefaultResultOrder(value: unknown): void {
      validateOneOf(value, 'dnsOrder', ['verbatim', 'ipv4first', 'ipv6first'])
      order = String(value)
    },
  })
}

export default shim
