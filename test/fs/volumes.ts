/** What the tests of volumes ask of any volume. */
import type * as nodeFs from 'node:fs'
import type { DirectoryEntry, Loader, Volume } from 'lodger'

/** Every path below `from`, directories with a slash at the end, links with their target. */
export function paths(volume: Volume, from: DirectoryEntry = volume.root): string[] {
  const prefix = from.path === '/' ? '' : from.path
  return from.names().flatMap((name) => {
    const entry = from.get(name)
    const path = `${prefix}/${name}`
    if (entry?.kind === 2) return [`${path}/`, ...paths(volume, entry)]
    return [entry?.kind === 3 ? `${path} -> ${entry.target}` : path]
  })
}

export function textAt(volume: Volume, path: string): string | undefined {
  const entry = volume.lookup(path)
  return entry?.kind === 1 ? entry.text() : undefined
}

export function directoryAt(volume: Volume, path: string): DirectoryEntry {
  const entry = volume.lookup(path)
  if (entry?.kind !== 2) throw new Error(`${path} is no directory`)
  return entry
}

/** The code of what `action` throws. */
export function refusal(action: () => unknown): string | undefined {
  try {
    action()
  } catch (error) {
    return (error as { code?: string }).code
  }
  return undefined
}

/** The guest's `fs`, which is to be like node's. */
export function fsOf(loader: Loader): typeof nodeFs {
  return loader.require('fs') as typeof nodeFs
}
