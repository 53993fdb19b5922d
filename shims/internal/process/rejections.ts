/**
 * What becomes of rejected promises that nobody handles, on a host that tells of them (`Host.onRejections`). It tells
 * every loader of all, when the running jobs are done: a rejection belongs to the loader that has run last in them. Where the
 * host calls two loaders in one job, what the first rejects there is taken for the second's.
 */

import type { RejectionListener } from '../../../src/seams.ts'
import { type Loop, latestLoop } from '../loop.ts'
import type { Loose } from '../loose.ts'
import type { Options } from './options.ts'

const origin =
  'This error originated either by throwing inside of an async function without a catch block, or by ' +
  'rejecting a promise which was not handled with .catch().'

const advice =
  'To terminate the node process on unhandled promise rejection, use the CLI flag `--unhandled-rejections=strict` ' +
  '(see https://nodejs.org/api/cli.html#cli_unhandled_rejections_mode).'

export function createRejections(process: Loose, loop: Loop, options: Options): RejectionListener {
  const mode = options.last('--unhandled-rejections') ?? 'throw'
  const ids = new WeakMap<object, number>()
  let lastId = 0

  function warn(reason: unknown): void {
    const name = 'UnhandledPromiseRejectionWarning'
    process.emitWarning(isErrorLike(reason) ? String(reason.stack) : shown(reason), name)
    process.emitWarning(
      `Unhandled promise rejection. ${origin} ${advice} (rejection id: ${lastId})`,
      name,
    )
  }

  /** As callbacks are run, but that ticks wait until all rejections have been told. */
  function tell(callback: () => void): void {
    if (loop.ended) return
    try {
      callback()
    } catch (error) {
      loop.uncaught(error)
    }
  }

  return {
    unhandled(reason, promise) {
      if (latestLoop() !== loop) return
      ids.set(promise, ++lastId)
      tell(() => {
        if (mode === 'strict') loop.uncaught(asError(reason), true)
        const isHandled: boolean = process.emit('unhandledRejection', reason, promise)
        if (mode === 'warn') warn(reason)
        if (isHandled || mode === 'warn' || mode === 'none') return
        if (mode === 'throw') return loop.uncaught(asError(reason), true)
        warn(reason)
        if (mode === 'warn-with-error-code') process.exitCode = 1
      })
    },
    handled(promise) {
      const id = ids.get(promise)
      if (id === undefined) return
      tell(() => {
        if (process.emit('rejectionHandled', promise)) return
        const warning = new Error(
          `Promise rejection was handled asynchronously (rejection id: ${id})`,
        )
        warning.name = 'PromiseRejectionHandledWarning'
        process.emitWarning(Object.assign(warning, { id }))
      })
    },
  }
}

function isErrorLike(value: unknown): value is Error {
  if (value instanceof Error) return true
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'stack')
}

/** What node throws: the reason, in an error of its own if it is none. */
function asError(reason: unknown): Error {
  if (isErrorLike(reason)) return reason
  const error = new Error(`${origin} The promise rejected with the reason "${shown(reason)}".`)
  error.name = 'UnhandledPromiseRejection'
  error.stack = `${error.name}: ${error.message}\n${error.stack?.split('\n').slice(1).join('\n')}`
  return Object.assign(error, { code: 'ERR_UNHANDLED_REJECTION' })
}

/** As V8 prints a value without asking it. */
function shown(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const name: unknown = value.constructor?.name
  return `#<${typeof name === 'string' && name !== '' ? name : 'Object'}>`
}
