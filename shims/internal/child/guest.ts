/** Runs a program in a loader of its own, from its first turn of the loop to its end. */

import type { Host, Program, ShimContext, Unsettled } from '../../../src/seams.ts'
import { encodeUtf8 } from '../../../src/utf8.ts'
import { notImplementedError } from '../../not-implemented.ts'
import { type Loop, loopOf } from '../loop.ts'
import type { Loose } from '../loose.ts'
import { begin, type Turn } from './begin.ts'
import type { NodeCommand } from './command.ts'
import { describeFatal, showPlace } from './fatal.ts'

/** How a program ended: one of both is null. */
export interface Outcome {
  readonly code: number | null
  readonly signal: string | null
}

export interface Launch {
  readonly command: NodeCommand
  readonly argv0: string
  readonly cwd: string
  /** Whether it has to end before its caller goes on. */
  readonly isSynchronous?: boolean
  /** Powers that are not the parent's. */
  readonly host?: Partial<Host>
  write(stream: 'stdout' | 'stderr', bytes: Uint8Array): void
  /** Before anything of it runs. */
  prepare?(context: ShimContext, process: Loose): void
  /**
   * All that it has written stands written.
   * @param isIdle it had nothing left to do; otherwise it was told to end, or died
   */
  ended(outcome: Outcome, isIdle: boolean): void
}

/** @returns the context of the new program, which begins in a later turn of the loop */
export function launch(
  parent: ShimContext,
  { command, argv0, cwd, ...launch }: Launch,
): ShimContext {
  const {
    execPath = parent.require('process').execPath,
    script,
    args,
    code,
    execArgv,
    env,
  } = command
  const write = launch.write
  const { fetch } = parent.host
  if (parent.programs === undefined) throw notImplementedError(parent, 'ChildProcess')
  const program = parent.programs.create({
    argv: [execPath, ...(script === undefined ? [] : [script]), ...args],
    execArgv,
    env,
    cwd,
    argv0,
    isSynchronous: launch.isSynchronous === true,
    host: {
      readInput: undefined,
      // What the host alone waits for would not keep the program alive.
      fetch: fetch && ((...given) => holdWhile(loop, fetch(...given))),
      ...launch.host,
      write: (stream, text) => write(stream, encodeUtf8(text)),
      writeBytes: write,
    },
  })
  const { context } = program
  const loop = loopOf(context)
  const process = context.require('process')
  if (code !== undefined) process._eval = code

  let hasEnded = false
  const finish = (outcome: Outcome, isIdle = false) => {
    if (hasEnded) return
    hasEnded = true
    loop.end()
    // It may be in the middle of something.
    loop.defer(() => {
      program.dispose('the program has ended')
      launch.ended(outcome, isIdle)
    })
  }
  loop.onExit = (exitCode) => finish({ code: exitCode, signal: null })
  loop.onSignal = (signal) => finish({ code: null, signal })
  loop.onFatal = (error) => write('stderr', encodeUtf8(describeFatal(context, error)))
  let isUnsettled = false
  const end = (exitCode: number) => finish({ code: exitCode, signal: null }, true)
  watchForEnd(loop, process, end, () => {
    if (!isUnsettled || process.exitCode !== undefined) return
    process.exitCode = unsettledCode
    if (!process.noProcessWarnings) process.stderr.write(describeUnsettled(program))
  })
  launch.prepare?.(context, process)
  const turn: Turn = {
    fail: (error) => loop.uncaught(error, true),
    follow(running) {
      isUnsettled = running !== undefined
      const settle = () => {
        isUnsettled = false
      }
      running?.then(settle, (error) => {
        settle()
        turn.fail(error)
      })
    },
  }
  loop.defer(() => loop.run(() => begin(program, process, command, turn)))
  return context
}

/** node's exit code for a program that awaits what never comes. */
const unsettledCode = 13

function describeUnsettled(program: Program): string {
  const { url, source, start } = program.unsettled() as Unsettled
  const head = 'Warning: Detected unsettled top-level await at '
  if (start === undefined) return `${head}${url}\n`
  const before = source.slice(0, start).split('\n')
  return `${head}${showPlace(url, source, before.length, before.at(-1)?.length ?? 0)}\n\n\n`
}

/**
 * Calls back when nothing is left to do, after `beforeExit` and `exit`.
 * @param exiting called before `exit`
 */
function watchForEnd(
  loop: Loop,
  process: Loose,
  exit: (code: number) => void,
  exiting: () => void,
): void {
  let isWatching = false
  let wasAsked = false
  const check = () => {
    isWatching = false
    if (loop.ended) return
    if (loop.held > 0) wasAsked = false
    else if (!wasAsked) {
      wasAsked = true
      // That it has run tells `onIdle` again.
      loop.run(() => process.emit('beforeExit', process.exitCode ?? 0))
      // What it has begun may be over before the next look.
      if (loop.held > 0) wasAsked = false
    } else {
      process._exiting = true
      exiting()
      loop.run(() => process.emit('exit', process.exitCode ?? 0))
      exit((process.exitCode ?? 0) & 255)
    }
  }
  loop.onIdle = () => {
    if (isWatching || process._exiting) return
    isWatching = true
    loop.defer(check)
  }
}

async function holdWhile<T>(loop: Loop, promise: Promise<T>): Promise<T> {
  loop.hold()
  try {
    return await promise
  } finally {
    loop.release()
  }
}
