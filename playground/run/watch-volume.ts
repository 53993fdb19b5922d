/** Tells of every change that the program makes to its volume. */
import { createVolume, type MemoryVolume } from 'lodger/fs/volume'
import type { DirectoryEntry } from 'lodger/hosts/page'
import { type Contents, contentsOf } from '../files/contents.ts'
import { join } from '../files/paths.ts'

export type Watcher = (path: string, contents: Contents | null) => void

export function watchedVolume(
  files: ReadonlyMap<string, Contents>,
  changed: Watcher,
): MemoryVolume {
  const volume = createVolume()
  for (const [path, contents] of files) {
    if (path.endsWith('/')) volume.put(path.slice(0, -1), null)
    else volume.put(path, contents)
  }
  const { writeFile, makeDirectory, remove, move, addName } = volume

  const tellAll = (directory: DirectoryEntry, name: string): void => {
    const path = join(directory.path, name)
    const entry = directory.get(name)
    if (entry === undefined) return
    if ('bytes' in entry) changed(path, contentsOf(entry.bytes().slice()))
    if (!('names' in entry)) return
    if (entry.names().length === 0) changed(`${path}/`, '')
    for (const each of entry.names()) tellAll(entry, each)
  }

  return Object.assign(volume, {
    writeFile(...[directory, name, contents]: Parameters<typeof writeFile>) {
      const file = writeFile.call(volume, directory, name, contents)
      tellAll(directory, name)
      return file
    },
    makeDirectory(...[directory, name]: Parameters<typeof makeDirectory>) {
      const made = makeDirectory.call(volume, directory, name)
      tellAll(directory, name)
      return made
    },
    addName(...[directory, name, file]: Parameters<typeof addName>) {
      addName.call(volume, directory, name, file)
      tellAll(directory, name)
    },
    remove(...[directory, name]: Parameters<typeof remove>) {
      remove.call(volume, directory, name)
      changed(join(directory.path, name), null)
    },
    move(...[from, name, to, newName]: Parameters<typeof move>) {
      const path = join(from.path, name)
      move.call(volume, from, name, to, newName)
      changed(path, null)
      tellAll(to, newName)
    },
  })
}
