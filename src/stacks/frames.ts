/** The text of a stack, line by line, with places changed. */
import type { CodePlace } from '../code-frame.ts'
import { type Frame, frameOf } from '../load/stack.ts'

/** Where an author wrote something. */
export interface Origin extends CodePlace {
  readonly source: string
  /** What the frame's function is called there, where that is another name. */
  readonly name?: string | undefined
}

/** @param caller the frame below */
export type Trace = (frame: Frame, caller?: Frame) => Origin | undefined

/** How a frame is written once its origin is known. */
export type Write = (frame: Frame, origin: Origin) => string

/** @param head so many lines are the message's, and stay */
export function mapLines(
  lines: readonly string[],
  head: number,
  trace: Trace,
  write: Write,
): string[] {
  const frames = lines.map((line, index) => (index < head ? undefined : frameOf(line)))
  return lines.map((line, index) => {
    const frame = frames[index]
    const origin = frame && trace(frame, frames[index + 1])
    return frame && origin ? write(frame, origin) : line
  })
}

/** Nothing but the place is another. */
export function withPlace({ before, after, column }: Frame, origin: Origin): string {
  const end = column === undefined ? '' : `:${origin.column}`
  return `${before}${origin.source}:${origin.line}${end}${after}`
}

/** As node writes it with `--enable-source-maps`. */
export function asNode(frame: Frame, { source, line, column, name }: Origin): string {
  const match = /^(\s+at (?:async |new )?)(?:(.*) \()?$/.exec(frame.before)
  if (match === null) return withPlace(frame, { source, line, column })
  const [, start = '', label = '<anonymous>'] = match
  const own = label.replace(/ \[as [^\]]*\]$/, '')
  return `${start}${own.slice(0, own.length - functionNameOf(own).length)}${name ?? functionNameOf(own)} (${source}:${line}:${column})`
}

/** Without the type before it. */
export function functionNameOf(label: string): string {
  return label.slice(label.lastIndexOf('.') + 1)
}

/** How many lines of a stack are the error's name and message; only V8 writes these. */
export function headLength(stack: string, message: unknown): number {
  const lines = stack.split('\n')
  const first = lines.findIndex((line) => /^\s+at /.test(line) && frameOf(line) !== undefined)
  if (first < 1) return 0
  const start = typeof message === 'string' ? stack.indexOf(message) : -1
  if (start === -1 || stack.lastIndexOf('\n', start) > 0) return 1
  return stack.slice(0, start + (message as string).length).split('\n').length
}
