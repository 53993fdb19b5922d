/** Agent: keeps its options; connections are what a host would have to give. */

import type { ShimContext } from '../../../src/seams.ts'
import { notImplemented } from '../../not-implemented.ts'
import { isInstance } from '../instance.ts'
import type { Loose } from '../loose.ts'
import { validateNumber, validateOneOf } from '../validate.ts'

export function createAgent(context: ShimContext, protocol: string, defaultPort: number): Loose {
  const EventEmitter = context.require('events')

  function Agent(this: Loose, options?: Loose): Loose {
    if (!isInstance(this, Agent)) return new (Agent as Loose)(options)
    EventEmitter.call(this)
    const given = Object.assign(Object.create(null), options)
    const { maxTotalSockets = Infinity, agentKeepAliveTimeoutBuffer } = given
    const scheduling = given.scheduling || 'lifo'
    validateOneOf(scheduling, 'scheduling', ['fifo', 'lifo'])
    validateNumber(maxTotalSockets, 'maxTotalSockets', 1)
    Object.assign(this, {
      defaultPort,
      protocol,
      options: Object.assign(given, { noDelay: given.noDelay ?? true, path: null }),
      requests: Object.create(null),
      sockets: Object.create(null),
      freeSockets: Object.create(null),
      keepAliveMsecs: given.keepAliveMsecs || 1000,
      keepAlive: given.keepAlive || false,
      maxSockets: given.maxSockets || Infinity,
      maxFreeSockets: given.maxFreeSockets || 256,
      scheduling,
      maxTotalSockets,
      totalSocketCount: 0,
      agentKeepAliveTimeoutBuffer:
        agentKeepAliveTimeoutBuffer >= 0 && Number.isFinite(agentKeepAliveTimeoutBuffer)
          ? agentKeepAliveTimeoutBuffer
          : 1000,
    })
    return this
  }
  Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype)
  Object.setPrototypeOf(Agent, EventEmitter)
  Agent.defaultMaxSockets = Infinity
  for (const [name, length] of [
    ['createConnection', 0],
    ['addRequest', 4],
    ['createSocket', 3],
    ['removeSocket', 2],
    ['reuseSocket', 2],
  ] as const) {
    Agent.prototype[name] = notImplemented(context, `Agent.prototype.${name}`, length)
  }
  Object.assign(Agent.prototype, {
    getName(options: Loose = {}): string {
      const { host, port, localAddress, family, socketPath } = options
      let name = `${host || 'localhost'}:${port || ''}:${localAddress || ''}`
      if (family === 4 || family === 6) name += `:${family}`
      return socketPath ? `${name}:${socketPath}` : name
    },
    keepSocketAlive: (_socket: unknown) => true,
    destroy(this: Loose): void {
      for (const list of Object.values({ ...this.freeSockets, ...this.sockets })) {
        for (const socket of list as Loose[]) socket.destroy()
      }
    },
  })
  return Agent
}
