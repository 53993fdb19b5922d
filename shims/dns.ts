/** https://nodejs.org/docs/latest-v26.x/api/dns.html: no host resolves names; its settings can be set. */

import type { Shim } from '../src/seams.ts'
import { nameFunction } from './internal/names.ts'
import { stubExports } from './internal/stub-exports.ts'

const shim: Shim = (context) => {
  const exports = Object.assign(stubExports(context), {
    getServers: nameFunction(() => [], 'bound getServers'),
  })
  return Object.defineProperty(exports, 'promises', {
    get: () => context.require('dns/promises'),
    enumerable: true,
    configurable: true,
  })
}

export default shim
