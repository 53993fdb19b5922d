/** An error that ended the program, as node prints it; of a text that was made of another, with the lines around the place. */
import { codeFrame, type Loader } from 'lodger/hosts/page'
import { withoutAnsi } from '../console/ansi.ts'
import { withoutFarFrames } from './stacks.ts'
import { findSyntaxError } from './syntax.ts'

interface Place {
  readonly path: string
  readonly line: number
  readonly column: number
}

export async function report(error: unknown, loader: Loader): Promise<string> {
  const version = `\n\nNode.js ${loader.process.version}\n`
  const described = withoutFarFrames(describe(error, loader))
  if (!(error instanceof Error)) return `Uncaught:\n${described}${version}`
  // `inspect` puts an error without frames into brackets.
  const shown = described.replace(/^\[(.*)\]$/s, '$1')
  if (error instanceof SyntaxError) {
    const told = await syntaxPlace(shown, loader)
    if (told !== undefined) return told + version
  }
  return placeOf(shown, loader) + shown + version
}

/** A file that could not be compiled stands before its error, without a line: by `eval` the engine does not tell it. */
async function syntaxPlace(shown: string, { sourceOf }: Loader): Promise<string | undefined> {
  const [, scheme, path = '', rest = ''] = /^(file:\/\/)?(\/[^\n]+)\n\n(.*)$/s.exec(shown) ?? []
  const text = sourceOf(path)
  const isModule = scheme !== undefined
  const place = text === undefined ? undefined : await findSyntaxError(text, isModule)
  if (text === undefined || place === undefined) return undefined
  const said = rest.replace(/\n +at (?:eval \()?<anonymous>\)?/, '')
  return pointAt(text, { path, ...place }) + said
}

/** Files that run as something else, where the line alone may say little. */
const isMadeOver = /\.(?:[cm]?ts|[jt]sx)$/
const [dim, notDim] = ['\u001b[2m', '\u001b[22m']

/** The place, and below it the line's text or those around it. */
function pointAt(text: string, { path, line, column }: Place): string {
  if (!isMadeOver.test(path)) {
    const source = text.split(/\r?\n/)[line - 1] ?? ''
    const margin = source.slice(0, column - 1).replace(/[^\t]/g, ' ')
    return `${path}:${line}\n${source}\n${margin}^\n\n`
  }
  const lines = codeFrame(text, { line, column }).split('\n')
  const shown = lines.map((row) => (/^(?:>| +\|)/.test(row) ? row : dim + row + notDim))
  return `${path}:${line}:${column}\n${shown.join('\n')}\n\n`
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
function placeOf(shown: string, { sourceOf }: Loader): string {
  const [, path = '', line = '', column = ''] =
    /^ +at (?:.*\(|async )?(?:file:\/\/)?(\/.*?):(\d+):(\d+)\)?(?: \{)?$/m.exec(
      withoutAnsi(shown),
    ) ?? []
  const text = sourceOf(path)
  const source = text?.split(/\r?\n/)[Number(line) - 1]
  if (text === undefined || source === undefined) return ''
  // An error that is thrown where it is made is shown at the `throw`.
  const thrown = source.slice(0, Number(column) - 1).search(/\bthrow\s[^;{}]*$/)
  const at = thrown === -1 ? Number(column) : thrown + 1
  return pointAt(text, { path, line: Number(line), column: at })
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
