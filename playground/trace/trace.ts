/** Asks the resolver for its steps, and shows each with the file that it is about. */
import type { RequestMode } from 'lodger/hosts/page'
import { element, make } from '../dom.ts'
import type { Contents } from '../files/contents.ts'
import { isScript } from '../files/paths.ts'
import type { Answer } from '../run/protocol.ts'
import { fileOfStep, type StepFile } from './step-file.ts'

export interface TraceParts {
  files(): ReadonlyMap<string, Contents>
  explain(specifier: string, from: string, mode: RequestMode): Promise<Answer>
  open(file: StepFile): void
  complain(error: unknown): void
}

export interface Trace {
  /** The file that the editor shows: requests come from there, unless it was opened to look at a step. */
  follow(path: string): void
  ask(specifier: string, from: string, mode: RequestMode): void
  /** Another program is open. @param request that has an answer there */
  clear(request: string): void
}

export function createTrace(parts: TraceParts): Trace {
  const specifier = element('specifier', HTMLInputElement)
  const from = element('from', HTMLInputElement)
  const mode = element('mode', HTMLSelectElement)
  const answer = element('answer', HTMLDivElement)
  const steps = element('steps', HTMLOListElement)
  const empty = element('trace-empty', HTMLParagraphElement)

  /** A step's file is on its way into the editor. */
  let isLooking = false

  async function ask(): Promise<void> {
    const asked = specifier.value.trim()
    const place = from.value.trim()
    steps.replaceChildren()
    answer.replaceChildren()
    try {
      if (!parts.files().has(place)) {
        throw new Error(`There is no file ${place} that could ask for something.`)
      }
      show(await parts.explain(asked, place, mode.value as RequestMode))
    } catch (error) {
      parts.complain(error)
    }
  }

  function show(explained: Answer): void {
    const files = parts.files()
    let manifest: string | undefined
    const items = explained.steps.map((step) => {
      if (step.subject.endsWith('/package.json') && files.has(step.subject)) manifest = step.subject
      return stepItem(step, fileOfStep(step, files, manifest))
    })
    steps.replaceChildren(...items)
    empty.hidden = true
    showAnswer(explained)
  }

  function showAnswer({ filename, error, steps }: Answer): void {
    const refusal = steps.find(({ reason }) => reason?.startsWith('Cannot load'))?.reason
    const isGiven = filename !== undefined && refusal === undefined
    answer.className = isGiven ? 'resolved' : 'unresolved'
    if (!isGiven) {
      answer.replaceChildren(
        make('strong', '', refusal === undefined ? 'Not resolved' : 'Forbidden'),
        ' ',
        make('code', '', refusal ?? `${error?.name}: ${error?.message}`),
      )
      return
    }
    const isFile = parts.files().has(filename)
    answer.replaceChildren(
      make('strong', '', isFile ? 'Resolved to' : 'A builtin of node:'),
      ' ',
      isFile ? link({ path: filename, line: 1 }, filename) : make('code', '', filename),
    )
  }

  function stepItem(
    { operation, subject, outcome, reason }: Answer['steps'][number],
    file: StepFile | undefined,
  ): HTMLElement {
    const item = make('li', `step ${outcome}`)
    const what = make('span', 'what')
    what.append(file === undefined ? make('code', 'subject', subject) : link(file, subject))
    if (reason !== undefined) what.append(' ', make('span', 'reason', reason))
    item.append(make('span', 'outcome', outcome), ' ', what)
    item.append(' ', make('span', 'operation', operation))
    return item
  }

  function link(file: StepFile, text: string): HTMLElement {
    const shown = make('button', 'link subject', text)
    shown.type = 'button'
    shown.title = `Open ${file.path}`
    shown.addEventListener('click', () => {
      isLooking = true
      parts.open(file)
      isLooking = false
    })
    return shown
  }

  element('explain', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    ask()
  })
  from.addEventListener('focus', () => {
    const options = [...parts.files().keys()].filter(isScript)
    element('from-files', HTMLDataListElement).replaceChildren(
      ...options.slice(0, 500).map((path) => new Option(path, path)),
    )
  })

  return {
    follow(path) {
      if (!isLooking && isScript(path)) from.value = path
    },
    ask(asked, place, by) {
      specifier.value = asked
      from.value = place
      mode.value = by
      ask()
    },
    clear(request) {
      specifier.value = request
      steps.replaceChildren()
      answer.replaceChildren()
      answer.className = ''
      empty.hidden = false
    },
  }
}
