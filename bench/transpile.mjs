/**
 * `node bench/transpile.mjs`: the engines of `createLoader({ transpile })` beside each other, over the sources of rxjs and
 * ajv that the corpus has installed, as the loader calls them: with a source map, and to CommonJS.
 *   --rounds n   processes per figure, 5 unless given
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { now, report, since } from './lib/clock.mjs'
import { importLodger } from './lib/lodger.mjs'
import { median } from './lib/statistics.mjs'
import { figure, markdownTable, ratio } from './lib/table.mjs'
import { runScript } from './lib/task.mjs'
import { sources } from './lib/typescript.mjs'

const file = fileURLToPath(import.meta.url)
const goal = 10
const warmPasses = 3

const titles = { typescript: "'typescript'", fast: "'fast'", node: "'node', strips only" }
const names = /** @type {(keyof typeof titles)[]} */ (Object.keys(titles))

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
})
const [name, taken] = /** @type {[keyof typeof titles | undefined, string | undefined]} */ (
  /** @type {unknown} */ (positionals)
)
if (name === undefined) printTable(Number(values.rounds))
else if (taken === undefined) await findTaken(name)
else await measure(name, JSON.parse(taken))

/** @param {number} rounds */
function printTable(rounds) {
  // In a process of its own: to try would warm the engine up.
  const taken = names.map((one) => JSON.stringify(runScript(file, [one]).taken))
  const runs = Array.from({ length: rounds }, () =>
    names.map((one, index) => runScript(file, [one, taken[index]])),
  )
  const kinds = /** @type {const} */ (['load', 'first', 'warm'])
  const cells = (/** @type {typeof kinds[number]} */ kind, /** @type {number} */ index) => [
    figure(median(runs.map((of) => of[index][kind]))),
    ratio(median(runs.map((of) => quotient(kind, of[index][kind], of[0][kind])))),
  ]
  const rows = names.map((one, index) => [
    titles[one],
    String(runs[0][index].count),
    ...kinds.flatMap((kind) => cells(kind, index)),
  ])
  console.log('CPU; an engine is asked for the files that it takes\n')
  const heads = ['load, ms', '', 'first pass, MB/s', '', 'warm, MB/s', '']
  console.log(markdownTable(['', 'files', ...heads], rows))
  const fast = names.indexOf('fast')
  const times = median(runs.map((of) => of[fast].warm / of[0].warm))
  console.log(
    `\n'fast' is ${times.toFixed(1)} times as fast as 'typescript', ${times >= goal ? '' : 'not '}the ${goal} that are asked`,
  )
}

/** How much better the one is: quicker, or faster. @param {string} kind @param {number} own @param {number} other */
function quotient(kind, own, other) {
  return kind === 'load' ? other / own : own / other
}

/** Which files an engine takes at all. @param {keyof typeof titles} one */
async function findTaken(one) {
  const { loadTranspiler } = await importLodger('transpile/index')
  const transpile = await loadTranspiler(one)
  const taken = sources().flatMap(([filename, source], index) => {
    try {
      transpile(source, filename, { format: 'commonjs' })
      return [index]
    } catch {
      return []
    }
  })
  report({ taken })
}

/** @param {keyof typeof titles} one @param {number[]} taken places among the sources */
async function measure(one, taken) {
  const { loadTranspiler } = await importLodger('transpile/index')
  const all = sources()
  const files = taken.map((index) => all[index])
  const begin = now()
  const transpile = await loadTranspiler(one)
  transpile('let a: 1', '/a.ts', { format: 'commonjs' })
  const load = since(begin).cpu
  const megabytes = files.reduce((sum, [, source]) => sum + source.length, 0) / 1e6
  const speed = (/** @type {number} */ passes) => {
    const start = now()
    for (let time = 0; time < passes; time++) {
      for (const [filename, source] of files) transpile(source, filename, { format: 'commonjs' })
    }
    return (megabytes * passes * 1000) / since(start).cpu
  }
  report({ load, first: speed(1), warm: speed(warmPasses), count: files.length })
}
