/**
 * `npm run test:node`: node's own test files, run through lodger.
 * NODE_SRC names a folder with node's `test/` tree, NODE_TESTS the folder of the harness (`run-node-tests.mjs`, `lists/`).
 * Further arguments are names of lists (`class-a.cjs` when there is none); `--write` keeps the table in docs/node-tests.md.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureOracle } from '../../build/ensure.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { NODE_SRC, NODE_TESTS } = process.env
if (!NODE_SRC || !NODE_TESTS) {
  console.error(
    "Set NODE_SRC (node's test tree) and NODE_TESTS (the harness); see CONTRIBUTING.md.",
  )
  process.exit(2)
}
// On node 26.10, as the tests are of its age and use what its engine has.
ensureOracle()
const oracle = join(root, 'test/oracle/node_modules/node/bin/node')
const harness = resolve(NODE_TESTS, 'run-node-tests.mjs')
const given = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const lists = given.length > 0 ? given : ['class-a.cjs']
const folder = mkdtempSync(join(tmpdir(), 'lodger-node-tests-'))
// Also when it is broken off by an error or an exit.
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

/** How reasons begin that were found by running the test with node 26.10 itself. */
const differs = 'differs in 26.10'

/** What is aimed at, in percent. */
const goals = {
  path: 100,
  querystring: 100,
  string_decoder: 100,
  punycode: 100,
  url: 75,
  events: 85,
  util: 60,
  assert: 60,
  buffer: 60,
  stream: 85,
  timers: 85,
  fs: 55,
  diagnostics_channel: 85,
  zlib: 45,
  process: 40,
  async_hooks: 40,
  console: 70,
  readline: 50,
}

const rows = lists.map((list) => {
  const listFile = resolve(NODE_TESTS, 'lists', `${list}.txt`)
  if (!existsSync(listFile)) throw new Error(`There is no list ${listFile}`)
  const json = join(folder, 'result.json')
  spawnSync(
    oracle,
    [
      harness,
      '--adapter',
      join(root, 'test/node/adapter.mjs'),
      '--list',
      listFile,
      '-j',
      '2',
      '--json',
      json,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NODE_TESTS: resolve(NODE_TESTS) },
    },
  )
  const results = Object.entries(JSON.parse(readFileSync(json, 'utf8')))
  const failures = results.filter(([, { exitCode }]) => exitCode !== 0)
  return { list, total: results.length, passed: results.length - failures.length, failures }
})

for (const { list, passed, total } of rows) console.log(`${list}: ${passed}/${total}`)
if (process.argv.includes('--write')) writeFileSync(join(root, 'docs/node-tests.md'), table(rows))

function table(rows) {
  const reasons = JSON.parse(readFileSync(join(root, 'test/node/reasons.json'), 'utf8'))
  const lines = [
    "# node's own tests",
    '',
    "Node 25.8.1's test files, unmodified, each in a fresh loader over a virtual file system, on node 26.10 as the host.",
    '`npm run test:node -- <lists> --write` made this page. A test that skips itself does not count as passed.',
    '',
    'Where 26.10 differs from what a 25.8.1 test asks for, 26.10 is right: those tests fail there too, and are counted apart.',
    '',
    '| list | passed | total | share | differs in 26.10 | goal |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map(({ list, passed, total, failures }) => {
      const goal = goals[list.replace('core-', '')]
      const share = `${Math.floor((100 * passed) / total)} %`
      const differing = failures.filter(([test]) => reasons[test]?.startsWith(differs)).length
      return `| ${list} | ${passed} | ${total} | ${share} | ${differing || ''} | ${goal ? `${goal} %` : ''} |`
    }),
    '',
    '## Not passed',
    '',
    '| list | test | why |',
    '| --- | --- | --- |',
  ]
  for (const { list, failures } of rows) {
    for (const [test, { stderr }] of failures) {
      lines.push(`| ${list} | ${test} | ${reasons[test] ?? firstError(stderr)} |`)
    }
  }
  return `${lines.join('\n')}\n`
}

function firstError(text) {
  const line =
    /^.*(?:Error|ERR_|TIMEOUT).*$/m.exec(text)?.[0] ?? text.trim().split('\n').at(-1) ?? ''
  return line.trim().slice(0, 120).replaceAll('|', '\\|')
}
