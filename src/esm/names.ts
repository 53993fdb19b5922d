/** What a scan finds out about the names of a module: which it declares, and to which it assigns. */
import { Token } from './tokens.ts'

export class Names {
  /** Those that are declared at the top by themselves, and whether they keep their first value. */
  readonly declared: Map<string, boolean> = new Map()
  /** Those that `export const`, `let` or `var` declares. */
  readonly exported: string[] = []
  readonly #source: string
  readonly #assigned = new Set<string>()
  /** What may be a pattern to which something is assigned: where it begins and ends. */
  readonly #patterns: [start: number, end: number][] = []
  #patternTexts: string | undefined

  /** The last name to which something may be assigned, while only operators have followed. */
  #start = -1
  #end = -1
  /** What stands before that name. */
  #before: Token = Token.Start
  /** What follows is counted up or down. */
  isUpdated = false

  /** The keyword of a declaration at the top that goes on. */
  #keyword: string | undefined
  /** The next declaration is exported; this one is. */
  #willExport = false
  #isExported = false
  #expectsTop = false
  /** A declaration further in, whose name nobody needs to know. */
  #expectsLocal = false
  hasLineEnd = false

  constructor(source: string) {
    this.#source = source
  }

  /** Whether the next name is one that a declaration declares. */
  get isExpected(): boolean {
    return this.#expectsTop || this.#expectsLocal
  }

  /** Whether there may be an assignment to that name when the module has run. */
  mayAssign(name: string): boolean {
    this.#patternTexts ??= this.#patterns
      .map(([start, end]) => this.#source.slice(start, end))
      .join()
    return this.#assigned.has(name) || this.#patternTexts.includes(name)
  }

  /** @returns false for one that is declared twice, which only a tree can judge */
  declare(name: string, isConstant: boolean): boolean {
    const isFirst = !this.declared.has(name)
    this.declared.set(name, isConstant)
    return isFirst
  }

  /**
   * A name that is no member's.
   * @returns as `declare`
   */
  meet(start: number, end: number, before: Token, isLater: boolean): boolean {
    const isTop = this.#expectsTop
    const isDeclared = this.isExpected
    if (!isDeclared && this.isUpdated && isLater) this.#assigned.add(this.#source.slice(start, end))
    this.forget()
    if (!isDeclared) {
      this.#start = start
      this.#end = end
      this.#before = before
    }
    if (!isTop) return true
    const name = this.#source.slice(start, end)
    if (this.#isExported) this.exported.push(name)
    return this.declare(name, this.#keyword === 'const')
  }

  /** Something else has been read: nothing is assigned to the last name, and no name is declared. */
  forget(): void {
    this.#start = -1
    this.isUpdated = false
    this.#expectsTop = false
    this.#expectsLocal = false
  }

  /** Nothing is assigned to the last name. */
  leave(): void {
    this.#start = -1
  }

  /** @param isLater whether that happens when the module has run */
  assign(isLater: boolean): void {
    if (this.#start !== -1 && isLater)
      this.#assigned.add(this.#source.slice(this.#start, this.#end))
  }

  assignPattern(start: number, end: number): void {
    this.#patterns.push([start, end])
  }

  /** `for (name of`, without a declaration. */
  assignInLoop(isLater: boolean): void {
    if (this.#before !== Token.Value) this.assign(isLater)
  }

  /** What stands before the last name, if that is `async`. */
  get beforeAsync(): Token | undefined {
    return this.#source.slice(this.#start, this.#end) === 'async' ? this.#before : undefined
  }

  /** `const`, `let`, `var` */
  begin(keyword: string, isTop: boolean): void {
    this.#expectsLocal = !isTop
    if (!isTop) return
    this.#isExported = this.#willExport
    this.#willExport = false
    this.#keyword = keyword
    this.#expectsTop = true
    this.hasLineEnd = false
  }

  /** The statement at the top has ended. */
  end(willExport = false): void {
    this.#keyword = undefined
    this.#willExport = willExport
  }

  /** @returns false where the list may have ended with its line */
  comma(isTop: boolean): boolean {
    this.forget()
    if (!isTop || this.#keyword === undefined) return true
    if (this.#isExported && this.hasLineEnd) return false
    this.#expectsTop = true
    this.hasLineEnd = false
    return true
  }

  /** @returns false where a pattern is exported, whose names nobody has counted */
  open(): boolean {
    if (this.#expectsTop && this.#isExported) return false
    this.#expectsTop = false
    this.#expectsLocal = false
    return true
  }
}
