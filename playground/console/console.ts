/** The program's output, as a terminal shows it. */
import { button, make, oncePerFrame } from '../dom.ts'
import type { Stream } from '../run/protocol.ts'
import { plain, readAnsi, type Style, withoutAnsi } from './ansi.ts'
import { fillLine } from './line.ts'
import { findPlaces, type Place } from './places.ts'

export interface Console {
  /** Shown with the next frame. */
  write(stream: Stream, text: string): void
  /** So many lines were left out on the way. */
  omit(lines: number): void
  /** A line of the playground's own, with something that can be done about it. */
  say(text: string, action?: { readonly label: string; readonly act: () => void }): void
  /** Shows at once what was written. */
  flush(): void
  clear(): void
}

export interface ConsoleParts {
  readonly box: HTMLElement
  exists(path: string): boolean
  open(place: Place): void
}

/** Lines that are kept; a program that floods the page loses its oldest output, not the page. */
export const mostLines = 5000
/** What is longer would take the browser seconds to lay out. */
const longestLine = 20_000

interface Line {
  readonly kind: Stream
  text: string
  /** Nothing is added to it any more. */
  isWhole: boolean
  isCut: boolean
  shown?: HTMLElement
}

export function createConsole({ box, exists, open }: ConsoleParts): Console {
  let waiting: Line[] = []
  /** The line that has not ended. */
  let last: Line | undefined
  let lastKind: Stream | 'note' | undefined
  let dropped = 0
  const styles: Record<Stream, Style> = { stdout: plain, stderr: plain }
  const notice = make('p', 'line dropped')

  const schedule = oncePerFrame(flush)

  const show = (line: Line): HTMLElement => {
    const { kind, text, isWhole } = line
    line.shown ??= lineElement(kind)
    const { pieces, style } = readAnsi(text, styles[kind])
    if (isWhole) styles[kind] = style
    fillLine(line.shown, pieces, findPlaces(withoutAnsi(text), exists), open)
    return line.shown
  }

  const lineElement = (kind: Stream): HTMLElement => {
    const shown = make('div', `line ${kind}`)
    // Each stretch of the stream is named once, for those who do not see its colour.
    if (kind === 'stderr' && lastKind !== 'stderr') shown.dataset.starts = 'stderr'
    lastKind = kind
    return shown
  }

  function flush(): void {
    if (waiting.length === 0) return
    const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 24
    const surplus = waiting.length - mostLines
    if (surplus > 0) {
      dropped += surplus
      waiting = waiting.slice(surplus)
    }
    const added = document.createDocumentFragment()
    for (const line of waiting) {
      const shown = show(line)
      if (!shown.isConnected) added.append(shown)
    }
    waiting = []
    box.append(added)
    dropOldest()
    if (isAtEnd) box.scrollTop = box.scrollHeight
  }

  function dropOldest(): void {
    const surplus = box.childElementCount - (notice.isConnected ? 1 : 0) - mostLines
    if (surplus > 0) {
      const range = document.createRange()
      const first = notice.isConnected ? 1 : 0
      range.setStart(box, first)
      range.setEnd(box, first + surplus)
      range.deleteContents()
      dropped += surplus
    }
    if (dropped === 0) return
    const count = dropped.toLocaleString('en')
    notice.textContent = `${count} older lines are no longer shown: the console keeps ${mostLines.toLocaleString('en')}.`
    if (box.firstElementChild !== notice) box.prepend(notice)
  }

  function endLine(): void {
    if (last === undefined) return
    last.isWhole = true
    if (waiting.at(-1) !== last) waiting.push(last)
    last = undefined
  }

  function add(kind: Stream, text: string): void {
    if (last !== undefined && last.kind !== kind) endLine()
    last ??= { kind, text: '', isWhole: false, isCut: false }
    if (last.isCut) return
    if (waiting.at(-1) !== last) waiting.push(last)
    // A carriage return begins the line anew, as progress bars want it.
    const whole = last.text + text
    last.text = whole.slice(whole.lastIndexOf('\r', whole.length - 2) + 1)
    if (last.text.length > longestLine) {
      last.text = `${last.text.slice(0, longestLine)}\u001b[0m … the rest of this line is not shown`
      last.isCut = true
    }
  }

  function write(kind: Stream, text: string): void {
    // What `console.clear` sends to a terminal.
    const cleared = Math.max(text.lastIndexOf('\x1b[0J'), text.lastIndexOf('\x1b[2J'))
    if (cleared !== -1) {
      clear()
      text = text.slice(cleared + 4)
    }
    const parts = text.replaceAll('\r\n', '\n').split('\n')
    const rest = parts.pop() ?? ''
    for (const part of parts) {
      add(kind, part)
      endLine()
    }
    if (rest !== '') add(kind, rest)
    schedule()
  }

  function clear(): void {
    waiting = []
    last = undefined
    lastKind = undefined
    dropped = 0
    styles.stdout = styles.stderr = plain
    box.replaceChildren()
  }

  return {
    write,
    omit(lines) {
      dropped += lines
    },
    say(text, action) {
      endLine()
      flush()
      const shown = make('div', 'line note', text)
      if (action) shown.append(button('', action.label, action.act))
      box.append(shown)
      lastKind = 'note'
      box.scrollTop = box.scrollHeight
    },
    flush,
    clear,
  }
}
