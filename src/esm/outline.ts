/**
 * What a loader has to know of an ES module's text, found without a tree: of most modules nothing else is ever needed.
 */
import {
  blankOf,
  createNames,
  createRequests,
  defaultNameLength,
  type Edit,
  type ImportedName,
  type IndirectExport,
  type LocalExport,
  type ModuleAnalysis,
} from './analyze.ts'
import { endOfString, endOfWord, isWord, nextToken } from './characters.ts'
import { lateNames } from './late-globals.ts'
import { scan } from './scan.ts'
import type { StatementEnd } from './tokens.ts'

/** @returns nothing where the text has to be parsed to be told */
export function outline(source: string): ModuleAnalysis | undefined {
  const requests = createRequests()
  const imports: ImportedName[] = []
  /** Exports of the module's own names, which may be imports. */
  const specifiers: { name: string; local: string }[] = []
  const indirectExports: IndirectExport[] = []
  const starExports: number[] = []
  const edits: Edit[] = []
  const nameOf = createNames(source)
  let defaultLocal: string | undefined
  let isDefaultHoisted = false

  const blank = (start: number, end: number, first = ' ') =>
    edits.push({ start, end, text: first + blankOf(source.slice(start + 1, end)) })

  function readStatement(start: number, end: number): StatementEnd | undefined {
    const reader = new Reader(source, end)
    const isImport = source.startsWith('import', start)
    if (!isImport) return readExport(reader, start)
    return readImport(reader) && finish(start, reader)
  }

  /** The statement gives way to blanks. */
  function finish(start: number, { end: behind }: Reader): StatementEnd | undefined {
    const next = nextToken(source, behind)
    const isOver =
      next === source.length ||
      source.charCodeAt(next) === 59 ||
      /[\n\r\u2028\u2029]/.test(source.slice(behind, next))
    if (!isOver) return undefined
    const end = source.charCodeAt(behind) === 59 ? behind + 1 : behind
    blank(start, end, ';')
    return { end }
  }

  function readImport(reader: Reader): true | undefined {
    const names: Omit<ImportedName, 'request' | 'references'>[] = []
    let token = reader.next()
    if (!isString(token)) {
      if (isName(token)) {
        // `defer` and `source` may be words of another kind of import.
        if (token === 'defer' || token === 'source') return undefined
        names.push({ local: token, name: 'default', start: reader.start })
        token = reader.next()
        if (token === ',') token = reader.next()
        else if (token !== 'from') return undefined
      }
      if (token === '*') {
        if (reader.next() !== 'as') return undefined
        const local = reader.next()
        if (!isName(local)) return undefined
        names.push({ local, name: undefined, start: reader.start })
        token = reader.next()
      } else if (token === '{') {
        const list = readList(reader)
        if (list === undefined) return undefined
        for (const { from, to, start } of list) {
          if (!isName(to)) return undefined
          names.push({ local: to, name: textOf(from), start })
        }
        token = reader.next()
      }
      if (token !== 'from') return undefined
      token = reader.next()
    }
    const request = readRequest(reader, token)
    if (request === undefined) return undefined
    for (const name of names) imports.push({ ...name, request, references: [] })
    return true
  }

  function readExport(reader: Reader, start: number): StatementEnd | undefined {
    const token = reader.next()
    switch (token) {
      case '*': {
        let name: string | undefined
        let next = reader.next()
        let nameStart = 0
        if (next === 'as') {
          name = reader.next()
          nameStart = reader.start
          if (!isName(name) && !isString(name)) return undefined
          next = reader.next()
        }
        if (next !== 'from') return undefined
        const request = readRequest(reader, reader.next())
        if (request === undefined) return undefined
        if (name === undefined) starExports.push(request)
        else {
          indirectExports.push({
            name: textOf(name),
            request,
            imported: undefined,
            start: nameStart,
          })
        }
        return finish(start, reader)
      }
      case '{': {
        const list = readList(reader)
        if (list === undefined) return undefined
        const { end } = reader
        if (reader.next() !== 'from') {
          reader.end = end
          for (const { from, to } of list) {
            if (!isName(from)) return undefined
            specifiers.push({ name: textOf(to), local: from })
          }
          return finish(start, reader)
        }
        const request = readRequest(reader, reader.next())
        if (request === undefined) return undefined
        for (const { from, to, start: at } of list) {
          indirectExports.push({ name: textOf(to), request, imported: textOf(from), start: at })
        }
        return finish(start, reader)
      }
      case 'default':
        return readDefault(reader, start)
      case 'const':
      case 'let':
      case 'var':
        blank(start, reader.start)
        return { end: reader.start, exportsDeclared: true }
      case 'async':
      case 'function':
      case 'class': {
        const declaration = reader.start
        if (token === 'async' && reader.next() !== 'function') return undefined
        let name = reader.next()
        if (name === '*') name = reader.next()
        if (!isName(name)) return undefined
        specifiers.push({ name, local: name })
        blank(start, declaration)
        return { end: declaration }
      }
    }
    return undefined
  }

  function readDefault(reader: Reader, start: number): StatementEnd | undefined {
    const keywordsEnd = reader.end
    let token = reader.next()
    const { start: expression } = reader
    if (token === 'function' || token === 'class') {
      const isClass = token === 'class'
      let { end: name } = reader
      token = reader.next()
      if (token === '*') {
        name = reader.end
        token = reader.next()
      }
      if (isName(token) && token !== 'extends') {
        specifiers.push({ name: 'default', local: token })
        blank(start, expression)
        return { end: expression }
      }
      if (isClass || token !== '(') return undefined
      isDefaultHoisted = true
      defaultLocal = nameOf(defaultNameLength)
      specifiers.push({ name: 'default', local: defaultLocal })
      edits.push(
        { start, end: expression, text: blankOf(source.slice(start, expression)) },
        { start: name, end: name, text: ` ${defaultLocal}` },
      )
      return { end: expression }
    }
    // What may be a function without a name has to be wrapped as a whole.
    if (token === '(' || token === 'async') return undefined
    if (isName(token) && reader.next() === '=') return undefined
    defaultLocal = nameOf(defaultNameLength)
    specifiers.push({ name: 'default', local: defaultLocal })
    const lineEnds = source.slice(start, keywordsEnd).replace(/[^\r\n\u2028\u2029]/g, '')
    edits.push({ start, end: keywordsEnd, text: `const ${defaultLocal}=${lineEnds}` })
    return { end: keywordsEnd }
  }

  function readRequest(reader: Reader, token: string): number | undefined {
    if (!isString(token)) return undefined
    const attributes: [string, string][] = []
    const { end } = reader
    if (reader.next() === 'with') {
      if (reader.next() !== '{') return undefined
      for (let key = reader.next(); key !== '}'; key = reader.next()) {
        if (key === ',' && attributes.length > 0) continue
        if (!isName(key) && !isString(key)) return undefined
        if (reader.next() !== ':') return undefined
        const value = reader.next()
        if (!isString(value)) return undefined
        attributes.push([textOf(key), textOf(value)])
      }
    } else reader.end = end
    return requests.add(textOf(token), attributes)
  }

  const found = scan(source, readStatement)
  if (found === undefined) return undefined
  const importOf = new Map(imports.map((imported) => [imported.local, imported]))
  for (const local of found.names.exported) specifiers.push({ name: local, local })
  const exports: LocalExport[] = []
  for (const { name, local } of specifiers) {
    const imported = importOf.get(local)
    const isConstant = local === defaultLocal ? true : found.names.declared.get(local)
    if (imported !== undefined) indirectExports.push({ ...imported, name, imported: imported.name })
    else if (isConstant === undefined) return undefined
    else {
      const isUncertain = isConstant === false && found.names.mayAssignLater(local)
      exports.push({ name, local, isMutable: isUncertain ? undefined : false })
    }
  }
  const own = { has: (name: string) => importOf.has(name) || found.names.declared.has(name) }
  if (lateNames(source, own).size > 0) return undefined
  const names = new Set([...exports, ...indirectExports].map(({ name }) => name))
  if (names.size < exports.length + indirectExports.length) return undefined

  const importer = found.imports.length > 0 ? nameOf('import'.length) : undefined
  for (const start of found.imports) {
    edits.push({ start, end: start + 'import'.length, text: importer as string })
  }
  const meta = found.metas.length > 0 ? nameOf('import.meta'.length) : undefined
  for (const [start, end] of found.metas) {
    edits.push({ start, end, text: meta + blankOf(source.slice(start + 11, end)) })
  }
  return {
    requests: requests.all,
    imports,
    exports,
    indirectExports,
    starExports,
    edits: edits.sort((a, b) => a.start - b.start),
    hasTopLevelAwait: false,
    topLevelAwaits: [],
    importer,
    meta,
    isDefaultHoisted,
    lateGlobals: [],
    isOutline: true,
    mayAssign: (name) => found.names.mayAssign(name),
  }
}

interface ListItem {
  readonly from: string
  readonly to: string
  readonly start: number
}

/** `{ a, b as c, "d" as e }` behind its brace. */
function readList(reader: Reader): ListItem[] | undefined {
  const items: ListItem[] = []
  let token = reader.next()
  while (token !== '}') {
    if (!isName(token) && !isString(token)) return undefined
    const from = token
    const { start } = reader
    let to = from
    token = reader.next()
    if (token === 'as') {
      to = reader.next()
      if (!isName(to) && !isString(to)) return undefined
      token = reader.next()
    }
    items.push({ from, to, start })
    if (token === ',') token = reader.next()
    else if (token !== '}') return undefined
  }
  return items
}

/** The tokens of a statement; strings keep their quotes, and those with escapes are none. */
class Reader {
  readonly #source: string
  start: number
  /** Behind the last token. */
  end: number

  constructor(source: string, start: number) {
    this.#source = source
    this.start = start
    this.end = start
  }

  next(): string {
    const source = this.#source
    const start = nextToken(source, this.end)
    const code = source.charCodeAt(start)
    let end = start + 1
    if (code === 34 || code === 39) end = Math.max(endOfString(source, start), end)
    else if (isWord(code)) end = endOfWord(source, end)
    this.start = start
    this.end = end
    return source.slice(start, end)
  }
}

function isString(token: string): boolean {
  return token.length > 1 && /^['"]/.test(token) && !token.includes('\\')
}

function isName(token: string): boolean {
  return token !== '' && isWord(token.charCodeAt(0))
}

/** Of a name or a string. */
function textOf(token: string): string {
  return isString(token) ? token.slice(1, -1) : token
}
