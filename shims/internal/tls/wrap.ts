/**
 * `_tls_wrap`, of which `tls` is made: no host encrypts for us, so that a socket can be made, looked at and destroyed, and
 * never gets as far as a handshake. https://nodejs.org/docs/latest-v26.x/api/tls.html#class-tlstlssocket
 */
import type { Shim } from '../../../src/seams.ts'
import { notImplementedError } from '../../not-implemented.ts'
import type { Loose } from '../loose.ts'
import { nameFunction } from '../names.ts'
import { stubExports } from '../stub-exports.ts'
import { createStreamSocketClass } from './stream-socket.ts'

const shim: Shim = (context) => {
  const exports = stubExports(context)
  const { Socket } = context.require('net')
  const { prototype } = exports.TLSSocket
  const StreamSocket = createStreamSocketClass(context)

  /** @param socket what the encrypted bytes would go through */
  function TLSSocket(this: Loose, socket?: Loose, options?: Loose): void {
    const wrapped =
      socket == null || socket instanceof Socket ? (socket ?? undefined) : new StreamSocket(socket)
    Socket.call(this, { allowHalfOpen: Boolean(socket?.allowHalfOpen) })
    const handle = { _parent: wrapped?._handle, _parentWrap: wrapped, reading: false }
    Object.assign(this, {
      _tlsOptions: options ?? {},
      _secureEstablished: false,
      _securePending: false,
      _newSessionPending: false,
      _controlReleased: false,
      secureConnecting: true,
      _SNICallback: null,
      servername: null,
      alpnProtocol: null,
      authorized: false,
      authorizationError: null,
      encrypted: true,
      connecting: wrapped === undefined || wrapped === socket,
      _parent: wrapped === socket ? (socket ?? null) : null,
      ssl: handle,
    })
    // An accessor of all sockets.
    Object.defineProperty(this, '_handle', { get: () => this.ssl, configurable: true })
    this.once('close', () => {
      this.ssl = null
      wrapped?.destroy()
    })
    // Why it has ended is no error of this one's, as it has said nothing through it.
    wrapped?.on('error', () => {}).once('close', () => this.destroy())
  }
  TLSSocket.prototype = prototype
  Object.setPrototypeOf(TLSSocket, Socket)
  Object.setPrototypeOf(prototype, Socket.prototype)
  prototype.constructor = TLSSocket
  Object.defineProperty(prototype, '_write', {
    value(_chunk: unknown, _encoding: string, callback: (error: Error) => void) {
      callback(notImplementedError(context, 'TLSSocket.prototype.write'))
    },
  })
  exports.TLSSocket = nameFunction(TLSSocket, 'TLSSocket')
  return exports
}

export default shim
