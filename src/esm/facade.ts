/** What `require` gives for a module with a default export: its exports, and `__esModule` beside them. */
import type { ModuleAnalysis } from './analyze.ts'
import { type ModuleRecord, SourceTextModule } from './record.ts'

export function createFacade(record: ModuleRecord): ModuleRecord {
  const names = record.getExportedNames()
  const analysis: ModuleAnalysis = {
    requests: [{ specifier: 'original', attributes: [], isSource: false }],
    imports: [],
    exports: [{ name: '__esModule', local: '__esModule', isMutable: false }],
    indirectExports: names.map((name) => ({ name, request: 0, imported: name, start: 0 })),
    starExports: [],
    edits: [],
    hasTopLevelAwait: false,
    topLevelAwaits: [],
    importer: undefined,
    meta: undefined,
    isDefaultHoisted: false,
    lateGlobals: [],
  }
  const facade = new SourceTextModule(record.url, 'module', '', {
    outline: () => analysis,
    analyze: () => analysis,
    compile: (module) => () => {
      module.declare({ __esModule: () => true })
      return { run: () => undefined }
    },
  })
  facade.requested = [record]
  facade.instantiate()
  return facade
}
