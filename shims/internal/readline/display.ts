/** Where the cursor is on the screen, and what has to be written to bring prompt and line there. */

import type { ShimContext } from '../../../src/seams.ts'
import type { LooseFunction } from '../loose.ts'
import { stringWidth } from '../string-width.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are controlled by them
const escapes = /\u001B\[[\d;?]*[ -/]*[@-~]/g

export function displayMembers(context: ShimContext): Record<string, LooseFunction> {
  const screen = () => context.require('readline')
  return {
    _writeToOutput(text: string) {
      this.output?.write(text)
    },
    _setRawMode(mode) {
      const { input } = this
      const before = input.isRaw
      input.setRawMode?.(mode)
      return before
    },
    /** Rows and columns that a text takes, beginning at the left. */
    _getDisplayPos(text: string) {
      const width = this.columns
      let column = 0
      let rows = 0
      for (const character of text.replace(escapes, '')) {
        if (character === '\n') {
          rows += Math.ceil(column / width) || 1
          column = 0
        } else if (character === '\t') column += this.tabSize - (column % this.tabSize)
        else {
          const wide = stringWidth(character)
          // Two columns are not parted.
          if (wide === 2 && (column + 1) % width === 0) column++
          column += wide
        }
      }
      const cols = column % width
      return { cols, rows: rows + (column - cols) / width }
    },
    getCursorPos() {
      return this._getDisplayPos(this._prompt + this.line.slice(0, this.cursor))
    },
    _refreshLine() {
      const { output } = this
      const { cursorTo, moveCursor, clearScreenDown } = screen()
      const shown = this._prompt + this.line
      const end = this._getDisplayPos(shown)
      const at = this.getCursorPos()
      if (this.prevRows > 0) moveCursor(output, 0, -this.prevRows)
      cursorTo(output, 0)
      clearScreenDown(output)
      this._writeToOutput(shown)
      // Terminals go to the next row with the next character only.
      if (end.cols === 0) this._writeToOutput(' ')
      cursorTo(output, at.cols)
      if (end.rows > at.rows) moveCursor(output, 0, at.rows - end.rows)
      this.prevRows = at.rows
    },
    _moveCursor(by: number) {
      if (by === 0) return
      const before = this.getCursorPos()
      this.cursor = Math.min(Math.max(this.cursor + by, 0), this.line.length)
      const after = this.getCursorPos()
      if (before.rows !== after.rows) this._refreshLine()
      else {
        screen().moveCursor(this.output, after.cols - before.cols, 0)
        this.prevRows = after.rows
      }
    },
    _clearScreen() {
      const { cursorTo, clearScreenDown } = screen()
      cursorTo(this.output, 0, 0)
      clearScreenDown(this.output)
      this.prevRows = 0
      this._refreshLine()
    },
  }
}
