/** Browser pages and workers, in a real Chromium. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browsing, startBrowsing } from '../browser.ts'
import {
  compareSnapshots as compareHere,
  createSnapshots as createSnapshotsHere,
} from '../realm-snapshot.ts'

type Lodger = typeof import('lodger/hosts/page')

/** What a page of ours leaves on its `window`. */
interface TestWindow extends Window {
  lodger: Lodger
}

let browsing: Browsing

beforeAll(async () => {
  browsing = await startBrowsing()
  const head = '<!doctype html><meta charset="utf-8"><title>lodger</title><body>'
  browsing.files['/script.html'] = `${head}<script src="/lodger/lodger.iife.js"></script>`
  browsing.files['/module.html'] = `${head}<script type="module">
    import * as lodger from '/lodger/hosts/page/index.js'
    window.lodger = lodger
  </script>`
  browsing.files['/worker.js'] = `
    import { createLoader } from '/lodger/hosts/page/index.js'
    onmessage = async ({ data }) => {
      const loader = createLoader(data)
      postMessage(await loader.main('/app/index.js'))
    }`
})

afterAll(() => browsing?.close())

const entries = [
  ['a script tag', '/script.html'],
  ['an ES module', '/module.html'],
] as const

const program = {
  '/app/index.js': `
    const { join } = require('path')
    const dep = require('dep')
    module.exports = { dep, joined: join(__dirname, '..', 'x'), file: __filename, main: require.main === module }`,
  '/app/node_modules/dep/package.json': '{ "exports": { "require": "./lib/dep.js" } }',
  '/app/node_modules/dep/lib/dep.js': `exports.text = Buffer.from('aMOp', 'base64').toString()`,
}

/** Expressions of a guest, and what they give. */
const expectations: Readonly<Record<string, unknown>> = {
  'globalThis.document === document': true,
  'globalThis.document.title': 'lodger',
  'globalThis.location.pathname === location.pathname': true,
  'window.document === document && self.document === document': true,
  'typeof globalThis.innerWidth': 'number',
  'globalThis.localStorage.length': 0,
  'global.crypto.getRandomValues(new Uint8Array(4)).length': 4,
  'crypto.getRandomValues(new Uint8Array(4)).length': 4,
  'typeof crypto.randomUUID()': 'string',
  'window.SharedArrayBuffer === undefined && new SharedArrayBuffer(4).byteLength': 4,
  '(0, require)("crypto").randomBytes(100_000).length': 100_000,
  'globalThis.fetch("/").then((response) => response.status)': 200,
  'global.fetch("/").then((response) => response.status)': 200,
  'fetch("/").then((response) => response.status)': 200,
  'globalThis.addEventListener("nothing", () => {})': null,
  'globalThis.matchMedia("print").matches': false,
  'globalThis.getComputedStyle(document.body).display': 'block',
  'globalThis.requestAnimationFrame(() => {}) > 0': true,
  'requestAnimationFrame(() => {}) > 0': true,
  'globalThis.btoa("a") + btoa("a")': 'YQ==YQ==',
  'typeof globalThis.performance.now() + typeof performance.now()': 'numbernumber',
  'globalThis.structuredClone({ a: [1] }).a[0]': 1,
  'new globalThis.URL("/a", location.href).pathname': '/a',
  'new globalThis.Event("x").type + new Event("y").type': 'xy',
  'new globalThis.XMLHttpRequest().readyState': 0,
  'globalThis.HTMLElement === HTMLElement && globalThis.parseInt === parseInt': true,
  'globalThis.eval === eval && globalThis.hasOwnProperty("process")': true,
  '"document" in globalThis && "fetch" in global': true,
  'new Promise((resolve) => setTimeout(resolve, 1, "free"))': 'free',
  'new Promise((resolve) => globalThis.setTimeout(resolve, 1, "member"))': 'member',
  'new Promise((resolve) => setImmediate(resolve, "soon"))': 'soon',
  'new Promise((resolve) => queueMicrotask(() => resolve("micro")))': 'micro',
  'Object.keys(globalThis).includes("setTimeout")': true,
  'typeof setTimeout(() => {}).ref + typeof process.nextTick': 'functionfunction',
  'globalThis.onerror = null': null,
  'globalThis.name = "guest"; globalThis.name': 'guest',
}

describe.each(entries)('by %s', (_, path) => {
  test('a program runs', async () => {
    const { page, errors } = await browsing.open(path)
    const result = await page.evaluate(
      (fs) => (window as unknown as TestWindow).lodger.createLoader({ fs }).main('/app/index.js'),
      program,
    )
    expect(result).toEqual({
      dep: { text: 'hé' },
      joined: '/x',
      file: '/app/index.js',
      main: true,
    })
    expect(errors).toEqual([])
    await page.close()
  })

  // The getters and methods of a browser's global object refuse any other receiver: `Illegal invocation`.
  test("the page's own globals serve guest code as members and as free names", async () => {
    const { page } = await browsing.open(path)
    const expressions = Object.keys(expectations)
    const results = await page.evaluate(async (expressions) => {
      const { createLoader } = (window as unknown as TestWindow).lodger
      const source = `module.exports = (text) => eval(text)`
      const run = createLoader({ fs: { '/run.js': source } }).main('/run.js') as (
        text: string,
      ) => unknown
      const outcomes: unknown[] = []
      for (const text of expressions) {
        try {
          outcomes.push((await run(text)) ?? null)
        } catch (error) {
          outcomes.push(String(error))
        }
      }
      return outcomes
    }, expressions)
    expect(Object.fromEntries(expressions.map((text, index) => [text, results[index]]))).toEqual(
      expectations,
    )
    await page.close()
  })

  test("the page's own globals and prototypes stay as they were", async () => {
    const { page } = await browsing.open(path)
    const differences = await page.evaluate(
      async ([make, compare, fs]) => {
        const { createLoader } = (window as unknown as TestWindow).lodger
        const createSnapshots = Object(globalThis).eval(`(${make})`) as typeof createSnapshotsHere
        const compareSnapshots = Object(globalThis).eval(`(${compare})`) as typeof compareHere
        const snapshots = createSnapshots({ roots: { window } })
        const before = snapshots.take()
        const loader = createLoader({ fs, host: { write() {} } })
        await loader.main('/guest.js')
        loader.dispose()
        return { size: before.size, differences: compareSnapshots(before, snapshots.take()) }
      },
      [String(createSnapshotsHere), String(compareHere), { '/guest.js': guest }] as const,
    )
    expect(differences).toEqual({ size: expect.any(Number), differences: [] })
    expect(differences.size).toBeGreaterThan(5000)
    await page.close()
  })
})

/** Well-behaved code that asks for every builtin and uses what a page gives. */
const guest = `
  for (const id of require('module').builtinModules) require(id)
  globalThis.name = 'guest'
  globalThis.onerror = () => {}
  console.log(new Map([[1, new URL('/x', 'http://localhost')]]), process.memoryUsage())
  require('fs').writeFileSync('/made.txt', Buffer.from('x'))
  process.on('exit', () => {})
  setInterval(() => {}, 1000)
  Error.captureStackTrace({})
  new TextDecoder().decode(crypto.getRandomValues(new Uint8Array(8)))
  try { require('./nowhere') } catch {}
  module.exports = new Promise((resolve) => setTimeout(resolve, 20))
`

test('what a program prints reaches the console in whole lines, and errors as errors', async () => {
  const { page } = await browsing.open('/module.html')
  const lines: string[] = []
  page.on('console', (message) => lines.push(`${message.type()} ${message.text()}`))
  await page.evaluate(() => {
    const source = `
      process.stdout.write('one ')
      process.stdout.write('line\\nand ')
      console.error('%s %d', 'wrong', 1)
      console.log('more', { a: [1] })`
    const { createLoader } = (window as unknown as TestWindow).lodger
    createLoader({ fs: { '/a.js': source } }).main('/a.js')
  })
  expect(lines).toEqual(['log one line', 'error wrong 1', 'log and more { a: [ 1 ] }'])
  await page.close()
})

test('a stack names the files of the guest, with their own lines and columns', async () => {
  const { page } = await browsing.open('/module.html')
  const stack = await page.evaluate(() => {
    const { createLoader } = (window as unknown as TestWindow).lodger
    const fs = {
      '/app/a.js': "require('./b')()",
      '/app/b.js': 'module.exports = function b() {\n  null.x\n}',
    }
    try {
      return createLoader({ fs }).main('/app/a.js')
    } catch (error) {
      return (error as Error).stack
    }
  })
  expect(String(stack).split('\n').slice(0, 3)).toEqual([
    "TypeError: Cannot read properties of null (reading 'x')",
    expect.stringMatching(/^ {4}at .*\(\/app\/b\.js:2:8\)$/),
    expect.stringMatching(/^ {4}at .*\(\/app\/a\.js:1:15\)$/),
  ])
  expect(stack).not.toContain('lodger')
  await page.close()
})

test('a worker runs a program', async () => {
  const { page, errors } = await browsing.open('/module.html')
  const source = `
    module.exports = new Promise((resolve) => setImmediate(() => resolve({
      place: [typeof document, typeof globalThis.postMessage, globalThis.self === self],
      text: require('util').inspect(new Set([1])),
      random: crypto.getRandomValues(new Uint8Array(3)).length,
    })))`
  const result = await page.evaluate(
    (fs) =>
      new Promise((resolve, reject) => {
        const worker = new Worker('/worker.js', { type: 'module' })
        worker.onmessage = ({ data }) => resolve(data)
        worker.onerror = ({ message }) => reject(new Error(message))
        worker.postMessage({ fs })
      }),
    { '/app/index.js': source },
  )
  expect(result).toEqual({
    place: ['undefined', 'function', true],
    text: 'Set(1) { 1 }',
    random: 3,
  })
  expect(errors).toEqual([])
  await page.close()
})

describe('http in a page', () => {
  const guest = `
    const http = require('http')
    const ask = (url, options, body) => new Promise((resolve) => {
      const request = http.request(url, options, async (response) => {
        let text = ''
        for await (const chunk of response) text += chunk
        resolve([response.statusCode, response.statusMessage, response.headers['content-type'], text.slice(0, 9), response.complete])
      })
      request.on('error', ({ code, message }) => resolve([code, message]))
      request.end(body)
    })
    module.exports = async (address) => [
      await ask(address + '/hello.txt'),
      await ask(address + '/hello.txt', { method: 'POST' }, 'body'),
      await ask(address + '/absent'),
      await ask(address + '/moved'),
      await ask('http://127.0.0.1:9/'),
      await ask(address + '/hello.txt', { method: 'GET' }, 'body'),
    ]`

  test('the page’s fetch answers, and what it hides is said', async () => {
    browsing.files['/hello.txt'] = 'hello page'
    const { page } = await browsing.open('/script.html')
    // The server of these tests redirects nothing.
    await page.route('**/moved', (route) =>
      route.fulfill({ status: 302, headers: { location: '/hello.txt' } }),
    )
    const answers = await page.evaluate(
      async ([source, address]) => {
        const { lodger } = window as unknown as TestWindow
        const main = lodger.createLoader({ fs: { '/main.js': source } }).main('/main.js')
        return await (main as (address: string) => Promise<(string | number)[][]>)(address)
      },
      [guest, browsing.address] as const,
    )
    const hello = [200, 'OK', 'text/html; charset=utf-8', 'hello pag', true]
    expect(answers.slice(0, 3)).toEqual([hello, hello, [404, 'Not Found', undefined, '', true]])
    expect(answers.slice(3).map(([code]) => code)).toEqual([
      'ERR_LODGER_HOST_LACKS',
      'ERR_LODGER_NETWORK',
      'ERR_LODGER_NETWORK',
    ])
    expect(answers[3]?.[1]).toContain(`The redirect that ${browsing.address}/moved answers with`)
    expect(answers[5]?.[1]).toContain('GET/HEAD')
    await page.close()
  })
})
