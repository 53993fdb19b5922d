/** Programs that are run, stopped, and what the console shows of them. */
import { beforeEach, describe, expect, test } from 'vitest'
import { usePlayground } from './playground.ts'

const user = usePlayground()

beforeEach(() => user.open())

describe('a run', () => {
  test('of several files and packages, by keyboard alone', async () => {
    await user.run('exit code 0')
    const stdout = await user.output('stdout')
    expect(stdout).toContain('node v26.10.0, lodging 1.4.0\nnext major: 2.0.0\n')
    expect(stdout).toContain('Bill for Grace\n  7 nights at 65: 455\n  with breakfast')
    expect(stdout).toMatch(/after 300 ms$/)
    expect(await user.output('stderr')).toBe('Grace stays for 1 week')
  })

  test('sees node and no browser', async () => {
    await user.write(
      'index.js',
      'console.log(typeof self, typeof window, typeof postMessage, typeof importScripts, typeof process, process.stdout.isTTY)',
    )
    await user.run('exit code 0')
    expect(await user.output('stdout')).toBe('undefined undefined undefined undefined object true')
  })

  test('takes arguments and variables as a shell reads them', async () => {
    await user.write(
      'index.js',
      'console.log(process.argv.slice(1), process.env.ROOM, process.env.NAMES)',
    )
    await user.tabTo('args', 'Shift+Tab')
    await user.type('--city "Porto Alegre" it\\\'s')
    await user.tabTo('env', 'Shift+Tab')
    await user.type("ROOM=12 NAMES='Ada Grace'")
    await user.press('Enter')
    await user.page.locator('#state', { hasText: 'exit code 0' }).waitFor()
    expect(await user.output('stdout')).toBe(
      `[ '/app/index.js', '--city', 'Porto Alegre', "it's" ] 12 Ada Grace`,
    )
    await user.type(' nonsense')
    await user.press('Control+Enter')
    await user.said('Environment variables look like NAME=value, and nonsense does not.')
  })

  test('of another file, chosen in the line that starts with node', async () => {
    await user.page.locator('#main-file').selectOption('lib/bill.js')
    await user.run('exit code 0')
    expect(await user.output('stdout')).toBe('')
  })

  test('reads lines that are typed, until its input ends', async () => {
    await user.write(
      'index.js',
      "process.stdin.on('data', (line) => console.log('read', String(line)))\nprocess.stdin.on('end', () => console.log('over'))",
    )
    await user.run('waits for a line of input')
    await user.page.locator('#input').fill('Ada')
    await user.press('Enter')
    await user.page.locator('.stdout', { hasText: 'read Ada' }).waitFor()
    await user.page.locator('#state', { hasText: 'waits for a line of input' }).waitFor()
    await user.page.getByRole('button', { name: 'End' }).click()
    await user.page.locator('#state', { hasText: 'exit code 0' }).waitFor()
    expect(await user.output('stdout')).toBe('Ada\nread Ada\n\nover')
  })
})

describe('a line of input', () => {
  const programs: [what: string, program: string, stdout: string][] = [
    [
      'an interface, which shows it itself',
      `const lines = require('readline').createInterface(process.stdin, process.stdout)
       lines.question('Name? ', (name) => { console.log('hi ' + name); lines.close() })`,
      'Name? Ada\nhi Ada',
    ],
    [
      'a loop',
      "(async () => { for await (const line of process.stdin) { console.log('read', String(line)); process.exit() } })()",
      'Ada\nread Ada\n',
    ],
    [
      'a listener, while a timer runs',
      "setInterval(() => {}, 5)\nprocess.stdin.once('data', (line) => { console.log('read', String(line)); process.exit() })",
      'Ada\nread Ada\n',
    ],
  ]
  test.each(programs)('is read by %s', async (_, program, stdout) => {
    await user.write('index.js', program)
    await user.run('waits for a line of input')
    await user.page.locator('#input').fill('Ada')
    await user.press('Enter')
    await user.page.locator('#state', { hasText: 'exit code 0' }).waitFor()
    expect(await user.output('stdout')).toBe(stdout)
  })
})

describe('what ends it', () => {
  test('a file that is no JavaScript, with the place that the engine tells', async () => {
    const files: [text: string, head: string][] = [
      [
        'const a = 1\nconst b = = 2\n',
        "/app/lib/bill.js:2\nconst b = = 2\n          ^\n\nSyntaxError: Unexpected token '='",
      ],
      [
        'const c = ;',
        "/app/lib/bill.js:1\nconst c = ;\n          ^\n\nSyntaxError: Unexpected token ';'",
      ],
      [
        '#!/usr/bin/env node\nif (true) {',
        '/app/lib/bill.js:2\nif (true) {\n           ^\n\nSyntaxError: Unexpected token',
      ],
    ]
    await user.row('lib').click()
    for (const [text, head] of files) {
      await user.write('bill.js', text)
      await user.run('exit code 1')
      const stderr = await user.output('stderr')
      expect(stderr.slice(0, head.length)).toBe(head)
      expect(stderr).toMatch(/\n {4}at Object\.<anonymous> \(\/app\/index\.js:\d+:\d+\)\n/)
      expect(stderr).not.toContain('eval')
    }
    await user.write('bill.js', 'const a = 1\nconst b = = 2\n')
    await user.row('index.js').click()
    await user.run('exit code 1')
    await user.page.getByRole('button', { name: '/app/lib/bill.js:2' }).click()
    expect(await user.page.locator('.cm-activeLine').first().textContent()).toBe('const b = = 2')
  })

  test('an unanswered request, and a command that does not exist', async () => {
    for (const ending of ['', '.then((answer) => answer.text())']) {
      await user.write('index.js', `fetch('http://127.0.0.1:1/')${ending}`)
      await user.run('exit code 1')
      expect(await user.output('stderr')).toContain('TypeError: Failed to fetch')
    }
    // What the browser says of the requests.
    user.complaints.length = 0
    await user.write(
      'index.js',
      "require('child_process').exec('nothing', (error) => console.log('called back', error.code))",
    )
    await user.run('exit code 0')
    expect(await user.output('stdout')).toBe('called back 127')
  })

  test('an error that nobody catches, printed as node prints it', async () => {
    await user.write(
      'index.js',
      "console.log('before')\nfunction full() {\n  throw Object.assign(new TypeError('full'), { code: 'E' })\n}\nfull()\n",
    )
    await user.run('exit code 1')
    expect(await user.output('stdout')).toBe('before')
    expect(await user.output('stderr')).toBe(
      [
        '/app/index.js:3',
        "  throw Object.assign(new TypeError('full'), { code: 'E' })",
        '  ^',
        '',
        'TypeError: full',
        '    at full (/app/index.js:3:23)',
        '    at Object.<anonymous> (/app/index.js:5:1) {',
        "  code: 'E'",
        '}',
        '',
        'Node.js v26.10.0',
      ].join('\n'),
    )
  })

  test('anything else that ends a program', async () => {
    const endings: [program: string, exitCode: number, stderr: RegExp][] = [
      ['setTimeout(() => {\n  null.x\n})\n', 1, /TypeError: .*null.*\n +at .*\/app\/index\.js:2:8/],
      [
        '(async () => {\n  throw new Error("late")\n})()\n',
        1,
        /Error: late\n +at .*\/app\/index\.js:2:9/,
      ],
      ['process.on("exit", (code) => console.error("bye", code))\nprocess.exit(3)\n', 3, /^bye 3$/],
      [
        'const f = (n) => (n ? f(n - 1) : console.error(new Error("deep").stack))\nf(30)',
        0,
        /^Error: deep(\n +at f .*){10}$/,
      ],
      ['try {\n  process.exit(4)\n} catch {}\nconsole.log("never")', 4, /^$/],
      ['process.on("exit", (code) => console.error("bye", code))\n', 0, /^bye 0$/],
      [
        '\nconsole.error(new Error("logged"))',
        0,
        /^Error: logged\n +at Object\.<anonymous> \(\/app\/index\.js:2:15\)$/,
      ],
      [
        'process.on("uncaughtException", ({ message }) => console.error(message))\nthrow new Error("seen")',
        0,
        /^seen$/,
      ],
      [
        'process.on("unhandledRejection", (reason) => console.error(reason))\nPromise.reject("no")',
        0,
        /^no$/,
      ],
    ]
    for (const [program, exitCode, stderr] of endings) {
      await user.write('index.js', program)
      await user.run(`exit code ${exitCode}`)
      expect(await user.output('stderr'), program).toMatch(stderr)
      expect(await user.output(), program).not.toMatch(/127\.0\.0\.1|lodger:/)
      expect(await user.output('stdout'), program).toBe('')
    }
  })

  test('Stop, also in an endless loop, and what was written until then is kept', async () => {
    await user.write(
      'index.js',
      "require('fs').writeFileSync('kept.txt', 'yes')\nconsole.log('first')\nconsole.log('second')\nfor (;;);\n",
    )
    await user.press('Control+Enter')
    await user.page.locator('.stdout', { hasText: 'second' }).waitFor()
    expect(await user.page.locator('#state').textContent()).toBe('running')
    await user.tabTo('stop', 'Shift+Tab')
    await user.press('Enter')
    await user.page.locator('#state', { hasText: 'stopped' }).waitFor()
    expect(await user.focused()).toBe('run')
    expect(await user.output()).toBe('first\nsecond\nWritten: kept.txt')
    await user.row('kept.txt').click()
    expect(await user.text()).toBe('yes')
    // Another run stops the one before.
    await user.write('index.js', "console.log('again')\nfor (;;);\n")
    await user.press('Control+Enter')
    await user.page.locator('.stdout', { hasText: 'again' }).waitFor()
    await user.press('Control+Enter')
    await user.page.locator('.stdout', { hasText: 'again' }).waitFor()
    expect(await user.page.locator('#state').textContent()).toBe('running')
    // The next run has a worker of its own.
    await user.write('index.js', "console.log(require('fs').readFileSync('kept.txt', 'utf8'))")
    await user.run('exit code 0')
    expect(await user.output('stdout')).toBe('yes')
  })
})

describe('files', () => {
  test('that the program writes, moves and removes change in the tree', async () => {
    await user.write(
      'index.js',
      `const fs = require('fs')
       fs.mkdirSync('out/empty', { recursive: true })
       fs.writeFileSync('out/a.txt', 'a')
       fs.appendFileSync('out/a.txt', 'b')
       fs.renameSync('out/a.txt', 'out/c.txt')
       fs.writeFileSync('out/bytes.bin', Buffer.from([0, 255]))
       fs.mkdirSync('views/new')
       fs.writeFileSync('views/new/gone.txt', '')
       fs.rmSync('views', { recursive: true })`,
    )
    await user.run('exit code 0')
    expect(await user.output('note')).toBe('Written: out/c.txt, out/bytes.bin')
    await user.row('views').waitFor({ state: 'detached' })
    await user.row('out').click()
    await user.row('empty').waitFor()
    await user.row('c.txt').click()
    expect(await user.text()).toBe('ab')
    await user.row('bytes.bin').click()
    await user.page.getByText('2 B that are no text').waitFor()
  })
})

describe('the console', () => {
  test('has colours, and places in files that lead to the editor', async () => {
    await user.write(
      'index.js',
      "console.log({ room: 12, guest: 'Ada' })\nrequire('./lib/bill').printBill(null)",
    )
    await user.run('exit code 1')
    expect(await user.page.locator('.stdout .fg-yellow').textContent()).toBe('12')
    expect(await user.page.locator('.stdout .fg-green').textContent()).toBe("'Ada'")
    await user.page
      .getByRole('button', { name: /^\/app\/lib\/bill\.js:\d+:\d+$/ })
      .first()
      .click()
    expect(await user.page.locator('#file-name').textContent()).toBe('/app/lib/bill.js')
    const line = await user.page.locator('.cm-activeLine').first().textContent()
    expect(line).toContain('room.stay')
  })

  test('stays quick with many lines, and says what it no longer shows', async () => {
    await user.write('index.js', 'for (let n = 1; n <= 12_000; n++) console.log("line", n)')
    await user.run('exit code 0')
    await user.page.locator('.line', { hasText: 'line 12000' }).waitFor()
    expect(await user.page.locator('#console .dropped').textContent()).toBe(
      '7,000 older lines are no longer shown: the console keeps 5,000.',
    )
    await user.page.getByRole('button', { name: 'Clear' }).click()
    expect(await user.output()).toBe('')
  })

  test('survives a program that never stops printing', async () => {
    await user.write('index.js', 'for (let n = 1; ; n++) console.log("line", n)')
    await user.press('Control+Enter')
    await user.page.locator('#console .dropped').waitFor()
    await user.page.waitForTimeout(300)
    await user.page.getByRole('button', { name: 'Stop' }).click()
    await user.page.locator('#state', { hasText: 'stopped' }).waitFor()
    const lines = (await user.output('stdout')).split('\n')
    expect(lines.length).toBe(5000)
    expect(lines.at(-1)).toMatch(/^line \d+/)
  })

  test('shows the beginning of a line that is too long', async () => {
    await user.write('index.js', "console.log('x'.repeat(5_000_000))\nconsole.log('next')")
    await user.run('exit code 0')
    expect(await user.output('stdout')).toMatch(
      /^x{20000} … the rest of this line is not shown\nnext$/,
    )
  })

  test('rewrites a line after a carriage return, and is cleared by the program', async () => {
    await user.write(
      'index.js',
      "console.log('gone')\nconsole.clear()\nprocess.stdout.write('10 %')\nsetTimeout(() => process.stdout.write('\\r20 %\\n'), 50)",
    )
    await user.run('exit code 0')
    expect(await user.output('stdout')).toBe('20 %')
  })
})
