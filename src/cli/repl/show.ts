/** Values and errors as the prompt prints them. */
import { stripVTControlCharacters } from 'node:util'
import type { Loader } from '../../hosts/node/index.ts'
import { cleanAll, isForeignFrame } from '../report.ts'
import type { Line } from './line.ts'

/**
 * The guest's own `util.inspect`. Stacks of errors, wherever these stand, have no frames of lodger, and columns as typed.
 * @param lines by what stacks call them
 */
export function createWriter(
  loader: Loader,
  lines: ReadonlyMap<string, Line>,
  colors: boolean,
): (value: unknown) => string {
  // biome-ignore lint/suspicious/noExplicitAny: the guest's own `util`
  const { inspect } = loader.require('util') as any
  return (value) =>
    withoutForeignFrames(inspect(value, { colors, showProxy: true })).replace(
      /(?<=^.* at .*)\b(REPL\d+):(\d+):(\d+)/gm,
      (place, name, line, column) => {
        const own = lines.get(name)?.columnOf(Number(line), Number(column))
        return own === undefined ? place : `${name}:${line}:${own}`
      },
    )
}

function withoutForeignFrames(text: string): string {
  if (!/^ +at /m.test(stripVTControlCharacters(text))) return text
  const kept: string[] = []
  for (const line of text.split('\n')) {
    const plain = stripVTControlCharacters(line)
    if (!isForeign(plain)) kept.push(withoutScope(line))
    // A brace or a comma may follow the last frame.
    else kept.push(`${kept.pop() ?? ''}${/^ +at .*?:\d+\)?(\D*)$/.exec(plain)?.[1] ?? ''}`)
  }
  return kept.join('\n')
}

/** What V8 says of a line: that it came from `eval`, and that functions are called on the scope of the prompt. */
function withoutScope(line: string): string {
  return line.replace(/^( +at )(?:eval \((REPL\d+:\d+:\d+)\)|(async )?Proxy\.)/, '$1$2$3')
}

/** What a line or a callback has thrown, as node's prompt prints it. */
export function describeUncaught(error: unknown, writer: (value: unknown) => string): string {
  const picture = takePicture(error)
  const hidesOthers = trimStack(error)
  const text = writer(error)
  if (!(error instanceof Error)) return `Uncaught ${text}`
  const bracketed = `[${error.stack}]`
  const isBracketed = text.startsWith(bracketed)
  // Brackets say that there never was a stack. node leaves them where it has taken away the line's own frame only.
  const shown =
    isBracketed && (hidesOthers || text === bracketed)
      ? `${error.stack}${text.slice(bracketed.length)}`
      : text
  const [name = ''] = /.*/.exec(shown) ?? []
  return `${picture}Uncaught${name.length > breakLength ? ':\n' : ' '}${shown}`
}

/** node's own, in columns. */
const breakLength = 80

/** Takes the engine's picture of where a text is wrong from before the stack; behind it there is nothing of the guest. */
function takePicture(error: unknown): string {
  if (!(error instanceof SyntaxError) || typeof error.stack !== 'string') return ''
  const [place = ''] = /^REPL\d+:\d+\n/.exec(error.stack) ?? []
  if (place === '') return ''
  const picture = error.stack.slice(place.length, error.stack.indexOf(String(error)))
  error.stack = String(error)
  return picture
}

/**
 * Takes from the stack the frames of lodger and the line's own, outermost one.
 * @returns whether the innermost was one of lodger's
 */
function trimStack(error: unknown): boolean {
  const before = error instanceof Error ? String(error.stack) : ''
  const innermost = /^ +at .*$/m.exec(before)?.[0] ?? ''
  cleanAll(error, new Set())
  if (!(error instanceof Error) || typeof error.stack !== 'string') return false
  const lines = error.stack.split('\n').filter((line) => !isForeign(line))
  while (ownFrame.test(lines.at(-1) ?? '')) lines.pop()
  try {
    error.stack = lines.map(withoutScope).join('\n')
  } catch {
    // A frozen error keeps its stack.
  }
  return isForeign(innermost)
}

/** The code of a line itself, or the accessor by which a line gets or sets what another has declared. */
const ownFrame =
  /^ +at (?:async )?(?:(?:eval|[gs]et \S+(?: \[as \S+\])?) \()?REPL\d+:\d+:\d+\)?$|^ +at Reflect\.[gs]et \(<anonymous>\)$/

function isForeign(line: string): boolean {
  return isForeignFrame(line) || /^ +at (?:.*\()?lodger:/.test(line)
}
