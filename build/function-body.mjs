/** A module of `shims/` as the body of a function that takes `require` and returns the exports. */
import { posix } from 'node:path'
import ts from 'typescript'

/**
 * `import { a as b } from './c.ts'` becomes `const { a: b } = require('c.ts')`, and all exports are returned at the end:
 * enough, because shims never import each other in a circle. Types stay where they are.
 *
 * @param {string} source
 * @param {string} file The module's path within `shims`, as are those that the body requires.
 * @param {(name: string) => string} [rename] What the shims call an export among themselves.
 * @returns {{ body: string, imports: [file: string, names: string[]][] }}
 * @throws on a form of `import` or `export` that no shim has needed yet
 */
export function toFunctionBody(source, file, rename = (name) => name) {
  const { statements } = parse(source, file)
  /** @type {[file: string, names: string[]][]} */
  const imports = []
  /** @type {string[]} */
  const exports = []
  const lines = statements.map((statement) => {
    const text = statement.getText()
    if (ts.isImportDeclaration(statement)) {
      const names = importedNames(statement)
      if (names.length === 0) return ''
      const path = importedFile(statement, file)
      imports.push([path, names.map(([name]) => name)])
      const isEngine = path.startsWith('../')
      const bindings = names.map(([name, local]) => `${isEngine ? name : rename(name)}: ${local}`)
      return `const { ${bindings.join(', ')} } = require('${path}')`
    }
    if (ts.isExportAssignment(statement)) {
      exports.push(`${rename('default')}: $default`)
      return `const $default = ${statement.expression.getText()}`
    }
    const names = exportedNames(statement)
    if (names === undefined) return text
    exports.push(...names.map((name) => `${rename(name)}: ${name}`))
    return text.slice('export '.length)
  })
  return { body: `${lines.join('\n')}\nreturn { ${exports.join(', ')} }`, imports }
}

/**
 * What a table of shims says: property -> file within `shims`, and the name of the export.
 * @param {string} source Of a module in `shims` that imports the shims and exports one object.
 * @returns {Record<string, [file: string, name: string]>}
 */
export function readTable(source) {
  const { statements } = parse(source, 'table.ts')
  /** @type {Map<string, [file: string, name: string]>} */
  const origins = new Map()
  for (const statement of statements.filter(ts.isImportDeclaration)) {
    const file = importedFile(statement, 'table.ts')
    for (const [name, local] of importedNames(statement)) origins.set(local, [file, name])
  }
  const object = statements.find(ts.isVariableStatement)?.declarationList.declarations[0]
    ?.initializer
  if (!object || !ts.isObjectLiteralExpression(object)) throw new Error('the table is no object')
  return Object.fromEntries(
    object.properties.map((property) => {
      const id = /** @type {ts.Identifier | ts.StringLiteral} */ (property.name).text
      const value = ts.isPropertyAssignment(property) ? property.initializer : property.name
      const origin = value && origins.get(value.getText())
      if (!origin) throw new Error(`'${id}' of the table is not imported`)
      return [id, origin]
    }),
  )
}

/** @param {string} source @param {string} file */
function parse(source, file) {
  return ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true)
}

/** @param {ts.ImportDeclaration} statement @param {string} file */
function importedFile({ moduleSpecifier }, file) {
  const specifier = /** @type {ts.StringLiteral} */ (moduleSpecifier).text
  return posix.join(posix.dirname(file), specifier)
}

/** Name there and name here; types are left out. @param {ts.ImportDeclaration} statement */
function importedNames({ importClause: clause }) {
  /** @type {[name: string, local: string][]} */
  const names = []
  if (!clause || clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return names
  if (clause.name) names.push(['default', clause.name.text])
  const { namedBindings } = clause
  if (namedBindings && !ts.isNamedImports(namedBindings)) throw new Error(clause.getText())
  for (const { isTypeOnly, name, propertyName = name } of namedBindings?.elements ?? []) {
    if (!isTypeOnly) names.push([propertyName.text, name.text])
  }
  return names
}

/** @param {ts.Statement} statement @returns {string[] | undefined} `undefined` where nothing is exported. */
function exportedNames(statement) {
  if (ts.isExportDeclaration(statement)) throw new Error(statement.getText())
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
  if (modifiers[0]?.kind !== ts.SyntaxKind.ExportKeyword) return undefined
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return []
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText())
  }
  const named = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)
  if (!named || modifiers[1]?.kind === ts.SyntaxKind.DefaultKeyword || !statement.name) {
    throw new Error(statement.getText())
  }
  return [statement.name.text]
}
