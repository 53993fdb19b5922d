/** `lodger run` beside `node`: the same program, started by both, prints and ends alike. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Case, endsAsWithNode } from './cases.ts'
import { comparable, type Ending, lodger, node, type Start, tree } from './commands.ts'

const main = (text: string) => ({ 'main.js': text })

/** Programs of which everything must be equal: both streams and the exit code. */
const cases: readonly Case[] = [
  {
    name: 'arguments, environment, directory',
    files: main(
      "console.log(process.argv.slice(1), process.execArgv, process.cwd(), process.env.WHO, process.env.PATH.length > 0, require.main === module, __filename, __dirname); console.error('to stderr')",
    ),
    words: ['main.js', '--flag', 'a b', '--', '-x'],
    start: { env: { WHO: 'me' } },
    code: 0,
    shows: "'--flag'",
  },
  {
    name: 'a main without its extension',
    files: main('console.log(process.argv[1].split("/").pop(), require.main.filename)'),
    words: ['./main'],
    code: 0,
    shows: 'main.js',
  },
  {
    name: 'a directory as main',
    files: {
      'app/package.json': '{"main":"lib"}',
      'app/lib/index.js': 'console.log(__filename)',
    },
    words: ['app'],
    code: 0,
    shows: 'lib/index.js',
  },
  {
    name: 'flags of the loader',
    files: {
      'main.js': "console.log(require('pkg'), global.preloaded)",
      'preload.js': 'global.preloaded = true',
      'node_modules/pkg/package.json': '{"exports":{"zoo":"./zoo.js","default":"./plain.js"}}',
      'node_modules/pkg/zoo.js': "module.exports = 'zoo'",
      'node_modules/pkg/plain.js': "module.exports = 'plain'",
    },
    flags: ['--conditions=zoo', '-r', './preload.js'],
    code: 0,
    shows: 'zoo true',
  },
  {
    name: 'ticks before promises before timers before immediates',
    files: main(
      "setImmediate(() => console.log('immediate')); setTimeout(() => console.log('timer'), 0); Promise.resolve().then(() => console.log('promise')); process.nextTick(() => console.log('tick')); console.log('main'); const end = Date.now() + 5; while (Date.now() < end);",
    ),
    code: 0,
    shows: 'main\ntick\npromise\ntimer\nimmediate\n',
  },
  {
    name: 'children: what they print, read and end with, and that they are waited for',
    files: {
      'main.js': `
        const { fork, spawn, execSync } = require('child_process')
        process.on('exit', (code) => console.log('main ends with', code))
        console.log(execSync('node -p 1+1', { encoding: 'utf8' }))
        const child = fork('./child.js', ['a'])
        child.on('message', (message) => console.log('told', message))
        child.on('exit', (...how) => {
          console.log('child', how)
          spawn(process.execPath, ['reader.js'], { stdio: 'inherit' }).on('close', (...how) => { console.log('reader', how); process.exitCode = 4 })
        })`,
      'child.js':
        'process.send(process.argv.slice(2)); setTimeout(() => Promise.resolve().then(() => process.exit(6)), 20)',
      'reader.js':
        '(async () => { for await (const chunk of process.stdin) process.stdout.write(String(chunk).toUpperCase()) })()',
    },
    start: { input: 'some words\n' },
    code: 4,
    shows: 'SOME WORDS',
  },
  {
    name: 'the rejection of a child ends the child alone',
    files: main(
      "const child = require('child_process').spawn('node', ['-e', '(async () => { await 1; throw new Error(\"unseen\") })()']); let said = ''; child.stderr.on('data', (text) => { said += text }); child.on('close', (...how) => console.log(how, /Error: unseen/.test(said)))",
    ),
    code: 0,
    shows: '[ 1, null ] true',
  },
  {
    name: 'process.exit in main, which no catch can swallow',
    files: main("try { process.exit(3) } catch {} console.log('not reached')"),
    code: 3,
    shows: '',
  },
  {
    name: 'process.exit in a timer, a tick, a promise',
    files: main(
      "process.on('exit', (code) => console.log('exit', code)); setTimeout(() => console.log('not reached'), 100); Promise.resolve().then(() => process.exit(5))",
    ),
    code: 5,
    shows: 'exit 5\n',
  },
  {
    name: 'exitCode, beforeExit that makes work, exit',
    files: main(
      "let again = true; process.on('beforeExit', (code) => { console.log('before', code); if (again) setTimeout(() => console.log('work'), 1); again = false }); process.on('exit', (code) => { console.log('exit', code); process.exitCode = 9 }); process.exitCode = 4",
    ),
    code: 9,
    shows: 'before 4\nwork\nbefore 4\nexit 4\n',
  },
  {
    name: 'an error: place, stack, members',
    files: main(
      "function fail() {\n\tthrow Object.assign(new TypeError('wrong'), { code: 'E_WRONG', list: [1, 2] })\n}\nfail()",
    ),
    code: 1,
    shows: 'TypeError: wrong\n    at fail (<dir>/main.js:2:22)',
  },
  {
    name: 'an error with a cause',
    files: main("throw new Error('outer', { cause: new RangeError('inner') })"),
    code: 1,
    shows: '[cause]: RangeError: inner',
  },
  {
    name: 'errors in an AggregateError',
    files: main("throw new AggregateError([new Error('a'), new Error('b')], 'both')"),
    code: 1,
    shows: '[errors]',
  },
  {
    name: "an engine's error in another file",
    files: { 'main.js': "require('./lib')", 'lib.js': 'exports.a = 1\nnull.b' },
    code: 1,
    shows: '<dir>/lib.js:2\nnull.b\n     ^',
  },
  {
    name: 'a class of errors',
    files: main("class Lost extends Error {}\nthrow new Lost('where')"),
    code: 1,
    shows: 'Lost [Error]: where',
  },
  {
    name: 'an error in a tick',
    files: main("process.nextTick(() => {\n  throw new Error('tick')\n})"),
    code: 1,
    shows: 'Error: tick\n    at <dir>/main.js:2:9',
  },
  {
    name: 'a rejection',
    files: main("(async () => {\n  await 1\n  throw new Error('late')\n})()"),
    code: 1,
    shows: "<dir>/main.js:3\n  throw new Error('late')\n        ^",
  },
  {
    name: 'listeners for what is not caught',
    files: main(
      "process.on('uncaughtException', (error, origin) => console.log(error.message, origin)); process.on('unhandledRejection', (reason) => console.log('rejected', reason)); Promise.reject('r'); setTimeout(() => console.log('still here'), 60); setTimeout(() => { throw new Error('timer') }, 1); throw new Error('main')",
    ),
    code: 0,
    shows: 'main uncaughtException\nrejected r\ntimer uncaughtException\nstill here\n',
  },
  {
    name: 'a listener that throws itself',
    files: main(
      "process.on('uncaughtException', () => {\n  throw new Error('again')\n})\nthrow new Error('first')",
    ),
    code: 7,
    shows: 'Error: again',
  },
  {
    name: "an error in a listener of 'exit'",
    files: main("process.on('exit', () => {\n  throw new Error('at the end')\n})"),
    code: 1,
    shows: 'Error: at the end',
  },
  {
    name: "an exit code from a listener of 'exit' after an error",
    files: main(
      "process.on('exit', (code) => { console.log(code); process.exitCode = 42 })\nthrow new Error('x')",
    ),
    code: 42,
    shows: '1\n',
  },
  {
    name: 'standard input',
    files: main(
      "let text = ''; process.stdin.setEncoding('utf8').on('data', (chunk) => { text += chunk }).on('end', () => console.log(text.toUpperCase()))",
    ),
    start: { input: 'grüße\nzwei' },
    code: 0,
    shows: 'GRÜSSE\nZWEI\n',
  },
  {
    name: 'half a line, and bytes, on standard output',
    files: main(
      "process.stdout.write('half'); process.stdout.write(Buffer.from([0xc3])); process.stdout.write(Buffer.from([0xbc]))",
    ),
    code: 0,
    shows: 'halfü',
  },
  {
    name: 'a hundred thousand lines',
    files: main("for (let i = 0; i < 1e5; i++) console.log('line', i)"),
    code: 0,
    shows: 'line 99999\n',
  },
]

endsAsWithNode('a program ends as with node', cases)

describe('a program ends as with node', () => {
  test.each([
    ['SyntaxError', { 'main.js': "require('./lib')", 'lib.js': 'const fine = 1\n\tlet x = ;' }],
    ['module that is missing', main("require('missing')")],
    ['main that is missing', {}],
  ])('after a %s', async (_, files) => {
    const cwd = tree(files)
    const [ours, theirs] = await Promise.all([
      lodger(['run', 'main.js'], { cwd }),
      node(['main.js'], { cwd }),
    ])
    // Their place is inside node, and their frames are not ours: message, members and code are what counts.
    const message = (text: string) =>
      comparable(text)
        .split('\n')
        .filter((line) => !/^ +at |^node:|^ +(throw err;|\^)$/.test(line))
        .join('\n')
        .trim()
    expect(message(ours.stderr)).toContain(message(theirs.stderr))
    expect([ours.code, theirs.code]).toEqual([1, 1])
  })

  test('a SyntaxError shows its line, without what the loader puts before it', async () => {
    const cwd = tree(main('let x = ;'))
    const { stderr } = await lodger(['run', 'main.js'], { cwd })
    expect(stderr).toContain(`${cwd}/main.js:1\nlet x = ;\n        ^\n\nSyntaxError: `)
  })

  test('a rejected value that is no error', async () => {
    const cwd = tree(main("Promise.reject('why')"))
    const ours = await lodger(['run', 'main.js'], { cwd })
    const theirs = await node(['main.js'], { cwd })
    const [line = ''] = /^UnhandledPromiseRejection: .*$/m.exec(theirs.stderr) ?? []
    expect(ours.stderr).toContain(line.replace(/ \{$/, ''))
    expect(ours.stderr).toContain("code: 'ERR_UNHANDLED_REJECTION'")
    expect(ours.code).toBe(1)
  })

  test('an error without a stack', async () => {
    const cwd = tree(main("const error = new Error('x')\nerror.stack = undefined\nthrow error"))
    const { code, stderr } = await lodger(['run', 'main.js'], { cwd })
    expect(stderr).toMatch(/^\[Error: x\]\n\nlodger \d/)
    expect(code).toBe(1)
  })

  test('a thrown value that is no error', async () => {
    const cwd = tree(main("throw { room: 'full' }"))
    const { code, stderr } = await lodger(['run', 'main.js'], { cwd })
    expect(stderr).toMatch(/^Uncaught:\n\{ room: 'full' \}\n\nlodger \d/)
    expect(code).toBe(1)
  })

  test('a signal goes to its listeners, and ends a program that has none', async () => {
    const cwd = tree({
      'listens.js':
        "process.once('SIGTERM', (...args) => { console.log('got', ...args); clearInterval(wait) }); const wait = setInterval(() => {}, 1000); console.log('ready')",
      'waits.js': "setInterval(() => {}, 1000); console.log('ready')",
    })
    const stop: NonNullable<Start['onOutput']> = (text, kill) => {
      if (text === 'ready\n') kill('SIGTERM')
    }
    expect(await lodger(['run', 'listens.js'], { cwd, onOutput: stop })).toMatchObject({
      code: 0,
      stdout: 'ready\ngot SIGTERM 15\n',
    })
    expect(await lodger(['run', 'waits.js'], { cwd, onOutput: stop })).toMatchObject({
      code: null,
      signal: 'SIGTERM',
    })
  })
})

test('bytes that are no text are printed as they are', () => {
  const cwd = tree(
    main(
      "const bytes = Buffer.from([0, 255, 128]); process.stdout.write(bytes); bytes.fill(1); require('fs').writeSync(1, Buffer.from([254]))",
    ),
  )
  const bin = fileURLToPath(new URL('../../dist/cli/lodger.js', import.meta.url))
  const output = execFileSync(process.execPath, [bin, 'run', 'main.js'], { cwd })
  expect([...output]).toEqual([0, 255, 128, 254])
})

describe('the disk', () => {
  const files = {
    'main.js':
      "const fs = require('fs'); fs.writeFileSync('new.js', 'module.exports = 1'); fs.mkdirSync('sub/deep', { recursive: true }); fs.unlinkSync('old.txt'); fs.writeFileSync('kept.txt', 'changed'); console.log(require('./new.js'), fs.readFileSync('kept.txt', 'utf8'), fs.existsSync('old.txt'), fs.readdirSync('.').join())",
    'old.txt': 'old',
    'kept.txt': 'kept',
  }
  const seen = '1 changed false kept.txt,main.js,new.js,sub\n'

  test('is read, and what the program writes stays in memory', async () => {
    const cwd = tree(files)
    const { stdout, stderr, code } = await lodger(['run', 'main.js'], { cwd })
    expect({ stdout, stderr, code }).toEqual({ stdout: seen, stderr: '', code: 0 })
    expect(existsSync(join(cwd, 'new.js'))).toBe(false)
    expect(existsSync(join(cwd, 'sub'))).toBe(false)
    expect(readFileSync(join(cwd, 'old.txt'), 'utf8')).toBe('old')
    expect(readFileSync(join(cwd, 'kept.txt'), 'utf8')).toBe('kept')
  })

  test('is written to with --write', async () => {
    const cwd = tree(files)
    const { stdout, stderr, code } = await lodger(['run', '--write', 'main.js'], { cwd })
    expect({ stdout, stderr, code }).toEqual({ stdout: seen, stderr: '', code: 0 })
    expect(readFileSync(join(cwd, 'new.js'), 'utf8')).toBe('module.exports = 1')
    expect(existsSync(join(cwd, 'sub/deep'))).toBe(true)
    expect(existsSync(join(cwd, 'old.txt'))).toBe(false)
    expect(readFileSync(join(cwd, 'kept.txt'), 'utf8')).toBe('changed')
  })
})

test('the time that modules take is told as by node, and trace events are on disk with --write', async () => {
  const cwd = tree({
    'main.js': "require('url'); require('./dep'); process.on('exit', () => require('os'))",
    'dep.js': '',
  })
  const flags = ['--trace-event-file-pattern=trace.json', '--trace-event-categories', 'node']
  const start = { cwd, env: { NODE_DEBUG: 'module_timer' } }
  const seen = ({ stdout, stderr, code }: Ending) => {
    const { traceEvents } = JSON.parse(readFileSync(join(cwd, 'trace.json'), 'utf8'))
    const times = traceEvents.filter(({ cat }: { cat: string }) => cat.endsWith('module_timer'))
    return {
      stdout,
      code,
      stderr: stderr.replaceAll(/ \d+ (.*: )[\d.]+ms$/gm, ' $1'),
      times: times.map(({ ph, name }: { ph: string; name: string }) => [ph, name]),
    }
  }
  const theirs = seen(await node([...flags, 'main.js'], start))
  expect(seen(await lodger(['run', '--write', ...flags, 'main.js'], start))).toEqual(theirs)
  expect(theirs.stderr).toContain(`MODULE_TIMER [] [${cwd}/main.js]: `)
  expect(theirs.times).toHaveLength(8)
})
