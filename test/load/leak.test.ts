/** What a loader leaves behind when it is done, and while it runs: nothing that a realm would have to hold. */
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

const modules = `
  import { createLoader } from 'lodger'
  import { loadTranspiler } from 'lodger/transpile'
  const transpile = await loadTranspiler('fast')
  const fs = {
    '/main.mts': 'import { b } from "./b.mjs"; export const a: number = b; await import("./c.cjs")',
    '/b.mjs': 'export let b = 1; b++; globalThis.left = new Array(1000).fill(1)',
    '/c.cjs': 'require("./b.mjs"); exports.error = new Error("c").stack',
  }
  async function useOne() {
    const hooks = { load: (url, context, next) => next(url) }
    const loader = createLoader({ fs, transpile, hooks, trace: true, execArgv: ['--enable-source-maps'] })
    await loader.main('/main.mts')
    await loader.import('/gone.mjs').catch(({ stack }) => stack)
    loader.invalidate('/b.mjs', { dependents: true })
    loader.graph()
    loader.dispose()
  }
  for (let number = 0; number < 20; number++) await useOne()
  globalThis.gc()
  const before = process.memoryUsage().heapUsed
  for (let number = 0; number < 200; number++) await useOne()
  await new Promise((resolve) => setTimeout(resolve, 50))
  globalThis.gc(); globalThis.gc()
  console.log(process.memoryUsage().heapUsed - before)`

const settingGlobals = `
  import { createLoader } from 'lodger'
  const fs = { '/a.js': 'module.exports = (times) => { while (times-- > 0) globalThis.counter = times }' }
  const set = createLoader({ fs }).require('/a.js')
  set(10)
  globalThis.gc()
  const before = process.memoryUsage().heapUsed
  set(1e6)
  globalThis.gc()
  console.log(process.memoryUsage().heapUsed - before)`

test.each([
  ['a thousand loaders that were used and disposed of', 10, host],
  ['two hundred with ES modules, TypeScript, hooks and source maps', 2, modules],
  ['a million settings of a global', 1, settingGlobals],
])(
  '%s leave no more than %i MB',
  (_, most, program) => {
    const words = ['--expose-gc', '--input-type=module', '--eval', program]
    const left = Number(execFileSync(process.execPath, words, { cwd: root, encoding: 'utf8' }))
    expect(left).toBeLessThan(most * 2 ** 20)
  },
  180_000,
)
