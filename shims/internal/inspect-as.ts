import type { ShimContext } from '../../src/seams.ts'
import type { Loose } from './loose.ts'

/** As node shows objects whose properties are accessors: for a method under `nodejs.util.inspect.custom`. */
export function inspectAs(
  context: ShimContext,
  object: object,
  shown: object,
  depth: number | null,
  options: Loose,
): unknown {
  if (depth !== null && depth < 0) return object
  const inner = { ...options, depth: options.depth === null ? null : options.depth - 1 }
  return `${object.constructor.name} ${context.require('util').inspect(shown, inner)}`
}
