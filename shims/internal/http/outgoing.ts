/** OutgoingMessage and ServerResponse: headers and a body, written to whatever socket is assigned. */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { checkName, headersSentError, validateHeaderName, validateHeaderValue } from './headers.ts'

export function createOutgoingClasses(
  context: ShimContext,
  statusCodes: Readonly<Record<number, string>>,
): { OutgoingMessage: Loose; ServerResponse: Loose } {
  const Stream = context.require('stream').Stream ?? context.require('stream')
  const later = (fn: Loose, ...args: unknown[]) => context.require('process').nextTick(fn, ...args)
  /** Lower-case name to name as given and value. */
  const headers = new WeakMap<object, Map<string, [string, Loose]>>()
  // Express makes its responses with Object.create, so that no constructor may have run.
  const headersOf = (message: object) => {
    let map = headers.get(message)
    if (map === undefined) {
      map = new Map()
      headers.set(message, map)
    }
    return map
  }

  function OutgoingMessage(this: Loose, options?: Loose): void {
    Stream.call(this)
    Object.assign(this, {
      outputData: [],
      outputSize: 0,
      writable: true,
      destroyed: false,
      chunkedEncoding: false,
      shouldKeepAlive: true,
      useChunkedEncodingByDefault: true,
      sendDate: false,
      finished: false,
      _header: null,
      _hasBody: true,
      _contentLength: null,
      _trailer: '',
      socket: null,
      highWaterMark: options?.highWaterMark,
    })
    headers.set(this, new Map())
  }
  Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype)
  Object.setPrototypeOf(OutgoingMessage, Stream)

  const getters: Record<string, (this: Loose) => unknown> = {
    headersSent() {
      return Boolean(this._header)
    },
    writableEnded() {
      return this.finished
    },
    writableFinished() {
      return Boolean(this._finished)
    },
    writableObjectMode: () => false,
    writableLength() {
      return this.outputSize ?? 0
    },
    writableHighWaterMark() {
      return this.highWaterMark ?? 65_536
    },
    writableCorked: () => 0,
    writableNeedDrain: () => false,
    errored() {
      return this._errored ?? null
    },
    closed() {
      return Boolean(this._closed)
    },
  }
  for (const [name, get] of Object.entries(getters)) {
    Object.defineProperty(OutgoingMessage.prototype, name, {
      get,
      enumerable: name === 'headersSent',
      configurable: true,
    })
  }
  Object.defineProperty(OutgoingMessage.prototype, 'connection', {
    get(this: Loose) {
      return this.socket
    },
    set(this: Loose, value: unknown) {
      this.socket = value
    },
    configurable: true,
  })

  const members: Record<string, Loose> = {
    setHeader(this: Loose, name: string, value: Loose): Loose {
      if (this._header) throw headersSentError('set')
      validateHeaderName(name)
      validateHeaderValue(name, value)
      headersOf(this).set(name.toLowerCase(), [name, value])
      return this
    },
    setHeaders(this: Loose, given: Iterable<[string, Loose]>): Loose {
      if (this._header) throw headersSentError('set')
      for (const [name, value] of given) this.setHeader(name, value)
      return this
    },
    appendHeader(this: Loose, name: string, value: Loose): Loose {
      if (this._header) throw headersSentError('append')
      validateHeaderName(name)
      validateHeaderValue(name, value)
      const before = this.getHeader(name)
      this.setHeader(name, before === undefined ? value : [before, value].flat())
      return this
    },
    getHeader(this: Loose, name: unknown): Loose {
      return headersOf(this).get(checkName(name))?.[1]
    },
    hasHeader(this: Loose, name: unknown): boolean {
      return headersOf(this).has(checkName(name))
    },
    removeHeader(this: Loose, name: unknown): void {
      const key = checkName(name)
      if (this._header) throw headersSentError('remove')
      headersOf(this).delete(key)
    },
    getHeaderNames(this: Loose): string[] {
      return [...headersOf(this).keys()]
    },
    getRawHeaderNames(this: Loose): string[] {
      return [...headersOf(this).values()].map(([name]) => name)
    },
    getHeaders(this: Loose): object {
      const result = Object.create(null)
      for (const [key, [, value]] of headersOf(this)) result[key] = value
      return result
    },
    addTrailers(this: Loose, given: Record<string, unknown>): void {
      for (const [name, value] of Object.entries(given)) {
        validateHeaderName(name, 'Trailer name')
        validateHeaderValue(name, value)
        this._trailer += `${name}: ${value}\r\n`
      }
    },
    flushHeaders(this: Loose): void {
      if (!this._header) this._implicitHeader()
      send(this, '')
    },
    setTimeout(this: Loose, _milliseconds: unknown, callback?: Loose): Loose {
      if (callback) this.on('timeout', callback)
      return this
    },
    cork() {},
    uncork() {},
    destroy(this: Loose, error?: unknown): Loose {
      if (this.destroyed) return this
      this.destroyed = true
      this._errored = error
      if (this.socket) this.socket.destroy?.(error)
      later(() => {
        this._closed = true
        this.emit('close')
      })
      return this
    },
    _implicitHeader(): never {
      throw codedError(
        Error,
        'ERR_METHOD_NOT_IMPLEMENTED',
        'The _implicitHeader() method is not implemented',
      )
    },
    write(this: Loose, chunk: Loose, encoding?: Loose, callback?: Loose): boolean {
      const done = typeof encoding === 'function' ? encoding : callback
      if (chunk === null) {
        throw codedError(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream')
      }
      if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
        throw createError(
          'ERR_INVALID_ARG_TYPE',
          'chunk',
          ['string', 'Buffer', 'Uint8Array'],
          chunk,
        )
      }
      if (this.finished) {
        const error = codedError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end')
        later(() => this.emit('error', error))
        if (done) later(done, error)
        return false
      }
      if (!this._header) this._implicitHeader()
      if (this._hasBody) send(this, chunk, typeof encoding === 'string' ? encoding : undefined)
      if (done) later(done)
      return true
    },
    end(this: Loose, chunk?: Loose, encoding?: Loose, callback?: Loose): Loose {
      const args = [chunk, encoding, callback]
      const done = args.find((arg) => typeof arg === 'function')
      const body = typeof chunk === 'function' ? undefined : chunk
      if (this.finished) {
        if (done)
          later(
            done,
            codedError(
              Error,
              'ERR_STREAM_ALREADY_FINISHED',
              'Cannot call end after a stream was finished',
            ),
          )
        return this
      }
      if (!this._header) {
        const { Buffer } = context.require('buffer')
        const text = typeof encoding === 'string' ? encoding : 'utf8'
        this._contentLength = body ? Buffer.byteLength(body, text) : 0
        this._implicitHeader()
      }
      if (body) this.write(body, encoding)
      if (done) this.once('finish', done)
      if (this.chunkedEncoding && this._hasBody) raw(this, `0\r\n${this._trailer}\r\n`)
      else send(this, '')
      this.finished = true
      later(() => {
        this._finished = true
        this.emit('prefinish')
        this.emit('finish')
      })
      return this
    },
    pipe(this: Loose): void {
      this.emit('error', codedError(Error, 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'))
    },
  }
  Object.assign(OutgoingMessage.prototype, members)

  /** A piece of the body, in chunks where the length was not known. The head goes first. */
  function send(self: Loose, chunk: Loose, encoding?: string): void {
    if (!self._headerSent && self._header) {
      self._headerSent = true
      raw(self, self._header, 'latin1')
    }
    if (chunk === '' || chunk.length === 0) return
    if (!self.chunkedEncoding) {
      raw(self, chunk, encoding)
      return
    }
    const length: number = context.require('buffer').Buffer.byteLength(chunk, encoding)
    raw(self, `${length.toString(16)}\r\n`, 'latin1')
    raw(self, chunk, encoding)
    raw(self, '\r\n', 'latin1')
  }

  function raw(self: Loose, data: Loose, encoding?: string): void {
    if (self.socket?.writable) {
      self.socket.write(data, encoding)
      return
    }
    self.outputData ??= []
    self.outputData.push({ data, encoding, callback: null })
  }

  function ServerResponse(this: Loose, request?: Loose, options?: Loose): void {
    OutgoingMessage.call(this, options)
    if (request?.method === 'HEAD') this._hasBody = false
    this.req = request
    this.sendDate = true
  }
  Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype)
  Object.setPrototypeOf(ServerResponse, OutgoingMessage)
  const own: Record<string, Loose> = {
    statusCode: 200,
    statusMessage: undefined,
    assignSocket(this: Loose, socket: Loose): void {
      if (socket._httpMessage) {
        throw codedError(
          Error,
          'ERR_HTTP_SOCKET_ASSIGNED',
          'ServerResponse has an already assigned socket',
        )
      }
      socket._httpMessage = this
      this.socket = socket
      this.emit('socket', socket)
      for (const { data, encoding } of this.outputData.splice(0)) socket.write(data, encoding)
    },
    detachSocket(this: Loose, socket: Loose): void {
      socket._httpMessage = null
      this.socket = null
    },
    writeContinue(this: Loose): void {
      raw(this, 'HTTP/1.1 100 Continue\r\n\r\n', 'latin1')
    },
    writeProcessing(this: Loose): void {
      raw(this, 'HTTP/1.1 102 Processing\r\n\r\n', 'latin1')
    },
    _implicitHeader(this: Loose): void {
      this.writeHead(this.statusCode)
    },
    writeHead(this: Loose, statusCode: unknown, reason?: Loose, given?: Loose): Loose {
      if (this._header) throw headersSentError('write')
      const code = Number(statusCode) | 0
      if (code < 100 || code > 999) {
        const text = `Invalid status code: ${statusCode}`
        throw codedError(RangeError, 'ERR_HTTP_INVALID_STATUS_CODE', text)
      }
      const fields = typeof reason === 'string' ? given : reason
      this.statusCode = code
      this.statusMessage =
        typeof reason === 'string' ? reason : this.statusMessage || statusCodes[code] || 'unknown'
      const pairs = Array.isArray(fields)
        ? Array.isArray(fields[0])
          ? fields
          : fields.flatMap((_, index) =>
              index % 2 === 0 ? [[fields[index], fields[index + 1]]] : [],
            )
        : Object.entries(fields ?? {})
      for (const [name, value] of pairs) this.setHeader(name, value)
      if (code === 204 || code === 304 || code < 200) this._hasBody = false
      let head = `HTTP/1.1 ${code} ${this.statusMessage}\r\n`
      for (const [name, value] of headersOf(this).values()) {
        for (const one of [value].flat()) head += `${name}: ${one}\r\n`
      }
      if (this.sendDate && !this.hasHeader('date'))
        head += `Date: ${new Date(context.host.now()).toUTCString()}\r\n`
      if (!this.hasHeader('connection')) {
        head += this.shouldKeepAlive ? 'Connection: keep-alive\r\n' : 'Connection: close\r\n'
      }
      if (
        this._hasBody &&
        !this.hasHeader('content-length') &&
        !this.hasHeader('transfer-encoding')
      ) {
        if (typeof this._contentLength === 'number')
          head += `Content-Length: ${this._contentLength}\r\n`
        else {
          this.chunkedEncoding = true
          head += 'Transfer-Encoding: chunked\r\n'
        }
      }
      this._header = `${head}\r\n`
      return this
    },
  }
  own.writeHeader = own.writeHead
  Object.assign(ServerResponse.prototype, own)
  return { OutgoingMessage, ServerResponse }
}
