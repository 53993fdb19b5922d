/**
 * memfs's superblock over the loader's volume: there is one store of files, and this is a view of it.
 *
 * Each path that the guest names is walked afresh, and a walk begins with `volume.refresh()`: so the guest sees what
 * others do behind a mirror, as it would with a disk.
 */

import { type Entry, Kind, type ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { timersOf } from '../timers.ts'
import { attempt, fsError, type Result } from './errors.ts'
import { Inode, type InodeHome } from './inode.ts'
import { Name, type NameHome } from './name.ts'
import { createOperations } from './operations.ts'
import { openStandardStreams } from './standard-streams.ts'
import { walk } from './walk.ts'

const accessMode = 3
const readOnly = 0
const writeOnly = 1
const truncateFlag = 0o1000
const typeMask = 0o170000
const directoryType = 0o040000

/** memfs's changes of modes, owners and times, and what an error calls them. */
const attributeCalls = {
  chmod: 'chmod',
  lchmod: 'lchmod',
  fchmod: 'fchmod',
  chown: 'chown',
  lchown: 'lchown',
  fchown: 'fchown',
  utimes: 'utime',
  futimes: 'futime',
}

/** @param memfs the loader's own copy of the library */
export function createStore(context: ShimContext, memfs: Loose): Loose {
  const { volume, host } = context
  const process = context.require('process')
  const { Buffer } = context.require('buffer')
  const inodes = new WeakMap<Entry, Inode>()
  let lastIno = 0

  const home: InodeHome & NameHome & { call: number } = {
    volume,
    Buffer,
    call: 0,
    startedAt: host.now(),
    now: () => host.now(),
    identity: () => ({ uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }),
    nextIno: () => ++lastIno,
    adopt(inode, entry) {
      inode.entry = entry
      inodes.set(entry, inode)
    },
    inodeOf(entry) {
      let inode = inodes.get(entry)
      if (inode === undefined) {
        inode = new Inode(home, entry, undefined)
        inodes.set(entry, inode)
      }
      return inode
    },
    create(parent, name, mode) {
      const isDirectory = (mode & typeMask) === directoryType
      const entry = isDirectory
        ? volume.makeDirectory(parent.directory, name)
        : volume.writeFile(parent.directory, name, new Uint8Array(0))
      const inode = home.inodeOf(entry)
      inode.place = parent.getChild(name)
      inode.created(mode & 0o7777 & ~process.umask())
      return inode
    },
    remove(name) {
      const { parent, node } = name
      if (parent === undefined) throw fsError('EBUSY', 'unlink', '/')
      node.orphan()
      volume.remove(parent.directory, name.name)
      node.links--
    },
  }

  class Store extends memfs.Superblock {
    constructor() {
      super({ process })
      this.root = new Name(home, undefined, '', home.inodeOf(volume.root))
      this.root.node.place = this.root
      const { rm, read, ftruncate, open } = this
      const tree = {
        volume,
        emit: (event: object) => this.emit(event),
        find: (path: string, syscall: string, follow: boolean) =>
          this.walk(path, follow, true, true, syscall) as Result<Name>,
        isWatched: () => this.changes.listeners.size > 0,
      }
      // memfs has these as own members of each superblock, which methods of a class would not replace.
      Object.assign(this, createOperations(tree), {
        rm: (path: string, force = false, recursive = false) => {
          const found = tree.find(path, 'lstat', false)
          if (!found.ok) {
            if (force && found.err.code === 'ENOENT') return
            throw found.err.toError()
          }
          const name = found.value
          // Only for its error, which is of a class of its own.
          if (name.node.isDirectory() && !recursive) return rm(path, force, recursive)
          if (!name.parent?.node.canWrite()) throw fsError('EACCES', 'rm', path)
          this._emitDeleteRecursive(name)
          attempt(() => name.parent?.deleteChild(name), 'rm', path)
        },
        read: (fd: number, ...rest: unknown[]) => {
          const file = this.getFileByFdOrThrow(fd, 'read')
          if ((file.flags & accessMode) === writeOnly) throw fsError('EBADF', 'read')
          if (file.node.isDirectory()) throw fsError('EISDIR', 'read')
          return read(fd, ...rest)
        },
        ftruncate: (fd: number, length: number) => {
          const file = this.getFileByFdOrThrow(fd, 'ftruncate')
          if ((file.flags & accessMode) === readOnly) throw fsError('EINVAL', 'ftruncate')
          attempt(() => ftruncate(fd, length), 'ftruncate')
        },
        open: (path: string, ...rest: unknown[]) => {
          if (path === '') throw fsError('ENOENT', 'open', path)
          return attempt(() => open(path, ...rest), 'open', path)
        },
      })
      for (const [name, syscall] of Object.entries(attributeCalls)) {
        const change = this[name]
        this[name] = (target: string | number, ...rest: unknown[]) => {
          const path = typeof target === 'string' ? target : undefined
          const call = rest[2] === false ? 'lutime' : syscall
          return attempt(() => change(target, ...rest), call, path)
        }
      }
      openStandardStreams(context, this, memfs, home)
    }

    /** Only its mode is used: the volume makes the entry, `Name.createChild` asks it to. */
    createNode(mode: number): Loose {
      return new memfs.Node(0, mode, 0, 0)
    }

    /** The lowest that is free, as on every unix. */
    newFdNumber(): number {
      this.releasedFds = []
      let fd = 0
      while (this.fds[fd] !== undefined) fd++
      return fd
    }

    walk(
      target: string | string[] | Name,
      follow = false,
      mustExist = false,
      checkAccess = false,
      syscall = '',
      budget?: { hops: number },
    ): Result<Name | null> {
      volume.refresh?.()
      home.call++
      const path =
        typeof target === 'string'
          ? target
          : `/${(target instanceof Name ? target.steps.slice(1) : target).join('/')}`
      return walk(path, {
        root: this.root,
        cwd: () => process.cwd(),
        follow,
        mustExist,
        checkAccess,
        syscall,
        budget,
      })
    }

    getFileByFd(fd: number): Loose {
      home.call++
      return super.getFileByFd(fd)
    }

    /** memfs leaves the last link of the path unfollowed. */
    getLinkParentAsDirOrThrow(path: string | string[], syscall?: string): Name {
      const steps: string[] = Array.isArray(path) ? path : this.filenameToSteps(path)
      const parent = `/${steps.slice(0, -1).join('/')}`
      const name = this.getResolvedLinkOrThrow(parent, syscall)
      if (!name.getNode().isDirectory()) throw fsError('ENOTDIR', syscall ?? '', parent)
      return name
    }

    openLink(name: Name, flags: number, follow = true, path: string = name.getPath()): Loose {
      const file = super.openLink(name, flags & ~truncateFlag, follow, path)
      file.flags = flags
      file.node.isNew = false
      file.node.opens++
      if (flags & truncateFlag && file.node.entry.kind === Kind.File) {
        try {
          attempt(() => file.node.truncate(0), 'open', path)
        } catch (error) {
          this.closeFile(file)
          throw error
        }
        this.emit({ type: 2, steps: name.steps, node: file.node, link: name })
      }
      return file
    }

    closeFile(file: Loose): void {
      if (this.fds[file.fd] === undefined) return
      super.closeFile(file)
      file.node.closed()
    }

    /** Told in a later turn, when all is done that belongs to the change. */
    emit(event: object): void {
      if (this.changes.listeners.size === 0) return
      const listeners: Set<(event: object) => void> = new Set(this.changes.listeners)
      timersOf(context).createImmediate(() => {
        for (const tell of listeners) if (this.changes.listeners.has(tell)) tell(event)
      }, [])
    }

    write(fd: number, ...rest: unknown[]): number {
      const file = this.getFileByFdOrThrow(fd, 'write')
      if ((file.flags & accessMode) === readOnly) throw fsError('EBADF', 'write')
      return attempt(() => super.write(fd, ...rest), 'write')
    }

    _emitDeleteRecursive(name: Name): void {
      if (this.changes.listeners.size > 0) super._emitDeleteRecursive(name)
    }
  }
  return new Store()
}
