/** A module's text as the body of a function, once it is known what its imports lead to. */
import type { Edit, ModuleAnalysis } from './analyze.ts'

/**
 * @param isLive whether an import, or a global that the text makes itself, has to be asked for its value wherever it is
 * read, by calling what has its name; others are constants by then
 */
export function moduleBody(
  source: string,
  analysis: ModuleAnalysis,
  isLive: (local: string) => boolean,
): string {
  const edits: Edit[] = [...analysis.edits]
  for (const { local, references } of [...analysis.imports, ...analysis.lateGlobals]) {
    if (!isLive(local)) continue
    for (const { start, isShorthand, isConstructed, isInTypeof } of references) {
      const end = start + local.length
      if (isConstructed) edits.push(insert(start, '('), insert(end, '())'))
      else edits.push(insert(end, isShorthand ? `:${local}()` : isInTypeof ? '(1)' : '()'))
    }
  }
  edits.sort((a, b) => a.start - b.start || a.end - b.end)
  let text = ''
  let from = 0
  for (const { start, end, text: replacement } of edits) {
    text += source.slice(from, start) + replacement
    from = end
  }
  return text + source.slice(from)
}

function insert(at: number, text: string): Edit {
  return { start: at, end: at, text }
}
