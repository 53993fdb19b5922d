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

const root = fileURLToPath(new URL('../..', import.meta.url))
const { NODE_SRC, NODE_TESTS } = process.env
if (!NODE_SRC || !NODE_TESTS) {
  console.error(
    "Set NODE_SRC (node's test tree) and NODE_TESTS (the harness); see CONTRIBUTING.md.",
  )
  process.exit(2)
}
const harness = resolve(NODE_TESTS, 'run-node-tests.mjs')
const given = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const lists = given.length > 0 ? given : ['class-a.cjs']
const folder = mkdtempSync(join(tmpdir(), 'lodger-node-tests-'))

const rows = lists.map((list) => {
  const listFile = resolve(NODE_TESTS, 'lists', `${list}.txt`)
  if (!existsSync(listFile)) throw new Error(`There is no list ${listFile}`)
  const json = join(folder, 'result.json')
  spawnSync(
    process.execPath,
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
rmSync(folder, { recursive: true, force: true })

for (const { list, passed, total } of rows) console.log(`${list}: ${passed}/${total}`)
if (process.argv.includes('--write')) writeFileSync(join(root, 'docs/node-tests.md'), table(rows))

function table(rows) {
  const reasons = JSON.parse(readFileSync(join(root, 'test/node/reasons.json'), 'utf8'))
  const lines = [
    "# node's own tests",
    '',
    "Node 25.8.1's test files, unmodified, each in a fresh loader over a virtual file system. `npm run test:node -- --write` made this page.",
    'A test that skips itself does not count as passed.',
    '',
    '| list | passed | total |',
    '| --- | --- | --- |',
    ...rows.map(({ list, passed, total }) => `| ${list} | ${passed} | ${total} |`),
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
