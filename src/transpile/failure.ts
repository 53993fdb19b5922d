/** What goes wrong before a text is JavaScript: it never runs as it stands. */
import { codeFrame } from '../code-frame.ts'
import { codedError } from '../errors.ts'

/** As engines tell a place: lines and columns from 1. */
interface Placed {
  readonly message?: unknown
  readonly line?: unknown
  readonly column?: unknown
  readonly loc?: { readonly line?: unknown; readonly column?: unknown } | null
}

/** @param error what an engine has thrown, of whatever realm */
export function syntaxError(error: unknown, source: string, filename: string): Error {
  const { code } = Object(error) as { code?: unknown }
  const isOwn = typeof code === 'string' && /^ERR_(?:LODGER_|INVALID_RETURN_VALUE$)/.test(code)
  if (isOwn) return error as Error
  const { message, line, column, loc } = Object(error) as Placed
  const row = Number(line ?? loc?.line ?? 0)
  const at = Number(column ?? loc?.column ?? 1)
  const reason = typeof message === 'string' ? message : String(error)
  const text =
    row > 0
      ? `${filename}:${row}:${at}: ${reason}\n\n${codeFrame(source, { line: row, column: at })}`
      : `${filename}: ${reason}`
  return codedError(SyntaxError, 'ERR_INVALID_TYPESCRIPT_SYNTAX', text, { messageFirst: true })
}

/** @param remedy what gives the loader that engine */
export function noEngine(filename: string, name: string, reason: string): Error {
  const message =
    `Cannot transpile ${filename.replace(/^file:\/\//, '')}: ${reason}. Give the engine itself: ` +
    `createLoader({ transpile: await loadTranspiler('${name}') }), with loadTranspiler from 'lodger/transpile'`
  return codedError(Error, 'ERR_LODGER_TRANSPILE', message)
}
