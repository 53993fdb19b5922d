/** The page: joins its parts. */
import { createConsole } from './console/console.ts'
import type { Place } from './console/places.ts'
import { element, make } from './dom.ts'
import { createEditor, createPlainEditor, type Editor } from './editor/editor.ts'
import { formatSize } from './files/contents.ts'
import { createFilesPanel } from './files/panel.ts'
import { isWithin } from './files/paths.ts'
import { createWorkspace } from './files/workspace.ts'
import { createGraph } from './graph/graph.ts'
import { connectDialogs } from './layout/dialog.ts'
import { createTabs } from './layout/tabs.ts'
import { complain, toast } from './layout/toast.ts'
import { createOverridesPanel } from './overrides/panel.ts'
import { createRunPanel } from './run/panel.ts'
import { createRunner } from './run/runner.ts'
import { programOf } from './run/settings.ts'
import { samples } from './samples/samples.ts'
import { createSession } from './session.ts'
import { showShareDialog } from './share/dialog.ts'
import { isLink } from './share/link.ts'
import { openDatabase } from './storage/database.ts'
import { createMemoryDatabase } from './storage/memory.ts'
import { createTrace } from './trace/trace.ts'

const workspace = createWorkspace()
const tabs = createTabs()
const runner = createRunner()
const database = await openDatabase().catch(createMemoryDatabase)
const editorBox = element('editor', HTMLDivElement)
const fileName = element('file-name', HTMLHeadingElement)
const picker = element('sample', HTMLSelectElement)
const resetButton = element('reset', HTMLButtonElement)
const removeButton = element('remove', HTMLButtonElement)

let editor: Editor = createPlainEditor(editorBox, edited)
let opened = ''

const files = createFilesPanel({
  workspace,
  open(path) {
    openFile(path)
    tabs.show('editor')
  },
  moved(from, to) {
    const { settings } = session
    if (isWithin(settings.main, from)) {
      session.change({ settings: { ...settings, main: to + settings.main.slice(from.length) } })
      showSettings()
    }
    if (isWithin(opened, from)) openFile(to + opened.slice(from.length))
  },
})
const output = createConsole({
  box: element('console', HTMLDivElement),
  exists: (path) => workspace.files.has(path),
  open: openPlace,
})
const graph = createGraph((path) => openPlace({ path, line: 1, column: 1 }))
const session = createSession({
  workspace,
  database,
  shown: showProgram,
  changedElsewhere: showSettings,
  complain,
})
const overrides = createOverridesPanel((rules) => {
  session.change({ settings: { ...session.settings, rules } })
  showEdited()
})
const trace = createTrace({
  files: () => workspace.files,
  explain: (...question) =>
    runner.explain(programOf(workspace.files, session.settings), ...question),
  open: ({ path, line }) => openPlace({ path, line, column: 1 }),
  complain,
})
const runPanel = createRunPanel({
  workspace,
  runner,
  console: output,
  graph,
  settings: () => session.settings,
  ready: () => session.ready,
  changed(settings) {
    session.change({ settings })
    showEdited()
  },
  began: () => tabs.show('console'),
  explain(...question) {
    tabs.show('trace')
    trace.ask(...question)
  },
  complain,
})

function edited(path: string, text: string): void {
  workspace.apply(new Map([[path, text]]), 'editor')
}

function openFile(path: string): void {
  const contents = workspace.files.get(path)
  if (contents === undefined) return
  opened = path
  fileName.textContent = path
  const isText = typeof contents === 'string'
  if (isText) editor.open(path, contents)
  showInstead(
    isText
      ? ''
      : `${formatSize(contents.length)} that are no text. Download the file to look into it.`,
  )
  session.change({ opened: path })
  files.reveal(path)
  trace.follow(path)
}

/** In the editor's place; nothing brings the editor back. */
function showInstead(text: string): void {
  const noText = element('no-text', HTMLParagraphElement)
  noText.textContent = text
  noText.hidden = text === ''
  editorBox.hidden = text !== ''
}

/** That file, or another one when it is not there. */
function openFileOrOther(path: string): void {
  const files = [...workspace.files.keys()].filter((each) => !each.endsWith('/'))
  const own = files.find((each) => !each.includes('/node_modules/'))
  const found = [path, session.settings.main, own, files[0]].find(
    (each) => each !== undefined && workspace.files.has(each),
  )
  if (found !== undefined) {
    openFile(found)
    return
  }
  opened = ''
  fileName.textContent = 'No file'
  showInstead('There is no file any more: make one, or Reset.')
}

function openPlace({ path, line, column }: Place): void {
  if (!workspace.files.has(path)) {
    complain(new Error(`${path} is not there any more.`))
    return
  }
  if (path !== opened) openFile(path)
  tabs.show('editor')
  editor.goTo(line, column)
}

/** Another program is open. */
function showProgram(): void {
  runner.stop()
  output.clear()
  graph.clear()
  trace.clear(session.sample.packages[0] ?? 'fs')
  editor.forget()
  const state = element('state', HTMLOutputElement)
  state.className = ''
  state.textContent = 'not run yet'
  showSettings()
  openFileOrOther(session.opened)
  showPicker()
}

function showSettings(): void {
  runPanel.show(session.settings)
  overrides.show(session.settings.rules)
  showEdited()
}

function showPicker(): void {
  const links = make('optgroup', '')
  links.label = 'From links'
  links.append(
    ...session.links.map((id, index) => new Option(`Program from a link, no. ${index + 1}`, id)),
  )
  const own = make('optgroup', '')
  own.label = 'Samples'
  own.append(...samples.map(({ id, title }) => new Option(title, id)))
  picker.replaceChildren(own, ...(session.links.length > 0 ? [links] : []))
  picker.value = session.program
  const isFromLink = session.program.startsWith('link-')
  removeButton.hidden = !isFromLink
  element('about', HTMLParagraphElement).textContent = isFromLink
    ? 'Came by a link. Read it before you run it; your other programs are as you left them.'
    : session.sample.about
}

function showEdited(): void {
  const isEdited = session.isEdited()
  resetButton.disabled = !isEdited
  element('edited', HTMLSpanElement).textContent = isEdited ? 'edited' : ''
}

async function attempt(action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (error) {
    complain(error)
  }
}

const nothingLasts =
  'This browser lets the page keep nothing: what you change is gone when you leave. Share or Download .zip take it along.'

/** Ctrl+S is in people's fingers. */
function sayThatItIsSaved(): void {
  attempt(session.save)
  toast(
    database.isLasting
      ? 'Saved in this browser, as every change is at once. Share or Download .zip take it elsewhere.'
      : nothingLasts,
  )
}

async function openLink(): Promise<void> {
  const wasKnown = await session.openLink(location.hash)
  toast(
    wasKnown
      ? 'You have opened this link before: here it is as you left it. Reset leads back to what the link says.'
      : 'A program that came by a link: read it before you run it. Nothing of yours was overwritten.',
  )
}

/** The file in the editor is gone or no text any more, unless it has only been moved. */
function leaveLostFile(): void {
  openFileOrOther(opened)
}

workspace.onChange((paths, origin) => {
  if (origin !== 'editor' && paths.includes(opened)) {
    const contents = workspace.files.get(opened)
    if (typeof contents === 'string') editor.update(opened, contents)
    else if (origin !== 'opened') queueMicrotask(leaveLostFile)
  }
  if (origin !== 'opened') showEdited()
})

/** The program of the address is not the one that is shown any more. */
function leaveLink(): void {
  history.replaceState(null, '', location.pathname + location.search)
}

picker.addEventListener('change', () => {
  leaveLink()
  attempt(() => session.open(picker.value))
})
resetButton.addEventListener('click', () => {
  const undo = session.reset()
  showSettings()
  openFileOrOther(session.settings.main)
  toast(`${session.sample.title}: all files and settings are as they were at first.`, {
    label: 'Undo',
    act() {
      undo()
      showSettings()
    },
  })
})
removeButton.addEventListener('click', () =>
  attempt(async () => {
    leaveLink()
    const undo = await session.remove()
    picker.focus()
    toast('The program from the link is removed.', { label: 'Undo', act: () => attempt(undo) })
  }),
)
element('share-open', HTMLButtonElement).addEventListener('click', () => {
  const { sample, settings } = session
  attempt(() => showShareDialog({ sample: sample.id, settings, changes: workspace.changes }))
})
element('clear', HTMLButtonElement).addEventListener('click', output.clear)
// Before the editor has its turn: there Ctrl+Enter would make a new line.
document.addEventListener(
  'keydown',
  (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return
    if (document.querySelector('dialog[open]') !== null) return
    const act = { Enter: runPanel.run, s: sayThatItIsSaved }[event.key]
    if (act === undefined) return
    event.preventDefault()
    event.stopPropagation()
    act()
  },
  { capture: true },
)
addEventListener('hashchange', () => {
  if (isLink(location.hash)) attempt(openLink)
})

connectDialogs()
await attempt(async () => {
  if (!isLink(location.hash)) return session.restore()
  try {
    await openLink()
  } catch (error) {
    await session.restore()
    throw error
  }
})
if (!database.isLasting) complain(new Error(nothingLasts))
document.documentElement.dataset.ready = String(Math.round(performance.now()))
runner.prepare()
const rich = await createEditor(editorBox, edited)
const hadFocus = editorBox.contains(document.activeElement)
editor = rich
const text = workspace.files.get(opened)
if (typeof text === 'string') editor.open(opened, text)
if (hadFocus) editor.focus()
document.documentElement.dataset.editor = 'ready'
