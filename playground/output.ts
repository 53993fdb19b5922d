/** The console's output: one block per stretch of the same stream, so that it can be told apart without colours. */
import { make } from './element.ts'

export type Stream = 'stdout' | 'stderr' | 'error'

export interface Output {
  /** Shown with the next frame. */
  write(stream: Stream, text: string): void
  /** Shows at once what was written. */
  flush(): void
  clear(): void
}

/** Characters that are kept; a program that floods the page loses its oldest output, not the page. */
const limit = 200_000

export function createOutput(box: HTMLElement): Output {
  let waiting: [Stream, string][] = []
  let frame: number | undefined
  let last: { stream: Stream; text: HTMLElement } | undefined

  const flush = () => {
    if (frame !== undefined) cancelAnimationFrame(frame)
    frame = undefined
    const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 24
    for (const [stream, text] of waiting) {
      if (last?.stream !== stream) last = { stream, text: addBlock(box, stream) }
      last.text.append(text)
    }
    waiting = []
    while ((box.textContent?.length ?? 0) > limit && box.firstChild !== null) dropOldest(box)
    if (isAtEnd) box.scrollTop = box.scrollHeight
  }

  return {
    write(stream, text) {
      waiting.push([stream, text])
      frame ??= requestAnimationFrame(flush)
    },
    flush,
    clear() {
      if (frame !== undefined) cancelAnimationFrame(frame)
      frame = undefined
      waiting = []
      last = undefined
      box.replaceChildren()
    },
  }
}

function addBlock(box: HTMLElement, stream: Stream): HTMLElement {
  const block = make('div', `block ${stream}`)
  if (stream !== 'stdout') block.append(make('span', 'tag', stream))
  const text = make('code', 'text')
  block.append(text)
  box.append(block)
  return text
}

function dropOldest(box: HTMLElement): void {
  const text = box.firstElementChild?.querySelector('.text')
  if (text?.firstChild && text.childNodes.length > 1) text.firstChild.remove()
  else box.firstElementChild?.remove()
}
