/** docs/performance.md: what people wrote stays, what was measured is replaced. */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, platform, release, totalmem } from 'node:os'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { figure, groupText, isMet, markdownTable } from './table.mjs'

const file = fileURLToPath(new URL('../../docs/performance.md', import.meta.url))
const begin = '<!-- measured: written by npm run bench -->'
const end = '<!-- end of measured -->'

/** @param {number} rounds */
export function machineLine(rounds) {
  const [cpu] = cpus()
  return (
    `${new Date().toISOString().slice(0, 10)}, node ${process.versions.node}, ${platform()} ${release()}, ` +
    `${cpus().length} x ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, ` +
    `load ${figure(loadavg()[0])} at the start; medians over ${rounds} processes each.` +
    (process.env.LODGER_DIST ? ` Not this tree's dist, but ${process.env.LODGER_DIST}.` : '')
  )
}

/**
 * @param {string} machine
 * @param {readonly import('../workloads/tree.mjs').Tree[]} trees
 * @param {readonly import('./table.mjs').Group[]} groups
 */
export function writeDocument(machine, trees, groups) {
  const goals = groups.flatMap((group) => group.goals)
  const workloads = markdownTable(
    ['workload', 'modules', 'MB', 'resolves'],
    trees.map(({ name, title, modules, megabytes, pairs }) => [
      `${name}: ${title}`,
      figure(modules),
      figure(megabytes),
      figure(pairs),
    ]),
  )
  const measured = [
    begin,
    `## The last run\n\n${machine}\n\n${goals.filter(isMet).length} of ${goals.length} goals met.`,
    workloads,
    ...groups.map(groupText),
    end,
  ].join('\n\n')
  const text = readFileSync(file, 'utf8')
  const [before, rest] = [
    text.slice(0, text.indexOf(begin)),
    text.slice(text.indexOf(end) + end.length),
  ]
  writeFileSync(file, before + measured + rest)
}
