/** What the parts of an ES module's analysis know of syntax trees: those of ESTree, with offsets. https://github.com/estree/estree */

export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  // biome-ignore lint/suspicious/noExplicitAny: a hundred kinds of nodes, each with members of its own
  readonly [member: string]: any
}

/** @throws SyntaxError of the parser, with `start` and `end` */
export type Parse = (source: string) => Node

/** What reads texts: an ES module's, and the names that a CommonJS module exports. */
export interface Syntax {
  readonly parse: Parse
  commonJsExports(source: string): { readonly exports: string[]; readonly reexports: string[] }
}

/** The nodes right below, in the order of the text as far as the tree keeps it. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  for (const key in node) {
    const value: unknown = node[key]
    if (typeof value !== 'object' || value === null) continue
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) visit(item)
    } else if (isNode(value)) {
      visit(value)
    }
  }
}

/** By a member that no guest is likely to have put on `Object.prototype`, where some put `type`. */
function isNode(value: unknown): value is Node {
  return typeof (value as Node | null)?.start === 'number'
}

/** Calls back for each identifier that a pattern binds, or assigns to. */
export function forEachTarget(pattern: Node | null, visit: (target: Node) => void): void {
  switch (pattern?.type) {
    case 'Identifier':
      visit(pattern)
      break
    case 'ObjectPattern':
      for (const property of pattern.properties)
        forEachTarget(property.value ?? property.argument, visit)
      break
    case 'ArrayPattern':
      for (const element of pattern.elements) forEachTarget(element, visit)
      break
    case 'AssignmentPattern':
      forEachTarget(pattern.left, visit)
      break
    case 'RestElement':
      forEachTarget(pattern.argument, visit)
  }
}

export function isFunction({ type }: Node): boolean {
  return (
    type === 'FunctionDeclaration' ||
    type === 'FunctionExpression' ||
    type === 'ArrowFunctionExpression'
  )
}
