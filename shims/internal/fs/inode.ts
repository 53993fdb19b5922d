/** One file, directory or link of the loader's volume, whatever its names: what the volume does not tell of it. */

import { codedError } from '../../../src/errors.ts'
import {
  type DirectoryEntry,
  type Entry,
  type EntryStat,
  Kind,
  type Volume,
} from '../../../src/seams.ts'
import { decodeUtf8, encodeUtf8 } from '../../../src/utf8.ts'
import { fsError } from './errors.ts'

/** What inodes need of the tree that they belong to. */
export interface InodeHome {
  readonly volume: Volume
  /** Counts the calls of the guest: what a volume said of an entry is believed for one call. */
  readonly call: number
  now(): number
  readonly startedAt: number
  identity(): { uid: number; gid: number }
  nextIno(): number
  /** From now on `entry` is what the inode stands for. */
  adopt(inode: Inode, entry: Entry): void
}

/** A name and the directory that holds it; the root holds itself, by the name `.`. */
export interface Place {
  readonly directory: DirectoryEntry
  readonly name: string
}

type Stat = { -readonly [K in keyof EntryStat]?: EntryStat[K] }

export const typeMask = 0o170000
const typeOf = { [Kind.File]: 0o100000, [Kind.Directory]: 0o040000, [Kind.Link]: 0o120000 }
const usualMode = { [Kind.File]: 0o644, [Kind.Directory]: 0o755, [Kind.Link]: 0o777 }
/** What fits into one buffer of node. */
const largest = 2 ** 31 - 1
const empty = new Uint8Array(0)

export class Inode {
  readonly home: InodeHome
  entry: Entry
  /** Open descriptors. */
  opens = 0
  /** Hard links, as far as they were made here. */
  links = 1
  readonly #ino: number
  /** Where the inode was seen, the latest first; without names an open file lives on by itself. */
  #places: Place[] = []
  /** What the volume does not keep, or cannot be told. */
  readonly #own: Stat
  #stat: EntryStat | undefined
  #statCall = -1
  /** Room for what is yet to be appended; `#written` is the part of it that the volume has. */
  #room: Uint8Array = empty
  #written: Uint8Array | undefined
  /** The contents of a file whose last name is gone while it is open. */
  #orphan: Uint8Array | undefined
  #kept: { bytes: Uint8Array; mtimeMs: number; size: number | undefined } | undefined

  constructor(home: InodeHome, entry: Entry, own: Stat = {}) {
    this.home = home
    this.entry = entry
    this.#own = own
    this.#ino = home.nextIno()
  }

  /** The inode was seen at a place. */
  seenAt(directory: DirectoryEntry, name: string): this {
    const [latest] = this.#places
    if (latest?.directory !== directory || latest.name !== name) {
      this.leaves(directory, name)
      this.#places.unshift({ directory, name })
    }
    return this
  }

  /** The name goes, or has gone. */
  leaves(directory: DirectoryEntry, name: string): void {
    this.#places = this.#places.filter((at) => at.directory !== directory || at.name !== name)
  }

  /** A place that still leads here. */
  get place(): Place | undefined {
    return this.#places.find((at) => this.#isAt(at))
  }

  /** Whether the contents have another name that is known. */
  isAlsoElsewhere(directory: DirectoryEntry, name: string): boolean {
    return this.#places.some(
      (at) => (at.directory !== directory || at.name !== name) && this.#isAt(at),
    )
  }

  #isAt({ directory, name }: Place): boolean {
    return name === '.' || directory.get(name) === this.entry
  }

  get isFile(): boolean {
    return (this.mode & typeMask) === typeOf[Kind.File]
  }

  get isDirectory(): boolean {
    return this.entry.kind === Kind.Directory
  }

  get ino(): number {
    return this.outside?.ino ?? this.#ino
  }

  get dev(): number {
    return this.outside?.dev ?? 1
  }

  get nlink(): number {
    return this.outside?.nlink ?? (this.isDirectory ? 2 : this.links)
  }

  get mode(): number {
    const { kind } = this.entry
    return this.#own.mode ?? this.outside?.mode ?? typeOf[kind] | usualMode[kind]
  }

  get uid(): number {
    return this.#own.uid ?? this.outside?.uid ?? this.home.identity().uid
  }

  get gid(): number {
    return this.#own.gid ?? this.outside?.gid ?? this.home.identity().gid
  }

  /** Milliseconds since the epoch. */
  time(key: 'atimeMs' | 'mtimeMs' | 'ctimeMs' | 'birthtimeMs'): number {
    return this.#own[key] ?? this.outside?.[key] ?? this.home.startedAt
  }

  get size(): number {
    if (this.entry.kind === Kind.Directory) return this.outside?.size ?? 4096
    if (this.entry.kind === Kind.Link) return encodeUtf8(this.entry.target).length
    return this.#orphan?.length ?? this.outside?.size ?? this.bytes().length
  }

  /** What the user's file system says of the entry, if there is one. */
  get outside(): EntryStat | undefined {
    const { home } = this
    if (home.volume.stat === undefined) return undefined
    if (this.#statCall === home.call) return this.#stat
    this.#statCall = home.call
    const { place } = this
    this.#stat = place && home.volume.stat(place.directory, place.name)
    return this.#stat
  }

  /**
   * Whether the guest may read (4), write (2) or go through (1). A user's file system decides for itself; in memory it
   * goes by mode and owner, and root may do all.
   */
  allows(bits: number): boolean {
    if (this.home.volume.stat !== undefined && this.#own.mode === undefined) return true
    const { uid, gid } = this.home.identity()
    if (uid === 0) return true
    const shift = this.uid === uid ? 6 : this.gid === gid ? 3 : 0
    return ((this.mode >> shift) & bits) === bits
  }

  /** The contents; the caller must not write to them. */
  bytes(): Uint8Array {
    if (this.#orphan !== undefined) return this.#orphan
    if (this.entry.kind !== Kind.File) return empty
    const { outside } = this
    if (outside === undefined || this.opens === 0) return this.entry.bytes()
    // A user's file system would be read from beginning to end for each piece that the guest reads.
    if (this.#kept?.mtimeMs !== outside.mtimeMs || this.#kept.size !== outside.size) {
      const { mtimeMs, size } = outside
      this.#kept = { bytes: this.entry.bytes(), mtimeMs, size }
    }
    return this.#kept.bytes
  }

  /** The contents as UTF-8, which a volume may have already, or a better way to it than by bytes. */
  text(): string {
    if (this.#orphan === undefined && this.entry.kind === Kind.File) return this.entry.text()
    return decodeUtf8(this.bytes())
  }

  demandReadable(): void {
    const size = this.outside?.size ?? 0
    if (size <= largest) return
    const message = `File size (${size}) is greater than 2 GiB`
    throw codedError(RangeError, 'ERR_FS_FILE_TOO_LARGE', message)
  }

  /** Fills `target` from `position` on as far as there is something. */
  read(target: Uint8Array, position: number): number {
    const bytes = this.bytes()
    const end = Math.min(position + target.length, bytes.length)
    if (position >= end) return 0
    target.set(bytes.subarray(position, end))
    return end - position
  }

  write(piece: Uint8Array, position: number): number {
    if (piece.length === 0) return 0
    const { volume } = this.home
    const { place } = this
    if (volume.writeAt && place && this.#orphan === undefined) {
      volume.writeAt(place.directory, place.name, piece, position)
      this.touch()
      return piece.length
    }
    const before = this.bytes()
    const end = position + piece.length
    const size = Math.max(end, before.length)
    // What the volume has must not change under its hands: only room behind it is written in place.
    const isFree =
      before === this.#written && position >= before.length && size <= this.#room.length
    if (!isFree) {
      const isGrowing = before.length > 0 && size > before.length
      this.#room = allocate(isGrowing ? Math.max(size, before.length * 2) : size)
      this.#room.set(before)
    } else if (position > before.length) {
      this.#room.fill(0, before.length, position)
    }
    this.#room.set(piece, position)
    this.#publish(this.#room.subarray(0, size))
    return piece.length
  }

  truncate(length: number): void {
    const before = this.bytes()
    const after = allocate(length)
    after.set(before.subarray(0, length))
    this.replace(after)
  }

  /** @param contents the volume keeps them */
  replace(contents: Uint8Array | string): void {
    if (typeof contents !== 'string') this.#room = contents
    this.#publish(contents)
  }

  /** Before a name goes: an open file without others keeps its contents. */
  orphan(): void {
    if (this.opens > 0 && this.entry.kind === Kind.File) this.#orphan = this.bytes()
  }

  /** A descriptor was closed. */
  closed(): void {
    if (--this.opens === 0) this.#kept = undefined
  }

  /** Made here: the times are now, and the mode is the caller's. */
  created(mode: number): void {
    const now = this.home.now()
    if (this.home.volume.setStat === undefined) {
      const { uid, gid } = this.home.identity()
      Object.assign(this.#own, { uid, gid, birthtimeMs: now, atimeMs: now })
    }
    if ((this.mode & 0o7777) !== (mode & 0o7777)) this.chmod(mode)
    this.touch()
  }

  chmod(mode: number): void {
    this.change({ mode: (this.mode & typeMask) | (mode & 0o7777) })
  }

  chown(uid: number, gid: number): void {
    // As in chown(2): -1 leaves it as it is.
    const isKept = (id: number) => id === -1 || id === 0xffffffff
    this.change({ ...(!isKept(uid) && { uid }), ...(!isKept(gid) && { gid }) })
  }

  change(change: Stat): void {
    const { volume } = this.home
    const { place } = this
    if (volume.setStat && place && this.#orphan === undefined) {
      volume.setStat(place.directory, place.name, change)
      this.#statCall = -1
      return
    }
    Object.assign(this.#own, change, { ctimeMs: this.home.now() })
  }

  /** The contents or a child have changed. */
  touch(): void {
    this.#statCall = -1
    // The time of a change may be that of the one before.
    this.#kept = undefined
    if (this.outside !== undefined) return
    const now = this.home.now()
    this.#own.mtimeMs = now
    this.#own.ctimeMs = now
  }

  #publish(contents: Uint8Array | string): void {
    const { place } = this
    if (place === undefined || this.#orphan !== undefined) {
      this.#orphan = typeof contents === 'string' ? encodeUtf8(contents) : contents
    } else {
      const { volume } = this.home
      const { outside } = this
      if (outside !== undefined && volume.setStat === undefined) {
        // An overlay's upper volume may not keep what the lower one told.
        const { mode, uid, gid, birthtimeMs } = outside
        Object.assign(this.#own, { mode, uid, gid, birthtimeMs, ...this.#own })
      }
      const entry = volume.writeFile(place.directory, place.name, contents)
      if (entry !== this.entry) this.home.adopt(this, entry)
    }
    this.#written = typeof contents === 'string' ? undefined : contents
    this.touch()
  }
}

function allocate(size: number): Uint8Array {
  try {
    return new Uint8Array(size)
  } catch {
    throw fsError('EFBIG', 'write')
  }
}
