/** Filling a file system from `{ path: text }`. */
import { medianOf, ratioOf } from '../lib/statistics.mjs'
import { figure, ratio } from '../lib/table.mjs'
import { interleave, runTask } from '../lib/task.mjs'

const names = ['lodger createVolume', 'memfs Volume.fromJSON', 'almostnode VirtualFS']

/** @param {import('../run.mjs').Settings} settings @returns {import('../lib/table.mjs').Group} */
export function mountGroup({ trees, rounds, quick, progress }) {
  const chosen = trees.filter(({ modules }) => modules > 100)
  const kinds = /** @type {const} */ (['first', 'warm'])
  const results = chosen.map((tree) => {
    progress(`mounting, ${tree.name}`)
    return interleave(names, rounds, (contender) =>
      runTask('mount', { contender, tree, times: quick ? 5 : 20 }),
    )
  })
  return {
    title: 'Mounting',
    note: 'Microseconds of CPU per file. *First*: in a new process. *Warm*: again and again in the same one.',
    tables: kinds.map((kind) => ({
      head: [
        kind,
        ...chosen.map(({ name }) => name),
        ...chosen.map(({ name }) => `${name}, memfs by it`),
      ],
      rows: names.map((name) => [
        name,
        ...results.map(
          (of) => of[name][0]?.error ?? figure(medianOf(of[name], (run) => run[kind])),
        ),
        ...results.map((of) =>
          ratio(ratioOf(of['memfs Volume.fromJSON'], of[name], (run) => run[kind])),
        ),
      ]),
    })),
    goals: kinds.map((kind) => ({
      text: `memfs's time by ours, ${kind}, worst of the workloads`,
      value: Math.min(
        ...results.map(
          (of) =>
            ratioOf(of['memfs Volume.fromJSON'], of['lodger createVolume'], (run) => run[kind]) ??
            0,
        ),
      ),
      unit: 'x',
      limit: { atLeast: 10 },
    })),
  }
}
