/**
 * `import source` and `import.source()`: a module as it was compiled, before it is linked and apart from what it asks for.
 * https://tc39.es/proposal-source-phase-imports/
 */
import { isUnlinked, type ModuleRecord, SourceTextModule } from './record.ts'
import { SyntheticModule } from './synthetic.ts'

/** Has a module's source for its default export, where it has one; it need not run. */
class SourceModule extends SyntheticModule {
  readonly #origin: ModuleRecord
  /** Only WebAssembly has one. */
  readonly isDefined: boolean

  constructor(origin: ModuleRecord, source: object | undefined) {
    super(origin.url, origin.format, ['default'], (set) => set('default', source))
    this.#origin = origin
    this.isDefined = source !== undefined
    this.evaluate()
  }

  override get origin(): ModuleRecord {
    return this.#origin
  }
}

export interface Sources {
  /** A module has been compiled. */
  set(record: ModuleRecord, source: object): void
  /** Whether somebody has its source, or may have it. */
  isGiven(record: ModuleRecord): boolean
  /** What stands for that module where its source is asked for. */
  moduleOf(record: ModuleRecord): ModuleRecord
  /** @throws ERR_SOURCE_PHASE_NOT_DEFINED, and before that SyntaxError where its text is no module */
  sourceOf(record: ModuleRecord): object
  /** @throws ERR_SOURCE_PHASE_NOT_DEFINED where a module of a graph that is to be linked asks for a source that is none */
  check(root: ModuleRecord): void
}

export function createSources(): Sources {
  const sources = new WeakMap<ModuleRecord, object>()
  const modules = new WeakMap<ModuleRecord, SourceModule>()
  const given = new WeakSet<ModuleRecord>()
  /** Most programs need not be looked through. */
  let mayRefuse = false

  function sourceOf(record: ModuleRecord): object {
    const source = sources.get(record)
    if (source !== undefined) {
      given.add(record)
      return source
    }
    if (record instanceof SourceTextModule) record.complete()
    throw notDefined(record)
  }

  /** As V8: a module's own requests come before those of others that it leads to. */
  function checkFrom(record: ModuleRecord, seen: Set<ModuleRecord>): void {
    if (!isUnlinked(record) || seen.has(record)) return
    seen.add(record)
    for (const requested of record.requested) {
      if (requested instanceof SourceModule && !requested.isDefined) throw notDefined(requested)
    }
    for (const requested of record.requested) checkFrom(requested, seen)
  }

  return {
    set: (record, source) => sources.set(record, source),
    isGiven: (record) => given.has(record),
    moduleOf(record) {
      const known = modules.get(record)
      if (known !== undefined) return known
      const module = new SourceModule(record, sources.get(record))
      modules.set(record, module)
      if (module.isDefined) given.add(record)
      else mayRefuse = true
      return module
    },
    sourceOf,
    check(root) {
      if (mayRefuse) checkFrom(root, new Set())
    },
  }
}

function notDefined({ url }: ModuleRecord): Error {
  const error = new SyntaxError(`Source phase import object is not defined for module '${url}'`)
  return Object.assign(error, { code: 'ERR_SOURCE_PHASE_NOT_DEFINED' })
}
