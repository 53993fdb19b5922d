/** `Hash`, `Hmac` and what is derived with them: the part of `crypto` that needs streams. */

import { codedError, createError } from '../../../src/errors.ts'
import type { Shim } from '../../../src/seams.ts'
import { isInstance } from '../instance.ts'
import type { Loose } from '../loose.ts'
import { validateInteger, validateString } from '../validate.ts'
import { type Digest, digestNames, findDigest } from './digests.ts'
import { Hasher, Hmac as HmacHasher } from './hasher.ts'

const shim: Shim = (context) => {
  const { Transform } = context.require('stream')
  const { Buffer } = context.require('buffer')

  function bytesOf(
    data: Loose,
    name: string,
    encoding?: string,
    kinds?: readonly string[],
  ): Uint8Array {
    if (typeof data === 'string')
      return Buffer.from(data, encoding === 'buffer' ? 'utf8' : encoding)
    if (ArrayBuffer.isView(data))
      return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    if (kinds && data instanceof ArrayBuffer) return new Uint8Array(data)
    const expected = kinds ?? ['string', 'Buffer', 'TypedArray', 'DataView']
    throw createError('ERR_INVALID_ARG_TYPE', name, expected, data)
  }
  const keyKinds = [
    'string',
    'ArrayBuffer',
    'Buffer',
    'TypedArray',
    'DataView',
    'KeyObject',
    'CryptoKey',
  ]
  const output = (bytes: Uint8Array, encoding?: string): Loose => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer
  }
  const finalized = () => codedError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called')

  /** What Hash and Hmac have in common: streams whose only chunk is the digest. */
  function makeStreaming(Class: Loose, finish: (self: Loose, encoding?: string) => Loose): void {
    Object.setPrototypeOf(Class.prototype, Transform.prototype)
    Object.setPrototypeOf(Class, Transform)
    Object.assign(Class.prototype, {
      update(this: Loose, data: Loose, encoding?: string): Loose {
        if (this._finalized) throw finalized()
        this._hasher.update(bytesOf(data, 'data', encoding))
        return this
      },
      digest(this: Loose, encoding?: string): Loose {
        return finish(this, encoding)
      },
      _transform(this: Loose, chunk: Loose, encoding: string, callback: () => void): void {
        this._hasher.update(bytesOf(chunk, 'data', encoding))
        callback()
      },
      _flush(this: Loose, callback: () => void): void {
        this.push(finish(this))
        callback()
      },
    })
  }

  function setHidden(self: Loose, members: object): void {
    for (const [name, value] of Object.entries(members)) {
      Object.defineProperty(self, name, { value, writable: true, configurable: true })
    }
  }

  function Hash(this: Loose, algorithm: unknown, options?: Loose): Loose {
    if (!isInstance(this, Hash)) return new (Hash as Loose)(algorithm, options)
    validateString(algorithm, 'algorithm')
    const digest = findDigest(algorithm)
    if (digest === undefined) throw new Error('Digest method not supported')
    Transform.call(this, options)
    setHidden(this, { _hasher: new Hasher(digest), _finalized: false })
    return this
  }
  makeStreaming(Hash, (self, encoding) => {
    if (self._finalized) throw finalized()
    self._finalized = true
    return output(self._hasher.finish(), encoding)
  })
  Hash.prototype.copy = function copy(this: Loose, options?: Loose): Loose {
    if (this._finalized) throw finalized()
    const result = Object.create(Hash.prototype)
    Transform.call(result, options)
    setHidden(result, { _hasher: this._hasher.copy(), _finalized: false })
    return result
  }

  function digestFor(name: unknown, label: string): Digest {
    validateString(name, label)
    const digest = findDigest(name)
    if (digest !== undefined) return digest
    throw codedError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`)
  }

  function Hmac(this: Loose, name: unknown, key: Loose, options?: Loose): Loose {
    if (!isInstance(this, Hmac)) return new (Hmac as Loose)(name, key, options)
    validateString(name, 'hmac')
    const secret = bytesOf(key, 'key', options?.encoding, keyKinds)
    const digest = digestFor(name, 'hmac')
    Transform.call(this, options)
    setHidden(this, { _hasher: new HmacHasher(digest, secret), _finalized: false })
    return this
  }
  makeStreaming(Hmac, (self, encoding) => {
    // A second digest is empty, for reasons of node's history.
    const bytes = self._finalized ? new Uint8Array(0) : self._hasher.finish()
    self._finalized = true
    return output(bytes, encoding)
  })

  /** https://www.rfc-editor.org/rfc/rfc8018#section-5.2 */
  function pbkdf2Sync(
    password: Loose,
    salt: Loose,
    iterations: unknown,
    length: unknown,
    name: unknown,
  ): Loose {
    const secret = bytesOf(password, 'password', undefined, keyKinds.slice(0, -2))
    const seasoning = bytesOf(salt, 'salt', undefined, keyKinds.slice(0, -2))
    validateInteger(iterations, 'iterations', 1, 2 ** 31 - 1)
    validateInteger(length, 'keylen', 0, 2 ** 31 - 1)
    const digest = digestFor(name, 'digest')
    const result = Buffer.alloc(length)
    for (let block = 1, at = 0; at < length; block++, at += digest.outputSize) {
      const counter = Uint8Array.of(block >>> 24, block >>> 16, block >>> 8, block)
      let round = new HmacHasher(digest, secret).update(seasoning).update(counter).finish()
      const sum = Uint8Array.from(round)
      for (let index = 1; index < iterations; index++) {
        round = new HmacHasher(digest, secret).update(round).finish()
        for (let byte = 0; byte < sum.length; byte++)
          sum[byte] = (sum[byte] as number) ^ (round[byte] as number)
      }
      result.set(sum.subarray(0, Math.min(sum.length, length - at)), at)
    }
    return result
  }

  /** https://www.rfc-editor.org/rfc/rfc5869 */
  function hkdfSync(
    name: unknown,
    key: Loose,
    salt: Loose,
    info: Loose,
    length: unknown,
  ): ArrayBuffer {
    const digest = digestFor(name, 'digest')
    validateInteger(length, 'length', 0, 2 ** 31 - 1)
    const pieces = [salt, key, info].map((one, index) =>
      bytesOf(one, ['salt', 'key', 'info'][index] as string, undefined, keyKinds),
    )
    const [seasoning, secret, details] = pieces as [Uint8Array, Uint8Array, Uint8Array]
    const pseudoRandom = new HmacHasher(digest, seasoning).update(secret).finish()
    const result = new Uint8Array(length)
    let last = new Uint8Array(0)
    for (let block = 1, at = 0; at < length; block++, at += digest.outputSize) {
      const hmac = new HmacHasher(digest, pseudoRandom).update(last).update(details)
      last = Uint8Array.from(hmac.update(Uint8Array.of(block)).finish())
      result.set(last.subarray(0, Math.min(last.length, length - at)), at)
    }
    return result.buffer
  }

  return { Hash, Hmac, pbkdf2Sync, hkdfSync, digestNames }
}

export default shim
