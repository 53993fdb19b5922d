/** The texts that are kept of the figures: the page for people, and the record of every member for the test. */
import type { Figures } from './figures.ts'

const shown = 8

/** `docs/core-modules.md` */
export function pageOf(all: readonly Figures[]): string {
  const count = (status: Figures['status']) => all.filter((one) => one.status === status).length
  const mean = all.reduce((sum, one) => sum + surfaceOf(one), 0) / all.length
  return `# Core modules

Every builtin of node 26.10 can be required. This page says how far each looks as node's does; \`npm run core-modules\`
made it, and \`npm test\` fails when a figure drops.

**Surface** is the share of node's members that agree: each export, each static and prototype member of a class, each
key of an exported plain object. To agree, a member has the same enumerability, the same kind of descriptor (data or
accessor), the same type, and as a function the same \`length\` and \`name\`; what node leaves without a name may have one.
How well a member works is not in this figure.

| status | means | builtins |
| --- | --- | --- |
| full | all of node's surface, and nothing throws for want of an implementation | ${count('full')} |
| host | the same, where the host gives what the last column names | ${count('host')} |
| partial | something differs, is missing or throws \`ERR_METHOD_NOT_IMPLEMENTED\` | ${count('partial')} |
| stub | importing works, calling anything throws \`ERR_METHOD_NOT_IMPLEMENTED\` | ${count('stub')} |

The mean surface is ${mean.toFixed(1)} %. Members that throw are functions and classes like others: they can be looked for, copied and
derived from, and \`fn[Symbol.for('lodger.notImplemented')]\` names them. \`createLoader({ overrides })\` replaces a builtin.

| module | status | surface | throws | what is missing or differs |
| --- | --- | --- | --- | --- |
${all.map(row).join('\n')}
`
}

/** One line per builtin and kind, with every path: what the page only counts. */
export function recordOf(all: readonly Figures[]): string {
  return all
    .map(({ id, missing, differing, stubs }) => {
      const apart = [...missing, ...differing].sort()
      return `${id} apart ${apart.join(' ')}\n${id} throws ${[...stubs].sort().join(' ')}\n`
    })
    .join('')
}

/** `recordOf` read back: the paths by `<id> apart` and `<id> throws`. */
export function readRecord(text: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    text.split('\n').map((line) => {
      const [id, kind, ...paths] = line.split(' ')
      return [`${id} ${kind}`, paths]
    }),
  )
}

/** In percent, never rounded up to 100. */
function surfaceOf({ total, missing, differing }: Figures): number {
  return total === 0
    ? 100
    : Math.floor((1000 * (total - missing.length - differing.length)) / total) / 10
}

function row(figures: Figures): string {
  const { id, status, missing, differing, stubs, throwsForSome, needs } = figures
  const notes = [
    few('missing', outermost(missing)),
    few('differs', differing),
    status === 'stub' ? '' : few('throws', [...outermost(stubs), ...throwsForSome]),
    few('the host gives', needs),
  ]
  const cells = [
    `\`${id}\``,
    status,
    `${surfaceOf(figures)} %`,
    stubs.length || '',
    notes.filter(Boolean).join('; '),
  ]
  return `| ${cells.join(' | ')} |`
}

function few(title: string, paths: readonly string[]): string {
  if (paths.length === 0) return ''
  const rest = paths.length > shown ? ` and ${paths.length - shown} more` : ''
  return `${title} ${paths
    .slice(0, shown)
    .map((path) => `\`${path}\``)
    .join(', ')}${rest}`
}

/** Without members of what is in the list itself. */
function outermost(paths: readonly string[]): readonly string[] {
  const all = new Set(paths)
  return paths.filter((path) => {
    const parts = path.split('.')
    return !parts.some((_, index) => index > 0 && all.has(parts.slice(0, index).join('.')))
  })
}
