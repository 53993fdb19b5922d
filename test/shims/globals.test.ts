import { runInNewContext } from 'node:vm'
import { createLoader } from 'lodger'
import { describe, expect, test } from 'vitest'

/** The names of the language itself: a host with nothing but these is as bare as QuickJS. */
const language = runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[]
const realm = () =>
  Object.fromEntries(language.map((name) => [name, Reflect.get(globalThis, name)]))

/** What a program in a loader on such a host returns. */
function onBareHost(body: string) {
  const loader = createLoader({
    fs: { '/main.js': `module.exports = (async () => {${body}})()` },
    host: { global: realm(), fetch: undefined },
  })
  return loader.main('/main.js')
}

describe('a host with nothing of the web', () => {
  test('still has what node has, where lodger has it', async () => {
    expect(
      await onBareHost(`return ['AbortController', 'Buffer', 'CustomEvent', 'DOMException', 'EventTarget', 'TextDecoder', 'TextEncoder', 'URL', 'atob', 'performance', 'queueMicrotask',
        'structuredClone', 'crypto', 'navigator'].filter((name) => !globalThis[name]).concat(['fetch', 'Request', 'WebSocket', 'MessageChannel'].filter((name) => name in globalThis))`),
    ).toEqual([])
  })

  test('text', async () => {
    const texts = ['', 'aé€😀', '\ud800x\udc00', 'x'.repeat(9000)]
    expect(
      await onBareHost(
        `return ${JSON.stringify(texts)}.map((t) => Array.from(new TextEncoder().encode(t)))`,
      ),
    ).toEqual(texts.map((text) => Array.from(new TextEncoder().encode(text))))
    const bytes = [
      [0xef, 0xbb, 0xbf, 0x61],
      [0xe2, 0x82],
      [0xf0, 0x9f, 0x98, 0x80, 0x80],
      [0xed, 0xa0, 0x80],
      [0xc0, 0xaf, 0x61],
      [0xe0, 0x80, 0x61],
      [0xf4, 0x90, 0x80, 0x80],
    ]
    for (const options of [{}, { ignoreBOM: true }, { fatal: true }]) {
      const decode = (list: number[]) => {
        try {
          return new TextDecoder('utf-8', options).decode(Uint8Array.from(list))
        } catch {
          return 'TypeError'
        }
      }
      expect(
        await onBareHost(
          `return ${JSON.stringify(bytes)}.map((list) => { try { return new TextDecoder('utf8', ${JSON.stringify(options)}).decode(Uint8Array.from(list)) } catch (e) { return e.name } })`,
        ),
      ).toEqual(bytes.map(decode))
    }
    expect(
      await onBareHost(`const d = new TextDecoder('utf-16'), out = []
        for (const b of [[0x3d], [0xd8, 0x00, 0xde], [0x61, 0, 0, 0xd8]]) out.push(d.decode(Uint8Array.from(b), { stream: true })); out.push(d.decode())
        const u = new TextDecoder(); out.push(u.decode(Uint8Array.of(0xf0, 0x9f), { stream: true }) + u.decode(Uint8Array.of(0x98, 0x80)))
        out.push(new TextDecoder('latin1').decode(Uint8Array.of(0x80, 0xe9)), new TextEncoder().encodeInto('é€', new Uint8Array(4)))
        try { new TextDecoder('klingon') } catch (e) { out.push(e.code) }
        return out`),
    ).toEqual([
      '',
      '😀',
      'a',
      '\ufffd',
      '😀',
      '€é',
      { read: 1, written: 2 },
      'ERR_ENCODING_NOT_SUPPORTED',
    ])
  })

  test('events and aborting', async () => {
    expect(
      await onBareHost(`
        const target = new EventTarget(), seen = [], controller = new AbortController()
        target.addEventListener('x', (e) => { seen.push(e.type, e.detail, e.target === target, e.eventPhase); e.preventDefault() }, { once: true })
        target.addEventListener('x', { handleEvent(e) { seen.push('object', e.defaultPrevented); e.stopImmediatePropagation() } })
        target.addEventListener('x', () => seen.push('BAD')); target.addEventListener('y', () => seen.push('BAD'), { signal: controller.signal })
        seen.push(target.dispatchEvent(new CustomEvent('x', { detail: 5, cancelable: true })), target.dispatchEvent(new Event('x')))
        controller.signal.onabort = (e) => seen.push('aborted', e.type)
        const any = AbortSignal.any([controller.signal, AbortSignal.timeout(1000)])
        controller.abort(); controller.abort('again'); target.dispatchEvent(new Event('y'))
        try { controller.signal.throwIfAborted() } catch (e) { seen.push(e.name, e.code, e instanceof DOMException, e.message) }
        try { new AbortSignal() } catch (e) { seen.push(e.code) }
        const late = AbortSignal.timeout(1); await require('timers/promises').setTimeout(10); seen.push(late.reason.name, any.aborted)
        return seen`),
    ).toEqual([
      ...['x', 5, true, 2, 'object', true, 'object', false, false, true, 'aborted', 'abort'],
      ...['AbortError', 20, true, 'This operation was aborted', 'ERR_ILLEGAL_CONSTRUCTOR'],
      ...['TimeoutError', true],
    ])
  })

  test('structuredClone', async () => {
    expect(
      await onBareHost(`
        const a = { d: new Date(5), m: new Map([[1, { x: 1 }]]), s: new Set(['v']), r: /x/gi, b: Uint8Array.of(1, 2), e: new RangeError('no'), n: null, u: undefined, l: [1, , 3] }
        a.self = a
        const c = structuredClone(a), out = [c !== a, c.self === c, c.d.getTime(), c.m.get(1).x, c.s.has('v'), String(c.r), [...c.b], c.e instanceof RangeError, c.e.message, 'u' in c, 1 in c.l]
        for (const bad of [() => {}, Symbol('s'), { f() {} }, Promise.resolve()]) try { structuredClone(bad) } catch (e) { out.push(e.name) }
        return out`),
    ).toEqual([
      true,
      true,
      5,
      1,
      true,
      '/x/gi',
      [1, 2],
      true,
      'no',
      true,
      false,
      ...Array(4).fill('DataCloneError'),
    ])
  })

  test('performance and randomness', async () => {
    expect(
      await onBareHost(`
        performance.mark('a'); const m = performance.measure('m', 'a')
        return [m.entryType, m.duration >= 0, performance.getEntriesByName('a').length, performance.now() > 0, require('perf_hooks').performance === performance, crypto.randomUUID().length, crypto.getRandomValues(new Uint8Array(8)).length]`),
    ).toEqual(['measure', true, 1, true, true, 36, 8])
  })
})

describe('any host', () => {
  test('each loader has its own timers, process and Buffer', () => {
    const source = 'module.exports = [setTimeout, process, Buffer, console, queueMicrotask]'
    const [one = [], other = []] = [source, source].map(
      (text) => createLoader({ fs: { '/main.js': text } }).main('/main.js') as unknown[],
    )
    for (const [index, value] of one.entries()) expect(value).not.toBe(other[index])
    expect(
      createLoader({
        fs: { '/a.js': 'module.exports = require("perf_hooks").performance === performance' },
      }).main('/a.js'),
    ).toBe(true)
  })

  test('functions of the host are bound to it', () => {
    const strict = {
      ...realm(),
      structuredClone(this: unknown, value: unknown) {
        if (this !== strict) throw new TypeError('Illegal invocation')
        return value
      },
    }
    const loader = createLoader({
      fs: { '/a.js': 'module.exports = structuredClone(7)' },
      host: { global: strict },
    })
    expect(loader.main('/a.js')).toBe(7)
  })
})

test("--expose-gc gives gc: the host's, or one that does nothing", () => {
  const fs = {
    '/a.js':
      'module.exports = [typeof gc, Object.keys(globalThis).includes("gc")]; globalThis.gc?.()',
  }
  expect(createLoader({ fs }).main('/a.js')).toEqual(['undefined', false])
  for (const flag of ['--expose-gc', '--expose_gc']) {
    expect(createLoader({ fs, execArgv: [flag] }).main('/a.js')).toEqual(['function', true])
  }
})
