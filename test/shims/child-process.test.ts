import { createLoader } from 'lodger'
import { describe, expect, test, vi } from 'vitest'
import { likeNode } from './like-node.ts'

/** What the programs below share: children, and what they tell until they have closed. */
const head = `
  const cp = require('child_process'), fs = require('fs'), os = require('os'), path = require('path'), node = process.execPath
  fs.mkdirSync(os.tmpdir(), { recursive: true })
  const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'children-')))
  process.setMaxListeners(0).once('exit', () => fs.rmSync(dir, { recursive: true, force: true }))
  const script = (text, name = 'script.js') => { const file = path.join(dir, name); fs.writeFileSync(file, text); return file }
  const plain = (value) => JSON.parse(JSON.stringify(value, (key, v) => (v instanceof Error ? { ...v, name: v.name, message: v.message } : typeof v === 'bigint' ? String(v) : v))
    .replaceAll(dir, 'DIR').replaceAll(node, 'NODE').replaceAll(/"pid":\\d+/g, '"pid":0'))
  const watch = (child) => new Promise((resolve) => {
    const seen = [], out = { stdout: '', stderr: '' }
    for (const name of ['spawn', 'error', 'exit', 'disconnect']) child.on(name, (...args) => seen.push([name, ...args]))
    for (const name of ['stdout', 'stderr']) child[name]?.on('data', (data) => { out[name] += data })
    child.on('message', (message) => seen.push(['message', message]))
    child.on('close', (...args) => resolve(plain([...seen, ['close', ...args], out])))
  })
  const inNode = (code, options, ...args) => watch(cp.spawn(node, ['-e', code, ...args], options))
`

likeNode('child_process: spawn', {
  'events, output, exit code': `${head}
    return [await inNode('console.log(process.argv.length, process.argv.slice(1)); console.error("e"); process.exitCode = 3; process.on("exit", (c) => console.log("bye", c))', {}, 'x', 'y'),
      await inNode('setTimeout(() => { console.log("later"); Promise.resolve().then(() => setImmediate(() => console.log("last"))) }, 5)'), await inNode('process.exit(7)'), await inNode('process.exitCode = -1'), await inNode('process.on("beforeExit", () => { if (!global.once) { global.once = 1; setTimeout(() => console.log("again"), 1) } })'),
      await inNode('let n = 0; process.on("beforeExit", () => { console.log(n); if (n++ < 2) setImmediate(() => {}) })'),
      await inNode('let n = 0; process.on("uncaughtException", () => {}); process.on("beforeExit", () => { console.log(n); if (n++ < 2) throw n })')]`,
  'an error that nobody catches': `${head}
    const [exit, close, said] = (await inNode('setTimeout(() => { throw new TypeError("out") }, 1)')).slice(1)
    return [exit, close, said.stdout, /TypeError: out/.test(said.stderr), (await inNode('process.on("uncaughtException", (e) => console.log("got", e.message)); throw new Error("x")'))]`,
  'what a child is': `${head}
    const told = 'const p = process; console.log(JSON.stringify([p.cwd(), p.env.A, p.env.HOME, p.argv0, p.title, p.execArgv, p.argv.slice(2), require.main === module, __filename, p.connected, p.ppid, p.send]))'
    const child = cp.spawn(node, ['--no-warnings', script(told), '--flag', 'x'], { cwd: dir, env: { A: '1', B: undefined }, argv0: 'zero' })
    const [, , , { stdout }] = await watch(child)
    const facts = JSON.parse(stdout), pid = facts.splice(10, 1)[0]
    return [plain(facts), pid === process.pid, child.pid !== process.pid, child.spawnfile === node, plain(child.spawnargs)]`,
  'a copy of node': `${head}
    const copy = path.join(dir, 'bin', 'node'); fs.mkdirSync(path.dirname(copy)); fs.mkdirSync(path.join(dir, 'lib/node'), { recursive: true })
    if (fs.existsSync(node)) fs.symlinkSync(node, copy); else fs.writeFileSync(copy, '')
    return plain(await watch(cp.spawn(copy, ['-p', '1'])))`,
  'what it keeps waiting': `${head}
    const isHeld = () => process.getActiveResourcesInfo().includes('ProcessWrap')
    const child = cp.spawn(node, ['-e', '0']), before = isHeld()
    await watch(child); await new Promise((resolve) => setTimeout(resolve, 50))
    return [before, isHeld()]`,
  stdin: `${head}
    const child = cp.spawn(node, ['-e', 'let all = ""; process.stdin.on("data", (d) => { all += d }).on("end", () => console.log(all.length, all.slice(-3)))'])
    const seen = watch(child)
    child.stdin.write('abc'); child.stdin.write(Buffer.from('defä')); for (let i = 0; i < 50; i++) child.stdin.write('x'.repeat(10000)); child.stdin.end('end')
    const run = cp.spawn(node, []), ran = watch(run)
    run.stdin.end('console.log(1 + 1, __filename)')
    return [await seen, await ran, child.stdin.writable, child.stdin.readable, child.stdout.writable]`,
  'bytes that are no text': `${head}
    const child = cp.spawn(node, ['-e', 'process.stdout.write(Buffer.from([0, 255, 128, 10])); require("fs").writeSync(1, Buffer.from([254]))']), chunks = []
    child.stdout.on('data', (chunk) => chunks.push(...chunk))
    await new Promise((resolve) => child.on('close', resolve))
    return chunks.sort()`,
  stdio: `${head}
    const shapes = ['ignore', ['pipe', 'ignore', 'pipe'], ['ignore', 'pipe'], ['pipe', 'pipe', 'pipe', 'ignore']].map((stdio) => { const c = cp.spawn(node, ['-e', '0'], { stdio }); c.on('error', () => {}); return c.stdio.map((s) => s !== null) })
    const out = fs.openSync(path.join(dir, 'out.txt'), 'w')
    await inNode('console.log("into a file")', { stdio: ['ignore', out, 'ignore'] })
    return [shapes, fs.readFileSync(path.join(dir, 'out.txt'), 'utf8')]`,
  'a command that is not there': `${head}
    return [await watch(cp.spawn('no-such-command', ['a', 'b'])), await watch(cp.spawn(node, ['-e', '0'], { cwd: '/no/such/place' })), await watch(cp.spawn('no-such-command', { shell: true })), cp.spawn('no-such-command').on('error', () => {}).pid]`,
  'kill, signals, timeout': `${head}
    const wait = 'console.log("up"); setInterval(() => {}, 1000)'
    const started = (code, act) => { const child = cp.spawn(node, ['-e', code]), seen = watch(child); child.stdout.once('data', () => act(child)); return seen.then((s) => [s, child.killed, child.exitCode, child.signalCode, child.kill()]) }
    return [await started(wait, (c) => c.kill()), await started(wait, (c) => c.kill('SIGKILL')), await started('process.on("SIGTERM", () => { console.log("got it"); process.exit(5) });' + wait, (c) => c.kill(15)), await started(wait, (c) => process.kill(c.pid, 'SIGINT')),
      await started('process.on("SIGUSR2", (...a) => { console.log(a); process.kill(process.pid, "SIGTERM") });' + wait, (c) => c.kill('SIGUSR2')), await inNode(wait, { timeout: 250, killSignal: 'SIGINT' }).then((s) => s[1]), caught(() => process.kill(99999999, 0))]`,
  'an AbortSignal': `${head}
    const controller = new AbortController(), seen = inNode('setInterval(() => {}, 1000)', { signal: controller.signal })
    setTimeout(() => controller.abort(), 20)
    const aborted = await inNode('setInterval(() => {}, 1000)', { signal: AbortSignal.abort() })
    return [(await seen).slice(1), aborted.length]`,
  flags: `${head}
    const first = script('globalThis.preloaded = 1', 'first.js'), printed = async (...args) => { const child = cp.spawn(node, args, { cwd: dir }); return (await watch(child)).at(-1) }
    script('console.log("relative", process.argv[1])', 'rel.js')
    return [await printed('-p', '[1, { a: 2 }]'), await printed('-r', first, '-p', 'preloaded'), await printed('--require=' + first, '-e', 'console.log(preloaded, process.execArgv.length)'), await printed('rel.js'), await printed('./rel'), await printed('--', 'rel.js', '-p'),
      await printed('--input-type=commonjs', '-e', 'console.log(typeof require, typeof module, __filename, __dirname)'), await printed('-pe', '1'), await printed('--eval', 'var x = 1; console.log(globalThis.x)'), /^v2/.test((await printed('-v')).stdout), /Cannot find module/.test((await printed('none.js')).stderr)]`,
  'flags that lack their value, and a dash for standard input': `${head}
    const of = (args, input = '') => { const { status, stdout, stderr } = cp.spawnSync(node, args, { input, encoding: 'utf8' }); return plain([status, stdout, stderr.split('\\n')[0]]) }
    return [of(['-e']), of(['-e', '-1']), of(['--require', '--x']), of(['-pe']), of(['-p', '\\\\-1']), of(['-p'], '1 + 1'), of(['-e', '1', '-p']), of(['-p', '-e', '1 + 2']), ...[['-', 'a'], ['--', '-']].map((args) => of(args, 'console.log(process.argv.slice(1), __filename)'))]`,
  'arguments that are wrong': `${head}
    return [() => cp.spawn(), () => cp.spawn(''), () => cp.spawn('a', 1), () => cp.spawn('a', [], 1), () => cp.spawn('a', [], { cwd: 1 }), () => cp.spawn('a', [], { shell: 1 }), () => cp.spawn('a', [], { argv0: 1 }), () => cp.spawn('a', [], { timeout: -1 }), () => cp.spawn('a', [], { killSignal: 'x' }),
      () => cp.spawn('a', [], { stdio: 'x' }), () => cp.spawn('a', [], { stdio: [{}] }), () => cp.spawn('a\\0'), () => cp.spawn('a', [], { env: { a: 'b\\0' } }), () => cp.spawn('a', [], { detached: 1 }), () => cp.spawn('a', [], { uid: 'x' }), () => cp.spawn('a', [], { windowsHide: 1 }), () => cp.exec(1), () => cp.execFile('a', 1),
      () => cp.fork(), () => cp.fork('a', 1), () => cp.fork('a', [], 1), () => cp.exec('a', { maxBuffer: 'x' }), () => cp.fork('a', { stdio: ['pipe'] }), () => cp.fork('x', { serialization: 'q' }), () => cp.spawn('a', [], { signal: 1 }), () => cp.execSync(1), () => cp.spawnSync('a', [], { input: 1 }),
      () => cp.spawn('a', [], { stdio: ['ipc', 'ipc'] }), () => cp.spawnSync('a', [], { stdio: ['ipc'] }), () => new cp.ChildProcess().spawn(), () => new cp.ChildProcess().kill('x')].map(caught)`,
  'names and shapes': `
    const cp = require('child_process')
    return [Object.entries(cp).map(([k, v]) => [k, v.name, v.length]), Object.entries(Object.getOwnPropertyDescriptors(cp.ChildProcess.prototype)).map(([k, d]) => [k, d.value.name, d.value.length, d.enumerable]), new cp.ChildProcess() instanceof require('events'), Object.keys(new cp.ChildProcess())]`,
})

likeNode('child_process: odd arguments', {
  'limits, lines, words': `${head}
    return [() => cp.spawnSync(node, [], { maxBuffer: -1 }), () => cp.execFile(node, [], { maxBuffer: NaN }), () => cp.exec('a\\0b'), () => cp.execSync('a\\0b'), () => cp.spawnSync(node, [Symbol('a')]), () => cp.spawn(node, [], { stdio: ['x'] }),
      () => cp.spawn(node, [], { stdio: [Buffer.from('a')] }), () => cp.execFileSync(node, 5), () => cp.execFileSync(node, [], 5), () => String(cp.execFileSync(node, ['-p', '1'], null)), () => cp.spawnSync(node, ['-p', '1'], { stdio: ['x'], encoding: 'utf8' }).stdout].map(caught)`,
  'flags that node does not know': `${head}
    const of = (...args) => { const { status, stdout, stderr } = cp.spawnSync(node, args, { encoding: 'utf8' }); return [status, stdout, stderr.replaceAll(node, 'NODE')] }
    const known = ['--harmony', '--no-opt', '--stack-size=900', '--allow_natives_syntax', '--expose-gc', '--no-warnings=1', '--conditions=x', '-C', '--max-old-space-size=100', '--trace-uncaught']
    return [of('--no-such-flag'), of('--such_flag=1', '-p', '1'), of('-x'), of('-p=3'), of('--no-no-warnings'), known.map((flag) => of(flag, ...(flag === '-C' ? ['x'] : []), '-p', '2'))]`,
  'print with a value': `${head}
    const of = (...args) => { const { status, stdout } = cp.spawnSync(node, args, { encoding: 'utf8', input: '5' }); return [status, stdout] }
    return [of('--print=1+1'), of('--print=1+1', '4'), of('--print=1', '-e', '2'), of('--eval=3', '--print=1')]`,
  'fork with options for arguments': `${head}
    return await watch(cp.fork(script('console.log(process.argv.length)'), { silent: true }, { stdio: ['no'] }))`,
  'a parent whose input a child has read ends with it': `${head}
    const inner = 'process.stdin.once("data", (data) => { console.log("got", String(data)); process.exit() })'
    const child = cp.spawn(node, ['-e', 'require("child_process").spawn(process.execPath, ["-e", process.argv[1]], { stdio: "inherit" })', inner])
    const seen = watch(child).then((all) => ['ended', all.at(-1)])
    child.stdin.write('x')
    const late = new Promise((resolve) => setTimeout(resolve, 3000, 'still there').unref())
    return Promise.race([seen, late]).finally(() => child.kill())`,
  'a parent that reads its input too goes on when the child has ended': `${head}
    const inner = 'process.stdin.resume(); setTimeout(process.exit, 50)'
    const child = cp.spawn(node, ['-e', 'process.stdin.once("data", (data) => { console.log("got", String(data)); process.exit() }); require("child_process").spawn(process.execPath, ["-e", process.argv[1]], { stdio: ["inherit", "ignore", "ignore"] }).on("close", () => console.log("closed"))', inner])
    child.stdout.once('data', () => child.stdin.write('x'))
    return watch(child)`,
  'an open file for an input': `${head}
    const file = path.join(dir, 'input.txt'), code = 'process.stdin.pipe(process.stdout)'
    fs.writeFileSync(file, 'of the file')
    const atOnce = cp.spawnSync(node, ['-e', code], { stdio: [fs.openSync(file), 'pipe', 'pipe'], input: 'q', encoding: 'utf8' }).stdout
    return [atOnce, await watch(cp.spawn(node, ['-e', code], { stdio: [fs.openSync(file), 'pipe', 'pipe'] }))]`,
  'input is for a pipe': `${head}
    const ends = ['ignore', 'inherit', 'pipe'].map((first) => cp.execFileSync(node, ['-e', 'process.stdin.pipe(process.stdout)'], { input: 'q', stdio: [first, 'pipe', 'pipe'], encoding: 'utf8' }))
    return [ends, caught(() => cp.spawnSync(node, [], { input: 5, stdio: 'ignore' }))]`,
  'the name in an error': `${head}
    try { cp.execFileSync(node, ['-e', 'process.exit(1)', 'a b'], { argv0: 'zero', stdio: 'pipe' }) } catch (error) { return error.message }`,
})

likeNode('child_process: exec and execFile', {
  'what they call back with': `${head}
    const run = (fn, ...args) => new Promise((resolve) => fn(...args, (error, stdout, stderr) => resolve(plain({ error, stdout, stderr }))))
    return [await run(cp.exec, '"' + node + '" -p 1+1'), await run(cp.exec, 'node -e "console.log(process.argv.slice(1))" a \\'b c\\' d\\\\ e "$X" "\${X}"', { env: { ...process.env, X: 'of env' } }), await run(cp.exec, 'Y=1 node -p process.env.Y'), await run(cp.exec, 'no-such-command x'), await run(cp.execFile, node, ['-e', 'console.error("bad"); process.exit(4)']),
      await run(cp.execFile, 'no-such-command', ['q']), await run(cp.execFile, node, ['-p', '"ä".repeat(9)'], { maxBuffer: 7 }), await run(cp.execFile, node, ['-p', '1'], { encoding: 'buffer' }), await run(cp.execFile, node, ['-p', '1'], { encoding: 'hex' }), await run(cp.execFile, node, ['-e', 'setInterval(() => {}, 1000)'], { timeout: 250 })]`,
  promisified: `${head}
    const { promisify } = require('util'), exec = promisify(cp.exec), execFile = promisify(cp.execFile), running = execFile(node, ['-p', '2'])
    return plain([running.child instanceof cp.ChildProcess, await running, await exec('node -p 3'), await execFile(node, ['-e', 'console.log(1); process.exit(2)']).catch((e) => e), await exec('no-such-command').catch((e) => [e.code, e.stderr]), exec.name, caught(() => exec('node', { signal: {} }))])`,
  'a script with #!': `${head}
    const tool = script('#!/usr/bin/env node\\nconsole.log("tool", process.argv.slice(2))', 'tool')
    fs.chmodSync(tool, 0o755)
    return [await watch(cp.spawn(tool, ['a'])), await watch(cp.spawn('tool', ['b'], { env: { ...process.env, PATH: dir + ':' + process.env.PATH } }))]`,
})

likeNode('child_process: fork', {
  'messages in both directions': `${head}
    const echo = script('process.on("message", (m) => { process.send({ echo: m, connected: process.connected }); if (m === "stop") process.disconnect() })')
    const child = cp.fork(echo, [], { stdio: 'pipe' }), seen = watch(child)
    for (const message of [1, 'two', { three: [3, undefined, null], toJSON: undefined }, null, true, 'stop']) child.send(message)
    const result = await seen
    return [result, child.connected, child.channel, child.send('late', (error) => {}), caught(() => child.send(undefined)), child.exitCode]`,
  'a child that only listens lives until it is let go': `${head}
    const child = cp.fork(script('process.on("message", () => {}); process.on("disconnect", () => console.log("let go")); process.send("up")'), { silent: true }), seen = []
    for (const name of ['message', 'disconnect', 'exit']) child.on(name, (value) => seen.push([name, value]))
    child.once('message', () => setTimeout(() => child.disconnect(), 10))
    await new Promise((resolve) => child.on('exit', resolve))
    const quick = await watch(cp.fork(script('process.send("only this")', 'quick.js'), { silent: true }))
    return [seen, quick]`,
  'what waits for a listener': `${head}
    const child = cp.fork(script('setTimeout(() => process.once("message", (m) => { console.log(m); process.exit() }), 30)'), { silent: true }), seen = watch(child)
    child.send('early')
    return await seen`,
  'arguments, callbacks, advanced serialization': `${head}
    const file = script('process.on("message", (m) => { process.send(m); process.disconnect() }); console.log(process.argv.slice(2), process.execArgv)')
    const child = cp.fork(file, ['a'], { serialization: 'advanced', execArgv: ['--no-warnings'], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] }), seen = watch(child), wrong = [caught(() => child.send(() => {})), caught(() => child.send(1, {}))], called = await new Promise((resolve) => child.send({ big: 10n, map: new Map([[1, new Date(5)]]) }, resolve))
    const message = await new Promise((resolve) => child.once('message', resolve))
    return [called, typeof message.big, [...message.map], child.send.length > 0, wrong, (await seen).at(-1)]`,
  'errors of the channel': `${head}
    const child = cp.fork(script('process.on("message", () => {})'), { silent: true }), errors = []
    child.on('error', (e) => errors.push([e.code, e.message]))
    child.disconnect(); child.disconnect(); child.send('x')
    await new Promise((resolve) => child.on('exit', resolve))
    return errors`,
})

likeNode('child_process: synchronous forms', {
  'children that end by themselves': `${head}
    const of = (result) => plain({ ...result, stdout: String(result.stdout), stderr: String(result.stderr), output: result.output?.map(String) })
    return [of(cp.spawnSync(node, ['-e', 'console.log(1); console.error(2); process.exit(3)'])), of(cp.spawnSync('no-such-command', ['x'])), of(cp.spawnSync(node, ['-e', 'setTimeout(() => { console.log("timer"); process.nextTick(() => setImmediate(() => console.log("immediate"))) }, 10)'], { encoding: 'utf8' })),
      of(cp.spawnSync(node, ['-e', 'setInterval(() => {}, 1000)'], { timeout: 250 })), of(cp.spawnSync(node, ['-e', 'process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)'])), cp.execSync('node -p 1+1', { encoding: 'utf8' }), String(cp.execFileSync(node, [script('console.log(__filename.length > 3)')])), cp.execFileSync(node, ['-e', '0'], { stdio: 'ignore' })]`,
  input: `${head}
    return [cp.execFileSync(node, ['-e', 'process.stdin.on("data", (d) => console.log(String(d)))'], { input: 'by stream', encoding: 'utf8' }), cp.execFileSync(node, ['-p', 'require("fs").readFileSync(0, "utf8")'], { input: Buffer.from('by fd'), encoding: 'utf8' }), cp.execSync('node', { input: 'console.log("by program")', encoding: 'utf8' })]`,
  'failures are thrown': `${head}
    const thrown = (fn) => { try { fn() } catch (e) { return plain({ ...e, error: undefined, message: e.message }) } }
    return [thrown(() => cp.execFileSync(node, ['-e', 'console.error("e"); process.exit(3)'], { stdio: 'pipe', encoding: 'utf8' })), thrown(() => cp.execSync('no-such-command', { stdio: 'pipe', encoding: 'utf8' })), thrown(() => cp.execFileSync('no-such-command', ['x'])), thrown(() => cp.execFileSync(node, ['-p', '"a".repeat(100)'], { maxBuffer: 10, stdio: 'pipe', encoding: 'utf8' }))]`,
})

describe('child_process', () => {
  test('gives a synchronous child that inherits it the input of the host', () => {
    const host = {
      words: new TextEncoder().encode('of the host'),
      readInput() {
        return this.words
      },
    }
    const code = 'process.stdin.pipe(process.stdout)'
    const source = `module.exports = cp.execFileSync('node', ['-e', '${code}'], { stdio: ['inherit', 'pipe', 'pipe'], encoding: 'utf8' })`
    expect(run(source, { host })).toBe('of the host')
  })

  const run = (source: string, options = {}) =>
    createLoader({
      fs: { '/main.js': `const cp = require('child_process')\n${source}` },
      ...options,
    }).main('/main.js')

  test('refuses a synchronous child that waits for promises, and says what to do', () => {
    for (const code of [
      'Promise.resolve().then(() => console.log(1))',
      '(async () => { await (async () => 1)(); console.log(1) })()',
    ]) {
      const source = `try { cp.execFileSync('node', ['-e', ${JSON.stringify(code)}]) } catch (error) { module.exports = error }`
      expect(run(source)).toMatchObject({
        code: 'ERR_LODGER_HOST_LACKS',
        message: expect.stringMatching(/waits for promises .* Start it with spawn, exec or fork/),
      })
    }
    expect(Object.getOwnPropertyDescriptor(Promise.prototype, 'then')).toHaveProperty('value')
  })

  test('warns of what a synchronous child does after an await that cannot be seen', async () => {
    const source = `
      module.exports = new Promise((resolve) => process.on('warning', (warning) => resolve(warning.message)))
      cp.execFileSync('node', ['-e', '(async () => { await 0; console.log(1) })()'])`
    const host = { write: () => {} }
    expect(await run(source, { host })).toMatch(/went on after an await/)
  })

  test('lets a synchronous child use promises and end by process.exit', () => {
    const code = 'Promise.resolve().then(() => {}); console.log(1); process.exit(0)'
    expect(
      String(run(`module.exports = cp.execFileSync('node', ['-e', ${JSON.stringify(code)}])`)),
    ).toBe('1\n')
  })

  test('shares the volume, and nothing else', async () => {
    const source = `
      globalThis.mine = 1; Buffer.mine = 1
      module.exports = new Promise((resolve) => cp.execFile('node', ['-p', 'require("fs").writeFileSync("/made", "x"); [typeof mine, Buffer.mine, process.pid, process.ppid, require.cache["/main.js"]]'], (error, stdout) =>
        resolve([stdout, require('fs').readFileSync('/made', 'utf8'), process.pid])))`
    expect(await run(source)).toEqual([
      "[ 'undefined', undefined, 1001, 1000, undefined ]\n",
      'x',
      1000,
    ])
  })

  test('takes the children with it when its loader is disposed of', async () => {
    const written: string[] = []
    const loader = createLoader({
      fs: {
        '/main.js': `require('child_process').spawn('node', ['-e', 'setInterval(() => console.log("alive"), 1)'], { stdio: 'inherit' })`,
      },
      host: { write: (_: string, text: string) => written.push(text) },
    })
    loader.main('/main.js')
    await vi.waitUntil(() => written.length > 0, { timeout: 10_000 })
    loader.dispose()
    const { length } = written
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(written).toHaveLength(length)
  })

  test('gives children the overrides of their parent', async () => {
    const source = `module.exports = new Promise((resolve) => cp.exec('node -p "require(\\'os\\').mine"', (error, stdout) => resolve(stdout)))`
    expect(await run(source, { overrides: { os: { mine: 42 } } })).toBe('42\n')
  })
})
