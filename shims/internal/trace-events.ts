/** What trace events a program has asked for, and the file that they come into when its loader is disposed of. */

import type { Shim, ShimContext } from '../../src/seams.ts'
import { readOptions } from './process/options.ts'

/** Whatever names categories, joined by commas. */
export interface Tracing {
  readonly categories: string
}

/** Begin and end of what may overlap. */
type Phase = 'b' | 'e'

export interface TraceEvents {
  enable(tracing: Tracing): void
  disable(tracing: Tracing): void
  isEnabled(tracing: Tracing): boolean
  /** In alphabetical order. */
  categories(): string[]
  /** Writes an event down, if its category, or the one above it, is enabled: `node` has `node.module_timer` in it. */
  add(phase: Phase, category: string, name: string): void
  /** Whether `add` would. */
  records(category: string): boolean
}

const shim: Shim = (context): TraceEvents => {
  const options = readOptions(context.settings)
  const enabled = new Set<Tracing>()
  const events: object[] = []
  let willWrite = false

  const categories = () =>
    [...new Set([...enabled].flatMap(({ categories }) => categories.split(',')))].sort()

  function records(category: string): boolean {
    return enabled.size > 0 && categories().some((name) => name === category || name === 'node')
  }

  function enable(tracing: Tracing): void {
    enabled.add(tracing)
    if (willWrite) return
    willWrite = true
    context.onDispose(() => write(context, events, options.last('--trace-event-file-pattern')))
  }

  const usual = options.has('--trace-events-enabled') ? 'v8,node,node.async_hooks' : undefined
  const given = options.last('--trace-event-categories') ?? usual
  if (given) enable({ categories: given })

  return {
    enable,
    disable: (tracing) => enabled.delete(tracing),
    isEnabled: (tracing) => enabled.has(tracing),
    categories,
    records,
    add(phase, category, name) {
      if (!records(category)) return
      const cat = `node,${category}`
      events.push({ ...stamp(context), ph: phase, cat, name, id: '0x0', args: {} })
    },
  }
}

/** Whose event it is, and when: microseconds on the clock of `process.hrtime`. */
function stamp({ host, settings: { pid } }: ShimContext): object {
  return { pid, tid: pid, ts: Math.round(host.uptime() * 1000) }
}

function write(
  context: ShimContext,
  events: readonly object[],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: node's own placeholders
  pattern = 'node_trace.${rotation}.log',
): void {
  const { pid, title, versions } = context.require('process')
  const file = pattern.replaceAll(/\$\{(pid|rotation)\}/g, (_, name) =>
    name === 'pid' ? pid : '1',
  )
  const facts = {
    process_name: { name: title },
    version: { node: versions.node },
    thread_name: { name: 'JavaScriptMainThread' },
  }
  const metadata = Object.entries(facts).map(([name, args]) => ({
    ...stamp(context),
    ph: 'M',
    cat: '__metadata',
    name,
    args,
  }))
  try {
    const traceEvents = [...events, ...metadata]
    context.require('fs').writeFileSync(file, JSON.stringify({ traceEvents }))
  } catch (error) {
    context.host.write('stderr', `Could not open trace file ${file}: ${(error as Error).message}\n`)
  }
}

export default shim
