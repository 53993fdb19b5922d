/** Files that come from outside: chosen, dropped, in folders and archives. */
import { isArchive, mostBytes, unpack } from './archive.ts'
import { bytesOf, type Contents, contentsOf, formatSize } from './contents.ts'
import { home, join } from './paths.ts'
import type { Edits } from './workspace.ts'

interface Incoming {
  /** Relative to the folder that takes it. */
  readonly path: string
  readonly file: File
}

/** From an input of files; a folder that was chosen keeps its name. */
export function fromInput(files: Iterable<File>): Incoming[] {
  return [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }))
}

/** What was dropped, folders with all that is in them. Must be called in the event itself: the items are gone later. */
export function fromDrop(items: DataTransferItemList): Promise<Incoming[]> {
  const entries = [...items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => item.webkitGetAsEntry() ?? item.getAsFile())
  return Promise.all(
    entries.map((entry) => {
      if (entry === null) return []
      return entry instanceof File ? [{ path: entry.name, file: entry }] : walk(entry, '')
    }),
  ).then((found) => found.flat())
}

/**
 * Reads them, opens archives, and says what that makes of the folder.
 * @throws an error that names the file that cannot be taken, and why
 */
export async function additions(incoming: readonly Incoming[], folder: string): Promise<Edits> {
  const edits = new Map<string, Contents | null>()
  for (const { path, file } of incoming) {
    if (file.size > mostBytes) {
      throw new Error(
        `${file.name} has ${formatSize(file.size)}, more than the ${formatSize(mostBytes)} that the page can take.`,
      )
    }
    const bytes = new Uint8Array(await file.arrayBuffer())
    if (!isArchive(file.name)) {
      edits.set(join(folder, path), contentsOf(bytes))
      continue
    }
    try {
      for (const [name, contents] of placed(await unpack(file.name, bytes), folder)) {
        edits.set(name, contentsOf(contents))
      }
    } catch (error) {
      throw new Error(`${file.name} cannot be unpacked. ${(error as Error).message}`)
    }
  }
  return edits
}

/** What `npm pack` makes is all below `package/`, and means a package to be required. */
function* placed(
  files: ReadonlyMap<string, Uint8Array>,
  folder: string,
): Generator<[string, Uint8Array]> {
  const name = packageName(files)
  for (const [path, bytes] of files) {
    const place = name === undefined ? path : `node_modules/${name}${path.slice('package'.length)}`
    yield [join(name === undefined ? folder : home, place), bytes]
  }
}

function packageName(files: ReadonlyMap<string, Uint8Array>): string | undefined {
  const manifest = files.get('package/package.json')
  if (manifest === undefined || ![...files.keys()].every((path) => path.startsWith('package/'))) {
    return undefined
  }
  try {
    const { name } = JSON.parse(new TextDecoder().decode(manifest))
    return typeof name === 'string' && /^(@[\w.-]+\/)?[\w.-]+$/.test(name) ? name : undefined
  } catch {
    return undefined
  }
}

async function walk(entry: FileSystemEntry, folder: string): Promise<Incoming[]> {
  const path = folder + entry.name
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    )
    return [{ path, file }]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: Incoming[] = []
  // A reader gives a hundred at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return found
    for (const each of some) found.push(...(await walk(each, `${path}/`)))
  }
}

/** Gives a file to the browser's downloads. */
export function download(name: string, contents: Contents): void {
  const address = URL.createObjectURL(new Blob([bytesOf(contents)]))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
