/** What a loader leaves behind when it is done: nothing that a realm would have to hold. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Uses what keeps things: listeners, timers, contexts, pending calls, caches. */
const guest = `
  const fs = require('fs'), { EventEmitter } = require('events'), util = require('util')
  const { Readable, PassThrough } = require('stream'), { AsyncLocalStorage, createHook } = require('async_hooks')
  fs.mkdirSync('/d'); fs.writeFileSync('/d/x', 'x'.repeat(10_000)); fs.readFile('/d/x', () => {})
  exports.later = fs.promises.readFile('/d/x')
  new EventEmitter().on('x', () => {}).emit('x')
  process.on('exit', () => {}); process.on('uncaughtException', () => {}); process.on('SIGINT', () => {})
  setInterval(() => {}, 1000); setTimeout(() => {}, 5000); setImmediate(() => {}); process.nextTick(() => {}); queueMicrotask(() => {})
  createHook({ init() {} }).enable(); new AsyncLocalStorage().enterWith({ much: new Array(1000).fill(1) })
  Readable.from(['a', 'b']).pipe(new PassThrough()).resume()
  exports.a = require('./a'); exports.url = new URL('http://a/b'); exports.controller = new AbortController()
  exports.text = util.inspect({ a: 1 }); globalThis.left = Buffer.from('x'); structuredClone({}); performance.now(); console.log('x')`

const host = `
  import { createLoader } from 'lodger'
  const files = { '/main.js': ${JSON.stringify(guest)}, '/a.js': 'module.exports = require("./b.json")', '/b.json': '{"x":1}' }
  async function useOne(number) {
    const loader = createLoader({ fs: { ...files }, host: { write() {} } })
    loader.main('/main.js')
    // Some are disposed of in the middle of things, some when callbacks have run.
    if (number % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
    loader.dispose()
  }
  const heap = async () => {
    await new Promise((resolve) => setTimeout(resolve, 50))
    globalThis.gc(); globalThis.gc()
    return process.memoryUsage().heapUsed
  }
  for (let number = 0; number < 20; number++) await useOne(number)
  const before = await heap()
  for (let number = 0; number < 1000; number++) await useOne(number)
  console.log((await heap()) - before)`

test('a thousand loaders that were used and disposed of leave no more than 10 MB', () => {
  const words = ['--expose-gc', '--input-type=module', '--eval', host]
  const left = Number(execFileSync(process.execPath, words, { cwd: root, encoding: 'utf8' }))
  expect(left).toBeLessThan(10 * 2 ** 20)
}, 180_000)
