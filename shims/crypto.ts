/** https://nodejs.org/docs/latest-v26.x/api/crypto.html: digests and what is random; ciphers, keys and signatures are not here. */

import type { Shim } from '../src/seams.ts'
import { createRandom } from './internal/crypto/random.ts'
import { defineLate, lateFunction } from './internal/late.ts'
import type { Loose } from './internal/loose.ts'
import { asGetters, shapeMembers } from './internal/names.ts'
import { stubExports } from './internal/stub-exports.ts'
import { validateFunction } from './internal/validate.ts'
import { webGlobal } from './internal/web/globals.ts'

const shim: Shim = (context) => {
  // Much of what programs want of crypto is random, and that needs no stream.
  const hashes = (): Loose => context.require('internal/crypto/hashes')
  const pbkdf2Sync = lateFunction('pbkdf2Sync', 5, () => hashes().pbkdf2Sync)
  const hkdfSync = lateFunction('hkdfSync', 5, () => hashes().hkdfSync)

  /** The synchronous one, its result or its error handed to a callback. */
  const withCallback = (work: Loose, name: string) => {
    const fn = (...args: Loose[]): void => {
      const callback = args.pop()
      validateFunction(callback, 'callback')
      const result = work(...args)
      context.require('timers').setImmediate(callback, null, result)
    }
    return Object.defineProperties(fn, {
      name: { value: name, configurable: true },
      length: { value: work.length + 1, configurable: true },
    })
  }

  const exports = Object.assign(stubExports(context), createRandom(context), {
    createHash: (algorithm: unknown, options?: Loose): Loose =>
      new (hashes().Hash)(algorithm, options),
    createHmac: (hmac: unknown, key: unknown, options?: Loose): Loose =>
      new (hashes().Hmac)(hmac, key, options),
    getHashes: () => [...hashes().digestNames],
    getCiphers: () => [],
    getCurves: () => [],
    hash(algorithm: unknown, data: Loose, encoding: Loose = 'hex'): Loose {
      const outputEncoding = typeof encoding === 'object' ? encoding?.outputEncoding : encoding
      return new (hashes().Hash)(algorithm).update(data).digest(outputEncoding ?? 'hex')
    },
    pbkdf2Sync,
    pbkdf2: withCallback(pbkdf2Sync, 'pbkdf2'),
    hkdfSync,
    hkdf: withCallback(hkdfSync, 'hkdf'),
  })
  for (const name of ['Hash', 'Hmac']) defineLate(exports, name, () => hashes()[name])
  shapeMembers(exports, 'hash/3 randomFill/4 randomFillSync/1 randomUUIDv7/1 timingSafeEqual/0')
  asGetters(exports, 'getRandomValues')
  const webcrypto = () => webGlobal(context, 'crypto')
  Object.defineProperties(exports, {
    webcrypto: { get: webcrypto, enumerable: true },
    subtle: { get: () => webcrypto()?.subtle, enumerable: true },
  })
  return exports
}

export default shim
