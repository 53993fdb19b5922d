/**
 * What stands for the socket of a request: programs watch its events, set its time limit and destroy it. No byte passes
 * through it, as the host's `fetch` keeps its connections to itself.
 */

import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { outOfRange, validateNumber } from '../validate.ts'

export function createConnection(context: ShimContext, isSecure: boolean): Loose {
  const { Socket } = context.require('net')
  const timers = context.require('timers')
  let timer: Loose
  const socket = new Socket()
  const stop = () => timers.clearTimeout(timer)

  socket.connecting = true
  if (isSecure) Object.assign(socket, { encrypted: true, authorized: true })
  socket.setTimeout = function setTimeout(milliseconds: unknown, callback?: Loose): Loose {
    const duration = checkDuration(milliseconds)
    stop()
    timer = undefined
    socket.timeout = duration
    if (duration > 0) {
      timer = timers.setTimeout(() => socket.emit('timeout'), duration).unref()
      if (callback) socket.once('timeout', callback)
    } else if (callback) socket.removeListener('timeout', callback)
    return socket
  }
  /** Something has happened: the limit counts from now on. */
  socket._unrefTimer = () => timer?.refresh()
  socket.once('close', stop)
  return socket
}

/** Milliseconds of a time limit; 0 is none. */
export function checkDuration(value: unknown, name = 'msecs'): number {
  validateNumber(value, name)
  if (value >= 0 && Number.isFinite(value)) return value
  throw outOfRange(name, 'a non-negative finite number', value)
}
