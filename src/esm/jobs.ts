/** How many jobs of promises an `import()` takes: as many as in node 26.10, for the order of several that wait at once. */
import { type ModuleRecord, SourceTextModule } from './record.ts'
import { SyntheticModule } from './synthetic.ts'

/** Settles after so many jobs. */
export async function jobs(count: number): Promise<void> {
  for (let left = count; left > 0; left--) await undefined
}

/** @returns settles when node would link a graph and run it, one module after the other where it is new */
export function createLinkingJobs(): (root: ModuleRecord) => Promise<void> | undefined {
  const known = new WeakMap<ModuleRecord, Promise<void>>()
  return (root) => {
    const begun = known.get(root)
    if (begun !== undefined || !isNew(root)) return begun
    const linking = jobs(4 + 2 * depthOf(root))
    known.set(root, linking)
    return linking
  }
}

function isNew(record: ModuleRecord): boolean {
  if (record instanceof SourceTextModule) return record.status === 'unlinked'
  return record instanceof SyntheticModule && !record.isLinked
}

/** How many steps it goes down, where each module is gone into when it is met first. */
function depthOf(record: ModuleRecord, seen = new Set<ModuleRecord>()): number {
  seen.add(record)
  let depth = 0
  if (!(record instanceof SourceTextModule)) return depth
  for (const required of record.requested) {
    if (!seen.has(required)) depth = Math.max(depth, 1 + depthOf(required, seen))
  }
  return depth
}
