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
  const mappings = move(sourceMap.mappings, linesWithFillers(other.code), linesWithFillers(filled))
  return { code, sourceMap: { ...sourceMap, mappings } }
}

/** The mappings of lines whose fillers are gone. Each segment is the difference to the one before: column; file, line, column. */
function move(mappings: string, made: FilledLines, authors: FilledLines): string {
  let [line, authorsColumn, movedBefore] = [0, 0, 0]
  const lines = mappings.split(';').map((segments, index) => {
    let [column, columnBefore] = [0, 0]
    return segments.split(',').flatMap((segment) => {
      if (segment === '') return []
      const [toColumn = 0, toFile = 0, toLine = 0, toAuthors = 0] = readNumbers(segment)
      column += toColumn
      line += toLine
      authorsColumn += toAuthors
      const moved = withoutFillers(made[index], column)
      const authorsMoved = withoutFillers(authors[line], authorsColumn)
      const numbers = [moved - columnBefore, toFile, toLine, authorsMoved - movedBefore]
      columnBefore = moved
      movedBefore = authorsMoved
      let text = ''
      for (const number of numbers) text += writeNumber(number)
      return text
    })
  })
  return lines.map((segments) => segments.join(',')).join(';')
}

/** The others are `undefined`: their columns stay. */
type FilledLines = readonly (string | undefined)[]

function linesWithFillers(text: string): FilledLines {
  return text.split('\n').map((line) => (line.includes(filler) ? line : undefined))
}

function withoutFillers(line: string | undefined, column: number): number {
  return line === undefined ? column : line.slice(0, column).replaceAll(filler, '').length
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const valueOfDigit = new Uint8Array(128)
for (let value = 0; value < digits.length; value++) valueOfDigit[digits.charCodeAt(value)] = value

/** Five bits in each digit, the lowest first; a sixth says that more follow. The lowest bit of a number is its sign. */
function readNumbers(segment: string): number[] {
  const numbers: number[] = []
  let [value, shift] = [0, 0]
  for (let index = 0; index < segment.length; index++) {
    const bits = valueOfDigit[segment.charCodeAt(index)] as number
    value += (bits & 31) << shift
    shift += 5
    if (bits & 32) continue
    numbers.push(value & 1 ? -(value >> 1) : value >> 1)
    value = shift = 0
  }
  return numbers
}

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
