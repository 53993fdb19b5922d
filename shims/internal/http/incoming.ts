/** IncomingMessage: a readable stream with a head; filled by whoever makes it, a client or a guest that has no server. */

import type { ShimContext } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'

/** Of these a second field is dropped; others are joined by a comma, cookies by a semicolon. */
const single = new Set(
  (
    'age authorization content-length content-type etag expires from host if-modified-since ' +
    'if-unmodified-since last-modified location max-forwards proxy-authorization referer retry-after server user-agent'
  ).split(' '),
)

export function createIncomingMessage(context: ShimContext): Loose {
  const { Readable } = context.require('stream')

  function IncomingMessage(this: Loose, socket?: Loose): void {
    Readable.call(this, socket ? { highWaterMark: socket.readableHighWaterMark } : {})
    Object.assign(this, {
      _readableState: this._readableState,
      httpVersionMajor: null,
      httpVersionMinor: null,
      httpVersion: null,
      complete: false,
      rawHeaders: [],
      rawTrailers: [],
      joinDuplicateHeaders: false,
      aborted: false,
      upgrade: null,
      url: '',
      method: null,
      statusCode: null,
      statusMessage: null,
      client: socket,
      socket,
      _consuming: false,
      _dumped: false,
    })
  }
  Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype)
  Object.setPrototypeOf(IncomingMessage, Readable)

  const derived = [
    ['headers', 'rawHeaders', false],
    ['headersDistinct', 'rawHeaders', true],
    ['trailers', 'rawTrailers', false],
    ['trailersDistinct', 'rawTrailers', true],
  ] as const
  /** What was read of it, by the member's name. */
  const read = new WeakMap<object, Record<string, unknown>>()
  /** How many lines came with the message: what guests put into `rawHeaders` by hand is raw only. */
  const counts = new WeakMap<object, Record<string, number>>()
  for (const [name, raw, distinct] of derived) {
    const keep = (message: object, value: unknown) => {
      read.set(message, { ...read.get(message), [name]: value })
    }
    Object.defineProperty(IncomingMessage.prototype, name, {
      get(this: Loose) {
        const known = read.get(this)?.[name]
        if (known !== undefined) return known
        const fields = distinct ? Object.create(null) : {}
        const add = distinct ? '_addHeaderLineDistinct' : '_addHeaderLine'
        const count = counts.get(this)?.[raw] ?? 0
        const lines = this[raw]
        for (let at = 0; at < count; at += 2) this[add](lines[at], lines[at + 1], fields)
        keep(this, fields)
        return fields
      },
      set(this: Loose, value: unknown) {
        keep(this, value)
      },
      configurable: true,
    })
  }
  Object.defineProperty(IncomingMessage.prototype, 'connection', {
    get(this: Loose) {
      return this.socket
    },
    set(this: Loose, value: unknown) {
      this.socket = value
    },
    configurable: true,
  })
  const members: Record<string, LooseFunction> = {
    setTimeout(milliseconds, callback) {
      if (callback) this.on('timeout', callback)
      this.socket?.setTimeout?.(milliseconds)
      return this
    },
    _read(_size) {
      this._consuming = true
    },
    _destroy(error, callback) {
      if (!this.readableEnded || !this.complete) {
        this.aborted = true
        this.emit('aborted')
        if (this.socket && !this.socket.destroyed) {
          // The message tells of the error; nobody need listen to the socket.
          this.socket.on?.('error', () => {})
          this.socket.destroy?.(error)
        }
      }
      const isWanted = this.listenerCount('error') > 0
      context.require('process').nextTick(callback, isWanted ? error : null)
    },
    /** Puts a field to those that are there, by the rules for its name. */
    _addHeaderLine(field, value, fields) {
      const name = field.toLowerCase()
      if (name === 'set-cookie') this._addHeaderLineDistinct(field, value, fields)
      else if (typeof fields[name] !== 'string') fields[name] = value
      else if (this.joinDuplicateHeaders || !single.has(name)) {
        fields[name] += (name === 'cookie' ? '; ' : ', ') + value
      }
    },
    _addHeaderLineDistinct(field, value, fields) {
      const name = field.toLowerCase()
      fields[name] ??= []
      fields[name].push(value)
    },
    _addHeaderLines(lines, count) {
      if (!lines?.length) return
      const raw = this.complete ? 'rawTrailers' : 'rawHeaders'
      this[raw] = lines
      counts.set(this, { ...counts.get(this), [raw]: count })
      read.delete(this)
    },
    /** Reads what nobody wants. */
    _dump() {
      if (this._dumped) return
      this._dumped = true
      this.removeAllListeners('data')
      this.resume()
    },
  }
  Object.assign(IncomingMessage.prototype, members)
  return IncomingMessage
}
