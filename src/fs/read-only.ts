/** A volume that nothing can change through. */
import { systemError } from '../errors.ts'
import type { DirectoryEntry, EntryStat, FileEntry, LinkEntry, Location, Volume } from '../seams.ts'

class ReadOnly implements Volume {
  readonly root: DirectoryEntry
  readonly refresh?: () => void
  readonly stat?: (directory: DirectoryEntry, name: string) => EntryStat | undefined
  readonly #volume: Volume

  constructor(volume: Volume) {
    this.#volume = volume
    this.root = volume.root
    if (volume.refresh) this.refresh = () => volume.refresh?.()
    if (volume.stat) this.stat = (directory, name) => volume.stat?.(directory, name)
  }

  get generation(): number {
    return this.#volume.generation
  }

  get structure(): number | undefined {
    return this.#volume.structure
  }

  lookup(path: string): FileEntry | DirectoryEntry | undefined {
    return this.#volume.lookup(path)
  }

  locate(path: string): Location | undefined {
    return this.#volume.locate(path)
  }

  follow(directory: DirectoryEntry, link: LinkEntry): Location | undefined {
    return this.#volume.follow(directory, link)
  }

  writeFile(directory: DirectoryEntry, name: string): never {
    throw refusal('open', directory, name)
  }

  makeDirectory(directory: DirectoryEntry, name: string): never {
    throw refusal('mkdir', directory, name)
  }

  makeLink(directory: DirectoryEntry, name: string): never {
    throw refusal('symlink', directory, name)
  }

  addName(directory: DirectoryEntry, name: string): never {
    throw refusal('link', directory, name)
  }

  remove(directory: DirectoryEntry, name: string): never {
    throw refusal('unlink', directory, name)
  }

  move(from: DirectoryEntry, name: string): never {
    throw refusal('rename', from, name)
  }

  setStat(directory: DirectoryEntry, name: string): never {
    throw refusal('chmod', directory, name)
  }
}

/** EROFS for a change of `name` in `directory`. */
export function refusal(call: string, directory: DirectoryEntry, name: string): Error {
  const prefix = directory.path === '/' ? '' : directory.path
  return systemError('EROFS', call, name === '.' ? directory.path : `${prefix}/${name}`)
}

/**
 * The same tree, and every change of it throws EROFS. Whoever holds the volume itself may still change it.
 * @example createReadOnly(createVolume({ '/a': 'kept' })).lookup('/a').text() // => 'kept'
 */
export function createReadOnly(volume: Volume): Volume {
  return new ReadOnly(volume)
}
