/** Keys from passwords and other secrets. */

import { codedError } from '../../../src/errors.ts'
import type { Shim } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { outOfRange, validateFunction, validateInteger, validateString } from '../validate.ts'
import { secretKeys, sourceBytes } from './bytes.ts'
import { fixedDigest } from './digests.ts'
import { scryptOptions } from './scrypt-options.ts'

const greatest = 2 ** 31 - 1
const sources = ['string', 'ArrayBuffer', 'TypedArray', 'DataView', 'Buffer']

/** Looks at the arguments, and gives what is to be computed. */
type Prepare = (...args: Loose[]) => () => Loose

const shim: Shim = (context) => {
  const library = () => context.require('internal/crypto/hmac')
  const toBuffer = ({ buffer }: Uint8Array) => context.require('buffer').Buffer.from(buffer)
  // Copies, because the guest may change its own before the work begins.
  const bytes = (data: Loose, name: string, kinds?: readonly string[]) =>
    sourceBytes(context, data, name, kinds).slice()

  /** https://www.rfc-editor.org/rfc/rfc8018#section-5.2 */
  const pbkdf2: Prepare = (password, salt, iterations, length, name) => {
    validateString(name, 'digest')
    const secret = bytes(password, 'password')
    const seasoning = bytes(salt, 'salt')
    validateInteger(iterations, 'iterations', 1, greatest)
    validateInteger(length, 'keylen', 0, greatest)
    const digest = fixedDigest(context, name)
    return () => {
      if (length === 0) throw new Error('PBKDF2 derivation failed')
      const options = { c: iterations, dkLen: length }
      return toBuffer(library().pbkdf2(digest, secret, seasoning, options))
    }
  }

  /** https://www.rfc-editor.org/rfc/rfc5869 */
  const hkdf: Prepare = (name, key, salt, info, length) => {
    validateString(name, 'digest')
    const keyKinds = ['SecretKeyObject', ...sources]
    const secret = secretKeys.get(key) ?? bytes(key, 'ikm', keyKinds)
    const seasoning = bytes(salt, 'salt', sources)
    const details = bytes(info, 'info', sources)
    validateInteger(length, 'length', 0)
    if (details.length > 1024) {
      throw outOfRange('info', 'must not contain more than 1024 bytes', details.length)
    }
    const digest = fixedDigest(context, name)
    if (length > 255 * digest.outputLen) {
      throw codedError(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length')
    }
    return () => {
      if (length === 0) throw new Error('HKDF derivation failed')
      return library().hkdf(digest, secret, seasoning, details, length).buffer
    }
  }

  /** https://www.rfc-editor.org/rfc/rfc7914 */
  const scrypt: Prepare = (password, salt, length, options) => {
    const secret = bytes(password, 'password')
    const seasoning = bytes(salt, 'salt')
    validateInteger(length, 'keylen', 0, greatest)
    const costs = scryptOptions(options)
    return () => {
      if (length === 0) return toBuffer(new Uint8Array(0))
      const { scrypt } = context.require('internal/crypto/scrypt')
      return toBuffer(scrypt(secret, seasoning, { ...costs, dkLen: length }))
    }
  }

  const later =
    (prepare: Prepare) =>
    (callback: Loose, ...args: Loose[]): void => {
      const work = prepare(...args)
      validateFunction(callback, 'callback')
      context.require('timers').setImmediate(() => {
        let result: Loose
        try {
          result = work()
        } catch (error) {
          callback(error)
          return
        }
        callback(null, result)
      })
    }
  const pbkdf2Later = later(pbkdf2)
  const hkdfLater = later(hkdf)
  const scryptLater = later(scrypt)

  return {
    pbkdf2Sync: (...args: Loose[]) => pbkdf2(...args)(),
    hkdfSync: (...args: Loose[]) => hkdf(...args)(),
    scryptSync: (...args: Loose[]) => scrypt(...args)(),
    pbkdf2(...[password, salt, iterations, length, digest, callback]: Loose[]) {
      if (typeof digest === 'function') pbkdf2Later(digest, password, salt, iterations, length)
      else pbkdf2Later(callback, password, salt, iterations, length, digest)
    },
    hkdf: (...[digest, key, salt, info, length, callback]: Loose[]) =>
      hkdfLater(callback, digest, key, salt, info, length),
    scrypt(...[password, salt, length, options, callback]: Loose[]) {
      if (callback === undefined) scryptLater(options, password, salt, length)
      else scryptLater(callback, password, salt, length, options)
    },
  }
}

export default shim
