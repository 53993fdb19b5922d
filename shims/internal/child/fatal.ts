/** What node prints before it gives up. */

import { type FileEntry, Kind, type ShimContext } from '../../../src/seams.ts'

/** A place in a text, as node shows it: its line, and a pointer below. @param column from 0 */
export function showPlace(name: string, source: string, line: number, column: number): string {
  const text = source.split('\n')[line - 1] ?? ''
  return `${name}:${line}\n${text}\n${text.slice(0, column).replace(/[^\t]/g, ' ')}^\n`
}

export function describeFatal(context: ShimContext, error: unknown): string {
  const isObject = Object(error) === error
  const { version } = context.require('process')
  const end = `\n\nNode.js ${version}\n`
  if (!isObject) return `Uncaught:\n${String(error)}${end}`
  let text: string = context.require('util').inspect(error)
  if (!(error instanceof Error)) return text + end
  const stack = String(error.stack)
  // Without frames it stands in brackets, and what node has on lines of its own follows at once.
  if (!stack.includes('\n    at ')) {
    text = text.replace(
      /^\[(.*)\](?=( \{\n)|$)/s,
      (_, shown, members) => shown + (members ? '\n' : ''),
    )
  }
  // Not every engine begins a stack with what it is about.
  if (!text.includes(error.message)) text = `${error}\n${text}`
  return placeOf(context, stack) + text + end
}

/** Where an error was made, by the first frame whose file is there; syntax errors say it themselves. */
function placeOf(context: ShimContext, stack: string): string {
  if (/^\S+:\d+\n/.test(stack)) return ''
  const frames = stack.matchAll(/^ +at (?:.*\()?((?:file:\/\/)?\/[^\n]*):(\d+):(\d+)\)?$/gm)
  for (const [, name = '', line, end] of frames) {
    const isUrl = name.startsWith('file:')
    const file = context.volume.lookup(isUrl ? context.require('url').fileURLToPath(name) : name)
    if (file?.kind !== Kind.File) continue
    const text = (file as FileEntry).text()
    const before = (text.split('\n')[Number(line) - 1] ?? '').slice(0, Number(end) - 1)
    // Of a module that is imported, node knows only where the error was made.
    const thrown = isUrl ? -1 : before.search(/\bthrow\s+$/)
    const column = thrown === -1 ? Number(end) - 1 : thrown
    return `${showPlace(name, text, Number(line), column)}\n`
  }
  return ''
}
