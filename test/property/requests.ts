/** Random requests that have something to do with a random tree. */
import { exportSubpaths, importRequests, packageNames } from './manifests.ts'
import type { Random } from './random.ts'
import type { Entry } from './trees.ts'

export const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** From one directory to another path, both relative to the root. */
export function relative(from: string, to: string): string {
  const a = from.split('/')
  const b = to.split('/')
  let same = 0
  while (same < a.length && same < b.length && a[same] === b[same]) same++
  return [...a.slice(same).map(() => '..'), ...b.slice(same)].join('/') || '.'
}

/** A request that has a good chance to mean something, from a module at `from`. */
export function randomRequest(
  random: Random,
  from: string,
  entries: ReadonlyMap<string, Entry>,
): string {
  const paths = [...entries.keys()]
  switch (
    random.weighted({ relative: 40, bare: 40, imports: 8, absolute: 3, builtin: 4, junk: 4 })
  ) {
    case 'relative': {
      // Mostly to neighbours, as people do.
      const near = paths.filter((path) => path.startsWith(`${parentOf(from)}/`))
      const to = spoil(random, random.pick(near.length > 0 && random.percent(60) ? near : paths))
      const way = relative(parentOf(from), to)
      return way.startsWith('.') ? way : `./${way}`
    }
    case 'bare':
      return bareRequest(random, from, paths, entries)
    case 'imports':
      return random.pick(importRequests)
    case 'absolute':
      return `<root>/${spoil(random, random.pick(paths))}`
    case 'builtin':
      return random.pick([
        'path',
        'node:path',
        'path',
        'node:nope',
        'test',
        'fs/',
        'fs/x',
        'path/posix',
        'fs',
      ])
    default:
      return random.pick(junk)
  }
}

const junk = [
  '.',
  '..',
  './',
  '../',
  './.',
  '',
  '/',
  '...',
  '..x',
  './...',
  '.x',
  '@',
  '@/a',
  './a\\b',
  ' ',
  '../../..',
  '%',
  '/none',
  './../app',
  'a/../b',
  './\0',
  '~',
  './index',
  './x',
  './m',
  './lib',
]

/** A package that can be seen from `from`, mostly, and something in it. */
function bareRequest(
  random: Random,
  from: string,
  paths: readonly string[],
  entries: ReadonlyMap<string, Entry>,
): string {
  const visible = new Map<string, string>()
  for (const path of paths) {
    const found = /^(.*?)(?:^|\/)node_modules\/((?:@[^/]*\/)?[^/]+)/.exec(path)
    if (found && from.startsWith(found[1] as string)) visible.set(found[2] as string, found[0])
  }
  if (visible.size === 0 || random.percent(15)) {
    const name = random.pick([...packageNames, 'me', 'me', 'linked', 'inner', 'none', '@s', 'lib'])
    return name + random.pick(exportSubpaths)
  }
  const [name, place] = random.pick([...visible])
  switch (random.weighted({ main: 35, file: 20, key: 30, any: 15 })) {
    case 'main':
      return name
    case 'file': {
      const files = paths.filter((path) => path.startsWith(`${place}/`))
      return files.length === 0
        ? name
        : spoil(random, `${name}${random.pick(files).slice(place.length)}`)
    }
    case 'key': {
      const keys = [...String(entries.get(`${place}/package.json`)).matchAll(/"\.(\/[^"]*)":/g)]
      if (keys.length === 0) return name + random.pick(exportSubpaths)
      const star = () =>
        random.pick(['x', 'y', 'm', 'x.js', 'lib/x', 'y.json', 'in/x', '', '..', 'a//b'])
      return name + (random.pick(keys)[1] as string).replace('*', star)
    }
    default:
      return name + random.pick(exportSubpaths)
  }
}

/** A path as people write it, or nearly. */
function spoil(random: Random, path: string): string {
  switch (
    random.weighted({
      as: 30,
      noExtension: 30,
      directory: 15,
      slash: 6,
      dot: 3,
      index: 3,
      more: 4,
      double: 3,
      up: 4,
      none: 2,
    })
  ) {
    case 'as':
      return path
    case 'noExtension':
      return path.replace(/\.[^./]*$/, '')
    case 'directory':
      return parentOf(path) || path
    case 'slash':
      return `${random.percent(50) ? parentOf(path) || path : path}/`
    case 'dot':
      return `${parentOf(path) || path}/.`
    case 'index':
      return `${path}/index`
    case 'more':
      return `${path}.js`
    case 'double':
      return path.replace('/', '//')
    case 'up':
      return `${parentOf(path)}/none/../${path.split('/').at(-1)}`
    default:
      return `${path}x`
  }
}
