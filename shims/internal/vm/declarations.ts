/**
 * What a script declares at its top level. An engine puts that on the global object or beside it; where a script runs
 * inside a `with`, we have to, and no engine says which names these are.
 */

import { controlHead, endsOperand, type Tokens, tokenize } from './tokens.ts'

export interface Declarations {
  /** Whether the script begins with 'use strict'. */
  readonly strict: boolean
  readonly vars: ReadonlySet<string>
  readonly functions: ReadonlySet<string>
  /** Of `let`, `const` and `class`. */
  readonly lexicals: ReadonlySet<string>
  /** Every name that something is assigned to, wherever it stands: more of them than there are do no harm. */
  readonly assigned: ReadonlySet<string>
  /** Whether it declares nothing and, outside of functions, assigns nothing, so that its scope makes no difference. */
  readonly leavesNothing: boolean
}

export function readDeclarations(source: string): Declarations {
  const tokens = tokenize(source)
  const { texts } = tokens
  const found = {
    strict: /^['"]use strict['"]$/.test(texts[0] ?? '') && !/^[.,([?]$/.test(texts[1] ?? ''),
    vars: new Set<string>(),
    functions: new Set<string>(),
    lexicals: new Set<string>(),
    assigned: new Set(texts.filter((_, index) => isAssigned(texts, index))),
  }
  /** For each open bracket the token before it, and whether it holds the body of a function. */
  const open: { head: string | undefined; isBody: boolean }[] = []
  let bodies = 0
  let closedHead = ''
  let assigns = false

  for (let index = 0; index < texts.length; index++) {
    const text = texts[index] as string
    const before = texts[index - 1]
    const next = texts[index + 1]
    assigns ||= bodies === 0 && isAssigned(texts, index)
    if (/^[([{]$/.test(text)) {
      const isBody =
        text === '{' &&
        (before === '=>' ||
          before === 'static' ||
          (before === ')' && !controlHead.test(closedHead)))
      if (isBody) bodies++
      open.push({ head: before, isBody })
    } else if (/^[)\]}]$/.test(text)) {
      const bracket = open.pop()
      closedHead = bracket?.head ?? ''
      if (bracket?.isBody) bodies--
    } else if (bodies > 0 || before === '.' || next === ':' || next === undefined) {
      // Inside of a function, a member or a label.
    } else if (text === 'var') {
      index = readDeclarators(tokens, index + 1, found.vars) - 1
    } else if (open.length > 0) {
      // In a block there are declarations of its own.
    } else if (/^(?:let|const)$/.test(text) && /^[\w$[{\\\u0080-\uffff]/.test(next)) {
      index = readDeclarators(tokens, index + 1, found.lexicals) - 1
    } else if (text === 'class' && beginsStatement(tokens, index)) {
      found.lexicals.add(next)
    } else if (text === 'function') {
      const start = before === 'async' ? index - 1 : index
      const name = next === '*' ? texts[index + 2] : next
      if (name !== undefined && beginsStatement(tokens, start)) found.functions.add(name)
    }
  }
  const declared = found.vars.size + found.functions.size + found.lexicals.size
  return { ...found, leavesNothing: declared === 0 && !assigns }
}

/** `name =`, `name +=`, `name++`, `[name] =`, `for (name of`. */
function isAssigned(texts: readonly string[], index: number): boolean {
  const before = texts[index - 1] ?? ''
  if (!/^[A-Za-z_$\u0080-\uffff]/.test(texts[index] as string) || before === '.') return false
  const next = texts[index + 1] ?? ''
  if (/^(?:\+\+|--|of|in|[\]}])$/.test(next) || /^(?:\+\+|--)$/.test(before)) return true
  return next.endsWith('=') && !/^(?:[=!]==?|[<>]=)$/.test(next)
}

function beginsStatement({ texts, startsLine }: Tokens, index: number): boolean {
  const before = texts[index - 1]
  if (before === undefined || /^[;}]$/.test(before)) return true
  return startsLine[index] === true && endsOperand(before)
}

/** From behind the keyword to behind the last declarator. */
function readDeclarators(tokens: Tokens, start: number, names: Set<string>): number {
  const { texts } = tokens
  let index = start
  for (;;) {
    index = readBinding(texts, index, names)
    if (texts[index] === '=') index = skipExpression(tokens, index + 1)
    if (texts[index] !== ',') return index
    index++
  }
}

/** A name, or a pattern with names in it. */
function readBinding(texts: readonly string[], start: number, names: Set<string>): number {
  const open = texts[start]
  if (open === undefined) return start
  if (open !== '{' && open !== '[') {
    names.add(open)
    return start + 1
  }
  const ignored = { texts, startsLine: [] }
  let index = start + 1
  while (index < texts.length && !/^[\]}]$/.test(texts[index] as string)) {
    if (texts[index] === ',' || texts[index] === '...') {
      index++
      continue
    }
    if (open === '{') {
      // A key may be computed.
      if (texts[index] === '[') index = skipExpression(ignored, index + 1)
      if (texts[index + 1] === ':') index += 2
    }
    index = readBinding(texts, index, names)
    if (texts[index] === '=') index = skipExpression(ignored, index + 1)
  }
  return index + 1
}

/** To the comma, semicolon, bracket or line at which an expression ends. */
function skipExpression({ texts, startsLine }: Tokens, start: number): number {
  let depth = 0
  for (let index = start; index < texts.length; index++) {
    const text = texts[index] as string
    if (/^[([{]$/.test(text)) depth++
    else if (depth > 0) {
      if (/^[)\]}]$/.test(text)) depth--
    } else if (/^[,;)\]}]$/.test(text)) return index
    else if (startsLine[index] && index > start && startsStatement(texts, index)) return index
  }
  return texts.length
}

/** Where a semicolon is missing at the end of a line. */
function startsStatement(texts: readonly string[], index: number): boolean {
  const text = texts[index] as string
  return endsOperand(texts[index - 1]) && /^[\w$'"{]/.test(text) && text !== 'instanceof'
}
