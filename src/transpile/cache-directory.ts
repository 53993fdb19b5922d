/** A transpile cache in a directory, one file for each entry. Several processes may use it at once. */
import { createError } from '../errors.ts'
import type { NodeStyleFileSystem, TranspileCache, Volume } from '../seams.ts'
import { type EntryFiles, filesOfFileSystem, filesOfVolume } from './cache-files.ts'
import { digest } from './digest.ts'

/**
 * Entries as files `<hash>.transpiled` directly in a directory, which is made when the first is added.
 * A file is written under another name and then given its own, so that nobody reads half of one. Other files of the
 * directory are never touched.
 * @param fs node's own, or any other node-style file system, or a volume
 * @param directory an absolute path. Who may write there decides what code runs
 * @throws ERR_INVALID_ARG_TYPE or ERR_INVALID_ARG_VALUE, for what is no file system or no absolute path
 */
export function directoryCache(
  fs: NodeStyleFileSystem | Volume,
  directory: string,
): TranspileCache {
  if (typeof directory !== 'string') {
    throw createError('ERR_INVALID_ARG_TYPE', 'directory', 'string', directory)
  }
  if (!/^(?:\/|\\\\|[A-Za-z]:[\\/])/.test(directory) || directory.includes('\0')) {
    throw createError('ERR_INVALID_ARG_VALUE', 'directory', directory, 'must be an absolute path')
  }
  return new DirectoryCache(filesOf(fs, directory))
}

class DirectoryCache implements TranspileCache {
  readonly #files: EntryFiles

  constructor(files: EntryFiles) {
    this.#files = files
  }

  get(key: string): string | undefined {
    return this.#files.read(nameOf(key))
  }

  add(key: string, text: string): void {
    const name = nameOf(key)
    const temporary = `${name}.${Math.random().toString(36).slice(2)}.new`
    try {
      this.#files.write(temporary, text)
      this.#files.rename(temporary, name)
    } catch (error) {
      this.#files.remove(temporary)
      throw error
    }
  }

  addAsync(key: string, text: string): Promise<void> {
    return new Promise((resolve) => resolve(this.add(key, text)))
  }

  clear(): void {
    for (const name of this.#files.names()) {
      if (isEntryName(name)) this.#files.remove(name)
    }
  }
}

/** By a hash of its own, as no key that somebody makes up may lead out of the directory. */
function nameOf(key: string): string {
  return `${digest(key)}.transpiled`
}

/** Of an entry, or of one that a process did not live to finish. */
export function isEntryName(name: string): boolean {
  return /^[0-9a-f]{32}\.transpiled(?:\.[0-9a-z]+\.new)?$/.test(name)
}

function filesOf(fs: NodeStyleFileSystem | Volume, directory: string): EntryFiles {
  const given = fs as Partial<NodeStyleFileSystem & Volume> | null | undefined
  if (typeof given?.lookup === 'function' && typeof given.locate === 'function') {
    return filesOfVolume(fs as Volume, directory)
  }
  if (typeof given?.readFileSync === 'function') {
    return filesOfFileSystem(fs as NodeStyleFileSystem, directory)
  }
  throw createError('ERR_INVALID_ARG_TYPE', 'fs', ['a node-style file system', 'a volume'], fs)
}
