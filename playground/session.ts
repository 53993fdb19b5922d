/** The program that is open, and the ones that wait: each sample and each link keeps its own files and settings. */
import { type Contents, isSame } from './files/contents.ts'
import type { Edits, Workspace } from './files/workspace.ts'
import type { Settings } from './run/settings.ts'
import { loadPackages } from './samples/packages.ts'
import { firstSample, type Sample, samples } from './samples/samples.ts'
import { readLink, type Shared } from './share/link.ts'
import type { Database, Saved } from './storage/database.ts'

export interface Session {
  readonly program: string
  readonly sample: Sample
  readonly settings: Settings
  readonly opened: string
  /** Settles when the program that was chosen last is open, and its packages are there. */
  readonly ready: Promise<void>
  /** Programs that came by links. */
  readonly links: readonly string[]
  /** Opens what was open last. */
  restore(): Promise<void>
  /** A sample, or a program that came by a link. */
  open(program: string): Promise<void>
  /** @returns whether it had been opened before, and is shown as it was left */
  openLink(hash: string): Promise<boolean>
  /** Forgets a program that came by a link. @returns what takes that back */
  remove(): Promise<() => Promise<void>>
  /** Back to the sample, or to what the link says. @returns what takes that back */
  reset(): () => void
  /** Whether there is anything to reset. */
  isEdited(): boolean
  change(change: Partial<Pick<Session, 'settings' | 'opened'>>): void
  /** Writes at once what waits to be written. */
  save(): Promise<void>
}

export interface SessionParts {
  readonly workspace: Workspace
  readonly database: Database
  /** Files and settings are those of another program now. */
  shown(): void
  /** Another tab has changed the settings. */
  changedElsewhere(): void
  complain(error: unknown): void
}

/** What a tab tells the others when it has written a program. */
interface Written {
  readonly program: string
  readonly settings: Settings
  readonly changed: ReadonlyMap<string, Contents | null | undefined>
}

/** Milliseconds after a change, so that not every keystroke is written. */
const pause = 250

export function createSession(parts: SessionParts): Session {
  const { workspace, database, shown, complain } = parts
  const tabs = new BroadcastChannel('lodger-playground')
  let program = firstSample.id
  let sample = firstSample
  let settings = settingsOf(firstSample)
  let opened = firstSample.main
  let link: string | undefined
  /** What the link says, to which a reset leads. */
  let shared: Shared | undefined
  let links: string[] = []
  let dirty = new Set<string>()
  let isDirty = false
  /** The last change of the program, and then its packages. */
  let opening: Promise<unknown> = Promise.resolve()
  let fetching: Promise<void> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined

  workspace.onChange((paths, origin) => {
    if (origin === 'opened' || origin === 'elsewhere') return
    for (const path of paths) dirty.add(path)
    saveSoon()
  })
  tabs.addEventListener('message', ({ data }: MessageEvent<Written>) => follow(data))
  // The last moments in which something can be written.
  addEventListener('pagehide', () => void save())
  document.addEventListener('visibilitychange', () => void save())

  function saveSoon(): void {
    isDirty = true
    timer ??= setTimeout(save, pause)
  }

  async function save(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (!isDirty) return
    isDirty = false
    const changed = new Map([...dirty].map((path) => [path, workspace.changes.get(path)] as const))
    dirty = new Set()
    const saved: Saved = { settings, opened, link }
    try {
      await database.write(program, saved, changed)
      tabs.postMessage({ program, settings, changed } satisfies Written)
    } catch (error) {
      complain(new Error(`Your changes could not be saved: ${(error as Error).message}`))
    }
  }

  /** The same program is open in another tab, and must not be written over from here. */
  function follow(written: Written): void {
    if (written.program !== program) return
    const edits = new Map<string, Contents | null>()
    for (const [path, contents] of written.changed) {
      if (dirty.has(path)) continue
      edits.set(path, contents === undefined ? workspace.original(path) : contents)
    }
    workspace.apply(edits, 'elsewhere')
    if (isDirty) return
    settings = written.settings
    parts.changedElsewhere()
  }

  function show(id: string, from: Sample, saved: Saved, changes: Edits): void {
    program = id
    sample = from
    settings = saved.settings
    opened = saved.opened
    link = saved.link
    workspace.open(from.files, changes)
    shown()
    fetching = loadPackages(from.packages).then(
      (packages) => {
        if (program === id) workspace.extend(packages)
      },
      () =>
        complain(new Error('The packages of this sample could not be fetched. Reload the page.')),
    )
  }

  async function restore(): Promise<void> {
    links = (await database.links()).map((each) => each.program)
    await open((await database.last()) ?? firstSample.id)
  }

  async function open(id: string): Promise<void> {
    await save()
    const kept = await database.read(id)
    shared = kept?.saved.link === undefined ? undefined : await readLink(kept.saved.link)
    const from = sampleOf(shared?.sample ?? id)
    const fresh: Saved = { settings: settingsOf(from), opened: from.main }
    show(id, from, kept?.saved ?? fresh, kept?.changes ?? new Map())
    saveSoon()
  }

  async function openLink(hash: string): Promise<boolean> {
    const carried = await readLink(hash)
    await save()
    const known = (await database.links()).find((each) => each.link === hash)
    if (known !== undefined) {
      await open(known.program)
      return true
    }
    shared = carried
    const id = `link-${Date.now().toString(36)}`
    links.push(id)
    const saved: Saved = { settings: carried.settings, opened: carried.settings.main, link: hash }
    for (const path of carried.changes.keys()) dirty.add(path)
    isDirty = true
    show(id, sampleOf(carried.sample), saved, carried.changes)
    await save()
    return false
  }

  async function remove(): Promise<() => Promise<void>> {
    await save()
    const removed = program
    const saved: Saved = { settings, opened, link }
    const changes = new Map(workspace.changes)
    await database.forget(removed)
    links = links.filter((each) => each !== removed)
    await open(firstSample.id)
    return async () => {
      await database.write(removed, saved, changes)
      links.push(removed)
      await open(removed)
    }
  }

  /** What differs from where a reset leads. */
  function resetEdits(): Edits {
    const target = new Map(shared?.changes)
    const edits = new Map<string, Contents | null>()
    for (const path of new Set([...workspace.changes.keys(), ...target.keys()])) {
      const wanted = target.get(path) ?? (target.has(path) ? null : workspace.original(path))
      if (!isSame(workspace.files.get(path) ?? null, wanted)) edits.set(path, wanted)
    }
    return edits
  }

  /** Who runs a program right after choosing it means the new one. */
  function whileOpening<Result>(change: Promise<Result>): Promise<Result> {
    opening = change.catch(() => undefined)
    return change
  }

  const firstSettings = () => shared?.settings ?? settingsOf(sample)

  return {
    get program() {
      return program
    },
    get sample() {
      return sample
    },
    get settings() {
      return settings
    },
    get opened() {
      return opened
    },
    get ready() {
      return opening.then(() => fetching)
    },
    get links() {
      return links
    },
    restore: () => whileOpening(restore()),
    open: (id) => whileOpening(open(id)),
    openLink: (hash) => whileOpening(openLink(hash)),
    remove: () => whileOpening(remove()),
    reset() {
      const before = settings
      const inverse = workspace.apply(resetEdits(), 'files')
      settings = firstSettings()
      saveSoon()
      return () => {
        settings = before
        workspace.apply(inverse, 'files')
        saveSoon()
      }
    },
    isEdited: () =>
      resetEdits().size > 0 || JSON.stringify(settings) !== JSON.stringify(firstSettings()),
    change(change) {
      settings = change.settings ?? settings
      opened = change.opened ?? opened
      saveSoon()
    },
    save,
  }
}

function sampleOf(id: string): Sample {
  return samples.find((sample) => sample.id === id) ?? firstSample
}

function settingsOf({ main, args, env, rules }: Sample): Settings {
  return { main, args, env, rules }
}
