/** MD5 (RFC 1321) and SHA-1, SHA-2 (FIPS 180-4), block by block. */

/** One kind of digest; `compress` mixes one block into the state. */
export interface Digest {
  readonly blockSize: number
  readonly outputSize: number
  readonly initial: readonly number[]
  readonly littleEndian?: boolean
  compress(state: Uint32Array, block: DataView): void
}

const rotl = (x: number, n: number): number => (x << n) | (x >>> (32 - n))
const rotr = (x: number, n: number): number => (x >>> n) | (x << (32 - n))

const md5Shifts = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const
const md5Words: Uint32Array = Uint32Array.from({ length: 64 }, (_, index) =>
  Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32),
)

const md5: Digest = {
  blockSize: 64,
  outputSize: 16,
  littleEndian: true,
  initial: [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476],
  compress(state, block) {
    let [a = 0, b = 0, c = 0, d = 0] = state
    for (let step = 0; step < 64; step++) {
      const round = step >> 4
      let mixed: number
      let word: number
      if (round === 0) {
        mixed = (b & c) | (~b & d)
        word = step
      } else if (round === 1) {
        mixed = (d & b) | (~d & c)
        word = 5 * step + 1
      } else if (round === 2) {
        mixed = b ^ c ^ d
        word = 3 * step + 5
      } else {
        mixed = c ^ (b | ~d)
        word = 7 * step
      }
      const sum = a + mixed + (md5Words[step] as number) + block.getUint32((word & 15) * 4, true)
      const shift = md5Shifts[round as 0]?.[step & 3] as number
      ;[a, d, c, b] = [d, c, b, b + rotl(sum | 0, shift)]
    }
    add(state, [a, b, c, d])
  },
}

const sha1Words = new Int32Array(80)
const sha1: Digest = {
  blockSize: 64,
  outputSize: 20,
  initial: [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0],
  compress(state, block) {
    const w = sha1Words
    for (let t = 0; t < 80; t++) {
      w[t] =
        t < 16
          ? block.getInt32(t * 4)
          : rotl(
              (w[t - 3] as number) ^
                (w[t - 8] as number) ^
                (w[t - 14] as number) ^
                (w[t - 16] as number),
              1,
            )
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state
    for (let t = 0; t < 80; t++) {
      let f: number
      if (t < 20) f = ((b & c) | (~b & d)) + 0x5a827999
      else if (t < 40) f = (b ^ c ^ d) + 0x6ed9eba1
      else if (t < 60) f = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
      else f = (b ^ c ^ d) + 0xca62c1d6
      const next = (rotl(a, 5) + f + e + (w[t] as number)) | 0
      e = d
      d = c
      c = rotl(b, 30)
      b = a
      a = next
    }
    add(state, [a, b, c, d, e])
  },
}

function add(state: Uint32Array, values: readonly number[]): void {
  for (const [index, value] of values.entries()) state[index] = (state[index] as number) + value
}

/**
 * The first 64 bits behind the point of the roots of the first primes: SHA-2's constants, computed instead of listed.
 * @param power 2n for square, 3n for cube roots
 */
function rootWords(count: number, power: bigint): Uint32Array {
  const words: number[] = []
  for (let candidate = 2; words.length < count * 2; candidate++) {
    let isPrime = true
    for (let factor = 2; factor * factor <= candidate; factor++) {
      if (candidate % factor === 0) isPrime = false
    }
    if (!isPrime) continue
    const target = BigInt(candidate) << (64n * power)
    // Newton's method from above finds the integer root.
    let root = 1n << 68n
    for (;;) {
      const next = ((power - 1n) * root + target / root ** (power - 1n)) / power
      if (next >= root) break
      root = next
    }
    words.push(Number((root >> 32n) & 0xffffffffn), Number(root & 0xffffffffn))
  }
  return Uint32Array.from(words)
}

let constants: Uint32Array | undefined
/** SHA-512's words as high and low halves; the high ones of the first 64 are SHA-256's. */
function shaConstants(): Uint32Array {
  constants ??= rootWords(80, 3n)
  return constants
}

const sha256Words = new Int32Array(64)
function compress256(state: Uint32Array, block: DataView): void {
  const w = sha256Words
  const k = shaConstants()
  for (let t = 0; t < 64; t++) {
    if (t < 16) {
      w[t] = block.getInt32(t * 4)
      continue
    }
    const x = w[t - 15] as number
    const y = w[t - 2] as number
    const s0 = rotr(x, 7) ^ rotr(x, 18) ^ (x >>> 3)
    const s1 = rotr(y, 17) ^ rotr(y, 19) ^ (y >>> 10)
    w[t] = (w[t - 16] as number) + s0 + (w[t - 7] as number) + s1
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let t = 0; t < 64; t++) {
    const s1 = rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (k[t * 2] as number) + (w[t] as number)) | 0
    const s0 = rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  add(state, [a, b, c, d, e, f, g, h])
}

/** 64-bit words as pairs of halves, high one first: BigInt would be many times slower. */
const sha512Words = new Int32Array(160)
const sum: [number, number] = [0, 0]

function addPairs(...pairs: readonly number[]): void {
  let low = 0
  let high = 0
  for (let index = 0; index < pairs.length; index += 2) {
    high += (pairs[index] as number) >>> 0
    low += (pairs[index + 1] as number) >>> 0
  }
  sum[1] = low | 0
  sum[0] = (high + Math.floor(low / 2 ** 32)) | 0
}

const high = (h: number, l: number, n: number): number =>
  n < 32 ? (h >>> n) | (l << (32 - n)) : (l >>> (n - 32)) | (h << (64 - n))

function mix(
  h: number,
  l: number,
  a: number,
  b: number,
  c: number,
  shifts: boolean,
): [number, number] {
  const last: [number, number] = shifts
    ? [h >>> c, (l >>> c) | (h << (32 - c))]
    : [high(h, l, c), high(l, h, c)]
  return [high(h, l, a) ^ high(h, l, b) ^ last[0], high(l, h, a) ^ high(l, h, b) ^ last[1]]
}

function compress512(state: Uint32Array, block: DataView): void {
  const w = sha512Words
  const k = shaConstants()
  for (let t = 0; t < 160; t += 2) {
    if (t < 32) {
      w[t] = block.getInt32(t * 4)
      w[t + 1] = block.getInt32(t * 4 + 4)
      continue
    }
    const [s0h, s0l] = mix(w[t - 30] as number, w[t - 29] as number, 1, 8, 7, true)
    const [s1h, s1l] = mix(w[t - 4] as number, w[t - 3] as number, 19, 61, 6, true)
    addPairs(
      s0h,
      s0l,
      s1h,
      s1l,
      w[t - 32] as number,
      w[t - 31] as number,
      w[t - 14] as number,
      w[t - 13] as number,
    )
    ;[w[t], w[t + 1]] = sum
  }
  // a to h, high and low.
  let v: number[] = [...state]
  for (let t = 0; t < 160; t += 2) {
    const [ah = 0, al = 0, bh = 0, bl = 0, ch = 0, cl = 0, dh = 0, dl = 0] = v
    const [eh = 0, el = 0, fh = 0, fl = 0, gh = 0, gl = 0, hh = 0, hl = 0] = v.slice(8)
    const [s1h, s1l] = mix(eh, el, 14, 18, 41, false)
    const chooseHigh = (eh & fh) ^ (~eh & gh)
    const chooseLow = (el & fl) ^ (~el & gl)
    addPairs(
      hh,
      hl,
      s1h,
      s1l,
      chooseHigh,
      chooseLow,
      k[t] as number,
      k[t + 1] as number,
      w[t] as number,
      w[t + 1] as number,
    )
    const [t1h, t1l] = sum
    const [s0h, s0l] = mix(ah, al, 28, 34, 39, false)
    addPairs(
      t1h,
      t1l,
      s0h,
      s0l,
      (ah & bh) ^ (ah & ch) ^ (bh & ch),
      (al & bl) ^ (al & cl) ^ (bl & cl),
    )
    const [nh, nl] = sum
    addPairs(dh, dl, t1h, t1l)
    v = [nh, nl, ah, al, bh, bl, ch, cl, sum[0], sum[1], eh, el, fh, fl, gh, gl]
  }
  for (let index = 0; index < 16; index += 2) {
    addPairs(
      state[index] as number,
      state[index + 1] as number,
      v[index] as number,
      v[index + 1] as number,
    )
    ;[state[index], state[index + 1]] = sum as [number, number]
  }
}

const sha2 = (
  blockSize: number,
  outputSize: number,
  compress: Digest['compress'],
  initial: readonly number[],
): Digest => ({ blockSize, outputSize, compress, initial })

/** The square roots of the first sixteen primes: SHA-512 starts from the first eight, SHA-384 from the others. */
const makers: Readonly<Record<string, () => Digest>> = {
  md5: () => md5,
  sha1: () => sha1,
  sha224: () => {
    const roots = rootWords(16, 2n).filter((_, index) => index % 2 === 1)
    return sha2(64, 28, compress256, [...roots.slice(8)])
  },
  sha256: () => {
    const roots = rootWords(8, 2n).filter((_, index) => index % 2 === 0)
    return sha2(64, 32, compress256, [...roots])
  },
  sha384: () => sha2(128, 48, compress512, [...rootWords(16, 2n).slice(16)]),
  sha512: () => sha2(128, 64, compress512, [...rootWords(8, 2n)]),
}

const made = new Map<string, Digest>()

/** By any of the names that OpenSSL knows it by; nothing for what is not here. */
export function findDigest(name: string): Digest | undefined {
  const key = name
    .toLowerCase()
    .replace(/^rsa-|withrsaencryption$/g, '')
    .replace(/^sha2?-(?=\d)/, 'sha')
    .replace(/^sha1-2$/, 'sha1')
  if (!Object.hasOwn(makers, key)) return undefined
  const digest = made.get(key) ?? makers[key]?.()
  if (digest !== undefined) made.set(key, digest)
  return digest
}

export const digestNames: readonly string[] = [
  ...['RSA-MD5', 'RSA-SHA1', 'RSA-SHA224', 'RSA-SHA256', 'RSA-SHA384', 'RSA-SHA512'],
  ...['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'],
]
