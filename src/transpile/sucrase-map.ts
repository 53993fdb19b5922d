/**
 * sucrase's source maps lose all columns behind a token that is empty, which is in each template literal that begins with,
 * ends with or has nothing between its `${…}`. So a map is made of a text in which nothing is empty, and moved to the other one.
 */
export interface Transformed {
  readonly code: string
  readonly sourceMap?: { readonly mappings: string }
}

/** Between these stands an empty piece of a template literal; wherever else they stand, white space between them is harmless. */
const empty = /[`}](?=\$\{|`)/g

/** White space for the language, which hardly any text has. */
const filler = '\u205f'

/**
 * What `transform` makes of the source, with a map that is right.
 * @param isVerbatim whether it leaves all texts as they are, as JSX's are not: else both results are compared
 */
export function transformExactly(
  source: string,
  transform: (source: string) => Transformed,
  isVerbatim: boolean,
): Transformed {
  if (source.search(empty) === -1 || source.includes(filler)) return transform(source)
  const plain = isVerbatim ? undefined : transform(source)
  const filled = source.replace(empty, `$&${filler}`)
  let other: Transformed
  try {
    other = transform(filled)
  } catch {
    // Told anew, with the column that the author wrote.
    return transform(source)
  }
  const code = other.code.replaceAll(filler, '')
  const { sourceMap } = other
  if (plain !== undefined && plain.code !== code) return plain
  if (sourceMap === undefined) return { code }
  const mappings = move(sourceMap.mappings, fillersOf(other.code), fillersOf(filled))
  return { code, sourceMap: { ...sourceMap, mappings } }
}

/** The mappings without fillers. A segment is the difference to the one before: column; file, line, column. */
function move(mappings: string, made: Fillers, authors: Fillers): string {
  let moved = ''
  let copied = 0
  let start = 0
  const segment = [0, 0, 0, 0]
  let [place, value, shift] = [0, 0, 0]
  let [madeLine, column, columnBefore] = [0, 0, 0]
  let [line, authorsColumn, authorsBefore] = [0, 0, 0]
  for (let index = 0; index <= mappings.length; index++) {
    const code = mappings.charCodeAt(index)
    if (code !== comma && code !== semicolon && index < mappings.length) {
      const bits = valueOfDigit[code] as number
      value += (bits & 31) << shift
      shift += 5
      if (bits & 32) continue
      segment[place++] = value & 1 ? -(value >> 1) : value >> 1
      value = shift = 0
      continue
    }
    if (place > 0) {
      const [toColumn, toFile, toLine, toAuthors] = segment as [number, number, number, number]
      column += toColumn
      line += toLine
      authorsColumn += toAuthors
      const columnNow = withoutFillers(made, madeLine, column)
      const authorsNow = withoutFillers(authors, line, authorsColumn)
      const [own, authorsOwn] = [columnNow - columnBefore, authorsNow - authorsBefore]
      if (own !== toColumn || authorsOwn !== toAuthors) {
        moved += mappings.slice(copied, start)
        for (const number of [own, toFile, toLine, authorsOwn]) moved += writeNumber(number)
        copied = index
      }
      columnBefore = columnNow
      authorsBefore = authorsNow
      place = 0
    }
    if (code === semicolon) {
      madeLine++
      column = columnBefore = 0
    }
    start = index + 1
  }
  return moved + mappings.slice(copied)
}

/** Columns, by the line's number. */
type Fillers = ReadonlyMap<number, readonly number[]>

function fillersOf(text: string): Fillers {
  const found = new Map<number, number[]>()
  let [line, start] = [0, 0]
  let end = text.indexOf('\n')
  for (let at = text.indexOf(filler); at !== -1; at = text.indexOf(filler, at + 1)) {
    for (; end !== -1 && end < at; end = text.indexOf('\n', start)) {
      line++
      start = end + 1
    }
    const columns = found.get(line)
    if (columns === undefined) found.set(line, [at - start])
    else columns.push(at - start)
  }
  return found
}

function withoutFillers(fillers: Fillers, line: number, column: number): number {
  let own = column
  for (const at of fillers.get(line) ?? []) if (at < column) own--
  return own
}

const [comma, semicolon] = [44, 59]
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const valueOfDigit = new Uint8Array(128)
for (let value = 0; value < digits.length; value++) valueOfDigit[digits.charCodeAt(value)] = value

/** Five bits in each digit, the lowest first; a sixth says that more follow. The lowest bit of a number is its sign. */
function writeNumber(number: number): string {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1
  let text = ''
  do {
    const bits = rest & 31
    rest >>= 5
    text += digits[rest > 0 ? bits | 32 : bits]
  } while (rest > 0)
  return text
}
