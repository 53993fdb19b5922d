/**
 * Module records: what linking knows of a module, whatever it was made of.
 * https://tc39.es/ecma262/#sec-abstract-module-records, in that text's names.
 */
import type { ImportedName, ModuleAnalysis } from './analyze.ts'
import { createNamespace, type Getter } from './namespace.ts'

/** Where an export's value is found: in a module's own scope, or a whole namespace. */
export interface ResolvedBinding {
  readonly module: ModuleRecord
  /** `undefined` for the namespace. */
  readonly name: string | undefined
}

export type Resolution = ResolvedBinding | 'ambiguous' | undefined

export abstract class ModuleRecord {
  readonly url: string
  #namespace: object | undefined

  constructor(url: string) {
    this.url = url
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
  /** Whether that binding has its last value by now. */
  abstract isSettled(name: string): boolean

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

/** A module whose exports somebody else sets: of CommonJS, JSON, a builtin. */
export class SyntheticModule extends ModuleRecord {
  readonly #cells: ReadonlyMap<string, { value: unknown }>
  readonly #isMutable: boolean
  #evaluate: ((set: (name: string, value: unknown) => void) => void) | undefined
  #error: { readonly reason: unknown } | undefined

  readonly isCommonJs: boolean
  isEvaluating = false

  /**
   * @param evaluate runs once, when the module is evaluated
   * @param traits `isMutable`: whether what it exports may change later
   */
  constructor(
    url: string,
    names: Iterable<string>,
    evaluate: (set: (name: string, value: unknown) => void) => void,
    traits: { readonly isCommonJs?: boolean; readonly isMutable?: boolean } = {},
  ) {
    super(url)
    this.isCommonJs = traits.isCommonJs === true
    this.#isMutable = traits.isMutable === true
    this.#cells = new Map(Array.from(names, (name) => [name, { value: undefined }]))
    this.#evaluate = evaluate
  }

  override getExportedNames(): string[] {
    return [...this.#cells.keys()]
  }

  override resolveExport(name: string): Resolution {
    return this.#cells.has(name) ? { module: this, name } : undefined
  }

  override getterOf(name: string): Getter {
    const cell = this.#cells.get(name)
    return () => cell?.value
  }

  override isSettled(): boolean {
    return this.#evaluate === undefined && !this.#isMutable
  }

  set(name: string, value: unknown): void {
    const cell = this.#cells.get(name)
    if (cell !== undefined) cell.value = value
  }

  /** @throws what evaluating threw, each time */
  evaluate(): void {
    const evaluate = this.#evaluate
    this.#evaluate = undefined
    if (evaluate !== undefined) {
      this.isEvaluating = true
      try {
        evaluate((name, value) => this.set(name, value))
      } catch (reason) {
        this.#error = { reason }
      }
      this.isEvaluating = false
    }
    if (this.#error !== undefined) throw this.#error.reason
  }
}

/** How far a module with a text of its own has come. */
export type Status =
  | 'unlinked'
  | 'linking'
  | 'linked'
  | 'evaluating'
  | 'evaluating-async'
  | 'evaluated'

/** Runs a module's text; what it declares is known as soon as it begins. */
export interface Body {
  /** @returns a promise where the module awaits something */
  run(): undefined | Promise<undefined>
}

/** What the text of a module is evaluated with. */
export interface Environment {
  /** What each import leads to. */
  readonly imports: ReadonlyMap<ImportedName, ResolvedBinding>
  /** Takes the getters of the module's own exports, as soon as its declarations exist. */
  declare(getters: Readonly<Record<string, Getter>>): void
  /** Whether others see the module before it has run, so that its functions have to exist by then. */
  readonly isInCycle: boolean
}

export class SourceTextModule extends ModuleRecord {
  readonly source: string
  readonly analysis: ModuleAnalysis
  /** In the order of the requests; filled by whoever loads. */
  requested: readonly ModuleRecord[] = []
  status: Status = 'unlinked'
  error: { readonly reason: unknown } | undefined
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
  readonly #instantiate: (module: SourceTextModule, environment: Environment) => Body
  #getters: Readonly<Record<string, Getter>> | undefined
  #body: Body | undefined

  constructor(
    url: string,
    source: string,
    analysis: ModuleAnalysis,
    instantiate: (module: SourceTextModule, environment: Environment) => Body,
  ) {
    super(url)
    this.source = source
    this.analysis = analysis
    this.#instantiate = instantiate
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

  override resolveExport(
    name: string,
    visited: { module: ModuleRecord; name: string }[] = [],
  ): Resolution {
    if (visited.some((seen) => seen.module === this && seen.name === name)) return undefined
    visited.push({ module: this, name })
    const { exports, indirectExports, starExports } = this.analysis
    if (exports.some((own) => own.name === name)) return { module: this, name }
    const indirect = indirectExports.find((other) => other.name === name)
    if (indirect !== undefined) {
      const module = this.#request(indirect.request)
      if (indirect.imported === undefined) return { module, name: undefined }
      return module.resolveExport(indirect.imported, visited)
    }
    if (name === 'default') return undefined
    let found: ResolvedBinding | undefined
    for (const request of starExports) {
      const other = this.#request(request).resolveExport(name, visited)
      if (other === 'ambiguous') return other
      if (other === undefined) continue
      if (found && (found.module !== other.module || found.name !== other.name)) return 'ambiguous'
      found = other
    }
    return found
  }

  override getterOf(name: string): Getter {
    // Its declarations may not exist yet, and be there when the getter is called.
    return this.#getters?.[name] ?? (() => this.#getter(name)())
  }

  #getter(name: string): Getter {
    const getter = this.#getters?.[name]
    if (getter !== undefined) return getter
    throw new ReferenceError(`Cannot access '${name}' before initialization`)
  }

  override isSettled(name: string): boolean {
    const own = this.analysis.exports.find((row) => row.name === name)
    return this.status === 'evaluated' && this.error === undefined && own?.isMutable === false
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
  get isInCycle(): boolean {
    return this.cycle.length > 1 || this.requested.includes(this)
  }

  /** Makes the function of its text, if it has not been made before: then what it declares exists. */
  instantiate(): Body {
    this.#body ??= this.#instantiate(this, {
      imports: new Map(
        this.analysis.imports.map((imported) => {
          const module = this.#request(imported.request)
          const { name } = imported
          const binding = name === undefined ? { module, name } : module.resolveExport(name)
          return [imported, binding as ResolvedBinding]
        }),
      ),
      declare: (getters) => {
        this.#getters = getters
      },
      isInCycle: this.isInCycle,
    })
    return this.#body
  }
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

/** A promise and what settles it. */
export interface Completion {
  readonly promise: Promise<undefined>
  resolve(value?: undefined): void
  reject(reason: unknown): void
}
