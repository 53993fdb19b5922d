/** The guest's end of the bridge, reached through QuickJS's handles. */
import { decode, encode } from '../../bridge/copy.ts'
import type { GuestEnd, Question } from '../../bridge/serve.ts'
import { answerTranspile } from '../../bridge/transpile.ts'
import { createError } from '../../errors.ts'
import type { Host, Transpile } from '../../seams.ts'
import { encodeUtf8 } from '../../utf8.ts'
import type { Handle, QuickJsContext, Result, Success } from './engine.ts'
import type { Timers } from './timers.ts'

/** The guest's end with values in place of text; what the guest throws is thrown here, as a copy. */
export interface Guest {
  put(path: string, contents: string | Uint8Array): void
  open(options: object): void
  ask(question: Question): unknown
  fire(timer: number): void
  /** Runs promise jobs until none is left, and throws the first error that nobody caught. */
  runJobs(): void
  /** Whether QuickJS can still be entered. */
  isAlive(): boolean
  /** Lets go of every handle. */
  release(): void
}

/** @throws what lodger's script throws, when it is not lodger's script */
export function createGuest<Value extends Handle>(
  context: QuickJsContext<Value>,
  script: string,
  host: Host,
  timers: Timers,
  transpile?: Transpile | false,
): Guest {
  const kept: Handle[] = []
  let broken: unknown

  const keep = (handle: Value): Value => {
    kept.push(handle)
    return handle
  }

  /** An exception of the host's own comes from a wasm instance that is beyond repair: it is not entered again. */
  const enter = <Outcome>(run: () => Outcome): Outcome => {
    if (broken !== undefined) {
      throw createError('ERR_LODGER_DISPOSED', 'enter QuickJS', `QuickJS itself failed: ${broken}`)
    }
    try {
      return run()
    } catch (error) {
      broken = error
      throw error
    }
  }

  const unwrap = (result: Result<Value>): Value => {
    if (!result.error) return (result as Success<Value>).value
    const thrown: unknown = context.dump(result.error)
    result.error.dispose()
    throw asError(thrown)
  }

  const call = (name: keyof GuestEnd, ...args: Value[]): string => {
    const result = enter(() => context.callFunction(ends[name], context.undefined, ...args))
    for (const handle of args) handle.dispose()
    const value = unwrap(result)
    const text = name === 'put' ? '' : context.getString(value)
    value.dispose()
    return text
  }

  const power = (name: string, run: (...args: Value[]) => Value | Result<Value> | undefined) => {
    const handle = context.newFunction(name, run)
    context.setProp(powers, name, handle)
    handle.dispose()
  }

  const powers = context.newObject()
  const name = context.newString(host.name)
  context.setProp(powers, 'name', name)
  name.dispose()
  power('evaluate', (text, filename) =>
    context.evalCode(context.getString(text), context.getString(filename), { type: 'global' }),
  )
  power('write', (stream, text) => {
    host.write(context.getString(stream) as 'stdout' | 'stderr', context.getString(text))
    return undefined
  })
  power('setTimeout', (timer, milliseconds) => {
    timers.set(context.getNumber(timer), context.getNumber(milliseconds))
    return undefined
  })
  power('clearTimeout', (timer) => {
    timers.clear(context.getNumber(timer))
    return undefined
  })
  power('setKeepsAlive', (timer, keepsAlive) => {
    timers.setKeepsAlive(context.getNumber(timer), context.dump(keepsAlive))
    return undefined
  })
  power('transpile', (request) =>
    context.newString(answerTranspile(transpile as Transpile, context.getString(request))),
  )
  power('now', () => context.newNumber(host.now()))
  power('uptime', () => context.newNumber(host.uptime()))
  power('random', (length) => {
    if (host.fillRandom === undefined) return undefined
    const bytes = new Uint8Array(context.getNumber(length))
    host.fillRandom(bytes)
    return context.newArrayBuffer(bytes.buffer)
  })

  // In a function, so that the guest's realm gets no global `lodger`.
  const serve = enter(() =>
    context.evalCode(`(() => {${script}\nreturn lodger.serve })()`, 'lodger.iife.js', {
      type: 'global',
    }),
  )
  const serveHandle = keep(unwrap(serve))
  const end = keep(
    unwrap(enter(() => context.callFunction(serveHandle, context.undefined, powers))),
  )
  powers.dispose()
  const ends = {
    put: keep(context.getProp(end, 'put')),
    open: keep(context.getProp(end, 'open')),
    ask: keep(context.getProp(end, 'ask')),
    fire: keep(context.getProp(end, 'fire')),
    failure: keep(context.getProp(end, 'failure')),
  }

  return {
    put(path, contents) {
      call('put', context.newString(path), contentsIn(context, contents))
    },
    open: (options) => void open(call('open', context.newString(encode(options)))),
    ask: (question) => open(call('ask', context.newString(encode(question)))),
    fire: (timer) => void open(call('fire', context.newNumber(timer))),
    runJobs() {
      const result = enter(() => executePendingJobs(context))
      if (result.error) unwrap({ error: result.error })
      const failure = call('failure')
      if (failure !== '') open(failure)
    },
    isAlive: () => broken === undefined,
    release() {
      for (const handle of kept) handle.dispose()
    },
  }
}

/**
 * Of a job that has made wasm's memory grow, quickjs-emscripten no longer finds out the context, and makes one that nobody
 * frees, so that the runtime's end is an abort: it is given ours instead.
 * https://github.com/justjake/quickjs-emscripten/issues/240
 */
function executePendingJobs<Value extends Handle>(context: QuickJsContext<Value>) {
  const { runtime } = context
  const { newContext } = runtime
  runtime.newContext = (options: { contextPointer?: unknown } = {}) =>
    'contextPointer' in options && options.contextPointer === undefined
      ? context
      : newContext.call(runtime, options)
  try {
    return runtime.executePendingJobs()
  } finally {
    Reflect.deleteProperty(runtime, 'newContext')
  }
}

/** QuickJS takes text up to the first NUL: a file with one goes over as bytes. */
function contentsIn<Value extends Handle>(
  context: QuickJsContext<Value>,
  contents: string | Uint8Array,
): Value {
  if (typeof contents === 'string' && !contents.includes('\0')) return context.newString(contents)
  const bytes = typeof contents === 'string' ? encodeUtf8(contents) : contents
  return context.newArrayBuffer(Uint8Array.from(bytes).buffer)
}

/** An answer of the guest: its value, or its error thrown. */
function open(text: string): unknown {
  const answer = decode(text) as { value: unknown } | { error: unknown }
  if ('error' in answer) throw answer.error
  return answer.value
}

/** What QuickJS threw outside of an answer, such as `interrupted` and `out of memory`. */
function asError(thrown: unknown): Error {
  const { name, message, stack } = Object(thrown) as Partial<Error>
  if (message === undefined) return new Error(String(thrown))
  const error = new Error(message)
  if (name !== undefined) error.name = name
  error.stack = `${error.name}: ${message}\n${stack ?? ''}`.trimEnd()
  return error
}
