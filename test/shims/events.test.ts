import { describe, expect, test } from 'vitest'
import { builtinsOf, likeNode } from './like-node.ts'

likeNode('events', {
  surface: `
    const E = require('events')
    return [Object.keys(E).sort(), Object.keys(E.prototype), Object.keys(E.prototype).map((k) => [E.prototype[k]?.name, E.prototype[k]?.length])]`,
  'a listener that is removed during emit is still called': `
    const e = new (require('events'))(), seen = []
    const b = () => seen.push('b')
    e.on('x', () => { seen.push('a'); e.removeListener('x', b); e.on('x', () => seen.push('late')) })
    e.on('x', b); e.emit('x'); e.emit('x')
    return seen`,
  'newListener and removeListener': `
    const e = new (require('events'))(), seen = []
    e.on('newListener', (n, l) => seen.push(['new', n, typeof l])); e.on('removeListener', (n) => seen.push(['gone', n]))
    const f = () => {}
    e.once('a', f); e.emit('a'); e.on('b', f); e.removeAllListeners('b'); e.removeAllListeners()
    return [seen, e.eventNames()]`,
  'error without a listener': `
    const e = new (require('events'))()
    return [caught(() => e.emit('error', new TypeError('mine'))), caught(() => e.emit('error', { a: 1 })), caught(() => e.emit('error'))]`,
  'errorMonitor hears first': `
    const E = require('events'), e = new E(), seen = []
    e.on(E.errorMonitor, (x) => seen.push('monitor ' + x)); e.on('error', (x) => seen.push('handler ' + x)); e.emit('error', 'x')
    return seen`,
  captureRejections: `
    const E = require('events'), e = new E({ captureRejections: true })
    return new Promise((done) => { e.on('error', (x) => done(x.message)); e.on('a', async () => { throw new Error('late') }); e.emit('a') })`,
  'wrong arguments': `
    const E = require('events'), e = new E()
    return [caught(() => e.on('x', null)), caught(() => e.setMaxListeners(-1)), caught(() => { E.defaultMaxListeners = 'a' }),
      caught(() => new E({ captureRejections: 'yes' })), caught(() => E.setMaxListeners(1, {}))]`,
  once: `
    const E = require('events'), e = new E()
    setTimeout(() => e.emit('x', 1, 2)); const first = await E.once(e, 'x')
    setTimeout(() => e.emit('error', new Error('no'))); const second = await E.once(e, 'x').catch((x) => x.message)
    const c = new AbortController(); setTimeout(() => c.abort())
    const third = await E.once(e, 'x', { signal: c.signal }).catch((x) => [x.name, x.code])
    return [first, second, third, e.eventNames()]`,
  on: `
    const E = require('events'), e = new E(), seen = []
    setTimeout(() => { e.emit('x', 1); e.emit('x', 2); e.emit('end') })
    for await (const args of E.on(e, 'x', { close: ['end'] })) seen.push(args)
    return [seen, e.eventNames()]`,
  EventEmitterAsyncResource: `
    const { EventEmitterAsyncResource: R } = require('events')
    const r = new R({ name: 'mine' })
    return [typeof r.asyncId, r.asyncResource.eventEmitter === r, r.emit('x'), caught(() => new R({ name: 1 }))]`,
  'old style inheritance': `
    const E = require('events'), util = require('util')
    function Old() { E.call(this) } util.inherits(Old, E)
    const o = new Old(); let got; o.on('x', (v) => { got = v }); o.emit('x', 5)
    return [got, o instanceof E, Old.super_ === E, util.inspect(o)]`,
})

describe('two loaders', () => {
  test('share no EventEmitter', () => {
    const [one, other] = [builtinsOf(), builtinsOf()]
    expect(one('events')).toBe(one('events'))
    expect(one('events')).not.toBe(other('events'))
    expect(one('events').prototype).not.toBe(other('events').prototype)
    one('events').defaultMaxListeners = 3
    expect(other('events').defaultMaxListeners).toBe(10)
  })
})

// By itself: node gives all emitters another `emit` when `domain` is required.
likeNode('domain', {
  'a domain gets an error where an emitter has none': `
    const E = require('events'), domain = require('domain').create(), e = new E(), seen = []
    domain.on('error', (error) => seen.push([error instanceof Error, error.code, error.message]))
    domain.add(e); e.emit('error'); e.emit('error', false); e.emit('error', new Error('own'))
    return seen`,
})
