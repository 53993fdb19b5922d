/** What a scan finds out about the names of a module: which it declares, and to which it assigns. */
import { isWord } from './characters.ts'
import { Locals } from './locals.ts'
import { Token } from './tokens.ts'

export class Names {
  /** Those that are declared at the top by themselves, and whether they keep their first value. */
  readonly declared: Map<string, boolean> = new Map()
  /** Those that `export const`, `let` or `var` declares. */
  readonly exported: string[] = []
  readonly #source: string
  /** Names to which something is assigned, and those of them to which it may be when the module has run. */
  readonly #assigned = new Set<string>()
  readonly #assignedLater = new Set<string>()
  /** What is assigned outside of all functions, and where. */
  readonly #early: [start: number, name: string][] = []
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
  #hasLineEnd = false
  /** A function without braces has been seen. */
  hasShortFunction = false
  readonly locals: Locals

  constructor(source: string) {
    this.#source = source
    this.locals = new Locals(source)
  }

  meetLineEnd(): void {
    this.#hasLineEnd = true
    this.locals.hasLineEnd = true
  }

  /** Whether the next name is one that a declaration declares. */
  get isExpected(): boolean {
    return this.#expectsTop || this.#expectsLocal
  }

  /** Whether there may be an assignment to that name. */
  mayAssign(name: string): boolean {
    return this.#assigned.has(name) || this.#isInPattern(name)
  }

  /** Whether there may be one when the module has run. */
  mayAssignLater(name: string): boolean {
    return this.#assignedLater.has(name) || this.#isInPattern(name)
  }

  #isInPattern(name: string): boolean {
    this.#patternTexts ??= this.#patterns
      .map(([start, end]) => this.#source.slice(start, end))
      .join()
    const text = this.#patternTexts
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
      const isWhole = !isWord(text.charCodeAt(at - 1)) && !isWord(text.charCodeAt(at + name.length))
      if (isWhole) return true
    }
    return false
  }

  #note(start: number, end: number): void {
    // What a module does while it runs is over when others see it.
    const isLater = this.hasShortFunction || this.locals.isInside
    const name = this.#source.slice(start, end)
    if (!isLater) this.#early.push([start, name])
    this.locals.assign(name, isLater, this.#noteAtTop)
  }

  /** What is assigned from there on is so when a function is called: it stands among its parameters. */
  delay(from: number): void {
    for (let at = this.#early.length - 1; at >= 0; at--) {
      const [start, name] = this.#early[at] as [number, string]
      if (start < from) break
      this.#assignedLater.add(name)
    }
  }

  readonly #noteAtTop = (name: string, isLater: boolean): void => {
    this.#assigned.add(name)
    if (isLater) this.#assignedLater.add(name)
  }

  /** A function or a block begins. */
  enter(isFunction: boolean): void {
    this.locals.enter(isFunction)
  }

  exit(): void {
    this.locals.exit(this.#noteAtTop)
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
  meet(start: number, end: number, before: Token): boolean {
    const isTop = this.#expectsTop
    if (isTop) this.#hasLineEnd = false
    const isDeclared = this.isExpected
    if (this.#expectsLocal) this.locals.declare(start, end)
    if (!isDeclared && this.isUpdated) this.#note(start, end)
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

  /** An operator that assigns. */
  assign(): void {
    if (this.#start !== -1) this.#note(this.#start, this.#end)
  }

  assignPattern(start: number, end: number): void {
    this.#patterns.push([start, end])
  }

  /** `for (name of`, without a declaration. */
  assignInLoop(): void {
    if (this.#before !== Token.Value) this.assign()
  }

  /** An arrow follows: the last name is a parameter. */
  meetArrow(token: Token): void {
    if (token === Token.Value && this.#start !== -1)
      this.locals.meetParameter(this.#start, this.#end)
  }

  /** What stands before the last name, if that is `async`. */
  get beforeAsync(): Token | undefined {
    return this.#source.slice(this.#start, this.#end) === 'async' ? this.#before : undefined
  }

  /**
   * `const`, `let`, `var`
   * @param depth how many brackets are around it
   */
  begin(keyword: string, depth: number, isInBlock: boolean): void {
    this.#expectsLocal = depth > 0
    if (depth > 0) {
      this.locals.begin(keyword, depth, isInBlock)
      return
    }
    this.#isExported = this.#willExport
    this.#willExport = false
    this.#keyword = keyword
    this.#expectsTop = true
    this.#hasLineEnd = false
  }

  /** The statement at the top has ended. */
  end(willExport = false): void {
    this.#keyword = undefined
    this.#willExport = willExport
  }

  /** @returns false where the list may have ended with its line */
  comma(depth: number): boolean {
    this.forget()
    if (depth > 0) {
      this.#expectsLocal = this.locals.comma(depth)
      return true
    }
    if (this.#keyword === undefined) return true
    if (this.#isExported && this.#hasLineEnd) return false
    this.#expectsTop = true
    this.#hasLineEnd = false
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
