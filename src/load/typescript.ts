/** TypeScript, as far as `load/` itself knows it: a format that another part makes JavaScript of. */
import { createError } from '../errors.ts'
import type { Engine, JavaScriptText, TypeScriptFormat, TypeScriptText } from './engine.ts'

/** Whether a format is one of node's for TypeScript. */
export function isTypeScript(format: string | undefined): format is TypeScriptFormat {
  return format?.endsWith('typescript') === true
}

/** @throws ERR_METHOD_NOT_IMPLEMENTED where the loader was given nothing that can, SyntaxError */
export function compileTypeScript(engine: Engine, text: TypeScriptText): JavaScriptText {
  const { transpiling, host } = engine
  if (transpiling !== undefined) return transpiling.compile(text)
  const method = `_compile(…, '${text.format}')`
  throw createError('ERR_METHOD_NOT_IMPLEMENTED', method, ` on host '${host.name}'`)
}
