/** A server of real node for clients to talk to: answers that tell what came, and answers that go wrong. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

export interface Peer {
  readonly port: number
  close(): Promise<void>
}

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

const answers: Readonly<Record<string, Answer>> = {
  '/echo': (request, response, body) => {
    response.setHeader('x-from', 'peer')
    const { method, url, headers } = request
    const { authorization, 'content-type': type, 'x-mine': mine, 'x-list': list, cookie } = headers
    const seen = { authorization, type, mine, list, cookie }
    response.end(JSON.stringify({ method, url, body, seen }))
  },
  '/fields': (_, response) => {
    response.setHeader('set-cookie', ['a=1; Path=/', 'b=2'])
    response.setHeader('x-list', ['one', 'two'])
    response.writeHead(201, { 'content-type': 'text/plain; charset=utf-8' })
    response.end('made')
  },
  '/missing': (_, response) => response.writeHead(404).end('no'),
  '/nothing': (_, response) => response.writeHead(204).end(),
  '/moved': (_, response) => response.writeHead(302, { location: '/echo' }).end('elsewhere'),
  '/packed': (_, response) => {
    const packed = gzipSync('unpacked')
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length })
    response.end(packed)
  },
  '/pieces': (_, response) => {
    response.write('one ')
    setTimeout(() => response.write('two '), 10)
    setTimeout(() => response.end('three'), 20)
  },
  '/large': (_, response) => response.end('x'.repeat(1 << 20)),
  '/half': (_, response) => response.write('half'),
  '/cut': (_, response) => {
    response.write('half')
    setTimeout(() => response.socket?.destroy(), 20)
  },
  '/hang-up': (_, response) => response.socket?.destroy(),
  // Until the client gives up.
  '/silent': () => {},
}

/** @param html what `/` answers */
export async function startPeer(html = ''): Promise<Peer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const path = (request.url ?? '').replace(/\?.*/, '')
      const answer = answers[path]
      if (answer) answer(request, response, String(Buffer.concat(chunks)))
      else response.setHeader('content-type', 'text/html').end(html)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
