/**
 * A loader behind a wall that only text, bytes and numbers may pass: this end lives with the guest, in its realm. The
 * host's end puts files in, opens the loader, asks, and turns the loop; it never meets an object of the guest.
 */
import { composeLoader } from '../compose.ts'
import { evaluate } from '../evaluate.ts'
import { createVolume } from '../fs/volume.ts'
import type { ExplainOptions, Loader } from '../load/loader.ts'
import type { LoaderOptions } from '../load/options.ts'
import { ownScheme } from '../load/stack.ts'
import type { InvalidateOptions } from '../load/upkeep.ts'
import type { Evaluate, Host } from '../seams.ts'
import { decode, encode } from './copy.ts'
import { installStackTraces } from './stack-traces.ts'
import { transpileBy } from './transpile.ts'

/** What the host's end does for the guest; timers are numbers, for which `GuestEnd.fire` is called. */
export interface Powers {
  /** The host's name, for errors. */
  readonly name: string
  /** Runs a script of the guest's realm under that name and gives its completion value. */
  evaluate(script: string, filename: string): unknown
  write(stream: string, text: string): void
  setTimeout(timer: number, milliseconds: number): void
  clearTimeout(timer: number): void
  setKeepsAlive(timer: number, keepsAlive: boolean): void
  now(): number
  uptime(): number
  /** Both texts are those of `bridge/transpile.ts`. */
  transpile(request: string): string
  /** So many random bytes, or nothing where the host has none. */
  random(length: number): ArrayBuffer | undefined
}

/** What may be asked of a loader, with its arguments. */
export type Question =
  | readonly ['main', filename: string]
  | readonly ['require', specifier: string, from: string | undefined]
  | readonly ['resolve', specifier: string, from: string | undefined, options: object]
  | readonly ['explain', specifier: string, from: string | undefined, options: ExplainOptions]
  | readonly ['invalidate', file: string, options: InvalidateOptions | undefined]
  | readonly ['graph']
  | readonly ['mapStack', text: string]
  | readonly ['holds']
  | readonly ['dispose', reason: string]

/** The answers are encoded `{ value }` or `{ error }`. */
export interface GuestEnd {
  /** Adds a file, before the loader is opened or later. */
  put(path: string, contents: string | ArrayBuffer): void
  /** Makes the loader; takes encoded options. */
  open(options: string): string
  /** Takes an encoded question. */
  ask(question: string): string
  /** Lets a timer go off. */
  fire(timer: number): string
  /** Errors of callbacks that nobody caught, each once; an empty text when there is none. */
  failure(): string
}

export function serve(powers: Powers): GuestEnd {
  installStackTraces()
  const volume = createVolume()
  const timers = new Map<number, () => void>()
  const failures: unknown[] = []
  const fail = (error: unknown) => failures.push(error)
  let timerCount = 0
  let loader: Loader | undefined

  const host: Host = {
    name: powers.name,
    global: globalThis,
    ownsRealm: true,
    write: (stream, text) => powers.write(stream, text),
    setTimeout(callback, milliseconds) {
      timerCount++
      timers.set(timerCount, callback)
      powers.setTimeout(timerCount, milliseconds)
      return timerCount
    },
    clearTimeout(timer) {
      if (timers.delete(timer as number)) powers.clearTimeout(timer as number)
    },
    setKeepsAlive: (timer, keepsAlive) => powers.setKeepsAlive(timer as number, keepsAlive),
    // A job of an interpreter that throws is a rejected promise, and of that nobody would hear.
    queueMicrotask(callback) {
      void Promise.resolve().then(callback).catch(fail)
    },
    now: () => powers.now(),
    uptime: () => powers.uptime(),
    ...(powers.random(0) && {
      fillRandom(bytes: Uint8Array) {
        bytes.set(new Uint8Array(powers.random(bytes.length) as ArrayBuffer))
      },
    }),
  }

  const answer = (run: () => unknown): string => {
    try {
      return encode({ value: run() })
    } catch (error) {
      return encode({ error: trimStack(error) })
    }
  }

  return {
    put(path, contents) {
      volume.put(path, typeof contents === 'string' ? contents : new Uint8Array(contents))
    },
    open: (options) =>
      answer(() => {
        const given = decode(options) as LoaderOptions & { transpile?: unknown }
        const { transpile } = given
        const engine = isOutside(transpile) && { transpile: transpileBy(powers, transpile) }
        loader = composeLoader({ ...given, ...engine, fs: volume }, host, evaluateWith(powers))
      }),
    ask: (question) => answer(() => reply(loader as Loader, decode(question) as Question, fail)),
    fire: (timer) =>
      answer(() => {
        const callback = timers.get(timer)
        timers.delete(timer)
        callback?.()
      }),
    failure: () => (failures.length === 0 ? '' : encode({ error: trimStack(failures.shift()) })),
  }
}

/** Whether an option stands for an engine that cannot cross. */
function isOutside(transpile: unknown): transpile is object {
  return typeof transpile === 'object' && transpile !== null
}

function reply(loader: Loader, question: Question, fail: (error: unknown) => void): unknown {
  switch (question[0]) {
    case 'main': {
      const result = loader.main(question[1])
      if (loader.process.mainModule !== undefined) return result
      // An ES module gives a promise, which cannot cross.
      void (result as Promise<unknown>).catch(fail)
      return undefined
    }
    case 'require':
      return loader.require(question[1], question[2])
    case 'resolve':
      return loader.resolve(question[1], question[2], question[3])
    case 'explain':
      return loader.explain(question[1], question[2], question[3])
    case 'invalidate':
      return loader.invalidate(question[1], question[2])
    case 'graph':
      return loader.graph()
    case 'mapStack':
      return loader.mapStack(question[1])
    case 'holds':
      return loader.process.getActiveResourcesInfo()
    case 'dispose':
      return loader.dispose(question[1])
  }
}

/** Text with a NUL would be cut off on the way; it stays here, at the price of its file's name in stacks. */
function evaluateWith(powers: Powers): Evaluate {
  return (text) => {
    const { prefix, source, suffix, filename } = text
    if (source.includes('\0')) return evaluate(text)
    return powers.evaluate(prefix + source + suffix, filename)
  }
}

/** `at <anonymous> (lodger.iife.js:1:2)`, `at call (native)` */
const frame = /^\s+at (?:.*\()?(.*?)(?::\d+)*\)?$/

const ownFile = frame.exec(
  new Error().stack?.split('\n').find((line) => frame.test(line)) ?? '',
)?.[1]

/**
 * Takes this side's own frames off the end, which the guest would have nowhere else, and those of `call`, which V8 does
 * not show; leaves as many as V8 would: an endless recursion has a thousand.
 */
function trimStack(error: unknown): unknown {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return error
  const lines = error.stack
    .split('\n')
    .filter((line) => !/^\s+at (call|apply) \(native\)$/.test(line))
  const isOwn = (line: string) => {
    const file = frame.exec(line)?.[1]
    if (line === '' || file === 'native') return true
    return file !== undefined && (file === ownFile || file.startsWith(ownScheme))
  }
  const end = lines.findLastIndex((line) => !isOwn(line)) + 1
  const first = Math.max(
    0,
    lines.findIndex((line) => frame.test(line)),
  )
  const { stackTraceLimit: limit } = Error as { stackTraceLimit?: unknown }
  error.stack = lines
    .slice(0, Math.min(end, first + (typeof limit === 'number' ? limit : 10)))
    .join('\n')
  return error
}
