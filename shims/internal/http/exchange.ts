/** One request and its answer over the host's `fetch`. */

import { hostLacks } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import { loopOf } from '../loop.ts'
import type { Loose } from '../loose.ts'
import { failureOf } from './failure.ts'

/** Fields that say how a message is sent, which `fetch` decides by itself and refuses to be told. */
const ofTransport = new Set(
  'connection content-length expect host keep-alive proxy-connection te trailer transfer-encoding upgrade'.split(
    ' ',
  ),
)

/** What `fetch` has undone when its body comes. */
const undone = /^(?:x-)?gzip$|^deflate$|^br$|^zstd$/i

export interface Exchange {
  readonly request: Loose
  readonly url: string
  /** Host and port. */
  readonly target: string
  readonly body: Uint8Array | undefined
}

/**
 * Sends the request; the answer becomes its event `response`, a failure destroys its socket.
 * @returns stops it
 */
export function exchange(context: ShimContext, { request, ...sent }: Exchange): () => void {
  const { url, target, body } = sent
  const { host } = context
  const { AbortController } = host.global as Loose
  const controller = AbortController && new AbortController()
  const { socket } = request
  const wait = waiting(context)
  const fail = (error: Loose) => {
    if (socket.destroyed) return
    const isKnown = `${error?.code}`.startsWith('ERR_LODGER')
    socket.destroy(isKnown ? error : failureOf(context, error, url, target))
  }

  const answer = async () => {
    if (host.fetch === undefined) {
      throw hostLacks('http.request', host.name, 'fetch')
    }
    const { method } = request
    const init: Loose = { method, headers: fieldsOf(request), redirect: 'manual' }
    if (body !== undefined) init.body = body
    if (controller) init.signal = controller.signal
    return await host.fetch(url, init)
  }
  const onAnswer = (response: Loose) => {
    if (socket.destroyed) return
    socket._unrefTimer()
    if (response.type === 'opaqueredirect') {
      const what = `The redirect that ${url} answers with, which fetch does not show,`
      socket.destroy(hostLacks(what, host.name, 'fetch'))
    } else deliver(context, request, response, wait)
  }
  wait(answer(), onAnswer, fail)
  return () => controller?.abort()
}

type Wait = <T>(
  promise: Promise<T>,
  onValue: (value: T) => void,
  onError: (error: unknown) => void,
) => void

/** Lets a promise of the host keep the guest alive, and calls back in the guest's loop. */
function waiting(context: ShimContext): Wait {
  const loop = loopOf(context)
  const task = loop.begin('HTTPCLIENTREQUEST', {})
  return (promise, onValue, onError) => {
    loop.hold('TCPSocketWrap')
    const settle = (callback: () => void) =>
      loop.run(() => {
        loop.release('TCPSocketWrap')
        callback()
      }, task)
    promise.then(
      (value) => settle(() => onValue(value)),
      (error) => settle(() => onError(error)),
    )
  }
}

function fieldsOf(request: Loose): [string, string][] {
  const fields: [string, string][] = []
  for (const name of request.getRawHeaderNames()) {
    const key = name.toLowerCase()
    const value = request.getHeader(name)
    // What a server may compress is for `fetch` to say, which undoes it.
    const isLeft = ofTransport.has(key) || (key === 'accept-encoding' && value !== 'identity')
    const isTold = key === 'host' && value !== request._ownHost
    if (isLeft && !isTold) continue
    const lines = key === 'cookie' ? [[value].flat().join('; ')] : [value].flat()
    for (const line of lines) fields.push([name, `${line}`])
  }
  return fields
}

/** Makes the IncomingMessage of an answer and has it read by whoever listens. */
function deliver(context: ShimContext, request: Loose, response: Loose, wait: Wait): void {
  const { IncomingMessage, STATUS_CODES } = context.require('http')
  const { socket } = request
  const message = new IncomingMessage(socket)
  const hasBody = request.method !== 'HEAD' && ![204, 304].includes(response.status)
  const isUndone = hasBody && undone.test(response.headers.get('content-encoding') ?? '')
  const lines: string[] = []
  for (const [name, value] of response.headers) {
    if (isUndone && /^content-(?:encoding|length)$/.test(name)) continue
    lines.push(name, value)
  }
  message._addHeaderLines(lines, lines.length)
  Object.assign(message, {
    statusCode: response.status,
    // There is none in HTTP/2, and programs print it.
    statusMessage: response.statusText || STATUS_CODES[response.status] || '',
    httpVersion: '1.1',
    httpVersionMajor: 1,
    httpVersionMinor: 1,
    joinDuplicateHeaders: request.joinDuplicateHeaders,
    req: request,
    _read: reader(context, response, message, wait),
  })
  request.res = message
  message.on('end', () => request._complete())
  if (request.aborted || !request.emit('response', message)) message._dump()
}

/** Reads the body as it is asked for. */
function reader(context: ShimContext, response: Loose, message: Loose, wait: Wait): () => void {
  const { Buffer } = context.require('buffer')
  const { socket } = message
  const body = response.body?.getReader?.() ?? wholeBody(response)
  let isReading = false
  const read = () => {
    if (isReading || message.complete) return
    isReading = true
    wait(body.read() as Promise<{ done: boolean; value: Loose }>, onPiece, onCut)
  }
  const onPiece = ({ done, value }: { done: boolean; value: Loose }) => {
    isReading = false
    if (message.destroyed) return
    socket._unrefTimer()
    if (done) {
      message.complete = true
      message.push(null)
    } else if (value.length === 0) read()
    else message.push(Buffer.from(value))
  }
  const onCut = () => {
    if (!socket.destroyed) socket.destroy()
  }
  return read
}

/** A body of a host whose `fetch` gives no streams. */
function wholeBody(response: Loose): { read(): Promise<{ done: boolean; value?: Loose }> } {
  let isRead = response.body === null
  return {
    async read() {
      if (isRead) return { done: true }
      isRead = true
      return { done: false, value: new Uint8Array(await response.arrayBuffer()) }
    },
  }
}
