/** Changes of the tree, in place of memfs's own: with links as Linux treats them, and through the loader's volume. */

import { Kind, type Volume } from '../../../src/seams.ts'
import { attempt, fsError, type Result } from './errors.ts'
import type { Name } from './name.ts'
import { splitLast } from './walk.ts'

/** memfs's kinds of change, for those who watch. */
export const change = { created: 0, deleted: 1, modified: 2, attributes: 3, moved: 4 } as const

/** What the operations need of the store. */
export interface Tree {
  readonly volume: Volume
  /** Somebody watches: only then is a removed tree gone through name by name. */
  isWatched(): boolean
  find(path: string, syscall: string, follow: boolean): Result<Name>
  emit(event: object): void
}

/** The place where something is to be made or removed, and what stands there. */
interface Spot {
  readonly directory: Name
  readonly name: string
  readonly present: Name | undefined
}

export function createOperations(tree: Tree): Record<string, unknown> {
  const { volume } = tree

  function take(result: Result<Name>, syscall: string, path: string, dest?: string): Name {
    if (result.ok) return result.value
    throw fsError(result.err.code, syscall, path, dest)
  }

  function find(path: string, syscall: string, dest?: string): Name {
    return take(tree.find(path, syscall, false), syscall, path, dest)
  }

  /** `path` is where; `first` and `dest` are what an error names. */
  function spotOf(path: string, syscall: string, first: string = path, dest?: string): Spot {
    if (path === '') throw fsError('ENOENT', syscall, first, dest)
    const { directory: place, name } = splitLast(path)
    const directory = take(tree.find(place, syscall, true), syscall, first, dest)
    if (!directory.getNode().isDirectory()) throw fsError('ENOTDIR', syscall, first, dest)
    if (!directory.getNode().canExecute()) throw fsError('EACCES', syscall, first, dest)
    if (name.length > 255) throw fsError('ENAMETOOLONG', syscall, first, dest)
    return { directory, name, present: name === '' ? directory : directory.getChild(name) }
  }

  function demandWritable(spot: Spot, syscall: string, path: string, dest?: string): void {
    if (!spot.directory.getNode().canWrite()) throw fsError('EACCES', syscall, path, dest)
  }

  function tell(type: number, name: Name, oldSteps?: string[]): void {
    tree.emit({ type, steps: name.steps, node: name.getNode(), link: name, oldSteps })
  }

  function tellDeleted(name: Name): void {
    if (!tree.isWatched()) return
    for (const child of name.children.values()) tellDeleted(child)
    tell(change.deleted, name)
  }

  function removeName(name: Name, syscall: string, path: string): void {
    const { parent } = name
    if (parent === undefined) throw fsError('EBUSY', syscall, path)
    if (!parent.getNode().canWrite()) throw fsError('EACCES', syscall, path)
    tellDeleted(name)
    attempt(() => parent.deleteChild(name), syscall, path)
  }

  function makeDirectory(spot: Spot, path: string, mode: number): Name {
    demandWritable(spot, 'mkdir', path)
    const made = attempt(
      () => spot.directory.createChild(spot.name, { mode: 0o040000 | mode }),
      'mkdir',
      path,
    )
    made.getNode().isNew = false
    tell(change.created, made)
    return made
  }

  return {
    link(existingPath: string, newPath: string): void {
      const existing = find(existingPath, 'link', newPath)
      const spot = spotOf(newPath, 'link', existingPath, newPath)
      const node = existing.getNode()
      if (spot.present) throw fsError('EEXIST', 'link', existingPath, newPath)
      if (node.isDirectory()) throw fsError('EPERM', 'link', existingPath, newPath)
      demandWritable(spot, 'link', existingPath, newPath)
      const { directory, name } = spot
      const { entry } = node
      attempt(
        () => {
          if (entry.kind === Kind.Link) volume.makeLink(directory.directory, name, entry.target)
          else if (entry.kind === Kind.File) volume.addName(directory.directory, name, entry)
        },
        'link',
        existingPath,
        newPath,
      )
      node.links++
      directory.getNode().touch()
      tell(change.created, directory.getChild(name) as Name)
    },

    unlink(path: string): void {
      const name = find(path, 'unlink')
      const node = name.getNode()
      if (node.isDirectory()) throw fsError('EISDIR', 'unlink', path)
      removeName(name, 'unlink', path)
    },

    symlink(target: string, path: string): Name {
      if (target === '') throw fsError('ENOENT', 'symlink', target, path)
      const spot = spotOf(path, 'symlink', target, path)
      if (spot.present) throw fsError('EEXIST', 'symlink', target, path)
      demandWritable(spot, 'symlink', target, path)
      const { directory, name } = spot
      attempt(() => volume.makeLink(directory.directory, name, target), 'symlink', target, path)
      directory.getNode().touch()
      const made = directory.getChild(name) as Name
      made.getNode().created(0o777)
      made.getNode().isNew = false
      tell(change.created, made)
      return made
    },

    rename(oldPath: string, newPath: string): void {
      const refusal = (code: string) => fsError(code, 'rename', oldPath, newPath)
      const source = find(oldPath, 'rename', newPath)
      const spot = spotOf(newPath, 'rename', oldPath, newPath)
      const { directory, present } = spot
      const from = source.parent
      if (from === undefined || present === spot.directory) throw refusal('EBUSY')
      const isDirectory = source.getNode().isDirectory()
      for (let above: Name | undefined = directory; above; above = above.parent) {
        if (above === source) throw refusal('EINVAL')
      }
      if (present !== undefined) {
        if (present.getNode() === source.getNode()) return
        const isOntoDirectory = present.getNode().isDirectory()
        if (isDirectory && !isOntoDirectory) throw refusal('ENOTDIR')
        if (!isDirectory && isOntoDirectory) throw refusal('EISDIR')
        if (isOntoDirectory && present.length > 0) throw refusal('ENOTEMPTY')
      } else if (!isDirectory && newPath.endsWith('/')) throw refusal('ENOTDIR')
      if (!from.getNode().canWrite()) throw refusal('EACCES')
      demandWritable(spot, 'rename', oldPath, newPath)
      const oldSteps = source.steps
      present?.getNode().orphan()
      attempt(
        () => volume.move(from.directory, source.name, directory.directory, spot.name),
        'rename',
        oldPath,
        newPath,
      )
      source.moved(directory, spot.name)
      tell(change.moved, source, oldSteps)
    },

    mkdir(path: string, mode: number): void {
      const spot = spotOf(path, 'mkdir')
      if (spot.present) throw fsError('EEXIST', 'mkdir', path)
      makeDirectory(spot, path, mode)
    },

    /** Gives the first directory that was made, as node does. */
    mkdirp(path: string, mode: number): string | undefined {
      const missing: string[] = []
      let place = path
      let found = tree.find(place, 'mkdir', true)
      while (!found.ok) {
        const { directory, name } = splitLast(place)
        if (found.err.code !== 'ENOENT' || path === '' || place === directory) {
          throw fsError(found.err.code, 'mkdir', path)
        }
        // A link to nowhere is in the way, and it is the link that leads to nothing.
        if (tree.find(place, 'mkdir', false).ok) throw fsError('ENOENT', 'mkdir', path)
        if (name !== '.') missing.push(place)
        place = directory
        found = tree.find(place, 'mkdir', true)
      }
      if (!found.value.getNode().isDirectory()) {
        throw fsError(missing.length === 0 ? 'EEXIST' : 'ENOTDIR', 'mkdir', path)
      }
      const first = missing.at(-1)
      for (const each of missing.reverse()) {
        const spot = spotOf(each, 'mkdir', path)
        if (!spot.present) makeDirectory(spot, path, mode)
      }
      return first
    },

    rmdir(path: string, isRecursive = false): void {
      const name = find(path, 'rmdir')
      if (!name.getNode().isDirectory()) throw fsError('ENOTDIR', 'rmdir', path)
      if (name.length > 0 && !isRecursive) throw fsError('ENOTEMPTY', 'rmdir', path)
      removeName(name, 'rmdir', path)
    },
  }
}
