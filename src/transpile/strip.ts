/** TypeScript as node takes it: types are stripped, nothing moves. https://nodejs.org/api/typescript.html */
import { codedError } from '../errors.ts'
import type { Engine, Format, Transpiling, TypeScriptFormat } from '../load/engine.ts'
import { extname } from '../path.ts'
import type { Transpile } from '../seams.ts'

const byExtension: Readonly<Record<string, TypeScriptFormat>> = {
  '.mts': 'module-typescript',
  '.cts': 'commonjs-typescript',
}

/** What the engine throws: a plain object. */
interface Refusal {
  readonly code?: 'UnsupportedSyntax' | 'InvalidSyntax'
  readonly message: string
  readonly startLine?: number
  readonly snippet?: string
}

/** @param takesFiles `false` is node's `--no-strip-types`, with which only who asks by a format gets his types stripped */
export function createStripping(
  engine: Engine,
  strip: Transpile,
  takesFiles: boolean,
): Transpiling {
  return {
    onlyStrips: true,
    formatOf(filename) {
      if (!takesFiles) return undefined
      const extension = extname(filename)
      if (extension !== '.ts') return byExtension[extension]
      const type = engine.scopeOf(filename)?.manifest.type ?? 'none'
      return type === 'none' ? 'typescript' : `${type}-typescript`
    },
    compile({ source, filename, format, name, subject = filename }) {
      if (/[\\/]node_modules[\\/]/.test(subject)) {
        const message = `Stripping types is currently unsupported for files under node_modules, for "${subject}"`
        throw codedError(Error, 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING', message)
      }
      const [kind] = format.split('-typescript')
      return {
        source: stripTypes(strip, source, name),
        format: kind === 'typescript' ? undefined : (kind as Format),
        name,
      }
    },
  }
}

/**
 * @param name what errors call the text
 * @throws ERR_INVALID_TYPESCRIPT_SYNTAX, ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX
 */
export function stripTypes(strip: Transpile, source: string, name: string): string {
  try {
    return strip(source, name, { format: 'module' }).code
  } catch (thrown) {
    const { code, message, startLine, snippet } = thrown as Refusal
    if (code !== 'UnsupportedSyntax' && code !== 'InvalidSyntax') throw thrown
    const kind = code === 'InvalidSyntax' ? 'INVALID' : 'UNSUPPORTED'
    const error = codedError(SyntaxError, `ERR_${kind}_TYPESCRIPT_SYNTAX`, message, {
      messageFirst: true,
    })
    error.stack = `${name}:${startLine}\n${snippet}\n${error.stack}`
    throw error
  }
}
