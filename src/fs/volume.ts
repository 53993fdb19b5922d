/** The volume that lodger fills itself: a mutable tree of directories in memory. */
import { type SystemErrorCode, systemError } from '../errors.ts'
import { resolve } from '../path.ts'
import {
  type DirectoryEntry,
  type Entry,
  type FileEntry,
  Kind,
  type LinkEntry,
  type Location,
  type Volume,
} from '../seams.ts'
import { decodeUtf8, encodeUtf8 } from '../utf8.ts'
import { followLink, walk } from './walk.ts'

/** What a path of `createVolume` holds: contents, a symbolic link, or `null` for an empty directory. */
export type Contents = string | Uint8Array | { readonly link: string } | null

/** The in-memory volume, with two conveniences over `Volume` for those who hold it. */
export interface MemoryVolume extends Volume {
  /** Creates or replaces what stands at `path`, and the directories above it. */
  put(path: string, contents: Contents): void
  /** Removes what stands at `path`; says whether something did. */
  delete(path: string): boolean
}

class MemoryFile implements FileEntry {
  readonly kind = Kind.File
  #text: string | undefined
  #bytes: Uint8Array | undefined

  constructor(contents: string | Uint8Array) {
    if (typeof contents === 'string') this.#text = contents
    else this.#bytes = contents
  }

  text(): string {
    this.#text ??= decodeUtf8(this.#bytes as Uint8Array)
    return this.#text
  }

  bytes(): Uint8Array {
    this.#bytes ??= encodeUtf8(this.#text as string)
    return this.#bytes
  }

  replace(contents: string | Uint8Array): void {
    this.#text = typeof contents === 'string' ? contents : undefined
    this.#bytes = typeof contents === 'string' ? undefined : contents
  }
}

class MemoryDirectory implements DirectoryEntry {
  readonly kind = Kind.Directory
  readonly children: Map<string, Entry> = new Map()
  name: string
  parent: MemoryDirectory | undefined
  #path: string | undefined

  constructor(name: string, parent: MemoryDirectory | undefined) {
    this.name = name
    this.parent = parent
  }

  get path(): string {
    this.#path ??= this.parent ? `${this.parent.parent ? this.parent.path : ''}/${this.name}` : '/'
    return this.#path
  }

  get(name: string): Entry | undefined {
    return this.children.get(name)
  }

  names(): string[] {
    return [...this.children.keys()]
  }

  /** After a move: the paths of everything below are told anew. */
  forgetPath(): void {
    this.#path = undefined
    for (const child of this.children.values()) {
      if (child instanceof MemoryDirectory) child.forgetPath()
    }
  }
}

class Memory implements MemoryVolume {
  readonly root: MemoryDirectory = new MemoryDirectory('', undefined)
  generation = 0

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

  writeFile(directory: MemoryDirectory, name: string, contents: Uint8Array | string): FileEntry {
    const present = directory.children.get(name)
    if (present instanceof MemoryFile) {
      present.replace(contents)
      return present
    }
    if (present?.kind === Kind.Directory) throw refusal('EISDIR', 'open', directory, name)
    return this.#add(directory, name, new MemoryFile(contents))
  }

  makeDirectory(directory: MemoryDirectory, name: string): MemoryDirectory {
    if (directory.children.has(name)) throw refusal('EEXIST', 'mkdir', directory, name)
    return this.#add(directory, name, new MemoryDirectory(name, directory))
  }

  makeLink(directory: MemoryDirectory, name: string, target: string): LinkEntry {
    if (directory.children.has(name)) throw refusal('EEXIST', 'symlink', directory, name)
    return this.#add(directory, name, { kind: Kind.Link, target })
  }

  addName(directory: MemoryDirectory, name: string, file: FileEntry): void {
    if (directory.children.has(name)) throw refusal('EEXIST', 'link', directory, name)
    this.#add(directory, name, file)
  }

  remove(directory: MemoryDirectory, name: string): void {
    if (!directory.children.delete(name)) throw refusal('ENOENT', 'unlink', directory, name)
    this.generation++
  }

  move(from: MemoryDirectory, name: string, to: MemoryDirectory, newName: string): void {
    const entry = from.children.get(name)
    if (entry === undefined) throw refusal('ENOENT', 'rename', from, name)
    from.children.delete(name)
    this.#add(to, newName, entry)
    if (entry instanceof MemoryDirectory) {
      entry.parent = to
      entry.name = newName
      entry.forgetPath()
    }
  }

  put(path: string, contents: Contents): void {
    const place = resolve('/', path)
    const slash = place.lastIndexOf('/')
    const name = place.slice(slash + 1)
    if (contents === null) {
      this.#directoryAt(place)
      return
    }
    if (name === '') throw refusal('EISDIR', 'open', this.root, name)
    const directory = this.#directoryAt(place.slice(0, slash))
    if (typeof contents === 'string' || contents instanceof Uint8Array) {
      this.writeFile(directory, name, contents)
      return
    }
    if (directory.children.has(name)) this.remove(directory, name)
    this.makeLink(directory, name, contents.link)
  }

  delete(path: string): boolean {
    const place = resolve('/', path)
    const slash = place.lastIndexOf('/')
    const directory = this.lookup(place.slice(0, slash) || '/')
    const name = place.slice(slash + 1)
    if (!(directory instanceof MemoryDirectory) || !directory.children.has(name)) return false
    this.remove(directory, name)
    return true
  }

  /** The directory at a normalised absolute path, made where it is missing. */
  #directoryAt(path: string): MemoryDirectory {
    let directory = this.root
    for (const segment of path.split('/')) {
      if (segment === '') continue
      const entry = directory.children.get(segment)
      const real = entry?.kind === Kind.Link ? this.follow(directory, entry)?.entry : entry
      if (real === undefined && entry === undefined) {
        directory = this.makeDirectory(directory, segment)
      } else if (real instanceof MemoryDirectory) {
        directory = real
      } else {
        throw refusal('ENOTDIR', 'mkdir', directory, segment)
      }
    }
    return directory
  }

  #add<E extends Entry>(directory: MemoryDirectory, name: string, entry: E): E {
    directory.children.set(name, entry)
    this.generation++
    return entry
  }

  /**
   * `put` for the many: neighbours in the list are mostly neighbours in the tree, so the last directory is kept.
   */
  fill(files: Iterable<readonly [string, Contents]>): void {
    let lastPrefix = ''
    let lastDirectory = this.root
    for (const [path, contents] of files) {
      const slash = path.lastIndexOf('/')
      const isPlain =
        contents !== null &&
        (typeof contents === 'string' || contents instanceof Uint8Array) &&
        slash >= 0 &&
        slash + 1 < path.length
      if (!isPlain || isIrregular(path)) {
        this.put(path, contents)
        continue
      }
      if (slash !== lastPrefix.length || !path.startsWith(lastPrefix)) {
        lastPrefix = path.slice(0, slash)
        lastDirectory = this.#directoryAt(lastPrefix)
      }
      const name = path.slice(slash + 1)
      if (lastDirectory.children.has(name)) this.writeFile(lastDirectory, name, contents)
      else lastDirectory.children.set(name, new MemoryFile(contents))
    }
    this.generation++
  }
}

/** Paths that must be normalised before they can be split; a relative path is one from the root. */
function isIrregular(path: string): boolean {
  return path.charCodeAt(0) !== 47 || path.includes('//') || path.includes('/.')
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
 * A volume in memory.
 * @param files path to contents; `{ link }` makes a symbolic link, `null` an empty directory
 * @throws ENOTDIR where one path needs another to be a directory and it is a file
 * @example createVolume({ '/app/index.js': 'exports.a = 1' }).lookup('/app/index.js').text() // => 'exports.a = 1'
 */
export function createVolume(files: Readonly<Record<string, Contents>> = {}): MemoryVolume {
  const volume = new Memory()
  volume.fill(Object.entries(files))
  return volume
}
