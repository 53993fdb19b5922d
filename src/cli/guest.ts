/** Joins a guest to the real process: how it starts, which of the process's events are its own, and how it ends. */
import type * as LoopModule from '../../shims/internal/loop.ts'
import { evaluate, type Loader } from '../hosts/node/index.ts'
import { requireShim } from '../texts.ts'
import { connectInput } from './input.ts'
import type { RejectionRelay } from './rejection.ts'
import { report } from './report.ts'
import { connectSignals } from './signals.ts'

/**
 * Gives the guest the process's own path, end, signals and input.
 * @param args what follows the path in `process.argv`
 */
export function connectProcess(loader: Loader, args: readonly string[]): LoopModule.Loop {
  const guest = loader.process
  const { loopOfGlobal } = requireShim('internal/loop.ts', evaluate) as typeof LoopModule
  const loop = loopOfGlobal(loader.global) as LoopModule.Loop
  guest.argv = [process.execPath, ...args]
  guest.execPath = process.execPath
  // The real one, as a guest's `catch` could swallow what the shim throws.
  guest.reallyExit = (code: number) => process.exit(code)
  guest.abort = () => process.abort()
  connectSignals(guest, loop)
  connectInput(loader, loop)
  return loop
}

/**
 * Runs the main file. When this returns the guest may go on in timers and promises; the process ends when node's own
 * loop is empty, with the guest's exit code.
 */
export function runGuest(
  loader: Loader,
  file: string,
  args: readonly string[],
  rejections: RejectionRelay,
): void {
  const guest = loader.process
  const loop = connectProcess(loader, [file, ...args])

  /** The guest's exit code once an error has ended it; from then on only the process remains to be ended. */
  let fatalCode: number | undefined
  /** The main file awaits something. */
  let isUnsettled = false
  loop.onExit = (code) => {
    fatalCode = code
  }

  const die = (error: unknown, isRejection: boolean): never => {
    report(error, isRejection, loader)
    process.exit(fatalCode ?? 1)
  }
  /** Runs what may throw into the guest's face; what leaves is what no handler of the guest has wanted. */
  const attempt = (action: () => void, isRejection = false): void => {
    try {
      action()
    } catch (error) {
      die(error, isRejection)
    }
  }

  process.on('uncaughtException', (error, origin) => {
    attempt(() => {
      // From the loop, that has asked the guest already; or from a job of the host that it has not come through.
      if (!loop.ended) loop.uncaught(error)
      else throw error
    }, origin === 'unhandledRejection')
  })
  process.on('unhandledRejection', (reason, promise) => {
    attempt(() => rejections.unhandled(reason, promise), true)
  })
  process.on('rejectionHandled', (promise) => {
    attempt(() => rejections.handled(promise))
  })
  process.on('beforeExit', () => {
    attempt(() => loop.run(() => guest.emit('beforeExit', guest.exitCode ?? 0)))
  })
  process.on('exit', () => {
    if (fatalCode !== undefined || guest._exiting) return
    guest._exiting = true
    if (isUnsettled && guest.exitCode === undefined) {
      guest.exitCode = unsettled
      process.stderr.write(`Warning: Detected unsettled top-level await in ${file}\n`)
    }
    attempt(() => loop.run(() => guest.emit('exit', guest.exitCode ?? 0)))
    process.exitCode = guest.exitCode ?? 0
  })
  // What is written at the very end, such as trace events.
  process.on('exit', () => loader.dispose('the program has ended'))

  attempt(() => {
    let running: unknown
    loop.run(() => {
      running = loader.main(file)
    })
    // What a CommonJS program exports is its own affair.
    if (guest.mainModule === undefined) follow(running as Promise<unknown>)
  })

  /** An ES module may go on in what it awaits, and fail there. */
  function follow(running: Promise<unknown>): void {
    isUnsettled = true
    running.then(
      () => {
        isUnsettled = false
      },
      (error) => {
        isUnsettled = false
        attempt(() => loop.uncaught(error, true), true)
      },
    )
  }
}

/** node's exit code for a program that awaits what never comes. */
const unsettled = 13
