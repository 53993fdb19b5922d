/** What somebody typed, made ready to be run: which of it is a script, what has to be awaited, what is imported. */
import { Script } from 'node:vm'
import { declaredNames, findUsage, variableNames } from '../../esm/scopes.ts'
import type { Node } from '../../esm/syntax.ts'
import { evaluate } from '../../hosts/node/index.ts'
import type { ShimContext } from '../../seams.ts'
import { builtins } from '../../texts.ts'

/** A text that goes on in the next line. */
export class Incomplete extends Error {}

export interface Line {
  /**
   * A script; where `isAsync`, it gives a function that takes `declare`, runs the line, and promises `{ value }` if it
   * ends with an expression.
   */
  readonly source: string
  readonly isAsync: boolean
  readonly imports: readonly Import[]
  /** What `let`, `const`, `class` and `import` declare. */
  readonly lexicals: readonly string[]
  /** What `var` and functions declare. */
  readonly variables: readonly string[]
}

/** An import statement: the names that it binds, and what they are called where they come from; all of it is `*`. */
export interface Import {
  readonly specifier: string
  readonly attributes: Readonly<Record<string, string>>
  readonly names: ReadonlyMap<string, string>
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
  return source === undefined ? undefined : readJavaScript(source, filename)
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
  if (program !== undefined && needsAwait(program)) return asyncLine(text, program)
  if (syntaxErrorOf(text, filename) !== undefined) return undefined
  return { source: text, isAsync: false, imports: [], ...declarationsOf(program) }
}

function needsAwait(program: Node): boolean {
  return (
    program.body.some(isImport) ||
    findUsage(program, new Set(), new Set()).hasTopLevelAwait === true
  )
}

/** Its declarations stay where they are and are shown by accessors, so that functions of the line go on sharing them. */
function asyncLine(text: string, program: Node): Line {
  const { lexicals, variables } = declarationsOf(program)
  const accessors = [...lexicals, ...variables].map(
    (name) => `get ${name}(){return ${name}},set ${name}(lodger$value){${name}=lodger$value}`,
  )
  const imports = (program.body as Node[]).filter(isImport)
  let body = text
  const last = program.body.at(-1)
  if (last?.type === 'ExpressionStatement') {
    const end = text[last.end - 1] === ';' ? last.end - 1 : last.end
    body = `${text.slice(0, last.start)}return{value:${text.slice(last.start, end)}}${text.slice(end)}`
  }
  for (const { start, end } of imports.toReversed()) {
    body = `${body.slice(0, start)};${blankOf(body.slice(start + 1, end))}${body.slice(end)}`
  }
  return {
    source: `(async(lodger$declare)=>{lodger$declare({${accessors}});${body}\n})`,
    isAsync: true,
    imports: imports.map(importOf),
    lexicals,
    variables,
  }
}

function isImport({ type }: Node): boolean {
  return type === 'ImportDeclaration'
}

function importOf({ source, specifiers, attributes }: Node): Import {
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
  }
}

/** Not of imports, which are bound otherwise. */
function declarationsOf(program: Node | undefined): Pick<Line, 'lexicals' | 'variables'> {
  const lexicals: string[] = []
  const variables = program === undefined ? [] : variableNames(program)
  for (const statement of program?.body ?? []) {
    const { type, kind, id } = statement
    if (type === 'VariableDeclaration' && kind !== 'var') lexicals.push(...declaredNames(statement))
    else if (type === 'ClassDeclaration') lexicals.push(id.name)
    else if (type === 'FunctionDeclaration') variables.push(id.name)
  }
  return { lexicals, variables: [...new Set(variables)] }
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
  try {
    syntax().parse(`${text}\n\0`)
    return false
  } catch (error) {
    return (error as { end?: number }).end === text.length + 2
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
