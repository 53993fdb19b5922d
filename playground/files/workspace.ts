/**
 * The files of the open program: what its sample came with, and what was changed since. Only the changes are kept
 * across reloads and put into links.
 */
import type { Contents } from './contents.ts'

/** A path that ends in a slash is a folder with nothing in it. `null` takes away what stands at the path. */
export type Edits = ReadonlyMap<string, Contents | null>

/** Who has made a change; the editor need not be told of its own, nor the database of what it has or of what another tab has written. */
export type Origin = 'editor' | 'files' | 'program' | 'opened' | 'elsewhere'

export type ChangeListener = (paths: readonly string[], origin: Origin) => void

export interface Workspace {
  /** Everything that the program can see. */
  readonly files: ReadonlyMap<string, Contents>
  /** What differs from the sample. */
  readonly changes: Edits
  /** What the sample had there. */
  original(path: string): Contents | null
  /** Opens another program. */
  open(base: Readonly<Record<string, string>>, changes: Edits): void
  /** Adds to what the sample came with: packages, which arrive later. */
  extend(base: Readonly<Record<string, string>>): void
  /** @returns the edits that take these back */
  apply(edits: Edits, origin: Origin): Edits
  onChange(listener: ChangeListener): void
}

export function createWorkspace(): Workspace {
  let base = new Map<string, string>()
  let changes = new Map<string, Contents | null>()
  let files = new Map<string, Contents>()
  const listeners: ChangeListener[] = []
  const tell: ChangeListener = (paths, origin) => {
    for (const listener of listeners) listener(paths, origin)
  }

  const merge = () => {
    files = new Map<string, Contents>(base)
    for (const [path, contents] of changes) {
      if (contents === null) files.delete(path)
      else files.set(path, contents)
    }
  }

  const set = (path: string, contents: Contents | null) => {
    if (contents === null) files.delete(path)
    else files.set(path, contents)
    if (contents === (base.get(path) ?? null)) changes.delete(path)
    else changes.set(path, contents)
  }

  return {
    get files() {
      return files
    },
    get changes() {
      return changes
    },
    original: (path) => base.get(path) ?? null,
    open(newBase, newChanges) {
      base = new Map(Object.entries(newBase))
      changes = new Map(newChanges)
      merge()
      tell([...files.keys()], 'opened')
    },
    extend(more) {
      for (const [path, text] of Object.entries(more)) base.set(path, text)
      merge()
      tell(Object.keys(more), 'opened')
    },
    apply(edits, origin) {
      const inverse = new Map<string, Contents | null>()
      for (const [path, contents] of edits) {
        const before = files.get(path) ?? null
        if (before === contents) continue
        inverse.set(path, before)
        set(path, contents)
      }
      if (inverse.size > 0) tell([...inverse.keys()], origin)
      return inverse
    },
    onChange: (listener) => void listeners.push(listener),
  }
}
