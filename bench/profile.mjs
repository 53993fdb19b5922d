/**
 * `node bench/profile.mjs W5 disk lodger`: one run of the whole-load benchmark under V8's profiler, and which functions
 * it spent its time in. `disk` or `memory`, then the contender's name; `--keep` prints where the profile lies.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensurePackages } from './lib/ensure.mjs'
import { figure, markdownTable } from './lib/table.mjs'
import { runTask } from './lib/task.mjs'
import { workloads } from './workloads/table.mjs'
import { prepareTree } from './workloads/tree.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean', default: false } },
})
const [
  name = 'W5',
  over = 'disk',
  contender = over === 'disk' ? 'lodger' : 'lodger over a volume',
] = positionals
ensurePackages()
const workload = workloads.find((one) => one.name === name)
if (workload === undefined) throw new Error(`no such workload: ${name}`)
const tree = prepareTree(workload)
const directory = mkdtempSync(join(tmpdir(), 'lodger-bench-profile-'))
const result = runTask('load', { contender, over, tree }, [
  '--cpu-prof',
  '--cpu-prof-interval=200',
  `--cpu-prof-dir=${directory}`,
])
if (result.error) throw new Error(result.error)
const path = join(directory, readdirSync(directory)[0] ?? '')
const profile = JSON.parse(readFileSync(path, 'utf8'))
if (values.keep) console.log(path)
else rmSync(directory, { recursive: true })

/** @type {Map<number, number>} */
const self = new Map()
profile.samples.forEach((/** @type {number} */ id, /** @type {number} */ index) => {
  self.set(id, (self.get(id) ?? 0) + profile.timeDeltas[index] / 1000)
})
const byFunction = new Map()
const byPart = new Map()
for (const { id, callFrame } of profile.nodes) {
  const time = self.get(id) ?? 0
  const part = partOf(callFrame)
  byPart.set(part, (byPart.get(part) ?? 0) + time)
  const where =
    part === 'program'
      ? 'program'
      : `${callFrame.url.replace(/^.*\//, '')}:${callFrame.lineNumber + 1}`
  const label = part === 'program' ? 'all of it' : callFrame.functionName || '(anonymous)'
  const key = `${label}\0${where}`
  byFunction.set(key, (byFunction.get(key) ?? 0) + time)
}
const total = [...self.values()].reduce((sum, time) => sum + time, 0)
const rows = (/** @type {Map<string, number>} */ times, /** @type {number} */ count) =>
  [...times]
    .sort((a, b) => b[1] - a[1])
    .slice(0, count)
    .map(([key, time]) => [...key.split('\0'), figure(time), `${figure((time / total) * 100)} %`])

console.log(
  `${name} over ${over}, ${contender}: ${figure(total)} ms, ${figure((total * 1000) / tree.modules)} us per module\n`,
)
console.log(`${markdownTable(['part', 'self ms', ''], rows(byPart, 10))}\n`)
console.log(markdownTable(['function', 'where', 'self ms', ''], rows(byFunction, 40)))

/** @param {{ functionName: string, url: string }} frame */
function partOf({ functionName, url }) {
  if (url === '') return functionName.startsWith('(') ? functionName : 'V8 and node, native'
  if (url.startsWith('node:')) return 'node'
  if (url.includes('/dist/') || (process.env.LODGER_DIST && url.includes(process.env.LODGER_DIST)))
    return 'lodger'
  return url.includes(tree.root) ? 'program' : 'benchmark'
}
