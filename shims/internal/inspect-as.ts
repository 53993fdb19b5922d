import type { ShimContext } from '../../src/seams.ts'
import type { Loose } from './loose.ts'

/**
 * As node shows objects whose properties are accessors: for a method under `nodejs.util.inspect.custom`.
 * @param name stands before what is shown
 */
export function inspectAs(
  context: ShimContext,
  object: object,
  shown: object,
  depth: number | null,
  options: Loose,
  name: string = object.constructor.name,
): string {
  if (depth !== null && depth < 0) return `[${object.constructor.name}]`
  const inner = { ...options, depth: options.depth === null ? null : options.depth - 1 }
  return `${name} ${context.require('util').inspect(shown, inner)}`
}
