/** https://nodejs.org/docs/latest-v26.x/api/net.html: no host gives sockets; addresses can be told apart anywhere. */

import { createError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import { isInstance } from './internal/instance.ts'
import type { Loose } from './internal/loose.ts'
import { nameFunction, ownFunction, shapeMembers } from './internal/names.ts'
import { stubExports } from './internal/stub-exports.ts'
import {
  checkDuration,
  validateBoolean,
  validateFunction,
  validateInteger,
  validateNumber,
  validateObject,
} from './internal/validate.ts'
import { notImplementedError } from './not-implemented.ts'

const byte = '(?:\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])'
const ipv4 = new RegExp(`^${byte}(?:\\.${byte}){3}$`)

function isIPv4(text: unknown): boolean {
  return ipv4.test(`${text}`)
}

function isIPv6(value: unknown): boolean {
  const [address = '', zone] = `${value}`.split('%')
  if (zone !== undefined && !/^[\w.:-]+$/.test(zone)) return false
  const halves = address.split('::')
  if (halves.length > 2) return false
  let count = 0
  for (const [index, half] of halves.entries()) {
    const pieces = half === '' ? [] : half.split(':')
    for (const [position, piece] of pieces.entries()) {
      const isLast = index === halves.length - 1 && position === pieces.length - 1
      if (isLast && piece.includes('.')) {
        if (!isIPv4(piece)) return false
        count += 2
      } else if (/^[\da-f]{1,4}$/i.test(piece)) count++
      else return false
    }
  }
  return halves.length === 2 ? count < 8 : count === 8
}

const shim: Shim = (context) => {
  const { Duplex } = context.require('stream')
  const EventEmitter = context.require('events')
  const exports = stubExports(context)
  /** The time limits that run. */
  const limits = new WeakMap<object, Loose>()

  /** Exists so that it can be derived from and looked into; connecting it is what a host would have to give. */
  function Socket(this: Loose, options?: Loose): Loose {
    if (!isInstance(this, Socket)) return new (Socket as Loose)(options)
    for (const name of ['objectMode', 'readableObjectMode', 'writableObjectMode']) {
      const value = options?.[name]
      const why = 'is not supported'
      if (value) throw createError('ERR_INVALID_ARG_VALUE', `options.${name}`, value, why)
    }
    Duplex.call(this, {
      allowHalfOpen: Boolean(options?.allowHalfOpen),
      emitClose: true,
      ...options,
    })
    this.connecting = false
    this._host = null
    this._parent = null
    return this
  }
  copyMembers(exports.Socket, Socket)
  inherit(Socket, Duplex)
  for (const name of ['setNoDelay', 'setKeepAlive', 'setTOS', 'ref', 'unref']) {
    Socket.prototype[name] = nameFunction(function (this: Loose): Loose {
      return this
    }, name)
  }
  // What it has of every stream.
  for (const name of ['end', 'pause', 'read', 'resume']) {
    Socket.prototype[name] = Duplex.prototype[name]
  }
  Object.assign(Socket.prototype, {
    address: () => ({}),
    destroySoon(this: Loose): void {
      if (this.writable) this.end()
      this.destroy()
    },
    setTimeout(this: Loose, milliseconds: unknown, callback?: unknown): Loose {
      if (this.destroyed) return this
      const duration = checkDuration(milliseconds)
      this.timeout = milliseconds
      const { clearTimeout, setTimeout } = context.require('timers')
      clearTimeout(limits.get(this))
      limits.delete(this)
      if (duration > 0) limits.set(this, setTimeout(() => this._onTimeout(), duration).unref())
      if (callback === undefined) return this
      validateFunction(callback, 'callback')
      return duration > 0 ? this.once('timeout', callback) : this.off('timeout', callback)
    },
    _onTimeout(this: Loose): void {
      this.emit('timeout')
    },
    /** Something has happened: the limit counts from now on. */
    _unrefTimer(this: Loose): void {
      limits.get(this)?.refresh()
    },
    _destroy(this: Loose, error: unknown, callback: unknown): void {
      context.require('timers').clearTimeout(limits.get(this))
      Duplex.prototype._destroy.call(this, error, callback)
    },
    _read(): void {},
    _final(callback: () => void): void {
      callback()
    },
    _write(_chunk: unknown, _encoding: string, callback: (error: Error) => void): void {
      callback(notImplementedError(context, 'Socket.prototype.write'))
    },
  })
  shapeMembers(
    Socket.prototype,
    'setTimeout:setStreamTimeout/2 setNoDelay/1 setKeepAlive/4 _read/1',
  )
  for (const [name, value] of Object.entries({
    pending: true,
    readyState: 'closed',
    bytesRead: 0,
    bytesWritten: 0,
    bufferSize: undefined,
    remoteAddress: undefined,
    remoteFamily: undefined,
    remotePort: undefined,
    localAddress: undefined,
    localPort: undefined,
    localFamily: undefined,
    _connecting: false,
    _handle: null,
  })) {
    Object.defineProperty(Socket.prototype, name, {
      get: () => value,
      configurable: true,
    })
  }

  function Server(this: Loose, options?: Loose, listener?: Loose): Loose {
    if (!isInstance(this, Server)) return new (Server as Loose)(options, listener)
    EventEmitter.call(this)
    const isShort = typeof options === 'function'
    const onConnection = isShort ? options : listener
    if (typeof onConnection === 'function') this.on('connection', onConnection)
    if (!isShort) validateObject(options ?? {}, 'options', { array: true })
    this._handle = null
    this._connections = 0
    return this
  }
  copyMembers(exports.Server, Server)
  inherit(Server, EventEmitter)
  Object.defineProperty(Server.prototype, 'listening', {
    get(this: Loose) {
      return Boolean(this._handle)
    },
    enumerable: true,
    configurable: true,
  })
  Object.assign(Server.prototype, {
    address: () => null,
    ref(this: Loose): Loose {
      return this
    },
    unref(this: Loose): Loose {
      return this
    },
    close(this: Loose, callback?: (error: Error) => void): Loose {
      const error = new Error('Server is not running.')
      if (callback) {
        context
          .require('process')
          .nextTick(callback, Object.assign(error, { code: 'ERR_SERVER_NOT_RUNNING' }))
      }
      return this
    },
  })

  let autoSelect = true
  let autoSelectTimeout = 500
  Object.assign(exports, {
    Socket,
    Stream: Socket,
    Server,
    createServer: (options?: Loose, listener?: Loose): Loose =>
      new (Server as Loose)(options, listener),
    isIP: (value?: unknown): number => (isIPv4(value) ? 4 : isIPv6(value) ? 6 : 0),
    isIPv4: ownFunction(isIPv4),
    isIPv6: ownFunction(isIPv6),
    getDefaultAutoSelectFamily: () => autoSelect,
    setDefaultAutoSelectFamily(value: unknown): void {
      validateBoolean(value, 'value')
      autoSelect = value
    },
    getDefaultAutoSelectFamilyAttemptTimeout: () => autoSelectTimeout,
    setDefaultAutoSelectFamilyAttemptTimeout(value: unknown): void {
      validateNumber(value, 'value')
      validateInteger(value, 'value', 1, 2 ** 31 - 1)
      autoSelectTimeout = Math.max(10, value)
    },
  })
  for (const name of ['BlockList', 'SocketAddress']) {
    const get = () => context.require('internal/net/addresses')[name]
    Object.defineProperty(exports, name, { get, enumerable: true, configurable: true })
  }
  return exports
}

/** What the stub has and the real one lacks: those members go on saying that they are absent. */
function copyMembers(from: Loose, to: Loose): void {
  for (const name of Reflect.ownKeys(from.prototype)) {
    if (name === 'constructor') continue
    const descriptor = Object.getOwnPropertyDescriptor(from.prototype, name)
    if (descriptor) Object.defineProperty(to.prototype, name, descriptor)
  }
  Object.defineProperty(to, 'length', { value: from.length, configurable: true })
}

function inherit(Class: Loose, Base: Loose): void {
  Object.setPrototypeOf(Class.prototype, Base.prototype)
  Object.setPrototypeOf(Class, Base)
}

export default shim
