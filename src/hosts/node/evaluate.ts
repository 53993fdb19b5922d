/** Text to value by `vm`, which can tell a first line's columns without what stands before it. */
import type { Evaluate } from '../../seams.ts'
import { compileFunction, Script } from './builtins.ts'

const run: Evaluate = ({ prefix, source, suffix, filename }) => {
  let script: InstanceType<typeof Script>
  try {
    script = new Script(prefix + source + suffix, { filename, columnOffset: -prefix.length })
  } catch (error) {
    showOwnLine(error, prefix, filename)
    throw error
  }
  return script.runInThisContext()
}

export const evaluate: Evaluate = Object.assign(run, {
  hidesPrefix: true,
  compileFunction(body: string, parameters: readonly string[], filename: string): unknown {
    try {
      return compileFunction(body, parameters, { filename })
    } catch (error) {
      showOwnLine(error, '', filename)
      throw error
    }
  },
})

/** node draws the offending line into the stack: without the prefix, and without its own frames. */
function showOwnLine(error: unknown, prefix: string, filename: string): void {
  if (!(error instanceof SyntaxError)) return
  const lines = (error.stack ?? '').split('\n')
  if (lines[0] === `${filename}:1` && lines[1]?.startsWith(prefix)) {
    lines[1] = lines[1].slice(prefix.length)
    lines[2] = (lines[2] ?? '').slice(prefix.length)
  }
  error.stack = lines.filter((line) => !/^ +at .*\(node:vm:/.test(line)).join('\n')
}
