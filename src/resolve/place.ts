/**
 * A place is a directory by the path that somebody wrote, before symlinks are followed: what `path.resolve` would give.
 * Places form a tree of their own beside the volume's. The resolver's memory hangs off them, so that no answer ever
 * needs a path to be joined, normalised or hashed.
 */
import { systemError } from '../errors.ts'
import { dirname, resolve } from '../path.ts'
import { type DirectoryEntry, type Entry, type FileEntry, Kind, type Volume } from '../seams.ts'
import { type Manifest, parseManifest } from './manifest.ts'

/** An answer that was given before. */
export interface Answer {
  readonly filename: string
  /** The volume's generation for which it holds; `undefined` when it holds for good, as node's `_pathCache` does. */
  readonly generation: number | undefined
  /** Whether node would keep it in `Module._pathCache`. */
  readonly isInPathCache: boolean
  /** Its place in the order of all answers. */
  readonly turn: number
}

/** The `node_modules` directories that a place sees, nearest first: a list whose tails are shared by neighbours. */
export class Lookups {
  readonly place: Place
  readonly #above: Place | undefined

  constructor(place: Place, above: Place | undefined) {
    this.place = place
    this.#above = above
  }

  get next(): Lookups | undefined {
    return this.#above?.lookups
  }
}

/** A manifest and where it lies. */
export interface PackageScope {
  readonly place: Place
  readonly manifest: Manifest
}

type EntryKind = (typeof Kind)['File' | 'Directory']

export class Place {
  readonly path: string
  readonly name: string
  readonly parent: Place | undefined
  /** Specifiers that were resolved from here; like all of a place's memory, made when it is needed. */
  answers: Map<string, Answer> | undefined
  readonly #tree: Places
  #children: Map<string, Place> | undefined
  /** What was seen in one run. */
  #seen: Map<string, EntryKind> | undefined
  #seenIn: number | undefined
  #realPaths: Map<string, string> | undefined
  #directory: DirectoryEntry | undefined
  #directoryGeneration = Number.NaN
  #lookups: Lookups | undefined
  #lookupsGeneration = Number.NaN
  #manifest: Manifest | null | undefined
  #scope: PackageScope | null | undefined
  #nodeModulePaths: readonly string[] | undefined

  constructor(tree: Places, parent: Place | undefined, name: string) {
    this.#tree = tree
    this.parent = parent
    this.name = name
    this.path = parent === undefined ? '/' : parent.pathOf(name)
  }

  /** The path of something in this directory. */
  pathOf(name: string): string {
    return this.parent === undefined ? `/${name}` : `${this.path}/${name}`
  }

  child(name: string): Place {
    this.#children ??= new Map()
    let child = this.#children.get(name)
    if (child === undefined) {
      child = new Place(this.#tree, this, name)
      this.#children.set(name, child)
    }
    return child
  }

  /** What stands here now, symlinks followed; `undefined` where there is no directory. */
  get directory(): DirectoryEntry | undefined {
    const { generation } = this.#tree
    if (this.#directoryGeneration !== generation) {
      const entry =
        this.parent === undefined ? this.#tree.volume.root : this.parent.entry(this.name)
      this.#directory = entry?.kind === Kind.Directory ? entry : undefined
      this.#directoryGeneration = generation
    }
    return this.#directory
  }

  /** What a name in this directory leads to now, symlinks followed. */
  entry(name: string): FileEntry | DirectoryEntry | undefined {
    const { directory } = this
    const entry = directory?.get(name)
    if (entry?.kind !== Kind.Link) return entry
    return this.#tree.volume.follow(directory as DirectoryEntry, entry)?.entry
  }

  /**
   * What kind of thing a name in this directory leads to. While the main program runs, what was seen once is believed
   * to be there still, as node's stat cache believes it; that something is absent is never believed.
   */
  kindOf(name: string): EntryKind | undefined {
    const { run } = this.#tree
    if (run === undefined) return this.entry(name)?.kind
    if (this.#seenIn !== run) {
      this.#seenIn = run
      this.#seen = undefined
    }
    const seen = this.#seen?.get(name)
    if (seen !== undefined) return seen
    const kind = this.entry(name)?.kind
    if (kind !== undefined) {
      this.#seen ??= new Map()
      this.#seen.set(name, kind)
    }
    return kind
  }

  /** Whether a directory stands here, with the same belief. */
  get isDirectory(): boolean {
    if (this.parent === undefined) return true
    return this.parent.kindOf(this.name) === Kind.Directory
  }

  /** The path of a file in this directory without symlinks; where links were followed, it is kept for good. @throws ENOENT */
  realPath(name: string): string {
    const known = this.#realPaths?.get(name)
    if (known !== undefined) return known
    const { directory } = this
    const entry = directory?.get(name)
    const isPlain = directory?.path === this.path && entry !== undefined && entry.kind !== Kind.Link
    // What was seen and has gone since is believed to be the file that it was.
    const hasGone = entry === undefined && this.#seen?.get(name) === Kind.File
    if (isPlain || hasGone) return this.pathOf(name)
    const realPath = this.#tree.realPath(this.pathOf(name))
    this.#realPaths ??= new Map()
    this.#realPaths.set(name, realPath)
    return realPath
  }

  /** `NODE_MODULES_PATHS(START)` */
  get nodeModulePaths(): readonly string[] {
    if (this.#nodeModulePaths === undefined) {
      const above = this.path === this.#tree.top ? [] : (this.parent?.nodeModulePaths ?? [])
      const isOneItself = this.name === 'node_modules' && this.parent !== undefined
      this.#nodeModulePaths = isOneItself ? above : [this.pathOf('node_modules'), ...above]
    }
    return this.#nodeModulePaths
  }

  /** `NODE_MODULES_PATHS(START)`, of which only what exists. */
  get lookups(): Lookups | undefined {
    const { generation } = this.#tree
    if (this.#lookupsGeneration !== generation) {
      const own = this.name === 'node_modules' ? undefined : this.child('node_modules')
      // The directories above are looked at only if somebody goes on.
      this.#lookups = own?.isDirectory ? new Lookups(own, this.parent) : this.parent?.lookups
      this.#lookupsGeneration = generation
    }
    return this.#lookups
  }

  /**
   * The package.json in this directory. As in node, the first answer is kept for good, be it that there is none; only a
   * broken one is read again.
   * @throws ERR_INVALID_PACKAGE_CONFIG
   */
  get manifest(): Manifest | undefined {
    return this.readManifest()
  }

  /** @param asker who is told of in an error: `"specifier" from /path/package.json` */
  readManifest(asker?: string): Manifest | undefined {
    if (this.#manifest === undefined) {
      const entry = this.entry('package.json')
      const path = this.pathOf('package.json')
      if (entry?.kind === Kind.File) {
        this.#manifest = parseManifest(entry, path, asker)
      } else if (entry === undefined && this.#isBehindLink() && this.#tree.isLoop(path)) {
        throw unreadableManifest(path)
      } else {
        this.#manifest = null
      }
    }
    return this.#manifest ?? undefined
  }

  /** Whether what is missing is missing because of a link. */
  #isBehindLink(): boolean {
    const { directory } = this
    if (directory !== undefined) return directory.get('package.json')?.kind === Kind.Link
    let place: Place = this
    while (place.parent !== undefined && place.parent.directory === undefined) place = place.parent
    return place.parent?.directory?.get(place.name)?.kind === Kind.Link
  }

  /**
   * `LOOKUP_PACKAGE_SCOPE`: the nearest package.json at or above this directory, below the next `node_modules`.
   * As in node, the answer is kept for good even when there is none, and the root directory is never asked.
   */
  get scope(): PackageScope | undefined {
    if (this.#scope === undefined) {
      this.#scope = this.#findScope() ?? null
    }
    return this.#scope ?? undefined
  }

  #findScope(): PackageScope | undefined {
    let broken: unknown
    let found: PackageScope | undefined
    let place: Place = this
    while (!found && place.parent !== undefined && place.name !== 'node_modules') {
      try {
        const { manifest } = place
        if (manifest) found = { place, manifest }
      } catch (error) {
        // node walks on, and tells of the outermost.
        broken = error
      }
      place = place.parent
    }
    if (broken !== undefined) throw broken
    return found
  }

  /** Every place at or below this one that was ever visited. */
  *visited(): Generator<Place> {
    yield this
    for (const child of this.#children?.values() ?? []) yield* child.visited()
  }
}

/** As many links as Linux follows before it says ELOOP. */
const maximumHops = 40

/** The tree of places over one volume. */
export class Places {
  readonly volume: Volume
  readonly root: Place
  /** Where upward walks end. */
  readonly top: string
  /** The volume's generation as of the running resolution. */
  generation: number = Number.NaN
  /** Set while a main program runs: what is seen now is believed until it ends. */
  run: number | undefined
  readonly #byPath: Map<string, Place> = new Map()
  readonly #byFile: Map<string, Place | null> = new Map()
  /** Links that were followed to make a path real, for good: path to path. */
  readonly #links: Map<string, string> = new Map()

  constructor(volume: Volume, top = '/') {
    this.volume = volume
    this.top = top
    this.root = new Place(this, undefined, '')
  }

  /** A resolution begins: what was believed of directories holds only if no name has come or gone since. */
  observe(): void {
    this.generation = this.volume.generation
  }

  /** The place of an absolute path. */
  at(path: string): Place {
    let place = this.#byPath.get(path)
    if (place === undefined) {
      place = this.root
      for (const segment of path.split('/')) place = step(place, segment)
      this.#byPath.set(path, place)
    }
    return place
  }

  /**
   * The place of a file's directory; `undefined` where the filename is not normalised, for its directory on disk may be
   * another than by its text.
   */
  ofFile(filename: string): Place | undefined {
    const known = this.#byFile.get(filename)
    if (known) return known
    if (known === null) return undefined
    const directory = dirname(filename)
    const place = this.at(directory)
    const isNormal = place.path === directory
    this.#byFile.set(filename, isNormal ? place : null)
    return isNormal ? place : undefined
  }

  /**
   * A path without symlinks, as node's `fs.realpathSync` makes it: `..` in a link's target goes up by the text.
   * @throws ENOENT for what is absent, ELOOP for links in a circle
   */
  realPath(path: string, hops: number = maximumHops): string {
    let { root: directory }: { root: DirectoryEntry } = this.volume
    const segments = path.split('/').filter(Boolean)
    let real = ''
    for (const [index, segment] of segments.entries()) {
      const base = `${real}/${segment}`
      const entry = directory.get(segment)
      const target = this.#linkTarget(base, entry)
      if (target !== undefined && target !== base) {
        if (hops === 0) throw systemError('ELOOP', 'stat', path)
        return this.realPath([target, ...segments.slice(index + 1)].join('/'), hops - 1)
      }
      // A link that by its text names itself may still lead somewhere.
      const there = entry?.kind === Kind.Link ? this.volume.follow(directory, entry)?.entry : entry
      if (there === undefined && entry !== undefined) throw systemError('ELOOP', 'stat', path)
      const isLast = index === segments.length - 1
      if (there === undefined || (!isLast && there.kind !== Kind.Directory)) {
        throw systemError('ENOENT', 'lstat', base)
      }
      if (there.kind === Kind.Directory) directory = there
      real = base
    }
    return real || '/'
  }

  #linkTarget(path: string, entry: Entry | undefined): string | undefined {
    const known = this.#links.get(path)
    if (known !== undefined || entry?.kind !== Kind.Link) return known
    const target = resolve(dirname(path), entry.target)
    this.#links.set(path, target)
    return target
  }

  /** Whether links lead in a circle on the way to a path that leads nowhere. */
  isLoop(path: string): boolean {
    try {
      this.realPath(path)
      return false
    } catch (error) {
      return (error as { code?: string }).code === 'ELOOP'
    }
  }
}

function unreadableManifest(path: string): Error {
  const message = `Cannot read package config ${path}: too many symbolic links encountered.`
  return Object.assign(new Error(message), { code: 'ERR_INVALID_PACKAGE_CONFIG' })
}

/** One segment of a path, as `path.resolve` takes it: `..` goes up by the path's text, whatever links there are. */
export function step(place: Place, segment: string): Place {
  if (segment === '' || segment === '.') return place
  if (segment === '..') return place.parent ?? place
  return place.child(segment)
}

/** Where a path leads from a place, by its text alone: a directory, and a name in it (`''` for the root itself). */
export function locate(from: Place, path: string): readonly [directory: Place, name: string] {
  let place = from
  let start = 0
  if (path.charCodeAt(0) === 47) while (place.parent !== undefined) place = place.parent
  for (;;) {
    const slash = path.indexOf('/', start)
    if (slash === -1) break
    if (slash > start) place = step(place, path.slice(start, slash))
    start = slash + 1
  }
  const last = path.slice(start)
  if (last !== '' && last !== '.' && last !== '..') return [place, last]
  place = step(place, last)
  return place.parent === undefined ? [place, ''] : [place.parent, place.name]
}
