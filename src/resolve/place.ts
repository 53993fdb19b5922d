/**
 * A place is a directory by the path that somebody wrote, before symlinks are followed: what `path.resolve` would give.
 * Places form a tree of their own beside the volume's. The resolver's memory hangs off them, so that no answer ever
 * needs a path to be joined, normalised or hashed.
 */
import { type DirectoryEntry, type FileEntry, Kind, type Volume } from '../seams.ts'
import { type Manifest, parseManifest } from './manifest.ts'
import { RealPaths } from './real-path.ts'

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

/** The generation of what was not looked at yet. A small integer, because V8 keeps NaN as an object. */
const never = -0x4000_0000

/** What a name in a place led to. */
interface Sighting {
  kind: EntryKind
  /** Whether no link was followed on the way from the root. */
  isPlain: boolean
  /** The run in which it was seen, and is believed to be there still. */
  run: number
}

export class Place {
  readonly path: string
  readonly name: string
  readonly parent: Place | undefined
  /** Specifiers that were resolved from here; like all of a place's memory, made when it is needed. */
  answers: Map<string, Answer> | undefined
  readonly #tree: Places
  #children: Map<string, Place> | undefined
  #sightings: Map<string, Sighting> | undefined
  #realPaths: Map<string, string> | undefined
  #directory: DirectoryEntry | undefined
  #directoryStamp = never
  #lookups: Lookups | undefined
  #lookupsGeneration = never
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
    const { generation, structure } = this.#tree
    // That nothing is here holds only as long as no name has come.
    const stamp = this.#directory === undefined ? generation : structure
    if (this.#directoryStamp === stamp) return this.#directory
    const entry = this.parent === undefined ? this.#tree.volume.root : this.parent.entry(this.name)
    this.#directory = entry?.kind === Kind.Directory ? entry : undefined
    this.#directoryStamp = this.#directory === undefined ? generation : structure
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
    const { run, volume, stat } = this.#tree
    if (stat !== undefined) return kindOfStat(stat(this.pathOf(name)))
    const sighting = this.#sightings?.get(name)
    if (sighting !== undefined && sighting.run === run) return sighting.kind
    const { directory } = this
    // The root itself has no name.
    const entry = name === '' ? directory : directory?.get(name)
    if (entry === undefined) return undefined
    const isLink = entry.kind === Kind.Link
    const target = isLink ? volume.follow(directory as DirectoryEntry, entry)?.entry : entry
    if (target === undefined) return undefined
    if (run === 0) return target.kind
    const isPlain = !isLink && directory?.path === this.path
    if (sighting === undefined) {
      this.#sightings ??= new Map()
      this.#sightings.set(name, { kind: target.kind, isPlain, run })
    } else {
      sighting.kind = target.kind
      sighting.isPlain = isPlain
      sighting.run = run
    }
    return target.kind
  }

  /** Whether a directory stands here, with the same belief. */
  get isDirectory(): boolean {
    return (this.parent ?? this).kindOf(this.name) === Kind.Directory
  }

  /** The path of a file in this directory without symlinks; where links were followed, it is kept for good. @throws ENOENT */
  realPath(name: string): string {
    const known = this.#realPaths?.get(name)
    if (known !== undefined) return known
    const sighting = this.#sightings?.get(name)
    const seen = sighting?.run === this.#tree.run ? sighting : undefined
    if (seen?.isPlain || this.#leadsStraightTo(name, seen)) return this.pathOf(name)
    const realPath = this.#tree.realPaths.of(this.pathOf(name))
    this.#realPaths ??= new Map()
    this.#realPaths.set(name, realPath)
    return realPath
  }

  /** Without a link on the way. What was seen and has gone since is believed to be the file that it was. */
  #leadsStraightTo(name: string, seen: Sighting | undefined): boolean {
    const { directory } = this
    const entry = directory?.get(name)
    if (entry === undefined) return seen?.kind === Kind.File
    return entry.kind !== Kind.Link && directory?.path === this.path
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
      } else if (entry === undefined && this.#isBehindLink() && this.#tree.realPaths.isLoop(path)) {
        throw unreadableManifest(path)
      } else {
        this.#manifest = null
      }
    }
    return this.#manifest ?? undefined
  }

  /** Looks anew, the next time, at what a name in this directory leads to. */
  forget(name: string): void {
    this.#sightings?.delete(name)
    this.#realPaths?.delete(name)
    if (name !== 'package.json') return
    this.#manifest = undefined
    for (const place of this.visited()) place.#scope = undefined
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

/** A file by its directory's place and its name there. */
export interface FilePlace {
  readonly filename: string
  readonly place: Place
  readonly name: string
}

/** The tree of places over one volume. */
export class Places {
  readonly volume: Volume
  readonly realPaths: RealPaths
  readonly root: Place
  /** Where upward walks end. */
  readonly top: string
  /** The volume's generation as of the running resolution. */
  generation = 0
  /** The volume's structure as of then. */
  structure = 0
  /** `Module._stat` as guest code replaced it: 0 for a file, 1 for a directory, negative for neither. */
  stat: ((path: string) => number) | undefined
  /** Not 0 while a main program runs: what is seen now is believed until it ends. */
  run = 0
  readonly #byPath: Map<string, Place> = new Map()
  readonly #files: Map<string, FilePlace | null> = new Map()
  #lastFile: FilePlace | undefined

  constructor(volume: Volume, top = '/') {
    this.volume = volume
    this.realPaths = new RealPaths(volume)
    this.top = top
    this.root = new Place(this, undefined, '')
  }

  /** A resolution begins: what was believed of directories holds only if no name has come or gone since. */
  observe(): void {
    const { generation, structure = generation } = this.volume
    // What guest code answers in place of the volume is never kept.
    this.generation = this.stat === undefined ? generation : Math.min(this.generation, -1) - 1
    this.structure = structure
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
   * Where a file lies; `undefined` where the filename is not absolute and normalised, for its directory on disk may
   * then be another than by its text.
   */
  file(filename: string): FilePlace | undefined {
    if (this.#lastFile?.filename === filename) return this.#lastFile
    if (filename.charCodeAt(0) !== 47) return undefined
    let file = this.#files.get(filename)
    if (file === undefined) {
      file = this.#locateFile(filename)
      this.#files.set(filename, file)
    }
    if (file === null) return undefined
    this.#lastFile = file
    return file
  }

  #locateFile(filename: string): FilePlace | null {
    const slash = filename.lastIndexOf('/')
    const directory = slash === 0 ? '/' : filename.slice(0, slash)
    if (slash === 1 || slash + 1 === filename.length) return null
    const place = this.at(directory)
    return place.path === directory ? { filename, place, name: filename.slice(slash + 1) } : null
  }
}

function unreadableManifest(path: string): Error {
  const message = `Cannot read package config ${path}: too many symbolic links encountered.`
  return Object.assign(new Error(message), { code: 'ERR_INVALID_PACKAGE_CONFIG' })
}

function kindOfStat(answer: number): EntryKind | undefined {
  return answer === 0 ? Kind.File : answer === 1 ? Kind.Directory : undefined
}

/** One segment of a path, as `path.resolve` takes it: `..` goes up by the path's text, whatever links there are. */
export function step(place: Place, segment: string): Place {
  if (segment === '' || segment === '.') return place
  if (segment === '..') return place.parent ?? place
  return place.child(segment)
}

/** Where a path leads from a place, by its text alone: a directory, and a name in it (`''` for the root itself). */
export function locate(from: Place, path: string): { readonly directory: Place; name: string } {
  let directory = from
  let start = 0
  if (path.charCodeAt(0) === 47) {
    while (directory.parent !== undefined) directory = directory.parent
  }
  for (;;) {
    const slash = path.indexOf('/', start)
    if (slash === -1) break
    const isDot = slash === start + 1 && path.charCodeAt(start) === 46
    if (slash > start && !isDot) directory = step(directory, path.slice(start, slash))
    start = slash + 1
  }
  const name = path.slice(start)
  if (name !== '' && name !== '.' && name !== '..') return { directory, name }
  directory = step(directory, name)
  return { directory: directory.parent ?? directory, name: directory.name }
}
