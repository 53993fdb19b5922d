/** What somebody typed, made ready to be run: which of it is a script, what has to be awaited, what is imported. */
import { Script } from 'node:vm'
import { checkPhase } from '../../esm/phases.ts'
import { declaredNames, findUsage, variableNames } from '../../esm/scopes.ts'
import type { Node } from '../../esm/syntax.ts'
import { evaluate } from '../../hosts/node/index.ts'
import type { ShimContext } from '../../seams.ts'
import { builtins } from '../../texts.ts'

/** A text that goes on in the next line. */
export class Incomplete extends Error {}

export interface Line {
  /**
   * A script; where `isBody`, its value is a function that takes `declare`, runs the line, and gives `{ value }` if it
   * ends with an expression.
   */
  readonly source: string
  readonly isBody: boolean
  /** Whether that function gives a promise. */
  readonly isAsync: boolean
  readonly imports: readonly Import[]
  /** What `let`, `const` and `class` declare. */
  readonly lexicals: readonly string[]
  /** What functions and, in a body, `var` declare. */
  readonly variables: readonly string[]
  /** Where the author has a place of `source`; lines and columns from 1. */
  columnOf(line: number, column: number): number
}

/** An import statement: the names that it binds, and what they are called where they come from; all of it is `*`. */
export interface Import {
  readonly specifier: string
  readonly attributes: Readonly<Record<string, string>>
  readonly names: ReadonlyMap<string, string>
  /** Whether its one name, the default, is the module's source. */
  readonly isSource: boolean
}

/** Takes types out of a text. @returns nothing where it is no TypeScript either @throws Incomplete */
export type StripTypes = (source: string) => string | undefined

/**
 * JavaScript is tried first; only what it is not may be TypeScript.
 * @param filename what stacks call the line
 * @throws Incomplete, and the engine's SyntaxError
 */
export function readLine(text: string, filename: string, stripTypes: StripTypes): Line {
  if (callsWithTypes.test(text)) {
    const typed = stripped(text, filename, stripTypes)
    if (typed !== undefined) return typed
  }
  const line = readJavaScript(text, filename)
  if (line !== undefined) return line
  if (isIncomplete(text)) throw new Incomplete()
  const typed = stripped(text, filename, stripTypes)
  if (typed !== undefined) return typed
  throw syntaxErrorOf(text, filename)
}

/** `call<Type>(…)`, which JavaScript takes for two comparisons that nobody means. */
const callsWithTypes = /[\w$]<[\w$ .,[\]{}|&'":;?<>]+>\s*\(/

function stripped(text: string, filename: string, stripTypes: StripTypes): Line | undefined {
  const source = stripTypes(text)
  if (source === undefined) return undefined
  const line = readJavaScript(source, filename)
  // Some engines overlook that something has to follow.
  if (line === undefined && isIncomplete(source)) throw new Incomplete()
  return line
}

function readJavaScript(text: string, filename: string): Line | undefined {
  // As node: what begins as an object and can be one is no block.
  const isObject = /^\s*\{/.test(text) && !/;\s*$/.test(text)
  return (
    (isObject ? readStatements(`(${text.trim()})`, filename) : undefined) ??
    readStatements(text, filename)
  )
}

function readStatements(text: string, filename: string): Line | undefined {
  const program = parse(text)
  if (program !== undefined && !hasKnownPhases(text, program)) return undefined
  const isAsync = program !== undefined && needsAwait(program)
  if (!isAsync && syntaxErrorOf(text, filename) !== undefined) return undefined
  if (program !== undefined && (isAsync || declares(program))) {
    return bodyLine(text, program, isAsync)
  }
  const columnOf = (_: number, column: number) => column
  return { ...nothing, source: text, isBody: false, isAsync, columnOf }
}

/** The parser takes more kinds of imports than a program may have. */
function hasKnownPhases(text: string, program: Node): boolean {
  try {
    for (const statement of program.body.filter(isImport)) checkPhase(text, statement)
    return true
  } catch {
    return false
  }
}

const nothing = { imports: [], lexicals: [], variables: [] }

function needsAwait(program: Node): boolean {
  const { topLevelAwaits } = findUsage(program, new Set(), new Set())
  return topLevelAwaits.length > 0 || program.body.some(isImport)
}

/** Whether a script would leave something behind that is no property of the global object. A directive has to stay first. */
function declares(program: Node): boolean {
  const { lexicals, functions } = declarationsOf(program)
  return lexicals.length + functions.length > 0 && program.body[0].directive === undefined
}

/** Its declarations stay where they are and are shown by accessors, so that functions of the line go on sharing them. */
function bodyLine(text: string, program: Node, isAsync: boolean): Line {
  const { lexicals, functions } = declarationsOf(program)
  const variables = [...new Set([...functions, ...variableNames(program)])]
  const accessors = [...lexicals, ...variables].map(
    (name) => `get ${name}(){return ${name}},set ${name}(lodger$value){${name}=lodger$value}`,
  )
  const imports = (program.body as Node[]).filter(isImport)
  const last = program.body.at(-1)
  const result = last?.type === 'ExpressionStatement' ? last : undefined
  let body = text
  if (result !== undefined) {
    const { start, end } = result
    const close = text[end - 1] === ';' ? end - 1 : end
    body = `${text.slice(0, start)}${resultOpen}${text.slice(start, close)}}${text.slice(close)}`
  }
  for (const { start, end } of imports.toReversed()) {
    body = `${body.slice(0, start)};${blankOf(body.slice(start + 1, end))}${body.slice(end)}`
  }
  const open = `(${isAsync ? 'async ' : ''}lodger$declare=>{lodger$declare(lodger$accessors());`
  const before = text.slice(0, result?.start ?? text.length).split('\n')
  return {
    source: `${open}${body}\nfunction lodger$accessors(){return{${accessors}}}})`,
    isBody: true,
    isAsync,
    imports: imports.map(importOf),
    lexicals,
    variables,
    columnOf(line, column) {
      const inBody = line === 1 ? column - open.length : column
      const isResult = line === before.length && inBody > (before.at(-1) ?? '').length
      return Math.max(1, isResult ? inBody - resultOpen.length : inBody)
    },
  }
}

const resultOpen = 'return{value:'

function isImport({ type }: Node): boolean {
  return type === 'ImportDeclaration'
}

function importOf({ source, specifiers, attributes, phase }: Node): Import {
  const names = new Map<string, string>()
  for (const { type, local, imported } of specifiers) {
    if (type === 'ImportNamespaceSpecifier') names.set(local.name, '*')
    else names.set(local.name, imported?.name ?? imported?.value ?? 'default')
  }
  return {
    specifier: source.value,
    attributes: Object.fromEntries(
      (attributes ?? []).map(({ key, value }: Node) => [key.name ?? key.value, value.value]),
    ),
    names,
    isSource: phase === 'source',
  }
}

/** Not of imports, which are bound otherwise. */
function declarationsOf(program: Node): { lexicals: string[]; functions: string[] } {
  const lexicals: string[] = []
  const functions: string[] = []
  for (const statement of program.body) {
    const { type, kind, id } = statement
    if (type === 'VariableDeclaration' && kind !== 'var') lexicals.push(...declaredNames(statement))
    else if (type === 'ClassDeclaration') lexicals.push(id.name)
    else if (type === 'FunctionDeclaration') functions.push(id.name)
  }
  return { lexicals, functions }
}

function blankOf(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}

/** As a module, whose grammar has `await` and imports. */
function parse(text: string): Node | undefined {
  try {
    return syntax().parse(text)
  } catch {
    return undefined
  }
}

/** Whether it is wrong only in that it ends: what can begin nothing is put behind it, and the parser gets that far. */
function isIncomplete(text: string): boolean {
  if (parse(text) !== undefined) return false
  const lines = text.endsWith('\n') ? text : `${text}\n`
  try {
    syntax().parse(`${lines}\0`)
    return false
  } catch (error) {
    return (error as { end?: number }).end === lines.length + 1
  }
}

let made: { parse(source: string): Node } | undefined

function syntax(): { parse(source: string): Node } {
  made ??= builtins['internal/module-syntax']?.(ofNoLoader) as typeof made
  return made as NonNullable<typeof made>
}

/** All that the parser asks for. */
const ofNoLoader = { evaluate, global: globalThis as object } as ShimContext

function syntaxErrorOf(text: string, filename: string): Error | undefined {
  try {
    new Script(text, { filename })
    return undefined
  } catch (error) {
    return error as Error
  }
}
