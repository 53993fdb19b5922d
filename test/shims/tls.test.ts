/** Sockets of tls, which can be made and looked at; no host encrypts for us. */
import { createLoader } from 'lodger'
import { expect, test } from 'vitest'
import { likeNode } from './like-node.ts'

/** Each program begins with these. */
const setUp = `
  const net = require('net'), tls = require('tls'), { PassThrough } = require('stream')
  const closed = (socket) => new Promise((resolve) => socket.once('close', resolve))
  const shown = ['secureConnecting', 'servername', 'alpnProtocol', 'authorized', 'authorizationError', 'encrypted', 'connecting', 'allowHalfOpen', '_secureEstablished']
  const look = (socket) => shown.map((name) => socket[name]);`

const programs: Record<string, string> = {
  'a socket over nothing, over a stream, over a socket': `
    const wrapped = new net.Socket(), plain = new tls.TLSSocket(wrapped, { servername: 'a' })
    return [[new tls.TLSSocket(), new tls.TLSSocket(null), new tls.TLSSocket(new PassThrough()), plain].map(look), plain._parent === wrapped, plain.ssl === plain._handle,
      plain instanceof net.Socket, Object.keys(tls.TLSSocket.prototype), tls.TLSSocket.name, tls.TLSSocket.length, tls.TLSSocket === require('_tls_wrap').TLSSocket, plain.constructor === tls.TLSSocket,
      Object.getPrototypeOf(tls.TLSSocket) === net.Socket, new (class extends tls.TLSSocket {})().encrypted, caught(() => new tls.TLSSocket(5)).name]`,
  'its end is the end of what it wraps': `
    const stream = new PassThrough(), socket = new tls.TLSSocket(stream), seen = []
    socket.on('error', ({ message }) => seen.push(message)).destroy(new Error('enough'))
    await closed(socket)
    seen.push(socket._handle, socket.ssl, stream.destroyed)
    const inner = new net.Socket(), outer = new tls.TLSSocket(inner)
    outer.destroy()
    await closed(outer)
    return [seen, inner.destroyed]`,
  'the end of what it wraps is its end, without an error': `
    const seen = [], wrapped = [new PassThrough(), new net.Socket(), new PassThrough()]
    const sockets = wrapped.map((each) => new tls.TLSSocket(each).on('error', ({ message }) => seen.push(message)))
    wrapped[0].destroy(new Error('broken')); wrapped[1].destroy(new Error('broken')); wrapped[2].destroy()
    await Promise.all(sockets.map(closed))
    return seen`,
  'the socket between a stream and tls': `
    const { constructor: StreamSocket } = new tls.TLSSocket(new PassThrough())._handle._parentWrap
    const stream = new PassThrough(), socket = new StreamSocket(stream), seen = []
    socket.on('data', (chunk) => seen.push(String(chunk))).on('end', () => seen.push('end'))
    stream.write('in')
    await new Promise((resolve) => socket.write('out', resolve))
    socket.end('last')
    await closed(socket)
    const broken = new PassThrough(), other = new StreamSocket(broken)
    other.on('error', ({ message }) => seen.push(message))
    broken.destroy(new Error('broken'))
    await closed(other)
    return [seen, stream.destroyed, StreamSocket.name, StreamSocket.length, StreamSocket.StreamWrap === StreamSocket, socket instanceof net.Socket, socket.stream === stream]`,
}

likeNode(
  'tls',
  Object.fromEntries(Object.entries(programs).map(([name, body]) => [name, setUp + body])),
)

test('nothing is written to it, as nothing would encrypt it', async () => {
  const source = `
    const { TLSSocket } = require('tls')
    module.exports = new Promise((resolve) => new TLSSocket().on('error', ({ code, message }) => resolve([code, message])).write('secret'))`
  const loader = createLoader({ fs: { '/a.js': source } })
  const [code, message] = await (loader.require('/a.js') as Promise<[string, string]>)
  expect(code).toBe('ERR_METHOD_NOT_IMPLEMENTED')
  expect(message).toContain('TLSSocket.prototype.write')
})
