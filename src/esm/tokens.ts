/** The tokens that the scanner tells apart. */

/** What has been opened. */
export const Bracket = {
  Parenthesis: 0,
  /** `if (`, `while (`, …: a statement follows. */
  Control: 1,
  /** `import(` */
  Call: 2,
  /** The parameters of a method whose name is a keyword. */
  Method: 3,
  Member: 4,
  Array: 5,
  Template: 6,
  Block: 7,
  Object: 8,
  Function: 9,
  Arrow: 10,
} as const
export type Bracket = (typeof Bracket)[keyof typeof Bracket]

/** What was read last. */
export const Token = {
  /** Nothing yet, or the end of a statement. */
  Start: 0,
  Operator: 1,
  /** A member follows: a word that means nothing by itself. */
  Dot: 2,
  Arrow: 3,
  /** A keyword behind which an expression begins. */
  Keyword: 4,
  /** `else`, `do`, …: a statement follows. */
  Head: 5,
  CloseControl: 6,
  CloseBrace: 7,
  /** A name, a number, a string; from here on a slash divides. */
  Value: 8,
  CloseParenthesis: 9,
  CloseBracket: 10,
} as const
export type Token = (typeof Token)[keyof typeof Token]

/** Whether statements stand in it. */
export function isBody(bracket: Bracket | undefined): boolean {
  return bracket !== undefined && bracket >= Bracket.Block && bracket !== Bracket.Object
}

/** What a brace opens. */
export function braceBehind(token: Token): Bracket {
  switch (token) {
    case Token.CloseParenthesis:
      return Bracket.Function
    case Token.Arrow:
      return Bracket.Arrow
    case Token.Operator:
    case Token.Keyword:
      return Bracket.Object
    default:
      return Bracket.Block
  }
}

/** What a keyword tells of what stands around it. */
export type Meaning =
  | 'expression'
  | 'top'
  | 'loop'
  | 'head'
  | 'control'
  | 'declaration'
  | 'function'
  | 'arguments'
  | 'eval'
  | 'item'

const words: Record<Meaning, string> = {
  expression: 'typeof instanceof new delete void throw case extends default',
  top: 'return yield await',
  loop: 'of in',
  head: 'else do try finally',
  control: 'if while for with switch catch',
  declaration: 'const let var',
  function: 'function class',
  arguments: 'arguments',
  eval: 'eval',
  item: 'import export',
}

export const meanings: ReadonlyMap<string, Meaning> = new Map(
  Object.entries(words).flatMap(([meaning, list]) =>
    list.split(' ').map((word) => [word, meaning as Meaning] as const),
  ),
)
export const longestKeyword: number = 'instanceof'.length

/** @returns nothing where the statement is none of those that it knows */
export type StatementReader = (start: number, end: number) => StatementEnd | undefined

/** How an `import` or `export` goes on. */
export interface StatementEnd {
  /** Where reading goes on. */
  readonly end: number
  /** `export const`, `export let`, `export var`: what they declare is exported. */
  readonly exportsDeclared?: boolean
}
