/** What `trace` keeps: who asked for what, as which requests, and how long each module took. */
import type { Engine, Trace } from '../load/engine.ts'
import type { Module } from '../load/module.ts'
import type { GraphModule } from '../load/upkeep.ts'
import { targetUrl, urlOf } from './nodes.ts'

type Times = Pick<GraphModule, 'loadedAt' | 'milliseconds'>

/** Of builtins there is only an id. */
type Subject = object | string

export interface KeptTrace {
  /** By the file that asked: request to filename, or to the id of a builtin. */
  readonly requests: ReadonlyMap<string, ReadonlyMap<string, string>>
  timesOf(subject: Subject): Times | undefined
  /** The URL of the first that asked for a URL. */
  firstAskerOf(url: string): string | undefined
  forget(filenames: readonly string[]): void
}

interface Kept {
  start: number
  self: number
  total: number
  loadedAt?: number | undefined
  /** While it runs. */
  running?: Running | undefined
}

interface Running {
  readonly began: number
  /** How much of what it has taken were others that ran meanwhile. */
  others: number
}

/**
 * Begins to keep it.
 * @param tell called when a module begins to run, and when it has run
 */
export function createTrace(engine: Engine, tell: () => void): KeptTrace {
  const { host, builtins } = engine
  const requests = new Map<string, Map<string, string>>()
  const askers = new Map<string, string>()
  const modules = new WeakMap<object, Kept>()
  const ofBuiltins = new Map<string, Kept>()
  const running: Running[] = []

  const keptOf = (subject: Subject) =>
    typeof subject === 'string' ? ofBuiltins.get(subject) : modules.get(subject)

  function keep(subject: Subject, kept: Kept): void {
    if (typeof subject === 'string') ofBuiltins.set(subject, kept)
    else modules.set(subject, kept)
  }

  function hasRun(kept: Kept): void {
    kept.loadedAt = host.now()
  }

  /** What awaits something goes on later, and nobody knows what else runs meanwhile. */
  function addWaiting(kept: Kept, waiting: Promise<unknown>): void {
    const began = host.uptime()
    const settled = () => {
      kept.total += host.uptime() - began
      tell()
    }
    waiting.then(() => hasRun(kept)).then(settled, settled)
  }

  const trace: Trace = {
    requested(parent, request, target) {
      const from = parent?.filename
      if (!from) return
      const known = requests.get(from)
      if (known === undefined) requests.set(from, new Map([[request, target]]))
      else known.set(request, target)
      trace.asked(urlOf(from), targetUrl(engine, target))
    },
    asked(from, url) {
      if (!askers.has(url)) askers.set(url, from)
    },
    run(subject, run) {
      const now = { began: host.uptime(), others: 0 }
      // A module's function is made before it runs.
      const { self = 0, total = 0 } = keptOf(subject) ?? {}
      const kept: Kept = { start: now.began, self, total, running: now }
      keep(subject, kept)
      running.push(now)
      tell()
      try {
        const result = run()
        if (isPromise(result)) addWaiting(kept, result)
        else hasRun(kept)
        return result
      } finally {
        const took = host.uptime() - now.began
        running.pop()
        const outer = running.at(-1)
        if (outer !== undefined) outer.others += took
        kept.self += took - now.others
        kept.total += took
        kept.running = undefined
        tell()
      }
    },
  }
  engine.trace = trace
  const { aroundEvaluation } = engine
  engine.aroundEvaluation = (module: Module, evaluate) =>
    trace.run(module, () => (aroundEvaluation ? aroundEvaluation(module, evaluate) : evaluate()))
  const { exportsOf } = builtins
  builtins.exportsOf = (id, requester) => {
    const get = () => exportsOf(id, requester)
    return ofBuiltins.has(id) ? get() : trace.run(id, get)
  }

  return {
    requests,
    timesOf(subject) {
      const kept = keptOf(subject)
      if (kept === undefined) return undefined
      const { start, self, total, loadedAt, running: now } = kept
      if (now === undefined) return { loadedAt, milliseconds: { start, self, total } }
      const time = host.uptime()
      const inner = running[running.indexOf(now) + 1]
      const own = (inner?.began ?? time) - now.began - now.others
      return { milliseconds: { start, self: self + own, total: total + time - now.began } }
    },
    firstAskerOf: (url) => askers.get(url),
    forget(filenames) {
      for (const filename of filenames) requests.delete(filename)
    },
  }
}

function isPromise(result: unknown): result is Promise<unknown> {
  return typeof (result as { then?: unknown } | undefined)?.then === 'function'
}
