/** Where cases lie: at the same absolute paths for node and for lodger, so that no message needs to be rewritten. */
import { existsSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Contents, LaidOutCase, OracleCase } from './types.ts'

/** What `observe.cjs` gives to programs. */
const helpers = [
  'attempt',
  'attemptAll',
  'cached',
  'children',
  'describe',
  'pathCache',
  'properties',
  'show',
]

const observer = readFileSync(new URL('./observe.cjs', import.meta.url), 'utf8')

/**
 * A fresh directory for a run. Node would see a `package.json` or a `node_modules` in a directory above, and lodger
 * would not: such a temporary directory is refused.
 */
export function createPlace(): string {
  for (const candidate of [tmpdir(), '/var/tmp', '/dev/shm']) {
    if (!existsSync(candidate)) continue
    const place = realpathSync(candidate)
    if (isBare(place)) return mkdtempSync(join(place, 'lodger-oracle-'))
  }
  throw new Error(
    'No temporary directory without package.json or node_modules above it: set TMPDIR to one.',
  )
}

function isBare(directory: string): boolean {
  if (existsSync(join(directory, 'package.json'))) return false
  if (existsSync(join(directory, 'node_modules'))) return false
  return dirname(directory) === directory || isBare(dirname(directory))
}

/** Puts a case at `root`: the observer into its tree, the program into its file, and the root into its texts. */
export function layOut(each: OracleCase, root: string): LaidOutCase {
  const fill = (text: string) => text.replaceAll('<root>', root)
  const at = each.at ?? 'main.js'
  const files = new Map<string, Contents>()
  files.set(`${root}/observe.cjs`, observer)
  for (const [path, contents] of Object.entries(each.tree ?? {})) {
    files.set(`${root}/${path}`, fillContents(contents, fill))
  }
  if (each.program !== undefined) {
    const up = '../'.repeat(at.split('/').length - 1) || './'
    const used = helpers.filter((name) => each.program?.includes(`${name}(`))
    const line = `const { ${used.join(', ')} } = require('${up}observe.cjs'); ${each.program}`
    files.set(`${root}/${at}`, fill(line))
  }
  return {
    root,
    files: [...files],
    main: fill(each.main ?? `<root>/${at}`),
    argv: (each.argv ?? []).map(fill),
    // A home of its own: `$HOME/.node_modules` is among the places where node looks.
    env: mapValues({ HOME: '<root>/home', ...each.env }, fill),
    execArgv: (each.execArgv ?? []).map(fill),
    cwd: fill(each.cwd ?? '<root>'),
    frames: each.frames ?? false,
  }
}

function fillContents(contents: Contents, fill: (text: string) => string): Contents {
  if (typeof contents === 'string') return fill(contents)
  if (contents !== null && 'link' in contents) return { link: fill(contents.link) }
  return contents
}

function mapValues(
  record: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
