/** What the tab key does where there is a completer. */

import type { ShimContext } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { stringWidth } from '../string-width.ts'

export function completionMembers(context: ShimContext): Record<string, LooseFunction> {
  return {
    _tabComplete(isSecond: boolean) {
      this.pause()
      const done = (error: unknown, answer?: Loose) => {
        if (this.closed) return
        this.resume()
        if (error) {
          const { inspect } = context.require('util')
          this._writeToOutput(`Tab completion error: ${inspect(error)}`)
        } else complete(this, answer, isSecond)
      }
      const text = this.line.slice(0, this.cursor)
      if (this.completer.length === 2 && !this._awaitsCompleter) {
        this.completer(text, done)
        return
      }
      if (!this._awaitsCompleter) {
        done(null, this.completer(text))
        return
      }
      void askLater(() => this.completer(text), done)
    },
  }
}

async function askLater(
  ask: () => Promise<Loose>,
  done: (error: unknown, answer?: Loose) => void,
): Promise<void> {
  let answer: Loose
  try {
    answer = await ask()
  } catch (error) {
    done(error)
    return
  }
  done(null, answer)
}

function complete(self: Loose, [found, given]: [string[], string], isSecond: boolean): void {
  if (!found || found.length === 0) return
  const prefix = commonPrefix(found.filter((each) => each !== ''))
  if (prefix.startsWith(given) && prefix.length > given.length) {
    self._insertString(prefix.slice(given.length))
    return
  }
  if (!given.startsWith(prefix)) {
    const from = self.cursor - given.length
    self.line = self.line.slice(0, from) + prefix + self.line.slice(self.cursor)
    self.cursor = from + prefix.length
    self._refreshLine()
    return
  }
  if (!isSecond) return
  self._writeToOutput(inColumns(found, self.columns))
  self._refreshLine()
}

/** All of them in columns of one width; an empty one begins a new group. */
function inColumns(found: readonly string[], columns: number): string {
  const width = Math.max(...found.map(stringWidth)) + 2
  const most = Number.isFinite(columns) ? Math.floor(columns / width) || 1 : 1
  let text = '\r\n'
  let count = 0
  let blank = 0
  for (const each of found) {
    if (count === most || (each === '' && count > 0)) {
      text += '\r\n'
      count = 0
      blank = 0
    } else text += ' '.repeat(blank)
    if (each === '') {
      text += '\r\n'
      continue
    }
    text += each
    blank = width - stringWidth(each)
    count++
  }
  return count === 0 ? text : `${text}\r\n\r\n`
}

function commonPrefix(texts: readonly string[]): string {
  const [first = ''] = texts
  let length = first.length
  for (const text of texts) {
    while (!text.startsWith(first.slice(0, length))) length--
  }
  return first.slice(0, length)
}
