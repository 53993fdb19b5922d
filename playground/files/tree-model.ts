/** The rows that the tree of files shows. */
import { home, join, nameOf } from './paths.ts'

export interface Folder {
  readonly path: string
  readonly folders: Map<string, Folder>
  readonly files: string[]
}

export interface Row {
  readonly path: string
  readonly label: string
  /** From 1, as `aria-level` counts. */
  readonly level: number
  readonly isFolder: boolean
  readonly isExpanded: boolean
  readonly position: number
  readonly size: number
}

/** @param paths of files, and of empty folders with a slash behind them */
export function folderTree(paths: Iterable<string>): Folder {
  const root: Folder = { path: '/', folders: new Map(), files: [] }
  for (const path of paths) {
    const names = path.split('/').slice(1)
    const name = names.pop()
    let folder = root
    for (const each of names) {
      let next = folder.folders.get(each)
      if (next === undefined) {
        next = { path: join(folder.path, each), folders: new Map(), files: [] }
        folder.folders.set(each, next)
      }
      folder = next
    }
    if (name) folder.files.push(path)
  }
  return root
}

/** What is in /app comes first and without its name; folders elsewhere stand below with their whole path. */
export function visibleRows(root: Folder, expanded: ReadonlySet<string>): Row[] {
  const rows: Row[] = []
  const app = root.folders.get(nameOf(home))
  const outside = [...root.folders.values()].filter((folder) => folder !== app)
  const inside: readonly (Folder | string)[] = app ? entriesOf(app) : []
  addRows([...inside, ...outside, ...root.files], 1)
  return rows

  function addRows(entries: readonly (Folder | string)[], level: number): void {
    entries.forEach((entry, index) => {
      const isFolder = typeof entry !== 'string'
      const path = isFolder ? entry.path : entry
      const isExpanded = isFolder && expanded.has(path)
      const isOutside = level === 1 && !path.startsWith(`${home}/`)
      rows.push({
        path,
        label: isOutside ? path : nameOf(path),
        level,
        isFolder,
        isExpanded,
        position: index + 1,
        size: entries.length,
      })
      if (isExpanded) addRows(entriesOf(entry), level + 1)
    })
  }
}

/** Folders before files, `node_modules` last, each in the order of the alphabet. */
function entriesOf(folder: Folder): (Folder | string)[] {
  const rank = (path: string) => (nameOf(path) === 'node_modules' ? 1 : 0)
  const folders = [...folder.folders.values()].sort(
    (a, b) => rank(a.path) - rank(b.path) || a.path.localeCompare(b.path),
  )
  const own = folders.filter(({ path }) => rank(path) === 0)
  const packages = folders.filter(({ path }) => rank(path) === 1)
  const files = [...folder.files].sort((a, b) => a.localeCompare(b))
  return [...own, ...files, ...packages]
}
