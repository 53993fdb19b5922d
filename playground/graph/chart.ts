/** Modules over time: a bar per module, below the one that it was loaded in. The table says the same to everybody. */
import { make } from '../dom.ts'
import { formatTime, type ModuleRow, moduleName } from './modules.ts'

const rowHeight = 20
/** In per cent of the width: what is narrower cannot be seen. */
const leastWidth = 0.15

export function drawChart(
  box: HTMLElement,
  rows: readonly ModuleRow[],
  open: (path: string) => void,
): void {
  const { bars, span } = layOut(rows)
  const deepest = Math.max(0, ...bars.map(({ level }) => level))
  box.style.height = `${(deepest + 1) * rowHeight}px`
  box.replaceChildren(
    ...bars.map(({ row, left, level }) => {
      const bar = make('div', row.isBuiltin ? 'bar builtin' : 'bar', moduleName(row))
      const { path } = row
      bar.title = `${path ?? row.id}: ${formatTime(row.total)} ms, itself ${formatTime(row.self)} ms`
      bar.style.left = `${(left / span) * 100}%`
      bar.style.width = `${(row.total / span) * 100}%`
      bar.style.top = `${level * rowHeight}px`
      if (path !== undefined) bar.addEventListener('click', () => open(path))
      return bar
    }),
  )
}

interface Bar {
  readonly row: ModuleRow
  readonly left: number
  readonly level: number
}

/** Pauses between what is loaded, as when a timer loads something, are left out. */
function layOut(rows: readonly ModuleRow[]): { bars: Bar[]; span: number } {
  const inOrder = [...rows].sort((a, b) => a.start - b.start || b.total - a.total)
  const bars: Bar[] = []
  const around: { end: number }[] = []
  let end = 0
  let skipped = 0
  for (const row of inOrder) {
    // An ES module has taken some of its time before it ran.
    while ((around.at(-1)?.end ?? Infinity) <= row.start + row.total / 2) around.pop()
    if (around.length === 0) skipped += Math.max(0, row.start - end)
    bars.push({ row, left: row.start - skipped, level: around.length })
    around.push({ end: row.start + row.total })
    end = Math.max(end, row.start + row.total)
  }
  const span = Math.max(end - skipped, 0.001)
  return { bars: bars.filter(({ row }) => (row.total / span) * 100 >= leastWidth), span }
}
