import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { lodger, tree } from './commands.ts'

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string }

test.each([['--version'], ['-v']])('%s prints the version', async (flag) => {
  const { stdout, stderr, code } = await lodger([flag], { cwd: '/' })
  expect({ stdout, stderr, code }).toEqual({ stdout: `${version}\n`, stderr: '', code: 0 })
})

test.each([
  [['--help'], 'lodger explain <specifier>'],
  [['-h'], 'lodger run [options] <file>'],
  [['help'], 'Exit codes:'],
  [['run', '--help'], '--write'],
  [['run', '-h', 'main.js'], '--write'],
  [['repl', '--help'], 'LODGER_REPL_HISTORY'],
  [['explain', '--help'], '--from <path>'],
  [['explain', 'x', '-h'], '--json'],
])('%j prints help', async (args, part) => {
  const { stdout, stderr, code } = await lodger(args, { cwd: '/' })
  expect(stdout).toContain(part)
  expect(stdout.split('\n').every((line) => line.length <= 100)).toBe(true)
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
})

/** Each names the thing that was wrong, and what to do. */
test.each([
  [[], 'lodger: no command given'],
  [['bogus'], "lodger: there is no command 'bogus', only run, repl and explain"],
  [['main.js'], 'To run a file: lodger run main.js'],
  [['toString'], "there is no command 'toString'"],
  [['--bogus'], "lodger: there is no option '--bogus' before a command"],
  [['run'], 'lodger run: no file given: lodger run <file>'],
  [['run', '--write'], 'no file given'],
  [['run', ''], 'no file given'],
  [['run', '-'], 'a program is not read from standard input'],
  [['run', '--bogus', 'main.js'], "'--bogus'"],
  [['run', '--wirte', 'main.js'], "'--wirte'"],
  [['run', '-e', '1'], 'put the code into a file'],
  [['run', '--conditions'], '--conditions needs a value'],
  [['repl', 'main.js'], 'lodger repl: it takes no file: lodger run main.js'],
  [['repl', '--bogus'], 'only --write, --transpile and flags of node'],
  [['repl', '-e', '1'], 'type the code at the prompt'],
  [['explain'], 'lodger explain: no specifier given'],
  [['explain', ''], 'no specifier given'],
  [['explain', 'a', 'b'], "one specifier at a time, and here is 'b' too"],
  [['explain', 'a', '--bogus'], "Unknown option '--bogus'"],
  [['explain', 'a', '--from'], "'--from <value>' argument missing"],
  [['explain', 'a', '--from', '/no/such'], "'/no/such', where there is no file or directory"],
])('%j is refused', async (args, part) => {
  const { stdout, stderr, code } = await lodger(args, { cwd: '/' })
  expect(stderr).toContain(part)
  expect(stderr).toMatch(/\nSee `lodger.* --help`\.\n$/)
  expect(stderr).not.toContain('    at ')
  expect({ stdout, code }).toEqual({ stdout: '', code: 2 })
})

test('a working directory that is gone', () => {
  const cwd = tree({})
  const bin = fileURLToPath(new URL('../../dist/cli/lodger.js', import.meta.url))
  const command = 'mkdir gone; cd gone; rmdir ../gone; exec "$0" "$@"'
  const { stderr, status } = spawnSync('sh', ['-c', command, process.execPath, bin, 'run', 'x'], {
    cwd,
    encoding: 'utf8',
  })
  expect(stderr).toBe(
    'lodger run: the working directory is gone: change to one that exists\nSee `lodger run --help`.\n',
  )
  expect(status).toBe(2)
})
