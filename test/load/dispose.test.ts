/** After `dispose` nothing of the guest runs, whatever it was waiting for. */
import { createLoader } from 'lodger'
import { expect, test } from 'vitest'

/** Each begins something that would call back; `call` must not be reached. */
const kinds: Readonly<Record<string, string>> = {
  timeout: 'setTimeout(call, 1)',
  interval: 'setInterval(call, 1)',
  immediate: 'setImmediate(call)',
  tick: 'process.nextTick(call)',
  microtask: 'queueMicrotask(call)',
  'timer made by a host':
    'exports.later = () => { setTimeout(call, 1); process.nextTick(call); setImmediate(call) }',
  'timers/promises': `const t = require('timers/promises'); t.setTimeout(1).then(call); t.setImmediate().then(call); (async () => { for await (const x of t.setInterval(1)) call() })()`,
  'fs callback': `require('fs').readFile('/main.js', call); require('fs').stat('/none', call)`,
  'fs.promises': `const { promises } = require('fs'); promises.readFile('/main.js').then(call); promises.stat('/none').catch(call); promises.readdir('/').finally(call)`,
  'fs.promises, awaited': `(async () => { await require('fs').promises.open('/main.js'); call() })()`,
  'file streams': `require('fs').createReadStream('/main.js').on('open', call).on('data', call).on('close', call); require('fs').createWriteStream('/out').on('open', call).end('x', call)`,
  streams: `const { Readable, pipeline, PassThrough } = require('stream'); Readable.from(['x']).on('data', call).on('end', call); pipeline(Readable.from(['y']), new PassThrough(), call)`,
  'promises of streams': `const { finished } = require('stream/promises'), s = new (require('stream').PassThrough)(); finished(s).then(call); s.end(); s.resume()`,
  'events.once': `const E = require('events'), e = new E(); E.once(e, 'x').then(call); setTimeout(() => e.emit('x'), 1)`,
  fetch: `fetch('http://host/').then(call, call); (async () => { const r = await fetch('http://host/'); call(); await r.text(); call() })()`,
  'a response that is read': `exports.response = fetch('http://host/')`,
  zlib: `require('zlib').gzip('x', call); require('zlib').deflate('x', call)`,
  'random bytes': `require('crypto').randomBytes(4, call); require('crypto').randomUUID && require('crypto').randomInt(5, call)`,
  'keys from passwords': `require('crypto').pbkdf2('p', 's', 1, 8, 'sha1', call)`,
  readline: `const { PassThrough } = require('stream'), input = new PassThrough(); require('readline').createInterface({ input }).on('line', call).on('close', call); process.nextTick(() => input.end('x\\n'))`,
  'standard streams': `process.stdin.on('end', call).on('data', call).resume(); process.stdout.write('x', call)`,
  'warnings and rejections': `process.on('warning', call); process.emitWarning('x'); process.on('unhandledRejection', call)`,
  exit: `process.on('exit', call); process.on('beforeExit', call); process.on('SIGINT', call)`,
  'promisify and callbackify': `const { promisify, callbackify } = require('util'); promisify(setTimeout)(1).then(call); callbackify(async () => 1)(call)`,
  'message channels': `const { port1, port2 } = new MessageChannel(); port1.onmessage = call; port2.postMessage(1); const { MessageChannel: Channel } = require('worker_threads'), c = new Channel(); c.port1.onmessage = call; c.port2.postMessage(1)`,
  'broadcast channels': `const name = 'lodger-dispose'; new BroadcastChannel(name).onmessage = call; new BroadcastChannel(name).postMessage(1)`,
  'tests of the guest': `const { test, before } = require('node:test'); before(call); test('x', call); test('y', (t, done) => { call(); done() })`,
  'a store that follows': `const s = new (require('async_hooks').AsyncLocalStorage)(); s.run(1, () => setTimeout(call, 1)); require('async_hooks').createHook({ init: call, before: call, destroy: call }).enable()`,
}

test.each(Object.keys(kinds))('%s', async (kind) => {
  const calls: unknown[] = []
  let answer: (response: unknown) => void = () => {}
  const loader = createLoader({
    globals: { call: (...given: unknown[]) => calls.push(given) },
    fs: { '/main.js': `const { call } = globalThis; ${kinds[kind]}` },
    host: {
      write() {},
      fetch: () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    },
  })
  const exports = loader.main('/main.js') as { later?(): void }
  loader.dispose()
  exports.later?.()
  answer(new Response('text'))
  await new Promise((resolve) => setTimeout(resolve, 25))
  expect(calls).toEqual([])
})

test('a callback under way is the last one', async () => {
  const calls: string[] = []
  const loader = createLoader({
    globals: { call: (name: string) => calls.push(name), end: () => loader.dispose() },
    fs: {
      '/main.js': `setTimeout(() => { process.nextTick(call, 'tick'); queueMicrotask(() => call('job')); setImmediate(call, 'immediate'); end(); setTimeout(call, 1, 'timer'); process.nextTick(call, 'second tick'); call('same') }, 1)`,
    },
  })
  loader.main('/main.js')
  await new Promise((resolve) => setTimeout(resolve, 25))
  expect(calls).toEqual(['same'])
})

test('no channel of the guest keeps the host alive', async () => {
  const ports = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort')
  const before = ports()
  const loader = createLoader({
    fs: {
      '/main.js': `new BroadcastChannel('lodger-dispose').onmessage = () => {}; new MessageChannel().port1.onmessage = () => {}`,
    },
  })
  loader.main('/main.js')
  expect(ports().length).toBeGreaterThan(before.length)
  loader.dispose()
  await new Promise((resolve) => setTimeout(resolve, 25))
  expect(ports()).toEqual(before)
})
