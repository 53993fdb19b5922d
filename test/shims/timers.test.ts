import { createLoader } from 'lodger'
import { describe, expect, test } from 'vitest'
import { likeNode } from './like-node.ts'
import { requireOf } from './loose.ts'

likeNode('timers', {
  surface: `
    const timers = require('node:timers'), promises = require('timers/promises'), { promisify, inspect } = require('node:util')
    const t = setTimeout(() => {}, 5), i = setImmediate(() => {})
    clearTimeout(t); clearImmediate(i)
    const methods = (o) => Object.getOwnPropertyNames(Object.getPrototypeOf(o)).sort()
    return [Object.keys(timers).sort(), Object.keys(timers).map((k) => timers[k].length ?? null), Object.keys(promises).sort(), timers.promises === promises, promisify(setTimeout) === promises.setTimeout, promisify(setImmediate) === promises.setImmediate,
      methods(t), methods(i), t.constructor.name, i.constructor.name, timers.setTimeout === setTimeout, typeof t[Symbol.toPrimitive](), inspect(i).split('\\n')[0]]`,
  'wrong arguments': `
    const p = require('timers/promises'), caughtLater = async (f) => { try { return await f() } catch (e) { return { name: e.name, code: e.code, message: e.message } } }
    return [caught(() => setTimeout('code')), caught(() => setInterval()), caught(() => setImmediate(null)), clearTimeout(null) === undefined, clearTimeout({}) === undefined, clearInterval('x') === undefined,
      await caughtLater(() => p.setTimeout('x')), await caughtLater(() => p.setTimeout(1, 2, { ref: 5 })), await caughtLater(() => p.setImmediate(1, 5)), await caughtLater(() => p.setTimeout(1, 2, { signal: 5 })),
      caught(() => new p.scheduler.constructor()), await caughtLater(() => p.scheduler.wait.call({}, 1))]`,
  behaviour: `
    const order = []
    const again = setTimeout(() => order.push('refreshed'), 10); again.refresh()
    const cancelled = setTimeout(() => order.push('BAD'), 1); clearTimeout(+cancelled)
    const closed = setTimeout(() => order.push('BAD'), 1).close()
    let count = 0; const interval = setInterval(function (...args) { order.push(['interval', args, this === interval]); if (++count === 2) clearInterval(this) }, 1, 'x', 2)
    setTimeout((a, b) => order.push([a, b]), 0, 1, 2)
    const un = setTimeout(() => {}, 1).unref()
    await require('timers/promises').setTimeout(60)
    return [order.filter((x) => x !== 'refreshed').map(String).sort(), order.includes('refreshed'), un.hasRef(), un.ref() === un, closed._destroyed]`,
  'promises and signals': `
    const p = require('timers/promises'), controller = new AbortController(), out = []
    const waiting = p.setTimeout(1000, 'x', { signal: controller.signal }).catch((e) => [e.name, e.code, e.message, e.cause === controller.signal.reason])
    controller.abort()
    out.push(await waiting, await p.setTimeout(1, 'v'), await p.setImmediate('i'))
    for await (const v of p.setInterval(1, 'tick')) { out.push(v); if (out.length > 5) break }
    await p.scheduler.wait(1); await p.scheduler.yield()
    out.push(await p.setImmediate(0, { signal: AbortSignal.abort('r') }).catch((e) => [e.code, e.cause]))
    return out`,
  'durations that do not fit': `
    const warnings = []; process.on('warning', (w) => warnings.push([w.name, w.message]))
    for (const d of [2 ** 31, -1, -2, NaN, 'x', 0, 1.5, undefined]) clearTimeout(setTimeout(() => {}, d))
    await new Promise((resolve) => setImmediate(resolve))
    return warnings`,
})

describe('a loader that is disposed of', () => {
  test('leaves no timer behind', async () => {
    const calls: string[] = []
    const loader = createLoader({
      globals: { call: (name: string) => calls.push(name) },
      fs: {
        '/a.js': `
      setTimeout(() => call('timeout'), 1); setInterval(() => call('interval'), 1); setImmediate(() => call('immediate'))
      process.nextTick(() => call('tick')); queueMicrotask(() => call('microtask'))`,
      },
    })
    loader.require('/a.js')
    loader.dispose()
    await new Promise((resolve) => setTimeout(resolve, 15))
    expect(calls).toEqual([])
  })
})

test('a host without timers says what it lacks; immediates come behind promise jobs there', async () => {
  const require = requireOf(
    createLoader({ host: { setTimeout: undefined, setImmediate: undefined } }),
  )
  const { setTimeout, setImmediate } = require('node:timers')
  expect(() => setTimeout(() => {}, 1)).toThrow(
    expect.objectContaining({ code: 'ERR_LODGER_HOST_LACKS' }),
  )
  const order: string[] = []
  setImmediate(() => order.push('immediate'))
  require('node:process').nextTick(() => order.push('tick'))
  Promise.resolve().then(() => order.push('job'))
  await new Promise((resolve) => globalThis.setTimeout(resolve, 5))
  expect(order.at(-1)).toBe('immediate')
  expect(order.length).toBe(3)
})
