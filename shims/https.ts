/** https://nodejs.org/docs/latest-v26.x/api/https.html */

import type { Shim } from '../src/seams.ts'
import { createAgent } from './internal/http/agent.ts'
import { createServerClass } from './internal/http/server.ts'
import { defineLate } from './internal/late.ts'
import type { Loose } from './internal/loose.ts'
import { shapeMembers } from './internal/names.ts'
import { stubExports } from './internal/stub-exports.ts'

const shim: Shim = (context) => {
  const http = context.require('http')
  const Agent = createAgent(context, 'https:', 443)
  // As in node, one of http's too.
  Object.setPrototypeOf(Agent.prototype, http.Agent.prototype)
  Object.setPrototypeOf(Agent, http.Agent)
  const Server = createServerClass(context.require('net').Server)

  function request(...args: Loose[]): Loose {
    return context.require('internal/http/client').request(args, exports.globalAgent)
  }
  function get(...args: Loose[]): Loose {
    return request(...args).end()
  }

  const exports: Loose = Object.assign(stubExports(context), {
    Agent,
    Server,
    request,
    get,
    createServer: (options?: Loose, listener?: Loose): Loose => new Server(options, listener),
  })
  const options = { keepAlive: true, scheduling: 'lifo', timeout: 5000 }
  defineLate(exports, 'globalAgent', () => new Agent(options))
  return shapeMembers(exports, 'request/0 get/3')
}

export default shim
