/** Resolution alone. */
import { resolvers } from '../contenders/resolvers.mjs'
import { medianOf, ratioOf } from '../lib/statistics.mjs'
import { figure, ratio } from '../lib/table.mjs'
import { interleave, runTask } from '../lib/task.mjs'

const ours = ['lodger/resolve', "lodger's _resolveFilename"]

/** @param {import('../run.mjs').Settings} settings @returns {import('../lib/table.mjs').Group} */
export function resolveGroup({ trees, rounds, quick, progress }) {
  const chosen = trees.filter(({ resolves }) => resolves)
  const names = Object.keys(resolvers)
  const milliseconds = quick ? 100 : 400
  const results = chosen.map((tree) => {
    progress(`resolve, ${tree.name}`)
    return interleave(names, rounds, (contender) =>
      runTask('resolve', { contender, tree, milliseconds }, ['--expose-gc']),
    )
  })

  /** @param {string} title @param {(run: any) => number} cpu @param {((run: any) => number)[]} [wall] */
  const table = (title, cpu, [wall] = []) => ({
    head: [
      title,
      ...chosen.map(({ name }) => name),
      ...chosen.map(({ name }) => `${name} to node`),
    ],
    rows: names.map((name) => [
      name,
      ...results.map((of) => {
        const times = wall ? ` (${figure(medianOf(of[name], wall))})` : ''
        return figure(medianOf(of[name], cpu)) + times
      }),
      ...results.map((of) => ratio(ratioOf(of[name], of.node, cpu))),
    ]),
  })

  /** @param {string} name @param {'warm' | 'cold'} kind @param {string} peer @param {number} atLeast */
  const goal = (name, kind, peer, atLeast) => {
    const values = results.map((of) => ratioOf(of[peer], of[name], (run) => run[kind].cpu))
    const worst = values.indexOf(Math.min(...values.map((value) => value ?? 0)))
    return {
      text: `${name}, ${kind}, ${peer}'s time by ours; worst is ${chosen[worst]?.name}`,
      value: values[worst],
      unit: 'x',
      limit: { atLeast },
    }
  }

  return {
    title: 'Resolving',
    note:
      'Microseconds of CPU per resolve (wall in brackets), every (file, request) pair of a run. *Warm*: asked before. *Cold*: empty caches, functions ' +
      'compiled. *First*: the first pass in the process. node answers from the disk and cannot empty its caches of ' +
      'package.json and real paths; lodger answers from a volume of the files that the program reads. *Wrong* are the ' +
      "answers other than node's.",
    tables: [
      table('warm', (run) => run.warm.cpu, [(run) => run.warm.wall]),
      table('cold', (run) => run.cold.cpu, [(run) => run.cold.wall]),
      table('first', (run) => run.first),
      {
        head: ['wrong', ...chosen.map(({ name, pairs }) => `${name} (of ${figure(pairs)})`)],
        rows: names.map((name) => [
          name,
          ...results.map((of) => of[name][0]?.error ?? String(of[name][0]?.wrong)),
        ]),
      },
    ],
    goals: ours.flatMap((name) => [
      goal(name, 'warm', 'node', 20),
      goal(name, 'warm', 'oxc-resolver', 15),
      goal(name, 'cold', 'node', 4),
      goal(name, 'cold', 'oxc-resolver', 2),
    ]),
  }
}
