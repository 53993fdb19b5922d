/** Two volumes seen as one: what is written goes to the upper one, the lower one is never changed. */
import { type SystemErrorCode, systemError } from '../errors.ts'
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
import { createVolume } from './volume.ts'
import { followLink, walk } from './walk.ts'

/** A directory of either volume or merged of both. */
class OverlayDirectory implements DirectoryEntry {
  readonly kind = Kind.Directory
  name: string
  parent: OverlayDirectory | undefined
  upper: DirectoryEntry | undefined
  lower: DirectoryEntry | undefined
  readonly children: Map<string, OverlayDirectory> = new Map()
  /** Names whose entry in `lower` is gone for good, also when the upper volume has one of that name again. */
  readonly whiteouts: Set<string> = new Set()
  readonly #tree: Overlay
  #path: string | undefined

  constructor(
    tree: Overlay,
    name: string,
    parent: OverlayDirectory | undefined,
    upper: DirectoryEntry | undefined,
    lower: DirectoryEntry | undefined,
  ) {
    this.#tree = tree
    this.name = name
    this.parent = parent
    this.upper = upper
    this.lower = lower
  }

  get path(): string {
    this.#path ??= this.parent ? `${this.parent.parent ? this.parent.path : ''}/${this.name}` : '/'
    return this.#path
  }

  /** The lower volume's entry, where it is not hidden. */
  below(name: string): Entry | undefined {
    return this.lower === undefined || this.whiteouts.has(name) ? undefined : this.lower.get(name)
  }

  get(name: string): Entry | undefined {
    const above = this.upper?.get(name)
    if (above !== undefined && above.kind !== Kind.Directory) return above
    const below = this.below(name)
    if (above === undefined) {
      if (below === undefined || below.kind === Kind.Link) return below
      if (below.kind === Kind.File) return this.#tree.current(below)
    }
    const lower = below?.kind === Kind.Directory ? below : undefined
    const known = this.children.get(name)
    // A directory that was only below may have been copied up since: it is the same one.
    if (known !== undefined && known.upper === above && known.lower === lower) return known
    const child = new OverlayDirectory(this.#tree, name, this, above, lower)
    this.children.set(name, child)
    return child
  }

  names(): string[] {
    const names = new Set<string>()
    for (const name of this.lower?.names() ?? []) {
      if (!this.whiteouts.has(name)) names.add(name)
    }
    for (const name of this.upper?.names() ?? []) names.add(name)
    return [...names]
  }

  /** After a move: the paths of everything below are told anew. */
  forgetPath(): void {
    this.#path = undefined
    for (const child of this.children.values()) child.forgetPath()
  }
}

class Overlay implements Volume {
  readonly root: OverlayDirectory
  readonly refresh?: () => void
  readonly stat?: (directory: OverlayDirectory, name: string) => EntryStat | undefined
  readonly setStat?: (directory: OverlayDirectory, name: string, change: Partial<EntryStat>) => void
  readonly writeAt?: (
    directory: OverlayDirectory,
    name: string,
    bytes: Uint8Array,
    position: number,
  ) => void
  /** File of the lower volume to the one that took its place: seen through all its names (hard links). */
  readonly #copies = new WeakMap<FileEntry, FileEntry>()
  readonly #owned = new WeakSet<FileEntry>()
  readonly #lower: Volume
  readonly #upper: Volume
  #changes = 0

  constructor(lower: Volume, upper: Volume) {
    this.#lower = lower
    this.#upper = upper
    this.root = new OverlayDirectory(this, '', undefined, upper.root, lower.root)
    if (lower.refresh || upper.refresh) {
      this.refresh = () => {
        lower.refresh?.()
        upper.refresh?.()
      }
    }
    if (lower.stat || upper.stat) {
      this.stat = (directory, name) => this.#statOf(directory, name)
    }
    if (upper.writeAt) {
      this.writeAt = (directory, name, bytes, position) => {
        upper.writeAt?.(this.#copyUp(directory, name), name, bytes, position)
      }
    }
    if (upper.setStat) {
      this.setStat = (directory, name, change) => {
        const entry = name === '.' ? directory : directory.get(name)
        if (entry instanceof OverlayDirectory) upper.setStat?.(this.#raise(entry), '.', change)
        else upper.setStat?.(this.#copyUp(directory, name), name, change)
      }
    }
  }

  get generation(): number {
    return this.#lower.generation + this.#upper.generation + this.#changes
  }

  get structure(): number {
    return structureOf(this.#lower) + structureOf(this.#upper) + this.#changes
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

  parentOf(directory: DirectoryEntry): DirectoryEntry {
    return directory.parent ?? this.root
  }

  writeFile(directory: OverlayDirectory, name: string, contents: Uint8Array | string): FileEntry {
    const present = directory.get(name)
    if (present?.kind === Kind.Directory) throw refusal('EISDIR', 'open', directory, name)
    const upper = this.#raise(directory)
    const below = directory.below(name)
    if (below?.kind === Kind.File && upper.get(name) === undefined) {
      const copy = this.#copies.get(below)
      // Another name of the file was written to before: the two stay one file.
      if (copy !== undefined) this.#upper.addName(upper, name, copy)
    }
    return this.#own(this.#upper.writeFile(upper, name, contents), below)
  }

  makeDirectory(directory: OverlayDirectory, name: string): OverlayDirectory {
    if (directory.get(name) !== undefined) throw refusal('EEXIST', 'mkdir', directory, name)
    this.#upper.makeDirectory(this.#raise(directory), name)
    return directory.get(name) as OverlayDirectory
  }

  makeLink(directory: OverlayDirectory, name: string, target: string): LinkEntry {
    if (directory.get(name) !== undefined) throw refusal('EEXIST', 'symlink', directory, name)
    return this.#upper.makeLink(this.#raise(directory), name, target)
  }

  addName(directory: OverlayDirectory, name: string, file: FileEntry): void {
    if (directory.get(name) !== undefined) throw refusal('EEXIST', 'link', directory, name)
    this.#place(this.#raise(directory), name, file)
  }

  remove(directory: OverlayDirectory, name: string): void {
    if (directory.get(name) === undefined) throw refusal('ENOENT', 'unlink', directory, name)
    if (directory.upper?.get(name) !== undefined) this.#upper.remove(directory.upper, name)
    this.#hide(directory, name)
    directory.children.delete(name)
  }

  move(from: OverlayDirectory, name: string, to: OverlayDirectory, newName: string): void {
    const entry = from.get(name)
    if (entry === undefined) throw refusal('ENOENT', 'rename', from, name)
    if (from === to && name === newName) return
    this.#upper.move(this.#copyUp(from, name), name, this.#raise(to), newName)
    this.#hide(from, name)
    this.#hide(to, newName)
    from.children.delete(name)
    to.children.delete(newName)
    if (!(entry instanceof OverlayDirectory)) return
    entry.name = newName
    entry.parent = to
    entry.upper = to.upper?.get(newName) as DirectoryEntry
    entry.lower = undefined
    entry.forgetPath()
    to.children.set(newName, entry)
  }

  #statOf(directory: OverlayDirectory, name: string): EntryStat | undefined {
    const { upper, lower } = directory
    const above = name === '.' ? upper : upper?.get(name)
    if (upper !== undefined && above !== undefined) {
      const stat = this.#upper.stat?.(upper, name)
      if (stat !== undefined || above.kind !== Kind.Directory) return stat
    }
    const isBelow = name === '.' || directory.below(name) !== undefined
    return lower !== undefined && isBelow ? this.#lower.stat?.(lower, name) : undefined
  }

  /** The upper volume's directory of that place, made with those above it where it is missing. */
  #raise(directory: OverlayDirectory): DirectoryEntry {
    const { parent } = directory
    if (directory.upper === undefined && parent !== undefined) {
      const stat = this.#upper.setStat && this.#statOf(directory, '.')
      const above = this.#raise(parent)
      directory.upper = this.#upper.makeDirectory(above, directory.name)
      if (stat) this.#upper.setStat?.(above, directory.name, stat)
    }
    return directory.upper as DirectoryEntry
  }

  /** Makes sure that the upper volume has the entry with all that is below it; gives the directory there. */
  #copyUp(directory: OverlayDirectory, name: string): DirectoryEntry {
    const upper = this.#raise(directory)
    const entry = directory.get(name)
    if (entry instanceof OverlayDirectory) {
      this.#raise(entry)
      for (const child of entry.names()) this.#copyUp(entry, child)
      entry.lower = undefined
    } else if (entry !== undefined && upper.get(name) === undefined) {
      const stat = this.#upper.setStat && this.#statOf(directory, name)
      if (entry.kind === Kind.File) this.#place(upper, name, entry)
      else if (entry.kind === Kind.Link) this.#upper.makeLink(upper, name, entry.target)
      if (stat) this.#upper.setStat?.(upper, name, stat)
    }
    return upper
  }

  /** Gives a file a name in the upper volume, which cannot name what only the lower one has: that is copied, once. */
  #place(upper: DirectoryEntry, name: string, file: FileEntry): void {
    const own = this.#copies.get(file) ?? (this.#isAbove(file) ? file : undefined)
    if (own !== undefined) this.#upper.addName(upper, name, own)
    else this.#own(this.#upper.writeFile(upper, name, file.bytes()), file)
  }

  #own(file: FileEntry, below: Entry | undefined): FileEntry {
    this.#owned.add(file)
    if (below?.kind === Kind.File) this.#copies.set(below, file)
    return file
  }

  #isAbove(file: FileEntry): boolean {
    return this.#owned.has(file) || holds(this.#upper.root, file)
  }

  #hide(directory: OverlayDirectory, name: string): void {
    if (directory.below(name) === undefined) return
    directory.whiteouts.add(name)
    this.#changes++
  }

  /** What stands for a file of the lower volume: the file itself, or what took its place. */
  current(file: FileEntry): FileEntry {
    return this.#copies.get(file) ?? file
  }
}

function structureOf({ structure, generation }: Volume): number {
  return structure ?? generation
}

/** Whether a tree has this very file: asked only for files that the overlay did not write itself. */
function holds(directory: DirectoryEntry, file: FileEntry): boolean {
  return directory.names().some((name) => {
    const entry = directory.get(name)
    return entry === file || (entry?.kind === Kind.Directory && holds(entry, file))
  })
}

function refusal(
  code: SystemErrorCode,
  call: string,
  directory: DirectoryEntry,
  name: string,
): Error {
  return systemError(code, call, `${directory.path === '/' ? '' : directory.path}/${name}`)
}

/**
 * The tree of `lower` with that of `upper` laid over it. All changes go to `upper`: a file of `lower` is copied up
 * when it is written to, a directory with all its contents when it is moved, and what is removed is hidden.
 * `upper` alone thus tells what was written; what was removed from `lower` is known to the overlay only.
 * @param upper a new volume in memory by default
 * @example createOverlay(createVolume({ '/a': 'below' })).lookup('/a').text() // => 'below'
 */
export function createOverlay(lower: Volume, upper: Volume = createVolume()): Volume {
  return new Overlay(lower, upper)
}
