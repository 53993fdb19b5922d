/** Importing lodger and making a loader, beside what node does before it runs anything. */
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { medianOf, ratioOf } from '../lib/statistics.mjs'
import { figure, ratio } from '../lib/table.mjs'
import { interleave, plainEnvironment, runTask } from '../lib/task.mjs'

const names = ['node -e 0', 'lodger', 'lodger/core', 'lodger/hosts/node']

/** @param {import('../run.mjs').Settings} settings @returns {import('../lib/table.mjs').Group} */
export function startupGroup({ rounds, progress }) {
  progress('starting')
  const results = interleave(names, rounds * 2, (name) =>
    name === 'node -e 0' ? bootstrap() : runTask('startup', { name }),
  )
  const cpu = (/** @type {any} */ run) => run.total.cpu
  /** @param {string} name @param {number} atMost */
  const goal = (name, atMost) => ({
    text: `${name}: import and createLoader, to node's bootstrap`,
    value: ratioOf(results[name] ?? [], results['node -e 0'], cpu),
    unit: 'x',
    limit: { atMost },
  })
  const further = {
    text: "lodger: a further loader and its first module, to node's bootstrap",
    value: ratioOf(results.lodger, results['node -e 0'], (run) => (run.further ?? run.total).cpu),
    unit: 'x',
    limit: { atMost: 0.05 },
  }
  return {
    title: 'Starting',
    note:
      'CPU ms (wall). node is a whole `node -e 0` up to its exit; the others come on top of such a process. "Further" ' +
      'is the mean of twenty more loaders that each load one module without builtins.',
    tables: [
      {
        head: ['', 'import', 'first createLoader', 'second', 'both', 'further', 'to node, CPU'],
        rows: names.map((name) => [
          name,
          ...['import', 'first', 'second', 'total', 'further'].map((part) => {
            const runs = results[name] ?? []
            if (runs[0]?.error) return part === 'import' ? runs[0].error : '-'
            if (runs[0]?.[part] === undefined) return ''
            return `${figure(medianOf(runs, (run) => run[part].cpu))} (${figure(medianOf(runs, (run) => run[part].wall))})`
          }),
          ratio(ratioOf(results[name] ?? [], results['node -e 0'], cpu)),
        ]),
      },
    ],
    goals: [goal('lodger', 0.5), goal('lodger/core', 0.05), further],
  }
}

function bootstrap() {
  const script =
    'process.on("exit", () => { const { user, system } = process.cpuUsage();' +
    'console.log(JSON.stringify({ cpu: (user + system) / 1000, wall: performance.now() })) })'
  const { stdout } = spawnSync(process.execPath, ['-e', script], {
    encoding: 'utf8',
    env: plainEnvironment,
  })
  return { total: JSON.parse(stdout) }
}
