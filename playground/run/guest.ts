/** One run of the program inside the worker: its loader, its share of the event loop, its end. */
import { createReadOnly } from 'lodger/fs/read-only'
import { createLoader, type Loader } from 'lodger/hosts/page'
import type { Transpile } from 'lodger/transpile'
import { loaderOverrides } from '../overrides/rules.ts'
import { watchModules } from './modules.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { News, Program } from './protocol.ts'
import { asError, report } from './report.ts'
import { withoutFarFrames } from './stacks.ts'
import { connectTerminal } from './terminal.ts'
import { watchedVolume } from './watch-volume.ts'

export interface Guest {
  input(text: string | null): void
}

export interface GuestListener {
  /** It waits for a line to be typed, or no longer. */
  waits(forInput: boolean): void
  /** It has exited, died, or nothing is left that it waits for. */
  end(exitCode: number): void
}

export function createProgramLoader(
  program: Program,
  transpile: Transpile | undefined,
  outbox: Pick<Outbox, 'change'>,
  more: Parameters<typeof createLoader>[0] = {},
): Loader {
  const volume = watchedVolume(program.files, outbox.change)
  return createLoader({
    fs: program.rules.readOnly ? createReadOnly(volume) : volume,
    overrides: loaderOverrides(program.rules),
    cwd: '/app',
    globals: workerGlobals,
    argv: ['/usr/local/bin/node', program.main, ...program.args],
    env: environment(program.env),
    ...(transpile && { transpile }),
    ...more,
  })
}

/** By these, programs would take the host for a browser, which has no files. */
const workerGlobals = {
  self: undefined,
  postMessage: undefined,
  importScripts: undefined,
  WorkerGlobalScope: undefined,
  DedicatedWorkerGlobalScope: undefined,
}

/** As a terminal with sixteen colours has it, and what the user adds. */
function environment(given: Readonly<Record<string, string>>): Record<string, string> {
  const colours = 'NO_COLOR' in given ? {} : { FORCE_COLOR: '1' }
  return { HOME: '/root', PATH: '/usr/local/bin', TERM: 'xterm', ...colours, ...given }
}

export function startGuest(
  program: Program,
  transpile: Transpile | undefined,
  send: (news: News) => void,
  listener: GuestListener,
): Guest {
  /** It has exited or died. A program that merely waits for nothing may still hear from a promise. */
  let isOver = false
  let requests = 0
  let wasWaiting = false
  /** The main file awaits something. */
  let isUnsettled = false
  /** How often it has been asked whether the program is over: only the last answer counts. */
  let asked = 0
  const outbox = createOutbox(
    send,
    watchModules(() => loader),
  )
  const loader = createProgramLoader(program, transpile, outbox, {
    trace: outbox.noteModules,
    host: {
      // Nobody else runs in this worker.
      ownsRealm: true,
      write: (stream, text) => outbox.write(stream, withoutFarFrames(text)),
      // The worker's own, so that it is seen what leaves a callback, and when the last one has run.
      setTimeout: (callback, delay) => setTimeout(() => attempt(callback), delay),
      clearTimeout: (handle) => clearTimeout(handle as number),
      setImmediate: (callback) => setTimeout(() => attempt(callback)),
      clearImmediate: (handle) => clearTimeout(handle as number),
      queueMicrotask: (callback) => queueMicrotask(() => attempt(callback)),
      fetch: async (input, init) => {
        requests++
        try {
          return await fetch(input as RequestInfo, init as RequestInit)
        } finally {
          requests--
          settleSoon()
        }
      },
    },
  })
  const guest = loader.process
  const input = connectTerminal(loader, (text) => outbox.write('stdout', text))
  mapStacks(loader)
  const isIdle = () => requests === 0 && guest.getActiveResourcesInfo().length === 0

  /** Runs what may throw; the loop has asked the guest's own handlers before an error comes out of a callback. */
  function attempt(action: () => void): void {
    if (isOver) return
    try {
      action()
    } catch (error) {
      fail(error)
    }
    settleSoon()
  }

  /** After the promises that a callback has settled, and after the event of those that nobody handles. */
  function settleSoon(): void {
    const question = ++asked
    setTimeout(() =>
      setTimeout(() => {
        if (isOver) return
        tellOfInput()
        if (question === asked) settle()
      }),
    )
  }

  function tellOfInput(): void {
    const isWaiting = input.isWanted()
    if (isWaiting !== wasWaiting) listener.waits(isWaiting)
    wasWaiting = isWaiting
  }

  /** The end of a program as node brings it about: the loop is empty, and a listener may fill it again. */
  function settle(): void {
    if (wasWaiting || !isIdle()) return
    try {
      if (!guest._exiting) guest.emit('beforeExit', guest.exitCode ?? 0)
      if (!isIdle() || input.isWanted()) return
      if (!guest._exiting) {
        guest._exiting = true
        if (isUnsettled && guest.exitCode === undefined) {
          guest.exitCode = unsettled
          const warning = `Warning: Detected unsettled top-level await in ${program.main}\n`
          outbox.write('stderr', warning)
        }
        guest.emit('exit', guest.exitCode ?? 0)
      }
    } catch (error) {
      fail(error)
      return
    }
    end(guest.exitCode ?? 0)
  }

  /** What nobody has caught. */
  function fail(error: unknown): void {
    if (isOver) return
    // What `process.exit()` throws is no error.
    if (isExit(error)) {
      end(error.exitCode)
      return
    }
    isOver = true
    report(error, loader).then((text) => {
      outbox.write('stderr', text)
      finish(guest.exitCode || 1)
    })
  }

  /** Asks the guest's handlers first. */
  function offer(error: unknown, isRejection: boolean): void {
    if (isOver) return
    if (isExit(error)) {
      end(error.exitCode)
      return
    }
    attempt(() => {
      if (!guest._fatalException(error, isRejection)) fail(error)
    })
  }

  function end(exitCode: number): void {
    if (isOver) return
    isOver = true
    finish(exitCode)
  }

  function finish(exitCode: number): void {
    outbox.flush()
    listener.end(exitCode)
  }

  addEventListener('unhandledrejection', (event) => {
    event.preventDefault()
    const { reason, promise } = event
    if (guest.listenerCount('unhandledRejection') === 0) offer(asError(reason), true)
    else attempt(() => guest.emit('unhandledRejection', reason, promise))
  })
  // The guest's `catch` may swallow what the exit throws, and it is an exit all the same.
  const { reallyExit } = guest
  guest.reallyExit = (code: number) => {
    end(Number(code) || 0)
    return reallyExit(code)
  }

  try {
    const running = loader.main(program.main)
    // What a CommonJS program exports is its own affair.
    if (guest.mainModule === undefined) follow(running as Promise<unknown>)
  } catch (error) {
    offer(error, false)
  }
  settleSoon()

  /** An ES module may go on in what it awaits, and fail there. */
  function follow(running: Promise<unknown>): void {
    isUnsettled = true
    const settled = () => {
      isUnsettled = false
    }
    running.then(settled, (error) => {
      settled()
      offer(error, true)
    })
  }

  return {
    input(text) {
      wasWaiting = false
      attempt(() => input.push(text))
    },
  }
}

/** What the program reads and prints of errors tells of its own files, as node with `--enable-source-maps`. */
function mapStacks(loader: Loader): void {
  const { setSourceMapsSupport } = loader.require('module') as {
    setSourceMapsSupport(enabled: boolean): void
  }
  setSourceMapsSupport(true)
}

/** node's exit code for a program that awaits what never comes. */
const unsettled = 13

function isExit(thrown: unknown): thrown is { exitCode: number } {
  const exit = thrown as { exitCode?: unknown } | null | undefined
  return !(thrown instanceof Error) && typeof exit?.exitCode === 'number'
}
