/** Where a module's own names are used: free of the declarations that hide them further in. */
import { forEachChild, forEachTarget, isFunction, type Node } from './syntax.ts'

/** A place where a name of the module is read. */
export interface Reference {
  readonly name: string
  readonly start: number
  /** `{ name }` in an object, where it is the key too. */
  readonly isShorthand: boolean
  /** What `new` makes an object of, or a member of which it does. */
  readonly isConstructed: boolean
  /** What `typeof` is asked about, which is no error where there is nothing of that name. */
  readonly isInTypeof: boolean
}

export interface Usage {
  readonly references: readonly Reference[]
  /** The names to which the module may still assign when it has run. */
  readonly mutable: ReadonlySet<string>
  /** `import(…)`: where each begins. */
  readonly imports: readonly Node[]
  /** `import.meta`: where each begins and ends. */
  readonly metas: readonly (readonly [start: number, end: number])[]
  /** `arguments`, which no module has: where each begins. */
  readonly strayArguments: readonly number[]
  /** Where it awaits something at its top level. */
  readonly topLevelAwaits: readonly number[]
  /** Names to which the text assigns, and that nothing in it declares. */
  readonly assignedGlobals: ReadonlySet<string>
}

/** The names that are declared between a place and the module, of those that are looked for. */
interface Scope {
  readonly names: ReadonlySet<string>
  readonly outer: Scope | undefined
}

/**
 * @param program the tree of a module
 * @param imported the names that it imports
 * @param exported the names of its own that it exports
 * @param given names that it does not declare, and that may be globals which it makes itself
 */
export function findUsage(
  program: Node,
  imported: ReadonlySet<string>,
  exported: ReadonlySet<string>,
  given: ReadonlySet<string> = new Set(),
): Usage {
  const wanted = new Set([...imported, ...exported, ...given])
  const assignedGlobals = new Set<string>()
  const references: Reference[] = []
  const mutable = new Set<string>()
  const imports: Node[] = []
  const metas: (readonly [number, number])[] = []
  const topLevelAwaits: number[] = []
  const strayArguments: number[] = []
  let functionDepth = 0
  /** How many of the functions around have `arguments` of their own. */
  let ownArguments = 0

  /** Members with names that are computed are expressions; others are only words. */
  function visit(node: Node, scope: Scope | undefined): void {
    switch (node.type) {
      case 'Identifier':
        if (node.name === 'arguments' && ownArguments === 0) strayArguments.push(node.start)
        refer(node, scope)
        return
      case 'MemberExpression':
        visit(node.object, scope)
        if (node.computed) visit(node.property, scope)
        return
      case 'Property':
        if (node.computed) visit(node.key, scope)
        if (node.shorthand && node.value.type === 'Identifier') refer(node.value, scope, true)
        else visit(node.value, scope)
        return
      case 'MethodDefinition':
      case 'PropertyDefinition':
      case 'AccessorProperty':
        if (node.computed) visit(node.key, scope)
        if (node.value) {
          functionDepth++
          visit(node.value, scope)
          functionDepth--
        }
        return
      case 'LabeledStatement':
        visit(node.body, scope)
        return
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'ExportSpecifier':
      case 'ImportAttribute':
        return
      case 'MetaProperty':
        if (node.meta.name === 'import') metas.push([node.start, node.end])
        return
      case 'ImportExpression':
        imports.push(node)
        break
      case 'CallExpression':
        // Evaluated text can assign to whatever is in sight.
        if (node.callee.type === 'Identifier' && node.callee.name === 'eval')
          for (const name of exported) mutable.add(name)
        break
      case 'NewExpression':
        visitConstructed(node.callee, scope)
        for (const argument of node.arguments) visit(argument, scope)
        return
      case 'UnaryExpression':
        if (node.operator !== 'typeof' || !given.has(node.argument.name)) break
        refer(node.argument, scope, false, false, true)
        return
      case 'AssignmentExpression':
        assign(node.left, scope)
        visit(node.right, scope)
        return
      case 'UpdateExpression':
        assign(node.argument, scope)
        return
      case 'AwaitExpression':
        if (functionDepth === 0) topLevelAwaits.push(node.start)
        break
      case 'VariableDeclaration':
        if (node.kind === 'await using' && functionDepth === 0) topLevelAwaits.push(node.start)
        for (const { id, init } of node.declarations) {
          visitPattern(id, scope)
          if (init) visit(init, scope)
        }
        return
      case 'BlockStatement':
      case 'SwitchStatement':
        visitBelow(node, inner(scope, lexicalNames(node.body ?? statementsOf(node.cases))))
        return
      case 'StaticBlock':
        functionDepth++
        visitBelow(node, inner(scope, [...lexicalNames(node.body), ...variableNames(node)]))
        functionDepth--
        return
      case 'ForStatement':
        visitBelow(node, inner(scope, lexicalNames([node.init])))
        return
      case 'ForInStatement':
      case 'ForOfStatement':
        visitLoop(node, scope)
        return
      case 'CatchClause': {
        const own = inner(scope, targetsOf(node.param))
        if (node.param) visitPattern(node.param, own)
        visit(node.body, own)
        return
      }
      case 'ClassDeclaration':
      case 'ClassExpression': {
        const own = inner(scope, node.id ? [node.id.name] : [])
        if (node.superClass) visit(node.superClass, own)
        for (const decorator of node.decorators ?? []) visit(decorator, scope)
        visit(node.body, own)
        return
      }
    }
    if (isFunction(node)) visitFunction(node, scope)
    else visitBelow(node, scope)
  }

  function visitBelow(node: Node, scope: Scope | undefined): void {
    forEachChild(node, (child) => visit(child, scope))
  }

  function visitFunction(node: Node, scope: Scope | undefined): void {
    const isExpression = node.type === 'FunctionExpression'
    const named = isExpression && node.id ? inner(scope, [node.id.name]) : scope
    const { body } = node
    const names = node.params.flatMap(targetsOf)
    if (body.type === 'BlockStatement')
      names.push(...lexicalNames(body.body), ...variableNames(body))
    const own = inner(named, names)
    const hasArguments = node.type === 'ArrowFunctionExpression' ? 0 : 1
    functionDepth++
    ownArguments += hasArguments
    for (const parameter of node.params) visitPattern(parameter, own)
    if (body.type === 'BlockStatement') visitBelow(body, own)
    else visit(body, own)
    functionDepth--
    ownArguments -= hasArguments
  }

  function visitLoop(node: Node, scope: Scope | undefined): void {
    if (node.await && functionDepth === 0) topLevelAwaits.push(node.start)
    const { left } = node
    const own = inner(scope, lexicalNames([left]))
    if (left.type === 'VariableDeclaration') {
      if (left.kind === 'await using' && functionDepth === 0) topLevelAwaits.push(left.start)
      visitPattern(left.declarations[0].id, own)
    } else {
      assign(left, own)
    }
    visit(node.right, own)
    visit(node.body, own)
  }

  /** What stands in a declaration's pattern and is no name: defaults, and keys that are computed. */
  function visitPattern(pattern: Node | null, scope: Scope | undefined): void {
    visitTargets(pattern, scope, () => {})
  }

  function assign(target: Node, scope: Scope | undefined): void {
    visitTargets(target, scope, (node) => {
      if (node.type !== 'Identifier') visit(node, scope)
      else if (given.has(node.name) && isFree(node.name, scope)) assignedGlobals.add(node.name)
      // What the module does while it runs is over when others see it.
      else if (functionDepth > 0 && isFree(node.name, scope)) mutable.add(node.name)
    })
  }

  function visitTargets(
    pattern: Node | null,
    scope: Scope | undefined,
    take: (target: Node) => void,
  ): void {
    switch (pattern?.type) {
      case undefined:
        break
      case 'ObjectPattern':
        for (const property of pattern?.properties ?? []) {
          if (property.computed) visit(property.key, scope)
          visitTargets(property.value ?? property.argument, scope, take)
        }
        break
      case 'ArrayPattern':
        for (const element of pattern?.elements ?? []) visitTargets(element, scope, take)
        break
      case 'AssignmentPattern':
        visitTargets(pattern?.left, scope, take)
        visit(pattern?.right, scope)
        break
      case 'RestElement':
        visitTargets(pattern?.argument, scope, take)
        break
      default:
        take(pattern as Node)
    }
  }

  /** `new a.b()` begins with a name that has to be read before the parentheses are. */
  function visitConstructed(callee: Node, scope: Scope | undefined): void {
    if (callee.type === 'Identifier') refer(callee, scope, false, true)
    else if (callee.type === 'MemberExpression') {
      visitConstructed(callee.object, scope)
      if (callee.computed) visit(callee.property, scope)
    } else visit(callee, scope)
  }

  function refer(
    { name, start }: Node,
    scope: Scope | undefined,
    isShorthand = false,
    isConstructed = false,
    isInTypeof = false,
  ): void {
    if ((imported.has(name) || given.has(name)) && isFree(name, scope)) {
      references.push({ name, start, isShorthand, isConstructed, isInTypeof })
    }
  }

  function isFree(name: string, scope: Scope | undefined): boolean {
    if (!wanted.has(name)) return false
    for (let cursor = scope; cursor !== undefined; cursor = cursor.outer) {
      if (cursor.names.has(name)) return false
    }
    return true
  }

  function inner(outer: Scope | undefined, names: readonly string[]): Scope | undefined {
    const hiding = names.filter((name) => wanted.has(name))
    return hiding.length === 0 ? outer : { names: new Set(hiding), outer }
  }

  visitBelow(program, undefined)
  return { references, mutable, imports, metas, strayArguments, topLevelAwaits, assignedGlobals }
}

export function targetsOf(pattern: Node | null): string[] {
  const names: string[] = []
  forEachTarget(pattern, ({ name }) => names.push(name))
  return names
}

function statementsOf(cases: readonly Node[]): Node[] {
  return cases.flatMap(({ consequent }) => consequent)
}

/** Names that statements declare for the block in which they stand. */
function lexicalNames(statements: readonly (Node | null)[]): string[] {
  return statements.flatMap((statement) => {
    switch (statement?.type) {
      case 'VariableDeclaration':
        return statement.kind === 'var' ? [] : declaredNames(statement)
      case 'ClassDeclaration':
      case 'FunctionDeclaration':
        return statement.id ? [statement.id.name] : []
      default:
        return []
    }
  })
}

/** Names that a module has for itself, imports aside. */
export function declaredAtTop(program: Node): string[] {
  const statements = program.body.map((statement: Node) => statement.declaration ?? statement)
  return [...lexicalNames(statements), ...variableNames(program)]
}

export function declaredNames(declaration: Node): string[] {
  return declaration.declarations.flatMap(({ id }: Node) => targetsOf(id))
}

/** Names that `var` declares anywhere in a function. */
export function variableNames(body: Node): string[] {
  const names: string[] = []
  forEachChild(body, (child) => names.push(...variableNamesIn(child)))
  return names
}

function variableNamesIn(node: Node): string[] {
  if (isFunction(node) || node.type === 'StaticBlock' || isExpression(node.type)) return []
  const isVariable = node.type === 'VariableDeclaration' && node.kind === 'var'
  return [...(isVariable ? declaredNames(node) : []), ...variableNames(node)]
}

/** Nothing in an expression declares a variable of the function around it. */
function isExpression(type: string): boolean {
  return type.endsWith('Expression') || type.endsWith('Literal') || type === 'Identifier'
}
