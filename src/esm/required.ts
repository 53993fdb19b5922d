/** ES modules that came by `require` first. */
import { evaluate, hasBegun } from './evaluate.ts'
import type { ModuleRecord } from './record.ts'

export interface RequiredModules {
  add(record: ModuleRecord): void
  has(record: ModuleRecord): boolean
  /**
   * What an `import()` of any module waits for, even if only for a job; `undefined` where it need not.
   * @throws what a module that was required has thrown before
   */
  evaluate(record: ModuleRecord): Promise<undefined> | undefined
}

export function createRequiredModules(): RequiredModules {
  const required = new WeakSet<ModuleRecord>()
  const begun = new WeakMap<ModuleRecord, Promise<undefined>>()
  return {
    add: (record) => void required.add(record),
    has: (record) => required.has(record),
    evaluate(record) {
      if (!required.has(record)) return evaluateLater(record)
      if (record.error !== undefined) throw record.error.reason
      if (record.hasRun) return undefined
      // As in node only those wait who ask for the module by which it has begun.
      if (!hasBegun(record)) begun.set(record, evaluateLater(record))
      return begun.get(record)
    },
  }
}

/** It is evaluated at once; what it throws is told later. */
function evaluateLater(record: ModuleRecord): Promise<undefined> {
  try {
    return evaluate(record) ?? Promise.resolve(undefined)
  } catch (reason) {
    return Promise.reject(reason)
  }
}
