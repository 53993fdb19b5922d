/** `lodger/hosts/quickjs`: a loader inside QuickJS, an engine of its own in WebAssembly. */
import { createError } from '../../errors.ts'
import { realmHost } from '../../host.ts'
import type { HookOptions } from '../../load/hook-options.ts'
import type { ExplainOptions, ResolveOptions } from '../../load/loader.ts'
import type { LoaderOptions } from '../../load/options.ts'
import type { InvalidateOptions, ModuleGraph } from '../../load/upkeep.ts'
import type { Explanation, Host, Transpile } from '../../seams.ts'
import { createDrain, type DrainOptions } from './drain.ts'
import type { QuickJsContext, QuickJsModule } from './engine.ts'
import { createGuest } from './guest.ts'
import { createTimers } from './timers.ts'

export type { ExplainOptions, ResolveOptions } from '../../load/loader.ts'
export type * from '../../load/upkeep.ts'
export type { Explanation, Host, Transpile } from '../../seams.ts'
export type { DrainOptions, DrainSignal } from './drain.ts'
export type { QuickJsContext, QuickJsModule } from './engine.ts'
export { readScript } from './script.ts'

/** Those of lodger's options that are data; each means what it means elsewhere. */
type DataOptions = Omit<
  LoaderOptions,
  'fs' | 'host' | 'sourceMapLookup' | 'transpile' | 'transpileCache' | keyof HookOptions
>

export interface QuickJsLoaderOptions extends DataOptions {
  /**
   * quickjs-emscripten's module, which gives the loader a runtime and a context of its own, or a context. A context
   * stays its owner's: limits are set there, and `dispose` leaves it.
   */
  readonly engine: QuickJsModule | QuickJsContext
  /** The text of `lodger/lodger.iife.js`; `readScript` reads it on node. */
  readonly script: string
  /** The files, which are copied into the guest's own volume. @default {} */
  readonly fs?: Readonly<Record<string, string | Uint8Array>>
  /**
   * An engine, of `lodger/transpile` or your own, which works out here: only text crosses. Names load nothing.
   * @default nothing that is not JavaScript is run
   */
  readonly transpile?: Transpile | false
  /**
   * Powers in place of what this realm has. `write`, `now`, `uptime` and `fillRandom` serve the guest; `setTimeout`
   * serves `drain`.
   * @default {}
   */
  readonly host?: Partial<Host>
  /**
   * Bytes of stack for a runtime that is made here. More than 128 KiB overflows the stack of a browser's worker by plain
   * recursion. Less costs depth: 128 KiB are some 700 calls, or 50 modules that require one another in a row.
   * @default 131072
   */
  readonly stackSize?: number
}

/** A loader seen through the wall. Whatever a method gives or throws is a copy. */
export interface QuickJsLoader {
  /**
   * As `Loader.main`; gives a copy of `module.exports`, of an ES module nothing: `require` gives a copy of what it exports.
   * Promise jobs have run when it returns, timers have not.
   */
  main(filename: string): unknown
  /** As `Loader.require`. */
  require(specifier: string, from?: string): unknown
  /** As `Loader.resolve`. */
  resolve(specifier: string, from?: string, options?: ResolveOptions): string
  /** As `Loader.explain`. */
  explain(specifier: string, from?: string, options?: ExplainOptions): Explanation
  /** As `Loader.invalidate`; behind `writeFile`, what reloads a file. */
  invalidate(file: string, options?: InvalidateOptions): string[]
  /** As `Loader.graph`. */
  graph(): ModuleGraph
  /** As `Loader.mapStack`. */
  mapStack(text: string): string
  /** Adds or replaces a file of the guest's. */
  writeFile(path: string, contents: string | Uint8Array): void
  /**
   * One turn of the guest's loop: promise jobs, and the timers that are due.
   * @returns milliseconds until the next timer is due; `undefined` when nothing is left that keeps the guest alive
   * @throws an error that no handler of the guest caught
   */
  pump(): number | undefined
  /**
   * Pumps until nothing is left. An interval or a watcher keeps a guest alive for ever: give `timeout` or `signal`. They are
   * looked at between two turns; a turn that never ends only a limit of the runtime interrupts. The guest can go on
   * after it has given up.
   * @throws as `pump`; ERR_LODGER_STILL_HELD when it gives up, with the number of each kind of resource in `holds`;
   * ERR_LODGER_DISPOSED as soon as the loader is disposed of; ERR_LODGER_HOST_LACKS on a host without timers, when one has
   * to be waited for; ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE
   * @example
   * await loader.drain({ timeout: 1000 })
   */
  drain(options?: DrainOptions): Promise<void>
  /**
   * Ends the guest; every later call throws ERR_LODGER_DISPOSED. So they do after the host's own `RangeError`, which a
   * deep enough text or value for QuickJS's parser or `JSON.stringify` causes: that instance of QuickJS is lost.
   */
  dispose(reason?: string): void
}

const safeStackSize = 128 * 1024

/**
 * Makes a loader inside QuickJS. Guest code sees QuickJS's realm and nothing of this one.
 *
 * Into it go the files, the options and the arguments of calls; out come results and errors: all as copies of data,
 * with objects' own enumerable properties, arrays, dates, bytes, errors (name, message, code, stack, requireStack and
 * what else they carry), cycles and shared parts. Functions and symbols do not cross: an export that is one is left
 * out, and an option that is one is refused. No object of either side is ever seen by the other.
 *
 * Nothing in the guest moves by itself: timers and promises wait for `pump` or `drain`. A promise that is rejected
 * without a handler is not noticed, as QuickJS does not tell. CPU time and memory have no limit but those that the
 * owner of a runtime sets.
 * @throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_LODGER_OPTIONS
 * @example
 * const engine = await newQuickJSWASMModuleFromVariant(variant)
 * const script = await readScript()
 * const loader = createLoader({ engine, script, fs: { '/app.js': 'exports.pi = Math.PI' } })
 * loader.main('/app.js') // => { pi: 3.141592653589793 }
 */
export function createLoader(options: QuickJsLoaderOptions): QuickJsLoader {
  const { engine, script, fs = {}, host: given, stackSize, transpile, ...data } = options
  expectData(data)
  const host = { ...realmHost('quickjs', given), name: 'quickjs' }
  const { context, disposeContext } = contextOf(engine, stackSize ?? safeStackSize)
  const timers = createTimers(() => host.uptime())
  const guest = createGuest(context, script, host, timers, transpile)
  for (const [path, contents] of Object.entries(fs)) guest.put(path, contents)
  guest.open({ ...data, ...describeTranspile(transpile) })
  let disposed: string | undefined

  const enter = <Result>(what: string, run: () => Result): Result => {
    if (disposed !== undefined) throw createError('ERR_LODGER_DISPOSED', what, disposed)
    return run()
  }
  /** The promise jobs that a call leaves behind belong to it; its own error goes before theirs. */
  const ask = <Result>(what: string, question: Parameters<typeof guest.ask>[0]): Result =>
    enter(what, () => {
      try {
        const answer = guest.ask(question)
        guest.runJobs()
        return answer as Result
      } finally {
        drain.wake()
      }
    })
  const pump = () =>
    enter('pump', () => {
      guest.runJobs()
      // What goes off may set or clear others: the new ones wait for the next turn.
      for (const timer of timers.due()) {
        if (!timers.take(timer)) continue
        guest.fire(timer)
        guest.runJobs()
      }
      return timers.wait()
    })
  const drain = createDrain(
    host,
    pump,
    () => enter('drain', () => guest.ask(['holds'])) as readonly string[],
  )

  return {
    main: (filename) => ask(`run ${filename}`, ['main', filename]),
    require: (specifier, from) => ask(`require '${specifier}'`, ['require', specifier, from]),
    resolve: (specifier, from, options = {}) =>
      ask(`resolve '${specifier}'`, ['resolve', specifier, from, options]),
    explain: (specifier, from, options = {}) =>
      ask(`explain '${specifier}'`, ['explain', specifier, from, options]),
    invalidate: (file, options) => ask(`invalidate '${file}'`, ['invalidate', file, options]),
    graph: () => ask('list modules', ['graph']),
    mapStack: (text) => ask('map a stack', ['mapStack', text]),
    writeFile: (path, contents) => enter(`write ${path}`, () => guest.put(path, contents)),
    pump,
    drain: (options) => drain.run(options),
    dispose(reason = 'no reason given') {
      if (disposed !== undefined) return
      disposed = reason
      drain.wake()
      timers.clearAll()
      // An instance that has failed would abort on being cleaned up.
      if (!guest.isAlive()) return
      guest.ask(['dispose', reason])
      guest.release()
      disposeContext()
    },
  }
}

/** What the guest's end has to know of an engine that stays here; all else is an option like others. */
function describeTranspile(transpile: QuickJsLoaderOptions['transpile']): object {
  if (transpile === undefined) return {}
  if (typeof transpile !== 'function') return { transpile }
  const { identity, extensions, rules } = transpile
  return { transpile: { identity, extensions, rules } }
}

/** A function would be lost on the way without a word. */
function expectData(options: DataOptions): void {
  const reason = 'must be data, as functions do not cross into QuickJS'
  for (const [name, value] of Object.entries(options)) {
    if (typeof value !== 'function' && name !== 'hooks') continue
    throw createError('ERR_INVALID_ARG_VALUE', `options.${name}`, value, reason)
  }
  for (const name of ['overrides', 'modules', 'globals'] as const) {
    for (const [key, value] of Object.entries(options[name] ?? {})) {
      if (typeof value !== 'function') continue
      throw createError('ERR_INVALID_ARG_VALUE', `options.${name}['${key}']`, value, reason)
    }
  }
}

function contextOf(
  engine: QuickJsModule | QuickJsContext,
  stackSize: number,
): { context: QuickJsContext; disposeContext(): void } {
  if (!('newRuntime' in engine)) return { context: engine, disposeContext() {} }
  const runtime = engine.newRuntime()
  runtime.setMaxStackSize(stackSize)
  const context = runtime.newContext()
  return {
    context,
    disposeContext() {
      context.dispose()
      runtime.dispose()
    },
  }
}
