/** Text to value by `vm.Script`, which can tell a first line's columns without what stands before it. */
import { Script } from 'node:vm'
import type { Evaluate, SourceText } from '../../seams.ts'

const run: Evaluate = (text) => {
  const { prefix, source, suffix, filename } = text
  let script: Script
  try {
    script = new Script(prefix + source + suffix, { filename, columnOffset: -prefix.length })
  } catch (error) {
    if (error instanceof SyntaxError) showOwnLine(error, text)
    throw error
  }
  return script.runInThisContext()
}

export const evaluate: Evaluate = Object.assign(run, { hidesPrefix: true })

/** node draws the offending line into the stack: without the prefix, and without its own frames. */
function showOwnLine(error: SyntaxError, { prefix, filename }: SourceText): void {
  const lines = (error.stack ?? '').split('\n')
  if (lines[0] === `${filename}:1` && lines[1]?.startsWith(prefix)) {
    lines[1] = lines[1].slice(prefix.length)
    lines[2] = (lines[2] ?? '').slice(prefix.length)
  }
  error.stack = lines.filter((line) => !/^ +at .*\(node:vm:/.test(line)).join('\n')
}
