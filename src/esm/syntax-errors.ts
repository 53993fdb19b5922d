/** A module's text read whole, and what is said of one that is none. */
import type { Engine } from '../load/engine.ts'
import { analyze, type ModuleAnalysis } from './analyze.ts'
import { phaseError, withoutSourceCalls } from './phases.ts'
import { pictureOf, withPicture } from './picture.ts'
import type { Parse } from './syntax.ts'

/** @throws SyntaxError in the engine's words where it has some, with the place before its stack */
export function analyzeModule(
  engine: Engine,
  parse: Parse,
  source: string,
  url: string,
): ModuleAnalysis {
  try {
    return analyze(source, parse)
  } catch (error) {
    // There was no room left to read it, which says nothing of the text.
    if (error instanceof RangeError) throw error
    const { description, message, start, end } = error as ParseError
    // An engine would meet what stands behind the text.
    const endsEarly = message.includes('end of source')
    const isParsers = description !== undefined && !endsEarly
    const known = phaseError(message, source.slice(start, end)) ?? wordsOfNames(description)
    const asksEngine = isParsers && known === undefined
    const own = asksEngine ? errorOfEngine(engine, source, url) : undefined
    const told = endsEarly ? 'Unexpected end of input' : (known ?? plain(description ?? message))
    const picture = pictureOf(url, source, start, Math.max(1, end - start))
    throw withPicture(own ?? new SyntaxError(told), url, `${picture}\n`)
  }
}

/** What is wrong with names, which only the engine's own modules would tell. */
function wordsOfNames(description: string | undefined): string | undefined {
  for (const [said, words] of namesSaid) {
    if (description && said.test(description)) return description.replace(said, words)
  }
  return undefined
}

const namesSaid: readonly (readonly [RegExp, string])[] = [
  [/^Duplicate binding '(.*)'$/, "Identifier '$1' has already been declared"],
  [/^Exported binding '(.*)' needs .*$/, "Export '$1' is not defined in module"],
  [/^Cannot export a duplicate name '(.*)'$/, "Duplicate export of '$1'"],
]

function plain(description: string): string {
  return description.replace(/^Unexpected token: /, 'Unexpected token ')
}

/** What the parser throws, and what it lets pass, with offsets. */
interface ParseError extends Error {
  /** Of the parser's own. */
  readonly description?: string
  readonly start: number
  readonly end: number
}

/** The engine's own error for the text of an ES module, where there is one. */
function errorOfEngine({ compiler }: Engine, source: string, url: string): SyntaxError | undefined {
  const text = withoutSourceCalls(source)
  try {
    compiler.compileModule("(async function(){'use strict';", withoutModuleItems(text), url)
  } catch (error) {
    // Its picture would be one of the changed text.
    if (error instanceof SyntaxError)
      return text === source ? error : new SyntaxError(error.message)
  }
  return undefined
}

/** As far as can be told of a text that nobody can parse: what only a module may have gives way to blanks. */
function withoutModuleItems(source: string): string {
  return source
    .replace(
      /^([ \t]*)import\b(?!\s*[(.])(?:[\w$\s,*]|\{[^}]*\})*(['"])[^'"]*\2(?:\s*with\s*\{[^}]*\})?/gm,
      '$1',
    )
    .replace(
      /^([ \t]*)export\s*(?:\*[\w$\s]*?|\{[^}]*\}\s*)(?:from\s*(['"])[^'"]*\2(?:\s*with\s*\{[^}]*\})?)?/gm,
      '$1',
    )
    .replace(/^([ \t]*)export\s+default\b/gm, '$1void ')
    .replace(/^([ \t]*)export\b/gm, '$1')
    .replace(/\bimport\.meta\b/g, 'new.target ')
}
