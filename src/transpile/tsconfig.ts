/** The tsconfig.json in charge of a file: the nearest above it, with all that it extends. https://www.typescriptlang.org/tsconfig */
import { codedError } from '../errors.ts'
import type { Engine } from '../load/engine.ts'
import { dirname, isAbsolute, join } from '../path.ts'
import { Kind } from '../seams.ts'
import { parseJsonc } from './jsonc.ts'

export interface Tsconfig {
  readonly path: string
  /** Merged, and as they are written; those that are paths are below. */
  readonly compilerOptions: Readonly<Record<string, unknown>>
  /** Absolute. */
  readonly baseUrl: string | undefined
  readonly paths: readonly PathPattern[]
}

/** A key of `paths`, the most exact first. */
export interface PathPattern {
  readonly prefix: string
  /** What has to stand behind the `*`; `undefined` where there is none. */
  readonly suffix: string | undefined
  /** Absolute, perhaps with a `*`. */
  readonly targets: readonly string[]
}

type Json = Readonly<Record<string, unknown>>

/** The options of one file and of all that it extends, with paths made absolute. */
interface Merged {
  readonly options: Json
  readonly baseUrl?: string
  readonly paths?: Readonly<Record<string, readonly string[]>>
  /** What targets of `paths` start from, where there is no `baseUrl`. */
  readonly pathsBase?: string
}

export interface Tsconfigs {
  /** The one in charge of a file; what was found once stays, as package.json does. */
  of(filename: string): Tsconfig | undefined
  /** Each is looked for and read anew. */
  clear(): void
}

export function createTsconfigs(engine: Engine): Tsconfigs {
  const byDirectory = new Map<string, Tsconfig | undefined>()
  const byPath = new Map<string, Tsconfig>()

  function inDirectory(directory: string): Tsconfig | undefined {
    if (byDirectory.has(directory)) return byDirectory.get(directory)
    const path = join(directory, 'tsconfig.json')
    let config: Tsconfig | undefined
    if (isFile(path)) config = read(path)
    // A package that brings none is not the app's to configure.
    else if (directory !== '/' && !directory.endsWith('/node_modules')) {
      config = inDirectory(dirname(directory))
    }
    byDirectory.set(directory, config)
    return config
  }

  function read(path: string): Tsconfig {
    const known = byPath.get(path)
    if (known !== undefined) return known
    const merged = merge(path, [])
    const base = merged.baseUrl ?? merged.pathsBase ?? dirname(path)
    const own = (text: string) => place(text, base, dirname(path))
    const config: Tsconfig = {
      path,
      compilerOptions: merged.options,
      baseUrl: merged.baseUrl && own(merged.baseUrl),
      paths: patternsOf(merged.paths ?? {}, own),
    }
    byPath.set(path, config)
    return config
  }

  /** @param chain the files that led here */
  function merge(path: string, chain: readonly string[]): Merged {
    if (chain.includes(path)) throw invalid(path, `it extends itself (${chain.join(' -> ')})`)
    const json = parse(path)
    const given = Array.isArray(json.extends) ? json.extends : [json.extends ?? []].flat()
    const bases = given.map((specifier: unknown) => {
      if (typeof specifier !== 'string') throw invalid(path, '"extends" must name files')
      return merge(locate(specifier, path), [...chain, path])
    })
    const { baseUrl, paths, ...options } = objectIn(path, json, 'compilerOptions')
    const directory = dirname(path)
    const own: Merged = {
      options,
      ...(typeof baseUrl === 'string' && { baseUrl: place(baseUrl, directory) }),
      ...(paths !== undefined && {
        paths: objectIn(path, { paths }, 'paths') as Record<string, string[]>,
        pathsBase: directory,
      }),
    }
    const all = [...bases, own]
    const merged = Object.assign({}, ...all)
    return { ...merged, options: Object.assign({}, ...all.map((each) => each.options)) }
  }

  function parse(path: string): Json {
    try {
      return parseJsonc(engine.readText(path)) as Json
    } catch (error) {
      throw invalid(path, (error as Error).message)
    }
  }

  /** What `extends` means: a path, or a package's file. */
  function locate(specifier: string, from: string): string {
    const isPath = /^\.\.?(?:\/|$)/.test(specifier) || isAbsolute(specifier)
    const found = isPath
      ? fileAt(place(specifier, dirname(from)))
      : (inPackages(specifier, dirname(from)) ?? byExports(specifier, from))
    if (found === undefined) throw invalid(from, `it extends '${specifier}', which is not there`)
    return found
  }

  function fileAt(path: string): string | undefined {
    if (isFile(path)) return path
    return isFile(`${path}.json`) ? `${path}.json` : undefined
  }

  function inPackages(specifier: string, directory: string): string | undefined {
    const path = join(directory, `node_modules/${specifier}`)
    const manifest = join(path, 'package.json')
    const named = isFile(manifest) && parse(manifest).tsconfig
    const found =
      (typeof named === 'string' && fileAt(join(path, named))) ||
      fileAt(path) ||
      fileAt(join(path, 'tsconfig.json'))
    if (found) return found
    return directory === '/' ? undefined : inPackages(specifier, dirname(directory))
  }

  /** Where a package's `exports` lead elsewhere. */
  function byExports(specifier: string, from: string): string | undefined {
    for (const request of [specifier, `${specifier}.json`, `${specifier}/tsconfig.json`]) {
      try {
        return engine.Module.createRequire(from).resolve(request)
      } catch {
        // The next may be there.
      }
    }
    return undefined
  }

  function isFile(path: string): boolean {
    return engine.volume.lookup(path)?.kind === Kind.File
  }

  return {
    of: (filename) => inDirectory(dirname(filename)),
    clear() {
      byDirectory.clear()
      byPath.clear()
    },
  }
}

/** An absolute path. @param root what `${configDir}` stands for: the directory of the file that nobody extends */
function place(path: string, base: string, root?: string): string {
  const own = '${' + 'configDir}'
  if (path.startsWith(own))
    return root === undefined ? path : join(root, `.${path.slice(own.length)}`)
  return isAbsolute(path) ? path : join(base, path)
}

function patternsOf(
  paths: Readonly<Record<string, readonly string[]>>,
  own: (path: string) => string,
): PathPattern[] {
  const patterns = Object.entries(paths).map(([key, targets]) => {
    const star = key.indexOf('*')
    return {
      prefix: star === -1 ? key : key.slice(0, star),
      suffix: star === -1 ? undefined : key.slice(star + 1),
      targets: [targets].flat().map(own),
    }
  })
  const rank = ({ prefix, suffix }: PathPattern) =>
    suffix === undefined ? Number.POSITIVE_INFINITY : prefix.length
  return patterns.sort((a, b) => rank(b) - rank(a) || 0)
}

function objectIn(path: string, json: Json, name: string): Json {
  const value = json[name] ?? {}
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw invalid(path, `"${name}" must be an object`)
  }
  return value as Json
}

function invalid(path: string, reason: string): Error {
  return codedError(Error, 'ERR_LODGER_TSCONFIG', `Cannot use ${path}: ${reason}`)
}
