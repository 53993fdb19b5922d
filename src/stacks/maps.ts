/** Which source map a file has, read when the first stack needs it. */
import type { Engine } from '../load/engine.ts'
import type { Compiled, Frame } from '../load/stack.ts'
import { toFileUrl } from '../path.ts'
import { Kind } from '../seams.ts'
import type { StackSettings } from './options.ts'
import type { Payload, SourceMap, SourceMapClass } from './source-map.ts'

export interface Maps {
  /** The map of a file by the name that stacks have for it. */
  of(name: string): SourceMap | undefined
  /** The same by its filename or its URL, whichever stacks have. */
  ofFile(file: string): SourceMap | undefined
  /** Where V8 says that a frame's function begins, if its text is to be had: at the keyword, or an arrow's parameters. */
  declarationOf(name: string, frame: Frame): Declaration | undefined
  /** The text that an author wrote: of a source by its name in mapped stacks, or of a file. */
  sourceOf(name: string): string | undefined
}

interface Declaration {
  readonly line: number
  readonly column: number
}

type UrlClass = new (
  url: string,
  base?: string,
) => { readonly href: string; readonly protocol: string }

/** @param takes whether the comment in a file of that name counts */
export function createMaps(
  engine: Engine,
  { lookup }: StackSettings,
  SourceMap: SourceMapClass,
  takes: (name: string) => boolean,
): Maps {
  const { compiled } = engine.compiler
  /** Those without a map, too, with whether their comment has been asked. */
  const known = new WeakMap<Compiled, { map: SourceMap | undefined; isAsked: boolean }>()
  const declarations = new WeakMap<Compiled, Map<string, Declaration | undefined>>()
  /** Of maps that bring them, by the name in mapped stacks. */
  const sources = new Map<string, string>()
  const builtin = (id: string) => engine.builtins.original(id)

  /** A map that is wrong is none. */
  function read(
    { filename: name, comments }: Compiled,
    takesComment: boolean,
  ): SourceMap | undefined {
    const base = urlOf(name)
    const payload =
      attempt(() => parse(engine.sourceMaps.get(name), base)) ??
      attempt(() => parse(lookup?.(name), base)) ??
      (takesComment ? attempt(() => fromComment(name, base, comments)) : undefined)
    if (payload === undefined) return undefined
    const map = attempt(() => new SourceMap(payload, { lineLengths: lineLengths(fileText(name)) }))
    if (map !== undefined) keepSources(payload)
    return map
  }

  function fromComment(name: string, base: string, text: string | undefined): Payload | undefined {
    const given = lastMapUrl(text ?? fileText(name) ?? '')
    if (given === undefined) return undefined
    if (/^data:/i.test(given)) return parse(dataOf(given), base)
    const url = new (urlClass())(given, base)
    return url.protocol === 'file:' ? parse(fileText(url.href), url.href) : undefined
  }

  function dataOf(url: string): string | undefined {
    const [, type = '', data = ''] = /^data:([^,]*),(.*)$/is.exec(url) ?? []
    const parts = type.split(';')
    if (parts[0] !== 'application/json') return undefined
    if (parts.at(-1) === 'base64') return builtin('buffer').Buffer.from(data, 'base64').toString()
    return decodeURIComponent(data)
  }

  function parse(given: string | object | null | undefined, base: string): Payload | undefined {
    if (given === undefined || given === null) return undefined
    // What keeps JSON from being run as a script may stand before it.
    const isText = typeof given === 'string'
    return absolute(isText ? JSON.parse(given.replace(/^\)\]\}'.*/, '')) : given, base)
  }

  /** Sources become URLs: as they are, or from where the map lies. */
  function absolute(payload: Payload, base: string): Payload {
    if (payload.sections) {
      const sections = payload.sections.map(({ map, ...rest }) => ({
        ...rest,
        map: absolute(map, base),
      }))
      return { ...payload, sections }
    }
    const root = (payload.sourceRoot ?? '').replace(/[^/]$/, '$&/')
    const Url = urlClass()
    const toUrl = (source: string) =>
      new Url(source.startsWith('/') ? toFileUrl(source) : source, base).href
    return {
      ...payload,
      // What was made up by a tool has no source.
      sources: payload.sources.map((source) => (source === null ? null : toUrl(root + source))),
      sourceRoot: '',
    }
  }

  function keepSources({ sections, sources: urls, sourcesContent = [] }: Payload): void {
    for (const { map } of sections ?? []) keepSources(map)
    urls?.forEach((url, index) => {
      if (url === null) return
      const content = sourcesContent[index]
      if (typeof content === 'string') sources.set(shownName(url), content)
      else sources.delete(shownName(url))
    })
  }

  const urlClass = (): UrlClass => builtin('url').URL

  function fileText(name: string): string | undefined {
    const path = /^[a-z][a-z\d+.-]+:/i.test(name) ? shownName(name) : name
    const entry = path.startsWith('/') ? engine.volume.lookup(path) : undefined
    return entry?.kind === Kind.File ? entry.text() : undefined
  }

  function of(name: string): SourceMap | undefined {
    const file = compiled.get(name)
    if (file === undefined) return undefined
    const found = known.get(file)
    const isAsked = takes(file.filename)
    if (found?.map || found?.isAsked === true || found?.isAsked === isAsked) return found.map
    const map = read(file, isAsked)
    known.set(file, { map, isAsked })
    return map
  }

  /** Searched for once: a program that makes errors makes many at the same places. */
  function declarationOf(name: string, frame: Frame): Declaration | undefined {
    const file = compiled.get(frame.file)
    if (file === undefined || !/^[\w$]+$/.test(name)) return undefined
    const found = declarations.get(file) ?? new Map<string, Declaration | undefined>()
    declarations.set(file, found)
    const key = `${name}:${frame.line}:${frame.column}`
    if (!found.has(key)) found.set(key, searchDeclaration(name, file, frame))
    return found.get(key)
  }

  /** The last one above, as the frame lies within it. */
  function searchDeclaration(
    name: string,
    { filename }: Compiled,
    { line, column = 0 }: Frame,
  ): Declaration | undefined {
    const text = attempt(() => fileText(filename))
    if (text === undefined) return undefined
    const declaration = declarationPattern(name)
    const lines = text.split('\n').slice(0, line)
    for (let index = lines.length - 1; index >= 0; index--) {
      const above = lines[index]?.slice(0, index === line - 1 ? column : undefined) ?? ''
      const last = [...above.matchAll(declaration)].at(-1)
      if (last === undefined) continue
      const keyword = last[0].indexOf('function')
      return {
        line: index + 1,
        column: last.index + (keyword === -1 ? last[0].length : keyword) + 1,
      }
    }
    return undefined
  }

  return {
    of,
    ofFile: (file) => of(file) ?? of(file.startsWith('file:') ? shownName(file) : toFileUrl(file)),
    declarationOf,
    sourceOf: (name) => sources.get(name) ?? attempt(() => fileText(name)),
  }
}

/** A source as stacks name it: `file:` URLs as paths, as node does. */
export function shownName(url: string): string {
  const [, path] = /^file:\/\/(?:localhost)?(\/[^?#]*)/i.exec(url) ?? []
  return path === undefined ? url : decodeURIComponent(path)
}

/** Comments, and what else may look as if one stood in it. */
const commentOrString =
  /\/\/.*|\/\*[\s\S]*?\*\/|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|`[^`\\]*(?:\\[\s\S][^`\\]*)*`/g

/** As far as that can be told without parsing it. */
function lastMapUrl(text: string): string | undefined {
  if (!text.includes('sourceMappingURL=')) return undefined
  return text
    .match(commentOrString)
    ?.map((token) => /^\/[*/]#\s+sourceMappingURL=(\S+)/.exec(token)?.[1])
    .findLast(Boolean)
}

/** `function name`, `name = function`, `name = (…) =>`, `name = … =>`: all up to the parameters. */
function declarationPattern(name: string): RegExp {
  const own = name.replaceAll('$', '\\$')
  const isFunction = String.raw`function\*?(?=\s?\()`
  const isArrow = String.raw`(?=[\w$]+\s?=>|\([^()]*\)\s?=>)`
  const assigned = String.raw`(?<![\w$.])${own}\s?[=:]\s?(?:async )?(?:${isFunction}|${isArrow})`
  return new RegExp(String.raw`(?:\bfunction\*? ${own}(?=\s?\()|${assigned})\s?`, 'g')
}

function urlOf(name: string): string {
  return name.startsWith('/') ? toFileUrl(name) : name
}

/** As node counts them: a `\r` belongs to its line. */
function lineLengths(text: string | undefined): number[] | undefined {
  return text?.split(/[\n\u2028\u2029]/).map(({ length }) => length)
}

function attempt<Result>(run: () => Result): Result | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}
