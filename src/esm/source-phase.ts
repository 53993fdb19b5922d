/**
 * `import source` and `import.source()`: a module as it was compiled, before it is linked and apart from what it asks for.
 * https://tc39.es/proposal-source-phase-imports/
 */
import { syntaxError } from './parse-error.ts'
import { isUnlinked, type ModuleRecord, SourceTextModule } from './record.ts'
import type { Node } from './syntax.ts'
import { SyntheticModule } from './synthetic.ts'

/** Has a module's source for its default export, where it has one; it need not run. */
class SourceModule extends SyntheticModule {
  readonly #origin: ModuleRecord
  /** Only WebAssembly has one. */
  readonly isDefined: boolean

  constructor(origin: ModuleRecord, source: object | undefined) {
    super(origin.url, origin.format, ['default'], (set) => set('default', source))
    this.#origin = origin
    this.isDefined = source !== undefined
    this.evaluate()
  }

  override get origin(): ModuleRecord {
    return this.#origin
  }
}

export interface Sources {
  /** A module has been compiled. */
  set(record: ModuleRecord, source: object): void
  has(record: ModuleRecord): boolean
  /** What stands for that module where its source is asked for. */
  moduleOf(record: ModuleRecord): ModuleRecord
  /** @throws ERR_SOURCE_PHASE_NOT_DEFINED, and before that SyntaxError where its text is no module */
  sourceOf(record: ModuleRecord): object
  /** @throws ERR_SOURCE_PHASE_NOT_DEFINED where a module of a graph that is to be linked asks for a source that is none */
  check(root: ModuleRecord): void
}

export function createSources(): Sources {
  const sources = new WeakMap<ModuleRecord, object>()
  const modules = new WeakMap<ModuleRecord, SourceModule>()
  /** Most programs need not be looked through. */
  let mayRefuse = false

  function sourceOf(record: ModuleRecord): object {
    const source = sources.get(record)
    if (source !== undefined) return source
    if (record instanceof SourceTextModule) record.complete()
    throw notDefined(record)
  }

  /** As V8: a module's own requests come before those of others that it leads to. */
  function checkFrom(record: ModuleRecord, seen: Set<ModuleRecord>): void {
    if (!isUnlinked(record) || seen.has(record)) return
    seen.add(record)
    for (const requested of record.requested) {
      if (requested instanceof SourceModule && !requested.isDefined) throw notDefined(requested)
    }
    for (const requested of record.requested) checkFrom(requested, seen)
  }

  return {
    set: (record, source) => sources.set(record, source),
    has: (record) => sources.has(record),
    moduleOf(record) {
      const known = modules.get(record)
      if (known !== undefined) return known
      const module = new SourceModule(record, sources.get(record))
      modules.set(record, module)
      if (!module.isDefined) mayRefuse = true
      return module
    },
    sourceOf,
    check(root) {
      if (mayRefuse) checkFrom(root, new Set())
    },
  }
}

function notDefined({ url }: ModuleRecord): Error {
  const error = new SyntaxError(`Source phase import object is not defined for module '${url}'`)
  return Object.assign(error, { code: 'ERR_SOURCE_PHASE_NOT_DEFINED' })
}

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
