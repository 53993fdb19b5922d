// biome-ignore-all lint/complexity/noArguments: `exit(undefined)` clears the code, `exit()` does not
/** How the guest ends: `exit`, `exitCode`, and what happens to an error that nobody caught. */

import { codedError, createError } from '../../../src/errors.ts'
import type { Host } from '../../../src/seams.ts'
import { ExitSignal } from '../exit-signal.ts'
import type { Loop } from '../loop.ts'
import type { Loose } from '../loose.ts'
import { validateFunction, validateInteger } from '../validate.ts'

export function installExit(process: Loose, loop: Loop, host: Host): void {
  let exiting = false
  let exitCode: number | undefined
  let capture: ((error: unknown) => void) | null = null
  const captures: ((error: unknown) => unknown)[] = []

  Object.defineProperties(process, {
    _exiting: {
      get: () => exiting,
      set(value: unknown) {
        exiting = !!value
      },
      enumerable: true,
      configurable: true,
    },
    exitCode: {
      get: () => exitCode,
      set(code: unknown) {
        if (code === null || code === undefined) {
          exitCode = undefined
          return
        }
        let value = code
        if (typeof code === 'string' && code !== '' && !Number.isNaN(Number(code))) {
          value = Number(code)
        }
        validateInteger(value, 'code')
        exitCode = value
      },
      enumerable: true,
      configurable: false,
    },
  })

  function end(code: number): never {
    const signal = new ExitSignal(code)
    // At once: where the signal ends up in a promise nobody may see it, and nothing of the guest may run any more.
    loop.end()
    loop.onExit?.(code)
    host.overlook?.(signal)
    throw signal
  }

  Object.assign(process, {
    reallyExit(code?: number): never {
      end(Number(code ?? 0) & 255)
    },

    exit(_code?: unknown): void {
      if (arguments.length !== 0) process.exitCode = arguments[0]
      if (!process._exiting) {
        process._exiting = true
        process.emit('exit', process.exitCode || 0)
      }
      process.reallyExit(process.exitCode || 0)
    },

    abort(): never {
      end(134)
    },

    /** Whether somebody handled it. If not, the guest is over and `exit` has been emitted. */
    _fatalException(error: unknown, fromPromise?: boolean): boolean {
      const type = fromPromise ? 'unhandledRejection' : 'uncaughtException'
      process.emit('uncaughtExceptionMonitor', error, type)
      if (capture !== null) {
        capture(error)
        return true
      }
      for (const callback of captures.toReversed()) if (callback(error) === true) return true
      if (process.emit('uncaughtException', error, type)) return true
      try {
        if (!process._exiting) {
          process._exiting = true
          process.exitCode = 1
          process.emit('exit', 1)
        }
      } catch (second) {
        if (second instanceof ExitSignal) throw second
        // The first error is the one to tell of.
      }
      return false
    },

    setUncaughtExceptionCaptureCallback(fn: unknown): void {
      if (fn === null) {
        capture = null
        return
      }
      if (typeof fn !== 'function') {
        throw createError('ERR_INVALID_ARG_TYPE', 'fn', ['Function', 'null'], fn)
      }
      if (capture !== null) {
        throw codedError(
          Error,
          'ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET',
          '`process.setupUncaughtExceptionCapture()` was called while a capture callback was already active',
        )
      }
      capture = fn as (error: unknown) => void
    },

    addUncaughtExceptionCaptureCallback(fn: unknown): void {
      validateFunction(fn, 'fn')
      captures.push(fn as (error: unknown) => unknown)
    },

    hasUncaughtExceptionCaptureCallback: (): boolean => capture !== null,
  })
}
