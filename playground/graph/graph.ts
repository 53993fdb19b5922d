/** The panel of modules: a table, and a drawing of the same for those who see it. */
import { element, make, oncePerFrame } from '../dom.ts'
import type { ModuleTime } from '../run/protocol.ts'
import { drawChart } from './chart.ts'
import {
  formatTime,
  type ModuleRow,
  moduleName,
  moduleRows,
  type Order,
  sorted,
} from './modules.ts'

export interface Graph {
  add(times: readonly ModuleTime[]): void
  clear(): void
}

/** Rows beyond are of no use to anybody, and would slow the page down. */
const mostRows = 1000

export function createGraph(open: (path: string) => void): Graph {
  const times = new Map<string, ModuleTime>()
  let order: Order = 'loaded'
  const body = element('modules-body', HTMLTableSectionElement)
  const summary = element('modules-summary', HTMLParagraphElement)
  const content = element('modules-content', HTMLDivElement)

  const schedule = oncePerFrame(render)

  function render(): void {
    const rows = moduleRows(times.values())
    content.hidden = rows.length === 0
    if (rows.length === 0) {
      summary.textContent = 'Run the program: its modules and what each of them takes appear here.'
      return
    }
    const files = rows.filter(({ isBuiltin }) => !isBuiltin).length
    const total = rows.reduce((all, { self }) => all + self, 0)
    const builtins = rows.length - files
    summary.textContent =
      `${count(files, 'file')} and ${count(builtins, 'builtin')} loaded in ${formatTime(total)} ms.` +
      (rows.length > mostRows ? ` The table has the first ${mostRows}.` : '')
    drawChart(element('modules-chart', HTMLDivElement), rows, open)
    body.replaceChildren(...sorted(rows, order).slice(0, mostRows).map(rowElement))
  }

  function rowElement(row: ModuleRow): HTMLElement {
    const shown = make('tr', row.isLoaded ? '' : 'unloaded')
    const name = make('th', '')
    name.scope = 'row'
    name.style.setProperty('--depth', String(order === 'loaded' ? Math.min(row.depth, 8) : 0))
    const { path } = row
    if (path === undefined) name.append(make('code', '', moduleName(row)))
    else {
      const link = make('button', 'link', moduleName(row))
      link.type = 'button'
      link.title = path
      link.addEventListener('click', () => open(path))
      name.append(link)
    }
    if (!row.isLoaded) name.append(' ', make('span', 'reason', 'not finished'))
    shown.append(name, time(row.self), time(row.total))
    return shown
  }

  const headers = new Map<Order, HTMLElement>()
  for (const each of ['loaded', 'name', 'self', 'total'] as const) {
    const button = element(`order-${each}`, HTMLButtonElement)
    headers.set(each, button)
    button.addEventListener('click', () => {
      order = each
      markOrder()
      render()
    })
  }
  const markOrder = () => {
    for (const [each, button] of headers)
      button.setAttribute('aria-pressed', String(each === order))
  }
  markOrder()
  render()

  return {
    add(more) {
      for (const each of more) times.set(each.id, each)
      schedule()
    },
    clear() {
      times.clear()
      schedule()
    },
  }
}

function time(milliseconds: number): HTMLElement {
  return make('td', milliseconds < 0.05 ? 'little' : '', formatTime(milliseconds))
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
