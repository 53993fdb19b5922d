/** What the first `require` of each builtin costs in a new loader, its own needs included. */
import { importLodger } from '../lib/lodger.mjs'
import { medianOf } from '../lib/statistics.mjs'
import { figure } from '../lib/table.mjs'
import { interleave, runTask } from '../lib/task.mjs'

/** @param {import('../run.mjs').Settings} settings @returns {Promise<import('../lib/table.mjs').Group>} */
export async function builtinsGroup({ rounds, quick, progress }) {
  progress('builtins')
  const { builtinModules } = await importLodger('resolve/index')
  const names = builtinModules.filter((/** @type {string} */ id) => !id.startsWith('_'))
  const results = interleave(names, quick ? 1 : Math.min(rounds, 3), (id) =>
    runTask('builtin', { id }),
  )
  const rows = names
    .map((/** @type {string} */ id) => ({
      id,
      error: results[id]?.[0]?.error,
      cpu: medianOf(results[id], (run) => run.cpu) ?? 0,
      wall: medianOf(results[id], (run) => run.wall) ?? 0,
      again: medianOf(results[id], (run) => run.again) ?? 0,
    }))
    .sort((/** @type {any} */ a, /** @type {any} */ b) => b.cpu - a.cpu)
  const dear = rows.filter((/** @type {any} */ { cpu, error }) => error === undefined && cpu >= 1)
  const failed = rows.filter((/** @type {any} */ { error }) => error !== undefined)
  const rest = rows.filter((/** @type {any} */ { cpu, error }) => error === undefined && cpu < 1)
  return {
    title: 'Builtins',
    note:
      'The first `require` in a process, CPU ms (wall), and the first in a second loader of that process. ' +
      `Below 1 ms: ${rest.map((/** @type {any} */ { id, cpu }) => `${id} ${figure(cpu)}`).join(', ') || 'none'}.` +
      (failed.length > 0
        ? ` Failed: ${failed.map((/** @type {any} */ { id, error }) => `${id} (${error})`).join(', ')}.`
        : ''),
    tables: [
      {
        head: ['builtin', 'first', 'in a second loader'],
        rows: dear.map((/** @type {any} */ { id, cpu, wall, again }) => [
          id,
          `${figure(cpu)} (${figure(wall)})`,
          figure(again),
        ]),
      },
    ],
    goals: [],
  }
}
