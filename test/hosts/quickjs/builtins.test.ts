/** Builtins inside QuickJS, which has neither timers nor Web Crypto nor realms of its own to give. */
import { createHmac, scryptSync } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { create, prepare, run } from './guest.ts'

beforeAll(prepare)

test('compresses', () => {
  const source = `
    const { gzipSync, gunzipSync } = require('zlib')
    module.exports = [gzipSync('a').toString('hex'), gunzipSync(gzipSync('é'.repeat(999))).toString().length]`
  expect(run(source)).toEqual(['1f8b08000000000000034b040043beb7e801000000', 999])
})

test('a signal that comes to nothing leaves a stream, though the engine has no `Symbol.dispose`', () => {
  const source = `
    const { finished, Readable } = require('stream')
    module.exports = []
    const stream = Readable.from(['a']).resume()
    finished(stream, { signal: new AbortController().signal }, (error) => module.exports.push(String(error)))`
  const { loader } = create({ '/app/index.js': source })
  loader.main('/app/index.js')
  expect(loader.require('/app/index.js')).toEqual(['undefined'])
})

test('digests, though the engine has no Web Crypto', () => {
  const source = `
    const crypto = require('crypto')
    const digests = ['md5', 'sha256', 'sha512', 'sha3-256', 'blake2b512', 'ripemd160'].map((name) => crypto.hash(name, 'abc').slice(0, 8))
    const key = crypto.createSecretKey('k')
    module.exports = [digests, crypto.createHmac('sha1', key).update('é').digest('base64'), crypto.scryptSync('a', 'b', 4, { N: 2 }).toString('hex'), crypto.randomBytes(4).length]`
  const digests = ['90015098', 'ba7816bf', 'ddaf35a1', '3a985da7', 'ba80a53f', '8eb208f7']
  const hmac = createHmac('sha1', 'k').update('é').digest('base64')
  const derived = scryptSync('a', 'b', 4, { N: 2 }).toString('hex')
  expect(run(source)).toEqual([digests, hmac, derived, 4])
})

test('children run in the same interpreter', async () => {
  const main = `
    const { execFileSync, fork, exec } = require('child_process')
    console.log(String(execFileSync('node', ['-p', '6 * 7'])).trim())
    const child = fork('/app/child.js')
    child.send(21)
    child.on('message', (message) => console.log('told', message))
    child.on('close', (...how) => {
      console.log('closed', ...how)
      exec('node -e "setTimeout(() => { throw new Error(\\'late\\') }, 5)"', (error, stdout, stderr) => console.log(error.code, stderr.split('\\n')[0]))
    })`
  const child =
    "process.on('message', (message) => { process.send(message * 2); process.disconnect() })"
  const { loader, printed } = create({ '/app/index.js': main, '/app/child.js': child })
  loader.main('/app/index.js')
  await loader.drain()
  expect(printed.join('')).toBe(
    'stdout 42\nstdout told 42\nstdout closed 0 null\nstdout 1 Error: late\n',
  )
})

test('vm has contexts', () => {
  const source = `
    const vm = require('vm'), context = vm.createContext({ a: 1 }), run = (code) => vm.runInContext(code, context)
    module.exports = [run('var z = a; let q = 2; function f() { return z + q } u = 3; f()'), context.z, context.u, run('q'), run('typeof process'), run('"use strict"; var v = 5; v'), context.v, run('this === globalThis')]`
  expect(run(source)).toEqual([3, 1, 3, 2, 'undefined', 5, 5, true])
})
