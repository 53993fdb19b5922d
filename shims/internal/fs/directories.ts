/** `readdir` in its forms: breadth first, through links, with paths as the caller wrote them. */

import { type DirectoryEntry, type Entry, Kind, type ShimContext } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { fsError } from './errors.ts'
import { encodeText, validatePath } from './paths.ts'
import type { Tree } from './tree.ts'

/** @param buildDirent makes one of a name, a mode and the path of the parent */
export function createReaddir(
  context: ShimContext,
  tree: Tree,
  buildDirent: LooseFunction,
): LooseFunction {
  return function readdir(given: Loose, options: Loose): unknown[] {
    const { encoding, withFileTypes, recursive, throughLinks = true } = options
    const base = validatePath(context, given)
    const parent = given instanceof Uint8Array ? given : base
    const results: unknown[] = []
    if (!recursive) {
      const directory = directoryAt(base)
      const names = directory.names().sort()
      if (!withFileTypes) return names.map((name) => encodeText(context, name, encoding))
    }
    const { join, relative } = context.require('path')
    const directories = [base]
    for (const path of directories) {
      const directory = directoryAt(path)
      for (const name of directory.names().sort()) {
        const entry = directory.get(name)
        if (entry === undefined) continue
        const childPath = join(path, name)
        if (withFileTypes) {
          const { mode } = tree.inodeAt({ directory, name, entry })
          const shown = encodeText(context, name, encoding)
          results.push(buildDirent(shown, mode, path === base ? parent : path))
        } else {
          const shown = path === base ? name : relative(base, childPath)
          results.push(encodeText(context, shown, encoding))
        }
        if (!recursive || (entry.kind === Kind.Link && !throughLinks)) continue
        if (leadsToDirectory(childPath, entry)) directories.push(childPath)
      }
    }
    return results
  }

  function directoryAt(path: string): DirectoryEntry {
    const found = tree.find(path, true, { syscall: 'scandir', path })
    if (found.entry.kind !== Kind.Directory) throw fsError('ENOTDIR', 'scandir', path)
    if (!tree.inodeAt(found).allows(4)) throw fsError('EACCES', 'scandir', path)
    return found.entry
  }

  /** Links to directories are gone into; those that lead in circles end where the system gives up. */
  function leadsToDirectory(path: string, entry: Entry): boolean {
    if (entry.kind !== Kind.Link) return entry.kind === Kind.Directory
    const found = tree.walk(path, true)
    return typeof found !== 'string' && found.entry.kind === Kind.Directory
  }
}
