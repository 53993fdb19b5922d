/** The lines of an error's stack: what repeats is left out, and the rest coloured. */

import type { Loose } from '../loose.ts'
import { attempt } from './attempt.ts'
import type { Session } from './session.ts'

/** Shorter stacks and fewer repetitions are easier to read as they are. */
const shortStack = 10
const fewDuplicates = 3

/** @param text from the first line on */
export function formatLines(session: Session, error: Loose, text: string): string {
  let lines = text.split('\n')
  const note = (message: string) => session.stylize(`    ... ${message}...`, 'undefined')
  const cause = causeLines(session, error)
  const [start, length] = cause ? commonPart(lines, cause) : [0, 0]
  if (length > 3) {
    lines.splice(start + 1, length - 2, note(`${length - 2} lines matching cause stack trace `))
  }
  lines = withoutRepetitions(lines, note)
  if (session.colors) lines = colored(session, lines)
  return lines.join('\n')
}

function causeLines({ surroundings }: Session, error: Loose): string[] | undefined {
  const cause = attempt(() => error.cause)
  const isError = cause instanceof Object && surroundings.brandOf(cause) === 'Error'
  const stack = isError ? attempt(() => (cause as Error).stack) : undefined
  const start = typeof stack === 'string' ? stack.indexOf('\n    at') : -1
  return start === -1 ? undefined : (stack as string).slice(start + 1).split('\n')
}

/** Where more than three lines of the one stand in the other, too, and how many. */
function commonPart(lines: readonly string[], other: readonly string[]): [number, number] {
  for (let start = 0; start < lines.length - 3; start++) {
    const place = other.indexOf(lines[start] as string)
    if (place === -1) continue
    let length = 1
    while (
      start + length < lines.length &&
      place + length < other.length &&
      lines[start + length] === other[place + length]
    ) {
      length++
    }
    if (length > 3) return [start, length]
  }
  return [0, 0]
}

/** A recursion shows once. */
function withoutRepetitions(lines: string[], note: (message: string) => string): string[] {
  if (lines.length <= shortStack || lines.length - new Set(lines).size <= fewDuplicates) {
    return lines
  }
  const shown: string[] = []
  for (let start = 0; start < lines.length; ) {
    const [length, times] = repetitionAt(lines, start)
    const count = length * times
    if (count < fewDuplicates) {
      shown.push(lines[start++] as string)
      continue
    }
    const which = times > 1 ? `${length} lines ${times} times` : 'lines '
    shown.push(
      ...lines.slice(start, start + length),
      note(`collapsed ${count} duplicate lines matching above ${which}`),
    )
    start += length + count
  }
  return shown
}

/** The shortest group of lines that follows itself, and how many times. */
function repetitionAt(lines: readonly string[], start: number): [length: number, times: number] {
  const first = lines[start] as string
  for (
    let next = lines.indexOf(first, start + 1);
    next !== -1;
    next = lines.indexOf(first, next + 1)
  ) {
    const length = next - start
    let end = next
    while (end < lines.length && lines[end] === lines[end - length]) end++
    const times = Math.floor((end - next) / length)
    if (times > 0) return [length, times]
  }
  return [0, 0]
}

/** Lines of node itself are dim, as is the working directory; names of packages are underlined. */
function colored({ stylize, surroundings }: Session, lines: readonly string[]): string[] {
  const cwd = surroundings.cwd()
  return lines.map((line) => {
    const [, id] = /^ {4}at (?:.* \(|)node:(.+):\d+:\d+\)?$/.exec(line) ?? []
    if (id !== undefined && (id.startsWith('internal/') || surroundings.isBuiltin(id))) {
      return stylize(line, 'undefined')
    }
    const packages = line.replace(
      /([/\\]node_modules[/\\])((?:@[^/\\]+[/\\])?[^/\\]+)(?=[/\\])/g,
      (_, folder, name) => folder + stylize(name, 'module'),
    )
    if (cwd === undefined) return packages
    const place = markDirectory(stylize, packages, cwd)
    return place === packages ? markDirectory(stylize, packages, `file://${encodeURI(cwd)}`) : place
  })
}

function markDirectory(stylize: Session['stylize'], line: string, cwd: string): string {
  let start = line.indexOf(cwd)
  if (start === -1) return line
  const dim = (text: string) => stylize(text, 'undefined')
  const end = start + cwd.length + 1
  if (line.slice(0, start).endsWith('file://')) start -= 'file://'.length
  const isInBraces = line[start - 1] === '('
  if (isInBraces) start--
  const rest = isInBraces ? line.slice(end, -1) + dim(')') : line.slice(end)
  return line.slice(0, start) + dim(line.slice(start, end)) + rest
}
