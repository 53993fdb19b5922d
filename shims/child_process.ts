/**
 * https://nodejs.org/docs/latest-v26.x/api/child_process.html: node itself is the only program here. Each start of it is
 * a loader of its own on the same volume, in the same thread. An override may know more programs.
 */

import { codedError, createError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import {
  checkKillSignal,
  checkTimeout,
  readSpawnArguments,
  validateCommand,
} from './internal/child/arguments.ts'
import { abortBy, createChildProcess } from './internal/child/child-process.ts'
import { createCollector, readExecArguments } from './internal/child/exec.ts'
import { lateFunction } from './internal/late.ts'
import type { Loose } from './internal/loose.ts'
import { nameFunction } from './internal/names.ts'
import { isCodeFlag } from './internal/process/flags.ts'
import { validateAbortSignal, validateArray, validateObject } from './internal/validate.ts'

const shim: Shim = (context) => {
  const ChildProcess = createChildProcess(context)

  function spawn(file: unknown, args?: unknown, options?: unknown): Loose {
    const read = readSpawnArguments(context, file, args, options)
    const { timeout, signal, killSignal } = read.options
    checkTimeout(timeout)
    validateAbortSignal(signal, 'options.signal')
    checkKillSignal(context, killSignal)
    const subprocess = new ChildProcess()
    const envPairs = Object.entries(read.env).map(([name, value]) => `${name}=${value}`)
    subprocess.spawn({ ...read.options, ...read, envPairs })
    if (timeout > 0) limitTime(subprocess, timeout, killSignal)
    if (signal) abortBy(context, subprocess, signal, killSignal ?? 'SIGTERM')
    return subprocess
  }

  function limitTime(subprocess: Loose, timeout: number, killSignal: unknown): void {
    const { setTimeout, clearTimeout } = context.require('timers')
    const timer = setTimeout(() => {
      subprocess.kill(killSignal ?? 'SIGTERM')
    }, timeout)
    subprocess.once('exit', () => clearTimeout(timer))
  }

  function fork(modulePath: Loose, args?: Loose, options?: Loose): Loose {
    const { execPath, execArgv } = context.require('process')
    const path =
      modulePath?.href && modulePath.protocol
        ? context.require('url').fileURLToPath(modulePath)
        : modulePath
    if (typeof path !== 'string') {
      const expected = ['string', 'Buffer', 'URL']
      throw createError('ERR_INVALID_ARG_TYPE', 'modulePath', expected, modulePath)
    }
    const isLeftOut = args && typeof args === 'object' && !Array.isArray(args)
    const [words, given]: Loose[] = isLeftOut ? [[], args] : [args ?? [], options]
    validateArray(words, 'args')
    if (given !== undefined && given !== null) validateObject(given, 'options')
    const read: Loose = { ...given, shell: false }
    read.execPath ||= execPath
    const flags: string[] = read.execArgv || execArgv
    // As in node: not what only that one start was for.
    const at = flags.findIndex(isCodeFlag)
    const passed = at > -1 && flags === execArgv ? flags.toSpliced(at, 2) : flags
    if (typeof read.stdio === 'string') read.stdio = stdioOfWord(read.stdio)
    else if (!Array.isArray(read.stdio)) read.stdio = stdioOfWord(read.silent ? 'pipe' : 'inherit')
    else if (!read.stdio.includes('ipc')) {
      throw codedError(
        Error,
        'ERR_CHILD_PROCESS_IPC_REQUIRED',
        "Forked processes must have an IPC channel, missing value 'ipc' in options.stdio",
      )
    }
    return spawn(read.execPath, [...passed, path, ...words], read)
  }

  function execFile(file: unknown, args?: unknown, options?: unknown, callback?: unknown): Loose {
    const read = readExecArguments(file, args, options, callback)
    const collect = createCollector(context, read)
    return collect(spawn(file, read.args, read.options))
  }

  function exec(command: unknown, options?: unknown, callback?: unknown): Loose {
    validateCommand(command)
    const isCallback = typeof options === 'function'
    const { shell, ...rest }: Loose = (isCallback ? undefined : options) ?? {}
    return exports.execFile(
      command,
      { ...rest, shell: typeof shell === 'string' ? shell : true },
      isCallback ? options : callback,
    )
  }

  /** `stdout` and `stderr` come together; what is wrong with the arguments is thrown at once. */
  function promised(original: (...args: Loose[]) => Loose): Loose {
    return (...args: Loose[]) => {
      let settle: Loose
      const promise: Loose = new Promise((resolve, reject) => {
        settle = (error: Loose, stdout: unknown, stderr: unknown) => {
          if (error === null) resolve({ stdout, stderr })
          else reject(Object.assign(error, { stdout, stderr }))
        }
      })
      promise.child = original(...args, settle)
      return promise
    }
  }

  for (const fn of [exec, execFile]) {
    Object.defineProperty(fn, Symbol.for('nodejs.util.promisify.custom'), {
      value: nameFunction(promised(fn), fn.name),
      configurable: true,
    })
  }

  const sync = (): Loose => context.require('internal/child-sync')
  const exports: Loose = {
    _forkChild(): void {},
    ChildProcess,
    exec,
    execFile,
    execFileSync: lateFunction('execFileSync', 3, () => sync().execFileSync),
    execSync: lateFunction('execSync', 2, () => sync().execSync),
    fork,
    spawn,
    spawnSync: lateFunction('spawnSync', 3, () => sync().spawnSync),
  }
  for (const [name, length] of [
    ['_forkChild', 2],
    ['exec', 3],
    ['execFile', 4],
    ['fork', 1],
    ['spawn', 3],
  ] as const) {
    Object.defineProperty(exports[name], 'length', { value: length, configurable: true })
  }
  return exports
}

/** `fork` joins all three in the same way, and adds its channel. */
function stdioOfWord(word: string): string[] {
  if (!/^(?:ignore|overlapped|pipe|inherit)$/.test(word)) {
    throw createError('ERR_INVALID_ARG_VALUE', 'stdio', word)
  }
  return [word, word, word, 'ipc']
}

export default shim
