/** Transpilers for the tests of the cache: one that counts what it is asked, and the real one. */
import type { Transpile, TranspileOptions } from 'lodger'
import ts from 'typescript'

export interface CountingEngine extends Transpile {
  /** The filenames that were transpiled, in order. */
  readonly transpiled: string[]
}

/** Makes no JavaScript, but all that it is given shows in what it makes. */
export function countingEngine(identity = 'fake 1.0.0'): CountingEngine {
  const transpiled: string[] = []
  const transpile: Transpile = (source, filename, options) => {
    if (source.includes('syntax error')) throw new SyntaxError(`${filename}:1:1`)
    transpiled.push(filename)
    return {
      code: `/* ${identity} ${JSON.stringify(options)} */ ${source}`,
      map: JSON.stringify({ sources: [filename], mappings: 'AAAA' }),
    }
  }
  return Object.assign(transpile, { identity, transpiled })
}

export const typescriptEngine: Transpile = Object.assign(
  (source: string, fileName: string, { format, compilerOptions }: TranspileOptions) => {
    const { outputText, sourceMapText } = ts.transpileModule(source, {
      fileName,
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: format === 'module' ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS,
        sourceMap: true,
        ...compilerOptions,
      },
    })
    return { code: outputText, map: sourceMapText }
  },
  { identity: `typescript ${ts.version}` },
)

export const commonJs: TranspileOptions = { format: 'commonjs' }
