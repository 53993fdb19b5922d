/** Any node-style synchronous file system as a volume: looked at when asked, written through. */
import { codedError, describeReceived, systemError } from '../errors.ts'
import {
  type DirectoryEntry,
  type EntryStat,
  type FileEntry,
  Kind,
  type LinkEntry,
  type Location,
  type NodeStyleFileSystem,
  type Volume,
} from '../seams.ts'
import { decodeUtf8, encodeUtf8 } from '../utf8.ts'
import { followLink, walk } from './walk.ts'

/** What the mirror needs of node's `fs.Stats`. */
interface Stats extends EntryStat {
  isDirectory(): boolean
  isSymbolicLink?(): boolean
}

type MirrorEntry = MirrorFile | MirrorDirectory | MirrorLink

/**
 * A file by its place. Its contents are not kept: node reads a file whenever it loads it, so that what others write
 * behind the loader is seen exactly when node would see it.
 */
class MirrorFile implements FileEntry {
  readonly kind = Kind.File
  checked: number
  directory: MirrorDirectory
  name: string

  constructor(directory: MirrorDirectory, name: string, epoch: number) {
    this.directory = directory
    this.name = name
    this.checked = epoch
  }

  get path(): string {
    return this.directory.pathOf(this.name)
  }

  text(): string {
    // Asked for text, node's own fs is faster than at bytes with a decoder after them.
    const contents = this.directory.volume.read(this.path, 'utf8')
    return typeof contents === 'string' ? contents : decodeUtf8(contents)
  }

  bytes(): Uint8Array {
    const contents = this.directory.volume.read(this.path)
    return typeof contents === 'string' ? encodeUtf8(contents) : contents
  }
}

class MirrorLink implements LinkEntry {
  readonly kind = Kind.Link
  checked: number
  readonly target: string

  constructor(target: string, epoch: number) {
    this.target = target
    this.checked = epoch
  }
}

class MirrorDirectory implements DirectoryEntry {
  readonly kind = Kind.Directory
  readonly volume: Mirror
  readonly children: Map<string, MirrorEntry> = new Map()
  checked: number
  name: string
  parent: MirrorDirectory | undefined
  /** The path with a slash after it, as every child's path begins with it. */
  #prefix: string | undefined

  constructor(volume: Mirror, name: string, parent: MirrorDirectory | undefined, epoch: number) {
    this.volume = volume
    this.name = name
    this.parent = parent
    this.checked = epoch
  }

  get path(): string {
    return this.parent === undefined ? '/' : this.parent.pathOf(this.name)
  }

  pathOf(name: string): string {
    this.#prefix ??= this.parent === undefined ? '/' : `${this.path}/`
    return this.#prefix + name
  }

  /** A child once seen is believed until the next `refresh`, a miss never: as node's own loader does. */
  get(name: string): MirrorEntry | undefined {
    const known = this.children.get(name)
    if (known !== undefined && known.checked === this.volume.epoch) return known
    const entry = this.volume.look(this, name, known)
    if (entry === known) return known
    if (entry === undefined) this.children.delete(name)
    else this.children.set(name, entry)
    return entry
  }

  names(): string[] {
    return this.volume.list(this)
  }

  /** After a move: the paths of everything below are told anew. */
  forgetPath(): void {
    this.#prefix = undefined
    for (const child of this.children.values()) {
      if (child.kind === Kind.Directory) child.forgetPath()
    }
  }
}

class Mirror implements Volume {
  readonly root: MirrorDirectory = new MirrorDirectory(this, '', undefined, 0)
  /** How often `refresh` was called: entries that were checked at another time are looked at again. */
  epoch = 0
  #readings = 0
  /** How often a directory may have got another place, or none. */
  #moves = 0
  readonly #fs: NodeStyleFileSystem
  /** With `lstatSync` one call tells files, directories and links apart; without it there are no links. */
  readonly #stat: 'lstatSync' | 'statSync'
  readonly writeAt?: (
    directory: MirrorDirectory,
    name: string,
    bytes: Uint8Array,
    position: number,
  ) => void

  readonly #isMemfs: boolean

  constructor(fs: NodeStyleFileSystem) {
    this.#fs = fs
    this.#isMemfs = '__vol' in fs || '_core' in fs
    this.#stat =
      typeof fs.lstatSync === 'function' && typeof fs.readlinkSync === 'function'
        ? 'lstatSync'
        : 'statSync'
    if (['openSync', 'writeSync', 'closeSync'].every((name) => typeof fs[name] === 'function')) {
      this.writeAt = (directory, name, bytes, position) => {
        this.#writeAt(directory, name, bytes, position)
      }
    }
  }

  /** Others may change the file system at any time: no two readings can be promised to be equal. */
  get generation(): number {
    return ++this.#readings
  }

  /** What was seen is believed until the next `refresh`. */
  get structure(): number {
    return this.epoch + this.#moves
  }

  refresh(): void {
    this.epoch++
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

  /** Looks at a name again; an entry that is still of its kind stays the same object. */
  look(
    directory: MirrorDirectory,
    name: string,
    known: MirrorEntry | undefined,
  ): MirrorEntry | undefined {
    if (!isName(name)) return undefined
    const path = directory.pathOf(name)
    const stats = this.#statsOf(path)
    if (stats === undefined) return undefined
    if (stats.isDirectory()) {
      if (known?.kind !== Kind.Directory) {
        return new MirrorDirectory(this, name, directory, this.epoch)
      }
    } else if (this.#stat === 'lstatSync' && stats.isSymbolicLink?.()) {
      const target = absentOnMiss(() => String(this.#fs.readlinkSync(path)))
      if (target === undefined) return undefined
      if (known?.kind !== Kind.Link || known.target !== target) {
        return new MirrorLink(target, this.epoch)
      }
    } else if (known?.kind !== Kind.File) {
      return new MirrorFile(directory, name, this.epoch)
    }
    known.checked = this.epoch
    return known
  }

  #statsOf(path: string): Stats | undefined {
    // `throwIfNoEntry` spares an error for each miss where the file system knows it; the others may throw.
    try {
      return this.#fs[this.#stat](path, quietStat) ?? undefined
    } catch (error) {
      if (isMiss(error)) return undefined
      throw error
    }
  }

  list(directory: MirrorDirectory): string[] {
    if (typeof this.#fs.readdirSync !== 'function') {
      return [...directory.children.keys()].filter((name) => directory.get(name) !== undefined)
    }
    const names: unknown[] =
      absentOnMiss(() => this.#fs.readdirSync(directory.path) as unknown[]) ?? []
    return names.map(String)
  }

  read(path: string, encoding?: 'utf8'): string | Uint8Array {
    const contents: unknown = this.#fs.readFileSync(path, encoding)
    if (typeof contents === 'string' || contents instanceof Uint8Array) return contents
    // An array of another realm, as a volume for a `vm` context may have.
    if (ArrayBuffer.isView(contents)) {
      return new Uint8Array(contents.buffer, contents.byteOffset, contents.byteLength)
    }
    throw codedError(
      TypeError,
      'ERR_INVALID_RETURN_VALUE',
      `Expected string or Uint8Array to be returned from the "options.fs.readFileSync" function for '${path}' ` +
        `but got ${describeReceived(contents)}.`,
    )
  }

  writeFile(directory: MirrorDirectory, name: string, contents: Uint8Array | string): FileEntry {
    const path = directory.pathOf(name)
    // A volume's link is an entry like any other; writing to its path would go through it.
    if (directory.get(name)?.kind === Kind.Link) this.#call('unlink', ['unlinkSync'], path)
    this.#call('open', ['writeFileSync'], path, contents)
    const known = directory.children.get(name)
    if (known?.kind === Kind.File) return known
    return adopt(directory, name, new MirrorFile(directory, name, this.epoch))
  }

  #writeAt(directory: MirrorDirectory, name: string, bytes: Uint8Array, position: number): void {
    const fd: unknown = this.#fs.openSync(directory.pathOf(name), 'r+')
    try {
      for (let done = 0; done < bytes.length; ) {
        done += this.#fs.writeSync(fd, bytes, done, bytes.length - done, position + done)
      }
    } finally {
      this.#fs.closeSync(fd)
    }
  }

  makeDirectory(directory: MirrorDirectory, name: string): MirrorDirectory {
    this.#call('mkdir', ['mkdirSync'], directory.pathOf(name))
    return adopt(directory, name, new MirrorDirectory(this, name, directory, this.epoch))
  }

  makeLink(directory: MirrorDirectory, name: string, target: string): LinkEntry {
    const path = directory.pathOf(name)
    this.#demand('symlink', ['symlinkSync'], path).call(this.#fs, target, path)
    return adopt(directory, name, new MirrorLink(target, this.epoch))
  }

  addName(directory: MirrorDirectory, name: string, file: FileEntry): void {
    const path = directory.pathOf(name)
    if (!(file instanceof MirrorFile)) throw systemError('EINVAL', 'link', path)
    this.#call('link', ['linkSync'], file.path, path)
    directory.children.delete(name)
  }

  remove(directory: MirrorDirectory, name: string): void {
    const path = directory.pathOf(name)
    const entry = directory.get(name)
    if (entry?.kind !== Kind.Directory) {
      this.#call('unlink', ['unlinkSync', 'rmSync'], path)
    } else {
      for (const child of entry.names()) this.remove(entry, child)
      this.#call('rmdir', ['rmdirSync'], path)
    }
    this.#moves++
    directory.children.delete(name)
  }

  move(from: MirrorDirectory, name: string, to: MirrorDirectory, newName: string): void {
    const entry = from.get(name)
    const path = from.pathOf(name)
    const newPath = to.pathOf(newName)
    if (entry?.kind === Kind.Link && this.#isMemfs) {
      // memfs 4 would move what the link leads to.
      if (to.get(newName) !== undefined) this.#call('unlink', ['unlinkSync'], newPath)
      this.#fs.symlinkSync(entry.target, newPath)
      this.#fs.unlinkSync(path)
    } else this.#call('rename', ['renameSync'], path, newPath)
    from.children.delete(name)
    this.#moves++
    if (entry === undefined) return
    to.children.set(newName, entry)
    if (entry.kind === Kind.Link) return
    entry.name = newName
    if (entry.kind === Kind.File) {
      entry.directory = to
    } else {
      entry.parent = to
      entry.forgetPath()
    }
  }

  stat(directory: MirrorDirectory, name: string): EntryStat | undefined {
    return this.#statsOf(name === '.' ? directory.path : directory.pathOf(name))
  }

  setStat(directory: MirrorDirectory, name: string, change: Partial<EntryStat>): void {
    const path = name === '.' ? directory.path : directory.pathOf(name)
    const isLink = name !== '.' && directory.get(name)?.kind === Kind.Link
    const next = { ...this.#statsOf(path), ...change }
    // Linux has no modes of links.
    if (change.mode !== undefined && !isLink) {
      this.#call('chmod', ['chmodSync'], path, change.mode & 0o7777)
    }
    if (change.uid !== undefined || change.gid !== undefined) {
      this.#call('chown', [isLink ? 'lchownSync' : 'chownSync'], path, next.uid, next.gid)
    }
    if (change.atimeMs !== undefined || change.mtimeMs !== undefined) {
      const [atime, mtime] = [(next.atimeMs ?? 0) / 1000, (next.mtimeMs ?? 0) / 1000]
      this.#call('utime', [isLink ? 'lutimesSync' : 'utimesSync'], path, atime, mtime)
    }
  }

  /** Calls the first of these members that the user's file system has; with none of them it is read-only. */
  #call(call: string, members: readonly string[], path: string, ...rest: unknown[]): void {
    this.#demand(call, members, path).call(this.#fs, path, ...rest)
  }

  #demand(call: string, members: readonly string[], path: string): (...args: unknown[]) => unknown {
    for (const name of members) {
      const member: unknown = this.#fs[name]
      if (typeof member === 'function') return member as (...args: unknown[]) => unknown
    }
    throw systemError('EROFS', call, path)
  }
}

const quietStat = { throwIfNoEntry: false }

function adopt<E extends MirrorEntry>(directory: MirrorDirectory, name: string, entry: E): E {
  directory.children.set(name, entry)
  return entry
}

/** What can name a child: a file system would take the rest for a path. */
function isName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\0]/.test(name)
}

/**
 * What node's loader takes for "not here": its `stat` answers no question why. All else, an `EIO` or a bug of the
 * user's file system, goes on to the caller as it is.
 */
const misses = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'EPERM', 'ENAMETOOLONG'])

function isMiss(error: unknown): boolean {
  return misses.has((error as { code?: string } | null | undefined)?.code ?? '')
}

function absentOnMiss<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (isMiss(error)) return undefined
    throw error
  }
}

/**
 * A volume over node's `fs`, memfs's, or any object with `readFileSync` and `statSync`. Further members (`lstatSync`
 * with `readlinkSync`, `readdirSync`, `writeFileSync`, …) are used where they exist; what needs an absent one throws
 * EROFS. Nothing is read before it is asked for, and what others change behind the volume is seen after `refresh`.
 * @example createNodeStyleVolume(fs).lookup('/etc/hosts')?.kind // => 1
 */
export function createNodeStyleVolume(fs: NodeStyleFileSystem): Volume {
  return new Mirror(fs)
}
