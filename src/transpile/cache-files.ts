/** What a directory of entries needs of a file system, node-style or a volume. */
import { systemError } from '../errors.ts'
import { type DirectoryEntry, Kind, type NodeStyleFileSystem, type Volume } from '../seams.ts'

/** The files of one directory, by name. Reading and removing do not mind what is absent. */
export interface EntryFiles {
  read(name: string): string | undefined
  /** Makes the directory too. @throws what the file system throws */
  write(name: string, text: string): void
  /** Replaces what has that name. @throws what the file system throws */
  rename(from: string, to: string): void
  remove(name: string): void
  names(): readonly string[]
}

export function filesOfFileSystem(fs: NodeStyleFileSystem, directory: string): EntryFiles {
  const prefix = /[\\/]$/.test(directory) ? directory : `${directory}/`
  return {
    read: (name) => orAbsent(() => fs.readFileSync(prefix + name, 'utf8')),
    write(name, text) {
      try {
        fs.writeFileSync(prefix + name, text)
      } catch {
        fs.mkdirSync(directory, { recursive: true })
        fs.writeFileSync(prefix + name, text)
      }
    },
    rename: (from, to) => fs.renameSync(prefix + from, prefix + to),
    remove(name) {
      orAbsent(() => fs.unlinkSync(prefix + name))
    },
    names: () => orAbsent(() => fs.readdirSync(directory)) ?? [],
  }
}

/** A file system has more words for what is not there than `ENOENT`, and a cache may lack anything. */
function orAbsent<Value>(action: () => Value): Value | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}

export function filesOfVolume(volume: Volume, path: string): EntryFiles {
  const found = (): DirectoryEntry | undefined => {
    const entry = volume.lookup(path)
    return entry?.kind === Kind.Directory ? entry : undefined
  }
  return {
    read(name) {
      const entry = found()?.get(name)
      return entry?.kind === Kind.File ? orAbsent(() => entry.text()) : undefined
    },
    write(name, text) {
      volume.writeFile(madeDirectory(volume, path), name, text)
    },
    rename(from, to) {
      const directory = madeDirectory(volume, path)
      volume.move(directory, from, directory, to)
    },
    remove(name) {
      const directory = found()
      if (directory?.get(name)) orAbsent(() => volume.remove(directory, name))
    },
    names: () => found()?.names() ?? [],
  }
}

/** Goes by real directories, as only they can be changed. */
function madeDirectory(volume: Volume, path: string): DirectoryEntry {
  const names = path.split('/').filter((name) => name !== '')
  let directory = volume.root
  let above = ''
  for (const name of names) {
    above += `/${name}`
    const entry = volume.lookup(above)
    if (entry?.kind === Kind.File) throw systemError('ENOTDIR', 'mkdir', path)
    directory = entry ?? volume.makeDirectory(directory, name)
  }
  return directory
}
