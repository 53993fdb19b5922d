/**
 * `node bench/floor.mjs W5`: the least that a loader in JavaScript can cost. The program's modules run behind a table of finished
 * answers, one function made of each text and nothing else: no resolution, no `Module`, no file system, no globals of a
 * guest's. One row for each way to make a function of a text, beside node itself.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import process from 'node:process'
import { compileFunction, Script } from 'node:vm'
import { now, report, since } from './lib/clock.mjs'
import { ensurePackages } from './lib/ensure.mjs'
import { median } from './lib/statistics.mjs'
import { figure, markdownTable, ratio } from './lib/table.mjs'
import { runScript } from './lib/task.mjs'
import { workloads } from './workloads/table.mjs'
import { prepareTree } from './workloads/tree.mjs'

/** @typedef {(source: string, filename: string) => Function} Make */

const five = ['exports', 'require', 'module', '__filename', '__dirname']
const head = `(function (${five.join(', ')}) { `
const names =
  'Buffer clearImmediate clearInterval clearTimeout console global globalThis process queueMicrotask setImmediate setInterval setTimeout'
const values = names.split(' ').map((name) => Reflect.get(globalThis, name))
// biome-ignore lint/security/noGlobalEval: this is what is measured
const run = globalThis.eval

/** @type {Record<string, Make>} */
const makers = {
  'indirect `eval`': (source) => run(`${head}${source}\n})`),
  'the same, with `sourceURL`': (source, filename) =>
    run(`${head}${source}\n})\n//# sourceURL=${filename}`),
  'in a function with twelve globals': (source, filename) =>
    run(
      `(function (${names.replaceAll(' ', ', ')}) { return ${head}${source}\n}) })\n//# sourceURL=${filename}`,
    )(...values),
  '`vm.compileFunction`': (source, filename) => compileFunction(source, five, { filename }),
  '`vm.Script`': (source, filename) =>
    new Script(`${head}${source}\n})`, { filename }).runInThisContext(),
}

const [, file = '', name = 'W5', way] = process.argv
ensurePackages()
const workload = workloads.find((one) => one.name === name)
if (workload === undefined) throw new Error(`no such workload: ${name}`)
const tree = prepareTree(workload)

if (way === undefined) printTable()
else if (way === 'node') measureNode()
else measure(/** @type {Make} */ (makers[way]))

function printTable() {
  const ways = ['node', ...Object.keys(makers)]
  const runs = ways.map((one) => Array.from({ length: 5 }, () => runScript(file, [name, one])))
  const cpu = runs.map((of) => median(of.map((one) => one.cpu)))
  const wall = runs.map((of) => median(of.map((one) => one.wall)))
  const rows = ways.map((one, index) => [
    one,
    figure(cpu[index]),
    figure(wall[index]),
    ratio(cpu[index] / cpu[0]),
  ])
  console.log(markdownTable([tree.title, 'CPU ms', 'wall ms', 'to node, CPU'], rows))
}

function measureNode() {
  const start = now()
  createRequire(tree.entry)(tree.entry)
  report(since(start))
  process.exit()
}

/** @param {Make} make */
function measure(make) {
  /** @type {{ pairs: [from: string, request: string, filename: string][] }} */
  const { pairs } = JSON.parse(readFileSync(tree.recording, 'utf8'))
  /** @type {Map<string, Map<string, string>>} */
  const answers = new Map()
  for (const [from, request, filename] of pairs) {
    if (!answers.has(from)) answers.set(from, new Map())
    answers.get(from)?.set(request, filename)
  }
  const builtin = createRequire(tree.entry)

  const start = now()
  /** @type {Record<string, string>} */
  const files = JSON.parse(readFileSync(tree.image, 'utf8'))
  /** @type {Record<string, { exports: unknown }>} */
  const cache = Object.create(null)
  /** @param {string} filename */
  const load = (filename) => {
    const known = cache[filename]
    if (known !== undefined) return known.exports
    const module = { exports: {}, id: filename, filename, loaded: false, children: [] }
    cache[filename] = module
    if (filename.endsWith('.json')) module.exports = JSON.parse(files[filename])
    else {
      const known = answers.get(filename)
      const require = (/** @type {string} */ request) => {
        const answer = known?.get(request)
        return answer === undefined ? builtin(request) : load(answer)
      }
      const args = [module.exports, require, module, filename, dirname(filename)]
      make(files[filename], filename).apply(module.exports, args)
    }
    module.loaded = true
    return module.exports
  }
  load(tree.entry)
  report(since(start))
  process.exit()
}
