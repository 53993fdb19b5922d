/** https://nodejs.org/docs/latest-v26.x/api/crypto.html: digests, secrets and what is random; no ciphers, key pairs and signatures. */

import type { Shim } from '../src/seams.ts'
import { createRandom } from './internal/crypto/random.ts'
import { defineLate, lateFunction } from './internal/late.ts'
import type { Loose } from './internal/loose.ts'
import { asGetters, shapeMembers } from './internal/names.ts'
import { stubExports } from './internal/stub-exports.ts'
import { webGlobal } from './internal/web/globals.ts'

/** By the part that makes them: much of what programs want of crypto is random, and that needs no stream. */
const lateFunctions: Readonly<Record<string, string>> = {
  hashes: 'hash',
  derivation: 'pbkdf2 pbkdf2Sync hkdf hkdfSync scrypt scryptSync',
  keys: 'createSecretKey generateKey generateKeySync',
}

const shim: Shim = (context) => {
  const part = (name: string): Loose => context.require(`internal/crypto/${name}`)
  const exports = stubExports(context)
  for (const [from, names] of Object.entries(lateFunctions)) {
    for (const name of names.split(' ')) {
      exports[name] = lateFunction(name, exports[name].length, () => part(from)[name])
    }
  }
  Object.assign(exports, createRandom(context), {
    createHash: (algorithm: unknown, options?: Loose): Loose =>
      new (part('hashes').Hash)(algorithm, options),
    createHmac: (hmac: unknown, key: unknown, options?: Loose): Loose =>
      new (part('hashes').Hmac)(hmac, key, options),
    getHashes: () => [...part('hashes').digestNames],
    getCiphers: () => [],
    getCurves: () => [],
    getFips: () => 0,
    secureHeapUsed: () => ({ total: 0, used: 0, utilization: NaN, min: 2 }),
  })
  const { deprecate } = context.require('util')
  for (const [name, code] of [
    ['Hash', 'DEP0179'],
    ['Hmac', 'DEP0181'],
  ] as const) {
    const text = `crypto.${name} constructor is deprecated.`
    defineLate(exports, name, () => deprecate(part('hashes')[name], text, code))
  }
  defineLate(exports, 'KeyObject', () => part('keys').KeyObject)
  shapeMembers(exports, 'randomFill/4 randomFillSync/1 randomUUIDv7/1 timingSafeEqual/0')
  asGetters(exports, 'getRandomValues')
  const webcrypto = () => webGlobal(context, 'crypto')
  Object.defineProperties(exports, {
    webcrypto: { get: webcrypto, enumerable: true },
    subtle: { get: () => webcrypto()?.subtle, enumerable: true },
  })
  return exports
}

export default shim
