/** ES modules that came by `require` first. */
import { evaluate } from './evaluate.ts'
import { type ModuleRecord, SourceTextModule } from './record.ts'

export interface RequiredModules {
  add(record: ModuleRecord): void
  has(record: ModuleRecord): boolean
  /** What an `import()` of any module waits for. @throws what a module of the graph has thrown, now or before */
  evaluate(record: ModuleRecord): Promise<undefined> | undefined
}

export function createRequiredModules(): RequiredModules {
  const required = new WeakSet<ModuleRecord>()
  const begun = new WeakMap<ModuleRecord, Promise<undefined> | undefined>()
  return {
    add: (record) => void required.add(record),
    has: (record) => required.has(record),
    evaluate(record) {
      if (!(record instanceof SourceTextModule) || !required.has(record)) return evaluate(record)
      // As in node only those wait who ask for the module by which it has begun.
      if (record.status !== 'evaluating-async') begun.set(record, evaluate(record))
      return begun.get(record)
    },
  }
}
