/** An error that ended the program, as node prints it. */
import type { Loader } from 'lodger/hosts/page'

/** Colours come before and behind a frame. */
const colour = '\u001b\\[\\d+m'
const frame = new RegExp(`\\n(?:${colour})? +at [^\\n]*?( \\{)?(?=\\n|$)`, 'g')
const colours = new RegExp(colour, 'g')

/** Text without the worker's own frames, lodger's among them: they say nothing about the program. */
export function withoutOwnFrames(text: string): string {
  // What `inspect` puts behind the last frame must stay.
  return text
    .replace(frame, (found, brace = '') =>
      found.includes(location.origin) || found.includes('(lodger:') ? brace : found,
    )
    .replace(/( at (?:\S+\.)?)eval \((?=\/)/g, '$1<anonymous> (')
}

/** @param textOf a file of the volume */
export function report(
  error: unknown,
  loader: Loader,
  textOf: (path: string) => string | undefined,
): string {
  const shown = withoutOwnFrames(describe(error, loader))
  if (!(error instanceof Error)) return `Uncaught:\n${shown}\n\nNode.js ${loader.process.version}\n`
  return `${placeOf(shown, textOf)}${shown}\n\nNode.js ${loader.process.version}\n`
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

/** `file:line`, the line's text and a caret below the place, where the stack tells of one. */
function placeOf(shown: string, textOf: (path: string) => string | undefined): string {
  const plain = shown.replace(colours, '')
  const [, path = '', line = '', column = ''] =
    /^ +at (?:.*\()?(\/.*?):(\d+):(\d+)\)?(?: \{)?$/m.exec(plain) ?? []
  const source = textOf(path)?.split(/\r?\n/)[Number(line) - 1]
  if (source === undefined) return ''
  const before = source.slice(0, Number(column) - 1)
  // An error that is thrown where it is made is shown at the `throw`.
  const thrown = before.search(/\bthrow\s[^;{}]*$/)
  const margin = (thrown === -1 ? before : before.slice(0, thrown)).replace(/[^\t]/g, ' ')
  return `${path}:${line}\n${source}\n${margin}^\n\n`
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
