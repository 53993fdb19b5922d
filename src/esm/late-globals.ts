/** Globals that a module makes and reads by their names alone: none of them is there when its text is compiled. */
import { declaredNames, targetsOf, variableNames } from './scopes.ts'
import type { Node } from './syntax.ts'

const assignment = /\.([\w$]+)\s*(?:\?\?|\|\|)?=(?![=>])/g

/** Names that the text gives to some object, which may be the global one, and does not declare at its top. */
export function assignedNames(source: string, program: Node): Set<string> {
  const names = new Set<string>()
  if (!/\bglobal(?:This)?\b/.test(source)) return names
  for (const [, name] of source.matchAll(assignment)) names.add(name as string)
  names.delete('arguments')
  if (names.size === 0) return names
  for (const statement of program.body) {
    for (const name of declaredBy(statement.declaration ?? statement)) names.delete(name)
  }
  for (const name of variableNames(program)) names.delete(name)
  return names
}

function declaredBy(statement: Node): string[] {
  switch (statement.type) {
    case 'VariableDeclaration':
      return declaredNames(statement)
    case 'ClassDeclaration':
    case 'FunctionDeclaration':
      return targetsOf(statement.id)
    case 'ImportDeclaration':
      return statement.specifiers.map(({ local }: Node) => local.name)
    default:
      return []
  }
}
