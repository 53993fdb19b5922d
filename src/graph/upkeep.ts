/** What a host can see and do of modules that are loaded. */
import type { Engine } from '../load/engine.ts'
import { type LoaderOptions, switched } from '../load/options.ts'
import type { Upkeep } from '../load/upkeep.ts'
import { graphOf } from './graph.ts'
import { invalidate } from './invalidate.ts'
import { createTrace } from './trace.ts'

/** The option that is read for it. */
export const upkeepOptions = ' trace'

/** @param option whether specifiers and times are kept, and who is told of them */
export function createUpkeep(engine: Engine, option: LoaderOptions['trace']): Upkeep {
  const tell = typeof option === 'function' ? option : () => {}
  const isTraced = option === tell || switched('trace', option as boolean | undefined)
  const trace = isTraced ? createTrace(engine, tell) : undefined
  return {
    invalidate(file, options) {
      const dropped = invalidate(engine, file, options)
      trace?.forget(dropped)
      return dropped
    },
    graph: () => graphOf(engine, trace),
  }
}
