/** ClientRequest: gathers what is to be sent, and has it sent by the host's `fetch` when it has ended. */

import { createError } from '../../../src/errors.ts'
import type { Shim, ShimContext } from '../../../src/seams.ts'
import { notImplementedError, notImplementedMark } from '../../not-implemented.ts'
import { createAbortError } from '../abort-error.ts'
import { isInstance } from '../instance.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { checkPort } from '../net/port.ts'
import { checkDuration, validateAbortSignal } from '../validate.ts'
import { createConnection } from './connection.ts'
import { exchange } from './exchange.ts'
import { connectionReset } from './failure.ts'
import { close } from './outgoing.ts'
import {
  bracketed,
  checkHost,
  checkMethod,
  checkParserOptions,
  checkPath,
  checkProtocol,
  chooseAgent,
  hostField,
  readArguments,
} from './request-options.ts'

const shim: Shim = (context) => {
  const ClientRequest = createClientRequest(context)
  return {
    ClientRequest,
    /** As `request` of http and https takes its arguments. */
    request(args: Loose[], defaultAgent?: Loose): Loose {
      const { options, callback } = readArguments(context, args)
      if (defaultAgent) options._defaultAgent ??= defaultAgent
      return new ClientRequest(options, callback)
    },
  }
}

function createClientRequest(context: ShimContext): Loose {
  const http = context.require('http')
  const { OutgoingMessage } = http
  const later = (fn: Loose, ...args: unknown[]) => context.require('process').nextTick(fn, ...args)

  function ClientRequest(this: Loose, ...args: Loose[]): Loose {
    if (!isInstance(this, ClientRequest)) return new (ClientRequest as Loose)(...args)
    OutgoingMessage.call(this)
    const { options, callback } = readArguments(context, args)
    const defaultAgent = options._defaultAgent || http.globalAgent
    const agent = chooseAgent(options, defaultAgent)
    const protocol = options.protocol || defaultAgent.protocol
    const { timeout, signal, socketPath, setHost = true } = options
    checkPath(options.path)
    checkProtocol(protocol, agent?.protocol ?? defaultAgent.protocol)
    const defaultPort = options.defaultPort || agent?.defaultPort
    const port = options.port || defaultPort || 80
    const host = checkHost(options.hostname, 'hostname') || checkHost(options.host, 'host')
    if (timeout !== undefined) this.timeout = checkDuration(timeout, 'timeout')
    if (signal) validateAbortSignal(signal, 'signal')
    const method = checkMethod(options.method)
    checkParserOptions(options)
    Object.assign(this, {
      agent,
      socketPath,
      method,
      path: options.path || '/',
      host: host || 'localhost',
      protocol,
      joinDuplicateHeaders: options.joinDuplicateHeaders,
      maxHeaderSize: options.maxHeaderSize,
      insecureHTTPParser: options.insecureHTTPParser,
      shouldKeepAlive: Boolean(agent?.keepAlive || agent?.maxSockets !== Infinity),
      useChunkedEncodingByDefault: !/^(?:GET|HEAD|DELETE|OPTIONS|TRACE|CONNECT)$/.test(method),
      _ended: false,
      res: null,
      aborted: false,
      timeoutCb: null,
      upgradeOrConnect: false,
      parser: null,
      maxHeadersCount: null,
      reusedSocket: false,
    })
    if (callback) this.once('response', callback)
    setFields(this, options, setHost ? hostField(this.host, port, defaultPort) : undefined)
    hide(this, '_body', [])
    hide(this, '_target', `${bracketed(this.host)}:${port}`)
    if (signal) obey(this, signal)
    if (socketPath || makesSockets(options) || makesSockets(agent)) askForSocket(this, options)
    else {
      if (!/^(?:number|string)$/.test(typeof port)) {
        throw createError('ERR_INVALID_ARG_TYPE', 'options.port', ['number', 'string'], port)
      }
      checkPort(port, 'Port')
      later(connect, this)
    }
    return this
  }
  Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype)
  Object.setPrototypeOf(ClientRequest, OutgoingMessage)
  Object.defineProperty(ClientRequest, 'length', { value: 3, configurable: true })

  function setFields(request: Loose, { headers, auth }: Loose, host: string | undefined): void {
    const pairs = Array.isArray(headers) ? pairsOf(headers) : Object.entries(headers ?? {})
    for (const [name, value] of pairs) {
      if (Array.isArray(headers)) request.appendHeader(name, value)
      else request.setHeader(name, value)
    }
    const given = request.getHeader('host')
    if (Array.isArray(given)) {
      throw createError('ERR_INVALID_ARG_TYPE', 'options.headers.host', 'string', given)
    }
    if (host && !given) request.setHeader('Host', host)
    hide(request, '_ownHost', host)
    if (auth && !request.hasHeader('authorization')) {
      const { Buffer } = context.require('buffer')
      request.setHeader('Authorization', `Basic ${Buffer.from(auth).toString('base64')}`)
    }
  }

  function obey(request: Loose, signal: Loose): void {
    const onAbort = () => request.destroy(createAbortError(signal.reason))
    if (signal.aborted) later(onAbort)
    else {
      signal.addEventListener('abort', onAbort, { once: true })
      request.once('close', () => signal.removeEventListener('abort', onAbort))
    }
  }

  /** The request gets its socket, unless it is over already. */
  function connect(request: Loose): void {
    if (request.destroyed) {
      const hangUp = request.aborted ? undefined : connectionReset('socket hang up')
      const error = request._errored ?? hangUp
      if (error) request.emit('error', error)
      close(request)
      return
    }
    const socket = createConnection(context, request.protocol === 'https:')
    request.socket = socket
    socket._httpMessage = request
    socket.on('error', (error: unknown) => {
      socket._hadError = true
      request.emit('error', error)
    })
    socket.on('close', () => onClose(request))
    socket.on('timeout', () => onTimeout(request))
    const timeout = request.timeout ?? request.agent?.options?.timeout
    if (timeout !== undefined) socket.setTimeout(timeout)
    request.emit('socket', socket)
    later(() => {
      if (socket.destroyed) return
      socket.connecting = false
      socket.emit('connect')
      socket.emit('ready')
      const expectsContinue = /100-continue/i.test(request.getHeader('expect') ?? '')
      if (request.finished) request._finish()
      else {
        tellWriters(request)
        // Nobody can tell when the server agrees: `fetch` has the whole body first.
        if (expectsContinue) request.emit('continue')
      }
    })
  }

  /** Whoever would make the socket is asked, but there is nothing that could be said through it. */
  function askForSocket(request: Loose, options: Loose): void {
    const { agent } = request
    const onSocket = (error: unknown, socket: Loose) => request.onSocket(socket, error)
    if (typeof options.createConnection === 'function') {
      const socket = options.createConnection(options, onSocket)
      if (socket) request.onSocket(socket)
    } else if (makesSockets(agent)) agent.addRequest(request, options)
    else request.onSocket(undefined)
  }

  function onTimeout(request: Loose): void {
    request.emit('timeout')
    request.res?.emit('timeout')
  }

  /** The socket is gone: what is not complete never will be. */
  function onClose(request: Loose): void {
    request._stop?.()
    request.destroyed = true
    const { res, socket } = request
    if (res && !res.complete && !res.destroyed) res.destroy(connectionReset('aborted'))
    else if (!res && !socket._hadError) request.emit('error', connectionReset('socket hang up'))
    close(request)
  }

  /** Checked at each change: it becomes a part of the head. */
  const paths = new WeakMap<object, string>()
  Object.defineProperty(ClientRequest.prototype, 'path', {
    get(this: Loose) {
      return paths.get(this)
    },
    set(this: Loose, path: string) {
      checkPath(path)
      paths.set(this, path)
    },
    enumerable: true,
    configurable: true,
  })

  const members: Record<string, LooseFunction> = {
    _finish() {
      const { socket } = this
      if (socket === null || socket.connecting || socket.destroyed) return
      this.emit('prefinish')
      const body = takeBody(this)
      const url = `${this.protocol}//${this._target}${this.path.startsWith('/') ? '' : '/'}${this.path}`
      const stop = exchange(context, { request: this, url, target: this._target, body })
      hide(this, '_stop', stop)
      later(this._onSent)
    },
    _implicitHeader() {
      this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`)
    },
    /** Head and chunks are for `fetch` to make. */
    _send(_data, _encoding, callback) {
      this._headerSent = true
      if (callback) hide(this, '_onSent', callback)
      return true
    },
    _sendBody(data, encoding, callback) {
      this._body.push({ data, encoding, callback })
      this.outputSize += data.length
      this.socket?._unrefTimer()
      if (this.socket?.connecting === false) tellWriters(this)
      return true
    },
    abort() {
      if (this.aborted) return
      this.aborted = true
      later(() => this.emit('abort'))
      this.destroy()
    },
    destroy(error) {
      if (this.destroyed) return this
      this.destroyed = true
      this.res?._dump()
      this._errored = error
      this.socket?.destroy(error)
      return this
    },
    /** The answer has been read to its end. */
    _complete() {
      this._ended = true
      if (this.destroyed) return
      this.destroyed = true
      const { socket } = this
      later(() => {
        close(this)
        socket.removeAllListeners()
        socket.destroy()
      })
    },
    onSocket(socket, error) {
      later(() => {
        if (this.destroyed) return
        socket?.destroy()
        const lack = notImplementedError(
          { ...context, id: 'http' },
          'request over sockets of its own',
        )
        this.destroy(error ?? lack)
        connect(this)
      })
    },
    _deferToConnect(method, args) {
      const call = (socket: Loose) => socket[method]?.(...args)
      if (this.socket && !this.socket.connecting) call(this.socket)
      else if (this.socket) this.socket.once('connect', () => call(this.socket))
      else this.once('socket', (socket: Loose) => socket.once('connect', () => call(socket)))
    },
    setTimeout(milliseconds, callback) {
      if (this._ended) return this
      const duration = checkDuration(milliseconds)
      if (callback) this.once('timeout', callback)
      this.timeout = duration
      this._deferToConnect('setTimeout', [duration])
      return this
    },
    setNoDelay(isWithout) {
      this._deferToConnect('setNoDelay', [isWithout])
    },
    setSocketKeepAlive(isKept, delay) {
      this._deferToConnect('setKeepAlive', [isKept, delay])
    },
    clearTimeout(callback) {
      this.setTimeout(0, callback)
    },
  }
  Object.assign(ClientRequest.prototype, members)

  /** What was written is taken as soon as there is a connection: some wait for it before they write more. */
  function tellWriters(request: Loose): void {
    for (const piece of request._body) {
      if (piece.callback) later(piece.callback)
      piece.callback = undefined
    }
  }

  /** Everything that was written, as bytes. */
  function takeBody(request: Loose): Uint8Array | undefined {
    const { Buffer } = context.require('buffer')
    tellWriters(request)
    const pieces = request._body.splice(0)
    request.outputSize = 0
    const bytes = pieces.map(({ data, encoding }: Loose) =>
      typeof data === 'string' ? Buffer.from(data, encoding) : data,
    )
    return bytes.length === 0 ? undefined : Buffer.concat(bytes)
  }
  return ClientRequest
}

/** An agent or options that want to make sockets themselves; those of lodger only say that they cannot. */
function makesSockets(by: Loose): boolean {
  return ['createConnection', 'addRequest'].some(
    (name) => typeof by?.[name] === 'function' && !Object.hasOwn(by[name], notImplementedMark),
  )
}

function* pairsOf(headers: Loose[]): Iterable<[string, Loose]> {
  if (Array.isArray(headers[0])) yield* headers
  else if (headers.length % 2 === 1) {
    throw createError('ERR_INVALID_ARG_VALUE', 'headers', headers)
  } else for (let at = 0; at < headers.length; at += 2) yield [headers[at], headers[at + 1]]
}

/** What lodger notes for itself, out of sight of those who print a request. */
function hide(request: Loose, name: string, value: unknown): void {
  Object.defineProperty(request, name, { value, configurable: true, writable: true })
}

export default shim
