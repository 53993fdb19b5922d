/**
 * `@noble/hashes` in as few bytes as its work needs: without its checks, which come after node's own, and with SHA-2's
 * table computed. Every cut is counted, because a new version may have another text.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)

/** One statement that only throws, behind its condition. */
const check = /^ *if \([^\n]*\)\s*throw new \w+\([^;]*\);$/gm
const blakeOption = /(?:key|salt|personalization) !== undefined/g

/** @param {string} name @param {[pattern: RegExp, replacement: string, count: number][]} cuts */
function withCuts(name, cuts) {
  let text = readFileSync(resolve(`@noble/hashes/${name}.js`), 'utf8')
  for (const [pattern, replacement, count] of cuts) {
    const found = text.match(pattern)?.length
    if (found !== count) throw new Error(`@noble/hashes has changed: ${name}, ${pattern}, ${found}`)
    text = text.replace(pattern, () => replacement)
  }
  return text
}

/** What stays of 26 KB of helpers. */
const helpers = `
  export function abytes(bytes) { return bytes }
  export function kdfInputToBytes(bytes) { return bytes }
  export function oidNist(info) { return info }
  export function abool() {}
  export function aexists() {}
  export function ahash() {}
  export function anumber() {}
  export function aoutput() {}
  export function asyncLoop() {}
  export const checkOpts = (defaults, options) => ({ ...defaults, ...options })
  export const clean = (...arrays) => { for (const array of arrays) array.fill(0) }
  export const copyBytes = (bytes) => Uint8Array.from(bytes)
  export const createHasher = (create) => ({ create, outputLen: create().outputLen })
  export const createView = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  export const u32 = (bytes) => new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2)
  export const rotl = (word, count) => (word << count) | (word >>> (32 - count))
  export const rotr = (word, count) => (word << (32 - count)) | (word >>> count)
  const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1
  export const swap8IfBE = (word) =>
    isLittleEndian ? word : (rotl(word, 8) & 0xff00ff) | (rotr(word, 8) & 0xff00ff00)
  export const swap32IfBE = (words) => {
    if (!isLittleEndian) for (let at = 0; at < words.length; at++) words[at] = swap8IfBE(words[at])
    return words
  }`

/** SHA-2's words are the first 64 bits behind the point of the cube roots of the first 80 primes; SHA-256's the high halves. */
const table = `
  const K512 = u64.split((() => {
    const words = []
    for (let prime = 2, factor = 2; words.length < 80; prime++, factor = 2) {
      while (prime % factor) factor++
      if (factor < prime) continue
      const cube = BigInt(prime) << 192n
      // Newton's method, from above.
      for (let root = 0n, next = 1n << 68n; root !== next; ) {
        root = next
        next = (2n * root + cube / root ** 2n) / 3n
        if (next >= root) words.push(next = root)
      }
    }
    return words
  })())
  const SHA256_K = K512[0];`

/** By file, for `LibrarySource.replace`. */
const files = {
  utils: helpers,
  _md: withCuts('_md', [[check, '', 1]]),
  sha2: withCuts('sha2', [
    [/^const SHA256_K = [^;]*;$/m, table, 1],
    [/^const K512 = [^;]*;$/m, '', 1],
  ]),
  sha3: withCuts('sha3', [[check, '', 6]]),
  blake2: withCuts('blake2', [
    [check, '', 3],
    [blakeOption, 'false', 10],
    [/^ *checkBlake2Opts\(.*\);$/gm, '', 2],
  ]),
  hmac: withCuts('hmac', [[check, '', 1]]),
  hkdf: withCuts('hkdf', [[check, '', 2]]),
  pbkdf2: withCuts('pbkdf2', [[check, '', 3]]),
  scrypt: withCuts('scrypt', [[check, '', 6]]),
}

/**
 * A library of some members of a module.
 * @param {Record<string, string>} members Module of noble's -> what to take from it.
 * @param {(keyof typeof files)[]} used The files above that these modules come to.
 * @param {Record<string, string>} [replace] Modules that are libraries of their own.
 */
function part(members, used, replace = {}) {
  const imports = Object.entries(members).map(
    ([module, names]) => `import { ${names} } from '@noble/hashes/${module}.js'`,
  )
  const texts = { ...Object.fromEntries(used.map((name) => [name, files[name]])), ...replace }
  return {
    entry: `${imports.join('\n')}\nmodule.exports = { ${Object.values(members).join(', ')} }`,
    packages: ['@noble/hashes'],
    isHidden: true,
    replace: Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [`@noble/hashes/${name}.js`, text]),
    ),
  }
}

/** By families, because a program needs one of them, if any. */
export const nobleLibraries = {
  'noble-sha2': part({ sha2: 'sha224, sha256, sha384, sha512, sha512_224, sha512_256' }, [
    'utils',
    '_md',
    'sha2',
  ]),
  'noble-legacy': part({ legacy: 'md5, sha1, ripemd160' }, ['utils', '_md']),
  'noble-sha3': part(
    {
      sha3: 'sha3_224, sha3_256, sha3_384, sha3_512, keccak_224, keccak_256, keccak_384, keccak_512, shake128, shake256',
    },
    ['utils', 'sha3'],
  ),
  'noble-blake2': part({ blake2: 'blake2b, blake2s' }, ['utils', '_md', 'blake2']),
  'noble-hmac': part({ hmac: 'hmac', pbkdf2: 'pbkdf2', hkdf: 'hkdf' }, [
    'utils',
    'hmac',
    'hkdf',
    'pbkdf2',
  ]),
  'noble-scrypt': part({ scrypt: 'scrypt' }, ['utils', 'scrypt'], {
    sha2: `export const { sha256 } = require('internal/crypto/sha2')`,
    pbkdf2: `export const { pbkdf2 } = require('internal/crypto/hmac')`,
  }),
}
