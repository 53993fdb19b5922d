/** TypeScript at the prompt. */
import { createRequire } from 'node:module'
import { Incomplete } from './line.ts'

type TypeScript = typeof import('typescript')

let made: TypeScript | undefined

/** Loaded by the first line that is no JavaScript, as it takes a quarter of a second. */
function typescript(): TypeScript {
  made ??= createRequire(import.meta.url)('typescript') as TypeScript
  return made
}

/**
 * The text as JavaScript; nothing where it is no TypeScript either.
 * @throws Incomplete
 */
export function stripTypes(source: string): string | undefined {
  const { ModuleKind, ScriptTarget, transpileModule } = typescript()
  const { outputText, diagnostics = [] } = transpileModule(source, {
    fileName: 'repl.ts',
    reportDiagnostics: true,
    compilerOptions: {
      module: ModuleKind.ESNext,
      target: ScriptTarget.ESNext,
      verbatimModuleSyntax: true,
    },
  })
  const [first] = diagnostics
  if (first === undefined) return outputText.replace(/^(?:"use strict"|export \{\});\n?/gm, '')
  if ((first.start ?? 0) >= source.trimEnd().length && first.code !== unterminatedString) {
    throw new Incomplete()
  }
  return undefined
}

/** TS1002 */
const unterminatedString = 1002
