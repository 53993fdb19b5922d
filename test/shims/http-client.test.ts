/** The clients of http and https: the same programs in node and in lodger, against a server of real node. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createLoader } from 'lodger'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientModule, clientPrograms } from './http-programs.ts'
import { type Peer, startPeer } from './http-server.ts'
import { requireOf } from './loose.ts'

const binary =
  process.env.LODGER_ORACLE_NODE ??
  fileURLToPath(new URL('../oracle/node_modules/node/bin/node', import.meta.url))

let peer: Peer
beforeAll(async () => {
  peer = await startPeer()
})
afterAll(() => peer.close())

/** Runs `body`, an async function of `port` and `require`, in a loader. */
function run(body: string, options: Parameters<typeof createLoader>[0] | object = {}) {
  const fs = { '/main.js': `module.exports = async (port) => {${body}}` }
  const main = createLoader({ fs, ...options }).main('/main.js') as (port: number) => unknown
  return main(peer.port)
}

describe('clients as in node', () => {
  let expected: Record<string, unknown>
  let actual: Record<string, unknown>

  beforeAll(async () => {
    const script = `${clientModule};module.exports(${peer.port}).then((text) => { console.log(text); process.exit() })`
    const { stdout } = await promisify(execFile)(binary, ['--no-warnings', '-e', script])
    expected = JSON.parse(stdout)
    const main = createLoader({ fs: { '/main.js': clientModule } }).main('/main.js')
    actual = JSON.parse(await (main as (port: number) => Promise<string>)(peer.port))
  }, 60_000)

  test.each(Object.keys(clientPrograms))('%s', (name) => {
    expect(actual[name]).toEqual(expected[name])
    expect(expected[name]).not.toHaveProperty('thrown')
  })
})

test('what the host has unpacked does not look packed', async () => {
  const answer = await run(`
    const response = await new Promise((resolve) => require('http').get('http://127.0.0.1:' + port + '/packed', resolve))
    let text = ''
    for await (const chunk of response) text += chunk
    return [text, response.headers['content-encoding'], response.headers['content-length'], response.statusCode]`)
  expect(answer).toEqual(['unpacked', undefined, undefined, 200])
})

const failing = (request: string) => `
  const error = await new Promise((resolve) => { ${request}.on('error', resolve) })
  return [error.code, error.syscall, error.message, error.cause?.constructor.name]`

test('a port where nobody listens', async () => {
  const other = await startPeer()
  await other.close()
  const body = failing(`require('http').get({ port: ${other.port}, host: '127.0.0.1' })`)
  const message = `connect ECONNREFUSED 127.0.0.1:${other.port}`
  expect(await run(body)).toEqual(['ECONNREFUSED', 'connect', message, undefined])
})

test.each([
  [
    'deno',
    'error sending request: tcp connect error: Connection refused (os error 111)',
    'ECONNREFUSED',
  ],
  ['bun', 'Unable to connect. ConnectionRefused', 'ECONNREFUSED'],
  ['deno', 'client error (Connect): dns error: failed to lookup address information', 'ENOTFOUND'],
  ['any', 'connection closed before message completed', 'ECONNRESET'],
  ['page', 'Failed to fetch', 'ERR_LODGER_NETWORK'],
])('the words of a host (%s): %s', async (name, message, code) => {
  const fetch = () => Promise.reject(new TypeError(message))
  const body = failing(`require('http').get('http://elsewhere.example/x')`)
  const answer = (await run(body, { host: { name, fetch } })) as unknown[]
  expect(answer[0]).toBe(code)
  if (code === 'ERR_LODGER_NETWORK') {
    expect(answer[2]).toBe(
      `The request to http://elsewhere.example:80/x failed, and the fetch of host 'page' does not say why: Failed to fetch`,
    )
  }
})

test('a host without fetch says so, and what to do', async () => {
  const body = failing(`require('http').get('http://elsewhere.example/')`)
  const [code, , message] = (await run(body, {
    host: { name: 'bare', fetch: undefined },
  })) as string[]
  expect(code).toBe('ERR_LODGER_HOST_LACKS')
  expect(message).toBe(
    "http.request needs a power that host 'bare' does not have. Give it with createLoader({ host: { fetch } })",
  )
})

test('a redirect that the host hides is an error that names it', async () => {
  const headers = new Headers()
  const answer = { type: 'opaqueredirect', status: 0, statusText: '', headers, body: null }
  const fetch = () => Promise.resolve(answer)
  const body = failing(`require('http').get('http://127.0.0.1/moved')`)
  const [code, , message] = (await run(body, { host: { name: 'page', fetch } })) as string[]
  expect(code).toBe('ERR_LODGER_HOST_LACKS')
  expect(message).toContain('The redirect that http://127.0.0.1:80/moved answers with')
})

test('agents and options that make sockets of their own are refused, not ignored', async () => {
  for (const options of [
    '{ createConnection: () => new (require("stream").PassThrough)() }',
    "{ socketPath: '/run/some.sock' }",
    "{ agent: new (class extends require('http').Agent { addRequest(request) { request.onSocket(new (require('stream').PassThrough)()) } })() }",
  ]) {
    const [code, , message] = (await run(failing(`require('http').get(${options})`))) as string[]
    expect(code).toBe('ERR_METHOD_NOT_IMPLEMENTED')
    expect(message).toContain('The http.request over sockets of its own method')
  }
})

test('what the host gets: one url, the fields that are its to send, no credentials of its own', async () => {
  const asked: [string, { headers: [string, string][]; body?: Uint8Array; redirect: string }][] = []
  const fetch = (...args: (typeof asked)[number]) => {
    asked.push(args)
    return Promise.resolve(new Response('done', { headers: { 'x-one': '1' } }))
  }
  const body = `
    const https = require('https')
    const options = { host: 'some.example', path: '/a?b', method: 'POST', headers: { 'Content-Length': 4, 'Accept-Encoding': 'gzip', X: 'y' } }
    const response = await new Promise((resolve) => https.request(options, resolve).end('body'))
    return [response.statusMessage, response.headers['x-one'], response.socket.encrypted, https.request({ host: '::1' }).on('error', () => {}).destroy().getHeader('host')]`
  expect(await run(body, { host: { fetch } })).toEqual(['OK', '1', true, '[::1]'])
  expect(asked).toHaveLength(1)
  expect(asked[0]?.[0]).toBe('https://some.example:443/a?b')
  expect(asked[0]?.[1].headers).toEqual([['X', 'y']])
  expect(String(asked[0]?.[1].body)).toBe('body')
  expect(asked[0]?.[1].redirect).toBe('manual')
})

test('nobody who may not have it gets at the network', () => {
  const fs = {
    '/main.js': "module.exports = require('dep')",
    '/node_modules/dep/index.js': `
      const names = ['http', 'https', '_http_client', 'node:http']
      const codes = names.map((name) => { try { require(name) } catch (error) { return error.code } })
      module.exports = [...codes, typeof fetch, typeof WebSocket, typeof XMLHttpRequest]`,
  }
  const forbidden = 'ERR_LODGER_FORBIDDEN'
  const codes = [forbidden, forbidden, forbidden, forbidden]
  const authority = { dep: { builtins: ['path'], globals: ['console'] } }
  const nothing = ['undefined', 'undefined', 'undefined']
  expect(createLoader({ fs, authority }).main('/main.js')).toEqual([...codes, ...nothing])
  const overrides = { http: false, https: false, _http_client: false } as const
  const answer = createLoader({ fs, overrides }).main('/main.js') as string[]
  expect(answer.slice(0, 4)).toEqual(codes)
})

test('the globals of the web are the host’s where it has them, and else not there', () => {
  const names = 'fetch Headers Request Response FormData Blob WebSocket EventSource'.split(' ')
  const main = `module.exports = [${names.map((name) => `typeof ${name}`)}]`
  const kinds = names.map((name) => typeof (globalThis as Record<string, unknown>)[name])
  expect(createLoader({ fs: { '/main.js': main } }).main('/main.js')).toEqual(kinds)
  const host = { global: { Object, Function, Array }, fetch: undefined }
  const http = requireOf(createLoader({ fs: {}, host }))('http')
  expect(() => http.WebSocket()).toThrow('The http.WebSocket method is not implemented')
})
