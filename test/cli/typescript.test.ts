/** `lodger run app.ts`. */
import { describe, expect, test } from 'vitest'
import { lodger, tree } from './commands.ts'
import { atTerminal } from './terminal.ts'

const files = {
  'package.json': '{"type":"module"}',
  'app.ts': `import { area } from './square'
    enum Side { three = 3 }
    console.log(area(Side.three), process.argv.slice(2), process.features.typescript)`,
  'square.tsx': 'export const area = (side: number): number => side ** 2',
  'strip.ts': 'const a: number = 1; console.log(a, process.features.typescript)',
  'plain.cts': 'console.log(typeof require, process.features.typescript)',
  'bad.ts': 'const a = 1\nconst b: = 2\nconst c = 3',
}

const run = (words: readonly string[], env = {}) => {
  const cwd = tree(files)
  return lodger(['run', ...words], { cwd, env: { XDG_CACHE_HOME: `${cwd}/cache`, ...env } })
}

describe('lodger run', () => {
  test.each([[], ['--transpile=typescript'], ['--transpile=fast']])(
    'app.ts %j',
    async (...flags) => {
      expect(await run([...flags, 'app.ts', 'x'])).toMatchObject({
        stdout: "9 [ 'x' ] transform\n",
        stderr: '',
        code: 0,
      })
    },
  )

  test('a terminal hears of it when transpiling takes more than a second, once; the next run is quiet', async () => {
    const cwd = tree(files)
    // A clock of which each look takes most of a second.
    const clock = 'let now = 0; performance.now = () => (now += 700)'
    const env = {
      XDG_CACHE_HOME: `${cwd}/cache`,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(clock)}`,
    }
    const show = async () => (await atTerminal(['run', 'app.ts'], { cwd, env }, [])).text
    expect(await show()).toMatch(
      /lodger: 'typescript' has taken \d\.\d s for \d files? so far; the next run has them at once, and --transpile=fast takes less\r?\n9 \[\]/,
    )
    expect(await show()).not.toContain('lodger:')
  })

  test('the prompt loads such files, too', async () => {
    const cwd = tree(files)
    const env = { XDG_CACHE_HOME: `${cwd}/cache`, LODGER_REPL_HISTORY: '' }
    const input = "(await import('./square.tsx')).area(5)\n"
    expect((await lodger(['repl', '--transpile=fast'], { cwd, env, input })).stdout).toContain('25')
  })

  test('--transpile=node does what node does', async () => {
    expect(await run(['--transpile=node', 'strip.ts'])).toMatchObject({
      stdout: '1 strip\n',
      code: 0,
    })
    const { stderr, code } = await run(['--transpile=node', 'app.ts'])
    expect(stderr).toContain('ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX')
    expect(code).toBe(1)
  })

  test('--transpile=false does nothing', async () => {
    expect(await run(['--transpile=false', 'plain.cts'])).toMatchObject({
      stdout: 'function false\n',
      code: 0,
    })
    expect((await run(['--transpile=false', 'app.ts'])).stderr).toContain(
      'ERR_UNKNOWN_FILE_EXTENSION',
    )
  })

  test('a file that cannot be transpiled is an error that shows the place', async () => {
    const { stderr, code } = await run(['bad.ts'])
    expect(stderr).toContain(
      '/bad.ts:2:10: Type expected.\n\n  1 | const a = 1\n> 2 | const b: = 2\n    |          ^\n  3 | const c = 3',
    )
    expect(code).toBe(1)
  })

  test.each(['--transpile', '--transpile=', '--transpile=swc'])('%s is refused', async (word) => {
    const { stderr, code } = await run([word, 'app.ts'])
    expect(stderr).toContain(`'${word}' must be --transpile=typescript|fast|node|false`)
    expect(code).toBe(2)
  })
})
