/**
 * `node bench/transpile-cache.mjs`: what a hit of the transpile cache costs beside TypeScript's own work, over the sources
 * of rxjs and ajv that the corpus has installed. A hit is all of it: the question put together and hashed, the store
 * asked, what it gives compared and checked.
 *   --rounds n   processes per figure, 5 unless given
 */
import * as nodeFs from 'node:fs'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import ts from 'typescript'
import { now, report, since } from './lib/clock.mjs'
import { importLodger } from './lib/lodger.mjs'
import { median } from './lib/statistics.mjs'
import { figure, markdownTable, ratio } from './lib/table.mjs'
import { runScript } from './lib/task.mjs'
import { sources } from './lib/typescript.mjs'

/** @typedef {(source: string, filename: string) => unknown} Way */

const file = fileURLToPath(import.meta.url)
const goal = 500
/** Passes over all files that are taken for one warm reading, as a single one is over too soon for the clock. */
const passes = { typescript: 3, memory: 50, directory: 50, read: 50 }

/** @type {Record<keyof typeof passes, string>} */
const titles = {
  typescript: `typescript ${ts.version}`,
  memory: 'a hit, memoryCache',
  directory: 'a hit, directoryCache',
  read: "`readFileSync` of a directory's entries, no more",
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
})
const [way, directory = ''] = positionals
if (way === undefined) printTable(Number(values.rounds))
else await measure(/** @type {keyof typeof passes} */ (way))

/** @param {number} rounds */
function printTable(rounds) {
  const cache = mkdtempSync(join(tmpdir(), 'lodger-bench-'))
  const ways = /** @type {(keyof typeof passes)[]} */ (Object.keys(passes))
  // The first fills the directory.
  runScript(file, ['directory', cache])
  const runs = Array.from({ length: rounds }, () =>
    ways.map((one) => runScript(file, [one, cache])),
  )
  rmSync(cache, { recursive: true })
  const kinds = /** @type {const} */ (['first', 'warm'])
  const times = (/** @type {'first' | 'warm'} */ kind, /** @type {number} */ index) =>
    median(runs.map((of) => of[index][kind]))
  const ratios = (/** @type {'first' | 'warm'} */ kind, /** @type {number} */ index) =>
    median(runs.map((of) => of[0][kind] / of[index][kind]))
  const rows = ways.map((one, index) => [
    titles[one],
    ...kinds.flatMap((kind) => [figure(times(kind, index)), ratio(ratios(kind, index))]),
  ])
  const { count, bytes } = runs[0][0]
  console.log(`${count} files, ${figure(bytes / 1024)} KB of TypeScript; CPU, µs a file\n`)
  console.log(
    markdownTable(['', 'first pass', 'typescript by it', 'warm', 'typescript by it'], rows),
  )
  const goals = /** @type {const} */ (['memory', 'directory']).map((one) => {
    const times = Math.round(ratios('warm', ways.indexOf(one)))
    return `${titles[one]}: 1/${times} of a transpile, ${times >= goal ? '' : 'not '}the 1/${goal} that is asked`
  })
  console.log(`\n${goals.join('\n')}`)
}

/** @param {keyof typeof passes} name */
async function measure(name) {
  const { directoryCache, memoryCache, withCache } = await importLodger('transpile/cache')
  const files = sources()
  const store = name === 'memory' ? memoryCache() : directoryCache(nodeFs, directory)
  const engine = Object.assign(transpile, { identity: `typescript ${ts.version}` })
  const cached = withCache(engine, store)
  /** @type {Way} */
  let run = (source, filename) => cached(source, filename, { format: 'commonjs' })
  if (name === 'typescript') run = transpile
  else if (name === 'read') run = readInTurn()
  else if (name === 'memory' || readdirSync(directory).length === 0) pass(run, files)
  const first = timed(run, files, 1)
  const warm = timed(run, files, passes[name])
  const bytes = files.reduce((sum, [, source]) => sum + source.length, 0)
  report({ first, warm, bytes, count: files.length })
}

/** @param {Way} run @param {[string, string][]} files @param {number} times @returns {number} microseconds a file */
function timed(run, files, times) {
  const start = now()
  for (let time = 0; time < times; time++) pass(run, files)
  return (since(start).cpu * 1000) / files.length / times
}

/** @returns {Way} */
function readInTurn() {
  const paths = readdirSync(directory).map((entry) => join(directory, entry))
  let next = 0
  return () => readFileSync(/** @type {string} */ (paths[next++ % paths.length]), 'utf8')
}

/** @param {Way} run @param {[string, string][]} files */
function pass(run, files) {
  for (const [filename, source] of files) run(source, filename)
}

/** @param {string} source @param {string} fileName */
function transpile(source, fileName) {
  const { outputText, sourceMapText } = ts.transpileModule(source, {
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      sourceMap: true,
    },
  })
  return { code: outputText, map: sourceMapText }
}
