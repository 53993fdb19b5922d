/**
 * An ES module's text to what a loader has to know of it, and to what has to change for its text to be the body of a
 * function: its imports and exports give way to blanks of the same length, everything else stays where it is.
 */
import { lateNames } from './late-globals.ts'
import { syntaxError } from './parse-error.ts'
import { checkPhase } from './phases.ts'
import { declaredAtTop, declaredNames, findUsage, type Reference, targetsOf } from './scopes.ts'
import type { Node, Parse } from './syntax.ts'

/** A request, as often as it stands in the text with the same attributes. */
export interface ModuleRequest {
  readonly specifier: string
  /** In the order of their keys. */
  readonly attributes: readonly (readonly [key: string, value: string])[]
  /** Whether it is the module's source that is asked for. */
  readonly isSource: boolean
}

/** A name that comes from elsewhere. */
export interface ReadName {
  readonly local: string
  /** Where it is read. */
  readonly references: readonly Reference[]
}

export interface ImportedName extends ReadName {
  /** Its place among the requests. */
  readonly request: number
  /** `undefined` for the whole namespace. */
  readonly name: string | undefined
  /** Where that name stands in the text. */
  readonly start: number
}

export interface LocalExport {
  readonly name: string
  readonly local: string
  /** Whether it may change after the module has run; `undefined` where only a tree tells. */
  readonly isMutable: boolean | undefined
}

/** `export { a as b } from`, `export * as b from`; an import that is exported is one, too. */
export interface IndirectExport {
  readonly name: string
  readonly request: number
  /** `undefined` for the whole namespace. */
  readonly imported: string | undefined
  /** Where that name stands in the text. */
  readonly start: number
}

/** Replaces `start` to `end`. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
  /** Where the name starts that it makes a call of. */
  readonly callee?: number
}

export interface ModuleAnalysis {
  readonly requests: readonly ModuleRequest[]
  readonly imports: readonly ImportedName[]
  readonly exports: readonly LocalExport[]
  readonly indirectExports: readonly IndirectExport[]
  /** `export * from`: places among the requests. */
  readonly starExports: readonly number[]
  /** In the order of the text. */
  readonly edits: readonly Edit[]
  readonly hasTopLevelAwait: boolean
  /** Where. */
  readonly topLevelAwaits: readonly number[]
  /** What `import` of `import(…)` has become, where there is one. */
  readonly importer: string | undefined
  /** What `import.meta` has become, where there is one. */
  readonly meta: string | undefined
  /** Whether the default export is a function without a name, which exists before the module runs. */
  readonly isDefaultHoisted: boolean
  /** Globals that the text may make itself before it reads them. */
  readonly lateGlobals: readonly ReadName[]
  /** It was found without a tree: where the imports are read is not known, and the text may not be a module's at all. */
  readonly isOutline?: boolean
  /** Whether the text may assign to that name; only an outline has to guess. */
  mayAssign?(name: string): boolean
}

/** @throws SyntaxError of the parser, with `start` and `end` */
export function analyze(source: string, parse: Parse): ModuleAnalysis {
  const program = parse(source)
  const statements: readonly Node[] = program.body
  const requests = createRequests()
  const add = (statement: Node) => {
    const { source: specifier, phase } = statement
    checkPhase(source, statement)
    return requests.add(specifier.value, attributesOf(statement), phase === 'source')
  }
  const imports: Omit<ImportedName, 'references'>[] = []
  const specifiers: { name: string; local: string; start: number }[] = []
  /** Names in `export { name }`, which have to be declared. */
  const named: Node[] = []
  const indirectExports: IndirectExport[] = []
  const starExports: number[] = []
  const edits: Edit[] = []
  const nameOf = createNames(source)
  let isDefaultHoisted = false

  const blank = (start: number, end: number, first = ' ') =>
    edits.push({ start, end, text: first + blankOf(source.slice(start + 1, end)) })

  for (const statement of statements) {
    switch (statement.type) {
      case 'ImportDeclaration': {
        const request = add(statement)
        for (const specifier of statement.specifiers) {
          imports.push({
            local: specifier.local.name,
            request,
            name: importedName(specifier),
            start: (specifier.imported ?? specifier.local).start,
          })
        }
        blank(statement.start, statement.end, ';')
        break
      }
      case 'ExportAllDeclaration': {
        const request = add(statement)
        const { exported } = statement
        if (exported === null) starExports.push(request)
        else {
          const { start } = exported
          indirectExports.push({ name: nameIn(exported), request, imported: undefined, start })
        }
        blank(statement.start, statement.end, ';')
        break
      }
      case 'ExportNamedDeclaration': {
        const { declaration, source: from } = statement
        if (declaration !== null) {
          const { start } = declaration
          for (const local of namesOf(declaration)) specifiers.push({ name: local, local, start })
          blank(statement.start, declaration.start)
          break
        }
        const request = from && add(statement)
        for (const { local, exported } of statement.specifiers) {
          const name = nameIn(exported)
          if (from) {
            indirectExports.push({ name, request, imported: nameIn(local), start: local.start })
          } else {
            specifiers.push({ name, local: local.name, start: exported.start })
            named.push(local)
          }
        }
        blank(statement.start, statement.end, ';')
        break
      }
      case 'ExportDefaultDeclaration': {
        const { declaration } = statement
        const isDeclaration = /^(?:Function|Class)Declaration$/.test(declaration.type)
        const local = (isDeclaration && declaration.id?.name) || nameOf(defaultNameLength)
        specifiers.push({ name: 'default', local, start: statement.start })
        if (isDeclaration && declaration.id) {
          blank(statement.start, declaration.start)
          break
        }
        isDefaultHoisted = declaration.type === 'FunctionDeclaration'
        edits.push(...defaultEdits(source, statement, local))
      }
    }
  }

  // An import that is exported is the other module's own.
  const importOf = new Map(imports.map((imported) => [imported.local, imported]))
  expectOnce([...specifiers, ...indirectExports])
  const declared = new Set([...importOf.keys(), ...declaredAtTop(program)])
  for (const { name, start } of named) {
    if (!declared.has(name))
      throw syntaxError(`Export '${name}' is not defined in module`, start, name.length)
  }
  const exports: { name: string; local: string }[] = []
  for (const { name, local } of specifiers) {
    const imported = importOf.get(local)
    if (imported === undefined) exports.push({ name, local })
    else indirectExports.push({ ...imported, name, imported: imported.name })
  }
  const late = lateNames(source, declared)
  const usage = findUsage(
    program,
    new Set(importOf.keys()),
    new Set(exports.map(({ local }) => local)),
    late,
  )
  const references = new Map<string, Reference[]>()
  for (const reference of usage.references) {
    const known = references.get(reference.name)
    if (known === undefined) references.set(reference.name, [reference])
    else known.push(reference)
  }
  const importer = usage.imports.length > 0 ? nameOf('import'.length) : undefined
  for (const call of usage.imports) {
    checkPhase(source, call)
    const { start } = call
    edits.push({ start, end: start + 'import'.length, text: importer as string })
  }
  for (const start of usage.strayArguments) {
    edits.push({ start, end: start + 'arguments'.length, text: nameOf('arguments'.length) })
  }
  const meta = usage.metas.length > 0 ? nameOf('import.meta'.length) : undefined
  for (const [start, end] of usage.metas) {
    edits.push({ start, end, text: meta + blankOf(source.slice(start + 11, end)) })
  }
  return {
    requests: requests.all,
    imports: imports.map((imported) => ({
      ...imported,
      references: references.get(imported.local) ?? [],
    })),
    exports: exports.map(({ name, local }) => ({
      name,
      local,
      isMutable: usage.mutable.has(local),
    })),
    indirectExports,
    starExports,
    edits: edits.sort((a, b) => a.start - b.start),
    hasTopLevelAwait: usage.topLevelAwaits.length > 0,
    topLevelAwaits: usage.topLevelAwaits,
    importer,
    meta,
    isDefaultHoisted,
    lateGlobals: [...late].flatMap((local) => {
      const read = usage.assignedGlobals.has(local) ? undefined : references.get(local)
      return read ? [{ local, references: read }] : []
    }),
  }
}

/** @throws SyntaxError for a name that is exported twice */
function expectOnce(exports: readonly { readonly name: string; readonly start: number }[]): void {
  const known = new Set<string>()
  for (const { name, start } of [...exports].sort((a, b) => a.start - b.start)) {
    if (known.has(name)) throw syntaxError(`Duplicate export of '${name}'`, start, name.length)
    known.add(name)
  }
}

/** As long as fits `const …=` into the place of `export default`. */
export const defaultNameLength: number = 'export default'.length - 'const ='.length

/** A name of that length that stands nowhere in the text, a new one at each call. */
export function createNames(source: string): (length: number) => string {
  let number = 0
  return (length) => {
    for (;;) {
      const name = `$${(number++).toString(36).padStart(length - 1, '_')}`
      if (!source.includes(name)) return name
    }
  }
}

export interface Requests {
  readonly all: readonly ModuleRequest[]
  /** @returns its place among all */
  add(specifier: string, attributes: [key: string, value: string][], isSource?: boolean): number
}

export function createRequests(): Requests {
  const all: ModuleRequest[] = []
  const places = new Map<string, number>()
  return {
    all,
    add(specifier, given, isSource = false) {
      const attributes = given.sort(([a], [b]) => (a < b ? -1 : 1))
      const key = JSON.stringify([specifier, attributes, isSource])
      const known = places.get(key)
      if (known !== undefined) return known
      places.set(key, all.length)
      return all.push({ specifier, attributes, isSource }) - 1
    },
  }
}

function attributesOf({ attributes = [] }: Node): [string, string][] {
  return attributes.map(({ key, value }: Node) => [nameIn(key), value.value])
}

/** Of an identifier, or of a string in its place. */
function nameIn(node: Node): string {
  return node.type === 'Identifier' ? node.name : node.value
}

function importedName({ type, imported }: Node): string | undefined {
  if (type === 'ImportNamespaceSpecifier') return undefined
  return type === 'ImportDefaultSpecifier' ? 'default' : nameIn(imported)
}

function namesOf(declaration: Node): string[] {
  return declaration.type === 'VariableDeclaration'
    ? declaredNames(declaration)
    : targetsOf(declaration.id)
}

/**
 * An expression becomes a constant. What has no name of its own is named `default`, which it gets from being a property;
 * only a function stays a declaration, as it exists before the module runs.
 */
function defaultEdits(source: string, { start, end, declaration }: Node, local: string): Edit[] {
  if (declaration.type === 'FunctionDeclaration') {
    const header = /^(?:async\b\s*)?function\s*\*?/.exec(
      source.slice(declaration.start),
    ) as RegExpExecArray
    const name = declaration.start + header[0].length
    return [
      { start, end: declaration.start, text: blankOf(source.slice(start, declaration.start)) },
      { start: name, end: name, text: ` ${local}` },
    ]
  }
  const keywords = exportDefault.exec(source.slice(start)) as RegExpExecArray
  const opening = `const ${local}=`
  const lineEnds = keywords[0].replace(/[^\r\n\u2028\u2029]/g, '')
  const edit = { start, end: start + keywords[0].length, text: opening + lineEnds }
  if (!isAnonymousFunction(declaration)) return [edit]
  const close = source[end - 1] === ';' ? end - 1 : end
  return [
    { ...edit, text: `${opening}{default:${lineEnds}` },
    { start: close, end: close, text: close === end ? '}.default;' : '}.default' },
  ]
}

/** The two words, and what may stand between them. */
const exportDefault = /^export(?:\s|\/\*[\s\S]*?\*\/|\/\/.*[\r\n\u2028\u2029])+default/

function isAnonymousFunction({ type, id }: Node): boolean {
  return type === 'ArrowFunctionExpression' || (/^(?:Function|Class)/.test(type) && !id)
}

/** Everything but line ends to spaces. */
export function blankOf(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029]/g, ' ')
}
