/** Runs a program in a loader of its own, from its first turn of the loop to its end. */

import type { Host, Program, ShimContext } from '../../../src/seams.ts'
import { encodeUtf8 } from '../../../src/utf8.ts'
import { notImplementedError } from '../../not-implemented.ts'
import { type Loop, loopOf } from '../loop.ts'
import type { Loose } from '../loose.ts'
import type { NodeCommand } from './command.ts'

/** How a program ended: one of both is null. */
export interface Outcome {
  readonly code: number | null
  readonly signal: string | null
}

export interface Launch {
  readonly command: NodeCommand
  readonly argv0: string
  readonly cwd: string
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
  const { execPath } = parent.require('process')
  const { script, args, code, execArgv, env } = command
  const write = launch.write
  const { fetch } = parent.host
  if (parent.programs === undefined) throw notImplementedError(parent, 'ChildProcess')
  const program = parent.programs.create({
    argv: [execPath, ...(script === undefined ? [] : [script]), ...args],
    execArgv,
    env,
    cwd,
    argv0,
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
  watchForEnd(loop, process, (exitCode) => finish({ code: exitCode, signal: null }, true))
  launch.prepare?.(context, process)
  loop.defer(() => loop.run(() => begin(program, process, command)))
  return context
}

/** Calls back when nothing is left to do, after `beforeExit` and `exit`. */
function watchForEnd(loop: Loop, process: Loose, exit: (code: number) => void): void {
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

function begin(program: Program, process: Loose, command: NodeCommand): void {
  const { context } = program
  const { script, code, showsVersion } = command
  if (showsVersion) process.stdout.write(`${process.version}\n`)
  else if (script !== undefined && script !== '-') program.main(script)
  else if (code !== undefined) evaluate(program, code, '[eval]', command.prints)
  else {
    const chunks: Loose[] = []
    process.stdin.on('data', (chunk: Loose) => chunks.push(chunk))
    process.stdin.on('end', () => {
      const text = String(context.require('buffer').Buffer.concat(chunks))
      evaluate(program, text, '[stdin]', command.prints)
    })
  }
}

/** As node does with `-e`: a script that has a module's five names as globals. */
function evaluate(program: Program, code: string, name: string, prints: boolean): void {
  const { context } = program
  // That loads what `--require` names, too.
  const Module = program.require('module') as Loose
  const process = context.require('process')
  const module = new Module(name)
  module.filename = context.require('path').posix.join(process.cwd(), name)
  module.paths = Module._nodeModulePaths(process.cwd())
  Object.assign(context.global, {
    module,
    exports: module.exports,
    require: Module.createRequire(module.filename),
    __filename: name,
    __dirname: '.',
  })
  const value: unknown = context.require('vm').runInThisContext(code, { filename: name })
  if (prints) context.require('console').log(value)
}

/** What node prints before it gives up. */
function describeFatal(context: ShimContext, error: unknown): string {
  const isObject = Object(error) === error
  const text: string = isObject
    ? context.require('util').inspect(error)
    : `Uncaught:\n${String(error)}`
  // Not every engine begins a stack with what it is about.
  const isNamed = !(error instanceof Error) || text.includes(error.message)
  return `${isNamed ? '' : `${error}\n`}${text}\n\nNode.js ${context.require('process').version}\n`
}

async function holdWhile<T>(loop: Loop, promise: Promise<T>): Promise<T> {
  loop.hold()
  try {
    return await promise
  } finally {
    loop.release()
  }
}
