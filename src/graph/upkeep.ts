/** What a host can see and do of modules that are loaded. */
import type { Engine } from '../load/engine.ts'
import type { Upkeep } from '../load/upkeep.ts'
import { graphOf } from './graph.ts'
import { invalidate } from './invalidate.ts'
import { createTrace } from './trace.ts'

/** The option that is read for it. */
export const upkeepOptions = ' trace'

/** @param isTraced whether specifiers and times are kept */
export function createUpkeep(engine: Engine, isTraced: boolean): Upkeep {
  const trace = isTraced ? createTrace(engine) : undefined
  return {
    invalidate(file, options) {
      const dropped = invalidate(engine, file, options)
      trace?.forget(dropped)
      return dropped
    },
    graph: () => graphOf(engine, trace),
  }
}
