/** One run of the program, on the page's own thread. */
import { createLoader } from 'lodger/hosts/page'
import { describeError, withoutOwnFrames } from './errors.ts'

export interface ProgramListener {
  write(stream: 'stdout' | 'stderr', text: string): void
  /** An error that the program did not catch, as text. */
  fail(text: string): void
  /** It has exited, died, or nothing is left that it waits for. */
  end(exitCode: number): void
}

export interface Program {
  /** Nothing of it runs any more. */
  stop(): void
}

export function startProgram(
  files: Record<string, string>,
  main: string,
  listener: ProgramListener,
): Program {
  /** It has exited, died or was stopped. A program that merely waits for nothing may still hear from a promise. */
  let isOver = false
  let requests = 0
  const loader = createLoader({
    fs: files,
    cwd: '/app',
    host: {
      write: (stream, text) => listener.write(stream, withoutOwnFrames(text)),
      // The page's own, so that it sees what leaves a callback, and when the last one has run.
      setTimeout: (callback, delay) => window.setTimeout(() => attempt(callback), delay),
      clearTimeout: (handle) => window.clearTimeout(handle as number),
      setImmediate: (callback) => window.setTimeout(() => attempt(callback)),
      clearImmediate: (handle) => window.clearTimeout(handle as number),
      queueMicrotask: (callback) => window.queueMicrotask(() => attempt(callback)),
      fetch: async (input, init) => {
        requests++
        try {
          return await window.fetch(input as RequestInfo, init as RequestInit)
        } finally {
          requests--
          settleSoon()
        }
      },
    },
  })
  const guest = loader.process
  const isIdle = () => requests === 0 && guest.getActiveResourcesInfo().length === 0

  function attempt(action: () => void): void {
    if (isOver) return
    try {
      action()
    } catch (error) {
      fail(error)
    }
    settleSoon()
  }

  /** After the promises that a callback has settled. */
  function settleSoon(): void {
    window.setTimeout(settle)
  }

  /** The end of a program as node brings it about: the loop is empty, and a listener may fill it again. */
  function settle(): void {
    if (isOver || !isIdle()) return
    try {
      if (!guest._exiting) guest.emit('beforeExit', guest.exitCode ?? 0)
      if (!isIdle()) return
      if (!guest._exiting) {
        guest._exiting = true
        guest.emit('exit', guest.exitCode ?? 0)
      }
    } catch (error) {
      fail(error)
      return
    }
    listener.end(guest.exitCode ?? 0)
  }

  function fail(error: unknown): void {
    if (isOver) return
    // What `process.exit()` throws is no error.
    if (isExit(error)) {
      end(error.exitCode)
      return
    }
    listener.fail(describeError(error, loader))
    end(guest.exitCode || 1)
  }

  function end(exitCode: number): void {
    isOver = true
    window.removeEventListener('unhandledrejection', onRejection)
    listener.end(exitCode)
  }

  function onRejection(event: PromiseRejectionEvent): void {
    event.preventDefault()
    fail(event.reason)
  }

  window.addEventListener('unhandledrejection', onRejection)
  attempt(() => {
    loader.main(main)
  })

  return {
    stop() {
      loader.dispose('stopped by the user')
      if (!isOver) end(130)
    },
  }
}

function isExit(thrown: unknown): thrown is { exitCode: number } {
  const exit = thrown as { exitCode?: unknown } | null | undefined
  return !(thrown instanceof Error) && typeof exit?.exitCode === 'number'
}
