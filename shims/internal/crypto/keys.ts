/** Secret keys. Public and private ones are not here: what they are for is not, either. */

import { createError } from '../../../src/errors.ts'
import type { Shim } from '../../../src/seams.ts'
import { notImplemented } from '../../not-implemented.ts'
import type { Loose } from '../loose.ts'
import { nameClass } from '../names.ts'
import {
  validateFunction,
  validateInteger,
  validateObject,
  validateOneOf,
  validateString,
} from '../validate.ts'
import { secretKeys, sourceBytes } from './bytes.ts'

const shim: Shim = (context) => {
  const { Buffer } = context.require('buffer')
  /** What is not here is called by its public name. */
  const crypto = { ...context, id: 'crypto' }
  /** To be known to the constructor alone. */
  const handle = {}

  class NativeKeyObject {}

  class KeyObject extends NativeKeyObject {
    readonly #type: string

    constructor(type: string, given: object) {
      super()
      if (!['secret', 'public', 'private'].includes(type)) {
        throw createError('ERR_INVALID_ARG_VALUE', 'type', type)
      }
      if (given !== handle) throw createError('ERR_INVALID_ARG_TYPE', 'handle', 'object', given)
      this.#type = type
    }

    get type(): string {
      return this.#type
    }

    equals(other: unknown): boolean {
      if (!(other instanceof KeyObject)) {
        throw createError('ERR_INVALID_ARG_TYPE', 'otherKeyObject', 'KeyObject', other)
      }
      const [mine, its] = [bytesOf(this), bytesOf(other)]
      return mine.length === its.length && context.require('crypto').timingSafeEqual(mine, its)
    }
  }
  Object.defineProperties(KeyObject.prototype, {
    toCryptoKey: {
      value: notImplemented(crypto, 'KeyObject.prototype.toCryptoKey', 3),
      writable: true,
      configurable: true,
    },
    [Symbol.toStringTag]: { value: 'KeyObject', configurable: true },
  })
  Object.defineProperty(KeyObject, 'from', {
    value: notImplemented(crypto, 'KeyObject.from', 1),
    writable: true,
    configurable: true,
  })

  class SecretKeyObject extends KeyObject {
    get symmetricKeySize(): number {
      return bytesOf(this).length
    }

    export(options?: Loose): Loose {
      if (options !== undefined) validateObject(options, 'options')
      validateOneOf(options?.format, 'options.format', [undefined, 'buffer', 'jwk'])
      const copy = Buffer.from(bytesOf(this))
      return options?.format === 'jwk' ? { kty: 'oct', k: copy.toString('base64url') } : copy
    }
  }

  function bytesOf(key: object): Uint8Array {
    return secretKeys.get(key) as Uint8Array
  }

  function makeKey(bytes: Uint8Array): object {
    const key = new SecretKeyObject('secret', handle)
    secretKeys.set(key, bytes)
    return key
  }

  /** Looks at the arguments. @returns the length in bytes */
  function keyLength(type: unknown, options: Loose): number {
    validateString(type, 'type')
    validateObject(options, 'options')
    const { length } = options
    if (type === 'hmac') validateInteger(length, 'options.length', 8, 2 ** 31 - 1)
    else if (type === 'aes') validateOneOf(length, 'options.length', [128, 192, 256])
    else {
      throw createError('ERR_INVALID_ARG_VALUE', 'type', type, 'must be a supported key type')
    }
    return Math.floor(length / 8)
  }

  const generate = (length: number) => makeKey(context.require('crypto').randomBytes(length))

  return {
    KeyObject: nameClass(KeyObject, 'KeyObject'),
    createSecretKey(key: Loose, encoding?: unknown) {
      const kinds = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView']
      return makeKey(sourceBytes(context, key, 'key', kinds, encoding).slice())
    },
    generateKeySync: (type: unknown, options: Loose) => generate(keyLength(type, options)),
    generateKey(type: unknown, options: Loose, callback: Loose) {
      const isShort = typeof options === 'function'
      validateFunction(isShort ? options : callback, 'callback')
      const length = keyLength(type, isShort ? undefined : options)
      context.require('timers').setImmediate(() => callback(null, generate(length)))
    },
  }
}

export default shim
