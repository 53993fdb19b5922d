/** TypeScript's own compiler, file by file: all of the language, decorators and their metadata too. https://www.typescriptlang.org */
import type { Transpile } from '../seams.ts'

/** The part of the package `typescript` that is called. */
export interface TypeScriptModule {
  readonly version: string
  // biome-ignore lint/suspicious/noExplicitAny: whatever its types are called in that version
  transpileModule(source: string, options: any): Output
  flattenDiagnosticMessageText(text: never, newLine: string): string
  // biome-ignore lint/suspicious/noExplicitAny: as above
  convertCompilerOptionsFromJson(json: any, directory: string): { readonly options: object }
}

interface Output {
  readonly outputText: string
  readonly sourceMapText?: string | undefined
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly diagnostics?: readonly any[] | undefined
}

interface Diagnostic {
  readonly file?: { getLineAndCharacterOfPosition(at: number): { line: number; character: number } }
  readonly start?: number
  readonly category: number
  readonly messageText: never
}

/** `ts.DiagnosticCategory.Error` */
const isError = 1

/** Options that change what a file does when it runs; the others are the build's affair. */
const honoured = [
  'jsx',
  'jsxFactory',
  'jsxFragmentFactory',
  'jsxImportSource',
  'experimentalDecorators',
  'emitDecoratorMetadata',
  'useDefineForClassFields',
  'verbatimModuleSyntax',
  'preserveConstEnums',
  'alwaysStrict',
  'importHelpers',
]

/**
 * What is newer is rewritten: engines know none of it yet, or not all of them. It holds for every `target`, which only says
 * how fields of classes are set where `useDefineForClassFields` does not.
 */
const newest = 'es2022'

/** @param ts what the package exports */
export function typescriptTranspiler(ts: TypeScriptModule): Transpile {
  const transpile: Transpile = (source, filename, { format, compilerOptions = {} }) => {
    const own = honoured.filter((name) => compilerOptions[name] !== undefined)
    const json = {
      jsx: 'react',
      useDefineForClassFields: definesFields(compilerOptions.target),
      ...Object.fromEntries(own.map((name) => [name, compilerOptions[name]])),
      ...(keepsJsx(compilerOptions.jsx) && { jsx: 'react-jsx' }),
      target: newest,
      // Both leave `import()` alone; the one takes files for CommonJS by their names, the other none.
      module: format === 'commonjs' ? 'nodenext' : 'preserve',
      esModuleInterop: true,
      sourceMap: true,
    }
    const { outputText, sourceMapText, diagnostics } = ts.transpileModule(source, {
      compilerOptions: ts.convertCompilerOptionsFromJson(json, '/').options,
      fileName: format === 'commonjs' ? filename.replace(/\.m(ts|js)$/, '.c$1') : filename,
      reportDiagnostics: true,
    })
    const failure = (diagnostics as readonly Diagnostic[] | undefined)?.find(
      ({ category, file }) => category === isError && file !== undefined,
    )
    if (failure !== undefined) throw placed(ts, failure)
    return {
      code: withoutPragma(withoutMark(outputText, source)),
      map: sourceMapText && withSource(sourceMapText, filename),
    }
  }
  return Object.assign(transpile, { identity: `typescript ${ts.version}` })
}

/** TypeScript's default, which depends on the target. */
function definesFields(target: unknown): boolean {
  const [, year] = /^es(\d+)$/i.exec(String(target)) ?? []
  return year === undefined || Number(year) >= 2022
}

/** No engine runs JSX. */
function keepsJsx(jsx: unknown): boolean {
  return /^(?:preserve|react-native)$/i.test(String(jsx))
}

function placed(ts: TypeScriptModule, { file, start = 0, messageText }: Diagnostic): Error {
  const place = file?.getLineAndCharacterOfPosition(start)
  return Object.assign(new SyntaxError(ts.flattenDiagnosticMessageText(messageText, '\n')), {
    line: (place?.line ?? 0) + 1,
    column: (place?.character ?? 0) + 1,
  })
}

/** TypeScript marks as a module what imported nothing but types; to node it is none. */
function withoutMark(code: string, source: string): string {
  return /export\s*\{\s*\}/.test(source) ? code : code.replace(/^export \{\};\n/m, '')
}

/** The map is handed over, and lies beside no file. */
function withoutPragma(code: string): string {
  return code.replace(/\n?\/\/# sourceMappingURL=\S*\s*$/, '\n')
}

/** Named as the loader names it. */
function withSource(map: string, filename: string): string {
  return JSON.stringify({ ...JSON.parse(map), sources: [filename] })
}
