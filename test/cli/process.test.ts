/** The life of a process, beside node: in which order things run, who hears of errors, and how it ends. */
import { describe, expect, test } from 'vitest'
import { lodger, node, tree } from './commands.ts'

/** `log(…)` gives a callback that prints its name; the events of an ending are printed in every program. */
const head = `
  const log = (name, then) => () => { console.log(name); then?.() }
  const tick = process.nextTick, job = queueMicrotask, soon = setImmediate
  process.on('exit', (code) => console.log('exit', code, process.exitCode))
`

/** Name, program, and flags. */
const programs: readonly (readonly [name: string, source: string, ...flags: string[]])[] = [
  [
    'ticks go before promise jobs, whoever was first',
    `job(log('j1', () => { tick(log('t3', () => job(log('j4')))); job(log('j3')) })); Promise.resolve().then(log('j2'))
    tick(log('t1', () => { tick(log('t2')); job(log('j5')) }))
    ;(async () => { await null; console.log('a1'); tick(log('t4')); await null; console.log('a2'); tick(log('t5')) })()`,
  ],
  [
    'after a timer',
    `setTimeout(log('x', () => { soon(log('i')); setTimeout(log('y'), 1); job(log('j', () => tick(log('t2', () => job(log('j2')))))); tick(log('t', () => tick(log('t1')))) }), 1)`,
  ],
  [
    'between two timers that are due together',
    `const end = Date.now() + 20
    setTimeout(log('x', () => { tick(log('tx')); job(log('jx')) }), 1); setTimeout(log('y', () => { tick(log('ty')); job(log('jy')) }), 1); setTimeout(log('z'), 1)
    while (Date.now() < end);`,
  ],
  [
    'between two immediates, and those that they make',
    `soon(log('x', () => { soon(log('x1')); tick(log('tx')); job(log('jx')) })); soon(log('y', () => { soon(log('y1')); tick(log('ty')) })); soon(log('z'))`,
  ],
  [
    'after input and output: immediates, then timers',
    `require('fs').stat(__filename, log('stat', () => {
      setTimeout(log('timer'), 0); soon(log('i1', () => soon(log('later')))); tick(log('t', () => soon(log('i2')))); job(log('j', () => soon(log('i3'))))
      const end = Date.now() + 10; while (Date.now() < end);
    }))`,
  ],
  [
    'emitters and streams',
    `const { Readable, PassThrough } = require('stream')
    const source = Readable.from(['a', 'b'])
    source.pipe(new PassThrough()).on('data', (x) => console.log(String(x))).on('end', log('end')).on('close', log('close'))
    tick(log('t')); job(log('j')); soon(log('i'))`,
  ],
  [
    'async generators and for await',
    `async function* count() { for (let i = 0; i < 3; i++) { await null; yield i } }
    ;(async () => { for await (const i of count()) { console.log(i); tick(log('t' + i)) } })(); (async () => { for (let i = 0; i < 5; i++) { await null; console.log('a' + i) } })()`,
  ],
  [
    'exit in beforeExit, after which nothing runs',
    `process.on('beforeExit', () => { setTimeout(log('BAD'), 1); process.exit(0); console.log('BAD') })`,
  ],
  [
    'beforeExit that throws and is forgiven comes again',
    `let count = 0; process.on('uncaughtException', (error) => console.log(error.message))
    process.on('beforeExit', (code) => { console.log('before', code); if (count++ < 2) throw new Error('not yet') })`,
  ],
  [
    'exit within exit',
    `let count = 0; process.on('exit', (code) => { console.log(count++, code); process.exit(0) }); process.exit(1)`,
  ],
  ['exit codes as text', `process.exitCode = '7'; console.log(typeof process.exitCode)`],
  ['exit with a text', `process.exit('12')`],
  [
    'exit codes that are none',
    `for (const code of ['x', '', 1.5, {}, true, NaN, '1e1', null, undefined, -1, 256]) { try { process.exitCode = code; console.log(process.exitCode) } catch (e) { console.log(e.code, e.message) } }; process.exitCode = 0`,
  ],
  [
    'nothing new after exit has begun',
    `process.on('exit', () => { tick(log('BAD')); job(log('BAD')); soon(log('BAD')) }); process.exit()`,
  ],
  [
    'a timer that is not held, and one made in beforeExit',
    `setTimeout(log('BAD'), 50).unref(); setInterval(log('BAD'), 50).unref(); process.on('beforeExit', log('before', () => setTimeout(log('BAD'), 1).unref()))`,
  ],
  [
    'a capture callback goes before listeners, and hears nothing of origins',
    `process.on('uncaughtException', log('BAD')); process.on('uncaughtExceptionMonitor', (e, o) => console.log('monitor', e.message, o))
    process.setUncaughtExceptionCaptureCallback((...args) => console.log('captured', args.length, args[0].message))
    console.log(process.hasUncaughtExceptionCaptureCallback())
    setTimeout(() => { process.setUncaughtExceptionCaptureCallback(null); process.removeAllListeners('uncaughtException'); process.on('uncaughtException', (e, o) => console.log('heard', e.message, o)); throw new Error('second') }, 1)
    try { process.setUncaughtExceptionCaptureCallback(() => {}) } catch (e) { console.log(e.code) }
    throw new Error('first')`,
  ],
  [
    'errors of a tick, a timer, an immediate and a job, each heard of, and the guest goes on',
    `const fail = () => { throw 'error ' + steps.length }
    const steps = [log('done'), () => job(fail), () => soon(fail), () => setTimeout(fail, 1), () => tick(fail)], next = () => steps.pop()?.()
    process.on('uncaughtException', (e, o) => { console.log(e, o); setTimeout(next, 1) }); next()`,
  ],
  [
    'unhandledRejection with its promise; rejectionHandled',
    `const p = Promise.reject('r'); process.on('unhandledRejection', (reason, promise) => console.log(reason, promise === p)); process.on('rejectionHandled', (promise) => console.log('handled', promise === p)); setTimeout(() => p.catch(log('caught')), 5)`,
  ],
  [
    'a rejection without a listener is an uncaught exception of that origin',
    `process.on('uncaughtException', (e, o) => console.log(e.name, e.message, e.code, o)); Promise.reject({ a: 1 }); Promise.reject(null); Promise.reject(new TypeError('x'))`,
  ],
  ...['strict', 'warn', 'none', 'throw', 'warn-with-error-code'].map(
    (mode) =>
      [
        `--unhandled-rejections=${mode}`,
        `process.on('warning', (w) => console.log(w.name, w.message.split('\\n')[0])); process.on('uncaughtException', (e, o) => console.log('uncaught', e.message, o))
        const p = Promise.reject(5); Promise.reject(new TypeError('x')); Promise.reject({ a: 1 }); setTimeout(() => p.catch(() => {}), 5)`,
        `--unhandled-rejections=${mode}`,
        '--no-warnings',
      ] as const,
  ),
  [
    'warnings of every shape, in their tick',
    `process.on('warning', (w) => console.log(w.name, w.message, w.code, w.detail, w instanceof Error))
    process.emitWarning('a'); process.emitWarning('b', 'Custom'); process.emitWarning('c', 'Custom', 'C1'); process.emitWarning('d', { type: 'T', code: 'C2', detail: 'more' }); process.emitWarning(Object.assign(new Error('e'), { name: 'Own', code: 'C3' }))
    process.emitWarning('f', function ctor() {}); process.emitWarning('g', 'DeprecationWarning', 'DEP9'); process.emitWarning('h', {}); console.log('sync')
    process.on('multipleResolves', log('BAD')); new Promise((resolve, reject) => { resolve(1); reject(2) })`,
    '--no-warnings',
  ],
  [
    'signals to itself',
    `process.on('SIGUSR2', (...args) => console.log('signal', args)); console.log(process.kill(process.pid, 'SIGUSR2'), process.kill(process.pid, 0)); setTimeout(() => {}, 50)`,
  ],
  [
    'a directory of its own',
    `const before = process.cwd(); process.chdir('/'); console.log(process.cwd()); process.chdir(before); console.log(process.cwd() === before, process.umask(0o77), process.umask()); try { process.chdir('./none') } catch (e) { console.log(e.code, e.syscall, e.dest) }`,
  ],
]

describe('as with node', () => {
  test.each(programs)('%s', async (_, source, ...flags) => {
    const cwd = tree({ 'main.js': head + source })
    const [ours, theirs] = await Promise.all([
      lodger(['run', ...flags, 'main.js'], { cwd }),
      node([...flags, 'main.js'], { cwd }),
    ])
    expect(ours.stdout).toBe(theirs.stdout)
    expect(ours.code).toBe(theirs.code)
    expect(theirs.stdout).toContain('exit')
    expect(theirs.stdout).not.toContain('BAD')
  })
})
