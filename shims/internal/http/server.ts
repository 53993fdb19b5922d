/** The Server of http and https: it can be made and given listeners; `listen` needs what no host gives. */

import { isInstance } from '../instance.ts'
import type { Loose } from '../loose.ts'
import { shapeMembers } from '../names.ts'
import { asyncDisposeSymbol } from '../symbols.ts'
import { outOfRange, validateBoolean, validateInteger, validateObject } from '../validate.ts'

export function createServerClass(Base: Loose): Loose {
  function Server(this: Loose, options?: Loose, listener?: Loose): Loose {
    if (!isInstance(this, Server)) return new (Server as Loose)(options, listener)
    const onRequest = typeof options === 'function' ? options : listener
    const given = typeof options === 'function' ? {} : (options ?? {})
    validateObject(given, 'options')
    Object.assign(this, readOptions(given))
    Base.call(this, given)
    Object.assign(this, {
      timeout: 0,
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

/** What a server's options come to. @throws as node does */
function readOptions(given: Loose): object {
  const {
    requestTimeout = 300_000,
    keepAliveTimeout = 5_000,
    keepAliveTimeoutBuffer = 1_000,
  } = given
  const { connectionsCheckingInterval = 30_000, requireHostHeader = true } = given
  const { insecureHTTPParser, joinDuplicateHeaders, maxHeaderSize } = given
  const { rejectNonStandardBodyWrites = false, optimizeEmptyRequests } = given
  const limits = {
    requestTimeout,
    headersTimeout: given.headersTimeout,
    keepAliveTimeout,
    keepAliveTimeoutBuffer,
    connectionsCheckingInterval,
  }
  for (const [name, value] of Object.entries({ maxHeaderSize, ...limits })) {
    if (value !== undefined) validateInteger(value, name, 0)
  }
  limits.headersTimeout ??= Math.min(60_000, requestTimeout)
  if (requestTimeout > 0 && limits.headersTimeout > requestTimeout) {
    throw outOfRange('headersTimeout', '<= requestTimeout', limits.headersTimeout)
  }
  const rules = { requireHostHeader, rejectNonStandardBodyWrites }
  for (const [name, value] of Object.entries({
    insecureHTTPParser,
    joinDuplicateHeaders,
    optimizeEmptyRequests,
    ...rules,
  })) {
    if (value !== undefined) validateBoolean(value, `options.${name}`)
  }
  return { ...limits, ...rules, insecureHTTPParser, joinDuplicateHeaders, maxHeaderSize }
}
