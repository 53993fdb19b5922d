/** The panel of files: the tree, the buttons above it, and what they do; every deed can be undone. */
import { element, oncePerFrame } from '../dom.ts'
import { ask } from '../layout/dialog.ts'
import { complain, toast } from '../layout/toast.ts'
import { pack } from './archive.ts'
import { additions, download, fromDrop, fromInput } from './incoming.ts'
import { creation, exists, isFolder, movement, pathsWithin, removal } from './operations.ts'
import { folderOf, home, isWithin, join, nameOf, readPath, shortPath } from './paths.ts'
import { createTree } from './tree.ts'
import type { Edits, Workspace } from './workspace.ts'

export interface FilesPanel {
  reveal(path: string): void
}

export interface FilesPanelParts {
  readonly workspace: Workspace
  open(path: string): void
  /** A file, or a folder with all that is in it, is somewhere else now. */
  moved(from: string, to: string): void
}

export function createFilesPanel({ workspace, open, moved }: FilesPanelParts): FilesPanel {
  let undoLast: (() => void) | undefined
  const tree = createTree(element('tree', HTMLDivElement), {
    files: () => workspace.files,
    open,
    rename,
    remove,
    move: (path, folder) => attempt(() => move(path, join(folder, nameOf(path)))),
    receive(items, folder) {
      // Now, not later: the items are gone after the event.
      const dropped = fromDrop(items)
      attempt(async () => receive(await additions(await dropped, folder)))
    },
    undo: () => undoLast?.(),
  })

  const render = oncePerFrame(tree.render)
  workspace.onChange((_, origin) => {
    if (origin !== 'editor') render()
  })

  /** Does it, says so, and remembers how to take it back. */
  function apply(edits: Edits, said: string, undone = () => {}): void {
    const inverse = workspace.apply(edits, 'files')
    const undo = () => {
      undoLast = undefined
      workspace.apply(inverse, 'files')
      undone()
      toast('Undone.')
    }
    undoLast = undo
    toast(said, { label: 'Undo', act: undo })
  }

  function takeFocus(): void {
    if (tree.current !== undefined) tree.focus(tree.current)
  }

  async function attempt(action: () => void | Promise<void>): Promise<void> {
    try {
      await action()
    } catch (error) {
      complain(error)
    }
  }

  function move(from: string, to: string): void {
    const edits = movement(workspace.files, from, to)
    if (edits.size === 0) return
    apply(edits, `${nameOf(from)} is now ${shortPath(to)}.`, () => moved(to, from))
    moved(from, to)
    tree.focus(to)
  }

  function remove(path: string): void {
    const count = pathsWithin(workspace.files, path).length
    const isOne = workspace.files.has(path)
    apply(
      removal(workspace.files, path),
      isOne
        ? `${shortPath(path)} is deleted.`
        : `${shortPath(path)} is deleted with ${count} files.`,
    )
  }

  function rename(path: string): void {
    ask({
      title: `Rename or move ${nameOf(path)}`,
      label: 'New name',
      hint: 'A path moves it: lib/greet.js. It counts from /app.',
      value: shortPath(path),
      action: 'Rename',
      act: (typed) => move(path, readPath(typed)),
      takeFocus,
    })
  }

  function create(isForFolder: boolean): void {
    const folder = currentFolder()
    ask({
      title: isForFolder ? 'New folder' : 'New file',
      label: 'Name',
      hint: 'With its path from /app: lib/greet.js. Folders that are missing are made.',
      value: folder === home ? '' : `${shortPath(folder)}/`,
      action: 'Create',
      takeFocus,
      act(typed) {
        const path = readPath(typed)
        apply(creation(workspace.files, path, isForFolder), `${shortPath(path)} is created.`)
        if (!isForFolder) open(path)
        else tree.reveal(path)
      },
    })
  }

  function receive(edits: Edits): void {
    const replaced = [...edits.keys()].filter((path) => workspace.files.has(path)).length
    const folders = [...edits.keys()].filter((path) => isFolder(workspace.files, path))
    if (folders[0]) throw new Error(`${folders[0]} is a folder here, and cannot become a file.`)
    const added = `${edits.size} ${edits.size === 1 ? 'file is' : 'files are'} added`
    apply(edits, replaced === 0 ? `${added}.` : `${added}, ${replaced} of them replaced another.`)
    const [first] = edits.keys()
    if (first !== undefined) tree.reveal(first)
  }

  const currentFolder = (): string => {
    const { current } = tree
    if (current === undefined || !exists(workspace.files, current)) return home
    return isFolder(workspace.files, current) ? current : folderOf(current)
  }
  const onCurrent = (act: (path: string) => void) => () => {
    if (tree.current === undefined) complain(new Error('Choose a file or a folder first.'))
    else act(tree.current)
  }
  const onClick = (id: string, act: () => void) =>
    element(id, HTMLButtonElement).addEventListener('click', act)

  const input = element('upload-input', HTMLInputElement)
  input.addEventListener('change', () => {
    const chosen = fromInput(input.files ?? [])
    attempt(async () => receive(await additions(chosen, currentFolder())))
    input.value = ''
  })
  onClick('new-file', () => create(false))
  onClick('new-folder', () => create(true))
  onClick('upload', () => input.click())
  onClick('rename', onCurrent(rename))
  onClick('delete', onCurrent(remove))
  onClick(
    'download',
    onCurrent((path) =>
      attempt(async () => {
        const contents = workspace.files.get(path)
        if (contents !== undefined) download(nameOf(path), contents)
        else download(`${nameOf(path)}.zip`, await pack(relativeFiles(workspace, path)))
      }),
    ),
  )
  onClick('download-all', () =>
    attempt(async () => download('program.zip', await pack(relativeFiles(workspace, home)))),
  )

  return { reveal: tree.reveal }
}

function relativeFiles({ files }: Workspace, folder: string): Map<string, string | Uint8Array> {
  const within = [...files].filter(([path]) => isWithin(path, folder) && path !== `${folder}/`)
  return new Map(within.map(([path, contents]) => [path.slice(folder.length + 1), contents]))
}
