/** Makes a failing tree as small as it can while it still fails. */
import type { Entry, RandomTree } from './trees.ts'

/** Which of the candidates fail; many at once, because each question to node costs a process. */
export type FailsAll = (candidates: readonly RandomTree[]) => Promise<boolean[]>

export async function shrink(
  tree: RandomTree,
  failsAll: FailsAll,
  rounds = 80,
): Promise<RandomTree> {
  let smallest = tree
  for (let round = 0; round < rounds; round++) {
    const next = await firstFailing(smaller(smallest), failsAll)
    if (next === undefined) break
    smallest = next
  }
  return smallest
}

/** The first candidates are the smallest: mostly one of them fails, and the rest need not be asked. */
async function firstFailing(
  candidates: readonly RandomTree[],
  failsAll: FailsAll,
  size = 40,
): Promise<RandomTree | undefined> {
  for (let start = 0; start < candidates.length; start += size) {
    const some = candidates.slice(start, start + size)
    const index = (await failsAll(some)).indexOf(true)
    if (index !== -1) return some[index]
  }
  return undefined
}

/** Everything that is a little or much smaller, the smallest first. */
function smaller(tree: RandomTree): RandomTree[] {
  const entries = [...tree.entries]
  const candidates: RandomTree[] = []
  for (const part of parts(tree.steps)) candidates.push({ ...tree, steps: part })
  for (const part of parts(entries)) candidates.push({ ...tree, entries: new Map(part) })
  for (const [path, entry] of entries) {
    for (const simpler of simplerEntries(entry)) {
      candidates.push({ ...tree, entries: new Map(entries).set(path, simpler) })
    }
  }
  return candidates
}

/** A list without its halves, quarters, …, and without each single item. */
function parts<T>(list: readonly T[]): T[][] {
  const all: T[][] = []
  for (
    let size = Math.ceil(list.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let start = 0; start < list.length; start += size) {
      all.push([...list.slice(0, start), ...list.slice(start + size)])
    }
  }
  return all
}

function simplerEntries(entry: Entry): Entry[] {
  if (entry !== null && typeof entry === 'object' && 'statements' in entry) {
    return parts(entry.statements).map((statements) => ({ statements }))
  }
  if (typeof entry !== 'string' || !entry.startsWith('{')) return []
  let json: unknown
  try {
    json = JSON.parse(entry)
  } catch {
    return []
  }
  return simplerValues(json).map((value) => JSON.stringify(value))
}

/** A JSON value without one of its members, or with a simpler member. */
function simplerValues(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) {
    return [
      ...value.map((_, index) => value.filter((_, other) => other !== index)),
      ...value.flatMap((item, index) =>
        simplerValues(item).map((simpler) =>
          value.map((old, other) => (other === index ? simpler : old)),
        ),
      ),
    ]
  }
  const members = Object.entries(value)
  return [
    ...members.map((_, index) => Object.fromEntries(members.filter((_, other) => other !== index))),
    ...members.flatMap(([key, item], index) =>
      simplerValues(item).map((simpler) =>
        Object.fromEntries(
          members.map(([k, v], other) => (other === index ? [key, simpler] : [k, v])),
        ),
      ),
    ),
  ]
}
