/** OutgoingMessage: header fields and a body, written to whatever socket is assigned. */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { createHeaderMembers, headersOf } from './header-members.ts'

export function createOutgoingMessage(context: ShimContext): Loose {
  const { Stream } = context.require('stream')
  const later = (fn: Loose, ...args: unknown[]) => context.require('process').nextTick(fn, ...args)

  function OutgoingMessage(this: Loose, options?: Loose): void {
    Stream.call(this)
    Object.assign(this, {
      outputData: [],
      outputSize: 0,
      writable: true,
      destroyed: false,
      _last: false,
      chunkedEncoding: false,
      shouldKeepAlive: true,
      maxRequestsOnConnectionReached: false,
      _defaultKeepAlive: true,
      useChunkedEncodingByDefault: true,
      sendDate: false,
      _removedConnection: false,
      _removedContLen: false,
      _removedTE: false,
      strictContentLength: false,
      finished: false,
      _headerSent: false,
      _closed: false,
      _header: null,
      _keepAliveTimeout: 0,
      _onPendingData() {},
      _hasBody: true,
      _contentLength: null,
      _trailer: '',
      socket: null,
      highWaterMark: options?.highWaterMark,
    })
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
      return (this.outputSize ?? 0) + (this.socket?.writableLength ?? 0)
    },
    writableHighWaterMark() {
      return this.socket?.writableHighWaterMark ?? this.highWaterMark ?? 65_536
    },
    writableCorked() {
      return this.socket?.writableCorked ?? 0
    },
    writableNeedDrain() {
      return !this.destroyed && !this.finished && Boolean(this._needsDrain)
    },
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

  /** What is wrong with a piece of the body, before anything is done with it. */
  function checkChunk(chunk: unknown): void {
    if (chunk === null) {
      throw codedError(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream')
    }
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) return
    throw createError('ERR_INVALID_ARG_TYPE', 'chunk', ['string', 'Buffer', 'Uint8Array'], chunk)
  }

  function refuse(message: Loose, error: Error, done: unknown): void {
    later(() => {
      if (typeof done === 'function') done(error)
      if (!message.destroyed) message.emit('error', error)
    })
  }

  const members: Record<string, LooseFunction> = {
    ...createHeaderMembers(),
    flushHeaders() {
      if (!this._header) this._implicitHeader()
      this._send('')
    },
    setTimeout(milliseconds, callback) {
      if (callback) this.on('timeout', callback)
      if (this.socket) this.socket.setTimeout?.(milliseconds)
      else this.once('socket', (socket: Loose) => socket.setTimeout?.(milliseconds))
      return this
    },
    cork() {
      this.socket?.cork?.()
    },
    uncork() {
      this.socket?.uncork?.()
    },
    destroy(error) {
      if (this.destroyed) return this
      this.destroyed = true
      this._errored = error
      if (this.socket) this.socket.destroy?.(error)
      else this.once('socket', (socket: Loose) => socket.destroy(error))
      later(() => close(this))
      return this
    },
    _implicitHeader() {
      const text = 'The _implicitHeader() method is not implemented'
      throw codedError(Error, 'ERR_METHOD_NOT_IMPLEMENTED', text)
    },
    write(chunk, encoding, callback) {
      const done = typeof encoding === 'function' ? encoding : callback
      checkChunk(chunk)
      if (this.finished) {
        refuse(this, codedError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end'), done)
        return false
      }
      if (this.destroyed) {
        const text = 'Cannot call write after a stream was destroyed'
        refuse(this, codedError(Error, 'ERR_STREAM_DESTROYED', text), done)
        return false
      }
      if (!this._header) this._implicitHeader()
      if (!this._hasBody) {
        if (done) later(done)
        return true
      }
      const isGoingOn = this._sendBody(
        chunk,
        typeof encoding === 'string' ? encoding : undefined,
        done,
      )
      if (!isGoingOn) this._needsDrain = true
      return isGoingOn
    },
    end(chunk, encoding, callback) {
      const done = [chunk, encoding, callback].find((arg) => typeof arg === 'function')
      const body = typeof chunk === 'function' ? undefined : chunk
      if (this.finished) {
        // It says that it is too late.
        if (body) this.write(body, encoding, done)
        else if (done && !this._finished) this.once('finish', done)
        else if (done) {
          const text = 'Cannot call end after a stream was finished'
          later(done, codedError(Error, 'ERR_STREAM_ALREADY_FINISHED', text))
        }
        return this
      }
      if (body) checkChunk(body)
      if (!this._header) {
        const { Buffer } = context.require('buffer')
        const text = typeof encoding === 'string' ? encoding : 'utf8'
        this._contentLength = body ? Buffer.byteLength(body, text) : 0
        this._implicitHeader()
      }
      if (body) this.write(body, typeof encoding === 'string' ? encoding : undefined)
      // Before those who listen for it.
      if (done) this.prependOnceListener('finish', done)
      const finish = () => {
        this._finished = true
        this.emit('finish')
      }
      const isChunked = this._hasBody && this.chunkedEncoding
      this._send(isChunked ? `0\r\n${this._trailer}\r\n` : '', 'latin1', finish)
      for (let depth = this.writableCorked; depth > 0; depth--) this.uncork()
      this.finished = true
      if (this.outputData.length === 0) this._finish()
      return this
    },
    /** Everything has been handed on. */
    _finish() {
      this.emit('prefinish')
    },
    pipe() {
      this.emit('error', codedError(Error, 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'))
    },
    /** The head goes first, in one piece with a text. */
    _send(data, encoding, callback) {
      if (this._headerSent || !this._header) return this._writeRaw(data, encoding, callback)
      this._headerSent = true
      if (typeof data === 'string' && /^(?:utf-?8|latin1)$/i.test(encoding ?? 'utf8')) {
        return this._writeRaw(this._header + data, encoding, callback)
      }
      this._writeRaw(this._header, 'latin1')
      return this._writeRaw(data, encoding, callback)
    },
    _writeRaw(data, encoding, callback) {
      const { socket } = this
      if (socket?.destroyed) return false
      if (socket?.writable) return socket.write(data, encoding, callback) !== false
      this.outputData ??= []
      this.outputData.push({ data, encoding, callback })
      this.outputSize = (this.outputSize ?? 0) + data.length
      return this.outputSize < this.writableHighWaterMark
    },
    /** A piece of the body, in a chunk where the length was not known. */
    _sendBody(chunk, encoding, done) {
      if (!this.chunkedEncoding) return this._send(chunk, encoding, done)
      const length: number = context.require('buffer').Buffer.byteLength(chunk, encoding)
      if (length === 0) {
        if (done) later(done)
        return true
      }
      this._send(`${length.toString(16)}\r\n`, 'latin1')
      this._send(chunk, encoding)
      return this._send('\r\n', 'latin1', done)
    },
    /** What was written before there was a socket. */
    _flush() {
      this.outputSize = 0
      for (const { data, encoding, callback } of this.outputData.splice(0)) {
        this.socket.write(data, encoding, callback)
      }
      if (this.finished) this._finish()
      if (!this._needsDrain) return
      this._needsDrain = false
      later(() => this.emit('drain'))
    },
    /** Puts the head together: what was set, and what HTTP needs beside that. */
    _storeHeader(firstLine: string) {
      let head = firstLine
      const field = (name: string, value: string) => {
        head += `${name}: ${value}\r\n`
      }
      for (const [name, value] of headersOf(this).values()) {
        const isOneLine = name.toLowerCase() === 'cookie' && Array.isArray(value)
        for (const one of isOneLine ? [value.join('; ')] : [value].flat()) field(name, one)
      }
      if (this.sendDate && !this.hasHeader('date')) {
        field('Date', new Date(context.host.now()).toUTCString())
      }
      const hasLength = this.hasHeader('content-length')
      const hasEncoding = this.hasHeader('transfer-encoding')
      const connection = this.getHeader('connection')
      if (this._removedConnection) this._last = !this.shouldKeepAlive
      else if (connection !== undefined) this._last = /(?:^|\W)close(?:$|\W)/i.test(connection)
      else {
        const isKept =
          this.shouldKeepAlive && (hasLength || this.useChunkedEncodingByDefault || this.agent)
        this._last = !isKept
        field('Connection', isKept ? 'keep-alive' : 'close')
      }
      if (hasEncoding) {
        this.chunkedEncoding = /(?:^|\W)chunked(?:$|\W)/i.test(this.getHeader('transfer-encoding'))
      } else if (this._hasBody && !hasLength) {
        const isLengthKnown = typeof this._contentLength === 'number' && !this._trailer
        if (!this.useChunkedEncodingByDefault) this._last = true
        else if (isLengthKnown && !this._removedContLen && !this.hasHeader('trailer')) {
          field('Content-Length', this._contentLength)
        } else if (this._removedTE) this._last = true
        else {
          field('Transfer-Encoding', 'chunked')
          this.chunkedEncoding = true
        }
      }
      this._header = `${head}\r\n`
    },
  }
  Object.assign(OutgoingMessage.prototype, members)

  return OutgoingMessage
}

/** Says that it is over, once. */
export function close(message: Loose): void {
  if (message._closed) return
  message._closed = true
  message.emit('close')
}
