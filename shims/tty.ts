/** https://nodejs.org/docs/latest-v26.x/api/tty.html: no host gives the guest a terminal. */

import { codedError, createError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import { colorDepth } from './internal/color-depth.ts'
import { defineLate } from './internal/late.ts'
import type { Loose } from './internal/loose.ts'
import { shapeMembers } from './internal/names.ts'
import { validateFunction, validateInteger } from './internal/validate.ts'
import { markNotImplemented, notImplementedError } from './not-implemented.ts'

const shim: Shim = (context) => {
  function isatty(_fd?: unknown): boolean {
    return false
  }
  Object.defineProperty(isatty, 'length', { value: 1, configurable: true })

  function open(fd: unknown, member: string): never {
    if ((fd as number) >> 0 !== fd || (fd as number) < 0) {
      throw codedError(RangeError, 'ERR_INVALID_FD', `"fd" must be a positive integer: ${fd}`)
    }
    throw notImplementedError(context, member)
  }

  /** Without a stream or anything to write it only calls back. */
  function control(stream: Loose, text: string, callback: Loose): boolean {
    if (callback !== undefined) validateFunction(callback, 'callback')
    if (stream && text) return stream.write(text, callback)
    if (callback) context.require('process').nextTick(callback, null)
    return true
  }

  /** Sockets bring streams, and who asks `isatty` needs neither. */
  function createStreams(): Record<'ReadStream' | 'WriteStream', Loose> {
    const { Socket } = context.require('net')

    function ReadStream(this: Loose, fd: unknown, _options?: unknown): void {
      open(fd, 'ReadStream')
    }
    Object.setPrototypeOf(ReadStream.prototype, Socket.prototype)
    Object.setPrototypeOf(ReadStream, Socket)
    ReadStream.prototype.setRawMode = function setRawMode(this: Loose, mode: unknown): Loose {
      this.isRaw = Boolean(mode)
      return this
    }
    Object.defineProperty(ReadStream, 'length', { value: 2, configurable: true })

    function WriteStream(this: Loose, fd: unknown): void {
      open(fd, 'WriteStream')
    }
    Object.setPrototypeOf(WriteStream.prototype, Socket.prototype)
    Object.setPrototypeOf(WriteStream, Socket)

    const csi = '\u001B['
    // Functions, not methods: programs use them as constructors' parts, and call them on streams of their own.
    const members: Record<string, Loose> = {
      isTTY: true,
      getColorDepth(env: Loose = context.require('process').env): number {
        return colorDepth(env)
      },
      hasColors(count: unknown = 16, env: Loose = undefined): boolean {
        const isEnv = env === undefined && typeof count === 'object' && count !== null
        const wanted = isEnv ? 16 : count
        validateInteger(wanted, 'count', 2)
        return wanted <= 2 ** colorDepth((isEnv ? count : env) ?? context.require('process').env)
      },
      _refreshSize(): void {},
      cursorTo(this: Loose, x: Loose, y?: Loose, callback?: Loose): boolean {
        if (typeof y === 'function') return members.cursorTo.call(this, x, undefined, y)
        for (const [name, value] of Object.entries({ x, y })) {
          if (Number.isNaN(value)) throw createError('ERR_INVALID_ARG_VALUE', name, value)
        }
        const hasY = typeof y === 'number'
        if (typeof x === 'number') {
          return control(
            this,
            `${csi}${hasY ? `${y + 1};` : ''}${x + 1}${hasY ? 'H' : 'G'}`,
            callback,
          )
        }
        if (!hasY || !this) return control(this, '', callback)
        const text = 'Cannot set cursor row without setting its column'
        throw codedError(TypeError, 'ERR_INVALID_CURSOR_POS', text)
      },
      moveCursor(this: Loose, dx: number, dy: number, callback?: Loose): boolean {
        const move = (by: number, less: string, more: string) =>
          by === 0 ? '' : `${csi}${Math.abs(by)}${by < 0 ? less : more}`
        return control(this, move(dx, 'D', 'C') + move(dy, 'A', 'B'), callback)
      },
      clearLine(this: Loose, direction: number, callback?: Loose): boolean {
        return control(this, `${csi}${direction < 0 ? 1 : direction > 0 ? 0 : 2}K`, callback)
      },
      clearScreenDown(this: Loose, callback?: Loose): boolean {
        return control(this, `${csi}0J`, callback)
      },
      getWindowSize(this: Loose): [number, number] {
        return [this.columns, this.rows]
      },
    }
    markNotImplemented(context, ReadStream, 'ReadStream')
    markNotImplemented(context, WriteStream, 'WriteStream')
    Object.assign(WriteStream.prototype, shapeMembers(members, 'hasColors/2'))
    return { ReadStream, WriteStream }
  }

  let streams: ReturnType<typeof createStreams> | undefined
  const exports = { isatty }
  for (const name of ['ReadStream', 'WriteStream'] as const) {
    defineLate(exports, name, () => {
      streams ??= createStreams()
      return streams[name]
    })
  }
  return exports
}

export default shim
