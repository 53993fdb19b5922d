/**
 * The loader's volume as a kernel sees it: paths with links, inodes, permissions, and who watches. There is one store
 * of files, and this keeps nothing of it: each path that the guest names is walked afresh, after `volume.refresh()`,
 * so that the guest sees what others do behind a mirror, as it would with a disk.
 */

import {
  type DirectoryEntry,
  type Entry,
  Kind,
  type ShimContext,
  type Volume,
} from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { timersOf } from '../timers.ts'
import { attempt, fsError } from './errors.ts'
import { Inode, type InodeHome, type Place } from './inode.ts'

const maximumHops = 40
const longestName = 255

/** Where a path leads. */
export interface Found extends Place {
  readonly entry: Entry
}

/** Where something is to be made or removed, and what stands there. */
export interface Spot extends Place {
  readonly present: Entry | undefined
}

/** A change, for those who watch. */
export interface Change extends Place {
  readonly type: 'rename' | 'change'
  readonly entry: Entry
}

/** What a call names in its error: itself, and the paths as the guest wrote them. */
export interface Call {
  readonly syscall: string
  readonly path: string
  readonly dest?: string | undefined
}

export interface Tree {
  readonly volume: Volume
  /** Gives a code where the path does not lead anywhere, as not every caller wants an error. */
  walk(path: string, follow: boolean): Found | string
  /** `path` is where; `call` says what an error names. */
  find(path: string, follow: boolean, call: Call): Found
  spotOf(path: string, call: Call): Spot
  inodeOf(entry: Entry): Inode
  inodeAt(found: Found): Inode
  /** Whether the guest may change what is in a directory. */
  demandWritable(directory: DirectoryEntry, call: Call): void
  create(spot: Spot, mode: number, kind: 'file' | 'directory', call: Call): Inode
  /** A new call begins: what a volume said of its entries is no longer believed. */
  begin(): void
  readonly watchers: Set<(change: Change) => void>
  tell(type: Change['type'], entry: Entry, place: Place | undefined): void
}

export function createTree(context: ShimContext): Tree & InodeHome {
  const { volume, host } = context
  const inodes = new WeakMap<Entry, Inode>()
  let process: Loose
  const processOnce = () => (process ??= context.require('process'))
  let lastIno = 0
  let call = 0

  const tree: Tree & InodeHome = {
    volume,
    get call() {
      return call
    },
    startedAt: host.now(),
    now: () => host.now(),
    identity() {
      const { getuid, getgid } = processOnce()
      return { uid: getuid?.() ?? 0, gid: getgid?.() ?? 0 }
    },
    nextIno: () => ++lastIno,
    adopt(inode, entry) {
      inode.entry = entry
      inodes.set(entry, inode)
    },
    begin() {
      call++
    },
    inodeOf(entry) {
      let inode = inodes.get(entry)
      if (inode === undefined) {
        inode = new Inode(tree, entry)
        inodes.set(entry, inode)
      }
      return inode
    },
    inodeAt: ({ entry, directory, name }) => tree.inodeOf(entry).seenAt(directory, name),
    walk,

    find(path, follow, call) {
      const found = walk(path, follow)
      if (typeof found === 'string') throw refusal(found, call)
      return found
    },

    spotOf(path, call) {
      if (path === '') throw refusal('ENOENT', call)
      const { directory: above, name } = splitLast(path)
      const { entry: directory } = tree.find(above, true, call)
      if (directory.kind !== Kind.Directory) throw refusal('ENOTDIR', call)
      if (!mayEnter(directory)) throw refusal('EACCES', call)
      if (name.length > longestName) throw refusal('ENAMETOOLONG', call)
      if (name === '' || name === '.') return { ...placeOf(directory), present: directory }
      if (name === '..') {
        const parent = directory.parent ?? directory
        return { ...placeOf(parent), present: parent }
      }
      return { directory, name, present: directory.get(name) }
    },

    demandWritable(directory, call) {
      if (!(inodes.get(directory)?.allows(2) ?? true)) throw refusal('EACCES', call)
    },

    create({ directory, name }, mode, kind, call) {
      tree.demandWritable(directory, call)
      const entry = attempt(
        () =>
          kind === 'directory'
            ? volume.makeDirectory(directory, name)
            : volume.writeFile(directory, name, new Uint8Array(0)),
        call.syscall,
        call.path,
      )
      const inode = tree.inodeAt({ directory, name, entry })
      attempt(() => inode.created(mode & 0o7777 & ~processOnce().umask()), call.syscall, call.path)
      tree.inodeOf(directory).touch()
      tree.tell('rename', entry, { directory, name })
      return inode
    },

    watchers: new Set(),

    /** In a later turn, when all is done that belongs to the change. */
    tell(type, entry, place) {
      if (tree.watchers.size === 0 || place === undefined) return
      const watchers = new Set(tree.watchers)
      const change = { type, entry, directory: place.directory, name: place.name }
      timersOf(context).createImmediate(() => {
        for (const watcher of watchers) if (tree.watchers.has(watcher)) watcher(change)
      }, [])
    },
  }
  return tree

  /** As a kernel does it: name by name, `..` after the link that it stands behind. */
  function walk(path: string, follow: boolean): Found | string {
    volume.refresh?.()
    call++
    if (path === '') return 'ENOENT'
    let rest = isAbsolute(path) ? path : `${processOnce().cwd()}/${path}`
    let entry: Entry = volume.root
    let directory: DirectoryEntry | undefined
    let last = '.'
    let hops = 0
    for (let from = 0; from < rest.length; ) {
      const slash = rest.indexOf('/', from)
      const to = slash === -1 ? rest.length : slash
      const name = rest.slice(from, to)
      from = to + 1
      if (name === '' || name === '.') continue
      if (entry.kind !== Kind.Directory) return 'ENOTDIR'
      if (!mayEnter(entry)) return 'EACCES'
      if (name === '..') {
        entry = entry.parent ?? entry
        continue
      }
      if (name.length > longestName) return 'ENAMETOOLONG'
      const child: Entry | undefined = entry.get(name)
      if (child === undefined) return 'ENOENT'
      if (child.kind !== Kind.Link || (to === rest.length && !follow)) {
        directory = entry
        entry = child
        last = name
        continue
      }
      hops++
      if (hops > maximumHops) return 'ELOOP'
      if (child.target === '') return 'ENOENT'
      rest = child.target + rest.slice(to)
      from = 0
      if (isAbsolute(rest)) entry = volume.root
    }
    if (entry.kind === Kind.Directory) return { ...placeOf(entry), entry }
    if (rest.endsWith('/') || rest.endsWith('/.')) return 'ENOTDIR'
    return { directory: directory as DirectoryEntry, name: last, entry }
  }

  /** What nobody has looked at has the usual mode. */
  function mayEnter(directory: DirectoryEntry): boolean {
    return inodes.get(directory)?.allows(1) ?? true
  }
}

export function placeOf(directory: DirectoryEntry): Place {
  const { parent } = directory
  return parent === undefined
    ? { directory, name: '.' }
    : { directory: parent, name: directory.name }
}

export function refusal(code: string, { syscall, path, dest }: Call): Error {
  return fsError(code, syscall, path, dest)
}

/** The directory of a path and the name that is to be made or removed in it; slashes at the end do not count. */
export function splitLast(path: string): { directory: string; name: string } {
  const trimmed = path.replace(/(?<=.)\/+$/, '')
  const slash = trimmed.lastIndexOf('/')
  return {
    directory: slash === -1 ? '.' : trimmed.slice(0, slash) || '/',
    name: trimmed.slice(slash + 1),
  }
}

export function isAbsolute(path: string): boolean {
  return path.charCodeAt(0) === 47
}
