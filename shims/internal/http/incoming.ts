/** IncomingMessage: a readable stream with a head; filled by whoever makes it. */

import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { nameFunction } from '../names.ts'

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

  const fromRaw = (raw: readonly string[] = [], distinct: boolean) => {
    const result: Loose = distinct ? Object.create(null) : {}
    for (let index = 0; index < raw.length; index += 2) {
      const name = (raw[index] as string).toLowerCase()
      const value = raw[index + 1]
      if (distinct || name === 'set-cookie') {
        result[name] ??= []
        result[name].push(value)
      } else if (result[name] === undefined) result[name] = value
      else if (!single.has(name)) result[name] += (name === 'cookie' ? '; ' : ', ') + value
    }
    return result
  }
  const derived = [
    ['headers', 'rawHeaders', false],
    ['headersDistinct', 'rawHeaders', true],
    ['trailers', 'rawTrailers', false],
    ['trailersDistinct', 'rawTrailers', true],
  ] as const
  for (const [name, raw, distinct] of derived) {
    const values = new WeakMap<object, unknown>()
    Object.defineProperty(IncomingMessage.prototype, name, {
      get(this: Loose) {
        if (!values.has(this)) values.set(this, fromRaw(this[raw], distinct))
        return values.get(this)
      },
      set(this: Loose, value: unknown) {
        values.set(this, value)
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
  IncomingMessage.prototype.setTimeout = function setTimeout(
    this: Loose,
    milliseconds: unknown,
    callback?: Loose,
  ): Loose {
    if (callback) this.on('timeout', callback)
    this.socket?.setTimeout?.(milliseconds)
    return this
  }
  IncomingMessage.prototype._read = nameFunction(() => {}, '_read')
  return IncomingMessage
}
