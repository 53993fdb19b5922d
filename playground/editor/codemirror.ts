/** CodeMirror with what this editor uses of it: fetched after the page is there. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { classHighlighter } from '@lezer/highlight'

export { EditorState, EditorView }

/** No key of it is Tab: that one leads out of the editor. */
const keys = keymap.of([...historyKeymap, ...searchKeymap, ...foldKeymap, ...defaultKeymap])

export function extensionsFor(
  path: string,
  language: Extension,
  changed: (text: string) => void,
): Extension {
  return [
    lineNumbers(),
    foldGutter(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of('  '),
    bracketMatching(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search({ top: true }),
    keys,
    language,
    syntaxHighlighting(classHighlighter),
    EditorView.contentAttributes.of({
      'aria-label': `Text of ${path}`,
      'aria-describedby': 'editor-hint',
      // It can be reached anyway; this says so to those who look for it.
      tabindex: '0',
      spellcheck: 'false',
      autocapitalize: 'off',
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) changed(update.state.doc.toString())
    }),
  ]
}
