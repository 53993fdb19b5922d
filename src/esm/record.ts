/**
 * Module records: what linking knows of a module, whatever it was made of.
 * https://tc39.es/ecma262/#sec-abstract-module-records, in that text's names.
 */

import type { EsRecord } from '../load/engine.ts'
import type { ImportedName, IndirectExport, LocalExport, ModuleAnalysis } from './analyze.ts'
import type { Completion } from './completion.ts'
import { createNamespace, type Getter } from './namespace.ts'

/** Where an export's value is found: in a module's own scope, or a whole namespace. */
export interface ResolvedBinding {
  readonly module: ModuleRecord
  /** `undefined` for the namespace. */
  readonly name: string | undefined
}

export type Resolution = ResolvedBinding | 'ambiguous' | undefined

export abstract class ModuleRecord implements EsRecord {
  readonly url: string
  readonly format: string
  turn: number | undefined
  /** What running it has thrown. */
  error: { readonly reason: unknown } | undefined
  #namespace: object | undefined

  constructor(url: string, format: string) {
    this.url = url
    this.format = format
  }

  get isRunning(): boolean {
    return false
  }

  get requests(): EsRecord['requests'] {
    return []
  }

  /** The module that it stands for among those that another asks for. */
  get origin(): ModuleRecord {
    return this
  }

  abstract getExportedNames(visited?: Set<ModuleRecord>): string[]
  abstract resolveExport(
    name: string,
    visited?: { module: ModuleRecord; name: string }[],
  ): Resolution
  /** Whether it is running. */
  abstract readonly isEvaluating: boolean
  /** Of a name of the module's own. */
  abstract getterOf(name: string): Getter
  /** Whether that binding keeps the value that it has when the module has run. */
  abstract isFinal(name: string): boolean
  /** Whether the module has run, without an error. */
  abstract readonly hasRun: boolean

  /** `GetModuleNamespace` */
  get namespace(): object {
    this.#namespace ??= createNamespace(
      this.getExportedNames().flatMap((name) => {
        const binding = this.resolveExport(name)
        return typeof binding === 'object' ? [[name, getterOf(binding)] as const] : []
      }),
    )
    return this.#namespace
  }
}

/** What a binding reads. */
export function getterOf({ module, name }: ResolvedBinding): Getter {
  return name === undefined ? () => module.namespace : module.getterOf(name)
}

/** How far a module with a text of its own has come. */
export type Status =
  | 'unlinked'
  | 'linking'
  | 'linked'
  | 'evaluating'
  | 'evaluating-async'
  | 'evaluated'

/** The exports of a text by their names. */
interface ExportIndex {
  readonly own: ReadonlyMap<string, LocalExport>
  readonly indirect: ReadonlyMap<string, IndirectExport>
  /** The requests of `export *` that have a name; they are gone through once, and not for each name. */
  stars?: ReadonlyMap<string, readonly number[]>
}

/** Runs a module's text; what it declares is known as soon as it begins. */
export interface Body {
  /** @returns a promise where the module awaits something */
  run(): undefined | Promise<undefined>
}

/** How a module's text is read, and how it becomes a function. */
export interface TextReader {
  /** What is known of the text at once. @throws SyntaxError */
  outline(): ModuleAnalysis
  /** All that is to be known. @throws SyntaxError */
  analyze(): ModuleAnalysis
  /** @returns makes what the module declares exist. @throws SyntaxError */
  compile(module: SourceTextModule): () => Body
}

export class SourceTextModule extends ModuleRecord {
  readonly source: string
  analysis: ModuleAnalysis
  /** In the order of the requests; filled by whoever loads. */
  requested: readonly ModuleRecord[] = []
  status: Status = 'unlinked'
  dfsIndex = 0
  dfsAncestorIndex = 0
  cycleRoot: SourceTextModule | undefined
  /** The modules that lead to it and to which it leads, itself among them, once it is linked. */
  cycle: readonly SourceTextModule[] = []
  /** When it began to wait, among all that do. */
  asyncOrder: number | undefined
  pendingAsyncDependencies = 0
  readonly asyncParents: SourceTextModule[] = []
  /** Settles what `import()` of this module waits for; of the root of a cycle only. */
  completion: Completion | undefined
  readonly #reader: TextReader
  #index: ExportIndex | undefined
  #getters: Readonly<Record<string, Getter>> | undefined
  /** Gives the module's imports of builtins their values of now. */
  update: (() => void) | undefined
  #start: (() => Body) | undefined
  #body: Body | undefined
  #hasAppeared = false

  /** @throws SyntaxError */
  constructor(url: string, format: string, source: string, reader: TextReader) {
    super(url, format)
    this.source = source
    this.analysis = reader.outline()
    this.#reader = reader
  }

  override get isRunning(): boolean {
    return /^(?:linking|evaluating)/.test(this.status)
  }

  override get requests(): EsRecord['requests'] {
    return this.requested.map((to, place) => ({
      specifier: this.analysis.requests[place]?.specifier ?? '',
      to: to.origin,
    }))
  }

  override get isEvaluating(): boolean {
    return this.status === 'evaluating'
  }

  override getExportedNames(visited: Set<ModuleRecord> = new Set()): string[] {
    if (visited.has(this)) return []
    visited.add(this)
    const { exports, indirectExports, starExports } = this.analysis
    const names = new Set([...exports, ...indirectExports].map(({ name }) => name))
    for (const request of starExports) {
      for (const name of this.#request(request).getExportedNames(visited)) {
        if (name !== 'default') names.add(name)
      }
    }
    return [...names]
  }

  get #exports(): ExportIndex {
    this.#index ??= {
      own: new Map(this.analysis.exports.map((row) => [row.name, row])),
      indirect: new Map(this.analysis.indirectExports.map((row) => [row.name, row])),
    }
    return this.#index
  }

  override resolveExport(
    name: string,
    visited: { module: ModuleRecord; name: string }[] = [],
  ): Resolution {
    if (visited.some((seen) => seen.module === this && seen.name === name)) return undefined
    visited.push({ module: this, name })
    if (this.#exports.own.has(name)) return { module: this, name }
    const indirect = this.#exports.indirect.get(name)
    if (indirect !== undefined) {
      const module = this.#request(indirect.request)
      if (indirect.imported === undefined) return { module, name: undefined }
      return module.resolveExport(indirect.imported, visited)
    }
    if (name === 'default') return undefined
    let found: ResolvedBinding | undefined
    for (const request of this.#starsOf(name)) {
      const other = this.#request(request).resolveExport(name, visited)
      if (other === 'ambiguous') return other
      if (other === undefined) continue
      if (found && (found.module !== other.module || found.name !== other.name)) return 'ambiguous'
      found = other
    }
    return found
  }

  #starsOf(name: string): readonly number[] {
    const index = this.#exports
    if (index.stars === undefined) {
      const stars = new Map<string, number[]>()
      for (const request of this.analysis.starExports) {
        for (const each of this.#request(request).getExportedNames()) {
          const known = stars.get(each)
          if (known === undefined) stars.set(each, [request])
          else known.push(request)
        }
      }
      index.stars = stars
    }
    return index.stars.get(name) ?? []
  }

  override getterOf(name: string): Getter {
    // Its declarations may not exist yet, and be there when the getter is called.
    return this.#getters?.[name] ?? (() => this.#getter(name)())
  }

  #getter(name: string): Getter {
    if (this.#getters === undefined && this.status !== 'unlinked') this.#appear()
    const getter = this.#getters?.[name]
    if (getter !== undefined) return getter
    throw new ReferenceError(`Cannot access '${name}' before initialization`)
  }

  override isFinal(name: string): boolean {
    const own = this.#exports.own.get(name)
    if (own !== undefined && own.isMutable === undefined) this.complete()
    return this.#exports.own.get(name)?.isMutable === false
  }

  override get hasRun(): boolean {
    return this.status === 'evaluated' && this.error === undefined
  }

  #request(place: number): ModuleRecord {
    return this.requested[place] as ModuleRecord
  }

  /**
   * `InitializeEnvironment`, as far as names go.
   * @throws SyntaxError for a name that leads nowhere
   */
  checkImports(fail: (module: SourceTextModule, missing: MissingExport) => never): void {
    const { imports, indirectExports, requests } = this.analysis
    const rows = [
      ...[...imports].sort(byEngineOrder),
      ...indirectExports.map(({ request, imported, start }) => ({
        request,
        name: imported,
        start,
      })),
    ]
    for (const { request, name, start } of rows) {
      if (name === undefined) continue
      const resolution = this.#request(request).resolveExport(name)
      if (typeof resolution === 'object') continue
      const { specifier } = requests[request] as { specifier: string }
      const isAmbiguous = resolution === 'ambiguous'
      fail(this, { specifier, name, request, start, isAmbiguous })
    }
  }

  /** Whether others may see it before it has run. */
  get isSeenEarly(): boolean {
    return this.#hasAppeared || this.cycle.length > 1 || this.requested.includes(this)
  }

  /** It is no part of a cycle, but one leads to it that looks at what it declares before its turn comes. */
  #appear(): void {
    this.#hasAppeared = true
    this.#start = undefined
    this.complete()
    this.instantiate()
  }

  /** @throws SyntaxError */
  complete(): void {
    if (!this.analysis.isOutline) return
    this.analysis = this.#reader.analyze()
    this.#index = undefined
  }

  /**
   * All that can be known of its text before it runs.
   * @throws SyntaxError
   */
  prepare(): void {
    if (this.isSeenEarly) this.complete()
    else this.#start ??= this.#reader.compile(this)
  }

  /** What each import leads to. */
  bindings(): Map<string, ResolvedBinding> {
    return new Map(
      this.analysis.imports.map(({ local, request, name }) => {
        const module = this.#request(request)
        const binding = name === undefined ? { module, name } : module.resolveExport(name)
        return [local, binding as ResolvedBinding]
      }),
    )
  }

  /** Takes the getters of the module's own exports, as soon as its declarations exist. */
  declare(getters: Readonly<Record<string, Getter>>, update?: () => void): void {
    this.#getters = getters
    this.update = update
  }

  /** From here on what the module declares exists. */
  instantiate(): Body {
    this.#start ??= this.#reader.compile(this)
    this.#body ??= this.#start()
    return this.#body
  }
}

export function isUnlinked(record: ModuleRecord): record is SourceTextModule {
  return record instanceof SourceTextModule && record.status === 'unlinked'
}

/** V8 looks for imports in this order, and tells of the first that it misses. */
function byEngineOrder({ local: a }: ImportedName, { local: b }: ImportedName): number {
  return a.length - b.length || (a < b ? -1 : 1)
}

export interface MissingExport {
  readonly specifier: string
  readonly name: string
  readonly request: number
  /** Where the name stands in the text. */
  readonly start: number
  readonly isAmbiguous: boolean
}
