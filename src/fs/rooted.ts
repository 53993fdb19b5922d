/** A part of a volume: paths keep their full names, and nothing beyond one directory exists. */
import { createError } from '../errors.ts'
import { isAbsolute, resolve } from '../path.ts'
import {
  type DirectoryEntry,
  type Entry,
  type EntryStat,
  type FileEntry,
  Kind,
  type LinkEntry,
  type Location,
  type Volume,
} from '../seams.ts'
import { refusal } from './read-only.ts'
import { followLink, walk } from './walk.ts'

/** A directory at or below the root: the volume's own, but `parent` leads no higher than the shadows. */
class InnerDirectory implements DirectoryEntry {
  readonly kind = Kind.Directory
  readonly real: DirectoryEntry
  readonly #tree: Rooted

  constructor(real: DirectoryEntry, tree: Rooted) {
    this.real = real
    this.#tree = tree
  }

  get name(): string {
    return this.real.name
  }

  get path(): string {
    return this.real.path
  }

  get parent(): DirectoryEntry | undefined {
    return this.#tree.parentInside(this.real)
  }

  get(name: string): Entry | undefined {
    const entry = this.real.get(name)
    return entry?.kind === Kind.Directory ? this.#tree.inner(entry) : entry
  }

  names(): string[] {
    return this.real.names()
  }
}

/** A directory above the root: it shows only the way down. */
class ShadowDirectory implements DirectoryEntry {
  readonly kind = Kind.Directory
  readonly name: string
  readonly parent: ShadowDirectory | undefined
  readonly path: string
  readonly children: Map<string, () => Entry | undefined> = new Map()

  constructor(name: string, parent: ShadowDirectory | undefined) {
    this.name = name
    this.parent = parent
    this.path = parent === undefined ? '/' : `${parent.parent ? parent.path : ''}/${name}`
  }

  get(name: string): Entry | undefined {
    return this.children.get(name)?.()
  }

  names(): string[] {
    return [...this.children.keys()].filter((name) => this.get(name) !== undefined)
  }
}

class Rooted implements Volume {
  readonly refresh?: () => void
  readonly stat?: (directory: DirectoryEntry, name: string) => EntryStat | undefined
  readonly setStat?: (directory: DirectoryEntry, name: string, change: Partial<EntryStat>) => void
  readonly writeAt?: NonNullable<Volume['writeAt']>
  readonly #volume: Volume
  readonly #rootPath: string
  readonly #top: ShadowDirectory = new ShadowDirectory('', undefined)
  /** The directory that holds the root, where the root is not `/` itself. */
  #above: ShadowDirectory | undefined
  /** Stable identity for as long as the volume's directory exists. */
  readonly #inner = new WeakMap<DirectoryEntry, InnerDirectory>()

  constructor(volume: Volume, rootPath: string) {
    this.#volume = volume
    // A root that is reached through links is known by its real path, and its given path leads there.
    this.#rootPath = realPathOf(volume, rootPath)
    this.#above = this.#cast(this.#rootPath, () => this.#rootDirectory())
    if (rootPath !== this.#rootPath) {
      const link: LinkEntry = { kind: Kind.Link, target: this.#rootPath }
      this.#cast(rootPath, () => link)
    }
    if (volume.refresh) this.refresh = () => volume.refresh?.()
    if (volume.stat) {
      this.stat = (directory, name) =>
        directory instanceof InnerDirectory ? volume.stat?.(directory.real, name) : undefined
    }
    if (volume.writeAt) {
      this.writeAt = (directory, name, bytes, position) =>
        volume.writeAt?.(realOf('open', directory, name), name, bytes, position)
    }
    if (volume.setStat) {
      this.setStat = (directory, name, change) =>
        volume.setStat?.(realOf('chmod', directory, name), name, change)
    }
  }

  get root(): DirectoryEntry {
    return this.#above === undefined ? (this.#rootDirectory() ?? this.#top) : this.#top
  }

  get generation(): number {
    return this.#volume.generation
  }

  get structure(): number | undefined {
    return this.#volume.structure
  }

  lookup(path: string): FileEntry | DirectoryEntry | undefined {
    return walk(this, this.root, path)?.entry
  }

  locate(path: string): Location | undefined {
    return walk(this, this.root, path)
  }

  follow(directory: DirectoryEntry, link: LinkEntry): Location | undefined {
    return followLink(this, directory, link)
  }

  /** `..` and links walk in this tree, which ends in shadows: that is the whole fence. */
  parentOf(directory: DirectoryEntry): DirectoryEntry {
    return directory.parent ?? this.root
  }

  parentInside(real: DirectoryEntry): DirectoryEntry | undefined {
    const { parent } = real
    if (parent === undefined || real.path === this.#rootPath) return this.#above
    return this.inner(parent)
  }

  inner(real: DirectoryEntry): InnerDirectory {
    let directory = this.#inner.get(real)
    if (directory === undefined) {
      directory = new InnerDirectory(real, this)
      this.#inner.set(real, directory)
    }
    return directory
  }

  writeFile(directory: DirectoryEntry, name: string, contents: Uint8Array | string): FileEntry {
    return this.#volume.writeFile(realOf('open', directory, name), name, contents)
  }

  makeDirectory(directory: DirectoryEntry, name: string): DirectoryEntry {
    return this.inner(this.#volume.makeDirectory(realOf('mkdir', directory, name), name))
  }

  makeLink(directory: DirectoryEntry, name: string, target: string): LinkEntry {
    return this.#volume.makeLink(realOf('symlink', directory, name), name, target)
  }

  addName(directory: DirectoryEntry, name: string, file: FileEntry): void {
    this.#volume.addName(realOf('link', directory, name), name, file)
  }

  remove(directory: DirectoryEntry, name: string): void {
    this.#volume.remove(realOf('unlink', directory, name), name)
  }

  move(from: DirectoryEntry, name: string, to: DirectoryEntry, newName: string): void {
    const source = realOf('rename', from, name)
    this.#volume.move(source, name, realOf('rename', to, newName), newName)
  }

  /** Looked up at each need: the root may come and go like any directory. */
  #rootDirectory(): InnerDirectory | undefined {
    const entry = this.#volume.lookup(this.#rootPath)
    return entry?.kind === Kind.Directory && entry.path === this.#rootPath
      ? this.inner(entry)
      : undefined
  }

  /** Makes the shadows down to `path`, whose last name stands for `entry`; gives the directory that holds it. */
  #cast(path: string, entry: () => Entry | undefined): ShadowDirectory | undefined {
    const names = path.split('/').slice(1)
    const last = names.pop()
    if (last === undefined || last === '') return undefined
    let directory = this.#top
    for (const name of names) {
      const known = directory.get(name)
      if (known instanceof ShadowDirectory) {
        directory = known
      } else if (known === undefined) {
        const shadow = new ShadowDirectory(name, directory)
        directory.children.set(name, () => shadow)
        directory = shadow
      } else {
        return directory
      }
    }
    if (!directory.children.has(last)) directory.children.set(last, entry)
    return directory
  }
}

/** The volume's own directory; the shadows above the root cannot be changed. */
function realOf(call: string, directory: DirectoryEntry, name: string): DirectoryEntry {
  if (directory instanceof InnerDirectory) return directory.real
  throw refusal(call, directory, name)
}

function realPathOf(volume: Volume, path: string): string {
  const entry = volume.lookup(path)
  return entry?.kind === Kind.Directory ? entry.path : path
}

/**
 * What lies in `root`, by its full path, and nothing else: neither `..` nor symbolic links lead out of it, the
 * directories above it hold only the way down, and changes outside it throw EROFS.
 *
 * It hides what is outside from well-behaved code and from mistakes. Over a real disk somebody else may put a link in
 * place between a look and a read, and a file system without `lstatSync` does not tell of its links.
 * @param root absolute path of a directory; until it exists, nothing does
 * @throws ERR_INVALID_ARG_VALUE for a relative path
 * @example createRooted(createVolume({ '/etc/passwd': '' }), '/app').lookup('/app/../etc/passwd') // => undefined
 */
export function createRooted(volume: Volume, root: string): Volume {
  if (!isAbsolute(root) || root.includes('\0')) {
    throw createError('ERR_INVALID_ARG_VALUE', 'options.root', root, 'must be an absolute path')
  }
  const path = resolve('/', root)
  return path === '/' ? volume : new Rooted(volume, path)
}
