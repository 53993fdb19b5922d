/** `docs/corpus.md`: what the tests of each host hold to be true, for people. */
import { differencesOf, lentTo, omissionOf } from './differences.ts'
import type { Answer } from './node.ts'
import { type HostName, hosts, labelOf, packages } from './packages.ts'

/** @param answers node's own, by package */
export function pageOf(answers: ReadonlyMap<string, Answer>): string {
  const runsOn = (host: HostName) =>
    packages.filter((name) => omissionOf(host, name) === undefined).length
  const calls = [...answers.values()].flatMap((answer) => Object.values(answer.calls))
  const failing = calls.filter((outcome) => 'thrown' in outcome).length
  return `# Corpus

Real packages, and an application of 59 small files that mixes both kinds of modules in every way, run by node 26.10 and by
lodger. \`npm run corpus\` made this page, and \`npm test\` fails when it is not
true.

Each package has a program (\`test/corpus/programs\`) that makes calls into several of its files, at least one of them
failing: ${calls.length} calls in all, ${failing} of which throw. On every host each call has to give what it gives on node, or to throw an error
with the same name, code and message, and the same files have to be loaded. (Only hooks are told of ES modules, and a loader
with hooks goes another way: for programs that are ES modules the host \`node\` alone has hooks, and compares the files.)

| host | packages | what it is |
| --- | --- | --- |
| node | ${runsOn('node')} of ${packages.length} | \`lodger/hosts/node\` over the disk |
| volume | ${runsOn('volume')} of ${packages.length} | \`lodger\` on node, over a volume in memory |
| bare vm | ${runsOn('bare vm')} of ${packages.length} | \`lodger/hosts/vm\` with \`bare\`: a realm with nothing but the language, and what the cell says it is lent |
| chromium | ${runsOn('chromium')} of ${packages.length} | \`lodger/hosts/page\` in a page, over a volume in memory |
| quickjs | ${runsOn('quickjs')} of ${packages.length} | \`lodger/hosts/quickjs\`, over a volume in memory |

✓ is agreement in all calls, *4 of 5* in so many of them, – that the package does not run there; the reasons follow the
table. *Files* are those of packages that the program loads.

| package | version | files | calls | ${hosts.join(' | ')} |
| --- | --- | --- | --- | ${hosts.map(() => '---').join(' | ')} |
${packages.map((name) => row(name, answers.get(name) as Answer)).join('\n')}

## What differs

| package | host | calls | why |
| --- | --- | --- | --- |
${packages.flatMap(reasons).join('\n')}
`
}

function row(name: string, { files = [], calls }: Answer): string {
  const { length } = Object.keys(calls)
  const cells = hosts.map((host) => cell(host, name, length))
  const { name: own, version } = labelOf(name)
  return `| ${[`\`${own}\``, version, files.length, length, ...cells].join(' | ')} |`
}

function cell(host: HostName, name: string, calls: number): string {
  if (omissionOf(host, name) !== undefined) return '–'
  const { length } = differencesOf(host, name)
  const lent = host === 'bare vm' ? lentTo(name) : []
  return [
    length === 0 ? '✓' : `${calls - length} of ${calls}`,
    ...(lent.length > 0 ? [`lent ${listed(lent)}`] : []),
  ].join(', ')
}

/** One row for all hosts and calls of which the same is true. */
function reasons(name: string): string[] {
  const reasons = new Map<string, { hosts: Set<HostName>; calls: Set<string> }>()
  const add = (host: HostName, reason: string, call?: string) => {
    const { hosts, calls } = reasons.get(reason) ?? { hosts: new Set(), calls: new Set() }
    hosts.add(host)
    if (call) calls.add(call)
    reasons.set(reason, { hosts, calls })
  }
  for (const host of hosts) {
    const omission = omissionOf(host, name)
    if (omission !== undefined) add(host, omission)
    for (const { call, reason } of differencesOf(host, name)) add(host, reason, call)
  }
  const { name: own, version } = labelOf(name)
  return [...reasons].map(([reason, { hosts: where, calls }]) => {
    const names = where.size === hosts.length ? 'all' : [...where].join(', ')
    return `| \`${own}\` ${version} | ${names} | ${calls.size === 0 ? 'all' : listed([...calls])} | ${reason} |`
  })
}

const listed = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ')
