/** Changes of the tree: what is made, moved and removed, with links as Linux treats them. */

import { type DirectoryEntry, type Entry, Kind } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import type { Descriptors } from './descriptors.ts'
import { attempt, refusedBySystem } from './errors.ts'
import { type Call, type Found, refusal, type Spot, splitLast, type Tree } from './tree.ts'

export function createChanges(tree: Tree, descriptors: Descriptors): Record<string, LooseFunction> {
  const { volume } = tree

  function change<T>(action: () => T, { syscall, path, dest }: Call): T {
    return attempt(action, syscall, path, dest)
  }

  /** Where a name is yet free. A slash at the end asks for a directory, which only `mkdir` makes. */
  function freeSpot(path: string, call: Call, isDirectory = false): Spot {
    const spot = tree.spotOf(path, call)
    if (spot.present) throw refusal('EEXIST', call)
    if (!isDirectory && path.endsWith('/')) throw refusal('ENOENT', call)
    return spot
  }

  /** A new name is in its directory. */
  function added(entry: Entry, { directory, name }: Spot): void {
    tree.inodeAt({ entry, directory, name })
    tree.inodeOf(directory).touch()
    tree.tell('rename', entry, { directory, name })
  }

  function removeEntry({ entry, directory, name }: Found, call: Call): void {
    if (name === '.') throw refusal('EBUSY', call)
    tree.demandWritable(directory, call)
    const inode = tree.inodeAt({ entry, directory, name })
    if (!inode.isAlsoElsewhere(directory, name)) descriptors.orphan(inode)
    if (entry.kind === Kind.Directory) tellOfAll(entry)
    change(() => volume.remove(directory, name), call)
    inode.leaves(directory, name)
    inode.links--
    tree.inodeOf(directory).touch()
    tree.tell('rename', entry, { directory, name })
  }

  function tellOfAll(directory: DirectoryEntry): void {
    if (tree.watchers.size === 0) return
    for (const name of directory.names()) {
      const entry = directory.get(name)
      if (entry?.kind === Kind.Directory) tellOfAll(entry)
      if (entry !== undefined) tree.tell('rename', entry, { directory, name })
    }
  }

  function makeAll(path: string, mode: number): string | undefined {
    const call = { syscall: 'mkdir', path }
    const missing: string[] = []
    let place = path
    let found = tree.walk(place, true)
    while (typeof found === 'string') {
      const { directory, name } = splitLast(place)
      if (found !== 'ENOENT' || path === '' || place === directory) throw refusal(found, call)
      // A link to nowhere is in the way, and it is the link that leads to nothing.
      if (typeof tree.walk(place, false) !== 'string') throw refusal('ENOENT', call)
      if (name !== '.') missing.push(place)
      place = directory
      found = tree.walk(place, true)
    }
    if (found.entry.kind !== Kind.Directory) {
      throw refusal(missing.length === 0 ? 'EEXIST' : 'ENOTDIR', call)
    }
    const first = missing.at(-1)
    for (const each of missing.reverse()) {
      const spot = tree.spotOf(each, call)
      if (!spot.present) tree.create(spot, mode, 'directory', call)
    }
    return first
  }

  return {
    link(existingPath: string, newPath: string): void {
      const call = { syscall: 'link', path: existingPath, dest: newPath }
      const existing = tree.find(existingPath, false, call)
      const spot = freeSpot(newPath, call)
      const { entry } = existing
      if (entry.kind === Kind.Directory) throw refusal('EPERM', call)
      const { directory, name } = spot
      tree.demandWritable(directory, call)
      const inode = tree.inodeAt(existing)
      change(() => {
        if (entry.kind === Kind.Link) volume.makeLink(directory, name, entry.target)
        else volume.addName(directory, name, entry)
      }, call)
      inode.links++
      const made = directory.get(name)
      if (made !== undefined) added(made, spot)
    },

    unlink(path: string): void {
      const call = { syscall: 'unlink', path }
      const found = tree.find(path, false, call)
      if (found.entry.kind === Kind.Directory) throw refusal('EISDIR', call)
      removeEntry(found, call)
    },

    symlink(target: string, path: string): void {
      const call = { syscall: 'symlink', path: target, dest: path }
      if (target === '') throw refusal('ENOENT', call)
      const spot = freeSpot(path, call)
      const { directory, name } = spot
      tree.demandWritable(directory, call)
      const entry = change(() => volume.makeLink(directory, name, target), call)
      tree.inodeAt({ entry, directory, name }).created(0o777)
      added(entry, spot)
    },

    rename(oldPath: string, newPath: string): void {
      const call = { syscall: 'rename', path: oldPath, dest: newPath }
      const { directory: from, name, present: entry } = tree.spotOf(oldPath, call)
      const spot = tree.spotOf(newPath, call)
      const { directory: to, name: newName, present } = spot
      if (isFixed(oldPath) || isFixed(newPath)) throw refusal('EBUSY', call)
      if (entry === undefined) throw refusal('ENOENT', call)
      const isDirectory = entry.kind === Kind.Directory
      for (let above: DirectoryEntry | undefined = to; above; above = above.parent) {
        if (above === entry) throw refusal('EINVAL', call)
      }
      if (!isDirectory && (oldPath.endsWith('/') || newPath.endsWith('/')))
        throw refusal('ENOTDIR', call)
      if (present !== undefined) {
        if (present === entry) return
        const isOntoDirectory = present.kind === Kind.Directory
        if (isDirectory && !isOntoDirectory) throw refusal('ENOTDIR', call)
        if (!isDirectory && isOntoDirectory) throw refusal('EISDIR', call)
        if (isOntoDirectory && present.names().length > 0) throw refusal('ENOTEMPTY', call)
      }
      tree.demandWritable(from, call)
      tree.demandWritable(to, call)
      const inode = tree.inodeAt({ entry, directory: from, name })
      if (present !== undefined) {
        const replaced = tree.inodeAt({ entry: present, directory: to, name: newName })
        if (!replaced.isAlsoElsewhere(to, newName)) descriptors.orphan(replaced)
        replaced.leaves(to, newName)
        replaced.links--
      }
      change(() => volume.move(from, name, to, newName), call)
      inode.leaves(from, name)
      tree.inodeOf(from).touch()
      tree.tell('rename', entry, { directory: from, name })
      added(to.get(newName) ?? entry, spot)
    },

    mkdir(path: string, { mode, recursive }: Loose): string | undefined {
      if (recursive) return makeAll(path, mode)
      const call = { syscall: 'mkdir', path }
      tree.create(freeSpot(path, call, true), mode, 'directory', call)
      return undefined
    },

    rmdir(path: string): void {
      const call = { syscall: 'rmdir', path }
      const found = tree.find(path, false, call)
      if (found.entry.kind !== Kind.Directory) throw refusal('ENOTDIR', call)
      if (/(?:^|\/)\.\/*$/.test(path)) throw refusal('EINVAL', call)
      if (found.entry.names().length > 0) throw refusal('ENOTEMPTY', call)
      removeEntry(found, call)
    },

    rm(path: string, { force, recursive }: Loose): void {
      const found = tree.walk(path, false)
      if (typeof found === 'string') {
        if (force && found === 'ENOENT') return
        throw refusal(found, { syscall: 'lstat', path })
      }
      if (found.entry.kind === Kind.Directory && !recursive) {
        throw refusedBySystem('ERR_FS_EISDIR', 'Path is a directory', {
          code: 'EISDIR',
          message: 'is a directory',
          path,
          syscall: 'rm',
          errno: 21,
        })
      }
      removeEntry(found, { syscall: 'rm', path })
    },
  }
}

/** Whether a path ends in what is no name: `.`, `..` or the root. */
function isFixed(path: string): boolean {
  return /^\/+$|(?:^|\/)\.\.?\/*$/.test(path)
}
