/** Random trees through node 26.10 and through lodger, batch by batch; a failing one is made smaller. */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPlace, layOut } from '../oracle/layout.ts'
import { neutral } from '../oracle/neutral.ts'
import { askNodeInBatches } from '../oracle/node.ts'
import type { Answer, LaidOutCase } from '../oracle/types.ts'
import { treeToCase } from './case.ts'
import { printTree } from './print.ts'
import { shrink } from './shrink.ts'
import type { RandomTree } from './trees.ts'

const { LODGER_SEED = '26', LODGER_TREES, LODGER_TREE, LODGER_ORACLE } = process.env
const record = LODGER_ORACLE === 'record'
const counts = LODGER_ORACLE === 'count'
const seed = LODGER_SEED === 'random' ? Date.now() % 1_000_000_007 : Number(LODGER_SEED)
const chunk = 250

let place = ''
beforeAll(() => {
  place = createPlace()
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

const range = (first: number, last: number) =>
  Array.from({ length: last - first }, (_, index) => first + index)

/** The parts of both answers that have to be equal. */
export type Cut = (node: Answer, lodger: Answer) => [Answer, Answer]

let cut: Cut = (node, lodger) => [node, lodger]

/**
 * Declares so many trees as tests.
 * @param make the tree that belongs to a seed and a number
 * @param options `alsoWrong` looks at a tree that is the same on both sides, and says what is wrong with it all the same;
 * `cut` gives the parts of both answers that have to be equal, all of them where it is absent;
 * `usualCount` is how many there are where nobody says it
 */
export function declareTrees(
  title: string,
  make: (seed: number, number: number) => RandomTree,
  {
    alsoWrong,
    cut: ownCut = cut,
    usualCount = 2000,
  }: {
    alsoWrong?: (each: LaidOutCase, tree: RandomTree) => Promise<string | undefined>
    cut?: Cut
    usualCount?: number
  } = {},
): void {
  cut = ownCut
  const count = Number(LODGER_TREES ?? usualCount)
  console.log(`${title}: seed ${seed}, ${count} trees (LODGER_SEED, LODGER_TREES)`)
  const declare = (name: string, numbers: readonly number[]) =>
    test(`${name} of seed ${seed}`, () => check(numbers, make, alsoWrong), 300_000)
  if (LODGER_TREE !== undefined) {
    declare(`tree ${LODGER_TREE}`, [Number(LODGER_TREE)])
    return
  }
  for (let first = 0; first < count; first += chunk) {
    const last = Math.min(first + chunk, count)
    declare(`trees ${first} to ${last - 1}`, range(first, last))
  }
}

async function check(
  numbers: readonly number[],
  make: Parameters<typeof declareTrees>[1],
  alsoWrong: ((each: LaidOutCase, tree: RandomTree) => Promise<string | undefined>) | undefined,
): Promise<void> {
  const trees = numbers.map((number) => make(seed, number))
  const cases = layOutAll(trees)
  const node = await askNodeGrouped(cases)
  if (record) return countOutcomes(node)
  for (const [index, each] of cases.entries()) {
    const tree = trees[index] as RandomTree
    const same = await isSame(each, node[index] as Answer)
    if (!same && counts) {
      console.log(`differs: LODGER_SEED=${seed} LODGER_TREE=${numbers[index]}`)
      continue
    }
    if (!same) await fail(tree, numbers[index] as number)
    const wrong = await alsoWrong?.(each, tree)
    if (wrong !== undefined) expect.fail(`tree ${numbers[index]} of seed ${seed}: ${wrong}`)
  }
}

let places = 0

function layOutAll(trees: readonly RandomTree[]): LaidOutCase[] {
  return trees.map((tree) => layOut(treeToCase(tree, 'random'), `${place}/${places++}`))
}

/** A process has one set of flags. */
async function askNodeGrouped(cases: readonly LaidOutCase[]): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const flag of new Set(cases.map((each) => each.execArgv.join()))) {
    const indices = [...cases.keys()].filter((index) => cases[index]?.execArgv.join() === flag)
    const group = await askNodeInBatches(
      indices.map((index) => cases[index] as LaidOutCase),
      place,
      50,
    )
    for (const [position, index] of indices.entries()) answers[index] = group[position] as Answer
  }
  return answers
}

async function isSame(each: LaidOutCase, node: Answer): Promise<boolean> {
  if (node.isLost) return true
  const { askLodger } = await import('../oracle/lodger.ts')
  const [a, b] = cut(node, await askLodger(each))
  return neutral(a, each.root) === neutral(b, each.root)
}

async function differ(trees: readonly RandomTree[]): Promise<boolean[]> {
  const cases = layOutAll(trees)
  const node = await askNodeGrouped(cases)
  const differences: boolean[] = []
  for (const [index, each] of cases.entries()) {
    differences.push(!(await isSame(each, node[index] as Answer)))
  }
  return differences
}

async function fail(tree: RandomTree, number: number): Promise<void> {
  const { askLodger } = await import('../oracle/lodger.ts')
  const smallest = await shrink(tree, differ)
  const [each] = layOutAll([smallest]) as [LaidOutCase]
  const answers = cut((await askNodeGrouped([each]))[0] as Answer, await askLodger(each))
  const [node, lodger] = answers.map((answer) => neutral(answer, each.root)) as [string, string]
  console.log(`LODGER_SEED=${seed} LODGER_TREE=${number}, made smaller:\n${printTree(smallest)}`)
  expect(lodger, `tree ${number} of seed ${seed}`).toBe(node)
  expect.fail(`tree ${number} of seed ${seed} differs, but not alone or not twice`)
}

/** What the trees are made of: a property over trees in which nothing happens would prove nothing. */
function countOutcomes(answers: readonly Answer[]): void {
  const counts: Record<string, number> = {}
  const add = (key: string) => {
    counts[key] = (counts[key] ?? 0) + 1
  }
  for (const answer of answers) {
    if (answer.thrown !== undefined) add(`thrown ${JSON.stringify(answer.thrown)}`)
    const { results = [] } = (answer.result ?? {}) as { results?: unknown[][] }
    for (const [kind, , , seen] of results) {
      const error = seen as { code?: string; error?: string; message?: string } | null
      const text = error?.code ?? (error?.error === 'SyntaxError' ? 'SyntaxError' : error?.message)
      add(`${kind}: ${error?.error === undefined ? 'found' : text}`)
    }
    for (const warning of answer.warnings as Array<{ code?: string; name: string }>) {
      add(`warning ${warning.code ?? warning.name}`)
    }
  }
  console.log(Object.entries(counts).sort((a, b) => b[1] - a[1]))
}
