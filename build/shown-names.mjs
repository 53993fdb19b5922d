/** Which functions may be met by their names: of the others nobody but a stack knows what they are called. */
import ts from 'typescript'

/**
 * The names that stand in a source as anything but what is called, and where it is declared. A function that has none of
 * these names is never a value, so that nothing can read its `name`.
 * @param {string} source
 * @returns {Iterable<string>}
 */
export function shownNames(source) {
  /** @type {Set<string>} */
  const shown = new Set()
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isIdentifier(node) && !isHidden(node)) shown.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.ES2022, true))
  return shown
}

/** @param {ts.Identifier} name */
function isHidden(name) {
  const { parent } = name
  if (ts.isCallExpression(parent)) return parent.expression === name
  const isDeclared =
    ts.isFunctionDeclaration(parent) || ts.isVariableDeclaration(parent) || ts.isParameter(parent)
  if (isDeclared || ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) {
    return parent.name === name
  }
  return ts.isMethodDeclaration(parent) || (ts.isImportSpecifier(parent) && !parent.propertyName)
}
