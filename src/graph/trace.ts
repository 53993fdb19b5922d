/** What `trace: true` keeps: as which requests modules were asked for, and how long each took. */
import type { Engine, Trace } from '../load/engine.ts'
import type { Module } from '../load/module.ts'
import type { GraphModule } from '../load/upkeep.ts'

type Times = Required<Pick<GraphModule, 'loadedAt' | 'milliseconds'>>

export interface KeptTrace {
  /** By the file that asked: request to filename, or to the id of a builtin. */
  readonly requests: ReadonlyMap<string, ReadonlyMap<string, string>>
  timesOf(subject: object): Times | undefined
  forget(filenames: readonly string[]): void
}

/** Begins to keep it. */
export function createTrace(engine: Engine): KeptTrace {
  const { host } = engine
  const requests = new Map<string, Map<string, string>>()
  const times = new WeakMap<object, Times>()
  /** What runs now, and how much of that were others that ran meanwhile. */
  const running: { others: number }[] = []

  /** A module's function is made before it runs, and what awaits something goes on later. */
  function add(subject: object, took: number, others: number): void {
    const { self = 0, total = 0 } = times.get(subject)?.milliseconds ?? {}
    const milliseconds = { self: self + took - others, total: total + took }
    times.set(subject, { loadedAt: host.now(), milliseconds })
  }

  function addWaiting(subject: object, result: unknown): void {
    if (typeof (result as { then?: unknown } | undefined)?.then !== 'function') return
    const began = host.uptime()
    const settled = () => {
      const took = host.uptime() - began
      add(subject, took, took)
    }
    ;(result as Promise<unknown>).then(settled, settled)
  }

  const trace: Trace = {
    requested(parent, request, target) {
      const from = parent?.filename
      if (!from) return
      const known = requests.get(from)
      if (known === undefined) requests.set(from, new Map([[request, target]]))
      else known.set(request, target)
    },
    run(subject, run) {
      const own = { others: 0 }
      const began = host.uptime()
      running.push(own)
      try {
        const result = run()
        addWaiting(subject, result)
        return result
      } finally {
        const took = host.uptime() - began
        running.pop()
        const outer = running.at(-1)
        if (outer !== undefined) outer.others += took
        add(subject, took, own.others)
      }
    },
  }
  engine.trace = trace
  const { aroundEvaluation } = engine
  engine.aroundEvaluation = (module: Module, evaluate) =>
    trace.run(module, () => (aroundEvaluation ? aroundEvaluation(module, evaluate) : evaluate()))

  return {
    requests,
    timesOf: (subject) => times.get(subject),
    forget(filenames) {
      for (const filename of filenames) requests.delete(filename)
    },
  }
}
