/** Letters that are typed in the tree lead to the next row that begins with them. */
import type { Row } from './tree-model.ts'

/** Letters belong together when they come within that many milliseconds. */
const pause = 600

export function createTypeAhead(): (
  key: string,
  rows: readonly Row[],
  from: Row,
) => string | undefined {
  let typed = ''
  let last = 0
  return (key, rows, from) => {
    const now = performance.now()
    typed = now - last < pause ? typed + key.toLowerCase() : key.toLowerCase()
    last = now
    // The row itself counts while a word is typed on, and not for its first letter.
    const start = rows.indexOf(from) + (typed.length === 1 ? 1 : 0)
    const inOrder = [...rows.slice(start), ...rows.slice(0, start)]
    return inOrder.find(({ label }) => label.toLowerCase().startsWith(typed))?.path
  }
}
