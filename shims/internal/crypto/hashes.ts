/** `Hash` and `Hmac`: the part of `crypto` that needs streams. */

import { codedError, createError } from '../../../src/errors.ts'
import type { Shim } from '../../../src/seams.ts'
import { isInstance } from '../instance.ts'
import type { Loose } from '../loose.ts'
import { validateInteger, validateObject, validateString } from '../validate.ts'
import { encode, secretKeys, sourceBytes, viewBytes } from './bytes.ts'
import { type Digest, digestNames, findDigest, fixedDigest, type Hasher } from './digests.ts'
import { createLazyTransform } from './lazy-transform.ts'

const handle = Symbol('kHandle')
const state = Symbol('kState')
const keyKinds = [
  'string',
  'ArrayBuffer',
  'Buffer',
  'TypedArray',
  'DataView',
  'KeyObject',
  'CryptoKey',
]

const shim: Shim = (context) => {
  const LazyTransform = createLazyTransform(context.require('stream').Transform)
  const warnOfLength = context
    .require('util')
    .deprecate(
      () => {},
      'Creating SHAKE128/256 digests without an explicit options.outputLength is deprecated.',
      'DEP0198',
    )

  function begin(self: Loose, options: Loose, hasher: Hasher, digest?: Digest): void {
    self._options = options
    Object.defineProperties(self, {
      [handle]: { value: { hasher, digest, result: undefined } },
      [state]: { value: { finalized: false } },
    })
  }

  /** The digest, however often it is asked for. */
  function finish({ [handle]: held }: Loose): Uint8Array {
    held.result ??= held.hasher.digest()
    return held.result
  }

  function refuseFinalized(self: Loose): void {
    if (!self[state].finalized) return
    throw codedError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called')
  }

  const shared = {
    update(this: Loose, data: Loose, encoding?: string): Loose {
      refuseFinalized(this)
      if (typeof data === 'string') validateEncoding(data, encoding)
      this[handle].hasher.update(viewBytes(context, data, 'data', encoding))
      return this
    },
    _transform(this: Loose, chunk: Loose, encoding: string, callback: () => void): void {
      this[handle].hasher.update(viewBytes(context, chunk, 'data', encoding))
      callback()
    },
    _flush(this: Loose, callback: () => void): void {
      this.push(encode(context, finish(this)))
      callback()
    },
  }

  function complete(Class: Loose, methods: object): Loose {
    Object.setPrototypeOf(Class.prototype, LazyTransform.prototype)
    Object.setPrototypeOf(Class, LazyTransform)
    Object.assign(Class.prototype, shared, methods)
    return Class
  }

  function Hash(this: Loose, algorithm: Loose, options?: Loose): Loose {
    if (!isInstance(this, Hash)) return new (Hash as Loose)(algorithm, options)
    const original = algorithm?.[handle]
    if (original === undefined) validateString(algorithm, 'algorithm')
    const length = options?.outputLength
    if (length !== undefined) validateInteger(length, 'options.outputLength', 0, 2 ** 32 - 1)
    const digest: Digest | undefined = original?.digest ?? findDigest(context, algorithm)
    if (digest === undefined) throw new Error('Digest method not supported')
    const hasher: Hasher = original?.hasher.clone() ?? digest.create()
    if (hasher.canXOF && length === undefined && original === undefined) warnOfLength()
    setLength(hasher, length ?? digest.outputLen)
    begin(this, options, hasher, digest)
    return this
  }

  complete(Hash, {
    copy(this: Loose, options?: Loose): Loose {
      refuseFinalized(this)
      return new (Hash as Loose)(this, options)
    },
    digest(this: Loose, encoding?: Loose): Loose {
      refuseFinalized(this)
      this[state].finalized = true
      return encode(context, finish(this), encoding && `${encoding}`)
    },
  })

  function Hmac(this: Loose, name: Loose, key: Loose, options?: Loose): Loose {
    if (!isInstance(this, Hmac)) return new (Hmac as Loose)(name, key, options)
    validateString(name, 'hmac')
    const encoding = options?.encoding
    if (encoding !== undefined) validateString(encoding, 'options.encoding')
    const secret = secretKeys.get(key) ?? sourceBytes(context, key, 'key', keyKinds, encoding)
    const { hmac } = context.require('internal/crypto/hmac')
    begin(this, options, hmac.create(fixedDigest(context, name), secret))
    return this
  }

  complete(Hmac, {
    // A second digest is empty, for reasons of node's history.
    digest(this: Loose, encoding?: Loose): Loose {
      const bytes = this[state].finalized ? new Uint8Array(0) : finish(this)
      this[state].finalized = true
      return encode(context, bytes, encoding && `${encoding}`)
    },
  })

  /** All at once. */
  function hash(algorithm: Loose, input: Loose, options: Loose = {}): Loose {
    validateString(algorithm, 'algorithm')
    const bytes = viewBytes(context, input, 'input')
    const isEncoding = typeof options === 'string'
    if (!isEncoding) validateObject(options, 'options')
    const { outputEncoding: encoding = 'hex', outputLength: length } = isEncoding
      ? { outputEncoding: options }
      : options
    if (length !== undefined) validateInteger(length, 'outputLength', 0, 2 ** 32 - 1)
    if (encoding !== 'buffer' && !context.require('buffer').Buffer.isEncoding(encoding)) {
      throw createError('ERR_INVALID_ARG_VALUE', 'outputEncoding', encoding)
    }
    const hasher = findDigest(context, algorithm)?.create()
    if (hasher === undefined) throw new Error(`Digest method ${algorithm} is not supported`)
    if (hasher.canXOF && length === undefined) warnOfLength()
    if (length !== undefined && length !== hasher.outputLen && !hasher.canXOF) {
      const text = `Output length ${length} is invalid for ${algorithm}, which does not support XOF`
      throw new Error(text)
    }
    if (length !== undefined) hasher.outputLen = length
    return encode(context, hasher.update(bytes).digest(), encoding)
  }

  return { Hash, Hmac, hash, digestNames }
}

function validateEncoding({ length }: string, encoding: unknown): void {
  if (length % 2 === 0 || !/^hex$/i.test(`${encoding}`)) return
  const reason = `is invalid for data of length ${length}`
  throw createError('ERR_INVALID_ARG_VALUE', 'encoding', encoding, reason)
}

function setLength(hasher: Hasher, length: number): void {
  if (hasher.canXOF) hasher.outputLen = length
  if (length === hasher.outputLen) return
  const library = 'digital envelope routines'
  const reason = 'not XOF or invalid length'
  const text = `error:030000B2:${library}::${reason}`
  const error = codedError(Error, 'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH', text)
  throw Object.assign(error, { library, reason })
}

export default shim
