/** Where `lodger run` keeps what it has transpiled: below the user's cache directory, shared by all runs. */
import fs from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import type { TranspileCache } from '../seams.ts'
import { directoryCache, isEntryName } from '../transpile/cache-directory.ts'
import { memoryCache } from '../transpile/cache-memory.ts'

/**
 * Looks for a place when it is first used, as most programs need none. Never fails: where nothing can be kept, what is
 * transpiled is transpiled again by the next run.
 */
export function createCommandCache(): TranspileCache {
  let chosen: TranspileCache | undefined
  const cache = (): TranspileCache => {
    chosen ??= chooseCache()
    return chosen
  }
  return {
    get: (key) => cache().get(key),
    add: (key, text) => cache().add(key, text),
    addAsync: (key, text) => cache().addAsync(key, text),
    clear: () => cache().clear(),
  }
}

function chooseCache(): TranspileCache {
  for (const locate of [inUsersCache, inTemporary]) {
    try {
      const directory = locate()
      claim(directory)
      sweep(directory)
      return directoryCache(fs, directory)
    } catch {
      // The next, then.
    }
  }
  return memoryCache()
}

/** As the XDG Base Directory Specification has it, which passes over relative paths. */
function inUsersCache(): string {
  const { XDG_CACHE_HOME: given = '' } = process.env
  return join(isAbsolute(given) ? given : join(homedir(), '.cache'), 'lodger', 'transpile')
}

function inTemporary(): string {
  return join(tmpdir(), `lodger-transpile-${process.getuid?.() ?? 'user'}`)
}

/**
 * Makes the directory where it is missing. What stands in it will be run, so nobody else may have made it or be able to
 * write there: names in the temporary directory are anybody's to take.
 * @throws where it cannot be the user's own
 */
function claim(directory: string): void {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 })
  const stats = fs.lstatSync(directory)
  if (!stats.isDirectory()) throw new Error(`${directory} is no directory`)
  const user = process.getuid?.()
  const isForeign = user !== undefined && (stats.uid !== user || (stats.mode & 0o022) !== 0)
  if (isForeign) throw new Error(`others may write to ${directory}`)
  fs.accessSync(directory, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK)
}

const day = 24 * 60 * 60 * 1000
const longestLife = 30 * day

/**
 * Once a day entries go that were made a month ago, in use or not: to make them anew costs less than to note each use,
 * and the directory keeps to what a month needs.
 */
function sweep(directory: string): void {
  const mark = join(directory, 'swept')
  const now = Date.now()
  try {
    if (now - timeOf(mark) < day) return
    fs.writeFileSync(mark, '')
    for (const name of fs.readdirSync(directory)) {
      const path = join(directory, name)
      if (isEntryName(name) && now - timeOf(path) > longestLife) fs.rmSync(path, { force: true })
    }
  } catch {
    // Another day, then: what is there can be read all the same.
  }
}

/** @returns when a file was written, in milliseconds since the epoch; 0 for one that is not there */
function timeOf(path: string): number {
  return fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
