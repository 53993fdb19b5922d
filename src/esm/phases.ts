/** Kinds of imports beside the plain one, as far as texts go: those that node knows, and in what words V8 refuses others. */
import { syntaxError } from './parse-error.ts'
import type { Node } from './syntax.ts'

/**
 * V8 takes less than the parser: no attributes with a source, and nothing of `import defer`.
 * @param request `import … from`, or a call
 * @throws SyntaxError in V8's words
 */
export function checkPhase(source: string, request: Node): void {
  const { phase, start, type, source: specifier } = request
  if (phase === 'defer') {
    if (type === 'ImportExpression')
      throw unexpected("identifier 'defer'", source.indexOf('defer', start), 5)
    throw unexpected("token '*'", source.indexOf('*', start), 1)
  }
  if (phase !== 'source') return
  const [, space = '', token] = behindSpecifier.exec(source.slice(specifier.end)) ?? []
  if (token) throw unexpected(`token '${token}'`, specifier.end + space.length, token.length)
}

/** What may follow, but not with a source. */
const behindSpecifier = /^((?:\s|\/\*[\s\S]*?\*\/|\/\/.*)*)(with\b|,)/

function unexpected(what: string, start: number, length: number): SyntaxError {
  return syntaxError(`Unexpected ${what}`, start, length)
}

/** In V8's words what the parser says of `import source` and `import defer`. @param token at which it stumbled */
export function phaseError(message: string, token: string): string | undefined {
  if (!/'import (?:source|defer)' must be followed/.test(message)) return undefined
  return `Unexpected ${/^[\w$]/.test(token) ? 'identifier' : 'token'} '${token}'`
}

/** For engines that do not know `import.source()` and would stumble over it: to them it is `import()`. */
export function withoutSourceCalls(source: string): string {
  return source.replace(
    /\bimport(\s*)\.(\s*)source(?=\s*\()/g,
    (_, before: string, behind: string) => `import${before} ${behind}      `,
  )
}
