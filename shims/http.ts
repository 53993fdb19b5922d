/** https://nodejs.org/docs/latest-v26.x/api/http.html: messages and their classes; connections are still to come. */

import type { Shim } from '../src/seams.ts'
import { createAgent } from './internal/http/agent.ts'
import { validateHeaderName, validateHeaderValue } from './internal/http/headers.ts'
import { createIncomingMessage } from './internal/http/incoming.ts'
import { createOutgoingClasses } from './internal/http/outgoing.ts'
import { createServerClass } from './internal/http/server.ts'
import { defineLate } from './internal/late.ts'
import type { Loose } from './internal/loose.ts'
import { ownFunction } from './internal/names.ts'
import { methods, statusCodes } from './internal/node-tables.ts'
import { stubExports } from './internal/stub-exports.ts'
import { webGlobal } from './internal/web/globals.ts'
import { notImplemented } from './not-implemented.ts'

const shim: Shim = (context) => {
  const STATUS_CODES: Record<string, string> = {}
  for (const pair of statusCodes.split('|')) STATUS_CODES[pair.slice(0, 3)] = pair.slice(4)
  const Agent = createAgent(context, 'http:', 80)
  const IncomingMessage = createIncomingMessage(context)
  const { OutgoingMessage, ServerResponse } = createOutgoingClasses(context, STATUS_CODES)
  const Server = createServerClass(context.require('net').Server)
  let globalAgent: Loose

  const exports = Object.assign(stubExports(context), {
    METHODS: methods.split(' '),
    STATUS_CODES,
    Agent,
    IncomingMessage,
    OutgoingMessage,
    ServerResponse,
    Server,
    createServer: (options?: Loose, listener?: Loose): Loose => new Server(options, listener),
    validateHeaderName: ownFunction(validateHeaderName),
    validateHeaderValue: ownFunction(validateHeaderValue),
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
  for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) {
    defineLate(exports, name, () => webGlobal(context, name) ?? notImplemented(context, name))
  }
  return exports
}

export default shim
