/** ServerResponse: the answer of a server. It works on any writable that it is assigned, as no host gives connections. */

import { codedError, createError } from '../../../src/errors.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { hasBadCharacter, headersSentError } from './headers.ts'
import { close } from './outgoing.ts'

export function createServerResponse(
  OutgoingMessage: Loose,
  statusCodes: Readonly<Record<number, string>>,
): Loose {
  function ServerResponse(this: Loose, request?: Loose, options?: Loose): void {
    OutgoingMessage.call(this, options)
    if (request?.method === 'HEAD') this._hasBody = false
    this.req = request
    this.sendDate = true
    this._sent100 = false
    this._expect_continue = false
    if (request?.httpVersionMajor < 1 || request?.httpVersionMinor < 1) {
      this.useChunkedEncodingByDefault = /(?:^|\W)chunked(?:$|\W)/i.test(request.headers?.te)
      this.shouldKeepAlive = false
    }
  }
  Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype)
  Object.setPrototypeOf(ServerResponse, OutgoingMessage)

  /** A socket's `this`. */
  function onSocketClose(this: Loose): void {
    const response = this._httpMessage
    if (!response) return
    response.destroyed = true
    close(response)
  }

  const members: Record<string, LooseFunction> = {
    assignSocket(socket) {
      if (socket._httpMessage) {
        const text = 'ServerResponse has an already assigned socket'
        throw codedError(Error, 'ERR_HTTP_SOCKET_ASSIGNED', text)
      }
      socket._httpMessage = this
      socket.on?.('close', onSocketClose)
      this.socket = socket
      this.emit('socket', socket)
      this._flush()
    },
    detachSocket(socket) {
      socket.removeListener?.('close', onSocketClose)
      socket._httpMessage = null
      this.socket = null
    },
    writeContinue(callback) {
      this._writeRaw('HTTP/1.1 100 Continue\r\n\r\n', 'latin1', callback)
      this._sent100 = true
    },
    writeProcessing(callback) {
      this._writeRaw('HTTP/1.1 102 Processing\r\n\r\n', 'latin1', callback)
    },
    _implicitHeader() {
      this.writeHead(this.statusCode)
    },
    writeHead(statusCode, reason, given) {
      if (this._header) throw headersSentError('write')
      const code = Number(statusCode) | 0
      if (code < 100 || code > 999) {
        const text = `Invalid status code: ${statusCode}`
        throw codedError(RangeError, 'ERR_HTTP_INVALID_STATUS_CODE', text)
      }
      const fields = typeof reason === 'string' ? given : (given ?? reason)
      if (typeof reason === 'string') this.statusMessage = reason
      else this.statusMessage ||= statusCodes[code] || 'unknown'
      this.statusCode = code
      for (const [name, value] of pairsOf(fields)) {
        if (name) this.setHeader(name, value)
      }
      if (hasBadCharacter(this.statusMessage)) {
        const text = 'Invalid character in statusMessage'
        throw codedError(TypeError, 'ERR_INVALID_CHAR', text)
      }
      if (code === 204 || code === 304 || code < 200) this._hasBody = false
      if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false
      this._storeHeader(`HTTP/1.1 ${code} ${this.statusMessage}\r\n`)
      return this
    },
  }
  Object.assign(ServerResponse.prototype, { statusCode: 200, statusMessage: undefined }, members)
  ServerResponse.prototype.writeHeader = ServerResponse.prototype.writeHead
  return ServerResponse
}

/** Fields as an object, as a flat list of names and values, or as a list of pairs; the same name more than once is a list. */
function pairsOf(fields: Loose): Iterable<[string, Loose]> {
  if (!Array.isArray(fields)) return Object.entries(fields ?? {})
  if (Array.isArray(fields[0])) return joined(fields as [string, Loose][])
  if (fields.length % 2 !== 0) {
    throw createError('ERR_INVALID_ARG_VALUE', 'headers', fields)
  }
  const pairs: [string, Loose][] = []
  for (let at = 0; at < fields.length; at += 2) pairs.push([fields[at], fields[at + 1]])
  return joined(pairs)
}

function joined(pairs: readonly [string, Loose][]): Iterable<[string, Loose]> {
  const fields = new Map<string, [string, Loose]>()
  for (const [name, value] of pairs) {
    const key = `${name}`.toLowerCase()
    const before = fields.get(key)
    fields.set(key, before ? [before[0], [before[1], value].flat()] : [name, value])
  }
  return fields.values()
}
