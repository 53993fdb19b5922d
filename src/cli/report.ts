/** An error that ended the guest, as node prints it: where it happened, the stack, the members, who ran it. */
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import type { Loader } from '../load/loader.ts'
import { ownScheme } from '../load/stack.ts'
import { version } from './version.ts'

/**
 * @param isRejection it came from a promise: node then shows where the error was made, not where it was thrown
 * @param loader which the error has left
 */
export function report(error: unknown, isRejection: boolean, loader: Loader): void {
  let text: string
  if (error instanceof Error) {
    cleanAll(error, new Set())
    text = placeOf(error, isRejection, loader) + describe(error)
  } else {
    // Where it was thrown nobody can tell; and a string is shown as it is, as node does.
    const isObject = typeof error === 'object' || typeof error === 'function'
    text = `Uncaught:\n${isObject ? describe(error) : String(error)}`
  }
  process.stderr.write(`${text}\n\nlodger ${version()}, Node.js ${process.version}\n`)
}

/** With node's own settings for this. */
function describe(error: unknown): string {
  const { stack } = (error ?? {}) as { stack?: unknown }
  try {
    const text = inspect(error, {
      colors: process.stderr.isTTY === true && process.env.NO_COLOR === undefined,
      customInspect: false,
      depth: 5,
    })
    // Brackets say that there never was a stack; where all of its frames were ours, they would lie.
    const isEmptied = emptied.has(error as object) && text.startsWith(`[${stack}]`)
    return isEmptied ? `${stack}${text.slice(String(stack).length + 2)}` : text
  } catch {
    return String(stack)
  }
}

/** Errors that had frames, and have none now. */
const emptied = new WeakSet<object>()

const ownDirectory = fileURLToPath(new URL('..', import.meta.url))

/** Takes the frames of lodger and of the node that runs it out of an error and of those that it carries. */
export function cleanAll(value: unknown, seen: Set<unknown>): void {
  if (!(value instanceof Error) || seen.has(value)) return
  seen.add(value)
  if (typeof value.stack === 'string') {
    const lines = value.stack.split('\n')
    const kept = lines.filter((line) => !isForeignFrame(line))
    try {
      value.stack = kept.join('\n')
      if (!kept.some((line) => /^ +at /.test(line))) emptied.add(value)
    } catch {
      // A frozen error keeps its stack.
    }
  }
  cleanAll(value.cause, seen)
  const { errors } = value as { errors?: unknown }
  if (Array.isArray(errors)) for (const each of errors) cleanAll(each, seen)
}

/** A line of a stack that tells of lodger, or of the node that runs it. */
export function isForeignFrame(line: string): boolean {
  if (!/^ +at /.test(line)) return false
  return (
    line.includes(ownDirectory) ||
    line.includes(`(${ownScheme}`) ||
    /[( ]node:[\w/]+(:\d+)*\)?$/.test(line)
  )
}

/** `file:line`, the line's text and a caret under the place, where the stack tells of one. */
function placeOf(error: Error, isRejection: boolean, loader: Loader): string {
  const { stack } = error
  if (typeof stack !== 'string') return ''
  const picture = /^((?:file:\/\/)?\/.*):(\d+)\n(.*)\n( *)(\^+)\n\n?/.exec(stack)
  if (picture !== null) {
    error.stack = stack.slice(picture[0].length)
    return placeOfSyntaxError(picture, loader)
  }
  const frame = /^ +at (?:.*\()?((?:[a-z][\w+.-]+:\/\/)?\/.*?):(\d+):(\d+)\)?$/m.exec(stack)
  if (frame === null) return ''
  const [, file = '', line = '', column = ''] = frame
  const source = sourceLine(loader, file, Number(line))
  if (source === undefined) return ''
  const before = source.slice(0, Number(column) - 1)
  // V8 keeps the place of a `throw` from programs, and the frame is where the error was made: mostly right behind it.
  const thrown = isRejection ? -1 : before.search(/\bthrow\s[^;{}]*$/)
  return drawPlace(file, line, source, thrown === -1 ? before : before.slice(0, thrown), '^')
}

/** V8's picture shows the first line with what was put before it. */
function placeOfSyntaxError(picture: RegExpExecArray, loader: Loader): string {
  const [, file = '', line = '', shown = '', margin = '', carets = ''] = picture
  const source = sourceLine(loader, file, Number(line)) ?? shown
  const prefix = shown.endsWith(source) ? shown.length - source.length : 0
  const before = source.slice(0, Math.max(0, margin.length - prefix))
  return drawPlace(file, line, source, before, carets)
}

function drawPlace(
  file: string,
  line: string,
  source: string,
  before: string,
  carets: string,
): string {
  return `${file}:${line}\n${source}\n${before.replace(/[^\t]/g, ' ')}${carets}\n\n`
}

function sourceLine(loader: Loader, file: string, line: number): string | undefined {
  return loader.sourceOf(file)?.split(/\r?\n/)[line - 1]
}
