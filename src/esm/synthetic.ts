/** Module records without a text of their own. https://tc39.es/ecma262/#sec-synthetic-module-records */
import type { Getter } from './namespace.ts'
import { ModuleRecord, type Resolution } from './record.ts'

/** A module whose exports somebody else sets: of CommonJS, JSON, a builtin. */
export class SyntheticModule extends ModuleRecord {
  readonly #cells: ReadonlyMap<string, { value: unknown }>
  #evaluate: ((set: (name: string, value: unknown) => void) => void) | undefined

  isEvaluating = false
  isLinked = false

  /**
   * @param evaluate runs once, when the module is evaluated
   */
  constructor(
    url: string,
    format: string,
    names: Iterable<string>,
    evaluate: (set: (name: string, value: unknown) => void) => void,
  ) {
    super(url, format)
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

  override isFinal(): boolean {
    return this.format !== 'builtin'
  }

  override get hasRun(): boolean {
    return this.hasBegun && !this.isEvaluating
  }

  get hasBegun(): boolean {
    return this.#evaluate === undefined
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
        this.error = { reason }
      }
      this.isEvaluating = false
    }
    if (this.error !== undefined) throw this.error.reason
  }
}
