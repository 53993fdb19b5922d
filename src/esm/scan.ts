/**
 * Reads a module's text token by token, without a tree: where its imports and exports stand, and what is known of the
 * names that it declares. It never guesses: of what it cannot tell it says nothing at all.
 */
import {
  endOfComment,
  endOfLine,
  endOfRegExp,
  endOfString,
  endOfTemplateText,
  endOfWord,
  isAssignment,
  isAssignmentEnd,
  isDigit,
  isLineEnd,
  isSpace,
  isWord,
  nextToken,
} from './characters.ts'
import { Names } from './names.ts'
import {
  Bracket,
  braceBehind,
  isBody,
  longestKeyword,
  type Meaning,
  meanings,
  type StatementReader,
  Token,
} from './tokens.ts'

export type Scan = Pick<Scanner, 'imports' | 'metas' | 'names'>

/**
 * @param readStatement is told of each `import` and `export` at the top, with the place behind that word
 * @returns nothing where the text may be more than what is looked for here
 */
export function scan(source: string, readStatement: StatementReader): Scan | undefined {
  const scanner = new Scanner(source, readStatement)
  return scanner.scan() ? scanner : undefined
}

class Scanner {
  /** Where each `import(…)` begins, and where each `import.meta` begins and ends. */
  readonly imports: number[] = []
  readonly metas: [start: number, end: number][] = []
  readonly names: Names
  readonly #source: string
  readonly #readStatement: StatementReader
  #index = 0
  #token: Token = Token.Start
  readonly #brackets: Bracket[] = []
  readonly #opens: number[] = []
  /** Where the last bracket that was closed was opened. */
  #lastOpen = 0
  #functionDepth = 0
  /** Functions around that have `arguments`. */
  #ownArguments = 0
  /** What follows stands right behind a parenthesis, or behind a comma in one. */
  #isItem = false
  /** The next parenthesis belongs to a keyword. */
  #nextParenthesis: Bracket = Bracket.Parenthesis

  constructor(source: string, readStatement: StatementReader) {
    this.#source = source
    this.#readStatement = readStatement
    this.names = new Names(source)
    if (source.startsWith('#!')) this.#index = endOfLine(source, 0)
  }

  /** @returns whether it could tell */
  scan(): boolean {
    const source = this.#source
    const { length } = source
    while (this.#index < length) {
      const code = source.charCodeAt(this.#index)
      if (isSpace(code)) this.#index++
      else if (isLineEnd(code)) {
        this.names.meetLineEnd()
        this.#index++
      } else if (!(isWord(code) ? this.#word(code) : this.#mark(code))) return false
    }
    return this.#brackets.length === 0
  }

  #word(code: number): boolean {
    const source = this.#source
    const start = this.#index
    const isItem = this.#isItem
    this.#isItem = false
    this.#index = endOfWord(source, start)
    if (isDigit(code)) {
      if (source.charCodeAt(this.#index) === 46) this.#index = endOfWord(source, this.#index + 1)
      return this.#value()
    }
    const { names } = this
    if (this.#token === Token.Dot) {
      names.isUpdated = false
      return this.#value()
    }
    const word = this.#index - start > longestKeyword ? '' : source.slice(start, this.#index)
    const meaning = meanings.get(word)
    // `of` may be a name.
    const isName = word === 'of' && (names.isExpected || this.#token < Token.CloseBrace)
    if (meaning === undefined || isName) {
      const before = this.#token
      if (isItem) names.locals.meetItem(start, this.#index)
      this.#token = Token.Value
      return names.meet(start, this.#index, before)
    }
    return this.#keyword(word, meaning, start)
  }

  #keyword(word: string, meaning: Meaning, start: number): boolean {
    const { names } = this
    const isTop = this.#brackets.length === 0
    if (meaning === 'loop') {
      if (this.#token === Token.CloseBrace || this.#token === Token.CloseBracket) {
        names.assignPattern(this.#lastOpen, start)
      } else names.assignInLoop()
    }
    const before = names.beforeAsync
    names.forget()
    switch (meaning) {
      case 'loop':
        return this.#operator(Token.Keyword)
      case 'top':
        return this.#keywordOfFunctions()
      case 'expression':
        // `new.target`
        if (word === 'new' && this.#ownArguments === 0 && this.#next() === 46) return false
        return this.#operator(Token.Keyword)
      case 'head':
        return this.#operator(Token.Head)
      case 'control': {
        const isHead = word === 'for' || this.#next() === 40
        if (isHead) this.#nextParenthesis = Bracket.Control
        return this.#operator(isHead ? Token.Keyword : Token.Head)
      }
      case 'arguments':
        return (this.#ownArguments > 0 || this.#next() === 58) && this.#value()
      case 'eval':
        return this.#next() !== 40 && this.#value()
      case 'declaration':
        names.begin(word, this.#brackets.length, isBody(this.#brackets.at(-1)))
        this.#token = Token.Keyword
        return true
      case 'function':
        return (!isTop || this.#declareFunction(before ?? this.#token)) && this.#value()
      case 'item':
        return this.#moduleItem(word, start)
    }
  }

  /** `return`, `await`, `yield`: no module has them at the top, unless they name a member. */
  #keywordOfFunctions(): boolean {
    if (this.#functionDepth === 0) {
      const next = this.#next()
      if (this.#brackets.length === 0) return false
      if (next === 40) this.#nextParenthesis = Bracket.Method
      else if (next !== 58 && next !== 61) return false
    }
    return this.#operator(Token.Keyword)
  }

  /** `function` and `class` as statements. */
  #declareFunction(before: Token): boolean {
    if (before === Token.Operator || before === Token.Keyword || before === Token.Arrow) return true
    const source = this.#source
    let start = nextToken(source, this.#index)
    if (source.charCodeAt(start) === 42) start = nextToken(source, start + 1)
    const name = source.slice(start, endOfWord(source, start))
    return name === '' || name === 'extends' || this.names.declare(name, false)
  }

  /** `import` or `export` */
  #moduleItem(word: string, start: number): boolean {
    const source = this.#source
    const next = nextToken(source, this.#index)
    const code = source.charCodeAt(next)
    // A key.
    if (code === 58) return this.#value()
    if (word === 'import' && code === 40) {
      this.#open(Bracket.Call, start)
      this.#index = next + 1
      return true
    }
    if (word === 'import' && code === 46) {
      const meta = nextToken(source, next + 1)
      this.#index = endOfWord(source, meta)
      this.metas.push([start, this.#index])
      // With anything else behind it something may be assigned to it, an error that a variable would hide.
      return /^meta\s*[.;?]/.test(source.slice(meta, meta + 20)) && this.#value()
    }
    if (this.#brackets.length > 0) return false
    const statement = this.#readStatement(start, this.#index)
    if (statement === undefined) return false
    this.names.end(statement.exportsDeclared)
    this.#index = statement.end
    return this.#operator(Token.Start)
  }

  #mark(code: number): boolean {
    const source = this.#source
    const start = this.#index
    this.#isItem = false
    switch (code) {
      case 47:
        return this.#slash()
      case 34:
      case 39:
        this.#index = endOfString(source, start)
        return this.#index !== -1 && this.#value()
      case 96:
        this.#index = start + 1
        return this.#templateText()
      case 40:
        this.#open(this.#nextParenthesis)
        this.#nextParenthesis = Bracket.Parenthesis
        return true
      case 91:
        return this.#openPattern(this.#token >= Token.Value ? Bracket.Member : Bracket.Array)
      case 123:
        return this.#openPattern(braceBehind(this.#token))
      case 41:
      case 93:
      case 125:
        return this.#close(code)
      case 59:
        this.names.forget()
        this.names.locals.end(this.#brackets.length)
        if (this.#brackets.length === 0) this.names.end()
        return this.#skip(1, Token.Start)
      case 44:
        return this.names.comma(this.#brackets.length) && this.#nextItem()
      case 61:
        return this.#equals()
      case 43:
      case 45:
        return this.#plusOrMinus(code)
      case 35:
        return this.#skip(1, Token.Dot)
      case 46:
        return source.startsWith('..', start + 1)
          ? this.#skip(3, Token.Operator)
          : this.#skip(1, Token.Dot)
      case 60:
        // A comment of HTML, which no module has.
        if (source.startsWith('!--', start + 1)) return false
        break
      case 64:
      case 92:
        // Decorators; letters in disguise.
        return false
    }
    return this.#pass()
  }

  /** An operator, behind which something may still be assigned to the last name. */
  #pass(): true {
    this.#token = Token.Operator
    this.#index++
    return true
  }

  /** A comment, a division, a regular expression. */
  #slash(): boolean {
    const source = this.#source
    const comment = endOfComment(source, this.#index)
    if (comment !== undefined) {
      this.#index = comment
      return comment !== -1
    }
    if (this.#token >= Token.Value) return this.#pass()
    this.#index = endOfRegExp(source, this.#index)
    return this.#index !== -1 && this.#value()
  }

  /** As far as it goes without a substitution. */
  #templateText(): boolean {
    const end = endOfTemplateText(this.#source, this.#index)
    if (end === -1) return false
    this.#index = end
    if (this.#source.charCodeAt(end - 1) !== 123) return this.#value()
    this.#index--
    this.#open(Bracket.Template)
    return true
  }

  #open(bracket: Bracket, start: number = this.#index): void {
    this.#brackets.push(bracket)
    this.#isItem = bracket <= Bracket.Method
    if (this.#isItem) this.names.locals.openParenthesis()
    if (isBody(bracket)) this.names.enter(bracket !== Bracket.Block)
    this.#opens.push(start)
    this.names.leave()
    this.#token =
      bracket < Bracket.Block || bracket === Bracket.Object ? Token.Operator : Token.Start
    this.#index++
  }

  #openPattern(bracket: Bracket): boolean {
    if (!this.names.open()) return false
    if (bracket === Bracket.Function) this.names.delay(this.#lastOpen)
    this.#count(bracket, 1)
    this.#open(bracket)
    return true
  }

  #count(bracket: Bracket, step: number): void {
    if (bracket === Bracket.Function) this.#ownArguments += step
    if (bracket >= Bracket.Function) this.#functionDepth += step
  }

  #close(code: number): boolean {
    const source = this.#source
    const bracket = this.#brackets.pop()
    if (bracket === undefined) return false
    if (isBody(bracket)) this.names.exit()
    this.#lastOpen = this.#opens.pop() as number
    this.names.isUpdated = false
    this.#index++
    if (code === 41) return this.#closeParenthesis(bracket)
    this.names.leave()
    if (bracket === Bracket.Template) return code === 125 && this.#templateText()
    const isSquare = bracket === Bracket.Member || bracket === Bracket.Array
    if (bracket < Bracket.Member || (code === 93) !== isSquare) return false
    this.#count(bracket, -1)
    if (bracket !== Bracket.Member && isAssignment(source, nextToken(source, this.#index))) {
      this.names.assignPattern(this.#lastOpen, this.#index)
    }
    const isValue = code === 93 || bracket === Bracket.Object
    this.#token = isValue ? Token.CloseBracket : Token.CloseBrace
    return true
  }

  /** The name before it stays: `(name) = 1`. */
  #closeParenthesis(bracket: Bracket): boolean {
    if (bracket > Bracket.Method) return false
    this.names.locals.closeParenthesis()
    this.#token = bracket === Bracket.Control ? Token.CloseControl : Token.CloseParenthesis
    const hasBody = bracket >= Bracket.Call && this.#next() === 123
    // Of a method of that name.
    if (bracket === Bracket.Call && !hasBody) this.imports.push(this.#lastOpen)
    return bracket !== Bracket.Method || hasBody
  }

  #nextItem(): true {
    const bracket = this.#brackets.at(-1)
    this.#isItem = bracket !== undefined && bracket <= Bracket.Method
    return this.#skip(1, Token.Operator)
  }

  #equals(): boolean {
    const source = this.#source
    if (source.charCodeAt(this.#index + 1) === 62) {
      this.names.delay(this.#lastOpen)
      this.names.meetArrow(this.#token)
      this.#skip(2, Token.Arrow)
      if (this.#next() !== 123) this.names.hasShortFunction = true
      return true
    }
    if (isAssignmentEnd(source, this.#index)) this.names.assign()
    return this.#pass()
  }

  #plusOrMinus(code: number): boolean {
    const source = this.#source
    if (source.charCodeAt(this.#index + 1) !== code) return this.#pass()
    // A comment of HTML, which no module has.
    if (code === 45 && source.charCodeAt(this.#index + 2) === 62) return false
    // What stands before it on the same line, or what follows.
    this.names.assign()
    this.names.leave()
    this.names.isUpdated = true
    return this.#skip(2, this.#token < Token.Value ? Token.Operator : this.#token)
  }

  #value(): true {
    this.names.leave()
    this.#token = Token.Value
    return true
  }

  #operator(token: Token): true {
    this.names.leave()
    this.#token = token
    return true
  }

  #skip(length: number, token: Token): true {
    this.#index += length
    return this.#operator(token)
  }

  /** The code of what follows. */
  #next(): number {
    return this.#source.charCodeAt(nextToken(this.#source, this.#index))
  }
}
