import { createLoader } from 'lodger'
import { expect, test } from 'vitest'
import { builtinsOf, likeNode } from './like-node.ts'

likeNode('diagnostics_channel', {
  'publish and subscribe': `
    const dc = require('diagnostics_channel'), seen = [], c = dc.channel('x'), s = (m, n) => seen.push([m, String(n)])
    c.publish(0); dc.subscribe('x', s); c.publish(1); const had = dc.hasSubscribers('x'); dc.unsubscribe('x', s); c.publish(2)
    return [seen, had, c.hasSubscribers, dc.unsubscribe('x', s), dc.channel('x') === c, caught(() => dc.channel(5)), caught(() => c.subscribe(5)), c instanceof dc.Channel]`,
  stores: `
    const dc = require('diagnostics_channel'), { AsyncLocalStorage } = require('async_hooks'), c = dc.channel('s'), a = new AsyncLocalStorage()
    c.bindStore(a, (x) => x * 2)
    return [c.runStores(5, function (y) { return [a.getStore(), y, this.t] }, { t: 1 }, 7), a.getStore(), c.unbindStore(a), c.unbindStore(a)]`,
  tracing: `
    const dc = require('diagnostics_channel'), t = dc.tracingChannel('t'), seen = [], handlers = {}
    for (const k of ['start', 'end', 'asyncStart', 'asyncEnd', 'error']) handlers[k] = (m) => seen.push([k, m.id, m.result, m.error?.message])
    t.subscribe(handlers)
    t.traceSync((x) => x + 1, { id: 1 }, null, 1)
    caught(() => t.traceSync(() => { throw new Error('e') }, { id: 2 }))
    await t.tracePromise(async () => 3, { id: 3 }); await t.tracePromise(async () => { throw new Error('r') }, { id: 4 }).catch(() => {})
    await new Promise((d) => t.traceCallback((v, cb) => setTimeout(cb, 1, null, v), -1, { id: 5 }, null, 9, d))
    return [seen, t.unsubscribe(handlers), t.hasSubscribers, caught(() => dc.tracingChannel(0)), caught(() => t.traceCallback(() => {}, 0, {}, null, 1))]`,
  bounded: `
    const dc = require('diagnostics_channel'), b = dc.boundedChannel('b'), seen = []
    b.subscribe({ start: (m) => seen.push(['s', m.x]), end: (m) => seen.push(['e', m.x]) })
    return [b.run({ x: 1 }, () => 5), seen, b.start.name]`,
})

likeNode('async_hooks', {
  'AsyncLocalStorage within a call': `
    const { AsyncLocalStorage } = require('async_hooks'), a = new AsyncLocalStorage({ defaultValue: 'd', name: 'n' }), b = new AsyncLocalStorage(), seen = []
    seen.push(a.name, a.getStore(), b.getStore())
    a.run(1, () => { seen.push(a.getStore()); b.enterWith(2); a.exit(() => seen.push(a.getStore())); seen.push(a.getStore()) })
    seen.push(a.getStore(), b.getStore()); b.disable(); seen.push(b.getStore())
    const bound = a.run('kept', () => AsyncLocalStorage.bind(() => a.getStore())), snap = a.run('snap', () => AsyncLocalStorage.snapshot())
    return [seen, bound(), snap((x) => [x, a.getStore()], 5)]`,
  'AsyncLocalStorage through timers and ticks': `
    const { AsyncLocalStorage } = require('async_hooks'), a = new AsyncLocalStorage()
    return Promise.all(['t', 'i', 'n'].map((k) => a.run(k, () => new Promise((d) => ({ t: (f) => setTimeout(f, 1), i: setImmediate, n: process.nextTick })[k](() => d(a.getStore()))))))`,
  AsyncResource: `
    const { AsyncResource, createHook, executionAsyncId } = require('async_hooks'), seen = []
    const hook = createHook({ init: (id, type) => type === 'MINE' && seen.push('init'), before: (id) => id === r.asyncId() && seen.push('before'), after: (id) => id === r.asyncId() && seen.push('after') }).enable()
    const r = new AsyncResource('MINE'); const out = r.runInAsyncScope(function (x) { return [this.t, x, executionAsyncId() === r.asyncId()] }, { t: 1 }, 2); hook.disable()
    return [out, seen, r.bind(function (a, b) {}).length, caught(() => new AsyncResource(5)), caught(() => new AsyncResource('x', { triggerAsyncId: -2 })), caught(() => createHook({ init: 5 })), executionAsyncId() >= 0]`,
})

test('a channel of one loader is not heard in another', () => {
  const [one, other] = [builtinsOf()('diagnostics_channel'), builtinsOf()('diagnostics_channel')]
  one.subscribe('x', () => expect.unreachable())
  expect(other.hasSubscribers('x')).toBe(false)
  other.channel('x').publish(1)
})

/** Programs in files, and node on them: what they print, without what differs from run to run. */
const inNode = `
  const cp = require('child_process'), fs = require('fs'), os = require('os'), path = require('path')
  fs.mkdirSync(os.tmpdir(), { recursive: true })
  const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'traces-'))), log = path.join(dir, 'trace.log')
  const write = (files) => { for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(dir, name), text) }
  const plain = (text) => text.replaceAll(dir, 'DIR').replace(/^(MODULE_TIMER|X|HTTP) \\d+/gm, '$1 PID').replace(/: [\\d.]+ms$/gm, ': TIME').replace(/node:\\d+/g, 'node:PID')
  const run = (flags, env = {}) => new Promise((resolve) => cp.execFile(process.execPath, [...flags, path.join(dir, 'a.cjs')], { cwd: dir, env }, (error, out, err) => resolve([error?.code, plain(out), plain(err)])))
  const events = (file = log) => JSON.parse(fs.readFileSync(file, 'utf8')).traceEvents.filter((e) => e.cat.endsWith('module_timer')).map((e) => [e.ph, e.cat, plain(e.name), e.id, typeof e.ts, e.args])
  write({
    'a.cjs': 'require("url"); require("./b.cjs"); try { require("./none") } catch {} import("./c.mjs")',
    'b.cjs': 'require("./d.json"); try { require("./e.cjs") } catch {}', 'c.mjs': 'import "./f.cjs"; import "fs"', 'd.json': '{}', 'e.cjs': 'throw 1', 'f.cjs': '',
  })
  const tracing = ['--trace-event-file-pattern', log, '--trace-event-categories']
`

likeNode('the time that modules take', {
  'NODE_DEBUG=module_timer': `${inNode}
    return [await run([], { NODE_DEBUG: 'module_timer' }), await run([], { NODE_DEBUG: 'x,MODULE_*' })]`,
  'a request within itself': `${inNode}
    write({ 'a.cjs': 'if (!globalThis.once) { globalThis.once = 1; delete require.cache[__filename]; module.id = "same"; const again = () => { delete require.cache[b]; require("./b.cjs") }; const b = require.resolve("./b.cjs"); globalThis.again = again; again() }',
      'b.cjs': 'if (!globalThis.twice) { globalThis.twice = 1; again() }' })
    return run([], { NODE_DEBUG: 'module_timer' })`,
  'trace events': `${inNode}
    const seen = [await run([...tracing, 'node.module_timer']), events()]
    return [...seen, await run([...tracing, 'x,node'], { NODE_DEBUG: 'module_timer' }), events().length, await run([...tracing, 'x']), events()]`,
  'trace events of part of a program': `${inNode}
    write({ 'say "b".cjs': '', 'a.cjs': \`
      const t = require('trace_events'), one = t.createTracing({ categories: ['node.module_timer', 'y'] }), two = t.createTracing({ categories: ['a', 'y'] })
      one.enable(); two.enable(); console.log(one.enabled, one.categories, t.getEnabledCategories())
      require('./say "b".cjs'); one.disable(); require('os'); console.log(one.enabled, t.getEnabledCategories()); two.disable(); console.log(t.getEnabledCategories())\` })
    return [await run(tracing.slice(0, 2)), events()]`,
  'where trace events come to, however the program ends': `${inNode}
    write({ 'a.cjs': 'process.on("exit", () => require("os")); process.exit(3)', 'b.cjs': 'throw 1' })
    const flags = ['--trace-event-categories=node.module_timer'], seen = [await run(flags), events(path.join(dir, 'node_trace.1.log'))]
    const [code] = await run([...flags, '--trace-event-file-pattern=t-\${rotation}.json', '-r', './b.cjs'])
    return [...seen, code, events(path.join(dir, 't-1.json'))]`,
  'categories of the command line': `${inNode}
    write({ 'a.cjs': 'console.log(require("trace_events").getEnabledCategories())' })
    return [await run([...tracing, 'b,a']), await run([...tracing.slice(0, 2), '--trace-events-enabled']), await run([], { NODE_OPTIONS: '--trace-event-categories=c --trace-event-file-pattern=' + log })]`,
  'a warning of secrets': `${inNode}
    write({ 'a.cjs': 'const { debuglog } = require("util"); debuglog("x")("a %d", 1); debuglog("http")("b"); debuglog("http")("c")' })
    return run([], { NODE_DEBUG: 'http,x' })`,
})

test('trace events come to the file system of the guest when its loader is disposed of', () => {
  const written: string[] = []
  const write = (_: string, text: string) => written.push(text)
  const traced = (pattern: string) => {
    const execArgv = ['--trace-events-enabled', `--trace-event-file-pattern=${pattern}`]
    const fs = { '/main.js': 'require("./lib")', '/lib.js': '' }
    const loader = createLoader({ fs, execArgv, host: { write } })
    loader.main('/main.js')
    expect(loader.fs.readdirSync('/')).toEqual(['lib.js', 'main.js'])
    loader.dispose()
    return loader.fs
  }
  const { traceEvents } = JSON.parse(traced('/t.json').readFileSync('/t.json', 'utf8'))
  expect(traceEvents.filter(({ ph }: { ph: string }) => ph === 'b')).toMatchObject([
    { pid: 1000, name: "require('/main.js')" },
    { pid: 1000, name: "require('./lib')" },
  ])
  expect(written).toEqual([])
  traced('/none/t.json')
  expect(written).toEqual([
    expect.stringMatching(/^Could not open trace file \/none\/t.json: ENOENT/),
  ])
})
