/** `console.table`: from a value to columns, and from columns to lines. */

import type { Loose } from '../loose.ts'
import { stringWidth } from '../string-width.ts'

/** What `tabularData` looks like as columns of cells already inspected; the first names the rows. */
export function tableOf(
  data: Loose,
  properties: readonly string[] | undefined,
  types: Loose,
  inspect: (value: unknown) => string,
): string {
  const ofMap = types.isMapIterator(data)
  const ofSet = types.isSetIterator(data)
  let items: Loose[] | undefined
  // An iterator can only be shown by walking it: unlike node's, it is spent afterwards.
  if (ofMap || ofSet || types.isSet(data) || types.isMap(data)) items = [...data]
  if (items !== undefined) {
    const index = items.map((_, position) => inspect(position))
    const isPair = (item: unknown) => Array.isArray(item) && item.length === 2
    if (types.isMap(data) || ((ofMap || ofSet) && items.length > 0 && items.every(isPair))) {
      return render(
        ['(iteration index)', 'Key', 'Values'],
        [index, items.map((item) => inspect(item[0])), items.map((item) => inspect(item[1]))],
      )
    }
    return render(['(iteration index)', 'Values'], [index, items.map(inspect)])
  }

  const columns = new Map<string, string[]>()
  const own: string[] = []
  const rows = Object.keys(data)
  for (const [position, row] of rows.entries()) {
    const item = data[row]
    const isPrimitive = item === null || (typeof item !== 'function' && typeof item !== 'object')
    if (isPrimitive && properties === undefined) {
      own[position] = inspect(item)
      continue
    }
    for (const key of properties ?? Object.keys(item)) {
      const column = columns.get(key) ?? []
      columns.set(key, column)
      const has = !isPrimitive && Object.hasOwn(item, key)
      column[position] = has ? inspect(item[key]) : ''
    }
  }
  const names = [...columns.keys()]
  const cells = [...columns.values()]
  if (own.length > 0) {
    names.push('Values')
    cells.push(own)
  }
  return render(['(index)', ...names], [rows, ...cells])
}

function render(head: readonly string[], columns: readonly (readonly string[])[]): string {
  const height = Math.max(...columns.map((column) => column.length))
  const rows = Array.from({ length: height }, (_, row) =>
    columns.map((column) => column[row] ?? ''),
  )
  const widths = head.map((name, column) =>
    Math.max(stringWidth(name), ...rows.map((row) => stringWidth(row[column] as string))),
  )
  const line = (cells: readonly string[]) => {
    const padded = cells.map(
      (cell, column) => cell + ' '.repeat((widths[column] as number) - stringWidth(cell)),
    )
    return `│ ${padded.join(' │ ')} │`
  }
  const rule = (left: string, middle: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right
  return [
    rule('┌', '┬', '┐'),
    line(head),
    rule('├', '┼', '┤'),
    ...rows.map(line),
    rule('└', '┴', '┘'),
  ].join('\n')
}
