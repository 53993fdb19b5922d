/**
 * `require(X) from module at path Y`: specifier and place to filename, synchronously and without side effects.
 * https://nodejs.org/api/modules.html#all-together; one function per operation, in that text's names.
 */
import { toFileUrl } from '../path.ts'
import { Kind, type Note, type RequestMode, type Volume } from '../seams.ts'
import {
  badMain,
  invalidModuleSpecifier,
  invalidUrlScheme,
  type NotFoundError,
  notFound,
} from './errors.ts'
import type { Manifest } from './manifest.ts'
import { packageResolve } from './package-resolve.ts'
import {
  type NoteMain,
  packageExportsResolve,
  packageImportsResolve,
  type Target,
  type TargetContext,
} from './package-target.ts'
import { locate, type Place, Places } from './place.ts'
import { type Request, readRequest } from './request.ts'
import { encodeUrl, urlPath } from './url-path.ts'

/** What the resolver may do and know. Those that can change while it lives are asked anew each time. */
export interface ResolverPowers {
  readonly volume: Volume
  /** The conditions that hold when a call names none. */
  readonly conditions: ReadonlySet<string>
  /** In the order in which they are tried, with their dots. */
  extensions(): readonly string[]
  /** Where upward walks end. @default '/' */
  readonly root?: string
  readonly preserveSymlinks: boolean
  readonly preserveSymlinksMain: boolean
  emitWarning(message: string, type: string, code: string): void
  readonly noteMain?: NoteMain
}

export class Resolver {
  readonly places: Places
  /** Set while `explain` runs: takes each decision and why. */
  note: Note | undefined
  /** `Module._readPackage` as guest code replaced it. */
  readPackage:
    | ((path: string) => Partial<Manifest> & { exists?: boolean; pjsonPath?: string })
    | undefined
  readonly #powers: ResolverPowers
  #turn = 0
  readonly #warned = new Set<string>()
  /** This resolution told something that node tells whenever it looks. */
  #tells = false

  constructor(powers: ResolverPowers) {
    this.#powers = powers
    this.places = new Places(powers.volume, powers.root)
  }

  /** Numbers what is kept, in the order in which it was found. */
  nextTurn(): number {
    return ++this.#turn
  }

  /** A resolution begins; see `Places.observe`. */
  begin(): void {
    this.#tells = false
    this.places.observe()
  }

  /**
   * `require(X) from module at path Y`, as far as files go: builtins were looked for before, and so was what `recall` knows.
   * @param from the directory of the requiring file, or the cwd
   * @param parentPath the requiring file; without one neither `imports` nor the package's own name apply
   * @param globalPlaces the directories of NODE_PATH and the like
   * @returns the filename, or `undefined` when nothing was found
   */
  resolve(
    specifier: string,
    from: Place,
    parentPath: string | undefined,
    globalPlaces: readonly Place[],
    isMain = false,
  ): string | undefined {
    this.begin()
    const request = readRequest(specifier)
    const { scope } = from
    if (parentPath !== undefined && scope !== undefined) {
      if (specifier.charCodeAt(0) === 35) {
        const imported = this.loadPackageImports(specifier, from, parentPath)
        if (imported !== undefined) return imported
      }
      const own = this.loadPackageSelf(request, from, parentPath)
      if (own !== undefined) return this.#remember(from, specifier, own, false, true)
    }
    const found =
      request.kind === 'bare'
        ? this.loadNodeModules(request, from, globalPlaces, isMain)
        : this.findIn(from, request, isMain)
    return found && this.#remember(from, specifier, found.filename, found.isFinal, found.isFinal)
  }

  /**
   * For `explain`, where there is an answer already: that is what counts, whatever would be found now.
   * @param resolve looks for it anew
   */
  explainKnown(
    mode: RequestMode,
    specifier: string,
    known: string,
    resolve: () => unknown,
  ): string {
    this.note?.(mode, specifier, 'note', `answered before: ${known}`)
    try {
      resolve()
    } catch (error) {
      this.note?.(mode, specifier, 'note', `would fail now: ${(error as Error).message}`)
    }
    return known
  }

  /** The answer that was given before, as long as it holds. */
  recall(specifier: string, from: Place): string | undefined {
    const answer = from.answers?.get(specifier)
    if (answer === undefined) return undefined
    const { generation } = answer
    const holds = generation === undefined || generation === this.#powers.volume.generation
    return holds ? answer.filename : undefined
  }

  #remember(
    from: Place,
    specifier: string,
    filename: string,
    isFinal: boolean,
    isInPathCache: boolean,
  ): string {
    if (this.note === undefined) {
      // What is told anew has to be looked for anew.
      const kept = this.#tells ? -1 : this.places.generation
      const generation = isFinal ? undefined : kept
      from.answers ??= new Map()
      from.answers.set(specifier, { filename, generation, isInPathCache, turn: ++this.#turn })
    }
    return filename
  }

  /** `LOAD_NODE_MODULES(X, START)`, the directories of NODE_PATH and the like behind them. */
  loadNodeModules(
    request: Request,
    from: Place,
    globalPlaces: readonly Place[],
    isMain: boolean,
    conditions?: ReadonlySet<string>,
  ): Found | undefined {
    if (this.note !== undefined) this.#noteAbsentLookups(from)
    for (let lookup = from.lookups; lookup !== undefined; lookup = lookup.next) {
      const found = this.findIn(lookup.place, request, isMain, conditions)
      if (found !== undefined) return found
    }
    for (const place of globalPlaces) {
      const found = this.findIn(place, request, isMain, conditions)
      if (found !== undefined) return found
    }
    return undefined
  }

  #noteAbsentLookups(from: Place): void {
    for (const path of from.nodeModulePaths) {
      if (this.places.at(path).isDirectory) continue
      this.note?.('findPath', path, 'skipped', 'no such directory')
    }
  }

  /** One round of node's `_findPath`: the request as seen from one directory. */
  findIn(
    place: Place,
    request: Request,
    isMain: boolean,
    conditions: ReadonlySet<string> = this.#powers.conditions,
  ): Found | undefined {
    // A directory that is not there is passed over, unless the request leaves it at once.
    if (!request.climbs && request.kind !== 'absolute' && !place.isDirectory) {
      this.note?.('findPath', place.path, 'skipped', 'no such directory')
      return undefined
    }
    if (request.packageName !== undefined) {
      const filename = this.loadPackageExports(
        place,
        request.packageName,
        request.subpath,
        conditions,
      )
      if (filename !== undefined) return { filename, isFinal: false }
    }
    const { directory, name } = locate(place, request.text)
    const kind = directory.kindOf(name)
    const filename =
      (request.wantsDirectory ? undefined : this.loadAsFile(directory, name, isMain, kind)) ??
      this.loadAsDirectory(directory, name, isMain, request.text, kind)
    return filename === undefined ? undefined : { filename, isFinal: true }
  }

  /** `LOAD_AS_FILE(X)`, knowing what X itself is. */
  loadAsFile(
    directory: Place,
    name: string,
    isMain: boolean,
    kind: number | undefined,
  ): string | undefined {
    // 1. If X is a file, load X.
    if (kind === Kind.File) return this.fileAt(directory, name, isMain, 'loadAsFile')
    this.note?.('loadAsFile', directory.pathOf(name), 'absent')
    // 2. … with each extension.
    return this.#tryExtensions(directory, name, isMain, 'loadAsFile')
  }

  /** `LOAD_AS_DIRECTORY(X)`, knowing what X itself is. */
  loadAsDirectory(
    parent: Place,
    name: string,
    isMain: boolean,
    request: string,
    kind: number | undefined,
  ): string | undefined {
    const place = name === '' ? parent : parent.child(name)
    if (kind !== Kind.Directory) {
      this.note?.('loadAsDirectory', place.path, 'absent', 'not a directory')
      return undefined
    }
    // 1. If X/package.json has a "main".
    const manifestPath = place.pathOf('package.json')
    const main = this.#manifestOf(place)?.main
    if (!main) return this.#loadIndex(place, isMain)
    this.note?.('loadAsDirectory', manifestPath, 'found', `main: ${main}`)
    const { directory, name: leaf } = locate(main.startsWith('/') ? this.places.root : place, main)
    const found =
      this.loadAsFile(directory, leaf, isMain, directory.kindOf(leaf)) ??
      this.#loadIndex(leaf === '' ? directory : directory.child(leaf), isMain)
    if (found !== undefined) return found
    // 2. The deprecated way out: X/index.
    const index = this.#loadIndex(place, isMain)
    if (index === undefined) throw badMain(directory.pathOf(leaf), manifestPath, request)
    this.#powers.emitWarning(
      `Invalid 'main' field in '${manifestPath}' of '${main}'. ` +
        'Please either fix that or report it to the module author',
      'DeprecationWarning',
      'DEP0128',
    )
    return index
  }

  /** `LOAD_INDEX(X)` */
  #loadIndex(place: Place, isMain: boolean): string | undefined {
    return this.#tryExtensions(place, 'index', isMain, 'loadIndex')
  }

  /** `LOAD_PACKAGE_EXPORTS(X, DIR)`; `undefined` when the package has none. */
  loadPackageExports(
    directory: Place,
    name: string,
    subpath: string,
    conditions: ReadonlySet<string>,
  ): string | undefined {
    const slash = name.indexOf('/')
    const place =
      slash === -1
        ? directory.child(name)
        : directory.child(name.slice(0, slash)).child(name.slice(slash + 1))
    const manifest = this.#manifestOf(place)
    if (manifest?.exports == null) return undefined
    this.note?.(
      'loadPackageExports',
      place.pathOf('package.json'),
      'found',
      `exports, asked for ${subpath}`,
    )
    const target = packageExportsResolve(
      place,
      subpath,
      { exports: manifest.exports },
      this.targetContext(conditions, undefined),
    )
    return this.#finalize(target, undefined, place.path)
  }

  /** `LOAD_PACKAGE_SELF(X, DIR)`; `undefined` when X does not name the package that asks. */
  loadPackageSelf(
    request: Request,
    from: Place,
    parentPath: string,
    conditions: ReadonlySet<string> = this.#powers.conditions,
  ): string | undefined {
    const { scope } = from
    // In this order, because looking at broken `exports` throws whatever was asked for.
    if (scope?.manifest.exports === undefined || scope.manifest.name === undefined) return undefined
    const { place } = scope
    const { name } = scope.manifest
    const { text } = request
    if (text !== name && !text.startsWith(`${name}/`)) return undefined
    this.note?.(
      'loadPackageSelf',
      place.pathOf('package.json'),
      'matched',
      `the package's own name`,
    )
    const context = this.targetContext(conditions, parentPath)
    const target = packageExportsResolve(
      place,
      `.${text.slice(name.length)}`,
      scope.manifest,
      context,
    )
    return this.#finalize(target, parentPath, place.path)
  }

  /** `LOAD_PACKAGE_IMPORTS(X, DIR)`; `undefined` when the nearest package has none. */
  loadPackageImports(
    specifier: string,
    from: Place,
    parentPath: string,
    conditions: ReadonlySet<string> = this.#powers.conditions,
  ): string | undefined {
    const { scope } = from
    if (scope?.manifest.imports == null) return undefined
    const { place, manifest } = scope
    const manifestPath = place.pathOf('package.json')
    this.note?.('loadPackageImports', manifestPath, 'found', 'imports')
    const context = { ...this.targetContext(conditions, parentPath), base: parentPath }
    let target: Target
    try {
      target = packageImportsResolve(specifier, place, manifest, context)
    } catch (error) {
      const isMissingPackage = (error as NotFoundError).code === 'ERR_MODULE_NOT_FOUND'
      throw isMissingPackage ? notFound(specifier) : error
    }
    return this.#finalize(target, parentPath, manifestPath)
  }

  /** What a target means as a file: `RESOLVE_ESM_MATCH`. */
  #finalize(target: Target, parentPath: string | undefined, packagePath: string): string {
    if (target.kind === 'builtin') throw invalidUrlScheme()
    const { place } = target
    if (/%2f|%5c/i.test(target.relative)) {
      const href = toFileUrl(place.pathOf('')) + encodeUrl(target.relative)
      const reason = 'must not include encoded "/" or "\\" characters'
      throw invalidModuleSpecifier(href, reason, parentPath)
    }
    const encoded = urlPath(target.relative)
    const path = encoded.includes('%') ? decodeURIComponent(encoded) : encoded
    const { directory, name } = locate(place, path.replace(/^\/+/, ''))
    const endsAsDirectory = path === '' || path.endsWith('/')
    const filename = endsAsDirectory
      ? undefined
      : this.#tryFile(directory, name, false, 'packageTargetResolve')
    if (filename === undefined) throw notFound(place.pathOf(path), packagePath)
    return filename
  }

  /** What the operations on package.json need beside their arguments. */
  targetContext(conditions: ReadonlySet<string>, base: string | undefined): TargetContext {
    return {
      conditions,
      base,
      packageResolve: (specifier, from, set) => {
        const asker = from.pathOf('package.json')
        return packageResolve(specifier, from, asker, this.targetContext(set, asker))
      },
      emitWarning: (message, code, once) => this.#warn(message, code, once),
      noteMain: this.#powers.noteMain,
      note: this.note,
    }
  }

  #warn(message: string, code: string, once: string | undefined): void {
    if (once === undefined) this.#tells = true
    else {
      if (this.#warned.has(once)) return
      this.#warned.add(once)
    }
    this.#powers.emitWarning(message, 'DeprecationWarning', code)
  }

  #tryExtensions(
    directory: Place,
    name: string,
    isMain: boolean,
    operation: string,
  ): string | undefined {
    for (const extension of this.#powers.extensions()) {
      const candidate = name + extension
      if (directory.kindOf(candidate) === Kind.File) {
        return this.fileAt(directory, candidate, isMain, operation)
      }
      this.note?.(operation, directory.pathOf(candidate), 'absent')
    }
    return undefined
  }

  #tryFile(directory: Place, name: string, isMain: boolean, operation: string): string | undefined {
    if (directory.kindOf(name) === Kind.File) {
      return this.fileAt(directory, name, isMain, operation)
    }
    this.note?.(operation, directory.pathOf(name), 'absent')
    return undefined
  }

  /** The answer for a file that is there: its real path, unless symlinks are preserved. */
  fileAt(directory: Place, name: string, isMain: boolean, operation: string): string {
    const filename = this.realPath(directory, name, isMain)
    if (this.note) {
      const path = directory.pathOf(name)
      this.note(operation, path, 'found', filename === path ? undefined : `a link to ${filename}`)
    }
    return filename
  }

  /** The path by which a file is known: without symlinks, unless they are preserved. */
  realPath(directory: Place, name: string, isMain = false): string {
    const { preserveSymlinks, preserveSymlinksMain } = this.#powers
    const keeps = isMain ? preserveSymlinksMain : preserveSymlinks
    return keeps ? directory.pathOf(name) : directory.realPath(name)
  }

  #manifestOf(place: Place): Partial<Manifest> | undefined {
    if (this.readPackage === undefined) {
      const { manifest } = place
      // node parses both maps here: a broken one fails whoever reads the manifest.
      if (manifest?.isLazy) return { ...manifest }
      return manifest
    }
    const { exists = true, ...manifest } = this.readPackage(place.path)
    return exists ? manifest : undefined
  }
}

/** A filename; final when node keeps it in its path cache for good. */
export interface Found {
  readonly filename: string
  readonly isFinal: boolean
}
