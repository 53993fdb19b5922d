/** What the functions of `child_process` take, checked as node does. */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import {
  validateBoolean,
  validateInteger,
  validateNumber,
  validateObject,
  validateString,
} from '../validate.ts'

/** What is to be started, before anybody has looked whether it can be. */
export interface SpawnArguments {
  readonly file: string
  /** With the name that the program is called by in front. */
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly options: Loose
}

/** The line that `exec` and `execSync` take. */
export function validateCommand(command: unknown): asserts command is string {
  validateString(command, 'command')
  refuseNullBytes(command, 'command')
}

export function readSpawnArguments(
  context: ShimContext,
  file: unknown,
  args: unknown,
  options?: unknown,
): SpawnArguments {
  validateString(file, 'file')
  refuseNullBytes(file, 'file')
  if (file === '') throw createError('ERR_INVALID_ARG_VALUE', 'file', file, 'cannot be empty')
  let words: readonly unknown[] = []
  let read: Loose = options
  if (Array.isArray(args)) words = args
  else if (typeof args === 'object' && args !== null) read = args
  else if (args !== undefined && args !== null) {
    throw createError('ERR_INVALID_ARG_TYPE', 'args', 'object', args)
  }
  for (const [index, word] of words.entries()) refuseNullBytes(word, `args[${index}]`)
  if (read === undefined) read = {}
  else validateObject(read, 'options')

  for (const name of ['detached', 'windowsHide', 'windowsVerbatimArguments']) {
    if (read[name] !== undefined && read[name] !== null) {
      validateBoolean(read[name], `options.${name}`)
    }
  }
  for (const name of ['uid', 'gid']) {
    const id = read[name]
    if (id !== undefined && id !== null)
      validateInteger(id, `options.${name}`, -(2 ** 31), 2 ** 31 - 1)
  }
  const { shell, argv0 } = read
  if (shell !== undefined && shell !== null && !/^(?:boolean|string)$/.test(typeof shell)) {
    throw createError('ERR_INVALID_ARG_TYPE', 'options.shell', ['boolean', 'string'], shell)
  }
  refuseNullBytes(shell, 'options.shell')
  if (argv0 !== undefined && argv0 !== null) {
    validateString(argv0, 'options.argv0')
    refuseNullBytes(argv0, 'options.argv0')
  }
  const cwd = readCwd(context, read.cwd)
  // A symbol is refused.
  const texts = words.map((word) => `${word}`)
  const program: string = shell ? (shell === true ? '/bin/sh' : shell) : file
  return {
    file: program,
    args: [argv0 ?? program, ...(shell ? ['-c', [file, ...texts].join(' ')] : texts)],
    cwd,
    env: readEnvironment(context, read.env),
    options: read,
  }
}

function readCwd(context: ShimContext, cwd: Loose): string {
  const process = context.require('process')
  if (cwd === undefined || cwd === null) return process.cwd()
  let path: unknown = cwd
  if (typeof cwd === 'object' && cwd.href && cwd.protocol) {
    path = context.require('url').fileURLToPath(cwd)
  } else if (ArrayBuffer.isView(cwd)) path = context.require('buffer').Buffer.from(cwd).toString()
  if (typeof path !== 'string') {
    throw createError('ERR_INVALID_ARG_TYPE', 'options.cwd', ['string', 'Buffer', 'URL'], cwd)
  }
  refuseNullBytes(path, 'options.cwd')
  return context.require('path').posix.resolve(process.cwd(), path)
}

function readEnvironment(context: ShimContext, given: Loose): Record<string, string> {
  const env: Record<string, string> = {}
  const source: Loose = given || context.require('process').env
  // Inherited names count too.
  for (const key in source) {
    const value = source[key]
    if (value === undefined) continue
    refuseNullBytes(key, `options.env['${key}']`)
    refuseNullBytes(`${value}`, `options.env['${key}']`)
    env[key] = `${value}`
  }
  return env
}

function refuseNullBytes(value: unknown, name: string): void {
  if (typeof value === 'string' && value.includes('\0')) {
    const reason = 'must be a string without null bytes'
    throw createError('ERR_INVALID_ARG_VALUE', name, value, reason)
  }
}

/** What one of the child's streams is joined to. */
export interface StandardEnd {
  readonly type: 'pipe' | 'ignore' | 'fd' | 'ipc'
  /** Of the parent, where the type says so. */
  readonly fd?: number
}

/** The option `stdio`: one word for all, or one end for each. */
export function readStdio(context: ShimContext, stdio: Loose, isSync: boolean): StandardEnd[] {
  let ends: Loose[]
  if (typeof stdio === 'string' && /^(?:ignore|pipe|overlapped|inherit)$/.test(stdio)) {
    ends = [stdio, stdio, stdio]
  } else if (Array.isArray(stdio)) ends = [...stdio]
  else throw createError('ERR_INVALID_ARG_VALUE', 'stdio', stdio)
  while (ends.length < 3) ends.push(undefined)
  let hasChannel = false
  return ends.map((end, index): StandardEnd => {
    if (end === 'ignore') return { type: 'ignore' }
    if (end === undefined || end === null) return { type: index < 3 ? 'pipe' : 'ignore' }
    if (end === 'pipe' || end === 'overlapped') return { type: 'pipe' }
    if (end === 'inherit') return { type: 'fd', fd: index }
    if (end === 'ipc') {
      if (hasChannel || isSync) throw ipcError(isSync)
      hasChannel = true
      return { type: 'ipc' }
    }
    const fd: unknown = typeof end === 'number' ? end : end.fd
    if (typeof fd === 'number') return { type: 'fd', fd }
    if (typeof end === 'string' || ArrayBuffer.isView(end)) {
      if (isSync) return { type: 'pipe' }
      const shown = context.require('util').inspect(end)
      throw codedError(
        TypeError,
        'ERR_INVALID_SYNC_FORK_INPUT',
        `Asynchronous forks do not support Buffer, TypedArray, DataView or string input: ${shown}`,
      )
    }
    throw createError('ERR_INVALID_ARG_VALUE', 'stdio', end)
  })
}

function ipcError(isSync: boolean): Error {
  return isSync
    ? codedError(Error, 'ERR_IPC_SYNC_FORK', 'IPC cannot be used with synchronous forks')
    : codedError(Error, 'ERR_IPC_ONE_PIPE', 'Child process can have only one IPC pipe')
}

/** A signal's number, by name or number. */
export function signalNumber(context: ShimContext, signal: unknown): number {
  const { signals } = context.require('os').constants
  if (signal === 0) return 0
  if (typeof signal === 'number' && Object.values(signals).includes(signal)) return signal
  if (typeof signal === 'string' && Object.hasOwn(signals, signal.toUpperCase())) {
    return signals[signal.toUpperCase()]
  }
  throw unknownSignal(signal)
}

function unknownSignal(signal: unknown): Error {
  return codedError(TypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${String(signal)}`)
}

export function checkKillSignal(context: ShimContext, signal: unknown): void {
  if (signal === undefined || signal === null) return
  if (typeof signal !== 'string' && typeof signal !== 'number') {
    throw createError('ERR_INVALID_ARG_TYPE', 'options.killSignal', ['string', 'number'], signal)
  }
  // Nothing would be killed by it.
  if (signalNumber(context, signal) === 0) throw unknownSignal(signal)
}

export function checkTimeout(timeout: unknown): void {
  if (timeout !== undefined && timeout !== null) {
    validateInteger(timeout, 'timeout', 0)
  }
}

export function checkMaxBuffer(limit: unknown): void {
  if (limit !== undefined && limit !== null) validateNumber(limit, 'options.maxBuffer', 0)
}
