/** Text to value by `vm`, in a realm of its own. */
import { runInContext } from 'node:vm'
import type { Evaluate, SourceText } from '../../seams.ts'
import type { Realm } from './realm.ts'

/** `runInContext` and not `Script`, whose `SyntaxError` would be node's own and no `instanceof` the guest's. */
export function evaluateIn(realm: Realm): Evaluate {
  const run: Evaluate = (text) => {
    const { prefix, source, suffix, filename } = text
    try {
      return runInContext(prefix + source + suffix, realm.context, {
        filename,
        columnOffset: -prefix.length,
      })
    } catch (error) {
      // Of the guest's realm.
      if ((error as Error | undefined)?.name === 'SyntaxError') showOwnLine(error as Error, text)
      throw error
    }
  }
  return Object.assign(run, { hidesPrefix: true })
}

/** node draws the offending line into the stack: without the prefix, and without the frames on this side. */
function showOwnLine(error: Error, { prefix, filename }: SourceText): void {
  const lines = (error.stack ?? '').split('\n')
  if (lines[0] === `${filename}:1` && lines[1]?.startsWith(prefix)) {
    lines[1] = lines[1].slice(prefix.length)
    lines[2] = (lines[2] ?? '').slice(prefix.length)
  }
  // `vm`'s own frames, and this file's below them.
  const last = lines.findLastIndex(isOfVm)
  error.stack = lines.filter((line, index) => !isOfVm(line) && index !== last + 1).join('\n')
}

function isOfVm(line: string): boolean {
  return /^ +at .*\(node:vm:/.test(line)
}
