/** A random tree for people to read. */
import type { Entry, RandomTree } from './trees.ts'

export function printTree(tree: RandomTree): string {
  const lines: string[] = []
  for (const [path, entry] of tree.entries) lines.push(`  ${path}${printEntry(entry)}`)
  if (tree.execArgv.length > 0) lines.push(`  node ${tree.execArgv.join(' ')}`)
  for (const { kind, from, request, paths, contents } of tree.steps) {
    const options = paths ? ` { paths: ${JSON.stringify(paths)} }` : contents ? `: ${contents}` : ''
    lines.push(`  ${kind} ${JSON.stringify(request)}${options} from ${from}`)
  }
  return lines.join('\n')
}

function printEntry(entry: Entry): string {
  if (entry === null) return '/'
  if (typeof entry === 'string') return `: ${JSON.stringify(entry)}`
  if ('link' in entry) return ` -> ${entry.link}`
  if ('statements' in entry) return entry.statements.map((line) => `\n    ${line}`).join('')
  return `: ${entry.length} bytes`
}
