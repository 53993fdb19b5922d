/**
 * The panels. On a wide screen files and editor stand beside the tabs of what a run gives; on a narrow one all are tabs.
 */
import { element } from '../dom.ts'

export type PanelName = 'files' | 'editor' | 'console' | 'trace' | 'modules' | 'overrides'

export interface Tabs {
  show(panel: PanelName): void
}

const names: readonly PanelName[] = ['files', 'editor', 'console', 'trace', 'modules', 'overrides']
/** Those that a wide screen always shows. */
const fixed: readonly PanelName[] = ['files', 'editor']

export function createTabs(): Tabs {
  const narrow = matchMedia('(max-width: 47.99rem)')
  const tabOf = (name: PanelName) => element(`tab-${name}`, HTMLButtonElement)
  const panelOf = (name: PanelName) => element(`panel-${name}`, HTMLElement)
  let wideChoice: PanelName = 'console'
  let narrowChoice: PanelName = 'editor'

  /** Where they are seen is where Tab leads to them. */
  function place(): void {
    const [first, last] = [panelOf('files'), panelOf('editor')]
    if (narrow.matches) first.before(element('tabs', HTMLDivElement))
    else last.after(element('tabs', HTMLDivElement))
  }

  function render(): void {
    const chosen = narrow.matches ? narrowChoice : wideChoice
    for (const name of names) {
      const isTab = narrow.matches || !fixed.includes(name)
      const tab = tabOf(name)
      const panel = panelOf(name)
      tab.hidden = !isTab
      tab.setAttribute('aria-selected', String(name === chosen))
      tab.tabIndex = name === chosen ? 0 : -1
      panel.hidden = isTab && name !== chosen
      if (isTab) panel.setAttribute('role', 'tabpanel')
      else panel.removeAttribute('role')
    }
  }

  function show(name: PanelName): void {
    narrowChoice = name
    if (!fixed.includes(name)) wideChoice = name
    render()
    tabOf(name).scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  }

  element('tabs', HTMLDivElement).addEventListener('keydown', (event) => {
    const visible = names.filter((name) => !tabOf(name).hidden)
    const index = visible.findIndex((name) => tabOf(name) === event.target)
    const last = visible.length - 1
    const next = {
      ArrowRight: index === last ? 0 : index + 1,
      ArrowLeft: index === 0 ? last : index - 1,
      Home: 0,
      End: last,
    }[event.key]
    const name = next === undefined ? undefined : visible[next]
    if (name === undefined) return
    event.preventDefault()
    show(name)
    tabOf(name).focus()
  })
  for (const name of names) tabOf(name).addEventListener('click', () => show(name))
  narrow.addEventListener('change', () => {
    place()
    render()
  })
  place()
  render()
  return { show }
}
