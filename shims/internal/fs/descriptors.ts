/** Open files: what a number stands for, and reading and writing by it. */

import { Kind, type ShimContext } from '../../../src/seams.ts'
import { decodeUtf8 } from '../../../src/utf8.ts'
import { attempt, fsError } from './errors.ts'
import {
  append,
  create,
  exclusive,
  mayRead,
  mayWrite,
  mustBeDirectory,
  noFollow,
  truncate,
} from './flags.ts'
import { Inode, type InodeHome } from './inode.ts'
import { isAbsolute, refusal, type Tree } from './tree.ts'

export interface OpenFile {
  readonly inode: Inode
  readonly flags: number
  /** Where the next read or write without a position of its own begins. */
  position: number
}

export interface Descriptors {
  /** What `open` opens, without a number for it. */
  openInode(path: string, flags: number, mode: number): Inode
  open(path: string, flags: number, mode: number): number
  close(fd: number): void
  /** @throws EBADF */
  fileOf(fd: number, syscall: string): OpenFile
  /** `null` and -1 mean the descriptor's own position. */
  read(fd: number, target: Uint8Array, position: number | null): number
  write(fd: number, piece: Uint8Array, position: number | null): number
  truncate(fd: number, length: number): void
  /** Before a name goes, or a directory with all that is in it: who has something of it open keeps the contents. */
  orphan(inode: Inode): void
}

export function createDescriptors(context: ShimContext, tree: Tree & InodeHome): Descriptors {
  const files: (OpenFile | undefined)[] = standardStreams(context, tree)

  /** The lowest that is free, as on every unix. */
  function register(inode: Inode, flags: number): number {
    let fd = 0
    while (files[fd] !== undefined) fd++
    files[fd] = { inode, flags, position: 0 }
    inode.opens++
    return fd
  }

  function openInode(path: string, flags: number, mode: number): Inode {
    const call = { syscall: 'open', path }
    const isNew = (flags & create) !== 0
    const isExclusive = isNew && (flags & exclusive) !== 0
    // A slash at the end asks for a directory, which is not made here.
    const found =
      isNew && path.endsWith('/')
        ? 'ENOENT'
        : tree.walk(path, !isExclusive && (flags & noFollow) === 0)
    if (typeof found === 'string') {
      if (found !== 'ENOENT' || !isNew) throw refusal(found, call)
      return createFile(path, mode, path, 0)
    }
    if (isExclusive) throw refusal('EEXIST', call)
    const { kind } = found.entry
    if (kind === Kind.Link) throw refusal('ELOOP', call)
    const inode = tree.inodeAt(found)
    const isWritten = mayWrite(flags)
    if (kind === Kind.Directory) {
      if (isWritten || isNew) throw refusal('EISDIR', call)
    } else if (flags & mustBeDirectory) throw refusal('ENOTDIR', call)
    const wanted = (mayRead(flags) ? 4 : 0) | (isWritten ? 2 : 0)
    if (!inode.allows(wanted)) throw refusal('EACCES', call)
    if (flags & truncate && isWritten) {
      attempt(() => inode.replace(new Uint8Array(0)), 'open', path)
      tree.tell('change', inode.entry, inode.place)
    }
    return inode
  }

  /** @param given the path of the call, where a link to nowhere leads to another one */
  function createFile(path: string, mode: number, given: string, hops: number): Inode {
    const call = { syscall: 'open', path: given }
    const spot = tree.spotOf(path, call)
    if (path.endsWith('/')) throw refusal('EISDIR', call)
    const { present, directory } = spot
    if (present === undefined) return tree.create(spot, mode, 'file', call)
    if (present.kind !== Kind.Link) throw refusal('ENOENT', call)
    if (hops > 40) throw refusal('ELOOP', call)
    const target = isAbsolute(present.target)
      ? present.target
      : `${directory.path}/${present.target}`
    return createFile(target, mode, given, hops + 1)
  }

  function fileOf(fd: number, syscall: string): OpenFile {
    tree.begin()
    const file = files[fd]
    if (file === undefined) throw fsError('EBADF', syscall)
    return file
  }

  return {
    openInode,
    fileOf,
    open: (path, flags, mode) => register(openInode(path, flags, mode), flags),

    close(fd) {
      const { inode } = fileOf(fd, 'close')
      files[fd] = undefined
      inode.closed()
    },

    read(fd, target, position) {
      const file = fileOf(fd, 'read')
      if (!mayRead(file.flags)) throw fsError('EBADF', 'read')
      if (file.inode.isDirectory) throw fsError('EISDIR', 'read')
      const isOwn = position === null || position < 0
      const count = file.inode.read(target, isOwn ? file.position : position)
      if (isOwn) file.position += count
      return count
    },

    write(fd, piece, position) {
      const file = fileOf(fd, 'write')
      const { inode, flags } = file
      if (!mayWrite(flags)) throw fsError('EBADF', 'write')
      const isOwn = position === null || position < 0
      const start = flags & append ? inode.size : isOwn ? file.position : position
      const count = attempt(() => inode.write(piece, start), 'write')
      if (isOwn) file.position = start + count
      tree.tell('change', inode.entry, inode.place)
      return count
    },

    truncate(fd, length) {
      const { inode, flags } = fileOf(fd, 'ftruncate')
      if (!mayWrite(flags)) throw fsError('EINVAL', 'ftruncate')
      attempt(() => inode.truncate(length), 'ftruncate')
      tree.tell('change', inode.entry, inode.place)
    },

    orphan(gone) {
      for (const file of files) {
        const inode = file?.inode
        if (inode === undefined) continue
        if (inode === gone) inode.orphan()
        else if (gone.isDirectory) {
          let above = inode.place?.directory
          while (above !== undefined && above !== gone.entry) above = above.parent
          if (above !== undefined) inode.orphan()
        }
      }
    },
  }
}

const empty = new Uint8Array(0)

/** A device that passes on what is written to it. */
class StandardStream extends Inode {
  readonly #write: (bytes: Uint8Array) => void

  constructor(home: InodeHome, write: (bytes: Uint8Array) => void, bytes: () => Uint8Array) {
    super(home, { kind: Kind.File, text: () => decodeUtf8(bytes()), bytes }, { mode: 0o020620 })
    this.#write = write
  }

  override write(piece: Uint8Array): number {
    this.#write(piece)
    return piece.length
  }

  override truncate(): void {}
}

/** Descriptors 0, 1 and 2: what the host has of input, and what it shows; open for reading and writing, as on a terminal. */
function standardStreams({ host }: ShimContext, home: InodeHome): OpenFile[] {
  const writerOf = (stream: 'stdout' | 'stderr') => (bytes: Uint8Array) => {
    if (host.writeBytes) host.writeBytes(stream, bytes)
    else host.write(stream, decodeUtf8(bytes))
  }
  const writers = [() => {}, writerOf('stdout'), writerOf('stderr')]
  return writers.map((write, fd) => {
    const read = () => (fd === 0 ? host.readInput?.() : undefined) ?? empty
    const inode = new StandardStream(home, write, read)
    inode.opens = 1
    return { inode, flags: 2, position: 0 }
  })
}
