/** The table of Lighthouse in docs/playground.md. */
import type { Figures } from './lighthouse.ts'
import { version } from './lighthouse.ts'

const head = `| Lighthouse ${version} | performance | accessibility | best practices |
| --- | --- | --- | --- |
`

const names = { desktop: 'desktop', phone: 'a slow phone on slow 4G' }

export function tableOf(measured: readonly Figures[]): string {
  const rows = measured.map(
    ({ device, performance, accessibility, bestPractices }) =>
      `| ${names[device]} | ${performance} | ${accessibility} | ${bestPractices} |\n`,
  )
  return head + rows.join('')
}

/** The page with these figures in place of those of the last time. */
export function withTable(page: string, measured: readonly Figures[]): string {
  const table = /^\| Lighthouse .*\n(?:\|.*\n)+/m
  if (!table.test(page)) throw new Error('docs/playground.md has no table of Lighthouse any more')
  return page.replace(table, tableOf(measured))
}
