/** The class `ChildProcess`: what a parent sees of a program that it has started. */

import { Kind, type ShimContext } from '../../../src/seams.ts'
import { createAbortError } from '../abort-error.ts'
import { loopOf } from '../loop.ts'
import type { Loose } from '../loose.ts'
import { shapeMembers } from '../names.ts'
import { validateArray, validateObject, validateOneOf, validateString } from '../validate.ts'
import { readStdio, type SpawnArguments, type StandardEnd, signalNumber } from './arguments.ts'
import { type Channel, createChannel } from './channel.ts'
import { findCommand } from './command.ts'
import { launch, type Outcome } from './guest.ts'
import { createHold, createPipe, createWriter, type Pipe, type PipeEnd } from './pipe.ts'

type Sink = (bytes: Uint8Array) => void

/** Engines that do not have the symbol yet are the rule. */
const dispose: symbol = (Symbol as Loose).dispose ?? Symbol.for('Symbol.dispose')

const noPipe: PipeEnd = { write: (_, done) => done?.(), end() {} }

export function createChildProcess(context: ShimContext): Loose {
  const EventEmitter = context.require('events')
  const loop = loopOf(context)
  const later = (action: () => void) => loop.nextTick(action, [])
  /** Of children that have ended: they hold the parent until they are closed. */
  const handles = new WeakMap<object, Loose>()

  function ChildProcess(this: Loose): void {
    EventEmitter.call(this)
    Object.assign(this, {
      _closesNeeded: 1,
      _closesGot: 0,
      connected: false,
      signalCode: null,
      exitCode: null,
      killed: false,
      spawnfile: null,
      _handle: null,
    })
  }
  Object.setPrototypeOf(ChildProcess.prototype, EventEmitter.prototype)
  Object.setPrototypeOf(ChildProcess, EventEmitter)

  Object.assign(ChildProcess.prototype, {
    spawn(this: Loose, options: Loose): number {
      validateObject(options, 'options')
      const ends = readStdio(context, options.stdio || 'pipe', false)
      const { file, args, cwd, env } = readOptions(options)
      this.spawnfile = file
      this.spawnargs = args
      this._handle = createHandle(this)
      this._handle.ref()
      const outputs = ends.slice(1, 3).map((end, index) => openOutput(end, index + 1))
      const isThere = context.volume.lookup(cwd)?.kind === Kind.Directory
      const command = isThere ? findCommand(context, { file, args, cwd, env, options }) : undefined
      let input: PipeEnd = noPipe
      let channel: Channel | undefined

      const task = loop.begin('PROCESSWRAP', this._handle)
      const ended = (outcome: Outcome) => {
        channel?.close()
        loop.defer(() => {
          for (const { pipe } of outputs) pipe?.end()
          loop.run(() => exit(this, outcome), task)
        })
      }
      const prepare = (child: ShimContext, process: Loose) => {
        input = connectInput(child, process, ends[0] as StandardEnd) ?? noPipe
        if (!ends.some(({ type }) => type === 'ipc')) return
        this._closesNeeded++
        const closed = () => maybeClose(this)
        channel = createChannel(context, this, child, process, options.serialization, closed)
      }
      if (command === undefined) loop.defer(() => ended({ code: -2, signal: null }))
      else {
        const write = (stream: 'stdout' | 'stderr', bytes: Uint8Array) =>
          outputs[stream === 'stdout' ? 0 : 1]?.sink?.(bytes)
        const argv0 = args[0] ?? file
        this.pid = launch(context, { command, argv0, cwd, write, prepare, ended }).settings.pid
        later(() => this.emit('spawn'))
      }

      for (const { pipe } of outputs) {
        if (pipe === undefined) continue
        this._closesNeeded++
        pipe.stream.on('close', () => maybeClose(this))
      }
      this.stdin = ends[0]?.type === 'pipe' ? createWriter(context, input) : null
      this.stdout = outputs[0]?.pipe?.stream ?? null
      this.stderr = outputs[1]?.pipe?.stream ?? null
      this.stdio = [this.stdin, this.stdout, this.stderr, ...ends.slice(3).map(() => null)]
      return command === undefined ? -2 : 0
    },

    kill(this: Loose, signal?: unknown): boolean {
      const number = signalNumber(context, signal === undefined ? 'SIGTERM' : signal)
      const receive = this._handle && context.programs?.receivers.get(this.pid)
      if (!receive) return false
      if (number !== 0) receive(number)
      this.killed = true
      return true
    },
    ref(this: Loose): void {
      this._handle?.ref()
    },
    unref(this: Loose): void {
      this._handle?.unref()
    },
    [dispose](this: Loose): void {
      if (!this.killed) this.kill()
    },
  })
  shapeMembers(ChildProcess.prototype, 'spawn/1 kill/1 ref unref')
  return ChildProcess

  function readOptions(options: Loose): SpawnArguments {
    const process = context.require('process')
    const { file, args = [], envPairs = [], cwd = process.cwd(), uid, gid } = options
    validateOneOf(options.serialization, 'options.serialization', [undefined, 'json', 'advanced'])
    validateArray(envPairs, 'options.envPairs')
    validateString(file, 'options.file')
    validateArray(args, 'options.args')
    for (const id of [uid, gid]) {
      if (id === undefined || id === null || id === process.getuid()) continue
      const error = new Error('spawn EPERM')
      throw Object.assign(error, { errno: -1, code: 'EPERM', syscall: 'spawn' })
    }
    const env: Record<string, string> = {}
    for (const pair of envPairs) {
      const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? []
      env[name] = value
    }
    return { file, args, cwd, env, options }
  }

  function createHandle(subprocess: Loose): Loose {
    const hold = createHold(loop, 'ProcessWrap')
    return {
      ref: () => hold.set(true),
      unref: () => hold.set(false),
      hasRef: () => subprocess._handle !== null,
      close: () => hold.set(false),
    }
  }

  /** Where the child's output goes. */
  function openOutput(end: StandardEnd, fd: number): { pipe?: Pipe; sink?: Sink } {
    if (end.type === 'pipe') {
      const pipe = createPipe(context, false)
      return { pipe, sink: (bytes) => pipe.write(bytes) }
    }
    return end.type === 'fd' ? { sink: createSink(context, end.fd ?? fd) } : {}
  }

  /** What a child inherits as its input. */
  function openInput(fd: number): Loose {
    if (fd === 0) return context.require('process').stdin
    return context.require('fs').createReadStream('', { fd, autoClose: false })
  }

  /** Where the child's input comes from; what the parent writes goes to the pipe that this gives. */
  function connectInput(child: ShimContext, process: Loose, end: StandardEnd): Pipe | undefined {
    if (end.type === 'ignore') return undefined
    const inherit = () => {
      const source = openInput(end.fd ?? 0)
      const onData = (bytes: Uint8Array) => pipe.write(bytes)
      const onEnd = () => pipe.end()
      source.on('data', onData).on('end', onEnd)
      child.onDispose(() => {
        source.off('data', onData).off('end', onEnd)
        // Who does not read it either has nothing to wait for.
        if (source.listenerCount('data') + source.listenerCount('readable') === 0) source.pause()
      })
    }
    const pipe = createPipe(child, true, end.type === 'fd' ? inherit : undefined)
    pipe.stream.fd = 0
    Object.defineProperty(process, 'stdin', {
      get: () => pipe.stream,
      enumerable: true,
      configurable: true,
    })
    return pipe
  }

  function exit(subprocess: Loose, { code, signal }: Outcome): void {
    if (signal === null) subprocess.exitCode = code
    else subprocess.signalCode = signal
    subprocess.stdin?.destroy()
    const handle = subprocess._handle
    subprocess._handle = null
    if (code !== null && code < 0) {
      subprocess.emit(
        'error',
        systemError('spawn', 'ENOENT', subprocess.spawnfile, subprocess.spawnargs),
      )
    } else subprocess.emit('exit', subprocess.exitCode, subprocess.signalCode)
    handles.set(subprocess, handle)
    // Whoever has not begun to read has one more chance, then it is read away so that the streams end.
    later(() => {
      for (const stream of subprocess.stdio) if (stream?.readable) stream.resume()
    })
    maybeClose(subprocess)
  }

  function maybeClose(subprocess: Loose): void {
    subprocess._closesGot++
    if (subprocess._closesGot !== subprocess._closesNeeded) return
    handles.get(subprocess)?.close()
    subprocess.emit('close', subprocess.exitCode, subprocess.signalCode)
  }
}

/** What the parent's own descriptor makes of bytes. */
export function createSink(context: ShimContext, fd: number): Sink {
  const { host } = context
  if (fd !== 1 && fd !== 2) return (bytes) => context.require('fs').writeSync(fd, bytes)
  const name = fd === 1 ? 'stdout' : 'stderr'
  const decoder = new (context.require('string_decoder').StringDecoder)('utf8')
  return (bytes) => {
    if (host.writeBytes) host.writeBytes(name, bytes)
    else host.write(name, decoder.write(context.require('buffer').Buffer.from(bytes)))
  }
}

const errnos = { ENOENT: -2, ENOBUFS: -105, ETIMEDOUT: -110 }

/** What libuv makes of a program that is not there, or that was ended. */
export function systemError(
  call: string,
  code: keyof typeof errnos,
  file: string,
  args: readonly string[],
): Error {
  const syscall = `${call} ${file}`
  const more = { errno: errnos[code], code, syscall, path: file, spawnargs: args.slice(1) }
  return Object.assign(new Error(`${syscall} ${code}`), more)
}

/** Kills the child and tells it, when the signal says so. */
export function abortBy(
  context: ShimContext,
  subprocess: Loose,
  signal: Loose,
  kill: unknown,
): void {
  const abort = () => {
    if (subprocess.kill(kill)) subprocess.emit('error', createAbortError(signal.reason))
  }
  if (signal.aborted) {
    loopOf(context).nextTick(abort, [])
    return
  }
  signal.addEventListener('abort', abort, { once: true })
  subprocess.once('exit', () => signal.removeEventListener('abort', abort))
}
