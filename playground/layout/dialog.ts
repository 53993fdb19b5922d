/** A question for one line of text, and the confirmation of a deed. */
import { element } from '../dom.ts'

export interface Question {
  readonly title: string
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly action: string
  /** Does it; an error that is thrown is shown, and the dialog stays. */
  readonly act: (answer: string) => void
  /** Takes the focus back where what had it was drawn anew meanwhile. */
  readonly takeFocus: () => void
}

export function ask(question: Question): void {
  const dialog = element('question', HTMLDialogElement)
  const form = element('question-form', HTMLFormElement)
  const input = element('question-input', HTMLInputElement)
  const complaint = element('question-complaint', HTMLParagraphElement)
  element('question-title', HTMLHeadingElement).textContent = question.title
  element('question-label', HTMLLabelElement).textContent = question.label
  element('question-hint', HTMLParagraphElement).textContent = question.hint
  element('question-act', HTMLButtonElement).textContent = question.action
  input.value = question.value
  complaint.textContent = ''
  input.removeAttribute('aria-invalid')
  form.onsubmit = (event) => {
    event.preventDefault()
    try {
      question.act(input.value)
      dialog.close()
    } catch (error) {
      complaint.textContent = (error as Error).message
      input.setAttribute('aria-invalid', 'true')
      input.focus()
    }
  }
  const before = document.activeElement
  dialog.onclose = () => {
    if (!before?.isConnected) question.takeFocus()
  }
  dialog.showModal()
  const dot = question.value.lastIndexOf('.')
  input.setSelectionRange(
    question.value.lastIndexOf('/') + 1,
    dot > 0 ? dot : question.value.length,
  )
}

/** Buttons of class `close` end their dialog, and so does a click beside it. */
export function connectDialogs(): void {
  for (const dialog of document.querySelectorAll('dialog')) {
    dialog.addEventListener('click', ({ target }) => {
      const isClose = target instanceof Element && target.closest('.close') !== null
      if (target === dialog || isClose) dialog.close()
    })
  }
}
