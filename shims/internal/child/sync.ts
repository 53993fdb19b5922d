/** `spawnSync` and its kin: a program that is run to its end on the spot, if it can end without promises. */

import { createError, hostLacks } from '../../../src/errors.ts'
import { Kind, type Shim } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import {
  checkKillSignal,
  checkMaxBuffer,
  checkTimeout,
  readSpawnArguments,
  readStdio,
  type SpawnArguments,
  type StandardEnd,
  signalNumber,
  validateCommand,
} from './arguments.ts'
import { createSink, systemError } from './child-process.ts'
import { findCommand, type NodeCommand } from './command.ts'
import { launch, type Outcome } from './guest.ts'
import { createVirtualLoop, watchPromises } from './virtual-host.ts'

/** `[null, stdout, stderr]`, where these are pipes. */
type Output = (Uint8Array | null)[]

const shim: Shim = (context) => {
  const { Buffer } = context.require('buffer')
  const { host } = context
  const { uptime } = host
  const nothing = new Uint8Array(0)

  function spawnSync(file: unknown, args?: unknown, options?: unknown): Loose {
    const read = readSpawnArguments(context, file, args, options)
    const given: Loose = { maxBuffer: 1024 * 1024, ...read.options }
    checkTimeout(given.timeout)
    checkMaxBuffer(given.maxBuffer)
    checkKillSignal(context, given.killSignal)
    const ends = readStdio(context, given.stdio || 'pipe', true)
    const { type, fd } = ends[0] as StandardEnd
    const written = readInput(given.input)
    const inherited = () =>
      fd ? context.require('fs').readFileSync(fd) : (host.readInput?.() ?? nothing)
    const input = type === 'fd' ? inherited : () => (type === 'pipe' ? written : nothing)
    const isThere = context.volume.lookup(read.cwd)?.kind === Kind.Directory
    const command = isThere ? findCommand(context, read) : undefined
    if (command === undefined) {
      const error = systemError('spawnSync', 'ENOENT', read.file, read.args)
      const ended = { error, status: null, signal: null, output: null, pid: 0 }
      return { ...ended, stdout: undefined, stderr: undefined }
    }
    const gathered: Record<string, Uint8Array[]> = { stdout: [], stderr: [] }
    const sinks: Loose = {}
    for (const [index, name] of ['stdout', 'stderr'].entries()) {
      const end = ends[index + 1]
      if (end?.type === 'pipe')
        sinks[name] = (bytes: Uint8Array) => gathered[name]?.push(bytes.slice())
      else if (end?.type === 'fd') sinks[name] = createSink(context, end.fd ?? index + 1)
    }
    const result = runToEnd(read, command, given, input, sinks, () => lengthOf(gathered))
    const output: Output = [null, null, null]
    for (const [index, name] of ['stdout', 'stderr'].entries()) {
      if (ends[index + 1]?.type !== 'pipe') continue
      const bytes = Buffer.concat(gathered[name])
      const { encoding } = given
      output[index + 1] = encoding && encoding !== 'buffer' ? bytes.toString(encoding) : bytes
    }
    const { error, status, signal, pid } = result
    const told = { status, signal, output, pid, stdout: output[1], stderr: output[2] }
    return error ? { error, ...told } : told
  }

  /** Drives a program's own loop until it has ended, is killed, or waits for what cannot come. */
  function runToEnd(
    { file, args, cwd }: SpawnArguments,
    command: NodeCommand,
    { timeout, maxBuffer, killSignal }: Loose,
    input: () => Uint8Array,
    sinks: Loose,
    written: () => number,
  ): Loose {
    const loop = createVirtualLoop(uptime)
    const stop = watchPromises()
    const start = uptime()
    let outcome: Outcome | undefined
    let problem: 'ETIMEDOUT' | 'ENOBUFS' | undefined
    let pid = 0
    let isAwaited = false
    let isIdle = false
    try {
      const child = launch(context, {
        command,
        argv0: args[0] ?? file,
        cwd,
        isSynchronous: true,
        host: { ...loop.host, readInput: input },
        write: (stream, bytes) => (outcome ? warnOfLoss(args) : sinks[stream]?.(bytes)),
        ended: (how, wasIdle) => {
          outcome = how
          isIdle = wasIdle
        },
      })
      ;({ pid } = child.settings)
      loop.run(
        () => outcome !== undefined,
        () => {
          if (problem !== undefined) return
          if (timeout > 0 && uptime() - start >= timeout) problem = 'ETIMEDOUT'
          else if (written() > maxBuffer) problem = 'ENOBUFS'
          if (problem === undefined) return
          context.programs?.receivers.get(pid)?.(signalNumber(context, killSignal ?? 'SIGTERM'))
        },
      )
    } finally {
      isAwaited = stop()
    }
    if (outcome === undefined || (isAwaited && isIdle && problem === undefined)) {
      throw hostLacks(
        `A child of a synchronous call that waits for promises (${args.join(' ')})`,
        context.host.name,
        '',
        'Start it with spawn, exec or fork, or give your own with createLoader({ overrides: { child_process: … } })',
      )
    }
    const { code: status, signal } = outcome
    return {
      pid,
      status,
      signal,
      ...(problem && { error: systemError('spawnSync', problem, file, args) }),
    }
  }

  /** `await` of what is no promise shows only now that it was there. */
  function warnOfLoss(args: readonly string[]): void {
    const line = args.join(' ')
    const message = `${line}: a child of a synchronous call went on after an await. What it does is lost; start it with spawn, exec or fork`
    context.require('process').emitWarning(message)
  }

  function readInput(input: unknown): Uint8Array {
    if (input === undefined || input === null) return nothing
    if (typeof input === 'string') return Buffer.from(input)
    if (ArrayBuffer.isView(input))
      return new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
    const expected = ['string', 'Buffer', 'TypedArray', 'DataView']
    throw createError('ERR_INVALID_ARG_TYPE', 'options.stdio[0]', expected, input)
  }

  function execFileSync(file: unknown, args?: Loose, options?: Loose): unknown {
    const [words, given] = Array.isArray(args) ? [args, options] : [[], args ?? options]
    const result = spawnSync(file, args, options ?? undefined)
    return outputOf(result, given, [given?.argv0 || file, ...words].join(' '))
  }

  function execSync(command: unknown, options?: Loose): unknown {
    validateCommand(command)
    const shell = typeof options?.shell === 'string' ? options.shell : true
    return outputOf(spawnSync(command, [], { ...options, shell }), options, command)
  }

  /** What it has printed; anything but success is thrown. */
  function outputOf(result: Loose, options: Loose, command: string): unknown {
    // Errors are shown as they are, unless the caller takes care of them.
    if (!options?.stdio && result.stderr) context.require('process').stderr.write(result.stderr)
    if (result.error) throw Object.assign(result.error, result)
    if (result.status === 0) return result.stdout
    const said = result.stderr?.length > 0 ? `\n${result.stderr}` : ''
    throw Object.assign(new Error(`Command failed: ${command}${said}`), result)
  }

  return { spawnSync, execFileSync, execSync }
}

function lengthOf(gathered: Record<string, Uint8Array[]>): number {
  const lengths = Object.values(gathered).map((chunks) =>
    chunks.reduce((sum, chunk) => sum + chunk.length, 0),
  )
  return Math.max(...lengths)
}

export default shim
