/** Walking a path through directories and symlinks: the one walk that every volume shares. */
import { type DirectoryEntry, Kind, type LinkEntry, type Location } from '../seams.ts'

/** As many links as Linux follows before it says ELOOP. */
const maximumHops = 40

/** A directory tree to walk in. `parentOf` decides what `..` means at its edge. */
export interface Walkable {
  readonly root: DirectoryEntry
  parentOf(directory: DirectoryEntry): DirectoryEntry | undefined
}

/**
 * Where `path` leads from `start`, every symlink on the way followed. `undefined` when something is absent, is a file
 * where a directory is needed, links in a circle, or lies beyond what `parentOf` allows.
 */
export function walk(
  tree: Walkable,
  start: DirectoryEntry,
  path: string,
  hops: number = maximumHops,
): Location | undefined {
  let directory = path.charCodeAt(0) === 47 ? tree.root : start
  let location: Location | undefined
  let from = 0
  while (from <= path.length) {
    const slash = path.indexOf('/', from)
    const to = slash === -1 ? path.length : slash
    const segment = path.slice(from, to)
    from = to + 1
    if (segment === '' || segment === '.') continue
    if (location !== undefined) {
      if (location.entry.kind !== Kind.Directory) return undefined
      directory = location.entry
    }
    if (segment === '..') {
      const parent = tree.parentOf(directory)
      if (parent === undefined) return undefined
      directory = parent
      location = undefined
      continue
    }
    const entry = directory.get(segment)
    if (entry === undefined) return undefined
    location =
      entry.kind === Kind.Link
        ? followLink(tree, directory, entry, hops)
        : { entry, directory, name: segment }
    if (location === undefined) return undefined
  }
  // A trailing slash, `.` or nothing at all names the directory itself.
  if (location === undefined) return { entry: directory, directory, name: '.' }
  if (location.entry.kind !== Kind.Directory && endsAsDirectory(path)) return undefined
  return location
}

export function followLink(
  tree: Walkable,
  directory: DirectoryEntry,
  link: LinkEntry,
  hops: number = maximumHops,
): Location | undefined {
  return hops === 0 ? undefined : walk(tree, directory, link.target, hops - 1)
}

function endsAsDirectory(path: string): boolean {
  return path.endsWith('/') || path.endsWith('/.')
}
