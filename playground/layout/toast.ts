/** What has just happened, with a way back where there is one. */
import { button, element, make } from '../dom.ts'

export interface ToastAction {
  readonly label: string
  readonly act: () => void
}

/** Milliseconds after which a message goes that asks for nothing. */
const patience = 8000
let timer: ReturnType<typeof setTimeout> | undefined

/** A message with something to do, or of a failure, stays until it is closed or followed by another: nobody has to hurry. */
export function toast(text: string, action?: ToastAction, kind: 'done' | 'failed' = 'done'): void {
  const box = element('toast', HTMLDivElement)
  const close = () => {
    box.hidden = true
    box.replaceChildren()
  }
  clearTimeout(timer)
  if (action === undefined && kind === 'done') timer = setTimeout(close, patience)
  const parts: HTMLElement[] = [make('p', '', text)]
  if (action) {
    parts.push(
      button('', action.label, () => {
        close()
        action.act()
      }),
    )
  }
  const dismiss = button('quiet', '×', close)
  dismiss.setAttribute('aria-label', 'Close the message')
  box.className = kind
  box.replaceChildren(...parts, dismiss)
  box.hidden = false
}

export function complain(error: unknown): void {
  toast(error instanceof Error ? error.message : String(error), undefined, 'failed')
}
