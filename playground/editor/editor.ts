/** The editor: a plain text field until CodeMirror has come, and in its place when it cannot be fetched. */
import type { EditorState as State } from '@codemirror/state'
import { make } from '../dom.ts'

export interface Editor {
  /** Shows a file; each keeps its own history, selection and scroll position. */
  open(path: string, text: string): void
  /** Puts the cursor there, from 1. */
  goTo(line: number, column: number): void
  /** A file has changed elsewhere. */
  update(path: string, text: string): void
  /** What the editor remembers of files is of no use any more. */
  forget(): void
  focus(): void
}

type CodeMirror = typeof import('./codemirror.ts')
type Languages = typeof import('./languages.ts')

export async function createEditor(
  box: HTMLElement,
  changed: (path: string, text: string) => void,
): Promise<Editor> {
  try {
    // One after the other, so that neither keeps a slow machine for long.
    const codeMirror = await import('./codemirror.ts')
    const languages = await import('./languages.ts')
    return createRichEditor(box, codeMirror, languages, changed)
  } catch {
    return createPlainEditor(box, changed)
  }
}

function createRichEditor(
  box: HTMLElement,
  { EditorState, EditorView, extensionsFor }: CodeMirror,
  { languageOf }: Languages,
  changed: (path: string, text: string) => void,
): Editor {
  const states = new Map<string, State>()
  let shown = ''
  let isTelling = true
  const stateOf = (path: string, text: string) =>
    EditorState.create({
      doc: text,
      extensions: extensionsFor(path, languageOf(path), (now) => {
        if (isTelling) changed(path, now)
      }),
    })
  box.replaceChildren()
  const view = new EditorView({ parent: box })

  return {
    open(path, text) {
      if (shown !== '') states.set(shown, view.state)
      const kept = states.get(path)
      shown = path
      view.setState(kept?.doc.toString() === text ? kept : stateOf(path, text))
    },
    goTo(line, column) {
      const { doc } = view.state
      const found = doc.line(Math.min(Math.max(line, 1), doc.lines))
      const anchor = Math.min(found.from + Math.max(column - 1, 0), found.to)
      view.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
      })
      view.focus()
    },
    update(path, text) {
      states.delete(path)
      if (path !== shown || view.state.doc.toString() === text) return
      isTelling = false
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
      isTelling = true
    },
    forget() {
      states.clear()
      shown = ''
    },
    focus: () => view.focus(),
  }
}

/** Characters; a field that holds more takes the browser seconds. */
const mostPlain = 200_000

export function createPlainEditor(
  box: HTMLElement,
  changed: (path: string, text: string) => void,
): Editor {
  const field = make('textarea', 'plain')
  field.spellcheck = false
  field.wrap = 'off'
  field.setAttribute('aria-describedby', 'editor-hint')
  let shown = ''
  field.addEventListener('input', () => changed(shown, field.value))
  box.replaceChildren(field)

  function open(path: string, text: string): void {
    shown = path
    field.setAttribute('aria-label', `Text of ${path}`)
    field.readOnly = text.length > mostPlain
    field.value = field.readOnly
      ? `${text.slice(0, mostPlain)}\n… the rest is not shown, and cannot be edited here: the file is too large.`
      : text
    field.scrollTop = 0
  }

  return {
    open,
    goTo(line, column) {
      const before = field.value.split('\n').slice(0, line - 1)
      const place = before.join('\n').length + (before.length > 0 ? 1 : 0) + column - 1
      field.focus()
      field.setSelectionRange(place, place)
    },
    update(path, text) {
      if (path === shown && field.value !== text) open(path, text)
    },
    forget() {},
    focus: () => field.focus(),
  }
}
