/** sucrase: the language as it is written today, ten times as fast as TypeScript's own compiler. https://github.com/alangpierce/sucrase */
import { extname } from '../path.ts'
import type { Transpile } from '../seams.ts'
import { transformExactly } from './sucrase-map.ts'

/** The part of the package `sucrase` that is called. */
export interface SucraseModule {
  transform(
    source: string,
    // biome-ignore lint/suspicious/noExplicitAny: its own interface of options
    options: any,
  ): { readonly code: string; readonly sourceMap?: { readonly mappings: string } }
  getVersion(): string
}

/** A message as sucrase words it, and what it says of the place. */
const message = /^Error transforming .*?: ([\s\S]*?) \(\d+:\d+\)$/

/** @param sucrase what the package exports */
export function sucraseTranspiler(sucrase: SucraseModule): Transpile {
  const transpile: Transpile = (source, filename, { format, compilerOptions = {} }) => {
    const extension = extname(filename)
    const hasJsx = extension.endsWith('x')
    const isTyped = !/^\.[cm]?jsx?$/.test(extension)
    const { target, useDefineForClassFields, verbatimModuleSyntax } = compilerOptions
    try {
      const options = {
        transforms: [
          ...(isTyped ? ['typescript'] : []),
          ...(hasJsx ? ['jsx'] : []),
          ...(format === 'commonjs' ? ['imports'] : []),
        ],
        // Only sucrase's rewritten fields are set as `useDefineForClassFields: false` has it.
        disableESTransforms:
          useDefineForClassFields ?? !/^es(?:\d|20(?:1\d|2[01]))$/i.test(String(target)),
        preserveDynamicImport: true,
        keepUnusedImports: verbatimModuleSyntax === true,
        ...(hasJsx && jsxOptions(source, compilerOptions)),
        filePath: filename,
        sourceMapOptions: { compiledFilename: filename },
      }
      const transform = (text: string) => sucrase.transform(text, options)
      const { code, sourceMap } = transformExactly(source, transform, !hasJsx)
      refuseNamespaces(source, code)
      return {
        code: format === 'commonjs' ? code + passedOnNames(code) : code,
        map: sourceMap && JSON.stringify(sourceMap),
      }
    } catch (error) {
      const [, reason] = message.exec((error as Error).message) ?? []
      if (reason !== undefined) (error as Error).message = reason
      throw error
    }
  }
  return Object.assign(transpile, { identity: `sucrase ${sucrase.getVersion()}` })
}

/**
 * What a file passes on from others sucrase leaves to functions of its own, in which nobody finds the names: so they are
 * said once more, as esbuild does it, where nothing runs.
 */
function passedOnNames(code: string): string {
  const names = [...code.matchAll(/\b_createNamedExportFrom\(\w+, '([\w$]+)'/g)]
  const requests = [
    ...code.matchAll(
      /\bvar (\w+) = require\((['"].*?['"])\);(?: _createNamedExportFrom\([^()]*\);)* _createStarExport\(\1\)/g,
    ),
  ]
  if (names.length + requests.length === 0) return ''
  const own = names.map(([, name]) => `exports.${name} = `).join('')
  const others = requests.map(([, , text]) => `...require(${text})`).join(', ')
  return `\n0 && (${own}module.exports = { ${others} })`
}

/** As a statement at the start of a line, with what follows up to the end of its line. */
const namespace = /^[ \t]*(?:export[ \t]+)?(?:namespace|module)[ \t]+[\w$.]+[ \t]*\{.*/gm

/** sucrase takes all of them for types, and leaves out what they do. */
function refuseNamespaces(source: string, code: string): void {
  for (const { 0: head, index } of source.matchAll(namespace)) {
    // Comments and strings stay as they are.
    if (code.includes(head.trim()) || !hasValues(source.slice(index))) continue
    const lines = source.slice(0, index).split('\n')
    throw Object.assign(
      new SyntaxError("transpile 'fast' knows no namespaces: take 'typescript' for them"),
      {
        code: 'UnsupportedSyntax',
        line: lines.length,
        column: head.length - head.trimStart().length + 1,
      },
    )
  }
}

/** Whether the block that begins the text has more than types in it. */
function hasValues(text: string): boolean {
  let depth = 0
  for (const { 0: word } of text.matchAll(
    /[{}]|\b(?:declare\s+)?(?:const|let|var|function|class|enum)\b/g,
  )) {
    if (word === '{') depth++
    else if (word === '}') depth--
    else if (!word.startsWith('declare')) return true
    if (depth === 0) return false
  }
  return false
}

const leadingComments = /^(?:\s+|\/\/.*|\/\*[\s\S]*?\*\/)+/

/** From tsconfig.json, and from the comments at the start of a file, which sucrase does not read. */
function jsxOptions(source: string, options: Readonly<Record<string, unknown>>): object {
  const [comments = ''] = leadingComments.exec(source) ?? []
  const pragma = (name: string) => new RegExp(`@${name}\\s+([^\\s*]+)`).exec(comments)?.[1]
  const mode = String(options.jsx ?? 'react')
  const importSource = pragma('jsxImportSource')
  const isAutomatic = mode !== 'react' || importSource !== undefined
  return {
    jsxRuntime: pragma('jsxRuntime') ?? (isAutomatic ? 'automatic' : 'classic'),
    production: mode !== 'react-jsxdev',
    jsxImportSource: importSource ?? options.jsxImportSource,
    jsxPragma: pragma('jsx') ?? options.jsxFactory,
    jsxFragmentPragma: pragma('jsxFrag') ?? options.jsxFragmentFactory,
  }
}
