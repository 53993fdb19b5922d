/** The contents of arrays, sets and maps, for `deep-equal.ts`. */

import type { Equal, Mode, Visited } from './deep-equal.ts'
import type { Loose } from './loose.ts'

export interface Collections {
  arrays: Equal
  sets: Equal
  maps: Equal
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

export function createCollections(equal: Equal): Collections {
  function arrays(a: Loose, b: Loose, mode: Mode, visited: Visited): boolean {
    if (mode === 'partial') return containsInOrder(a, b, visited)
    for (let i = 0; i < a.length; i++) {
      const [hasA, hasB] = [Object.hasOwn(a, i), Object.hasOwn(b, i)]
      if (!hasA && !hasB) continue
      // Loosely, a hole is like `undefined` and `null`.
      if (hasA !== hasB) {
        const present = hasA ? a[i] : b[i]
        if (mode !== 'loose' || present !== null) return false
      } else if (!equal(a[i], b[i], mode, visited)) return false
    }
    return true
  }

  /** Each item of `b` is found in `a`, behind the one before it; holes are left out on both sides. */
  function containsInOrder(a: Loose, b: Loose, visited: Visited): boolean {
    const itemsOf = (list: Loose): Loose[] => list.filter(() => true)
    const candidates = itemsOf(a)
    let position = 0
    for (const item of itemsOf(b)) {
      while (position < candidates.length && !equal(candidates[position], item, 'partial', visited))
        position++
      if (position === candidates.length) return false
      position++
    }
    return true
  }

  function sets(a: Set<Loose>, b: Set<Loose>, mode: Mode, visited: Visited): boolean {
    const wanted: Loose[] = []
    for (const item of b) {
      if (a.has(item)) continue
      if (!isObject(item) && (mode !== 'loose' || !mayEqualLoosely(a, b, item))) return false
      wanted.push(item)
    }
    if (wanted.length === 0) return true
    const left = [...a].filter((item) => !b.has(item) && (mode === 'loose' || isObject(item)))
    return pairUp(left, wanted, (x, y) => equal(x, y, mode, visited))
  }

  function maps(a: Map<Loose, Loose>, b: Map<Loose, Loose>, mode: Mode, visited: Visited): boolean {
    const wanted: Loose[] = []
    for (const [key, value] of b) {
      if (isObject(key)) wanted.push([key, value])
      else if (!a.has(key) || !equal(a.get(key), value, mode, visited)) {
        if (mode !== 'loose' || !mayEqualLoosely(a, b, key)) return false
        wanted.push([key, value])
      }
    }
    if (wanted.length === 0) return true
    const isMatched = ([key, value]: Loose): boolean =>
      !isObject(key) && b.has(key) && (mode !== 'loose' || equal(value, b.get(key), mode, visited))
    const left = [...a].filter((entry) => !isMatched(entry))
    return pairUp(left, wanted, ([keyA, valueA], [keyB, valueB]) => {
      return equal(keyA, keyB, mode, visited) && equal(valueA, valueB, mode, visited)
    })
  }

  return { arrays, sets, maps }
}

/** Finds each wanted item a partner of its own. The first that fits is taken, as node does. */
function pairUp(left: Loose[], wanted: Loose[], fits: (a: Loose, b: Loose) => boolean): boolean {
  const rest = left.slice()
  return wanted.every((item) => {
    const index = rest.findIndex((candidate) => fits(candidate, item))
    if (index === -1) return false
    rest.splice(index, 1)
    return true
  })
}

type Keyed = { has(key: unknown): boolean }

/** Whether a primitive that `a` lacks can be `==` to another one there: `undefined` to `null`, '1' to 1. */
function mayEqualLoosely(a: Keyed, b: Keyed, value: Loose): boolean {
  if (value === undefined || value === null) {
    const other = value === null ? undefined : null
    return a.has(other) && !b.has(other)
  }
  if (typeof value === 'symbol') return false
  if (typeof value === 'string' || typeof value === 'number') return !Number.isNaN(Number(value))
  return true
}
