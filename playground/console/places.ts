/** Places in files that a line of output names. */

import { home, join } from '../files/paths.ts'

export interface Place {
  readonly path: string
  readonly line: number
  readonly column: number
}

export interface FoundPlace extends Place {
  readonly start: number
  readonly end: number
}

/**
 * `/app/lib/bill.js:3:5`, and node's `/app/lib/bill.js:3` at the head of an uncaught error; compilers and linters print
 * `lib/bill.js:3:5`. ES modules have URLs.
 */
const pattern = /(?:file:\/\/)?([^\s:()'"]+):(\d+)(?::(\d+))?/g

export function findPlaces(line: string, exists: (path: string) => boolean): FoundPlace[] {
  const found: FoundPlace[] = []
  for (const match of line.matchAll(pattern)) {
    const [whole, name = '', number = '', column = '1'] = match
    const path = name.startsWith('/') ? name : join(home, name.replace(/^\.\//, ''))
    if (!exists(path)) continue
    const { index } = match
    found.push({
      path,
      line: Number(number),
      column: Number(column),
      start: index,
      end: index + whole.length,
    })
  }
  return found
}
