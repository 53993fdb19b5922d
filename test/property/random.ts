/** A pseudo-random generator of our own, so that a seed gives the same trees on every engine. */

export interface Random {
  /** An integer from 0 up to, not including, `limit`. */
  below(limit: number): number
  /** True in so many of a hundred cases. */
  percent(chance: number): boolean
  pick<T>(items: readonly T[]): T
  /** So many of the items at most, each once, in their order. */
  some<T>(items: readonly T[], most: number): T[]
  /** One of the keys, in proportion to its number. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K
}

/** sfc32 (Chris Doty-Humphrey, PractRand), 128 bits of state, seeded with two numbers. */
export function createRandom(seed: number, stream: number): Random {
  let a = seed | 0
  let b = stream | 0
  let c = 0x9e3779b9
  let counter = 1
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  // The first numbers of neighbouring seeds look alike.
  for (let round = 0; round < 15; round++) next()

  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    percent: (chance) => next() * 100 < chance,
    pick: <T>(items: readonly T[]) => items[below(items.length)] as T,
    some: <T>(items: readonly T[], most: number) => {
      const chosen = new Set<number>()
      for (let tries = below(most + 1); tries > 0; tries--) chosen.add(below(items.length))
      return items.filter((_, index) => chosen.has(index))
    },
    weighted: <K extends string>(weights: Readonly<Record<K, number>>) => {
      const entries = Object.entries(weights) as [K, number][]
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [key, weight] of entries) {
        left -= weight
        if (left < 0) return key
      }
      return (entries.at(-1) as [K, number])[0]
    },
  }
}
