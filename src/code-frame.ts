/** The lines around a place. */

/** Lines and columns count from 1. */
export interface CodePlace {
  readonly line: number
  readonly column: number
}

/**
 * Two lines before the place, its own, a caret below its column, two lines after.
 * @example
 * codeFrame('a +', { line: 1, column: 3 }) // => '> 1 | a +\n    |   ^'
 */
export function codeFrame(text: string, { line, column }: CodePlace): string {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/)
  const first = Math.max(0, line - 3)
  const shown = lines.slice(first, line + 2)
  const width = String(first + shown.length).length
  const rows = shown.map((code, index) => {
    const number = first + index + 1
    const mark = number === line ? '>' : ' '
    return `${mark} ${String(number).padStart(width)} | ${code}`.trimEnd()
  })
  const margin = (lines[line - 1] ?? '').slice(0, column - 1).replace(/[^\t]/g, ' ')
  rows.splice(line - first, 0, `  ${' '.repeat(width)} | ${margin}^`)
  return rows.join('\n')
}
