/**
 * The statics of `Module` that find files: `_resolveFilename`, `_resolveLookupPaths`, `_findPath`, `_nodeModulePaths`,
 * `_initPaths`, `_pathCache`. All may be patched; while they are not, a resolution goes the short way, by places.
 */
import { createError } from '../errors.ts'
import { dirname, isAbsolute, resolve } from '../path.ts'
import { moduleNotFound } from '../resolve/errors.ts'
import type { Place } from '../resolve/place.ts'
import { isRelative, readRequest } from '../resolve/request.ts'
import type { Engine } from './engine.ts'
import { fileOf, parentOf } from './hidden.ts'
import type { Module, ModuleConstructor, ResolveFilenameOptions } from './module.ts'
import { expectString } from './options.ts'

type Parent = Module | null | undefined

/** Parents without a file that stand in the working directory. */
const idsInCwd: ReadonlySet<string> = new Set(['<repl>', 'internal/preload'])

export function installResolution(engine: Engine): void {
  const { Module, resolver, builtins } = engine
  const { places } = resolver
  const pathCache = createPathCache(engine)
  let globalPlaces: readonly Place[] = []
  let globalPaths: readonly string[] = []
  /** Where every lookup ends, as places. */
  const ends = () => {
    if (globalPaths === engine.globalPaths) return globalPlaces
    globalPaths = engine.globalPaths
    globalPlaces = globalPaths.map((path) => places.at(resolve(engine.cwd(), path)))
    return globalPlaces
  }

  /** Assigned as members, which leaves them without names, as node's are. */
  const own = {} as Pick<
    ModuleConstructor,
    '_findPath' | '_nodeModulePaths' | '_resolveLookupPaths'
  >

  own._resolveLookupPaths = (request, parent) => {
    if (builtins.idOf(request) !== undefined) return null
    if (isBare(request)) {
      const paths = parent?.paths?.length
        ? [...parent.paths, ...engine.globalPaths]
        : engine.globalPaths
      return paths.length > 0 ? (paths as string[]) : null
    }
    if (!parent?.id || !parent.filename) return ['.']
    return [dirname(parent.filename)]
  }

  own._findPath = (request, paths, isMain, ...[conditions]) => {
    const absolute = isAbsolute(request)
    const lookups = absolute ? [''] : paths
    if (!lookups || lookups.length === 0) return false
    const key = `${request}\0${lookups.join('\0')}`
    const known = pathCache.read(key)
    if (known) return known
    resolver.begin()
    const read = readRequest(request)
    for (const path of lookups) {
      if (typeof path !== 'string') {
        throw createError('ERR_INVALID_ARG_TYPE', 'paths', 'array of strings', lookups)
      }
      // By its text the directory may be there when on disk the way to it is not.
      if (path.includes('..') && !read.climbs && !isThere(path)) continue
      const place = absolute ? places.root : places.at(resolve(engine.cwd(), path))
      const found = resolver.findIn(place, read, isMain === true, conditions)
      if (found === undefined) continue
      if (found.isFinal) pathCache.write(key, found.filename)
      return found.filename
    }
    return false
  }

  const isThere = (path: string) =>
    engine.volume.lookup(isAbsolute(path) ? path : `${engine.cwd()}/${path}`) !== undefined

  own._nodeModulePaths = (from) => {
    expectString('paths[0]', from)
    const path = isAbsolute(from) ? from : resolve(engine.cwd(), from)
    return places.at(path).nodeModulePaths.slice()
  }

  /** The place to start from, while neither patches nor changed `paths` nor options ask for the long way. */
  function shortWay(
    request: string,
    parent: Parent,
    options: ResolveFilenameOptions | undefined,
  ): Place | undefined {
    const filename = parent?.filename
    if (
      !filename ||
      !parent.id ||
      pathCache.isExposed ||
      Module._findPath !== own._findPath ||
      Module._resolveLookupPaths !== own._resolveLookupPaths ||
      (options !== undefined && (options.paths !== undefined || options.conditions))
    ) {
      return undefined
    }
    const place = fileOf(parent, filename, places)?.place
    if (place === undefined || isAbsolute(request)) return undefined
    return isRelative(request) || hasOwnPaths(parent, place) ? place : undefined
  }

  /** The lookup directories, the long way. */
  function lookupPaths(
    request: string,
    parent: Parent,
    options: ResolveFilenameOptions | undefined,
  ): string[] | null {
    if (typeof options !== 'object' || options === null || options.paths === undefined) {
      return Module._resolveLookupPaths(request, parent)
    }
    if (!Array.isArray(options.paths)) {
      throw createError('ERR_INVALID_ARG_VALUE', 'options.paths', options.paths)
    }
    if (isRelative(request)) return options.paths
    const fakeParent = new Module('', null)
    const paths = new Set<string>()
    for (const path of options.paths) {
      fakeParent.paths = Module._nodeModulePaths(path)
      for (const lookup of Module._resolveLookupPaths(request, fakeParent) ?? []) paths.add(lookup)
    }
    return [...paths]
  }

  function resolveTheLongWay(
    request: string,
    parent: Parent,
    isMain: boolean,
    options: ResolveFilenameOptions | undefined,
  ): string | false {
    const conditions = options?.conditions
    const paths = lookupPaths(request, parent, options)
    const parentPath = pathOf(parent)
    resolver.begin()
    if (parentPath !== undefined) {
      const from = places.at(parentPath.slice(0, parentPath.lastIndexOf('/')))
      if (request.charCodeAt(0) === 35 && (parent?.filename || parent?.id !== 'internal/preload')) {
        const imported = resolver.loadPackageImports(request, from, parentPath, conditions)
        if (imported !== undefined) return imported
      }
      const own = resolver.loadPackageSelf(readRequest(request), from, parentPath, conditions)
      if (own !== undefined) {
        pathCache.write(`${request}\0${paths?.join('\0')}`, own)
        return own
      }
    }
    return Module._findPath(request, paths, isMain, conditions)
  }

  function pathOf(parent: Parent): string | undefined {
    if (!parent) return undefined
    if (parent.filename) return parent.filename
    return idsInCwd.has(parent.id) ? `${engine.cwd()}/` : undefined
  }

  /** Files only: no builtin, no override. @param asked what stood in the place of the request before an override */
  function resolveFile(
    request: string,
    parent: Parent,
    isMain: boolean,
    start: Place | undefined,
    options?: ResolveFilenameOptions,
    asked?: string,
  ): string {
    const filename =
      start === undefined
        ? resolveTheLongWay(request, parent, isMain, options)
        : resolver.resolve(request, start, parent?.filename ?? undefined, ends(), isMain)
    if (filename) return filename
    const mapped = resolvePrefix(engine, request)
    if (mapped !== undefined) return mapped
    throw moduleNotFound(request, requireStack(parent), asked)
  }

  /** What an override by string puts in the place of a request; the stand-in itself gets what it stands in for. */
  function redirected(request: string, parent: Parent, isMain: boolean): string | undefined {
    const target = builtins.redirect(request)
    if (target === undefined) return undefined
    const path = isRelative(target) ? resolve(engine.settings.root, target) : target
    const start = shortWay(path, parent, undefined)
    const filename =
      builtins.idOf(path) ?? resolveFile(path, parent, isMain, start, undefined, request)
    return filename === parent?.filename ? undefined : filename
  }

  Module._resolveFilename = (request, parent, isMain, options) => {
    const start = shortWay(request, parent, options)
    // Only files are remembered: what is known here is neither a builtin nor an override.
    const known = start && resolver.recall(request, start)
    if (known !== undefined) {
      if (resolver.note === undefined) return known
      return resolver.explainKnown('require', request, known, () =>
        resolver.resolve(request, start as Place, parent?.filename as string, ends()),
      )
    }
    const target = builtins.redirects ? redirected(request, parent, isMain) : undefined
    if (target !== undefined) return target
    if (builtins.idOf(request) !== undefined) {
      resolver.note?.('require', request, 'found', builtins.answerTo(request))
      return request
    }
    return resolveFile(request, parent, isMain, start, options)
  }

  Object.assign(Module, own)

  Module._initPaths = () => {
    initPaths(engine, engine.process.env, engine.process.execPath)
    pathCache.forgetShortAnswers()
  }
}

/** NODE_PATH, the home directory's and node's own: where every lookup ends. */
export function initPaths(
  engine: Engine,
  env: Readonly<Record<string, string | undefined>>,
  execPath = '/usr/local/bin/node',
): void {
  const { HOME: home, NODE_PATH: nodePath = '' } = env
  engine.globalPaths = [
    ...nodePath.split(':').filter(Boolean),
    ...(home ? [resolve(home, '.node_modules'), resolve(home, '.node_libraries')] : []),
    resolve(execPath, '../../lib/node'),
  ]
  engine.Module.globalPaths = [...engine.globalPaths]
}

/** node's test: `.x` is the name of a package. */
function isBare(request: string): boolean {
  return !/^\.(?:$|[./])/.test(request)
}

/** Whether `module.paths` still is what the loader put there. */
function hasOwnPaths(module: Module, place: Place): boolean {
  const { paths } = module
  const { nodeModulePaths } = place
  return (
    paths?.length === nodeModulePaths.length &&
    nodeModulePaths.every((path, index) => path === paths[index])
  )
}

/** The files that led to a request, nearest first. */
export function requireStack(parent: Parent): string[] {
  const stack: string[] = []
  for (let cursor = parent; cursor; cursor = parentOf(cursor)) {
    stack.push(cursor.filename || cursor.id)
  }
  return stack
}

/** Jetpack's prefix map, asked when node's algorithm finds nothing. */
function resolvePrefix(engine: Engine, request: string): string | undefined {
  if (isRelative(request) || isAbsolute(request)) return undefined
  for (const [prefix, directory] of engine.settings.paths) {
    const stripped = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix
    if (stripped !== '' && request !== prefix && !request.startsWith(`${stripped}/`)) continue
    const path = resolve(
      '/',
      request.replace(prefix, () => directory),
    )
    engine.resolver.note?.('paths', path, 'matched', `prefix '${prefix}'`)
    return engine.resolver.resolve(path, engine.resolver.places.root, undefined, [])
  }
  return undefined
}

/** `Module._pathCache`: filled for guest code when it first looks in, and the truth from then on. */
interface PathCache {
  /** Guest code has looked in, or put an object of its own there. */
  readonly isExposed: boolean
  read(key: string): string | undefined
  write(key: string, filename: string): void
  forgetShortAnswers(): void
}

function createPathCache(engine: Engine): PathCache {
  const { Module, resolver } = engine
  const entries: Record<string, string> = Object.create(null)
  /** Answers of the long way, each with its turn among those of the short way. */
  const written = new Map<string, { readonly turn: number; readonly filename: string }>()
  let isFilled = false

  const fill = () => {
    if (isFilled) return entries
    isFilled = true
    const rows = [...written].map(([key, answer]) => ({ key, ...answer }))
    for (const place of resolver.places.root.visited()) {
      for (const [specifier, { turn, filename, isInPathCache }] of place.answers ?? []) {
        if (isInPathCache) rows.push({ turn, key: keyOf(engine, place, specifier), filename })
      }
    }
    for (const { key, filename } of rows.sort((a, b) => a.turn - b.turn)) entries[key] = filename
    return entries
  }
  const view = new Proxy(entries, {
    get: (_, key) => Reflect.get(fill(), key),
    set: (_, key, value) => Reflect.set(fill(), key, value),
    has: (_, key) => Reflect.has(fill(), key),
    deleteProperty: (_, key) => Reflect.deleteProperty(fill(), key),
    ownKeys: () => Reflect.ownKeys(fill()),
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(fill(), key),
    defineProperty: (_, key, descriptor) => Reflect.defineProperty(fill(), key, descriptor),
  })
  Module._pathCache = view
  engine.memories.push(() => {
    const shown = Module._pathCache === view ? entries : Module._pathCache
    return [
      written,
      { entries: () => Object.entries(shown), delete: (key: string) => delete shown[key] },
    ]
  })

  return {
    get isExposed() {
      return isFilled || Module._pathCache !== view
    },
    read(key) {
      if (Module._pathCache !== view) return Module._pathCache[key]
      return isFilled ? entries[key] : written.get(key)?.filename
    },
    write(key, filename) {
      if (Module._pathCache !== view) Module._pathCache[key] = filename
      else if (isFilled) entries[key] = filename
      else written.set(key, { turn: resolver.nextTurn(), filename })
    },
    forgetShortAnswers() {
      for (const place of resolver.places.root.visited()) place.answers?.clear()
    },
  }
}

/** node's key: the request and the directories that were searched for it. */
function keyOf(engine: Engine, place: Place, specifier: string): string {
  if (isRelative(specifier)) return `${specifier}\0${place.path}`
  return [`${specifier}\0${place.nodeModulePaths.join('\0')}`, ...engine.globalPaths].join('\0')
}
