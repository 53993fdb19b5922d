/** The functions that call back otherwise than all others: with two values, without an error, or after a signal. */

import type { ShimContext } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { type Signal, validateFunction, validateInteger } from '../validate.ts'
import type { Checks } from './arguments.ts'
import type { Descriptors } from './descriptors.ts'
import { fsError } from './errors.ts'
import type { Forms } from './forms.ts'
import { validatePath } from './paths.ts'
import {
  bytesOf,
  readTransfer,
  severalTransfers,
  type Transfer,
  writeTransfer,
} from './transfers.ts'
import type { WholeFiles } from './whole-files.ts'

export interface Moves {
  /** `readSync`, `writevSync`, …: what they take and give is as in node. */
  readonly sync: Record<string, LooseFunction>
  readonly callback: Record<string, LooseFunction>
  read(fd: number, transfer: Transfer): number
  write(fd: number, transfer: Transfer): number
  readv(fd: number, buffers: Loose[], position: number | null): number
  writev(fd: number, buffers: Loose[], position: number | null): number
}

type Preparation = (
  args: Loose[],
  form: 'sync' | 'callback',
) => [move: (fd: number) => number, given: Loose]

/** `read`, `write` and their forms for several buffers. */
export function createMoves(context: ShimContext, descriptors: Descriptors, forms: Forms): Moves {
  const moves: Moves = {
    sync: {},
    callback: {},
    read: (fd, { bytes, position }) =>
      bytes.length === 0 ? 0 : descriptors.read(fd, bytes, position),
    write: (fd, { bytes, position }) => descriptors.write(fd, bytes, position),

    readv(fd, buffers, position) {
      let total = 0
      for (const buffer of buffers) {
        const at = position === null ? null : position + total
        const count = descriptors.read(fd, bytesOf(buffer), at)
        total += count
        if (count < buffer.byteLength) break
      }
      return total
    },

    writev(fd, buffers, position) {
      descriptors.fileOf(fd, 'write')
      let total = 0
      for (const buffer of buffers) {
        const at = position === null ? null : position + total
        total += descriptors.write(fd, bytesOf(buffer), at)
      }
      return total
    },
  }

  /** Gives what is to be done, and what the callback gets beside the count. */
  const prepare: Record<string, Preparation> = {
    read(args, form) {
      const transfer = readTransfer(context.require('buffer').Buffer, args, form)
      return [(fd) => moves.read(fd, transfer), transfer.buffer]
    },
    write(args) {
      const transfer = writeTransfer(context.require('buffer').Buffer, args)
      return [(fd) => moves.write(fd, transfer), transfer.buffer]
    },
    readv(args) {
      const { buffers, position } = severalTransfers(args)
      return [(fd) => moves.readv(fd, buffers, position), buffers]
    },
    writev(args) {
      const { buffers, position } = severalTransfers(args)
      return [(fd) => moves.writev(fd, buffers, position), buffers]
    },
  }
  for (const [name, preparation] of Object.entries(prepare)) {
    const most = name.endsWith('v') ? 2 : 4
    moves.sync[name] = (fd, ...args) => {
      demandDescriptor(fd)
      return preparation(args, 'sync')[0](fd)
    }
    moves.callback[name] = (fd, ...args) => {
      demandDescriptor(fd)
      const last = args.length > most ? most : args.findLastIndex((value) => isFunction(value))
      const isCallback = isFunction(args[last])
      const [move, given] = preparation(
        isCallback ? args.slice(0, last) : args.slice(0, most),
        'callback',
      )
      validateFunction(isCallback ? args[last] : args[most], 'cb')
      const callback = args[last]
      forms.later(() => {
        let count = 0
        let failure: unknown = null
        try {
          count = move(fd)
        } catch (error) {
          failure = error
        }
        callback(failure, count, given)
      })
    }
  }
  return moves
}

/** What functions of their own are made of. */
export interface Core {
  readonly checks: Checks
  readonly forms: Forms
  readonly operations: Record<string, LooseFunction>
  readonly wholeFiles: WholeFiles
  readonly descriptors: Descriptors
}

/** @param fs the finished builtin, whose `fsync` the guest may have patched */
export function createOwnCallbacks(
  context: ShimContext,
  fs: Loose,
  { checks, forms, operations, wholeFiles, descriptors }: Core,
): Record<string, LooseFunction> {
  const { check, signatureOf } = checks
  const checked = (name: string, args: Loose[]) => check(signatureOf(name), args)

  /** `count` is how many arguments stand before the options. */
  function wholeFile(name: string, count: number): LooseFunction {
    return (...args) => {
      const callback = args[count + 1] || args[count]
      validateFunction(callback, 'cb')
      const given = callback === args[count] ? args.slice(0, count) : args.slice(0, count + 1)
      const values = checked(name, given)
      const options = values[count]
      const run = () => {
        if (options.flush) flushAfter(values[0], values[1], options, callback)
        else {
          let result: Loose
          try {
            result = operations[name]?.apply(undefined, values)
          } catch (error) {
            callback(namingFile(context, error, values[0]))
            return
          }
          if (result === undefined) callback(null)
          else callback(null, result)
        }
      }
      forms.later(run, options.signal as Signal, callback)
    }
  }

  function flushAfter(file: Loose, data: Loose, options: Loose, callback: LooseFunction): void {
    let fd: number
    try {
      fd = wholeFiles.writeAndKeepOpen(file, data, options)
    } catch (error) {
      callback(error)
      return
    }
    fs.fsync(fd, (error: Loose) => {
      if (fd !== file) descriptors.close(fd)
      callback(error)
    })
  }

  return {
    readFile: wholeFile('readFile', 1),
    writeFile: wholeFile('writeFile', 2),
    appendFile: wholeFile('appendFile', 2),

    close(fd, callback) {
      demandDescriptor(fd)
      if (callback !== undefined) validateFunction(callback, 'cb')
      const done =
        callback ??
        ((error: unknown) => {
          if (error !== null) throw error
        })
      forms.callback('close')(fd, done)
    },

    exists(path, callback) {
      validateFunction(callback, 'cb')
      let text: string
      try {
        text = validatePath(context, path)
      } catch {
        callback(false)
        return
      }
      forms.later(() => callback(operations.exists?.call(undefined, text)))
    },
  }
}

/** Here, and not in the synchronous form, node names what somebody wanted to read. */
export function namingFile(context: ShimContext, error: Loose, file: Loose): unknown {
  if (error?.syscall !== 'read' || typeof file === 'number') return error
  return fsError(error.code, 'read', validatePath(context, file))
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}

function demandDescriptor(fd: Loose): void {
  validateInteger(fd, 'fd', 0, 2 ** 31 - 1)
}
