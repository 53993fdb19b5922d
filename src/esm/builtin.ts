/** Builtins as modules that can be imported. */
import { createError } from '../errors.ts'
import type { Engine } from '../load/engine.ts'
import type { ModuleRecord } from './record.ts'
import { SyntheticModule } from './synthetic.ts'

export interface BuiltinModules {
  /**
   * @param asker who imports it
   * @throws ERR_UNKNOWN_BUILTIN_MODULE, what overrides throw
   */
  moduleOf(url: string, asker: string): ModuleRecord
  /** Sets what they export to what they have now. */
  refresh(): void
}

export function createBuiltinModules(engine: Engine): BuiltinModules {
  const setters: (() => void)[] = []
  return {
    moduleOf(url, asker) {
      const id = engine.builtins.idOf(url)
      if (id === undefined) throw createError('ERR_UNKNOWN_BUILTIN_MODULE', url)
      const exports = engine.builtins.exportsOf(id, asker) as Record<string, unknown>
      const names = [...new Set([...Object.keys(exports), 'default'])]
      const setAll = () => {
        for (const name of names) record.set(name, exports[name])
        record.set('default', exports)
      }
      const record = new SyntheticModule(url, 'builtin', names, setAll)
      setters.push(setAll)
      return record
    },
    refresh() {
      for (const setAll of setters) setAll()
    },
  }
}
