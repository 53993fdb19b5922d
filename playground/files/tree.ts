/** The tree of files: https://www.w3.org/WAI/ARIA/apg/patterns/treeview/, one tab stop, everything else by keys. */
import { icon, make } from '../dom.ts'
import type { Contents } from './contents.ts'
import { folderOf, home, isWithin } from './paths.ts'
import { folderTree, type Row, visibleRows } from './tree-model.ts'
import { createTypeAhead } from './type-ahead.ts'

export interface TreeParts {
  files(): ReadonlyMap<string, Contents>
  open(path: string): void
  rename(path: string): void
  remove(path: string): void
  /** Into a folder. */
  move(path: string, folder: string): void
  /** Files from outside, into a folder. */
  receive(items: DataTransferItemList, folder: string): void
  undo(): void
}

export interface Tree {
  /** The files have changed. */
  render(): void
  /** Marks the file that the editor shows, and opens the folders above it. */
  reveal(path: string): void
  focus(path: string): void
  /** What was chosen last: what buttons above the tree act upon. */
  readonly current: string | undefined
}

export function createTree(box: HTMLElement, parts: TreeParts): Tree {
  const expanded = new Set<string>()
  let rows: Row[] = []
  let current: string | undefined
  let opened: string | undefined
  /** What Ctrl+X has taken. */
  let cut: string | undefined
  const typeAhead = createTypeAhead()

  function render(): void {
    const hadFocus = box.contains(document.activeElement)
    rows = visibleRows(folderTree(parts.files().keys()), expanded)
    if (!rows.some(({ path }) => path === current)) current = nearestTo(current)
    box.replaceChildren(...rows.map(rowElement))
    if (hadFocus) focusRow(current)
  }

  /** What stands where something has vanished. */
  function nearestTo(path: string | undefined): string | undefined {
    for (let above = path ?? ''; above !== '' && above !== '/'; above = folderOf(above)) {
      if (rows.some((row) => row.path === above)) return above
    }
    return rows[0]?.path
  }

  function rowElement(row: Row): HTMLElement {
    const item = make('div', row.isFolder ? 'row folder' : 'row file')
    item.setAttribute('role', 'treeitem')
    item.setAttribute('aria-level', String(row.level))
    item.setAttribute('aria-posinset', String(row.position))
    item.setAttribute('aria-setsize', String(row.size))
    if (row.isFolder) item.setAttribute('aria-expanded', String(row.isExpanded))
    item.setAttribute('aria-selected', String(row.path === opened))
    item.style.setProperty('--level', String(row.level))
    item.dataset.path = row.path
    item.title = row.path
    item.tabIndex = row.path === current ? 0 : -1
    item.draggable = true
    if (row.path === cut) item.classList.add('cut')
    item.append(icon(row.isFolder ? 'chevron' : 'file'), make('span', 'label', row.label))
    return item
  }

  const elementOf = (path: string | undefined) =>
    path === undefined
      ? undefined
      : box.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`)

  function focusRow(path: string | undefined): void {
    const before = elementOf(current)
    if (before) before.tabIndex = -1
    current = path
    const item = elementOf(path)
    if (!item) return
    item.tabIndex = 0
    item.focus()
  }

  function toggle(path: string, isOpen = !expanded.has(path)): void {
    if (isOpen) expanded.add(path)
    else expanded.delete(path)
    render()
  }

  function activate(row: Row): void {
    if (row.isFolder) toggle(row.path)
    else parts.open(row.path)
  }

  const rowAt = (target: EventTarget | null): Row | undefined => {
    const item = target instanceof Element ? target.closest<HTMLElement>('.row') : null
    return rows.find(({ path }) => path === item?.dataset.path)
  }
  /** Where something goes that is put onto that row. */
  const folderAt = (row: Row | undefined): string => {
    if (row === undefined) return home
    return row.isFolder ? row.path : folderOf(row.path)
  }

  const keys: Record<string, (row: Row, index: number) => void> = {
    ArrowDown: (_, index) => focusRow(rows[index + 1]?.path ?? current),
    ArrowUp: (_, index) => focusRow(rows[index - 1]?.path ?? current),
    Home: () => focusRow(rows[0]?.path),
    End: () => focusRow(rows.at(-1)?.path),
    ArrowRight(row, index) {
      if (row.isFolder && !row.isExpanded) toggle(row.path, true)
      else if (row.isFolder) focusRow(rows[index + 1]?.path)
    },
    ArrowLeft(row) {
      if (row.isExpanded) toggle(row.path, false)
      else if (rows.some(({ path }) => path === folderOf(row.path))) focusRow(folderOf(row.path))
    },
    '*'(row) {
      for (const each of rows) {
        if (each.isFolder && folderOf(each.path) === folderOf(row.path)) expanded.add(each.path)
      }
      render()
    },
    Enter: activate,
    ' ': activate,
    F2: ({ path }) => parts.rename(path),
    Delete: ({ path }) => parts.remove(path),
  }
  const keysWithControl: Record<string, (row: Row) => void> = {
    x({ path }) {
      cut = path
      render()
    },
    v(row) {
      const path = cut
      cut = undefined
      if (path !== undefined) parts.move(path, folderAt(row))
      else render()
    },
    z: () => parts.undo(),
  }

  box.addEventListener('keydown', (event) => {
    const row = rowAt(event.target)
    if (row === undefined || event.altKey) return
    const isControl = event.ctrlKey || event.metaKey
    const act = isControl ? keysWithControl[event.key.toLowerCase()] : keys[event.key]
    if (act) {
      event.preventDefault()
      act(row, rows.indexOf(row))
    } else if (!isControl && event.key.length === 1) {
      focusRow(typeAhead(event.key, rows, row) ?? current)
    }
  })
  box.addEventListener('click', (event) => {
    const row = rowAt(event.target)
    if (row === undefined) return
    focusRow(row.path)
    activate(row)
  })

  const mark = (folder: string | undefined) => {
    for (const item of box.querySelectorAll('.target')) item.classList.remove('target')
    box.classList.toggle('target', folder === home)
    if (folder !== undefined) elementOf(folder)?.classList.add('target')
  }
  box.addEventListener('dragstart', (event) => {
    const row = rowAt(event.target)
    if (row) event.dataTransfer?.setData('text/lodger-path', row.path)
  })
  box.addEventListener('dragover', (event) => {
    event.preventDefault()
    mark(folderAt(rowAt(event.target)))
  })
  box.addEventListener('dragleave', () => mark(undefined))
  box.addEventListener('drop', (event) => {
    event.preventDefault()
    mark(undefined)
    const folder = folderAt(rowAt(event.target))
    const path = event.dataTransfer?.getData('text/lodger-path')
    if (path) parts.move(path, folder)
    else if (event.dataTransfer) parts.receive(event.dataTransfer.items, folder)
  })

  return {
    get current() {
      return current
    },
    render,
    reveal(path) {
      opened = path
      current = path
      for (const folder of foldersAbove(path)) expanded.add(folder)
      render()
      elementOf(path)?.scrollIntoView({ block: 'nearest' })
    },
    focus: (path) => focusRow(path),
  }
}

function foldersAbove(path: string): string[] {
  const folders: string[] = []
  for (let above = folderOf(path); above !== '/'; above = folderOf(above)) folders.push(above)
  return folders.filter((folder) => folder !== home && isWithin(path, folder))
}
