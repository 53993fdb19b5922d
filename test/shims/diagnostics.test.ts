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
