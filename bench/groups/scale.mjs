/** Many modules: what one more costs. */
import { medianOf, ratioOf } from '../lib/statistics.mjs'
import { figure, ratio } from '../lib/table.mjs'
import { interleave, runTask } from '../lib/task.mjs'
import { generateProgram } from '../workloads/synthetic.mjs'
import { prepareTree } from '../workloads/tree.mjs'

const contenders = [
  { name: 'node', over: 'disk' },
  { name: 'lodger over a volume', over: 'memory' },
  { name: 'lodger', over: 'disk' },
]

/** @param {import('../run.mjs').Settings} settings @returns {import('../lib/table.mjs').Group} */
export function scaleGroup({ rounds, quick, progress }) {
  const asked = quick ? 10_000 : 50_000
  progress(`${asked} modules`)
  const tree = prepareTree({
    name: `W5x${asked}`,
    title: `synthetic: ${asked} modules`,
    version: '1',
    packages: [],
    files: () => generateProgram(asked),
  })
  const names = contenders.map(({ name }) => name)
  const results = interleave(names, Math.min(rounds, 3), (name) => {
    const over = contenders.find((contender) => contender.name === name)?.over
    return runTask('load', { contender: name, over, tree, heap: true }, ['--expose-gc'])
  })
  const microseconds = (/** @type {any} */ run) => (run.cpu * 1000) / tree.modules
  const kilobytes = (/** @type {any} */ run) => run.heap / 1024 / tree.modules
  return {
    title: `${figure(tree.modules)} modules`,
    note: 'Everything from the start of the script, divided by the modules; the heap is what is left after a collection, sources in it.',
    tables: [
      {
        head: ['', 'us CPU per module', 'us wall', 'to node, CPU', 'KB of heap each'],
        rows: names.map((name) => [
          name === 'lodger' ? 'lodger over the disk' : name,
          results[name]?.[0]?.error ?? figure(medianOf(results[name], microseconds)),
          figure(medianOf(results[name], (run) => (run.wall * 1000) / tree.modules)),
          ratio(ratioOf(results[name], results.node, microseconds)),
          figure(medianOf(results[name], kilobytes)),
        ]),
      },
    ],
    goals: [
      {
        text: 'CPU per module, over a volume',
        value: medianOf(results['lodger over a volume'], microseconds),
        unit: ' us',
        limit: { atMost: 40 },
      },
      {
        text: 'heap per module, over a volume',
        value: medianOf(results['lodger over a volume'], kilobytes),
        unit: ' KB',
        limit: { atMost: 5 },
      },
    ],
  }
}
