/** An error that ended the program, as node prints it. */
import type { Loader } from 'lodger/hosts/page'
import { framePattern, withoutFarFrames } from './stacks.ts'
import { findSyntaxError } from './syntax.ts'

/** Colours come before and behind a frame, and around the folder of its place. */
const colour = '\u001b\\[\\d+m'
const frame = new RegExp(framePattern, 'g')
const colours = new RegExp(colour, 'g')
/** V8 calls the body of evaluated text `eval`. */
const evaluated = new RegExp(
  `( at (?:async )?(?:\\S+\\.)?)eval((?: \\[as \\S+\\])? (?:${colour})?\\((?:${colour})?/)`,
  'g',
)

/** Text without the worker's own frames, lodger's among them: they say nothing about the program. */
export function withoutOwnFrames(text: string): string {
  // What `inspect` puts behind the last frame must stay.
  const own = text.replace(frame, (found, brace = '') =>
    found.includes(location.origin) || found.includes('(lodger:') ? brace : found,
  )
  return withoutFarFrames(own).replace(evaluated, '$1<anonymous>$2')
}

/** @param textOf a file of the volume */
export async function report(
  error: unknown,
  loader: Loader,
  textOf: (path: string) => string | undefined,
): Promise<string> {
  const version = `\n\nNode.js ${loader.process.version}\n`
  const shown = withoutOwnFrames(describe(error, loader))
  if (!(error instanceof Error)) return `Uncaught:\n${shown}${version}`
  if (error instanceof SyntaxError) {
    const place = await syntaxPlace(shown, textOf)
    if (place !== undefined) return place + version
  }
  return placeOf(shown, textOf) + shown + version
}

/** A file that could not be compiled stands before its error, without a line: by `eval` the engine does not tell it. */
async function syntaxPlace(
  shown: string,
  textOf: (path: string) => string | undefined,
): Promise<string | undefined> {
  // `inspect` puts an error without frames into brackets.
  const [, scheme, path = '', rest = ''] =
    /^(file:\/\/)?(\/[^\n]+)\n\n(.*)$/s.exec(shown.replace(/^\[(.*)\]$/s, '$1')) ?? []
  const text = textOf(path)
  const isModule = scheme !== undefined
  const place = text === undefined ? undefined : await findSyntaxError(text, isModule)
  if (text === undefined || place === undefined) return undefined
  const said = rest.replace(/\n +at eval \(<anonymous>\)/, '')
  return pointAt(path, text, place.line, place.column) + said
}

/** `file:line`, the line's text and a caret below the place. */
function pointAt(path: string, text: string, line: number, column: number): string {
  const source = text.split(/\r?\n/)[line - 1] ?? ''
  const margin = source.slice(0, column - 1).replace(/[^\t]/g, ' ')
  return `${path}:${line}\n${source}\n${margin}^\n\n`
}

function describe(error: unknown, loader: Loader): string {
  try {
    const { inspect } = loader.require('util') as {
      inspect(value: unknown, options: object): string
    }
    return inspect(error, { colors: true, customInspect: false, depth: 5 })
  } catch {
    return error instanceof Error ? (error.stack ?? String(error)) : String(error)
  }
}

/** The place that the stack tells of first, where it does. */
function placeOf(shown: string, textOf: (path: string) => string | undefined): string {
  const plain = shown.replace(colours, '')
  const [, path = '', line = '', column = ''] =
    /^ +at (?:.*\(|async )?(?:file:\/\/)?(\/.*?):(\d+):(\d+)\)?(?: \{)?$/m.exec(plain) ?? []
  const text = textOf(path)
  const source = text?.split(/\r?\n/)[Number(line) - 1]
  if (text === undefined || source === undefined) return ''
  // An error that is thrown where it is made is shown at the `throw`.
  const thrown = source.slice(0, Number(column) - 1).search(/\bthrow\s[^;{}]*$/)
  return pointAt(path, text, Number(line), thrown === -1 ? Number(column) : thrown + 1)
}

/** What node throws for a rejected promise that nobody handles. */
export function asError(reason: unknown): unknown {
  if (reason instanceof Error) return reason
  const error = new Error(
    'This error originated either by throwing inside of an async function without a catch block, or by ' +
      `rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${String(reason)}".`,
  )
  error.name = 'UnhandledPromiseRejection'
  return Object.assign(error, { code: 'ERR_UNHANDLED_REJECTION' })
}
