/** Whole programs, from the start of a script: over the real disk, over a volume, and typescript by itself. */
import { diskLoaders, memoryLoaders } from '../contenders/loaders.mjs'
import { medianOf, ratioOf } from '../lib/statistics.mjs'
import { figure, ratio } from '../lib/table.mjs'
import { interleave, runTask } from '../lib/task.mjs'

const cpu = (/** @type {any} */ run) => run.cpu
/** With lodger imported already. */
const readyCpu = (/** @type {any} */ run) => run.ready.cpu
const loadCpu = (/** @type {any} */ run) => run.load.cpu

/** @param {import('../run.mjs').Settings} settings */
export function diskGroup(settings) {
  return loadGroup(settings, {
    title: 'Whole programs over the real disk',
    note:
      'From the start of a script, process bootstrap excluded: importing lodger, making a loader, loading the program. ' +
      'Of jest-runtime only `requireModule` counts, not its import. *Without the import*: a loader is made and the ' +
      'program loaded by a process that has lodger already. *Loading alone*: the loader is there, too.',
    over: 'disk',
    contenders: Object.keys(diskLoaders),
    ours: 'lodger',
    limits: { W1: 0.85, W2: 0.85, W3: 0.85, W4: 1.05, W5: 0.85, W6: 0.85 },
  })
}

/** @param {import('../run.mjs').Settings} settings */
export function memoryGroup(settings) {
  return loadGroup(settings, {
    title: 'Whole programs over a volume',
    note:
      'As before; lodger reads the files from one JSON on the disk, which counts, and so does filling the volume. ' +
      'node loads from the disk. The import of almostnode does not count, that of memfs does.',
    over: 'memory',
    contenders: Object.keys(memoryLoaders),
    ours: 'lodger over a volume',
    limits: { W1: 0.75, W2: 0.75, W3: 0.95, W4: 1.1, W5: 0.25, W6: 0.85 },
  })
}

/**
 * @param {import('../run.mjs').Settings} settings
 * @param {{ title: string, note: string, over: 'disk' | 'memory', contenders: string[], ours: string, limits: Record<string, number> }} what
 * @returns {import('../lib/table.mjs').Group}
 */
function loadGroup({ trees, rounds, progress }, { title, note, over, contenders, ours, limits }) {
  const results = trees.map((tree) => {
    progress(`${title.toLowerCase()}, ${tree.name}`)
    return interleave(contenders, rounds, (contender) => runTask('load', { contender, over, tree }))
  })
  /** @param {string} head @param {(of: Record<string, any[]>, name: string) => string} cell */
  const table = (head, cell) => ({
    head: [head, ...trees.map(({ name }) => name)],
    rows: contenders.map((name) => [
      name,
      ...results.map((of) => failureOf(of[name]) ?? cell(of, name)),
    ]),
  })
  return {
    title,
    note,
    tables: [
      table(
        'CPU ms (wall)',
        (of, name) =>
          `${figure(medianOf(of[name], cpu))} (${figure(medianOf(of[name], (run) => run.wall))})`,
      ),
      table(
        'to node, CPU (wall)',
        (of, name) =>
          `${ratio(ratioOf(of[name], of.node, cpu))} (${ratio(ratioOf(of[name], of.node, (run) => run.wall))})`,
      ),
      table(
        'without the import, CPU (wall), to node',
        (of, name) =>
          `${ratio(ratioOf(of[name], of.node, readyCpu))} (${ratio(ratioOf(of[name], of.node, (run) => run.ready.wall))})`,
      ),
      table('loading alone, CPU, to node', (of, name) =>
        ratio(ratioOf(of[name], of.node, loadCpu)),
      ),
    ],
    goals: trees.flatMap(({ name }, index) =>
      [
        { text: 'from the start of the script', read: cpu },
        { text: 'lodger imported already', read: readyCpu },
      ].map(({ text, read }) => ({
        text: `${name}, ${ours} to node, ${text}`,
        value: ratioOf(results[index]?.[ours] ?? [], results[index]?.node ?? [], read),
        unit: 'x',
        limit: { atMost: limits[name] ?? Number.NaN },
      })),
    ),
  }
}

/** @param {import('../run.mjs').Settings} settings @returns {import('../lib/table.mjs').Group} */
export function typescriptGroup({ trees, rounds, progress }) {
  const tree = trees.find(({ name }) => name === 'W4')
  if (tree === undefined)
    return { title: 'Loading typescript', note: 'Left out.', tables: [], goals: [] }
  progress('loading typescript')
  const contenders = { ...memoryLoaders, ...diskLoaders }
  const names = Object.keys(contenders)
  const results = interleave(names, rounds, (contender) =>
    runTask('load', { contender, over: contender in diskLoaders ? 'disk' : 'memory', tree }),
  )
  return {
    title: 'Loading typescript',
    note: "`require('typescript')` alone, in a loader that exists, over files that are there.",
    tables: [
      {
        head: ['', 'CPU ms', 'wall ms', 'to node, CPU'],
        rows: names.map((name) => [
          name === 'lodger' ? 'lodger over the disk' : name,
          failureOf(results[name]) ?? figure(medianOf(results[name], loadCpu)),
          figure(medianOf(results[name], (run) => run.load.wall)),
          ratio(ratioOf(results[name], results.node, loadCpu)),
        ]),
      },
    ],
    goals: ['lodger', 'lodger over a volume'].map((name) => ({
      text: `${name === 'lodger' ? 'lodger over the disk' : name}, to node`,
      value: ratioOf(results[name] ?? [], results.node, loadCpu),
      unit: 'x',
      limit: { atMost: 1.1 },
    })),
  }
}

/** Why a contender cannot load the program, if so: the first words are enough. @param {any[]} [runs] */
function failureOf(runs) {
  return runs?.[0]?.error?.replace(/ \(in .*/s, '')
}
