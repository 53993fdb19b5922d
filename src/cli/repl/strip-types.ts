/** TypeScript at the prompt, by the engine that takes it in files. */
import type { Transpile } from '../../seams.ts'
import { Incomplete, type StripTypes } from './line.ts'

/** @param transpile `undefined` where typed lines are JavaScript only */
export function createTypeStripper(transpile: Transpile | undefined): StripTypes {
  if (transpile === undefined) return () => undefined
  return (source) => {
    try {
      const { code } = transpile(source, '/repl.ts', {
        format: 'module',
        // What a line imports may be used in the next.
        compilerOptions: { verbatimModuleSyntax: true },
      })
      return code.replace(/^(?:"use strict"|export \{\});\n?/gm, '')
    } catch (error) {
      const failure = error as Failure
      // The engine says what it does not take, or that it cannot be loaded.
      if (failure.code === 'UnsupportedSyntax') throw new SyntaxError(failure.message)
      if (failure.code === 'ERR_LODGER_TRANSPILE') throw error
      if (mayGoOn(source, failure)) throw new Incomplete()
      return undefined
    }
  }
}

/** What an engine throws, with the place in one of three ways; only columns of the last are counted from 0. */
interface Failure {
  readonly message: string
  readonly code?: string
  readonly line?: number
  readonly column?: number
  readonly loc?: { readonly line: number; readonly column: number }
  readonly startLine?: number
  readonly startColumn?: number
}

/** Whether it is wrong only in that it ends. */
function mayGoOn(source: string, failure: Failure): boolean {
  const { message } = failure
  if (/unterminated (?:template|(?:block )?comment)/i.test(message)) return true
  // sucrase stumbles over an arrow itself, if nothing follows.
  const rest = source.slice(offsetOf(source, failure)).replace(/^\s*=>/, '')
  return rest.trim() === '' && !/unterminated string/i.test(message)
}

function offsetOf(source: string, { line, column, loc, startLine, startColumn }: Failure): number {
  const row = line ?? loc?.line ?? startLine ?? 1
  const at = column ?? loc?.column ?? (startColumn ?? 0) + 1
  const before = source.split('\n').slice(0, row - 1)
  return before.reduce((length, text) => length + text.length + 1, at - 1)
}
