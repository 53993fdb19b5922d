/** Which names a script takes from outside itself: neither declared in it nor part of ECMAScript. */
import ts from 'typescript'

/** Bound by the definition function, or by every function. */
const bound = new Set(['exports', 'require', 'module', 'arguments'])

/**
 * @param {string} source A script without `import` and `export`.
 * @returns {string[]} The names, sorted.
 */
export function freeNames(source) {
  // Read as TypeScript, because for a .js file the compiler would see a CommonJS module in it.
  const file = ts.createSourceFile('library.ts', source, ts.ScriptTarget.ES2022, true)
  const options = { lib: ['lib.es2023.d.ts'], types: [], target: ts.ScriptTarget.ES2022 }
  const host = ts.createCompilerHost(options)
  const readLibrary = host.getSourceFile.bind(host)
  host.getSourceFile = (name, ...rest) =>
    name === file.fileName ? file : readLibrary(name, ...rest)
  // `resolveName` only looks names up, in scopes that are bound already: nothing is type-checked.
  const checker =
    /** @type {ts.TypeChecker & { resolveName(name: string, at: ts.Node, meaning: ts.SymbolFlags, excludeGlobals: boolean): ts.Symbol | undefined }} */ (
      ts.createProgram([file.fileName], options, host).getTypeChecker()
    )

  const names = new Set()
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (
      ts.isIdentifier(node) &&
      isReference(node) &&
      !bound.has(node.text) &&
      !names.has(node.text)
    ) {
      const symbol = checker.resolveName(node.text, node, ts.SymbolFlags.Value, false)
      // `globalThis` is part of the language, but a loader has one of its own.
      if (!symbol || node.text === 'globalThis') names.add(node.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return [...names].sort()
}

/** @param {ts.Identifier} node Is it a variable that is read or written, and no property, declaration or label? */
function isReference(node) {
  const { parent } = node
  if (ts.isShorthandPropertyAssignment(parent)) return true
  if (ts.isBindingElement(parent) && parent.propertyName === node) return false
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false
  if (ts.isMetaProperty(parent)) return false
  return !('name' in parent && parent.name === node)
}
