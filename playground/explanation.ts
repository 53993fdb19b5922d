/** Asks the resolver for its steps, and shows them. */
import { createLoader, type Explanation, type TraceStep } from 'lodger/hosts/page'
import { make } from './element.ts'

export function explain(
  files: Record<string, string>,
  specifier: string,
  from: string,
): Explanation {
  const loader = createLoader({ fs: files, cwd: '/app' })
  const explanation = loader.explain(specifier, from)
  loader.dispose('explained')
  return explanation
}

export function showExplanation(
  { steps, filename, error }: Explanation,
  list: HTMLElement,
  answer: HTMLElement,
): void {
  list.replaceChildren(...steps.map(stepItem))
  answer.className = filename === undefined ? 'unresolved' : 'resolved'
  const label = filename === undefined ? 'Not resolved' : 'Resolved to'
  const text = filename ?? `${error?.name}: ${error?.message}`
  answer.replaceChildren(make('strong', '', label), ' ', make('code', '', text))
}

function stepItem({ operation, subject, outcome, reason }: TraceStep): HTMLElement {
  const item = make('li', `step ${outcome}`)
  const what = make('span', 'what')
  what.append(make('code', 'subject', subject))
  if (reason !== undefined) what.append(' ', make('span', 'reason', reason))
  item.append(make('span', 'outcome', outcome), ' ', what)
  item.append(' ', make('span', 'operation', operation))
  return item
}
