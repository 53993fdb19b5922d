import { createLoader } from 'lodger'
import { describe, expect, test } from 'vitest'
import { builtinsOf, likeNode } from './like-node.ts'

likeNode('process', {
  'names and facts': `
    const of = (o) => Object.keys(o).sort()
    const own = of(process).filter((k) => !['_preload_modules', 'noProcessWarnings', 'mainModule', '_eval'].includes(k))
    return [own, process.version, process.versions, process.release, process.platform, process.arch, of(process.features).length, typeof process.hrtime.bigint(), Object.prototype.toString.call(process),
      process instanceof require('events'), process.constructor.name, new Set(process.allowedNodeEnvironmentFlags).size, process.allowedNodeEnvironmentFlags.has('max_old_space_size=4'), typeof process.argv0]`,
  env: `
    const { env } = process, out = []
    env.A_NUMBER = 42; env.AN_OBJECT = { toString: () => 'text' }; env[''] = 'x'; env.__proto__ = 'p'
    out.push(env.A_NUMBER, env.AN_OBJECT, env[''], 'A_NUMBER' in env, delete env.A_NUMBER, 'A_NUMBER' in env, delete env.NOT_THERE, Object.keys(env).includes('AN_OBJECT'), env[Symbol('s')] === undefined)
    out.push(caught(() => { env.x = Symbol('s') }), caught(() => { env[Symbol('k')] = 1 }), caught(() => Object.defineProperty(env, 'd', { get() {} })), caught(() => Object.defineProperty(env, 'd', { value: 'v' })))
    return out`,
  'arguments that are wrong': `
    return [() => process.kill('a'), () => process.kill(process.pid, 'SIGNOT'), () => process.kill(0, 987), () => process.umask('9'), () => process.umask({}), () => process.hrtime(5), () => process.hrtime([1]),
      () => process.nextTick(5), () => process.emitWarning(5), () => process.emitWarning('a', 5), () => process.emitWarning('a', 'b', 5), () => process.chdir(), () => process.chdir('/not/there'),
      () => { process.exitCode = 'x' }, () => { process.exitCode = 1.5 }, () => process.setUncaughtExceptionCaptureCallback(5), () => process.cpuUsage(1), () => process.cpuUsage({ user: 'x' }), () => process.cpuUsage({ user: -1 }),
      () => process.binding('x'), () => process._linkedBinding('x'), () => process.setSourceMapsEnabled(1), () => process.getBuiltinModule(5), () => process.setgroups(5), () => process.seteuid({})].map((f) => { const r = caught(f); return r && { ...r, message: r.message.replace(/chdir '[^']*'/, 'chdir') } })`,
  "ticks, promises, immediates and timers in node's order": `
    const order = [], log = (x) => () => order.push(x)
    await new Promise((resolve) => setTimeout(() => {
      setImmediate(() => { order.push('immediate'); process.nextTick(log('tick of immediate')); Promise.resolve().then(log('job of immediate')) })
      setImmediate(log('second immediate')); setTimeout(resolve, 20)
      Promise.resolve().then(() => { order.push('job'); process.nextTick(log('tick of job')) })
      process.nextTick(() => { order.push('tick'); process.nextTick(log('inner tick')); queueMicrotask(log('job of tick')) })
      order.push('sync')
    }, 1))
    return order`,
  'getBuiltinModule, small ones': `
    return [process.getBuiltinModule('fs') === require('node:fs'), process.getBuiltinModule('node:path') === require('node:path'), process.getBuiltinModule('nope') === undefined, process.config.variables.napi_build_version,
      process.uptime() > 0, Object.keys(process.memoryUsage()), Object.keys(process.resourceUsage()), Array.isArray(process.getActiveResourcesInfo()), process.umask(0o22) === process.umask()]`,
  'watchers among the active resources': `
    const fs = require('fs'), nobody = () => {}
    const names = () => process.getActiveResourcesInfo().filter((name) => /Watcher|FSEvent/.test(name)).sort()
    const watcher = fs.watch('/'), listed = [names()]
    fs.watchFile('/nobody', nobody)
    listed.push(names())
    watcher.close()
    fs.unwatchFile('/nobody', nobody)
    await new Promise((resolve) => setTimeout(resolve, 1))
    return [...listed, names()]`,
})

/** Runs a program and tells what came out. */
function run(source: string, options: Parameters<typeof createLoader>[0] = {}) {
  const output = { stdout: '', stderr: '' }
  const loader = createLoader({
    fs: { '/main.js': source },
    host: {
      write(stream, text) {
        output[stream] += text
      },
    },
    ...options,
  })
  let thrown: unknown
  try {
    loader.main('/main.js')
  } catch (error) {
    thrown = error
  }
  return { loader, output, thrown }
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 10))

describe('exit', () => {
  test('emits once, unwinds, and nothing runs afterwards', async () => {
    const { output } = run(`
      process.on('exit', (code) => { console.log('exit', code, process.exitCode); process.exit() })
      process.nextTick(() => console.log('tick')); setTimeout(() => console.log('timer'), 0)
      try { process.exit(3) } finally { setTimeout(() => {}, 1); console.log('finally') }
      console.log('not reached')`)
    await turn()
    expect(output.stdout).toBe('exit 3 3\nfinally\n')
  })

  test('reallyExit can be patched, as signal-exit does', () => {
    const { output } = run(
      `process.reallyExit = (code) => console.log('really', code); process.exit(5); console.log('on')`,
    )
    expect(output.stdout).toBe('really 5\non\n')
  })
})

describe('errors that nobody caught', () => {
  test("reach the guest's handlers, and the guest goes on", async () => {
    const { output } = run(`
      process.on('uncaughtExceptionMonitor', (e, o) => console.log('monitor', e.message, o))
      process.on('uncaughtException', (e) => console.log('caught', e.message))
      setTimeout(() => { process.nextTick(() => { throw new Error('in tick') }); process.nextTick(() => console.log('next tick')); throw new Error('in timer') }, 1)
      setTimeout(() => console.log('later'), 5)`)
    await turn()
    await turn()
    expect(output.stdout.split('\n').filter((line) => line !== '')).toEqual([
      'monitor in timer uncaughtException',
      'caught in timer',
      'monitor in tick uncaughtException',
      'caught in tick',
      'next tick',
      'later',
    ])
  })
})

describe('warnings', () => {
  const deprecate = `process.emitWarning('old', 'DeprecationWarning', 'DEP0001'); process.emitWarning('plain', { detail: 'more' })`

  test('are printed as node prints them', async () => {
    const { output } = run(deprecate)
    await turn()
    expect(output.stderr).toBe(
      '(node:1000) [DEP0001] DeprecationWarning: old\n' +
        '(Use `node --trace-deprecation ...` to show where the warning was created)\n' +
        '(node:1000) Warning: plain\nmore\n',
    )
  })

  test.each([
    ['--no-warnings', ''],
    ['--no-deprecation', 'Warning: plain\nmore'],
    ['--disable-warning=DEP0001', 'Warning: plain\nmore'],
    ['--trace-warnings', 'at '],
  ])('%s', async (flag, expected) => {
    const { output } = run(deprecate, { execArgv: [flag] })
    await turn()
    if (expected === '') expect(output.stderr).toBe('')
    else expect(output.stderr).toContain(expected)
    if (flag !== '--trace-warnings') expect(output.stderr).not.toContain('old')
  })

  test('--throw-deprecation', async () => {
    const { output } = run(
      `process.on('uncaughtException', (e) => console.log(String(e))); ${deprecate}`,
      {
        execArgv: ['--throw-deprecation'],
      },
    )
    await turn()
    expect(output.stdout).toBe('DeprecationWarning: old\n')
  })
})

describe('a process of its own', () => {
  test('follows options, and each loader has another', () => {
    const loader = createLoader({
      argv: ['/bin/node', '/x.js', '-v'],
      env: { A: 'b' },
      cwd: '/',
      execArgv: ['--title=t'],
    })
    const { process } = loader
    expect([process.argv, process.env.A, process.cwd(), process.title, process.execArgv]).toEqual([
      ['/bin/node', '/x.js', '-v'],
      'b',
      '/',
      't',
      ['--title=t'],
    ])
    expect(builtinsOf()('process')).not.toBe(process)
    expect(() => process.dlopen({}, '/a.node')).toThrow(
      expect.objectContaining({ code: 'ERR_LODGER_ADDON' }),
    )
  })

  test('streams write at once, and characters may come in pieces', () => {
    const { output } = run(`
      const { stdout, stdin } = process
      console.log(stdout.fd, stdout.isTTY, stdin.fd, stdout.writable)
      stdout.write(Buffer.from([0xe2, 0x82])); stdout.write(Buffer.from([0xac, 0x0a])); stdout.write('616263', 'hex'); stdout.end(); stdout.destroy()`)
    expect(output.stdout).toBe('1 undefined 0 true\n€\nabc')
  })
})
