/** How TypeScript asks for files: `paths` and `baseUrl` of tsconfig.json, `./x.js` for x.ts, names without extension. */
import type { Engine } from '../load/engine.ts'
import { dirname, isAbsolute, join } from '../path.ts'
import { Kind } from '../seams.ts'
import type { Tsconfig } from './tsconfig.ts'

/** What a file may be called in the place of the JavaScript that is made of it. */
const sourcesOf: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.jsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
}

export interface Requests {
  /** As `import` finds it. */
  find(request: string, parent: string): string | undefined
  /** Stands before `Module._resolveFilename`. */
  install(): void
}

/**
 * @param takes whether a file is TypeScript
 * @param configOf the tsconfig.json in charge of a file
 */
export function createRequests(
  engine: Engine,
  takes: (filename: string) => boolean,
  configOf: (filename: string) => Tsconfig | undefined,
): Requests {
  const { Module, resolver, builtins, volume } = engine

  /** Whatever node would not find; files under their own names are found by node. */
  function findMapped(request: string, parent: string): string | undefined {
    if (isRelative(request)) return findSource(join(dirname(parent), request))
    const isElsewhere = isAbsolute(request) || request.startsWith('#')
    if (isElsewhere || builtins.idOf(request) !== undefined) return undefined
    if (builtins.redirects && builtins.redirect(request) !== undefined) return undefined
    const config = configOf(parent)
    if (config === undefined) return undefined
    return findInPaths(request, config) ?? (config.baseUrl && findAt(join(config.baseUrl, request)))
  }

  function findInPaths(request: string, { paths }: Tsconfig): string | undefined {
    for (const { prefix, suffix, targets } of paths) {
      const isMatch =
        suffix === undefined
          ? request === prefix
          : request.length >= prefix.length + suffix.length &&
            request.startsWith(prefix) &&
            request.endsWith(suffix)
      if (!isMatch) continue
      const matched = request.slice(prefix.length, request.length - (suffix?.length ?? 0))
      for (const target of targets) {
        const found = findAt(target.replace('*', () => matched))
        if (found !== undefined) return found
      }
      // TypeScript looks at no other pattern.
      return undefined
    }
    return undefined
  }

  function findAt(path: string): string | undefined {
    return findSource(path) ?? resolver.resolve(path, resolver.places.root, undefined, [])
  }

  /** Where JavaScript is asked for that is not there, what it would be made of. */
  function findSource(path: string): string | undefined {
    const [extension = ''] = /\.[cm]?jsx?$/.exec(path) ?? []
    const sources = sourcesOf[extension]
    if (sources === undefined || isFile(path)) return undefined
    const stem = path.slice(0, -extension.length)
    const source = sources.find((ending) => isFile(stem + ending))
    return source && resolver.resolve(stem + source, resolver.places.root, undefined, [])
  }

  function isFile(path: string): boolean {
    return volume.lookup(path)?.kind === Kind.File
  }

  return {
    find(request, parent) {
      if (!takes(parent)) return undefined
      const mapped = findMapped(request, parent)
      if (mapped !== undefined || !isRelative(request)) return mapped
      const path = join(dirname(parent), request)
      return isFile(path) ? undefined : findAt(path)
    },
    install() {
      const own = Module._resolveFilename
      const members: Pick<typeof Module, '_resolveFilename'> = {
        _resolveFilename(request, parent, isMain, options) {
          const filename = parent?.filename
          const mapped =
            filename &&
            options?.paths === undefined &&
            typeof request === 'string' &&
            takes(filename)
              ? findMapped(request, filename)
              : undefined
          return mapped ?? own(request, parent, isMain, options)
        },
      }
      Object.assign(Module, members)
    },
  }
}

function isRelative(request: string): boolean {
  return /^\.\.?(?:\/|$)/.test(request)
}
