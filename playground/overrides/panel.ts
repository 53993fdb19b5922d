/** The panel of house rules. */
import { button, element, make } from '../dom.ts'
import { describeRules, type Rule, type Rules, readRule, rulesAsCode } from './rules.ts'

export interface OverridesPanel {
  show(rules: Rules): void
}

export function createOverridesPanel(changed: (rules: Rules) => void): OverridesPanel {
  const readOnly = element('read-only', HTMLInputElement)
  const id = element('rule-id', HTMLInputElement)
  const kind = element('rule-kind', HTMLSelectElement)
  const instead = element('rule-instead', HTMLInputElement)
  const complaint = element('rule-complaint', HTMLParagraphElement)
  const list = element('rules', HTMLUListElement)
  let rules: Rules = { readOnly: false, list: [] }

  const change = (next: Rules) => {
    show(next)
    changed(next)
  }

  function show(next: Rules): void {
    rules = next
    readOnly.checked = rules.readOnly
    list.replaceChildren(...rules.list.map(ruleItem))
    const inForce = describeRules(rules)
    element('in-force', HTMLParagraphElement).textContent =
      inForce || 'Nothing is in force: the program gets every module that it asks for.'
    const count = rules.list.length + Number(rules.readOnly)
    element('rule-count', HTMLSpanElement).textContent = count === 0 ? '' : `(${count})`
    element('rules-code', HTMLElement).textContent = rulesAsCode(rules)
  }

  function ruleItem(rule: Rule): HTMLElement {
    const item = make('li', '')
    const what = rule.instead === false ? 'is forbidden' : `is ${rule.instead}`
    const remove = button('', 'Remove', () => {
      change({ ...rules, list: rules.list.filter((each) => each.id !== rule.id) })
      id.focus()
    })
    remove.setAttribute('aria-label', `Remove the override of ${rule.id}`)
    item.append(make('code', '', rule.id), ` ${what}`, remove)
    return item
  }

  readOnly.addEventListener('change', () => change({ ...rules, readOnly: readOnly.checked }))
  const showKind = () => {
    element('rule-instead-field', HTMLDivElement).hidden = kind.value === 'forbid'
  }
  kind.addEventListener('change', showKind)
  showKind()
  element('rule-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    try {
      const rule = readRule(id.value, kind.value === 'forbid' ? false : instead.value)
      const others = rules.list.filter((each) => each.id !== rule.id)
      change({ ...rules, list: [...others, rule] })
      id.value = instead.value = complaint.textContent = ''
    } catch (error) {
      complaint.textContent = (error as Error).message
    }
    id.focus()
  })

  return { show }
}
