/**
 * A 128-bit hash of a text, synchronous on every host: MurmurHash3 for 32-bit machines
 * (https://github.com/aappleby/smhasher/wiki/MurmurHash3, in the public domain) over the text's UTF-8.
 *
 * It finds a place and sees damage by accident. It keeps nobody away: whoever wants two texts with one hash can make
 * them, so nothing may be believed for its hash alone.
 */
import { encodeUtf8Into } from '../utf8.ts'

/** Of one block, which is four words. */
const blockBytes = 16
/** The factors that words are scattered by; word n takes factors n and n + 1. */
const factors = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93] as const

/** Text passes through here as bytes, piece by piece; what stands in it means nothing between two calls. */
let scratch: { readonly bytes: Uint8Array; readonly words: Int32Array } | undefined

/**
 * @returns 32 hexadecimal digits
 * @example digest('lodger') // => 'e3b0a5900b582dbd41921fa041921fa0'
 */
export function digest(text: string): string {
  scratch ??= createScratch()
  const { bytes, words } = scratch
  const state: State = [0, 0, 0, 0]
  let rest = text
  let waiting = 0
  let length = 0
  while (rest !== '') {
    const { read, written } = encodeUtf8Into(rest, waiting === 0 ? bytes : bytes.subarray(waiting))
    rest = rest.slice(read)
    length += written
    const filled = waiting + written
    const whole = filled - (filled % blockBytes)
    mixBlocks(state, words, whole / 4)
    bytes.copyWithin(0, whole, filled)
    waiting = filled - whole
  }
  bytes.fill(0, waiting, blockBytes)
  mixTail(state, words)
  return finish(state, length)
}

type State = [number, number, number, number]

function mixBlocks(state: State, words: Int32Array, count: number): void {
  let [first, second, third, fourth] = state
  for (let index = 0; index < count; index += 4) {
    first ^= scatter(words[index] as number, 0x239b961b, 15, 0xab0e9789)
    first = (Math.imul(rotate(first, 19) + second, 5) + 0x561ccd1b) | 0
    second ^= scatter(words[index + 1] as number, 0xab0e9789, 16, 0x38b34ae5)
    second = (Math.imul(rotate(second, 17) + third, 5) + 0x0bcaa747) | 0
    third ^= scatter(words[index + 2] as number, 0x38b34ae5, 17, 0xa1e38b93)
    third = (Math.imul(rotate(third, 15) + fourth, 5) + 0x96cd1c35) | 0
    fourth ^= scatter(words[index + 3] as number, 0xa1e38b93, 18, 0x239b961b)
    fourth = (Math.imul(rotate(fourth, 13) + first, 5) + 0x32ac3b17) | 0
  }
  state[0] = first
  state[1] = second
  state[2] = third
  state[3] = fourth
}

/** The last block, filled up with zeros, which change nothing. */
function mixTail(state: State, words: Int32Array): void {
  for (let index = 0; index < 4; index++) {
    const [by, then] = [factors[index] as number, factors[(index + 1) % 4] as number]
    state[index] = (state[index] as number) ^ scatter(words[index] as number, by, 15 + index, then)
  }
}

function createScratch(): NonNullable<typeof scratch> {
  const bytes = new Uint8Array(1 << 16)
  return { bytes, words: new Int32Array(bytes.buffer) }
}

function finish(state: State, length: number): string {
  for (let index = 0; index < 4; index++) state[index] = (state[index] as number) ^ length
  blend(state)
  for (let index = 0; index < 4; index++) state[index] = avalanche(state[index] as number)
  blend(state)
  return state.map(hexadecimal).join('')
}

/** The first word becomes the sum of all, and is added to the others. */
function blend(state: State): void {
  const sum = (state[0] + state[1] + state[2] + state[3]) | 0
  state[0] = sum
  for (let index = 1; index < 4; index++) state[index] = ((state[index] as number) + sum) | 0
}

/** By hand, as `toString(16)` is slow for numbers beyond 31 bits. */
function hexadecimal(word: number): string {
  let digits = ''
  for (let bits = 28; bits >= 0; bits -= 4) digits += '0123456789abcdef'[(word >>> bits) & 15]
  return digits
}

/** Each bit of the word comes to bear on all of them. */
function avalanche(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

function scatter(word: number, by: number, bits: number, then: number): number {
  return Math.imul(rotate(Math.imul(word, by), bits), then)
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
