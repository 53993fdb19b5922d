/**
 * Random trees through node 26.10 and through lodger: not one difference in filenames, exports' identities, errors,
 * require stacks, order of evaluation, warnings and caches.
 *
 *   LODGER_TREES=20000   how many trees (2000)
 *   LODGER_SEED=17       another seed, or `random`
 *   LODGER_TREE=123      only the tree of that number
 *   LODGER_ORACLE=record asks node alone and counts what happens in the trees
 */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPlace, layOut } from '../oracle/layout.ts'
import { neutral } from '../oracle/neutral.ts'
import { askNodeInBatches } from '../oracle/node.ts'
import type { Answer, LaidOutCase } from '../oracle/types.ts'
import { printTree } from './print.ts'
import { treeToCase } from './program.ts'
import { shrink } from './shrink.ts'
import { type RandomTree, randomTree } from './trees.ts'

const { LODGER_SEED = '26', LODGER_TREES = '2000', LODGER_TREE, LODGER_ORACLE } = process.env
const record = LODGER_ORACLE === 'record'
const seed = LODGER_SEED === 'random' ? Date.now() % 1_000_000_007 : Number(LODGER_SEED)
const count = Number(LODGER_TREES)
const chunk = 250

let place = ''
beforeAll(() => {
  place = createPlace()
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

console.log(`random trees: seed ${seed}, ${count} trees (LODGER_SEED, LODGER_TREES)`)

if (LODGER_TREE === undefined) {
  for (let first = 0; first < count; first += chunk) {
    const last = Math.min(first + chunk, count)
    test(`trees ${first} to ${last - 1} of seed ${seed}`, () => check(range(first, last)), 300_000)
  }
} else {
  test(`tree ${LODGER_TREE} of seed ${seed}`, () => check([Number(LODGER_TREE)]), 300_000)
}

const range = (first: number, last: number) =>
  Array.from({ length: last - first }, (_, index) => first + index)

async function check(numbers: readonly number[]): Promise<void> {
  const trees = numbers.map((number) => randomTree(seed, number))
  const cases = layOutAll(trees)
  const node = await askNodeGrouped(cases)
  if (record) return countOutcomes(node)
  const { askLodger, explainDiffers } = await import('../oracle/lodger.ts')
  for (const [index, each] of cases.entries()) {
    const tree = trees[index] as RandomTree
    const same =
      neutral(await askLodger(each), each.root) === neutral(node[index] as Answer, each.root)
    if (!same) await fail(tree, numbers[index] as number)
    const explained = explainDiffers(each, tree.steps)
    if (explained !== undefined) {
      expect.fail(
        `tree ${numbers[index]} of seed ${seed}: explain and resolve differ\n${explained}`,
      )
    }
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

async function differ(trees: readonly RandomTree[]): Promise<boolean[]> {
  const { askLodger } = await import('../oracle/lodger.ts')
  const cases = layOutAll(trees)
  const node = await askNodeGrouped(cases)
  const differences: boolean[] = []
  for (const [index, each] of cases.entries()) {
    const lodger = neutral(await askLodger(each), each.root)
    differences.push(lodger !== neutral(node[index] as Answer, each.root))
  }
  return differences
}

async function fail(tree: RandomTree, number: number): Promise<void> {
  const { askLodger } = await import('../oracle/lodger.ts')
  const smallest = await shrink(tree, differ)
  const [each] = layOutAll([smallest]) as [LaidOutCase]
  const node = neutral((await askNodeGrouped([each]))[0] as Answer, each.root)
  const lodger = neutral(await askLodger(each), each.root)
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
