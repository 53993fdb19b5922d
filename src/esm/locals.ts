/** The names that functions and blocks of a module declare for themselves, as far as a scan can tell: never too many. */

interface Scope {
  readonly isFunction: boolean
  locals: Set<string> | undefined
  /** Names to which something is assigned in it, and whether that is when the module has run. */
  assigned: Map<string, boolean> | undefined
}

export class Locals {
  readonly #source: string
  readonly #scopes: Scope[] = []
  /** Of each open parenthesis: where names begin and end that stand right behind it or behind one of its commas. */
  readonly #lists: (number[] | undefined)[] = []
  /** Of the parenthesis that was closed last, or the name before an arrow. */
  #parameters: number[] | undefined
  /** A declaration that goes on, and how many brackets are around it. */
  #keyword: string | undefined
  #depth = -1
  hasLineEnd = false

  constructor(source: string) {
    this.#source = source
  }

  /** Whether a function or a block is around. */
  get isInside(): boolean {
    return this.#scopes.length > 0
  }

  openParenthesis(): void {
    this.#lists.push(undefined)
  }

  closeParenthesis(): void {
    this.#parameters = this.#lists.pop()
  }

  /** A name that may be a parameter. */
  meetItem(start: number, end: number): void {
    const place = this.#lists.length - 1
    const list = this.#lists[place]
    if (list === undefined) this.#lists[place] = [start, end]
    else list.push(start, end)
  }

  /** A name with an arrow behind it. */
  meetParameter(start: number, end: number): void {
    this.#parameters = [start, end]
  }

  enter(isFunction: boolean): void {
    const scope: Scope = { isFunction, locals: undefined, assigned: undefined }
    const parameters = isFunction ? (this.#parameters ?? []) : []
    for (let at = 0; at < parameters.length; at += 2) {
      this.#add(scope, parameters[at] as number, parameters[at + 1] as number)
    }
    this.#scopes.push(scope)
    this.#keyword = undefined
  }

  /** @param assign takes what is assigned to names that nothing in it declares, at the top */
  exit(assign: (name: string, isLater: boolean) => void): void {
    const { locals, assigned } = this.#scopes.pop() as Scope
    this.#keyword = undefined
    if (assigned === undefined) return
    for (const [name, isLater] of assigned) {
      if (locals?.has(name) !== true) this.assign(name, isLater, assign)
    }
  }

  assign(name: string, isLater: boolean, atTop: (name: string, isLater: boolean) => void): void {
    const scope = this.#scopes.at(-1)
    if (scope === undefined) {
      atTop(name, isLater)
      return
    }
    scope.assigned ??= new Map()
    scope.assigned.set(name, isLater || scope.assigned.get(name) === true)
  }

  /**
   * `var`, `let`, `const`
   * @param depth how many brackets are around it
   * @param isInBlock whether the innermost of them is a block or the body of a function
   */
  begin(keyword: string, depth: number, isInBlock: boolean): void {
    this.#keyword = keyword === 'var' || isInBlock ? keyword : undefined
    this.#depth = depth
    this.hasLineEnd = false
  }

  declare(start: number, end: number): void {
    this.hasLineEnd = false
    if (this.#keyword === undefined) return
    const isVariable = this.#keyword === 'var'
    const scope = isVariable
      ? this.#scopes.findLast(({ isFunction }) => isFunction)
      : this.#scopes.at(-1)
    if (scope !== undefined) this.#add(scope, start, end)
  }

  /** @returns whether a name of the same declaration follows; the list may have ended with its line */
  comma(depth: number): boolean {
    if (this.#keyword === undefined || depth !== this.#depth) return false
    if (this.hasLineEnd) this.#keyword = undefined
    this.hasLineEnd = false
    return this.#keyword !== undefined
  }

  end(depth: number): void {
    if (depth <= this.#depth) this.#keyword = undefined
  }

  #add(scope: Scope, start: number, end: number): void {
    scope.locals ??= new Set()
    scope.locals.add(this.#source.slice(start, end))
  }
}
