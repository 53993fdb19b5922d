/** What of the answers about a random graph has to be equal. */
import type { Answer } from '../oracle/types.ts'

/**
 * States of its own making, in which node 26.10 finds no way back to modules that it has found before, or stumbles over a
 * job that another one has not filled in yet: `reading 'length'` is thrown by its `addJobsToDependencyGraph`, for an
 * `import()` of a graph that `require` has refused as a cycle.
 */
const deadEnds =
  /Cannot read properties of undefined \(reading 'length'\)|ERR_REQUIRE_ESM_RACE_CONDITION|ERR_VM_MODULE_LINK_FAILURE|ERR_INTERNAL_ASSERTION/

/** What keeps a graph of ES modules from being whole: node keeps its parts, lodger looks for them anew (docs/es-modules.md). */
const failures =
  /"(?:SyntaxError|ERR_(?:MODULE_NOT_FOUND|UNSUPPORTED_\w+|IMPORT_ATTRIBUTE\w+|PACKAGE\w+|INVALID_\w+|UNKNOWN\w+|REQUIRE_\w+))"|refused by a hook|URI malformed/

/** Both answers up to the step after which they may differ. */
export function comparable(node: Answer, lodger: Answer): [Answer, Answer] {
  const { results } = (node.result ?? {}) as { results?: unknown[] }
  const place = (pattern: RegExp) =>
    results?.findIndex((step) => pattern.test(JSON.stringify(step))) ?? -1
  const [end, failed] = [place(deadEnds), place(failures)]
  if (end === -1 && failed === -1) return [node, lodger]
  const last = failed === -1 || (end !== -1 && end <= failed) ? end : failed + 1
  const upTo = ({ result }: Answer): Answer => {
    const all = (result as { results?: unknown[] } | undefined)?.results ?? []
    return { result: all.slice(0, last), warnings: [] }
  }
  return [upTo(node), upTo(lodger)]
}
