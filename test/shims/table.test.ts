import { execFileSync } from 'node:child_process'
import { builtinModules } from 'node:module'
import { createLoader } from 'lodger'
import { notImplementedMark } from 'lodger/shims/not-implemented'
import { builtins } from 'lodger/shims/table'
import { describe, expect, test } from 'vitest'
import { likeNode } from './like-node.ts'
import { requireOf } from './loose.ts'

const oracle =
  process.env.LODGER_ORACLE_NODE ??
  new URL('../oracle/node_modules/node/bin/node', import.meta.url).pathname

/** What node 26.10 has: id, and its exports by type. */
const ofNode: Record<string, Record<string, string>> = JSON.parse(
  String(
    execFileSync(oracle, [
      '--no-warnings',
      '-p',
      `JSON.stringify(Object.fromEntries(require('module').builtinModules.map((id) => {
        const exports = require(id)
        return [id.replace('node:', ''), Object.fromEntries(Object.keys(exports).map((k) => [k, typeof exports[k]]))]
      })))`,
    ]),
  ),
)
const ids = Object.keys(ofNode).filter((id) => id !== 'module')

/** Absent for good reasons: they show an engine or a machine that is not there. */
const absent = new Set([
  ...['_http_common.parsers', 'repl.builtinModules', 'repl._builtinLibs', 'tls.rootCertificates'],
  ...[
    'worker_threads.locks',
    'process._eval',
    'process._print_eval',
    'process._preload_modules',
    'process.noProcessWarnings',
    'process.mainModule',
  ],
])

describe('every builtin of node 26.10', () => {
  const require = requireOf(createLoader())

  test('JP-14 is in the table', () => {
    expect(ids.filter((id) => !Object.hasOwn(builtins, id))).toEqual([])
    const ours = Object.keys(builtins).filter((id) => !id.startsWith('internal/'))
    expect(ours.filter((id) => !ids.includes(id))).toEqual([])
    expect(builtinModules.length).toBeGreaterThan(60)
  })

  test.each(ids)("%s can be required and exports what node's does", (id) => {
    const exports = require(`node:${id}`)
    const missing = Object.entries(ofNode[id] ?? {}).filter(([name, type]) => {
      if (absent.has(`${id}.${name}`) || type === 'undefined') return false
      return typeof exports[name] !== type
    })
    expect(missing).toEqual([])
  })
})

describe('what is not implemented', () => {
  const require = requireOf(createLoader())

  test('throws when it is called, naming module, member, host and remedy', () => {
    expect(() => require('node:http2').connect('https://x')).toThrow(
      expect.objectContaining({
        code: 'ERR_METHOD_NOT_IMPLEMENTED',
        message: expect.stringMatching(/http2\.connect .*host '\w+'.*overrides: \{ http2/),
      }),
    )
    expect(() => require('node:dns').promises.resolve4('x')).toThrow(/'dns\/promises'/)
  })

  test('can be recognized, derived from, and looked into', () => {
    const { DatabaseSync } = require('node:sqlite')
    expect(DatabaseSync[notImplementedMark]).toBe('sqlite.DatabaseSync')
    class Mine extends DatabaseSync {}
    expect(Object.create(Mine.prototype)).toBeInstanceOf(DatabaseSync)
    expect(() => new Mine()).toThrow(
      expect.objectContaining({ code: 'ERR_METHOD_NOT_IMPLEMENTED' }),
    )
    expect([
      DatabaseSync.name,
      typeof DatabaseSync.prototype.prepare,
      require('node:tls').connect.length,
    ]).toEqual(['DatabaseSync', 'function', 0])
  })
})

likeNode('facts that packages read as they load', {
  http: `
    const http = require('http'), https = require('https')
    const request = Object.create(http.IncomingMessage.prototype), response = Object.create(http.ServerResponse.prototype)
    return [http.METHODS, http.STATUS_CODES, http.maxHeaderSize, request instanceof require('stream').Readable, response instanceof http.OutgoingMessage, http.globalAgent instanceof http.Agent, new https.Agent({ keepAlive: true }) instanceof http.Agent,
      new https.Agent().options.noDelay, new http.Agent().getName({ host: 'h', port: 1 }), http.createServer() instanceof require('net').Server, require('_http_agent').Agent === http.Agent, new http.Server().listening,
      caught(() => http.validateHeaderName('a b')), caught(() => http.validateHeaderValue('x', 'a\\nb')), caught(() => http.validateHeaderValue('x', undefined))]`,
  zlib: `
    const zlib = require('zlib')
    return [zlib.constants, zlib.codes, zlib.Z_BEST_SPEED, Object.keys(zlib).includes('Z_OK'), zlib.BROTLI_DECODE === undefined]`,
  http2: `const { constants } = require('http2'); return constants`,
  net: `
    const net = require('net'), list = ['127.0.0.1', '1.2.3', '256.1.1.1', '::1', '::', '1::2::3', '::ffff:1.2.3.4', 'fe80::1%eth0', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7', 'x', '', undefined, '01.2.3.4']
    return [list.map((a) => [net.isIP(a), net.isIPv4(a), net.isIPv6(a)]), require('tty').isatty(0), require('worker_threads').isMainThread, require('worker_threads').threadId, require('cluster').isPrimary, require('sea').isSea === undefined]`.replace(
    ", require('sea').isSea === undefined",
    '',
  ),
  crypto: `
    const crypto = require('crypto'), out = []
    for (const h of ['md5', 'SHA1', 'sha224', 'sha-256', 'sha384', 'RSA-SHA512']) for (const t of ['', 'abc', 'ü'.repeat(61), 'x'.repeat(300)]) {
      out.push(crypto.createHash(h).update(t).digest('hex'))
      out.push(crypto.createHmac(h, 'k'.repeat(t.length)).update(t.slice(3)).update(Buffer.from(t)).digest('base64'))
    }
    const one = crypto.createHash('sha1').update('a'), copy = one.copy(); copy.update('b')
    out.push(one.digest('hex'), copy.digest('hex'), crypto.hash('sha1', 'x'), crypto.pbkdf2Sync('p', 's', 3, 40, 'sha256').toString('hex'), Buffer.from(crypto.hkdfSync('sha512', 'k', 's', 'i', 70)).toString('hex'))
    out.push(caught(() => crypto.createHash('nope')), caught(() => crypto.createHash()), caught(() => one.update('x')), caught(() => one.digest()), caught(() => crypto.createHash('md5').update(5)), caught(() => crypto.createHmac('nope', 'k')), caught(() => crypto.createHmac('md5')),
      caught(() => crypto.randomBytes(-1)), caught(() => crypto.randomInt(5, 2)), caught(() => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab'))), crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('a')), crypto.randomBytes(5).length, crypto.randomUUID()[14],
      await new Promise((resolve) => { const s = crypto.createHash('sha256'); s.end('stream'); s.on('data', (d) => resolve(d.toString('hex'))) }))
    return out`,
})
