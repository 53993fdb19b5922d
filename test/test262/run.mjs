/**
 * `npm run test:262`: ECMAScript's own tests of modules, run by node 26.10 and by lodger on it; a test counts where node passes.
 * TEST262 names a checkout of https://github.com/tc39/test262. Further arguments choose tests by parts of their paths.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensureOracle } from '../../build/ensure.mjs'

const folders = [
  'expressions/dynamic-import',
  'expressions/import.meta',
  'export',
  'import',
  'module-code',
]

const root = fileURLToPath(new URL('../..', import.meta.url))
const { TEST262 } = process.env
if (!TEST262) {
  console.error('Set TEST262 to a checkout of https://github.com/tc39/test262.')
  process.exit(2)
}
ensureOracle()
const node = join(root, 'test/oracle/node_modules/node/bin/node')
const contenders = { node: [], lodger: [join(root, 'dist/cli/lodger.js'), 'run'] }

const work = mkdtempSync(join(tmpdir(), 'lodger-test262-'))
process.once('exit', () => rmSync(work, { recursive: true, force: true }))
const print = join(work, 'print.cjs')

/**
 * @typedef {object} Test
 * @property {string} file
 * @property {string} program starts it and prints its verdict
 * @property {string} folder
 */

const wanted = process.argv.slice(2)
const tests = prepare().filter(({ file }) => wanted.every((part) => file.includes(part)))
/** @type {Record<string, { node: number, lodger: number }>} */
const counts = Object.fromEntries(folders.map((folder) => [folder, { node: 0, lodger: 0 }]))
let next = 0
await Promise.all([worker(), worker()])
console.table(counts)

async function worker() {
  for (let test = tests[next++]; test !== undefined; test = tests[next++]) {
    const { file, program, folder } = test
    if ((await verdict('node', program)) !== 'passes') continue
    const count = /** @type {{ node: number, lodger: number }} */ (counts[folder])
    count.node++
    const own = await verdict('lodger', program)
    if (own === 'passes') count.lodger++
    else console.log(`${relative(work, file)}: ${own}`)
  }
}

/** @param {keyof typeof contenders} name @param {string} program @returns {Promise<string>} */
function verdict(name, program) {
  const child = spawn(node, [...contenders[name], program], { timeout: 20_000 })
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  return new Promise((done) =>
    child.on('close', () => done(/@@([\s\S]*?)@@/.exec(text)?.[1] ?? 'says nothing')),
  )
}

/** Modules stay files of a package of modules; scripts run as CommonJS, which is as near as node comes to them. */
function prepare() {
  /** @type {Test[]} */
  const found = []
  writeFileSync(join(work, 'package.json'), '{"type":"module"}')
  writeFileSync(
    print,
    'globalThis.print = (text) => globalThis.printed(text); globalThis.$262 = { evalScript: (text) => (0, eval)(text) }',
  )
  for (const folder of folders) {
    cpSync(join(/** @type {string} */ (TEST262), 'test/language', folder), join(work, folder), {
      recursive: true,
    })
    for (const name of readdirSync(join(work, folder), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.js') || name.includes('_FIXTURE')) continue
      found.push(testOf(join(work, folder, name), folder))
    }
  }
  return found
}

/** @param {string} origin @param {string} folder @returns {Test} */
function testOf(origin, folder) {
  const text = readFileSync(origin, 'utf8')
  const [, head = ''] = /\/\*---([\s\S]*?)---\*\//.exec(text) ?? []
  const flags = listOf(head, 'flags')
  let file = origin
  if (!flags.includes('module')) {
    file = origin.replace(/js$/, 'cjs')
    writeFileSync(file, flags.includes('onlyStrict') ? `"use strict";${text}` : text)
  }
  const [, error] = /^negative:[\s\S]*?^\s+type: (\w+)/m.exec(head) ?? []
  const isAsync = flags.includes('async')
  const files = ['assert.js', 'sta.js', ...(isAsync ? ['doneprintHandle.js'] : [])]
  const harness = [print, ...[...files, ...listOf(head, 'includes')].map(harnessFile)]
  const program = `${file}.program.cjs`
  writeFileSync(program, programOf(file, harness, error, isAsync))
  return { file, program, folder }
}

/** As YAML has it, in brackets or line by line. @param {string} head @param {string} name @returns {string[]} */
function listOf(head, name) {
  const pattern = new RegExp(`^${name}:(?:\\s*\\[([^\\]]*)\\]|((?:\\n\\s+- .*)+))`, 'm')
  const [, inline, lines] = pattern.exec(head) ?? []
  return (inline?.split(',') ?? lines?.split(/\n\s+- /) ?? [])
    .map((word) => word.trim())
    .filter(Boolean)
}

/** The harness is scripts, whose declarations are globals. @param {string} name @returns {string} */
function harnessFile(name) {
  const text = readFileSync(join(/** @type {string} */ (TEST262), 'harness', name), 'utf8')
  const declared = /^(?:async )?(?:function\*? |var |const |let |class )([\w$]+)/gm
  const names = new Set([...text.matchAll(declared)].map(([, own]) => own))
  const file = join(work, `harness-${name}.cjs`)
  writeFileSync(file, `${text}\n;Object.assign(globalThis, { ${[...names].join()} })`)
  return file
}

/** @param {string} file @param {string[]} harness @param {string | undefined} error @param {boolean} isAsync */
function programOf(file, harness, error, isAsync) {
  const url = JSON.stringify(pathToFileURL(file).href)
  return `${harness.map((each) => `require(${JSON.stringify(each)})`).join('\n')}
const passes = 'passes'
let done
const printed = new Promise((resolve) => { done = resolve })
globalThis.printed = (text) => done(/AsyncTestComplete/.test(text) ? passes : String(text))
const say = (text) => { process.stdout.write('@@' + text + '@@'); process.exit() }
process.on('uncaughtException', (error) => say('uncaught ' + error?.message))
import(${url}).then(
  () => ${error ? "'no error'" : isAsync ? 'printed' : 'passes'},
  (thrown) => ${error ? `thrown?.name === '${error}' || thrown?.constructor?.name === '${error}' ? passes : ` : ''}'throws ' + thrown?.name + ': ' + thrown?.message,
).then(say)
`
}
