/**
 * `npm run bench`: every figure of docs/performance.md, as ratios beside the peers, and that file written anew.
 *   --quick           one round, shorter readings; writes nothing
 *   --only a,b        some of the groups
 *   --workloads W1,W6 some of the workloads
 *   --rounds n        processes per figure, 5 unless given
 * The variable LODGER_DIST names another build to measure.
 */
import { parseArgs } from 'node:util'
import { builtinsGroup } from './groups/builtins.mjs'
import { diskGroup, memoryGroup, typescriptGroup } from './groups/load.mjs'
import { mountGroup } from './groups/mount.mjs'
import { resolveGroup } from './groups/resolve.mjs'
import { scaleGroup } from './groups/scale.mjs'
import { startupGroup } from './groups/startup.mjs'
import { machineLine, writeDocument } from './lib/document.mjs'
import { ensurePackages } from './lib/ensure.mjs'
import { groupText, isMet } from './lib/table.mjs'
import { workloads } from './workloads/table.mjs'
import { prepareTree } from './workloads/tree.mjs'

/**
 * @typedef {object} Settings
 * @property {readonly import('./workloads/tree.mjs').Tree[]} trees
 * @property {number} rounds
 * @property {boolean} quick
 * @property {(what: string) => void} progress
 */

/** @type {Record<string, (settings: Settings) => import('./lib/table.mjs').Group | Promise<import('./lib/table.mjs').Group>>} */
const groups = {
  resolve: resolveGroup,
  disk: diskGroup,
  memory: memoryGroup,
  mount: mountGroup,
  scale: scaleGroup,
  typescript: typescriptGroup,
  startup: startupGroup,
  builtins: builtinsGroup,
}

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    workloads: { type: 'string' },
    rounds: { type: 'string' },
  },
})
const only = values.only?.split(',') ?? Object.keys(groups)
const unknown = only.filter((name) => !(name in groups))
if (unknown.length > 0)
  throw new Error(`no such group: ${unknown}; there are ${Object.keys(groups)}`)

ensurePackages()
const wanted = values.workloads?.split(',')
const trees = workloads
  .filter(({ name }) => wanted === undefined || wanted.includes(name))
  .map((workload) => prepareTree(workload))
const rounds = Number(values.rounds ?? (values.quick ? 1 : 5))
const settings = {
  trees,
  rounds,
  quick: values.quick,
  progress: (/** @type {string} */ what) => console.error(`... ${what}`),
}

const machine = machineLine(rounds)
console.log(`${machine}\n`)
const found = []
for (const name of only) {
  const group = await groups[name](settings)
  found.push(group)
  console.log(`${groupText(group)}\n`)
}
const goals = found.flatMap((group) => group.goals)
console.log(`${goals.filter(isMet).length} of ${goals.length} goals met`)
const isWhole = !values.quick && values.only === undefined && values.workloads === undefined
if (isWhole) writeDocument(machine, trees, found)
