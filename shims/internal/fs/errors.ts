/** Errors of file system calls, with the paths as the caller wrote them. */

import { codedError } from '../../../src/errors.ts'
import { createSystemErrors } from '../system-errors.ts'

export interface FileSystemError extends Error {
  errno?: number
  code: string
  syscall: string
  path?: string
  dest?: string
}

let numbers: Map<string, [errno: number, message: string]> | undefined

/**
 * @example fsError('EXDEV', 'link', 'a', 'b').message // => "EXDEV: cross-device link not permitted, link 'a' -> 'b'"
 */
export function fsError(
  code: string,
  syscall: string,
  path?: string,
  dest?: string,
): FileSystemError {
  numbers ??= new Map(
    [...createSystemErrors()].map(([errno, [name, text]]) => [name, [errno, text]]),
  )
  const [errno, text] = numbers.get(code) ?? [undefined, 'unknown error']
  const places = path === undefined ? '' : ` '${path}'${dest === undefined ? '' : ` -> '${dest}'`}`
  return Object.assign(new Error(`${code}: ${text}, ${syscall}${places}`), {
    ...(errno !== undefined && { errno }),
    code,
    syscall,
    ...(path !== undefined && { path }),
    ...(dest !== undefined && { dest }),
  })
}

/**
 * Runs a change of the volume. A refusal of the volume names the place where it happened; the guest is told of the
 * call and the paths that it used. What is no system error is a bug of the user's file system and goes on as it is.
 */
export function attempt<T>(action: () => T, syscall: string, path?: string, dest?: string): T {
  try {
    return action()
  } catch (error) {
    const { code, syscall: failed } = error as Partial<FileSystemError>
    if (typeof code !== 'string' || typeof failed !== 'string') throw error
    throw fsError(code, syscall, path, dest)
  }
}

/** What node's own JavaScript refuses in the system's name. */
export interface Refusal {
  /** The system's code; the error's own is node's. */
  readonly code: string
  errno: number
  syscall: string
  path: string
  readonly message: string
}

/**
 * @param info the error shows it as it is, in the order of its members
 * @example refusedBySystem('ERR_FS_EISDIR', 'Path is a directory',
 *   { code: 'EISDIR', message: 'is a directory', path: '/d', syscall: 'rm', errno: 21 }).name // => 'SystemError'
 */
export function refusedBySystem(code: string, prefix: string, info: Refusal): Error {
  const { syscall, message, path } = info
  const text = `${prefix}: ${syscall} returned ${info.code} (${message}) ${path}`
  const error = codedError(Error, code, text, { members: { info } })
  const accessor = (key: 'errno' | 'syscall' | 'path') => ({
    get: () => info[key],
    set: (value: never) => {
      info[key] = value
    },
    enumerable: true,
    configurable: true,
  })
  Object.defineProperties(error, {
    name: { value: 'SystemError', writable: true, configurable: true },
    errno: accessor('errno'),
    syscall: accessor('syscall'),
    path: accessor('path'),
  })
  return error
}
