/**
 * What a program brings forth, on its way to the page. A program in an endless loop never lets a timer run, so news
 * leaves at once as long as there is not too much of it; and the page must not drown, so of a flood only the end is kept.
 */
import type { Contents } from '../files/contents.ts'
import { sizeOf } from '../files/contents.ts'
import type { AskModules } from './modules.ts'
import type { News, Stream } from './protocol.ts'

export interface Outbox {
  write(stream: Stream, text: string): void
  change(path: string, contents: Contents | null): void
  /** There are news of modules, which are asked for when they can leave. */
  noteModules(): void
  /** Sends all there is, at the end. */
  flush(): void
}

/** Characters that may leave at once, and that may follow in a millisecond: some thousand lines a second. */
const burst = 1_000_000
const pace = 100
/** What a message costs beside its characters. */
const postage = 1000
/** The most that one file costs, as it is copied and not drawn. */
const dearestFile = 20_000
/** Of output that has to wait so many characters are kept. */
const mostWaiting = 500_000

export function createOutbox(send: (news: News) => void, askModules: AskModules): Outbox {
  let output: [Stream, string][] = []
  let outputSize = 0
  let omitted = 0
  const files = new Map<string, Contents | null>()
  let hasModules = false
  let budget = burst
  let last = performance.now()
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = (isLast: boolean) => {
    clearTimeout(timer)
    timer = undefined
    const asked = hasModules ? askModules(isLast) : []
    hasModules = asked === undefined
    if (hasModules) wait()
    const modules = asked ?? []
    if (output.length + files.size + modules.length + omitted === 0) return
    for (const contents of files.values()) {
      budget -= contents === null ? 0 : Math.min(sizeOf(contents), dearestFile)
    }
    budget -= postage + outputSize
    send({ kind: 'news', output, omitted, files: [...files], modules })
    output = []
    outputSize = 0
    omitted = 0
    files.clear()
  }

  const offer = () => {
    const now = performance.now()
    budget = Math.min(burst, budget + (now - last) * pace)
    last = now
    if (budget > 0) flush(false)
    else wait()
  }

  function wait(): void {
    timer ??= setTimeout(() => flush(false), 30)
  }

  const dropOldest = () => {
    let index = 0
    while (outputSize > mostWaiting / 2 && index < output.length - 1) {
      const text = output[index++]?.[1] ?? ''
      outputSize -= text.length
      omitted += text.split('\n').length - 1
    }
    output = output.slice(index)
  }

  return {
    write(stream, text) {
      const newest = output.at(-1)
      if (newest?.[0] === stream && newest[1].length < 4000) newest[1] += text
      else output.push([stream, text])
      outputSize += text.length
      if (outputSize > mostWaiting && budget <= 0) dropOldest()
      offer()
    },
    change(path, contents) {
      // What is taken away is taken away before anything new stands there.
      files.delete(path)
      files.set(path, contents)
      offer()
    },
    noteModules() {
      hasModules = true
      offer()
    },
    flush: () => flush(true),
  }
}
