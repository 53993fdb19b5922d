/** Paths without symlinks, as node's loader finds and keeps them. */
import { systemError } from '../errors.ts'
import { dirname, resolve } from '../path.ts'
import { type DirectoryEntry, type Entry, Kind, type Volume } from '../seams.ts'

/** As many links as Linux follows before it says ELOOP. */
const maximumHops = 40

export class RealPaths {
  readonly #volume: Volume
  /** Links that were followed, for good: path to path. */
  readonly #links: Map<string, string> = new Map()

  constructor(volume: Volume) {
    this.#volume = volume
  }

  /**
   * A path without symlinks, as node's `fs.realpathSync` makes it: `..` in a link's target goes up by the text.
   * @throws ENOENT for what is absent, ELOOP for links in a circle
   */
  of(path: string, hops: number = maximumHops): string {
    let { root: directory }: { root: DirectoryEntry } = this.#volume
    const segments = path.split('/').filter(Boolean)
    let real = ''
    for (const [index, segment] of segments.entries()) {
      const base = `${real}/${segment}`
      const entry = directory.get(segment)
      const target = this.#linkTarget(base, entry)
      if (target !== undefined && target !== base) {
        if (hops === 0) throw systemError('ELOOP', 'stat', path)
        return this.of([target, ...segments.slice(index + 1)].join('/'), hops - 1)
      }
      // A link that by its text names itself may still lead somewhere.
      const there = entry?.kind === Kind.Link ? this.#volume.follow(directory, entry)?.entry : entry
      if (there === undefined && entry !== undefined) throw systemError('ELOOP', 'stat', path)
      const isLast = index === segments.length - 1
      if (there === undefined || (!isLast && there.kind !== Kind.Directory)) {
        throw systemError('ENOENT', 'lstat', base)
      }
      if (there.kind === Kind.Directory) directory = there
      real = base
    }
    return real || '/'
  }

  #linkTarget(path: string, entry: Entry | undefined): string | undefined {
    const known = this.#links.get(path)
    if (known !== undefined || entry?.kind !== Kind.Link) return known
    const target = resolve(dirname(path), entry.target)
    this.#links.set(path, target)
    return target
  }

  /** Whether links lead in a circle on the way to a path that leads nowhere. */
  isLoop(path: string): boolean {
    try {
      this.of(path)
      return false
    } catch (error) {
      return (error as { code?: string }).code === 'ELOOP'
    }
  }
}
