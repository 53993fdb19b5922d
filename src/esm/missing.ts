/** The error for a name that a module imports and another does not export, as V8 and node tell it. */
import { lineAt, pictureOf, withPicture } from './picture.ts'
import type { MissingExport, SourceTextModule } from './record.ts'
import { SyntheticModule } from './synthetic.ts'

/** @throws SyntaxError */
export function missing(module: SourceTextModule, what: MissingExport): never {
  const { specifier, name, request, start, isAmbiguous } = what
  const line = lineAt(module.source, module.source.lastIndexOf('\n', start) + 1)
  const other = module.requested[request]
  const message = isAmbiguous
    ? `The requested module '${specifier}' contains conflicting star exports for name '${name}'`
    : other instanceof SyntheticModule && isPlainCommonJs(other)
      ? ofCommonJs(specifier, name, line)
      : `The requested module '${specifier}' does not provide an export named '${name}'`
  const picture = pictureOf(module.url, module.source, start, name.length)
  throw withPicture(new SyntaxError(message), module.url, picture)
}

/** Of TypeScript node says no more than the engine does. */
function isPlainCommonJs({ format, url }: SyntheticModule): boolean {
  return format === 'commonjs' && !/\.c?ts$/.test(url)
}

function ofCommonJs(specifier: string, name: string, line: string): string {
  const names = /\{.*\}/.exec(line)?.[0].replace(/\s+as\s+/g, ': ')
  return (
    `Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, which may not support ` +
    'all module.exports as named exports.\nCommonJS modules can always be imported via the default export, for ' +
    `example using:\n\nimport pkg from '${specifier}';\n${names ? `const ${names} = pkg;\n` : ''}`
  )
}
