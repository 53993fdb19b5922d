/** The error for a name that a module imports and another does not export, as V8 and node tell it. */
import { placeIn } from './place.ts'
import { type MissingExport, type SourceTextModule, SyntheticModule } from './record.ts'

/** @throws SyntaxError */
export function missing(module: SourceTextModule, what: MissingExport): never {
  const { specifier, name, request, start, isAmbiguous } = what
  const place = placeIn(module.source, module.url, start, start + name.length)
  const [, line = ''] = place.split('\n')
  const other = module.requested[request]
  const message = isAmbiguous
    ? `The requested module '${specifier}' contains conflicting star exports for name '${name}'`
    : other instanceof SyntheticModule && other.isCommonJs
      ? ofCommonJs(specifier, name, line)
      : `The requested module '${specifier}' does not provide an export named '${name}'`
  const error = new SyntaxError(message)
  const head = `${error.name}: ${message}`
  const { stack = '' } = error
  const told = stack.startsWith(head) ? stack : `${head}\n${stack}`
  error.stack = `${place}\n${told}`
  throw error
}

function ofCommonJs(specifier: string, name: string, line: string): string {
  const names = /\{.*\}/.exec(line)?.[0].replace(/\s+as\s+/g, ': ')
  return (
    `Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, which may not support ` +
    'all module.exports as named exports.\nCommonJS modules can always be imported via the default export, for ' +
    `example using:\n\nimport pkg from '${specifier}';\n${names ? `const ${names} = pkg;\n` : ''}`
  )
}
