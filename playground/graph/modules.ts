/** The modules of the last run: who asked for whom first, and what each took. */
import type { ModuleTime } from '../run/protocol.ts'

export interface ModuleRow extends ModuleTime {
  /** From 0 for the main module. */
  readonly depth: number
}

export type Order = 'loaded' | 'name' | 'self' | 'total'

/** In the order in which they were loaded: each below the module that asked for it first. */
export function moduleRows(times: Iterable<ModuleTime>): ModuleRow[] {
  const all = [...times].sort((a, b) => a.start - b.start)
  const known = new Set(all.map(({ id }) => id))
  const children = new Map<string | undefined, ModuleTime[]>()
  for (const time of all) {
    const by =
      time.by !== undefined && known.has(time.by) && time.by !== time.id ? time.by : undefined
    children.set(by, [...(children.get(by) ?? []), time])
  }
  const rows: ModuleRow[] = []
  const add = (by: string | undefined, depth: number) => {
    for (const time of children.get(by) ?? []) {
      rows.push({ ...time, depth })
      add(time.id, depth + 1)
    }
  }
  add(undefined, 0)
  return rows
}

export function sorted(rows: readonly ModuleRow[], order: Order): ModuleRow[] {
  if (order === 'loaded') return [...rows]
  if (order === 'name') return [...rows].sort((a, b) => a.id.localeCompare(b.id))
  return [...rows].sort((a, b) => b[order] - a[order])
}

/** `/app/node_modules/ms/index.js` as `ms/index.js`, `/app/lib/bill.js` as `lib/bill.js`. */
export function moduleName({ id, path }: ModuleTime): string {
  if (path === undefined) return id
  const query = id.includes('?') ? id.slice(id.indexOf('?')) : ''
  return path.replace(/^.*\/node_modules\//, '').replace(/^\/app\//, '') + query
}

export function formatTime(milliseconds: number): string {
  return milliseconds < 0.05 ? '0' : milliseconds.toFixed(1)
}
