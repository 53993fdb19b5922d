/** Answers as text that two sides must have in common. */
import { dirname } from 'node:path'
import type { Answer } from './types.ts'

/** JSON.parse and the parser of JavaScript speak as their engine does: only the same engine can be held to it. */
const sameEngine = process.version.startsWith('v26.')

/** An answer as text, with `/case` for the root and without what is the engine's own. */
export function neutral({ result, thrown, frames, warnings }: Answer, root: string): string {
  const answer = { result, thrown, frames, warnings }
  return print(JSON.parse(compact(sameEngine ? answer : withoutEngine(answer), root)), '')
}

/** An answer as JSON in one line, for looking into it. */
export function compact(answer: unknown, root: string): string {
  return JSON.stringify(answer).replaceAll(root, '/case').replaceAll(dirname(root), '/place')
}

/** An answer for reading: each error in one line. */
export function brief(answer: Answer, root: string): string {
  const shorten = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shorten)
    if (typeof value !== 'object' || value === null) return value
    const { error, message, text, head, ...rest } = value as Record<string, unknown>
    if (error !== undefined)
      return `${String(text).replace('…', () => String(message))} ${JSON.stringify(rest)}`
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shorten(item)]))
  }
  return neutral(shorten(answer) as Answer, root)
}

/** JSON in lines that a diff can show: what fits into one line stays there. */
function print(value: unknown, indent: string): string {
  const line = JSON.stringify(value)
  if (line === undefined || indent.length + line.length <= 100) return line
  if (typeof value !== 'object' || value === null) return line
  const inner = `${indent}  `
  const [open, close, items] = Array.isArray(value)
    ? ['[', ']', value.map((item) => print(item, inner))]
    : ['{', '}', Object.entries(value).map(([k, v]) => `${JSON.stringify(k)}: ${print(v, inner)}`)]
  return `${open}\n${items.map((item) => inner + item).join(',\n')}\n${indent}${close}`
}

function withoutEngine(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEngine)
  if (typeof value !== 'object' || value === null) return value
  const seen = value as Record<string, unknown>
  if (seen.error === 'SyntaxError') {
    // `<filename>: ` is the loader's, what follows is the engine's.
    const prefix = /^\/.*?: /.exec(String(seen.message))?.[0] ?? ''
    return { ...seen, message: `${prefix}(engine)`, text: 'SyntaxError: …' }
  }
  return Object.fromEntries(Object.entries(seen).map(([key, item]) => [key, withoutEngine(item)]))
}
