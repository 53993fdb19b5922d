/** https://nodejs.org/docs/latest-v26.x/api/http.html: clients over the host's `fetch`; servers whose messages guests make by hand. */

import type { Shim } from '../src/seams.ts'
import { createAgent } from './internal/http/agent.ts'
import { validateHeaderName, validateHeaderValue } from './internal/http/headers.ts'
import { createIncomingMessage } from './internal/http/incoming.ts'
import { createOutgoingMessage } from './internal/http/outgoing.ts'
import { createServerResponse } from './internal/http/response.ts'
import { createServerClass } from './internal/http/server.ts'
import { defineLate } from './internal/late.ts'
import type { Loose } from './internal/loose.ts'
import { asGetters, ownFunction, shapeMembers } from './internal/names.ts'
import { methods, statusCodes } from './internal/node-tables.ts'
import { stubExports } from './internal/stub-exports.ts'
import { validateInteger } from './internal/validate.ts'
import { webGlobal } from './internal/web/globals.ts'
import { notImplemented } from './not-implemented.ts'

const shim: Shim = (context) => {
  const STATUS_CODES: Record<string, string> = {}
  for (const pair of statusCodes.split('|')) STATUS_CODES[pair.slice(0, 3)] = pair.slice(4)
  const Agent = createAgent(context, 'http:', 80)
  const IncomingMessage = createIncomingMessage(context)
  const OutgoingMessage = createOutgoingMessage(context)
  const ServerResponse = createServerResponse(OutgoingMessage, STATUS_CODES)
  const Server = createServerClass(context.require('net').Server)
  const client = () => context.require('internal/http/client')
  let globalAgent: Loose

  function request(...args: Loose[]): Loose {
    return client().request(args)
  }
  function get(...args: Loose[]): Loose {
    return request(...args).end()
  }

  const exports = Object.assign(stubExports(context), {
    METHODS: methods.split(' '),
    STATUS_CODES,
    Agent,
    IncomingMessage,
    OutgoingMessage,
    ServerResponse,
    Server,
    request,
    get,
    createServer: (options?: Loose, listener?: Loose): Loose => new Server(options, listener),
    validateHeaderName: ownFunction(validateHeaderName),
    validateHeaderValue: ownFunction(validateHeaderValue),
    setMaxIdleHTTPParsers(max: unknown): void {
      validateInteger(max, 'max', 1)
    },
    maxHeaderSize: 16_384,
  })
  Object.defineProperty(exports, 'globalAgent', {
    get: () => (globalAgent ??= new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 })),
    set(value: unknown) {
      globalAgent = value
    },
    enumerable: true,
    configurable: true,
  })
  defineLate(exports, 'ClientRequest', () => client().ClientRequest)
  for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) {
    let value: Loose
    Object.defineProperty(exports, name, {
      get: () => (value ??= webGlobal(context, name) ?? notImplemented(context, name)),
      enumerable: true,
      configurable: true,
    })
  }
  for (const [name, length] of [
    ['writeEarlyHints', 2],
    ['writeInformation', 3],
  ] as const) {
    const member = `ServerResponse.prototype.${name}`
    ServerResponse.prototype[name] = notImplemented(context, member, length)
  }
  shapeMembers(exports, 'validateHeaderName/0 validateHeaderValue/0 request/3 get/3')
  shapeMembers(ServerResponse.prototype, 'writeContinue/1 writeProcessing/1')
  return asGetters(exports, 'maxHeaderSize')
}

export default shim
