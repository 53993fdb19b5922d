import { customAlphabet, customRandom, nanoid, random, urlAlphabet } from 'nanoid'
import { nanoid as insecure } from 'nanoid/non-secure'

export const lengths = () => [
  nanoid().length,
  nanoid(5).length,
  insecure(7).length,
  random(3).length,
]
export const alphabet = () => [urlAlphabet.length, /^[ab]{9}$/.test(customAlphabet('ab', 9)())]
export function seeded() {
  let seed = 7
  const bytes = (size) => Uint8Array.from({ length: size }, () => (seed = (seed * 31) % 251))
  return customRandom('abcdef', 12, bytes)()
}
export const failing = () => import('nanoid/missing')
