/** How many jobs of promises an `import()` takes: as many as in node 26.10, for the order of several that wait at once. */
import { type ModuleRecord, SourceTextModule } from './record.ts'
import { SyntheticModule } from './synthetic.ts'

/** Settles after so many jobs. */
export async function jobs(count: number): Promise<void> {
  for (let left = count; left > 0; left--) await undefined
}

/** @returns settles when node would link a graph and run it, level after level where it is new */
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
  return record instanceof SyntheticModule && !record.hasBegun
}

/** How many steps the module that is farthest from it is away. */
function depthOf(root: ModuleRecord): number {
  const seen = new Set([root])
  let depth = -1
  for (let level = [root]; level.length > 0; depth++) {
    const next = new Set<ModuleRecord>()
    for (const record of level) {
      if (!(record instanceof SourceTextModule)) continue
      for (const required of record.requested) if (!seen.has(required)) next.add(required)
    }
    for (const record of next) seen.add(record)
    level = [...next]
  }
  return depth
}
