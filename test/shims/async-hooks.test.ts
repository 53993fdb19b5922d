import { createLoader } from 'lodger'
import { createLoader as createVmLoader } from 'lodger/hosts/vm'
import { describe, expect, test } from 'vitest'
import { likeNode } from './like-node.ts'

likeNode('async_hooks', {
  'a store follows callbacks, jobs and awaits': `
    const { AsyncLocalStorage } = require('async_hooks'), fs = require('fs'), { Readable } = require('stream')
    const store = new AsyncLocalStorage(), other = new AsyncLocalStorage(), out = {}
    const waiting = []
    const see = (name) => { let done; waiting.push(new Promise((resolve) => { done = resolve })); return () => { out[name] = store.getStore(); done() } }
    store.run('s', () => {
      setTimeout(see('timeout'), 1); setImmediate(see('immediate')); process.nextTick(see('tick')); queueMicrotask(see('microtask'))
      const interval = setInterval(() => clearInterval(interval) || end(), 1), end = see('interval')
      fs.stat('/', see('fs')); fs.promises.stat('/').then(see('fs promise'))
      Promise.resolve().then(see('then')); Promise.reject().catch(see('catch')); Promise.resolve().finally(see('finally'))
      const stream = Readable.from(['x']); stream.on('data', see('data')); stream.on('end', see('end'))
      const wait = require('util').promisify(setTimeout), last = see('await'), timed = see('await of a timer')
      ;(async () => { await null; await 0; last() })(); (async () => { await wait(1); timed() })()
      require('timers/promises').setImmediate().then(see('timers/promises'))
      require('zlib').gzip('x', see('zlib')); require('crypto').randomBytes(4, see('random bytes'))
    })
    await Promise.all(waiting)
    return [out, store.getStore(), other.getStore()]`,
  'a store follows a child process': `
    const { AsyncLocalStorage } = require('async_hooks'), { exec, fork, spawn } = require('child_process'), { writeFileSync, unlinkSync } = require('fs')
    const store = new AsyncLocalStorage(), out = {}, file = require('path').join(require('os').tmpdir(), 'child-' + process.pid + '.js')
    require('fs').mkdirSync(require('os').tmpdir(), { recursive: true })
    writeFileSync(file, 'process.send(1); process.disconnect()')
    await store.run(7, () => Promise.all([
      new Promise((resolve) => exec('node -p 1', () => { out.exec = store.getStore(); resolve() })),
      new Promise((resolve) => spawn('node', ['-p', '1']).on('exit', () => { out.exit = store.getStore() }).on('close', () => { out.close = store.getStore(); resolve() }).stdout.on('data', () => { out.data = store.getStore() })),
      new Promise((resolve) => fork(file).on('message', () => { out.message = store.getStore() }).on('disconnect', () => { out.disconnect = store.getStore(); resolve() })),
    ]))
    unlinkSync(file)
    return Object.entries(out).sort()`,
  'a store of its own for each of two that run at once': `
    const { AsyncLocalStorage } = require('async_hooks'), store = new AsyncLocalStorage(), order = []
    const request = (id) => store.run({ id }, async () => {
      for (let step = 0; step < 3; step++) { await new Promise((r) => setTimeout(r, 2)); order.push(store.getStore().id); await null }
      return store.getStore().id
    })
    return [await Promise.all([request(1), request(2)]), order.sort()]`,
  'run, exit, enterWith, disable, defaults and names': `
    const { AsyncLocalStorage } = require('async_hooks'), out = []
    const store = new AsyncLocalStorage({ defaultValue: 'd', name: 'n' }), plain = new AsyncLocalStorage()
    out.push(store.name, plain.name, store.getStore(), plain.getStore())
    store.run(1, (...args) => { out.push(args, store.getStore()); store.exit((x) => out.push(x, store.getStore()), 'x'); out.push(store.getStore()) }, 'a', 'b')
    out.push(store.getStore(), caught(() => store.run(2, () => { throw new Error('out') })), store.getStore())
    store.run(3, () => { store.enterWith(4); out.push(store.getStore()); store.disable(); out.push(store.getStore()) })
    out.push(store.getStore(), caught(() => new AsyncLocalStorage(5)), caught(() => new AsyncLocalStorage({ name: 5 })?.name))
    return out`,
  'bind and snapshot': `
    const { AsyncLocalStorage, AsyncResource } = require('async_hooks'), store = new AsyncLocalStorage()
    const [bound, snapshot, resource] = store.run('kept', () => [AsyncLocalStorage.bind((a, b) => [a, b, store.getStore()]), AsyncLocalStorage.snapshot(), new AsyncResource('R')])
    return store.run('now', () => [bound(1, 2), bound.length, snapshot((x) => [x, store.getStore()], 3), resource.runInAsyncScope(function (x) { return [this.me, x, store.getStore()] }, { me: 1 }, 2),
      resource.bind(function (a) { return [this, a, store.getStore()] }, 'self')(5).map(String), AsyncResource.bind(() => store.getStore(), 'X')(), store.getStore()])`,
  'wrong arguments': `
    const { AsyncLocalStorage, AsyncResource, createHook } = require('async_hooks')
    return [() => new AsyncResource(), () => new AsyncResource(5), () => new AsyncResource('x', { triggerAsyncId: -2 }), () => new AsyncResource('x', 'y'), () => createHook({ init: 5 }), () => createHook({ destroy: 'x' }),
      () => createHook({ trackPromises: 1 }), () => AsyncLocalStorage.bind(5), () => new AsyncResource('x').bind(5), () => createHook({ trackPromises: false, promiseResolve() {} })].map((f) => typeof caught(f) === 'object' ? caught(f) : 'no')`,
  'hooks hear of timers, immediates, ticks, microtasks, fs and resources, in order': `
    const hooks = require('async_hooks'), seen = [], types = new Map()
    const known = (id) => types.get(id) ?? 'outside'
    const hook = hooks.createHook({
      init(id, type, trigger) { if (type === 'PROMISE') return; types.set(id, type + types.size); seen.push(['init', known(id)]) },
      before(id) { if (types.has(id)) seen.push(['before', known(id), hooks.executionAsyncId() === id]) },
      after(id) { if (types.has(id)) seen.push(['after', known(id)]) },
      destroy(id) { if (types.has(id)) seen.push(['destroy', known(id)]) },
    })
    await new Promise((resolve) => setTimeout(resolve, 1))
    hook.enable()
    const own = new hooks.AsyncResource('OWN')
    own.runInAsyncScope(() => seen.push(['in', hooks.executionAsyncId() === own.asyncId(), hooks.triggerAsyncId() === own.triggerAsyncId(), hooks.executionAsyncResource() === own]))
    own.emitDestroy()
    process.nextTick(() => seen.push('tick'))
    const cleared = setTimeout(() => {}, 1000); clearTimeout(cleared)
    queueMicrotask(() => seen.push('microtask'))
    await new Promise((resolve) => setTimeout(() => setImmediate(() => { seen.push(hooks.executionAsyncResource().constructor.name); setTimeout(resolve, 2) }), 2))
    hook.disable()
    const of = (kind) => seen.filter((x) => !Array.isArray(x) || x[0] === kind || x[0] === 'in')
    return [of('init'), of('before'), of('after'), seen.filter((x) => x[0] === 'destroy').map((x) => x[1]).sort()]`,
  'a timer knows its number and its cause': `
    const hooks = require('async_hooks')
    const idOf = (timer, what) => timer[Object.getOwnPropertySymbols(timer).find((s) => s.description === what)]
    return new Promise((resolve) => {
      const outer = setTimeout(() => {
        const inner = setTimeout(() => resolve([idOf(inner, 'asyncId') === hooks.executionAsyncId(), idOf(inner, 'triggerId') === idOf(outer, 'asyncId'), hooks.triggerAsyncId() === idOf(outer, 'asyncId'), hooks.executionAsyncResource() === inner]), 1)
      }, 1)
    })`,
})

test('a hook that throws ends the guest, whatever handlers it has', () => {
  const output = { stdout: '', stderr: '' }
  const source = `
    process.on('uncaughtException', () => console.log('BAD')); process.on('exit', (code) => console.log('exit', code))
    require('async_hooks').createHook({ init() { throw new Error('in hook') } }).enable()
    setTimeout(() => console.log('BAD'), 0); console.log('BAD')`
  const loader = createLoader({
    fs: { '/a.js': source },
    host: {
      write(stream, text) {
        output[stream] += text
      },
    },
  })
  expect(() => loader.main('/a.js')).toThrow()
  expect(output.stdout).toBe('exit 1\n')
  expect(output.stderr).toContain('Error: in hook\n    at')
})

test('the resource of a tick is an object of its own, which shows nothing of the context', async () => {
  const source = `
    const hooks = require('async_hooks'), seen = []
    hooks.createHook({ init(id, type, trigger, resource) { if (type === 'TickObject') seen.push(resource) } }).enable()
    new hooks.AsyncLocalStorage().run('secret', () => process.nextTick(() => seen.push(hooks.executionAsyncResource())))
    module.exports = seen`
  const seen = createLoader({ fs: { '/a.js': source } }).main('/a.js') as object[]
  await new Promise((resolve) => setTimeout(resolve, 1))
  expect(seen[0]).toBe(seen[1])
  expect(Reflect.ownKeys(seen[0] as object)).toEqual([])
  expect(Object.getPrototypeOf(seen[0])).toBe(Object.prototype)
})

const program = `
  const { AsyncLocalStorage } = require('async_hooks')
  const store = new AsyncLocalStorage()
  module.exports = async () => {
    const seen = {}
    await store.run('s', async () => {
      await new Promise((resolve) => setTimeout(() => { seen.timer = store.getStore(); resolve() }, 1))
      seen.await = store.getStore()
    })
    return seen
  }`

describe('a host that carries nothing through promises', () => {
  test('still has its stores in timers, and loses them behind an await', async () => {
    const loader = createLoader({ fs: { '/a.js': program }, host: { asyncContext: undefined } })
    const run = loader.main('/a.js') as () => Promise<unknown>
    expect(await run()).toEqual({ timer: 's', await: undefined })
  })
})

test('a realm of its own is carried by node as well', async () => {
  const run = createVmLoader({ fs: { '/a.js': program } }).main('/a.js') as () => Promise<unknown>
  expect({ ...((await run()) as object) }).toEqual({ timer: 's', await: 's' })
})

test("the stores of two loaders do not meet, and none is left in the host's context", async () => {
  const source =
    "const { AsyncLocalStorage } = require('async_hooks'); module.exports = new AsyncLocalStorage()"
  type Store = { enterWith(store: unknown): void; getStore(): unknown }
  const [first, second] = [1, 2].map(() => createLoader({ fs: { '/a.js': source } }))
  const a = first?.main('/a.js') as Store
  const b = second?.main('/a.js') as Store
  a.enterWith('a')
  b.enterWith('b')
  await null
  expect([a.getStore(), b.getStore()]).toEqual(['a', 'b'])
  first?.dispose()
  await null
  expect([a.getStore(), b.getStore()]).toEqual([undefined, 'b'])
  second?.dispose()
})
