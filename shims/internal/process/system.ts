/** Members of `process` that ask the system: the working directory, users and groups, signals, addons. */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import { Kind } from '../../../src/seams.ts'
import { markNotImplemented, notImplementedError } from '../../not-implemented.ts'
import type { Loop } from '../loop.ts'
import type { Loose } from '../loose.ts'
import { validateArray, validateInteger, validateObject, validateString } from '../validate.ts'

/** Users and groups that every system has. */
const knownNames = ['root', 'daemon', 'nobody', 'nogroup']

/** What an operating system takes for an argument. */
function isWord(value: unknown): boolean {
  return typeof value === 'string' && !value.includes('\0')
}

/** An error as libuv's calls give it. */
function systemError(
  text: string,
  code: string,
  errno: number,
  syscall: string,
  more: object = {},
): Error {
  return Object.assign(new Error(text), { errno, code, syscall, ...more })
}

/** SIGKILL and SIGSTOP. */
const unstoppable = [9, 19]
/** Nothing happens by default: SIGCHLD, SIGCONT, SIGURG, SIGWINCH; and nobody can halt a guest: SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU. */
const ignored = [17, 18, 19, 20, 21, 22, 23, 28]

export function installSystem(context: ShimContext, process: Loose, loop: Loop): void {
  const { volume, settings, host, programs } = context
  let cwd = settings.cwd
  let mask = 0o22

  function chdir(directory: unknown): void {
    validateString(directory, 'directory')
    const path: string = context.require('path').posix.resolve(cwd, directory)
    const found = volume.locate(path)
    if (found?.entry.kind === Kind.Directory) {
      cwd = found.entry.path
      return
    }
    const [code, errno, why] = found
      ? (['ENOTDIR', -20, 'not a directory'] as const)
      : (['ENOENT', -2, 'no such file or directory'] as const)
    throw systemError(`${code}: ${why}, chdir '${cwd}' -> '${directory}'`, code, errno, 'chdir', {
      path: cwd,
      dest: directory,
    })
  }

  function umask(value?: unknown): number {
    const before = mask
    if (value === undefined) return before
    let next = value
    if (typeof value === 'string') {
      if (!/^[0-7]+$/.test(value)) {
        throw createError(
          'ERR_INVALID_ARG_VALUE',
          'mask',
          value,
          'must be a 32-bit unsigned integer or an octal string',
        )
      }
      next = Number.parseInt(value, 8)
    }
    validateInteger(next, 'mask', 0, 2 ** 32 - 1)
    mask = next & 0o777
    return before
  }

  function kill(pid: unknown, signal?: unknown): true {
    const isNumeric = typeof pid === 'number' || typeof pid === 'string'
    if (!isNumeric || Number(pid) !== (Number(pid) | 0)) {
      throw createError('ERR_INVALID_ARG_TYPE', 'pid', 'number', pid)
    }
    let number = signal as number
    if (signal !== (Number(signal) | 0)) {
      const name = String(signal || 'SIGTERM')
      const known: unknown = context.require('os').constants.signals[name]
      if (known === undefined) {
        throw codedError(TypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${name}`)
      }
      number = known as number
    }
    const errno: number | undefined = process._kill(pid, number)
    if (!errno) return true
    const code = errno === -22 ? 'EINVAL' : 'ESRCH'
    throw systemError(`kill ${code}`, code, errno, 'kill')
  }

  /** The programs of this family are all that there are. */
  function _kill(pid: unknown, signal: number): number {
    if (signal < 0 || signal > 64) return -22
    const id = Number(pid) || settings.pid
    const other = programs?.receivers.get(id)
    if (other === undefined && id !== settings.pid) return -3
    if (signal === 0) return 0
    if (id === settings.pid) receive(signal)
    else other?.(signal)
    return 0
  }

  /** A signal that nobody listens for ends the guest, as it would in a terminal. */
  function receive(signal: number): void {
    const { signals } = context.require('os').constants
    const name = Object.keys(signals).find((key) => signals[key] === signal) ?? String(signal)
    if (process.listenerCount(name) > 0 && !unstoppable.includes(signal)) {
      context.require('timers').setImmediate(() => process.emit(name, name, signal))
    } else if (!ignored.includes(signal)) {
      loop.onSignal?.(name)
      process.reallyExit(128 + signal)
    }
  }

  programs?.receivers.set(settings.pid, (signal) =>
    loop.defer(() => loop.run(() => receive(signal))),
  )
  context.onDispose(() => programs?.receivers.delete(settings.pid))

  function validateId(id: unknown, name: string): void {
    if (typeof id === 'number') validateInteger(id, name, 0, 2 ** 32 - 1)
    else if (typeof id !== 'string') {
      throw createError('ERR_INVALID_ARG_TYPE', name, ['number', 'string'], id)
    }
  }

  const refused = (syscall: string) =>
    systemError('EPERM, Operation not permitted', 'EPERM', 1, syscall)

  function setter(syscall: string, kind: string) {
    const { [syscall]: set } = {
      [syscall](id: unknown): void {
        validateId(id, 'id')
        if (typeof id === 'string' && !knownNames.includes(id)) {
          const text = `${kind} identifier does not exist: ${id}`
          throw codedError(Error, 'ERR_UNKNOWN_CREDENTIAL', text)
        }
        if (id !== 1000) throw refused(syscall)
      },
    }
    return set
  }

  Object.assign(process, {
    cwd: () => cwd,
    chdir,
    umask,
    kill,
    _kill,
    getuid: () => 1000,
    geteuid: () => 1000,
    getgid: () => 1000,
    getegid: () => 1000,
    getgroups: () => [1000],
    initgroups(user: unknown, extraGroup: unknown): void {
      validateId(user, 'user')
      validateId(extraGroup, 'extraGroup')
      if (typeof extraGroup === 'string') {
        const text = `Group identifier does not exist: ${extraGroup}`
        throw codedError(Error, 'ERR_UNKNOWN_CREDENTIAL', text)
      }
      throw refused('initgroups')
    },
    setgroups(groups: unknown): void {
      validateArray(groups, 'groups')
      for (const [index, group] of groups.entries()) validateId(group, `groups[${index}]`)
      const unknown = groups.find((group) => typeof group === 'string')
      if (unknown !== undefined) {
        const text = `Group identifier does not exist: ${unknown}`
        throw codedError(Error, 'ERR_UNKNOWN_CREDENTIAL', text)
      }
      throw refused('setgroups')
    },
    setgid: setter('setgid', 'Group'),
    setegid: setter('setegid', 'Group'),
    setuid: setter('setuid', 'User'),
    seteuid: setter('seteuid', 'User'),

    dlopen(_module?: unknown, filename?: unknown): never {
      if (filename === undefined) {
        throw codedError(Error, 'ERR_MISSING_ARGS', 'process.dlopen needs at least 2 arguments')
      }
      throw createError('ERR_LODGER_ADDON', String(filename), host.name)
    },
    execve(execPath: unknown, args: unknown = [], env: unknown = process.env): never {
      validateString(execPath, 'execPath')
      validateArray(args, 'args')
      for (const [index, value] of args.entries()) {
        if (isWord(value)) continue
        const reason = 'must be a string without null bytes'
        throw createError('ERR_INVALID_ARG_VALUE', `args[${index}]`, value, reason)
      }
      validateObject(env, 'env')
      if (
        !Object.entries(env as object)
          .flat()
          .every(isWord)
      ) {
        const reason = 'must be an object with string keys and values without null bytes'
        throw createError('ERR_INVALID_ARG_VALUE', 'env', env, reason)
      }
      throw notImplementedError(context, 'execve')
    },

    /** Read the file of `NAME=value` lines; what is set already stays. */
    loadEnvFile(path: unknown = '.env'): void {
      const text: string = context.require('fs').readFileSync(path, 'utf8')
      const found: Record<string, string> = context.require('util').parseEnv(text)
      for (const [name, value] of Object.entries(found)) process.env[name] ??= value
    },
  })
  markNotImplemented(context, process.execve, 'execve')
}
