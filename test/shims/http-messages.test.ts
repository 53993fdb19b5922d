/** Messages of http without a connection: a server that is handed its requests, and what its answers write to a socket. */
import { createLoader } from 'lodger'
import { expect, test } from 'vitest'
import { likeNode } from './like-node.ts'
import { requireOf } from './loose.ts'

const setUp = `
  const http = require('http'), { Writable } = require('stream')
  /** In one chunk what may come in several. */
  const plain = (text) => {
    const [head, ...body] = text.split('\\r\\n\\r\\n')
    const rest = body.join('\\r\\n\\r\\n')
    return [head, head.includes('chunked') ? rest.replace(/(^|\\r\\n)[1-9a-f]+\\r\\n([^\\r]*)/g, '$2') : rest]
  }
  /** Hands a request to the server; what it writes, without the date. */
  const answer = (server, fields = {}) => new Promise((resolve) => {
    const request = new http.IncomingMessage(new Writable())
    Object.assign(request, { method: 'GET', url: '/', httpVersionMajor: 1, httpVersionMinor: 1, headers: {} }, fields)
    const response = new http.ServerResponse(request)
    const pieces = [], events = []
    for (const name of ['prefinish', 'finish', 'close']) response.on(name, () => events.push(name))
    const socket = new Writable({ write(chunk, _, done) { pieces.push(String(chunk).replace(/Date: .*\\r\\n/, '')); done() } })
    response.assignSocket(socket)
    response.on('finish', () => {
      response.detachSocket(socket)
      setTimeout(() => resolve([plain(pieces.join('')), events, response.headersSent, response.writableFinished]), 5)
    })
    server.emit('request', request, response)
  });`

const programs: Record<string, string> = {
  'ports that are none': `
    return ['zz', -1, 65536, 1.5, true, {}].map((port) => caught(() => void http.request({ port })))`,
  'answers that are corked, ended twice or closed': `
    const life = (act, fields) => new Promise((resolve) => {
      const pieces = [], seen = []
      const response = new http.ServerResponse({ method: 'GET', headers: {}, httpVersionMajor: 1, httpVersionMinor: 1, ...fields })
      for (const name of ['prefinish', 'finish', 'close', 'error']) response.on(name, (error) => seen.push([name, error?.code]))
      response.sendDate = false
      response.assignSocket(new Writable({ write(chunk, _, done) { pieces.push(String(chunk)); done() } }))
      act(response, (name) => (error) => seen.push([name, error?.code]))
      setTimeout(() => resolve([plain(pieces.join('')), seen, response._last, response.writableFinished]), 5)
    })
    return Promise.all([
      life((response) => { response.cork(); response.cork(); response.write('a'); response.end('b') }),
      life((response) => { response.cork(); response.write('a'); response.uncork(); response.end() }),
      life((response, note) => { response.end('a', note('first')); response.end('b', note('second')) }),
      life((response, note) => { response.end('a'); response.once('finish', () => response.end('b', note('late'))) }),
      life((response, note) => { response.end('a'); response.once('finish', () => response.end(note('late'))) }),
      life((response) => response.end('a').end()),
      life((response) => { response.setHeader('Connection', 'close'); response.end('a') }),
      life((response) => { response.setHeader('Connection', 'Keep-Alive'); response.end('a') }),
      life((response) => { response.removeHeader('connection'); response.end('a') }),
      life((response) => { response.removeHeader('connection'); response.end('a') }, { httpVersionMinor: 0 }),
    ])`,
  'a message that is destroyed with an error': `
    const life = (hasListener) => new Promise((resolve) => {
      const seen = [], socket = new Writable(), message = new http.IncomingMessage(socket)
      for (const name of ['aborted', 'close']) message.on(name, () => seen.push(name))
      if (hasListener) message.on('error', (error) => seen.push(error.message))
      message.destroy(new Error('enough'))
      setTimeout(() => resolve([seen, message.aborted, message.errored?.message, socket.destroyed, socket.errored?.message]), 5)
    })
    return [await life(true), await life(false)]`,
  'a server that is handed requests': `
    const server = http.createServer((request, response) => {
      if (request.url === '/length') response.end('hello')
      else if (request.url === '/pieces') { response.write('one'); response.write(Buffer.from('two')); response.write(''); response.end('three') }
      else if (request.url === '/head') response.writeHead(201, 'Made', { 'X-A': 1, 'set-cookie': ['a', 'b'] }).end()
      else if (request.url === '/list') response.writeHead(200, ['x-a', '1', 'x-a', '2', 'x-b', '3']).end('x')
      else if (request.url === '/none') { response.statusCode = 204; response.end('dropped') }
      else if (request.url === '/trailers') { response.setHeader('trailer', 'x-t'); response.write('a'); response.addTrailers({ 'x-t': 'end' }); response.end() }
      else if (request.url === '/removed') { response.removeHeader('date'); response.removeHeader('connection'); response.removeHeader('content-length'); response.removeHeader('transfer-encoding'); response.end('bare') }
      else if (request.url === '/continue') { response.writeContinue(); response.writeProcessing(); response.end('ä', 'latin1') }
    })
    const results = []
    for (const url of ['/length', '/pieces', '/head', '/list', '/none', '/trailers', '/removed', '/continue']) results.push(await answer(server, { url }))
    results.push(await answer(server, { url: '/length', method: 'HEAD' }), await answer(server, { url: '/pieces', httpVersionMinor: 0 }))
    return results`,
  'errors of answers': `
    const response = new http.ServerResponse({ method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1 })
    const before = [() => response.writeHead(99), () => response.writeHead('x'), () => response.setHeader('a b', 1), () => response.setHeaders([]),
      () => response.appendHeader('a', '\\n'), () => response.addTrailers({ a: '\\n' }), () => response.getHeader(1), () => response.write(null), () => response.write(1)].map((fn) => caught(() => void fn()))
    response.writeHead(200)
    return [before, [() => response.setHeader('a', 1), () => response.appendHeader('a', 1), () => response.removeHeader('a'), () => response.writeHead(200)].map((fn) => caught(() => void fn()))]`,
  'headers from Headers and Map': `
    const message = new http.OutgoingMessage()
    message.setHeaders(new Headers([['a', '1'], ['set-cookie', 'x'], ['set-cookie', 'y']]))
    message.setHeaders(new Map([['B', 2]]))
    message.appendHeader('b', ['3', '4'])
    return [message.getHeaders(), message.getHeaderNames(), message.getRawHeaderNames(), message.hasHeader('A')]`,
  'fields of a message that came': `
    const message = new http.IncomingMessage(null)
    message.rawHeaders = ['Host', 'a', 'host', 'b', 'X-A', '1', 'x-a', '2', 'Cookie', 'c', 'cookie', 'd', 'Set-Cookie', 'e', 'set-cookie', 'f']
    for (let at = 0; at < message.rawHeaders.length; at += 2) message._addHeaderLine(message.rawHeaders[at], message.rawHeaders[at + 1], message.headers)
    return [message.headers, message.headersDistinct, message.trailers]`,
  'fields without a value': `
    return [['a'], ['a', 'b', 'c']].map((headers) => caught(() => void http.request({ headers })))`,
  'options that are false, symbols or unlikely': `
    const odd = [null, 0, '', 1, 1.5, 'a', Symbol('s'), 1n]
    const names = ['requestTimeout', 'headersTimeout', 'keepAliveTimeout', 'keepAliveTimeoutBuffer', 'optimizeEmptyRequests', 'joinDuplicateHeaders']
    const request = (options) => void http.request({ host: '127.0.0.1', port: 1, ...options }).on('error', () => {}).destroy()
    const { keepAliveTimeoutBuffer } = http.createServer()
    return [names.map((name) => odd.map((value) => caught(() => void http.createServer({ [name]: value })))), keepAliveTimeoutBuffer,
      odd.map((signal) => caught(() => request({ signal }))), odd.map((scheduling) => caught(() => new http.Agent({ scheduling }).scheduling)),
      odd.filter((name) => typeof name !== 'bigint').map((name) => [caught(() => http.validateHeaderName(name)), caught(() => http.validateHeaderValue(name)), caught(() => http.validateHeaderValue(name, '\\n'))])]`,
  'options of servers and agents': `
    const bad = [() => http.createServer(5), () => http.createServer({ headersTimeout: 'a' }), () => http.createServer({ headersTimeout: 10, requestTimeout: 1 }), () => http.createServer({ keepAliveTimeout: -1 }),
      () => http.createServer({ requireHostHeader: 1 }), () => http.createServer({ maxHeaderSize: 'a' }), () => new http.Agent({ scheduling: 'x' }), () => new http.Agent({ maxTotalSockets: -1 }), () => new http.Agent({ maxTotalSockets: 'a' })]
    const { headersTimeout, requestTimeout, keepAliveTimeout, listening, timeout } = http.createServer({ requestTimeout: 20000 })
    return [bad.map((fn) => caught(() => void fn())), headersTimeout, requestTimeout, keepAliveTimeout, listening, timeout]`,
}

likeNode(
  'http messages',
  Object.fromEntries(Object.entries(programs).map(([name, body]) => [name, setUp + body])),
)

test('a server that shall listen says that nobody can', () => {
  const require = requireOf(createLoader({ fs: {} }))
  for (const id of ['http', 'https']) {
    expect(() => require(id).createServer().listen(80)).toThrow(
      expect.objectContaining({ code: 'ERR_METHOD_NOT_IMPLEMENTED' }),
    )
  }
})
