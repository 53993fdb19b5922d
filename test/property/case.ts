/** A random tree as a case that the oracle can ask. */
import type { Contents, OracleCase } from '../oracle/types.ts'
import type { Entry, RandomTree } from './trees.ts'

export function treeToCase(tree: RandomTree, name: string): OracleCase {
  const files: Record<string, Contents> = {}
  for (const [path, entry] of tree.entries) files[path] = entryToContents(entry)
  return {
    name,
    tree: files,
    program: tree.program(tree),
    at: 'main.cjs',
    execArgv: tree.execArgv,
    ...(tree.cwd && { cwd: tree.cwd }),
    // Many trees share a process, and a process has one home.
    env: { HOME: '/nowhere' },
  }
}

function entryToContents(entry: Entry): Contents {
  if (entry !== null && typeof entry === 'object' && 'statements' in entry) {
    return `${entry.statements.join('\n')}\n`
  }
  return entry
}
