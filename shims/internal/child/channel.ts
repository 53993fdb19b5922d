/** The channel between a child and who forked it: two ends, each an emitter of its own loader. */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import { loopOf } from '../loop.ts'
import type { Loose } from '../loose.ts'
import { validateObject } from '../validate.ts'
import { createHold } from './pipe.ts'

export interface Channel {
  /** As when one of both is gone: both ends tell of it. */
  close(): void
}

interface End {
  receive(message: () => unknown): void
  close(): void
}

/**
 * @param closed called when the parent's end has told that it is closed
 */
export function createChannel(
  parent: ShimContext,
  subprocess: Loose,
  child: ShimContext,
  process: Loose,
  serialization: string | undefined,
  closed: () => void,
): Channel {
  const close = () => {
    for (const end of ends) end.close()
  }
  // The parent is kept alive while it is connected, the child while it listens.
  const ends: [End, End] = [
    createEnd(parent, subprocess, true, serialization, () => ends[1], close, closed),
    createEnd(
      child,
      process,
      false,
      serialization,
      () => ends[0],
      close,
      () => {},
    ),
  ]
  child.onDispose(close)
  return { close }
}

function createEnd(
  context: ShimContext,
  target: Loose,
  isParent: boolean,
  serialization: string | undefined,
  peer: () => End,
  closeBoth: () => void,
  closed: () => void,
): End {
  const loop = loopOf(context)
  const hold = createHold(loop, 'PipeWrap')
  const task = loop.begin('PIPEWRAP', {})
  const later = (action: () => void) => loop.nextTick(action, [])
  let isOpen = true
  /** What has come before anybody listened. */
  let pending: unknown[] = []

  const emit = (message: Loose) => {
    const isInternal = typeof message?.cmd === 'string' && message.cmd.startsWith('NODE_')
    if (isInternal) target.emit('internalMessage', message)
    else if (target.listenerCount('message') > 0) target.emit('message', message, undefined)
    else pending.push(message)
  }
  const listens = () => target.listenerCount('message') + target.listenerCount('disconnect') > 0
  target.on('newListener', (name: unknown) => {
    if (name !== 'message' && name !== 'disconnect') return
    if (isOpen && !isParent) hold.set(true)
    later(() => {
      const waiting = pending
      pending = []
      for (const message of waiting) emit(message)
    })
  })
  target.on('removeListener', () => {
    if (!isParent && !listens()) hold.set(false)
  })
  if (isParent) hold.set(true)

  const fail = (error: Error, callback: Loose): false => {
    if (typeof callback === 'function') later(() => callback(error))
    else later(() => target.emit('error', error))
    return false
  }

  Object.assign(target, {
    connected: true,
    channel: {
      ref: () => hold.set(isOpen),
      unref: () => hold.set(false),
      refCounted() {},
      unrefCounted() {},
      fd: 3,
    },
    send(message: Loose, handle?: Loose, options?: Loose, callback?: Loose): boolean {
      if (typeof handle === 'function') return target.send(message, undefined, undefined, handle)
      if (typeof options === 'function') return target.send(message, handle, undefined, options)
      if (options !== undefined) validateObject(options, 'options')
      if (!isOpen || !target.connected) {
        return fail(codedError(Error, 'ERR_IPC_CHANNEL_CLOSED', 'Channel closed'), callback)
      }
      if (message === undefined) {
        throw codedError(TypeError, 'ERR_MISSING_ARGS', 'The "message" argument must be specified')
      }
      if (!/^(?:string|object|number|boolean)$/.test(typeof message)) {
        const expected = ['string', 'object', 'number', 'boolean']
        throw createError('ERR_INVALID_ARG_TYPE', 'message', expected, message)
      }
      if (handle) {
        const text = 'This handle type cannot be sent'
        throw codedError(TypeError, 'ERR_INVALID_HANDLE_TYPE', text)
      }
      peer().receive(serialize(context, message, serialization))
      if (typeof callback === 'function') loop.defer(() => loop.run(() => callback(null), task))
      return true
    },
    disconnect(): void {
      if (target.connected) {
        target.connected = false
        closeBoth()
        return
      }
      const text = 'IPC channel is already disconnected'
      target.emit('error', codedError(Error, 'ERR_IPC_DISCONNECTED', text))
    },
  })
  target._send = target.send
  target._disconnect = target.disconnect

  return {
    receive(message) {
      loop.defer(() => loop.run(() => emit(message()), task))
    },
    close() {
      if (!isOpen) return
      isOpen = false
      target.connected = false
      loop.defer(() => {
        loop.run(() => {
          target.channel = null
          target.emit('disconnect')
        }, task)
        hold.set(false)
        loop.run(closed, task)
      })
    },
  }
}

/** At once, as the sender may change it; the receiver makes its own of it. */
function serialize(
  context: ShimContext,
  message: unknown,
  serialization: string | undefined,
): () => unknown {
  if (serialization === 'advanced') {
    const copy = (context.global.structuredClone as Loose)(message)
    return () => copy
  }
  const text = JSON.stringify(message)
  return () => JSON.parse(text)
}
