/** The Server of http and https: it can be made and given listeners; `listen` needs what no host gives. */

import { isInstance } from '../instance.ts'
import type { Loose } from '../loose.ts'
import { shapeMembers } from '../names.ts'
import { asyncDisposeSymbol } from '../symbols.ts'

export function createServerClass(Base: Loose): Loose {
  function Server(this: Loose, options?: Loose, listener?: Loose): Loose {
    if (!isInstance(this, Server)) return new (Server as Loose)(options, listener)
    const onRequest = typeof options === 'function' ? options : listener
    Base.call(this, typeof options === 'function' ? {} : options)
    Object.assign(this, {
      timeout: 0,
      keepAliveTimeout: 65_000,
      headersTimeout: 60_000,
      requestTimeout: 300_000,
      maxHeadersCount: null,
      maxRequestsPerSocket: 0,
      httpAllowHalfOpen: false,
    })
    if (onRequest) this.on('request', onRequest)
    return this
  }
  Object.setPrototypeOf(Server.prototype, Base.prototype)
  Object.setPrototypeOf(Server, Base)
  Object.assign(Server.prototype, {
    closeAllConnections() {},
    closeIdleConnections() {},
    setTimeout(this: Loose, milliseconds: number, callback?: Loose): Loose {
      this.timeout = milliseconds
      if (callback) this.on('timeout', callback)
      return this
    },
    close(this: Loose, callback?: Loose): Loose {
      return Base.prototype.close.call(this, callback)
    },
    [asyncDisposeSymbol](this: Loose): Promise<void> {
      return new Promise((resolve) => this.close(() => resolve()))
    },
  })
  shapeMembers(Server.prototype, 'close/0')
  return Server
}
