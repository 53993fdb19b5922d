/** `execFile` and `exec`: a child whose output is gathered until it ends. */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { validateFunction, validateObject } from '../validate.ts'
import { checkMaxBuffer } from './arguments.ts'

export interface ExecArguments {
  readonly file: unknown
  readonly args: readonly unknown[]
  readonly options: Loose
  readonly callback: ((...results: Loose[]) => void) | undefined
}

/** Every argument but the first may be left out. */
export function readExecArguments(
  file: unknown,
  args: unknown,
  options: unknown,
  callback: unknown,
): ExecArguments {
  let [words, given, called]: Loose[] = [args, options, callback]
  if (words !== undefined && words !== null && !Array.isArray(words)) {
    if (typeof words === 'function') [called, given, words] = [words, undefined, undefined]
    else if (typeof words === 'object') [called, given, words] = [given, words, undefined]
    else throw createError('ERR_INVALID_ARG_TYPE', 'args', 'object', words)
  }
  if (typeof given === 'function') [called, given] = [given, undefined]
  if (given !== undefined && given !== null) validateObject(given, 'options')
  if (called !== undefined && called !== null) validateFunction(called, 'callback')
  return {
    file,
    args: words ?? [],
    options: {
      encoding: 'utf8',
      timeout: 0,
      maxBuffer: 1024 * 1024,
      killSignal: 'SIGTERM',
      ...given,
    },
    callback: called ?? undefined,
  }
}

/** @returns gathers what this child writes, and hands it to the callback in the end */
export function createCollector(
  context: ShimContext,
  { file, args, options, callback }: ExecArguments,
): (child: Loose) => Loose {
  // `spawn` sees to the others.
  checkMaxBuffer(options.maxBuffer)
  const { Buffer } = context.require('buffer')
  const encoding: string | undefined =
    options.encoding !== 'buffer' && Buffer.isEncoding(options.encoding)
      ? options.encoding
      : undefined
  const command = [file, ...args].join(' ')

  return (child) => {
    const gathered: Record<'stdout' | 'stderr', Loose[]> = { stdout: [], stderr: [] }
    let problem: Loose
    let hasEnded = false

    const kill = () => {
      child.stdout?.destroy()
      child.stderr?.destroy()
      try {
        child.kill(options.killSignal)
      } catch (error) {
        problem ??= error
        end()
      }
    }
    const gather = (name: 'stdout' | 'stderr') => {
      const stream = child[name]
      if (!stream) return
      if (encoding) stream.setEncoding(encoding)
      let length = 0
      stream.on('data', (chunk: Loose) => {
        const size = stream.readableEncoding
          ? Buffer.byteLength(chunk, stream.readableEncoding)
          : chunk.length
        length += size
        if (length <= options.maxBuffer) {
          gathered[name].push(chunk)
          return
        }
        gathered[name].push(chunk.slice(0, options.maxBuffer - (length - size)))
        problem = codedError(
          RangeError,
          'ERR_CHILD_PROCESS_STDIO_MAXBUFFER',
          `${name} maxBuffer length exceeded`,
        )
        kill()
      })
    }
    const end = (code?: number, signal?: string | null) => {
      if (hasEnded) return
      hasEnded = true
      if (!callback) return
      const [stdout, stderr] = (['stdout', 'stderr'] as const).map((name) =>
        encoding || child[name]?.readableEncoding
          ? gathered[name].join('')
          : Buffer.concat(gathered[name]),
      )
      if (problem === undefined && code === 0 && signal === null) {
        callback(null, stdout, stderr)
        return
      }
      problem ??= Object.assign(new Error(`Command failed: ${command}\n${stderr}`), {
        code: (code as number) < 0 ? context.require('util').getSystemErrorName(code) : code,
        killed: child.killed,
        signal,
      })
      problem.cmd = command
      callback(problem, stdout, stderr)
    }

    gather('stdout')
    gather('stderr')
    child.on('close', end)
    child.on('error', (error: Loose) => {
      problem = error
      child.stdout?.destroy()
      child.stderr?.destroy()
      end()
    })
    return child
  }
}
