/** What the main program of a random tree does, step by step. */
import { manifest } from './manifests.ts'
import type { Random } from './random.ts'
import { parentOf, randomRequest, relative } from './requests.ts'
import type { Entry } from './trees.ts'

/** One thing that the main program does. */
export interface Step {
  readonly kind: string
  /** The module that asks, by its path in the tree. */
  readonly from: string
  readonly request: string
  /** `options.paths` of `require.resolve`, relative to the root unless they begin with a dot. */
  readonly paths?: readonly string[]
  /** What `write` puts at the path `request`; attributes of an `import`; which hooks are registered. */
  readonly contents?: string
}

/** Steps of all kinds. Many come back to what was asked before, or was changed: caches show only then. */
export function randomSteps(
  random: Random,
  entries: ReadonlyMap<string, Entry>,
  changing: boolean,
): Step[] {
  const paths = [...entries.keys()]
  const steps: Step[] = []
  for (let count = 8 + random.below(18); count > 0; count--) {
    const earlier = steps.length > 0 && random.percent(35) ? random.pick(steps) : undefined
    if (earlier !== undefined) steps.push(again(random, earlier))
    else if (changing && random.percent(20)) steps.push(randomChange(random, paths))
    else steps.push(randomStep(random, entries, paths))
  }
  return steps
}

/** The same request as before, or another one that leads to the same place. */
function again(random: Random, earlier: Step): Step {
  const kind = random.weighted({ require: 60, resolve: 25, delete: 12, replace: 3 })
  const { from, request } = earlier
  if (earlier.kind === 'write' || earlier.kind === 'remove') {
    const way = relative(parentOf(from), random.percent(50) ? request : parentOf(request))
    return { kind, from, request: way.startsWith('.') ? way : `./${way}` }
  }
  return random.percent(70) || !request.startsWith('.')
    ? { kind, from, request }
    : { kind, from, request: `./none/../${request}` }
}

function randomStep(
  random: Random,
  entries: ReadonlyMap<string, Entry>,
  paths: readonly string[],
): Step {
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
