/** The line that is being edited on a terminal: what each key does to it, and how it is shown. */

import type { ShimContext } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { completionMembers } from './completion.ts'
import { displayMembers } from './display.ts'
import type { Key } from './keys.ts'

/** Two ends of one line. */
const lineEnd = /\r\n|\n|\r|\u2028|\u2029/

/** How far the word before, or the word after, goes. */
const word = /^\s*(?:[^\w\s]+|\w+)?/
const wordAfter = /^(?:\s+|[^\w\s]+|\w+)\s*/
const deletedAfter = /^(?:\s+|\W+|\w+)\s*/

const lengthOf = (pattern: RegExp, text: string): number => pattern.exec(text)?.[0].length ?? 0

function wordLeft({ line, cursor }: Loose): number {
  return lengthOf(word, [...line.slice(0, cursor)].reverse().join(''))
}

/** Characters of two units are one step. */
function stepLeft({ line, cursor }: Loose): number {
  return cursor > 0 ? ([...line.slice(0, cursor)].pop() as string).length : 0
}

function stepRight({ line, cursor }: Loose): number {
  return cursor < line.length ? String.fromCodePoint(line.codePointAt(cursor)).length : 0
}

/** Keys to methods; what is pressed with `ctrl+` or `meta+`, and `ctrl+shift+`. */
const bindings: Readonly<Record<string, string>> = {
  ...{ backspace: '_deleteLeft', delete: '_deleteRight', left: '_left', right: '_right' },
  ...{ home: '_home', end: '_end', up: '_historyPrev', down: '_historyNext' },
  ...{ 'ctrl+c': '_interrupt', 'ctrl+h': '_deleteLeft', 'ctrl+d': '_endOrDelete' },
  ...{ 'ctrl+u': '_deleteLineLeft', 'ctrl+k': '_deleteLineRight', 'ctrl+a': '_home' },
  ...{ 'ctrl+e': '_end', 'ctrl+b': '_left', 'ctrl+f': '_right', 'ctrl+l': '_clearScreen' },
  ...{ 'ctrl+n': '_historyNext', 'ctrl+p': '_historyPrev', 'ctrl+y': '_yank' },
  ...{ 'ctrl+w': '_deleteWordLeft', 'ctrl+backspace': '_deleteWordLeft' },
  ...{ 'ctrl+delete': '_deleteWordRight', 'ctrl+left': '_wordLeft', 'ctrl+right': '_wordRight' },
  ...{ 'ctrl+z': '_suspend', _: '_undo', '^': '_redo', 'meta+y': '_yankPop' },
  ...{ 'ctrl+shift+backspace': '_deleteLineLeft', 'ctrl+shift+delete': '_deleteLineRight' },
  ...{ 'meta+b': '_wordLeft', 'meta+f': '_wordRight', 'meta+d': '_deleteWordRight' },
  ...{ 'meta+delete': '_deleteWordRight', 'meta+backspace': '_deleteWordLeft' },
}

export function editorMembers(context: ShimContext): Record<string, LooseFunction> {
  const { now } = context.host
  /** Takes away what lies between two places. */
  function cut(self: Loose, from: number, to: number, keeps = false): void {
    if (from === to) return
    remember(self)
    if (keeps) {
      self._killRing.unshift(self.line.slice(from, to))
      if (self._killRing.length > 32) self._killRing.pop()
    }
    self.line = self.line.slice(0, from) + self.line.slice(to)
    self.cursor = from
    self._refreshLine()
  }

  function remember({ _undoStack, line, cursor }: Loose): void {
    _undoStack.push({ line, cursor })
    if (_undoStack.length > 2048) _undoStack.shift()
  }

  return {
    ...displayMembers(context),
    ...completionMembers(context),
    /** A text or a key, from the terminal or from `write`. */
    _ttyWrite(text, key) {
      const { name, ctrl, meta, shift, sequence }: Partial<Key> = key ?? {}
      const previous = this._previousKey
      this._previousKey = key ?? {}
      if (name === 'escape') return
      const undone = sequence === '\u001F' ? '_' : sequence === '\u001E' ? '^' : undefined
      const prefix = ctrl ? (shift ? 'ctrl+shift+' : 'ctrl+') : meta ? 'meta+' : ''
      const method = bindings[undone ?? prefix + name]
      const searches = prefix === '' && !shift && (name === 'up' || name === 'down')
      if (searches) this._searched ??= this.line.slice(0, this.cursor)
      else {
        this._searched = undefined
        if (this.historyIndex === this.history.length) this.historyIndex = -1
      }
      if (!method?.startsWith('_yank')) this._yanked = undefined
      if (method !== undefined) {
        this[method]()
        return
      }
      if (ctrl || meta) return
      if (this._sawReturnAt && name !== 'enter') this._sawReturnAt = 0
      if (name === 'return') {
        this._sawReturnAt = now()
        this._line()
      } else if (name === 'enter') {
        // The second half of what some terminals send for one key.
        if (!this._sawReturnAt || now() - this._sawReturnAt > this.crlfDelay) this._line()
        this._sawReturnAt = 0
      } else if (name === 'tab' && this.completer && this.isCompletionEnabled) {
        this._tabComplete(previous?.name === 'tab')
      } else if (typeof text === 'string' && text !== '') this._insertLines(text)
    },
    _insertLines(text) {
      const lines = text.split(lineEnd)
      const last = lines.pop()
      for (const line of lines) {
        this._insertString(line)
        this._line()
      }
      if (last !== '') this._insertString(last)
    },
    _insertString(text) {
      remember(this)
      const isAtEnd = this.cursor === this.line.length
      const { rows } = this.getCursorPos()
      this.line = this.line.slice(0, this.cursor) + text + this.line.slice(this.cursor)
      this.cursor += text.length
      if (isAtEnd && rows === this.getCursorPos().rows) this._writeToOutput(text)
      else this._refreshLine()
    },
    _line() {
      const line = this._addHistory()
      this._undoStack = []
      this.clearLine()
      this._onLine(line)
    },
    clearLine() {
      this._moveCursor(Number.POSITIVE_INFINITY)
      this._writeToOutput('\r\n')
      this.line = ''
      this.cursor = 0
      this.prevRows = 0
    },
    _addHistory() {
      const { line, history } = this
      if (line.trim() === '' || this.historySize === 0) return line
      if (history[0] !== line) {
        if (this.removeHistoryDuplicates) {
          const at = history.indexOf(line)
          if (at !== -1) history.splice(at, 1)
        }
        history.unshift(line)
        if (history.length > this.historySize) history.pop()
      }
      this.historyIndex = -1
      // A listener may take the line out again, as for a password.
      const [newest] = history
      this.emit('history', history)
      return newest
    },
    _historyNext() {
      showHistory(this, -1)
    },
    _historyPrev() {
      showHistory(this, 1)
    },
    _left() {
      this._moveCursor(-stepLeft(this))
    },
    _right() {
      this._moveCursor(stepRight(this))
    },
    _home() {
      this._moveCursor(Number.NEGATIVE_INFINITY)
    },
    _end() {
      this._moveCursor(Number.POSITIVE_INFINITY)
    },
    _wordLeft() {
      this._moveCursor(-wordLeft(this))
    },
    _wordRight() {
      this._moveCursor(lengthOf(wordAfter, this.line.slice(this.cursor)))
    },
    _deleteLeft() {
      cut(this, this.cursor - stepLeft(this), this.cursor)
    },
    _deleteRight() {
      cut(this, this.cursor, this.cursor + stepRight(this))
    },
    _deleteWordLeft() {
      cut(this, this.cursor - wordLeft(this), this.cursor)
    },
    _deleteWordRight() {
      const length = lengthOf(deletedAfter, this.line.slice(this.cursor))
      cut(this, this.cursor, this.cursor + length)
    },
    _deleteLineLeft() {
      cut(this, 0, this.cursor, true)
    },
    _deleteLineRight() {
      cut(this, this.cursor, this.line.length, true)
    },
    _yank() {
      this._yanked = 0
      if (this._killRing.length > 0) this._insertString(this._killRing[0])
    },
    /** Another of what was deleted, in place of what was just put there. */
    _yankPop() {
      const { _killRing: ring, _yanked: at } = this
      if (at === undefined || ring.length < 2) return
      cut(this, this.cursor - ring[at].length, this.cursor)
      this._yanked = (at + 1) % ring.length
      this._insertString(ring[this._yanked])
    },
    _undo() {
      goBack(this, this._undoStack, this._redoStack)
    },
    _redo() {
      goBack(this, this._redoStack, this._undoStack)
    },
    _interrupt() {
      if (!this.emit('SIGINT')) this.close()
    },
    _suspend() {
      this.emit('SIGTSTP')
    },
    _endOrDelete() {
      if (this.line === '') this.close()
      else this._deleteRight()
    },
  }

  function goBack(self: Loose, from: Loose[], to: Loose[]): void {
    const before = from.pop()
    if (before === undefined) return
    to.push({ line: self.line, cursor: self.cursor })
    Object.assign(self, before)
    self._refreshLine()
  }

  /** The next line of the history, on its way back or forth, that begins as what was typed. */
  function showHistory(self: Loose, step: number): void {
    const { history, historyIndex } = self
    if (history.length === 0 || (step < 0 ? historyIndex < 0 : historyIndex >= history.length))
      return
    const searched = self._searched ?? ''
    remember(self)
    let at = historyIndex + step
    const isPassed = (line: string) => !line.startsWith(searched) || line === self.line
    while (at >= 0 && at < history.length && isPassed(history[at])) at += step
    self.historyIndex = at
    self.line = history[at] ?? searched
    self.cursor = self.line.length
    self._refreshLine()
  }
}
