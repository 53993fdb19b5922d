/** What the main program of a random tree does, step by step. */
import { manifest } from './manifests.ts'
import type { Random } from './random.ts'
import { parentOf, randomRequest } from './requests.ts'
import type { Entry } from './trees.ts'

/** One thing that the main program does. */
export interface Step {
  readonly kind: 'require' | 'resolve' | 'paths' | 'delete' | 'replace' | 'write' | 'remove'
  /** The module that asks, by its path in the tree. */
  readonly from: string
  readonly request: string
  /** `options.paths` of `require.resolve`, relative to the root unless they begin with a dot. */
  readonly paths?: readonly string[]
  /** What `write` puts at the path `request`. */
  readonly contents?: string
}

/** A step; one that changes a file only where files are `changing`. */
export function randomStep(
  random: Random,
  entries: ReadonlyMap<string, Entry>,
  changing: boolean,
): Step {
  const paths = [...entries.keys()]
  if (changing && random.percent(20)) return randomChange(random, paths)
  const from = random.pick([
    'app/main.js',
    'app/main.js',
    'none/at/all.js',
    'app/lib/new.js',
    ...paths,
    ...paths,
  ])
  const request = randomRequest(random, from, entries)
  const kind = random.weighted({ require: 50, resolve: 35, paths: 4, delete: 8, replace: 3 })
  if (kind !== 'resolve' || random.percent(60)) return { kind, from, request }
  const places = [
    ...paths.map(parentOf),
    'app',
    'none',
    '',
    '.',
    './node_modules',
    'app/node_modules',
    './app',
  ]
  return {
    kind,
    from,
    request,
    paths: Array.from({ length: random.below(4) }, () => random.pick(places)),
  }
}

function randomChange(random: Random, paths: readonly string[]): Step {
  const path = random.pick(paths)
  const from = 'app/main.js'
  if (random.percent(35)) return { kind: 'remove', from, request: path }
  const near = `${parentOf(path)}/${random.pick(['package.json', 'index.js', 'x.js', 'm.js', 'y.json', 'x', 'lib/x.js'])}`
  const request = random.percent(50) ? near : path
  const contents = request.endsWith('package.json')
    ? manifest(random, request.split('/').at(-2) ?? '', ['./m.js', './x.js', './lib/x.js'])
    : request.endsWith('.json')
      ? '{"written":1}'
      : `log.push('written'); exports.id = ${JSON.stringify(`written to ${request}`)}`
  return { kind: 'write', from, request, contents }
}
