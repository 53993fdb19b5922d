/** What one does to files, as edits of a workspace. */
import type { Contents } from './contents.ts'
import { folderOf, isWithin, nameOf } from './paths.ts'
import type { Edits } from './workspace.ts'

type Files = ReadonlyMap<string, Contents>

export function isFolder(files: Files, path: string): boolean {
  if (files.has(path)) return false
  if (files.has(`${path}/`)) return true
  for (const each of files.keys()) if (each.startsWith(`${path}/`)) return true
  return false
}

export function exists(files: Files, path: string): boolean {
  return files.has(path) || isFolder(files, path)
}

/** The files at a path and below it, markers of empty folders among them. */
export function pathsWithin(files: Files, path: string): string[] {
  return [...files.keys()].filter((each) => isWithin(each, path))
}

export function removal(files: Files, path: string): Edits {
  const edits = new Map<string, Contents | null>()
  for (const each of pathsWithin(files, path)) edits.set(each, null)
  return keepFolder(files, folderOf(path), edits)
}

/** @throws an error that says why it cannot be moved there */
export function movement(files: Files, from: string, to: string): Edits {
  if (from === to) return new Map()
  if (isWithin(to, from)) throw new Error(`${nameOf(from)} cannot be moved into itself.`)
  checkFree(files, to)
  const edits = new Map<string, Contents | null>()
  for (const each of pathsWithin(files, from)) {
    edits.set(each, null)
    edits.set(to + each.slice(from.length), files.get(each) ?? '')
  }
  return keepFolder(files, folderOf(from), edits)
}

/** @throws an error that says why nothing can be made there */
export function creation(files: Files, path: string, isForFolder: boolean): Edits {
  checkFree(files, path)
  return new Map([[isForFolder ? `${path}/` : path, '']])
}

function checkFree(files: Files, path: string): void {
  if (exists(files, path)) throw new Error(`${path} exists already. Choose another name.`)
  for (let above = folderOf(path); above !== '/'; above = folderOf(above)) {
    if (files.has(above)) throw new Error(`${above} is a file, so nothing can be put into it.`)
  }
}

/** A folder whose last file goes stays, as on any disk. */
function keepFolder(
  files: Files,
  folder: string,
  edits: Map<string, Contents | null>,
): Map<string, Contents | null> {
  if (folder === '/' || folder === '/app') return edits
  const stays = (path: string) => isWithin(path, folder) && edits.get(path) !== null
  const isEmpty = ![...files.keys()].some(stays) && ![...edits.keys()].some(stays)
  return isEmpty ? new Map(edits).set(`${folder}/`, '') : edits
}
