/** `readdir` in its forms: breadth first, through links, with paths as the caller wrote them. */

import type { ShimContext } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { validateBoolean } from '../validate.ts'
import { fsError } from './errors.ts'
import type { Name } from './name.ts'
import { optionsOf, validatePath } from './paths.ts'

/** @param store memfs's superblock @param build makes a `Dirent` */
export function createReaddir(
  context: ShimContext,
  store: Loose,
  build: (name: Name, encoding: string | undefined, parentPath: unknown) => unknown,
): LooseFunction {
  const { Buffer } = context.require('buffer')

  return function readdirSync(given: Loose, options?: Loose): unknown[] {
    const { join, relative } = context.require('path')
    const { encoding, withFileTypes, recursive } = optionsOf(context, options)
    if (recursive !== undefined && recursive !== null) {
      validateBoolean(recursive, 'options.recursive')
    }
    const base = validatePath(context, given)
    const results: unknown[] = []
    const directories = [base]
    for (const path of directories) {
      for (const child of childrenOf(path)) {
        const childPath = join(path, child.getName())
        if (withFileTypes) results.push(build(child, encoding, path === base ? given : path))
        else results.push(encode(path === base ? child.getName() : relative(base, childPath)))
        if (recursive && isDirectory(childPath, child)) directories.push(childPath)
      }
    }
    return results

    function encode(name: string): unknown {
      if (!encoding || encoding === 'utf8' || encoding === 'utf-8') return name
      return encoding === 'buffer' ? Buffer.from(name) : Buffer.from(name).toString(encoding)
    }
  }

  function childrenOf(path: string): Name[] {
    const directory: Name = store.getResolvedLinkOrThrow(path, 'scandir')
    if (!directory.node.isDirectory()) throw fsError('ENOTDIR', 'scandir', path)
    if (!directory.node.canRead()) throw fsError('EACCES', 'scandir', path)
    const names = directory.directory.names().sort()
    return names.flatMap((name) => directory.getChild(name) ?? [])
  }

  /** Links to directories are gone into; those that lead in circles end where the system gives up. */
  function isDirectory(path: string, child: Name): boolean {
    if (!child.node.isSymlink()) return child.node.isDirectory()
    const found = store.getResolvedLinkResult(path, 'stat')
    return found.ok && found.value.getNode().isDirectory()
  }
}
