/** A module's text read whole, and what is said of one that is none. */
import type { Engine } from '../load/engine.ts'
import { analyze, type ModuleAnalysis, type Parse } from './analyze.ts'
import { pictureOf, withPicture } from './picture.ts'
import { phaseError, withoutSourceCalls } from './source-phase.ts'

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
    const phase = phaseError(message, source.slice(start, end))
    const asksEngine = isParsers && phase === undefined
    const own = asksEngine
      ? engine.compiler.moduleSyntaxError(withoutSourceCalls(source), url)
      : undefined
    const told = endsEarly ? 'Unexpected end of input' : (phase ?? description ?? message)
    const picture = pictureOf(url, source, start, Math.max(1, end - start))
    throw withPicture(own ?? new SyntaxError(told), url, `${picture}\n`)
  }
}

/** What the parser throws, and what it lets pass, with offsets. */
interface ParseError extends Error {
  /** Of the parser's own. */
  readonly description?: string
  readonly start: number
  readonly end: number
}
