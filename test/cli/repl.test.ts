import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lodger, node, tree } from './commands.ts'
import { session, withoutBanner } from './session.ts'
import { atTerminal } from './terminal.ts'

describe('as node 26', () => {
  test.each<[string, string[]]>([
    [
      'values',
      ['1 + 1', "'a'", '[1, {b: 2}]', '{a: 1}', '{a: 1};', 'undefined', '_', '// nothing'],
    ],
    ['objects that are blocks', ['{}', '{ a: 1, b: 2 }', '{ let x = 1; x }', '{} + 1']],
    [
      'several lines',
      ['function f(a) {', 'return a * 2', '}', 'f(', '2)', '[1,', '2]', '`a', 'b`'],
    ],
    ['chains that go on', ['const n = 3; n.', 'toFixed(1)', 'n ===', '3', "'a\\", "b'"]],
    [
      'declarations',
      ['let a = 1; const b = () => a++', 'b()', 'a', 'a = 5; b()', 'a', 'class C {}', 'C'],
    ],
    ['constants', ['const a = 1', 'a = 2', 'const a = 3', 'let a', 'a']],
    [
      'variables',
      ['var a = 1, b', 'var a = 2', 'globalThis.a + a', 'function g() {}', 'globalThis.g === g'],
    ],
    ['patterns', ['const { x, ...rest } = { x: 1, y: 2 }, [z] = [3]', 'x + z', 'rest']],
    ['functions that meet later', ['const o = () => i()', 'const i = () => 7', 'o()']],
    [
      'await',
      ['await 5', 'const v = await Promise.resolve(7)', 'v', '(await 1) + (await 2)', 'v.x.y'],
    ],
    [
      'await in loops',
      ['for await (const x of [1, 2]) console.log(x)', "if (await 1) 'seen'", '0'],
    ],
    ['promises of promises', ['const p = await 1, q = Promise.resolve(2)', 'await q']],
    ['dynamic import', ["(await import('fs')).default === fs", "(await import('./m.mjs')).x"]],
    [
      'errors',
      [
        "throw new Error('a')",
        '_error.message',
        'nothing',
        'null.x',
        "throw 'text'",
        'throw { a: 1 }',
      ],
    ],
    [
      'stacks',
      ["function f() { throw new TypeError('x') }", 'f()', 'const g = () => f()', '  g()'],
    ],
    ['errors with members', ["throw Object.assign(new RangeError('r'), { code: 'C' })"]],
    [
      'what is no JavaScript',
      ['foo bar', ')', "'open", 'let a = 1; let a = 2', 'a', 'return 1', '/x'],
    ],
    ['a failed declaration', ['let a = nothing', 'a']],
    [
      'surroundings',
      ['this === globalThis', 'typeof require', 'typeof exports', 'typeof __filename', 'module.id'],
    ],
    [
      'builtins',
      [
        'path.sep',
        'fs === require("fs")',
        'Object.keys(globalThis).includes("fs")',
        'fs = 1',
        'fs',
      ],
    ],
    [
      'require',
      [
        "require('./one')",
        "require('./one') === module.children[0].exports",
        "require('./none').x",
      ],
    ],
    ['commands', ['1', '.nope', 'let x = {', '.break', '.help', '2', '.exit']],
  ])('%s', async (_, lines) => {
    const cwd = tree({ 'one.js': 'exports.one = 1', 'm.mjs': 'export const x = 1' })
    const ours = await lodger(['repl'], { cwd, typed: lines })
    const theirs = await node(['-i'], { cwd, typed: lines })
    expect(withoutBanner(ours.stdout)).toBe(withoutForeignFrames(withoutBanner(theirs.stdout)))
    expect({ code: ours.code, stderr: ours.stderr }).toEqual({ code: 0, stderr: '' })
  })

  test('exit codes', async () => {
    for (const line of ['process.exit(3)', 'process.exitCode = 4', "throw new Error('x')", '1']) {
      const input = `${line}\n`
      const { code } = await lodger(['repl'], { cwd: '/', input })
      expect([line, code]).toEqual([line, (await node(['-i'], { cwd: '/', input })).code])
    }
  })
})

function withoutForeignFrames(text: string): string {
  return text.replace(/\n +at .*?node:.*?( \{)?$/gm, '$1')
}

test('require.cache shows modules as they were loaded', async () => {
  const cwd = tree({
    'a.js': "exports.b = require('./b')",
    'b.js': 'module.exports = [1]',
  })
  const { output } = await session(
    ["require('./a')", 'require.cache', 'module.children[0].loaded'],
    {
      cwd,
    },
  )
  expect(output).toContain(
    `> [Object: null prototype] {\n  '${cwd}/a.js': {\n    id: '${cwd}/a.js',`,
  )
  expect(output).toContain(
    `    exports: { b: [Array] },\n    filename: '${cwd}/a.js',\n    loaded: true,`,
  )
  expect(output).toContain(`  '${cwd}/b.js': {`)
  expect(output).toMatch(/> true\n> $/)
})

describe('import statements', () => {
  const files = {
    'count.mjs': 'export let n = 0; export const up = () => ++n; export default class Counter {}',
    'data.json': '{ "a": 1 }',
  }

  test('of a source bind the compiled module', async () => {
    const cwd = tree({ 'a.wasm': '\0asm\x01\0\0\0' })
    const lines = [
      "import source plain from './a.wasm'",
      "plain instanceof WebAssembly.Module && plain === (await import.source('./a.wasm'))",
      "import source wrong from 'node:fs'",
      "import defer * as later from './a.wasm'",
    ]
    const { output } = await session(lines, { cwd })
    expect(output).toMatch(/^> undefined\n> true\n/)
    expect(output).toContain("Source phase import object is not defined for module 'node:fs'")
    expect(output).toContain('Cannot use import statement')
  })

  test('bind what node suggests to import dynamically', async () => {
    const cwd = tree(files)
    const lines = [
      "import Counter, { n, up as increment } from './count.mjs'",
      'increment(); n',
      "import * as all from './count.mjs'; all.default === Counter",
      "import data from './data.json' with { type: 'json' }",
      'data',
      'n = 5',
      "import { n } from './count.mjs'",
      "import './count.mjs'",
      "import { none } from './count.mjs'",
      "import none from './none.mjs'",
      'typeof none',
    ]
    const { output } = await session(lines, { cwd })
    expect(output.split('\n> ')).toEqual([
      '> undefined',
      '1',
      'true',
      'undefined',
      '{ a: 1 }',
      'Uncaught TypeError: Assignment to constant variable.',
      "Uncaught SyntaxError: Identifier 'n' has already been declared",
      'undefined',
      "Uncaught:\nSyntaxError: The requested module './count.mjs' does not provide an export named 'none'",
      expect.stringMatching(/^Uncaught:\nError \[ERR_MODULE_NOT_FOUND\]: Cannot find module/),
      "'undefined'",
      '',
    ])
  })
})

describe('a session goes on', () => {
  test('after errors of callbacks, promises and ticks', async () => {
    const lines = [
      "setImmediate(() => { throw new Error('late') }); 0",
      'await new Promise((resolve) => setTimeout(resolve, 5))',
      "void Promise.reject(new Error('rejected'))",
      "process.nextTick(() => { throw new Error('tick') })",
      'throw null',
      "({ [util.inspect.custom]() { throw new Error('shown') } })",
      'throw { [util.inspect.custom]() { throw 1 } }',
      "'still here'",
    ]
    const { output, code } = await session(lines)
    for (const part of ['Error: late', 'Error: rejected', 'Error: tick', 'null', 'Error: shown']) {
      expect(output).toContain(`Uncaught ${part}\n`)
    }
    expect(output).toMatch(/> 'still here'\n> $/)
    expect(output).not.toMatch(/at .*(?:lodger|node:)/)
    expect(code).toBe(0)
  })

  test('and hands them to handlers, if there are any', async () => {
    const lines = [
      "process.on('uncaughtException', (error) => console.log('handled', error.message)); 0",
      "process.on('unhandledRejection', (error) => console.log('rejected', error.message)); 0",
      "throw new Error('a')",
      "void Promise.reject(new Error('b'))",
      "process.on('exit', (code) => console.log('exit', code)); 0",
      '(await 1); process.exit(7)',
      'never',
    ]
    const { output, code } = await session(lines)
    expect(output).toContain('handled a\n')
    expect(output).toContain('rejected b\n')
    expect(output).toMatch(/exit 7\n$/)
    expect(code).toBe(7)
  })

  test('line by line, also where one waits', async () => {
    const lines = [
      "await new Promise((resolve) => setTimeout(resolve, 20)); 'first'",
      "'second'",
      "await new Promise((resolve) => setTimeout(resolve, 20)); 'last'",
    ]
    const { output } = await session(lines)
    expect(output).toBe("> 'first'\n> 'second'\n> 'last'\n> ")
  })
})

test('stacks have the lines of the prompt, and columns as typed', async () => {
  const lines = [
    "class A { m() { throw new Error('deep') } }",
    'let caught; try { new A().m() } catch (error) { caught = error }; [caught]',
    'const late = async () => { await 0; throw new Error("async") }; await late()',
  ]
  const { output } = await session(lines)
  expect(output).toContain(
    '> [\n  Error: deep\n      at A.m (REPL1:1:23)\n      at REPL2:1:27\n]\n',
  )
  expect(output).toContain('Uncaught Error: async\n    at late (REPL3:1:43)\n')
})

describe('files', () => {
  test('stay as they are', async () => {
    const cwd = tree({})
    const lines = ["fs.writeFileSync('new', 'text'); fs.readFileSync('new', 'utf8')"]
    expect((await session(lines, { cwd })).output).toBe("> 'text'\n> ")
    expect(existsSync(join(cwd, 'new'))).toBe(false)
  })

  test('change with --write', async () => {
    const cwd = tree({})
    await session(["fs.writeFileSync('new', 'text')"], { cwd, args: ['--write'] })
    expect(readFileSync(join(cwd, 'new'), 'utf8')).toBe('text')
  })

  test('are loaded and saved by commands', async () => {
    const cwd = tree({ 'lines.ts': 'const n: number = 4\nfunction twice() {\n  return n * 2\n}\n' })
    const lines = ['.load lines.ts', 'twice()', '.save saved.js']
    const { output } = await session(lines, { cwd })
    expect(output).toContain('> 8\n')
    expect(readFileSync(join(cwd, 'saved.js'), 'utf8')).toContain('twice()')
  })

  test('run before it by --require', async () => {
    const cwd = tree({ 'before.js': "globalThis.before = 'ran'" })
    const args = ['--require', './before.js', '--conditions', 'x']
    const { output } = await session(['before', 'process.execArgv.length'], { cwd, args })
    expect(output).toBe("> 'ran'\n> 4\n> ")
    const { stderr, code } = await session([], { cwd, args: ['--require', './none.js'] })
    expect(stderr).toContain("Cannot find module './none.js'")
    expect(code).toBe(1)
  })
})

describe('at a terminal', () => {
  const prompt = '> '

  test('names are completed, also those just declared', async () => {
    const { text, code } = await atTerminal(['repl'], { cwd: tree({}) }, [
      [prompt, 'const abacus = { beads: 5 }\r'],
      ['undefined', 'abac'],
      ['abac', '\t'],
      ['us', '.bea'],
      ['.bea', '\t'],
      ['ds', '\r'],
      ['\n5\r\n', '\x04'],
    ])
    expect(text).toContain('> abacus.beads\n5\n')
    expect(code).toBe(0)
  })

  test('Ctrl-C ends a line, a loop, a wait, and at last the session', async () => {
    const { text, code } = await atTerminal(['repl'], { cwd: tree({}) }, [
      [prompt, 'half'],
      ['half', '\x03'],
      // It mostly comes within a write.
      [prompt, "for (;;) console.log('run' + 'ning')\r"],
      ['running', '\x03'],
      ['SIGINT', ''],
      // By then the line waits.
      [prompt, "setTimeout(() => console.log('wait' + 'ing')); await new Promise(() => {})\r"],
      ['waiting', '\x03'],
      [prompt, "'alive' + '!'\r"],
      ["'alive!'", '\x03'],
      ['again', '\x03'],
    ])
    expect(text).toContain('Uncaught Error: Script execution was interrupted by `SIGINT`')
    expect(text).toContain('Uncaught Error: Asynchronous execution was interrupted by `SIGINT`')
    expect(code).toBe(0)
  })

  test('lines are remembered', async () => {
    const cwd = tree({})
    const history = join(cwd, 'history')
    const env = { LODGER_REPL_HISTORY: history }
    await atTerminal(['repl'], { cwd, env }, [
      [prompt, "'one' + 1\r"],
      ["'one1'", '\x04'],
    ])
    expect(readFileSync(history, 'utf8')).toBe("'one' + 1")
    const { text } = await atTerminal(['repl'], { cwd, env }, [
      [prompt, '\x1b[A'],
      ["'one' + 1", '\r'],
      ["'one1'", '\x04'],
    ])
    expect(text).toContain("\n'one1'\n")
  })

  test('by default at home, and nowhere where that is asked for', async () => {
    const cwd = tree({})
    const steps = [
      [prompt, '1 + 1\r'],
      ['\n2\r\n', '\x04'],
    ] as const
    await atTerminal(['repl'], { cwd, env: { LODGER_REPL_HISTORY: '' } }, steps)
    expect(existsSync(join(cwd, '.lodger_repl_history'))).toBe(false)
    await atTerminal(['repl'], { cwd }, steps)
    expect(readFileSync(join(cwd, '.lodger_repl_history'), 'utf8')).toBe('1 + 1')
  })
})
