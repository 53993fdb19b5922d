/** What memfs calls a node: one file, directory or link of the loader's volume, whatever its names. */

import { codedError } from '../../../src/errors.ts'
import {
  type DirectoryEntry,
  type Entry,
  type EntryStat,
  Kind,
  type Volume,
} from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { fsError } from './errors.ts'

/** What inodes need of the store that they belong to. */
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
  readonly Buffer: Loose
}

/** Where an entry stands: memfs's link is one. */
export interface Place {
  readonly parent: Place | undefined
  readonly name: string
  readonly directory: DirectoryEntry
}

type Stat = { -readonly [K in keyof EntryStat]?: EntryStat[K] }

const typeMask = 0o170000
const typeOf = { [Kind.File]: 0o100000, [Kind.Directory]: 0o040000, [Kind.Link]: 0o120000 }
const usualMode = { [Kind.File]: 0o644, [Kind.Directory]: 0o755, [Kind.Link]: 0o777 }
/** What fits into one buffer of node. */
const largest = 2 ** 31 - 1
const empty = new Uint8Array(0)

export class Inode {
  readonly home: InodeHome
  entry: Entry
  /** Where the inode was last seen; without names an open file lives on by itself. */
  place: Place | undefined
  /** Made by an `open` that has not ended yet: whoever makes a file may use it, whatever its mode. */
  isNew = false
  /** Open descriptors. */
  opens = 0
  /** Hard links that were made through this `fs`. */
  links = 1
  readonly rdev: number = 0
  readonly #ino: number
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

  constructor(home: InodeHome, entry: Entry, place: Place | undefined, own: Stat = {}) {
    this.home = home
    this.entry = entry
    this.place = place
    this.#own = own
    this.#ino = home.nextIno()
  }

  isFile(): boolean {
    return (this.mode & typeMask) === typeOf[Kind.File]
  }

  isDirectory(): boolean {
    return this.entry.kind === Kind.Directory
  }

  isSymlink(): boolean {
    return this.entry.kind === Kind.Link
  }

  isCharacterDevice(): boolean {
    return (this.mode & typeMask) === 0o020000
  }

  get symlink(): string | undefined {
    return this.entry.kind === Kind.Link ? this.entry.target : undefined
  }

  get ino(): number {
    return this.outside?.ino ?? this.#ino
  }

  get dev(): number {
    return this.outside?.dev ?? 1
  }

  get nlink(): number {
    return this.outside?.nlink ?? (this.isDirectory() ? 2 : this.links)
  }

  get mode(): number {
    const { kind } = this.entry
    return this.#own.mode ?? this.outside?.mode ?? typeOf[kind] | usualMode[kind]
  }

  get perm(): number {
    return this.mode & ~typeMask
  }

  get uid(): number {
    return this.#own.uid ?? this.outside?.uid ?? this.home.identity().uid
  }

  get gid(): number {
    return this.#own.gid ?? this.outside?.gid ?? this.home.identity().gid
  }

  get atime(): Date {
    return new Date(this.time('atimeMs'))
  }

  set atime(time: Date) {
    this.#change({ atimeMs: time.getTime() })
  }

  get mtime(): Date {
    return new Date(this.time('mtimeMs'))
  }

  set mtime(time: Date) {
    this.#change({ mtimeMs: time.getTime() })
  }

  get ctime(): Date {
    return new Date(this.time('ctimeMs'))
  }

  get btime(): Date {
    return new Date(this.time('birthtimeMs'))
  }

  chmod(mode: number): void {
    this.#change({ mode: (this.mode & typeMask) | (mode & 0o7777) })
  }

  chown(uid: number, gid: number): void {
    // As in chown(2): -1 leaves it as it is.
    const isKept = (id: number) => id === -1 || id === 0xffffffff
    this.#change({ ...(!isKept(uid) && { uid }), ...(!isKept(gid) && { gid }) })
  }

  canRead(): boolean {
    return this.#allows(4)
  }

  canWrite(): boolean {
    return this.#allows(2)
  }

  canExecute(): boolean {
    return this.#allows(1)
  }

  /** What the user's file system says of the entry, if there is one. */
  get outside(): EntryStat | undefined {
    const { home } = this
    if (home.volume.stat === undefined) return undefined
    if (this.#statCall === home.call) return this.#stat
    this.#statCall = home.call
    const place = this.#livePlace()
    this.#stat = place && home.volume.stat(placeOf(place), nameOf(place))
    return this.#stat
  }

  getSize(): number {
    if (this.entry.kind === Kind.Directory) return this.outside?.size ?? 4096
    if (this.entry.kind === Kind.Link) return this.home.Buffer.byteLength(this.entry.target)
    return this.#orphan?.length ?? this.outside?.size ?? this.bytes().length
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

  getBuffer(): Loose {
    this.#demandReadable()
    // A copy, as the guest may write to it.
    return this.home.Buffer.from(this.bytes())
  }

  /** The contents as UTF-8. */
  text(): string {
    this.#demandReadable()
    if (this.#orphan !== undefined || this.entry.kind !== Kind.File) return this.getString()
    return this.entry.text()
  }

  getString(encoding = 'utf8'): string {
    return this.getBuffer().toString(encoding)
  }

  read(into: ArrayBufferView, offset = 0, length: number = into.byteLength, position = 0): number {
    const bytes = this.bytes()
    const end = Math.min(position + Math.min(length, into.byteLength - offset), bytes.length)
    if (position >= end) return 0
    const target = new Uint8Array(into.buffer, into.byteOffset, into.byteLength)
    target.set(bytes.subarray(position, end), offset)
    return end - position
  }

  write(from: Uint8Array, offset = 0, length: number = from.length, position = 0): number {
    const piece = from.subarray(offset, offset + length)
    if (piece.length === 0) return 0
    const { volume } = this.home
    const place = this.#livePlace()
    if (volume.writeAt && place && this.#orphan === undefined) {
      volume.writeAt(placeOf(place), place.name, piece, position)
      this.#touched()
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

  truncate(length = 0): void {
    const before = this.bytes()
    const size = Math.max(length, 0)
    const after = allocate(size)
    after.set(before.subarray(0, size))
    this.#room = after
    this.#publish(after)
  }

  setBuffer(bytes: Uint8Array): void {
    this.#room = Uint8Array.from(bytes)
    this.#publish(this.#room)
  }

  /** Before the name at `place` goes: an open file keeps its contents. */
  orphan(): void {
    if (this.opens > 0 && this.entry.kind === Kind.File) this.#orphan = this.bytes()
  }

  /** A descriptor was closed. */
  closed(): void {
    if (--this.opens === 0) this.#kept = undefined
  }

  /** Made here: the times are now, and the mode is the caller's. */
  created(mode: number): void {
    this.isNew = true
    const now = this.home.now()
    if (this.home.volume.setStat === undefined) {
      const { uid, gid } = this.home.identity()
      Object.assign(this.#own, { uid, gid })
      this.#own.birthtimeMs = now
      this.#own.atimeMs = now
    }
    if ((this.mode & 0o7777) !== (mode & 0o7777)) this.chmod(mode)
    this.#touched()
  }

  #publish(bytes: Uint8Array): void {
    const place = this.#livePlace()
    if (place === undefined || this.#orphan !== undefined) {
      this.#orphan = bytes
    } else {
      const { volume } = this.home
      const { outside } = this
      if (outside !== undefined && volume.setStat === undefined) {
        // An overlay's upper volume may not keep what the lower one told.
        const { mode, uid, gid, birthtimeMs } = outside
        Object.assign(this.#own, { mode, uid, gid, birthtimeMs, ...this.#own })
      }
      const entry = volume.writeFile(placeOf(place), place.name, bytes)
      if (entry !== this.entry) this.home.adopt(this, entry)
    }
    this.#written = bytes
    this.#touched()
  }

  /** The contents or a child have changed. */
  #touched(): void {
    this.#statCall = -1
    if (this.outside !== undefined) return
    const now = this.home.now()
    this.#own.mtimeMs = now
    this.#own.ctimeMs = now
  }

  touch(): void {
    this.#touched()
  }

  #change(change: Stat): void {
    const { volume } = this.home
    const place = this.#livePlace()
    if (volume.setStat && place && this.#orphan === undefined) {
      volume.setStat(placeOf(place), nameOf(place), change)
      this.#statCall = -1
      return
    }
    Object.assign(this.#own, change, { ctimeMs: this.home.now() })
  }

  /** Milliseconds since the epoch. */
  time(key: 'atimeMs' | 'mtimeMs' | 'ctimeMs' | 'birthtimeMs'): number {
    return this.#own[key] ?? this.outside?.[key] ?? this.home.startedAt
  }

  #livePlace(): Place | undefined {
    const { place } = this
    if (place?.parent === undefined) return place
    return place.parent.directory.get(place.name) === this.entry ? place : undefined
  }

  #demandReadable(): void {
    const size = this.outside?.size ?? 0
    if (size <= largest) return
    const message = `File size (${size}) is greater than 2 GiB`
    throw codedError(RangeError, 'ERR_FS_FILE_TOO_LARGE', message)
  }

  /** A user's file system decides for itself; in memory it goes by mode and owner, and root may do all. */
  #allows(bit: number): boolean {
    if (this.isNew) return true
    if (this.home.volume.stat !== undefined && this.#own.mode === undefined) return true
    const { uid, gid } = this.home.identity()
    if (uid === 0) return true
    const shift = this.uid === uid ? 6 : this.gid === gid ? 3 : 0
    return ((this.mode >> shift) & bit) !== 0
  }
}

function allocate(size: number): Uint8Array {
  try {
    return new Uint8Array(size)
  } catch {
    throw fsError('EFBIG', 'write')
  }
}

/** The directory that holds an entry; the root holds itself, by the name `.`. */
function placeOf(place: Place): DirectoryEntry {
  return place.parent === undefined ? place.directory : place.parent.directory
}

function nameOf(place: Place): string {
  return place.parent === undefined ? '.' : place.name
}
