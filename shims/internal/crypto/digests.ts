/** Digests by the names that OpenSSL has for them. */

import { codedError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'

/** A digest on its way: of `@noble/hashes`, or an HMAC on one. */
export interface Hasher {
  outputLen: number
  /** Whether a result may have any length. */
  readonly canXOF: boolean
  update(bytes: Uint8Array): this
  /** Ends it. */
  digest(): Uint8Array
  clone(): this
}

/** A kind of digest, as the functions of `@noble/hashes` take it. */
export interface Digest {
  /** Bytes of a result; shake's by default. */
  readonly outputLen: number
  create(options?: object): Hasher
}

/** Family and member there -> node's names. */
const spellings: Readonly<Record<string, string>> = {
  'legacy md5': 'RSA-MD5 md5 md5WithRSAEncryption ssl3-md5',
  'legacy sha1': 'RSA-SHA1 RSA-SHA1-2 sha-1 sha1 sha1WithRSAEncryption ssl3-sha1',
  'legacy ripemd160': 'RSA-RIPEMD160 ripemd ripemd-160 ripemd160 ripemd160WithRSA rmd160',
  'sha2 sha224': 'RSA-SHA224 sha-224 sha2-224 sha224 sha224WithRSAEncryption',
  'sha2 sha256': 'RSA-SHA256 sha-256 sha2-256 sha256 sha256WithRSAEncryption',
  'sha2 sha384': 'RSA-SHA384 sha-384 sha2-384 sha384 sha384WithRSAEncryption',
  'sha2 sha512': 'RSA-SHA512 sha-512 sha2-512 sha512 sha512WithRSAEncryption',
  'sha2 sha512_224':
    'RSA-SHA512/224 sha-512/224 sha2-512/224 sha512-224 sha512-224WithRSAEncryption',
  'sha2 sha512_256':
    'RSA-SHA512/256 sha-512/256 sha2-512/256 sha512-256 sha512-256WithRSAEncryption',
  'sha3 sha3_224': 'RSA-SHA3-224 id-rsassa-pkcs1-v1_5-with-sha3-224 sha3-224',
  'sha3 sha3_256': 'RSA-SHA3-256 id-rsassa-pkcs1-v1_5-with-sha3-256 sha3-256',
  'sha3 sha3_384': 'RSA-SHA3-384 id-rsassa-pkcs1-v1_5-with-sha3-384 sha3-384',
  'sha3 sha3_512': 'RSA-SHA3-512 id-rsassa-pkcs1-v1_5-with-sha3-512 sha3-512',
  'sha3 keccak_224': 'keccak-224',
  'sha3 keccak_256': 'keccak-256',
  'sha3 keccak_384': 'keccak-384',
  'sha3 keccak_512': 'keccak-512',
  'sha3 shake128': 'shake-128 shake128',
  'sha3 shake256': 'shake-256 shake256',
  'blake2 blake2b': 'blake2b-512 blake2b512',
  'blake2 blake2s': 'blake2s-256 blake2s256',
}

/** Small letters, as case does not matter. */
const byName = new Map<string, string>()
for (const [member, names] of Object.entries(spellings)) {
  for (const name of names.toLowerCase().split(' ')) byName.set(name, member)
}

/** In node's order. */
export const digestNames: readonly string[] = Object.values(spellings).join(' ').split(' ').sort()

/** Loads the family; `undefined` when there is none of that name. */
export function findDigest(context: ShimContext, name: string): Digest | undefined {
  const found = byName.get(name.toLowerCase())
  if (found === undefined) return undefined
  const [family, member] = found.split(' ') as [string, string]
  return (context.require(`internal/crypto/${family}`) as Loose)[member]
}

/** For HMAC and what is made of it, which take none that is as long as one wants. */
export function fixedDigest(context: ShimContext, name: string): Digest {
  const digest = findDigest(context, name)
  if (digest !== undefined && !digest.create().canXOF) return digest
  throw codedError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`)
}
