/** The source text of a failed `assert(…)`, which its message quotes. */

import type { ShimContext } from '../../src/seams.ts'
import type { Loose, LooseFunction } from './loose.ts'

/** Gives a function from the assertion that was called to the text of that call, where it can be found. */
export function createSourceExpression(
  context: ShimContext,
): (stackStartFn: LooseFunction) => string | undefined {
  return (stackStartFn) => {
    const frame = callerOf(stackStartFn)
    const [, path = '', line, column] = /^\s*at (?:.*\()?(.*?):(\d+):(\d+)\)?$/.exec(frame) ?? []
    if (line === undefined) return undefined
    const entry: Loose = context.volume?.lookup(path.replace(/^file:\/\//, ''))
    const text: string | undefined = entry?.text?.().split('\n')[Number(line) - 1]
    if (text === undefined) return undefined
    const at = Number(column) - 1
    return callAt(text, line === '1' ? onFirstLine(text, at, stackStartFn.name) : at)
  }
}

/** The stack's line of who called `fn`. */
function callerOf(fn: LooseFunction): string {
  const { captureStackTrace } = Error as Loose
  if (!captureStackTrace) return ''
  const holder: { stack?: unknown } = {}
  const limit = (Error as Loose).stackTraceLimit
  try {
    // A program may have turned stacks off; this one line is needed all the same.
    ;(Error as Loose).stackTraceLimit = 1
    captureStackTrace(holder, fn)
    return String(holder.stack).split('\n')[1] ?? ''
  } catch {
    return ''
  } finally {
    ;(Error as Loose).stackTraceLimit = limit
  }
}

/** Columns of a file's first line begin somewhere in the wrapper function's head: the call is found by its name. */
function onFirstLine(line: string, column: number, name: string): number {
  const start = line.lastIndexOf(`${name}(`, column)
  return start === -1 ? column : start
}

const identifierEnd =
  /[\p{ID_Start}_$][\p{ID_Continue}$]*(?:\s*\??\.\s*[\p{ID_Continue}$]*|\[['"]?\w*['"]?\])*$/u

/** From the start of `a.b.c(…)`, of which a part stands at the column, to the parenthesis that ends it, or the line's end. */
function callAt(line: string, column: number): string {
  const before = identifierEnd.exec(line.slice(0, column))
  const start = before && /[.\]]\s*$/.test(before[0]) ? before.index : column
  let depth = 0
  let quote = ''
  for (let i = column; i < line.length; i++) {
    const character = line[i] as string
    if (quote) {
      if (character === '\\') i++
      else if (character === quote) quote = ''
    } else if (character === '"' || character === "'" || character === '`') quote = character
    else if (character === '(') depth++
    else if (character === ')') {
      depth--
      if (depth === 0) return line.slice(start, i + 1)
    } else if (character === ';' && depth <= 0) return line.slice(start, i)
  }
  return line.slice(start)
}
