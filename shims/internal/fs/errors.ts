/** Errors of file system calls, with the paths as the caller wrote them. */

import { createSystemErrors } from '../system-errors.ts'

export interface FileSystemError extends Error {
  errno?: number
  code: string
  syscall: string
  path?: string
  dest?: string
}

/** What `walk` answers, in the shape that memfs's own walk has. */
export type Result<T> = { ok: true; value: T } | { ok: false; err: Refusal }

export interface Refusal {
  readonly code: string
  toError(): FileSystemError
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

export function refuse(code: string, syscall: string, path: string): { ok: false; err: Refusal } {
  return { ok: false, err: { code, toError: () => fsError(code, syscall, path) } }
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
