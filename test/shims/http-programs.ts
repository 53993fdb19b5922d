/**
 * What clients do, as bodies of async functions with `http`, `port` and `collect`: run in node and in lodger, against the
 * same server.
 */
export const clientPrograms: Readonly<Record<string, string>> = {
  'every shape of arguments': `
    const base = 'http://127.0.0.1:' + port
    const options = { host: '127.0.0.1', port, path: '/echo?2' }
    const ways = [
      (done) => http.get(base + '/echo?1', done),
      (done) => http.get(new URL(base + '/echo?1'), done),
      (done) => http.get(options, done),
      (done) => http.get(base + '/echo?1', { headers: { 'x-mine': '3' } }, done),
      (done) => http.get(base + '/echo?1', { path: '/echo?4' }, done),
      (done) => http.request(options).on('response', done).end(),
      (done) => http.request({ ...options, hostname: 'localhost', host: 'nowhere' }, done).end(),
      (done) => new http.ClientRequest(options, done).end(),
      (done) => http.get({ ...options, auth: 'user:word', agent: false }, done),
      (done) => http.get({ ...options, agent: new http.Agent({ keepAlive: true }), headers: ['host', 'x', 'x-mine', '5', 'x-list', 'a', 'X-List', 'b'] }, done),
      (done) => http.request({ ...options, method: 'put', headers: { cookie: ['a=1', 'b=2'], 'content-type': 'text/plain' } }, done).end('äß', 'latin1'),
    ]
    const results = []
    for (const way of ways) results.push(await new Promise((resolve, reject) => {
      way((response) => resolve(collect(response))).on('error', reject)
    }))
    return results`,
  'what an answer is': `
    const results = []
    for (const path of ['/fields', '/missing', '/nothing', '/moved', '/packed', '/pieces']) {
      const response = await answerTo({ path })
      const { statusCode, statusMessage, httpVersion, httpVersionMajor, method, url } = response
      const { date, connection, 'keep-alive': alive, 'transfer-encoding': coding, ...headers } = response.headers
      if (path === '/packed') for (const name of ['content-encoding', 'content-length']) delete headers[name]
      const body = path === '/packed' ? '' : await collect(response)
      results.push([path, statusCode, statusMessage, httpVersion, httpVersionMajor, method, url, headers, body, path === '/packed' || response.complete, response.trailers])
    }
    return results`,
  'bodies in pieces, encodings and callbacks': `
    const calls = []
    const request = http.request({ host: '127.0.0.1', port, path: '/echo', method: 'POST' })
    const answer = new Promise((resolve, reject) => request.on('response', resolve).on('error', reject))
    request.on('finish', () => calls.push('finish'))
    calls.push(request.write('61', 'hex', () => calls.push('first')))
    calls.push(request.write(Buffer.from('b'), () => calls.push('second')))
    calls.push(request.writableEnded, request.headersSent)
    request.end('Yw==', 'base64', () => calls.push('end'))
    calls.push(request.writableEnded, request.headersSent, request.writableFinished)
    const text = await collect(await answer)
    return [text, calls, request.writableFinished, request._header.replace(/:\\d+/, '')]`,
  'a writer who waits for each piece': `
    const request = http.request({ host: '127.0.0.1', port, path: '/echo', method: 'POST' })
    const answer = new Promise((resolve, reject) => request.on('response', resolve).on('error', reject))
    for (const piece of ['a', 'b']) await new Promise((resolve) => request.write(piece, resolve))
    request.end('c')
    return collect(await answer)`,
  'streams into requests, answers by iteration and pipeline': `
    const { pipeline, finished } = require('stream/promises'), { Readable, PassThrough } = require('stream')
    const request = http.request({ host: '127.0.0.1', port, path: '/echo', method: 'POST' })
    const answer = new Promise((resolve) => request.on('response', resolve))
    await pipeline(Readable.from(['one', 'two']), request)
    const text = await collect(await answer)
    const through = new PassThrough()
    let size = 0
    through.on('data', (chunk) => { size += chunk.length })
    await pipeline(await answerTo({ path: '/large' }), through)
    const response = await answerTo({ path: '/pieces' })
    response.setEncoding('hex')
    const pieces = []
    for await (const piece of response) pieces.push(typeof piece, piece)
    return [text, size, pieces.filter((_, index) => index % 2).join('')]`,
  'the order of events': `
    const orders = []
    const order = (options, act, names = ['socket', 'finish', 'response', 'abort', 'timeout', 'error', 'close']) => new Promise((resolve) => {
      const events = []
      const request = http.request({ host: '127.0.0.1', port, ...options })
      const done = (event) => { events.push(event); setTimeout(() => resolve(orders.push(events)), 20) }
      for (const name of names) {
        request.on(name, (value) => events.push(value instanceof Error ? [name, value.name, value.code, value.message] : name))
      }
      request.on('close', () => done('closed')).on('response', (response) => {
        for (const name of ['aborted', 'end', 'error', 'close']) response.on(name, (value) => events.push('response ' + (value ? [name, value.code, value.message] : name)))
        response.resume()
      })
      act(request)
    })
    await order({ path: '/echo' }, (request) => request.end())
    await order({ path: '/echo', method: 'POST' }, (request) => request.end('body'))
    await order({ path: '/echo' }, (request) => request.destroy())
    await order({ path: '/echo' }, (request) => request.end().destroy(new Error('mine')))
    await order({ path: '/echo' }, (request) => request.end().abort())
    await order({ path: '/silent' }, (request) => request.end().on('finish', () => setTimeout(() => request.destroy(), 50)))
    await order({ path: '/silent' }, (request) => request.end().on('finish', () => setTimeout(() => request.abort(), 50)))
    await order({ path: '/silent', timeout: 30 }, (request) => request.end().on('timeout', () => request.destroy()))
    await order({ path: '/silent' }, (request) => request.setTimeout(30, () => request.destroy(new Error('late'))).end())
    await order({ path: '/silent', signal: AbortSignal.abort() }, (request) => request.end())
    const controller = new AbortController()
    await order({ path: '/silent', signal: controller.signal }, (request) => request.end().on('finish', () => setTimeout(() => controller.abort(), 20)))
    await order({ path: '/half' }, (request) => request.end().on('response', (response) => response.on('data', () => request.destroy())))
    await order({ path: '/cut' }, (request) => request.end())
    await order({ path: '/hang-up' }, (request) => request.end())
    return orders`,
  'errors of arguments': `
    const bad = [
      () => http.request('nowhere'), () => http.request({ path: '/a b' }), () => http.request({ protocol: 'ftp:' }),
      () => http.request({ method: 'A B' }), () => http.request({ method: 4 }), () => http.request({ agent: 4 }),
      () => http.request({ hostname: 4 }), () => http.request({ host: {} }), () => http.request({ timeout: 'a' }),
      () => http.request({ insecureHTTPParser: 4 }), () => http.request({ maxHeaderSize: 'a' }), () => http.request({ joinDuplicateHeaders: 1 }),
      () => http.request({ signal: 1 }), () => http.request({ headers: { 'a b': 1 } }), () => http.request({ headers: { a: undefined } }),
      () => http.request({ headers: { a: '\\n' } }), () => http.setMaxIdleHTTPParsers(0), () => http.setMaxIdleHTTPParsers('a'),
      () => unheard().setTimeout('a'), () => unheard().setTimeout(-1), () => unheard().write(1), () => unheard().write(null), () => unheard().end(1),
      () => unheard().setHeader('a', undefined), () => { const request = unheard(); request.flushHeaders(); request.setHeader('a', 1) },
    ]
    return bad.map((fn) => caught(fn))`,
  'writing too late': `
    const errors = []
    const tell = (error) => errors.push([error.code, error.message])
    const ended = unheard(tell)
    ended.end()
    errors.push(ended.write('x', tell), ended.end() === ended)
    const destroyed = unheard(tell)
    destroyed.destroy()
    errors.push(destroyed.write('x', tell), destroyed.destroyed, destroyed.destroy() === destroyed)
    await new Promise((resolve) => setTimeout(resolve, 50))
    return errors.map(String).sort()`,
  'the look of a request': `
    const request = unheard()
    request.setHeader('X-One', 1)
    request.appendHeader('x-one', 2)
    request.flushHeaders()
    const { path, method, host, protocol, aborted, maxHeadersCount, shouldKeepAlive, useChunkedEncodingByDefault } = request
    const names = Object.getOwnPropertyNames(http.ClientRequest.prototype)
    return [path, method, host, protocol, aborted, maxHeadersCount, shouldKeepAlive, useChunkedEncodingByDefault,
      request.getHeaders(), request.getRawHeaderNames(), request.headersSent, request.agent === http.globalAgent,
      ['abort', 'destroy', 'setTimeout', 'setNoDelay', 'setSocketKeepAlive', 'onSocket'].map((name) => [names.includes(name), http.ClientRequest.prototype[name].length]),
      request instanceof http.OutgoingMessage, require('_http_client').ClientRequest === http.ClientRequest, http.ClientRequest.length, http.request.length, http.get.length]`,
}

/** One module of them all. */
export const clientModule: string = `
  const http = require('http')
  module.exports = async (port) => {
    const collect = async (stream) => { let text = ''; for await (const chunk of stream) text += chunk; return text }
    const answerTo = (options) => new Promise((resolve, reject) => {
      http.get({ host: '127.0.0.1', port, ...options }, resolve).on('error', reject)
    })
    const unheard = (onError = () => {}) => {
      const request = http.request({ host: '127.0.0.1', port, path: '/echo', method: 'POST' })
      return request.on('error', onError).on('socket', () => request.destroy())
    }
    const caught = (fn) => { try { fn() } catch (error) { return [error.name, error.code, error.message] } }
    const programs = {${Object.entries(clientPrograms).map(([name, body]) => `${JSON.stringify(name)}: async () => {${body}}`)}}
    const results = {}
    for (const name of Object.keys(programs)) {
      try { results[name] = await programs[name]() } catch (error) { results[name] = { thrown: String(error.stack) } }
    }
    return JSON.stringify(results)
  }`
