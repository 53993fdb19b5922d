/** A module's text as the body of a function, once it is known what its imports lead to. */
import type { Edit, ModuleAnalysis } from './analyze.ts'

export interface ModuleBody {
  readonly text: string
  /** The author's column for one of the text, from 1; absent where nothing has moved. */
  readonly columnOf: ((line: number, column: number) => number) | undefined
}

/**
 * @param isLive whether an import, or a global that the text makes itself, has to be asked for its value wherever it is
 * read, by calling what has its name;
 * others are constants by then
 */
export function moduleBody(
  source: string,
  analysis: ModuleAnalysis,
  isLive: (local: string) => boolean,
): ModuleBody {
  const edits: Edit[] = [...analysis.edits]
  for (const { local, references } of [...analysis.imports, ...analysis.lateGlobals]) {
    if (!isLive(local)) continue
    for (const { start, isShorthand, isConstructed, isInTypeof } of references) {
      const end = start + local.length
      const call = (text: string) => ({ start: end, end, text, callee: start })
      if (isConstructed) edits.push({ start, end: start, text: '(' }, call('())'))
      else edits.push(call(isShorthand ? `:${local}()` : isInTypeof ? '(1)' : '()'))
    }
  }
  edits.sort((a, b) => a.start - b.start || a.end - b.end)
  let text = ''
  let from = 0
  for (const { start, end, text: replacement } of edits) {
    text += source.slice(from, start) + replacement
    from = end
  }
  const moves = edits.filter(({ start, end, text }) => text.length !== end - start)
  return {
    text: text + source.slice(from),
    columnOf: moves.length > 0 ? columnsBehind(source, moves) : undefined,
  }
}

/** Text behind `column` of the author's line stands so much further right; columns count from 0. */
interface Move {
  readonly column: number
  readonly by: number
  /** Until so far behind what was put in, and within it, something else was meant: where the author wrote it. */
  readonly reach: number
  readonly meant: number
}

/** What has moved by which edits; worked out when the first stack asks. */
function columnsBehind(source: string, edits: readonly Edit[]): ModuleBody['columnOf'] {
  let moves: ReadonlyMap<number, readonly Move[]> | undefined
  return (line, column) => {
    moves ??= movesByLine(source, edits)
    let by = 0
    for (const move of moves.get(line) ?? []) {
      const own = column - 1 - by
      if (own < move.column) break
      if (own < move.column + move.by + move.reach) return move.meant + 1
      by += move.by
    }
    return column - by
  }
}

function movesByLine(source: string, edits: readonly Edit[]): ReadonlyMap<number, Move[]> {
  const moves = new Map<number, Move[]>()
  const ends = source.matchAll(lineEnd)
  let line = 1
  let lineStart = 0
  let next = ends.next()
  for (const { start, end, text, callee } of edits) {
    while (!next.done && next.value.index < end) {
      line++
      lineStart = next.value.index + next.value[0].length
      next = ends.next()
    }
    const column = end - lineStart
    const before = Math.max(0, start - lineStart)
    const move: Move = {
      column,
      by: before + text.length - text.search(lastLine) - column,
      // A call of what a call gives stands at its parenthesis, any other at the name.
      reach:
        callee === undefined ? 0 : (parenthesis.exec(source.slice(end, end + 80))?.[0].length ?? 0),
      meant: callee === undefined ? column : callee - lineStart,
    }
    const known = moves.get(line)
    if (known === undefined) moves.set(line, [move])
    else known.push(move)
  }
  return moves
}

const lineEnd = /\r\n|[\n\r\u2028\u2029]/g
const parenthesis = /^[ \t]*\(/
const lastLine = /[^\n\r\u2028\u2029]*$/
