/** `Module.SourceMap`: https://nodejs.org/api/module.html#class-modulesourcemap */
import { createError } from '../errors.ts'

/** A source map as its JSON has it. https://tc39.es/ecma426/ */
export interface Payload {
  readonly sources: readonly (string | null)[]
  readonly sourcesContent?: readonly (string | null)[]
  readonly sourceRoot?: string
  readonly names?: readonly string[]
  readonly mappings: string
  readonly sections?: readonly Section[]
}

interface Section {
  readonly map: Payload
  readonly offset: { readonly line: number; readonly column: number }
}

/** Lines and columns count from 0; a text that comes from nowhere has no original. */
export interface Entry {
  readonly generatedLine?: number
  readonly generatedColumn?: number
  readonly originalSource?: string | null | undefined
  readonly originalLine?: number | undefined
  readonly originalColumn?: number | undefined
  readonly name?: string | undefined
}

/** The same as `Entry`'s members, in their order. */
type Row = readonly [
  line: number,
  column: number,
  source?: string | null | undefined,
  originalLine?: number,
  originalColumn?: number,
  name?: string | undefined,
]

/** Of `@jridgewell/sourcemap-codec`: by line, segments of one, four or five numbers. */
export type Decode = (mappings: string) => number[][][]

export interface SourceMap {
  readonly payload: Payload
  readonly lineLengths: number[] | undefined
  findEntry(line: number, column: number): Entry
  findOrigin(line: number, column: number): object
}

export type SourceMapClass = new (
  payload: Payload,
  options?: { readonly lineLengths?: readonly number[] | undefined },
) => SourceMap

/** One loader's own class, as guest code may change it. */
export function createSourceMapClass(decode: Decode): SourceMapClass {
  return class SourceMap {
    readonly #payload: Payload
    readonly #rows: readonly Row[]
    readonly #lineLengths: readonly number[] | undefined

    constructor(
      payload: Payload,
      { lineLengths }: { readonly lineLengths?: readonly number[] | undefined } = {},
    ) {
      this.#payload = copyOf(payload)
      this.#rows = rowsOf(this.#payload, decode)
      if (Array.isArray(lineLengths) && lineLengths.length > 0) this.#lineLengths = lineLengths
    }

    get payload(): Payload {
      return copyOf(this.#payload)
    }

    get lineLengths(): number[] | undefined {
      return this.#lineLengths && [...this.#lineLengths]
    }

    findEntry(line: number, column: number): Entry {
      const row = lastUpTo(this.#rows, line, column)
      if (row === undefined) return {}
      const [generatedLine, generatedColumn, originalSource, originalLine, originalColumn, name] =
        row
      return { generatedLine, generatedColumn, originalSource, originalLine, originalColumn, name }
    }

    /** Counts from 1; as node's, it goes on from the entry by as many lines and columns as lie between. */
    findOrigin(line: number, column: number): object {
      const row = lastUpTo(this.#rows, line - 1, column - 1)
      if (row === undefined) return {}
      const [generatedLine, generatedColumn, fileName, originalLine, originalColumn, name] = row
      if (fileName === undefined || originalLine === undefined || originalColumn === undefined) {
        return {}
      }
      return {
        name,
        fileName,
        lineNumber: originalLine + line - generatedLine,
        columnNumber: originalColumn + column - generatedColumn,
      }
    }
  }
}

/** As node's: one level deep. */
function copyOf(payload: Payload): Payload {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
    throw createError('ERR_INVALID_ARG_TYPE', 'payload', 'Object', payload)
  }
  const pairs = Object.entries(payload).map(([key, value]) => [
    key,
    Array.isArray(value) ? [...value] : value,
  ])
  return Object.fromEntries(pairs)
}

function rowsOf(payload: Payload, decode: Decode): readonly Row[] {
  const rows: Row[] = []
  const { sections } = payload
  if (sections) {
    for (let index = 0; index < sections.length; index++) {
      const section = sections[index] as Section
      addRows(rows, section.map, section.offset.line, section.offset.column, decode)
    }
  } else {
    addRows(rows, payload, 0, 0, decode)
  }
  return rows.sort((a, b) => a[0] - b[0] || a[1] - b[1])
}

function addRows(rows: Row[], map: Payload, line: number, column: number, decode: Decode): void {
  const sources = Array.from({ length: map.sources.length }, (_, index) => map.sources[index])
  if (map.mappings === undefined || map.mappings === null) {
    throw new TypeError('String.prototype.charAt called on null or undefined')
  }
  const mappings = String(map.mappings)
  const lines = decode(mappings)
  if (/[^,;]$/.test(mappings)) complete(lines)
  lines.forEach((segments, index) => {
    // Only the first line of a section stands further right.
    const right = index === 0 ? column : 0
    for (const [own = 0, source, originalLine = 0, originalColumn = 0, name] of segments) {
      const place = [line + index, right + own] as const
      if (source === undefined) rows.push(place)
      else {
        const named = name === undefined ? undefined : map.names?.[name]
        rows.push([...place, sources[source], originalLine, originalColumn, named])
      }
    }
  })
}

/** As node reads it, the very last segment has what it lacks from those before it. */
function complete(lines: readonly number[][][]): void {
  const [, source = 0, line = 0, column = 0] = lastOf(lines, 4)
  const [, , , , name = 0] = lastOf(lines, 5)
  lines.at(-1)?.at(-1)?.splice(1, 4, source, line, column, name)
}

/** The last segment with at least so many numbers. */
function lastOf(lines: readonly number[][][], length: number): readonly number[] {
  for (let line = lines.length - 1; line >= 0; line--) {
    const found = lines[line]?.findLast((segment) => segment.length >= length)
    if (found !== undefined) return found
  }
  return []
}

/** The last entry at a place or before it, on whichever line. */
function lastUpTo(rows: readonly Row[], line: number, column: number): Row | undefined {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    const [atLine, atColumn] = rows[middle] as Row
    if (line < atLine || (line === atLine && column < atColumn)) high = middle
    else low = middle + 1
  }
  return rows[low - 1]
}
