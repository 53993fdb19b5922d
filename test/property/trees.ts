/** Random trees, and random requests from random places in them. */
import type { Contents } from '../oracle/types.ts'
import { manifest, packageNames } from './manifests.ts'
import { treeProgram } from './program.ts'
import { createRandom, type Random } from './random.ts'
import { parentOf, randomRequest, relative } from './requests.ts'
import { randomSteps, type Step } from './steps.ts'

/** A module's text by statements, so that a failing tree can be made smaller one statement at a time. */
export type Entry = Contents | { readonly statements: readonly string[] }

export interface RandomTree {
  readonly entries: ReadonlyMap<string, Entry>
  readonly steps: readonly Step[]
  readonly execArgv: readonly string[]
  /** @default the root */
  readonly cwd?: string
  /** The main program's text. */
  readonly program: (tree: RandomTree) => string
}

const fileNames = [
  'index.js',
  'index.js',
  'x.js',
  'm.js',
  'm.js',
  'y.json',
  'x',
  'x.json',
  'y.mjs',
  'x.cjs',
  'y.foo',
  'a b.js',
  'ü.js',
  'index.json',
  'x.js.js',
  '.hidden',
  'index',
  'y',
  'm.json',
  'index.cjs',
]
const directoryNames = ['lib', 'lib', 'x', 'x.js', 'y', 'index.js', 'sub', 'm.js', 'node_modules_']

/** The tree that belongs to a seed and a number. */
export function randomTree(seed: number, number: number): RandomTree {
  const random = createRandom(seed, number)
  const entries = new Map<string, Entry>()
  const packages = placePackages(random)
  for (const [place, name] of packages) fillPackage(random, entries, place, name)
  addLinks(random, entries, packages)
  for (const [path, entry] of entries) {
    if (isModule(entry)) entries.set(path, { statements: moduleText(random, path, entries) })
  }
  // Files that come and go, in some of the trees: what is remembered of them is node's own secret.
  const changing = number % 5 === 4
  const steps = randomSteps(random, entries, changing)
  // One whole process per set of flags: few sets.
  const execArgv = number % 10 === 9 ? ['--preserve-symlinks'] : []
  return { entries, steps, execArgv, program: treeProgram }
}

/** Where packages lie, with their names: the app itself, its dependencies, theirs, and those of directories above. */
function placePackages(random: Random): [place: string, name: string][] {
  const packages: [string, string][] = [['app', 'me']]
  for (const name of random.some(packageNames, 6)) packages.push([`app/node_modules/${name}`, name])
  for (const name of random.some(packageNames, 3)) packages.push([`node_modules/${name}`, name])
  for (const [place] of random.some(packages, 2)) {
    for (const name of random.some(packageNames, 2)) {
      packages.push([`${place}/node_modules/${name}`, name])
    }
  }
  if (random.percent(50)) packages.push(['work/p', 'linked'])
  if (random.percent(20)) packages.push(['app/node_modules', 'inside node_modules'])
  if (random.percent(30)) packages.push(['app/lib', 'inner'])
  return packages
}

function fillPackage(
  random: Random,
  entries: Map<string, Entry>,
  place: string,
  name: string,
): void {
  for (let count = 1 + random.below(5); count > 0; count--) addFile(random, entries, place)
  for (let count = random.below(3); count > 0; count--) {
    const directory = `${place}/${random.pick(directoryNames)}`
    for (let files = random.below(4); files > 0; files--) addFile(random, entries, directory)
    if (random.percent(12)) addManifest(random, entries, directory, name)
    if (random.percent(8)) put(entries, directory, null)
  }
  if (random.percent(80)) addManifest(random, entries, place, name)
}

function addManifest(
  random: Random,
  entries: Map<string, Entry>,
  place: string,
  name: string,
): void {
  const files = [...entries.keys()]
    .filter(
      (path) => path.startsWith(`${place}/`) && !path.includes('/node_modules/', place.length),
    )
    .map((path) => `.${path.slice(place.length)}`)
  put(entries, `${place}/package.json`, manifest(random, name, files))
}

function addFile(random: Random, entries: Map<string, Entry>, directory: string): void {
  const name = random.pick(fileNames)
  const contents = name.endsWith('.json')
    ? random.pick(['{"a":1}', '{"a":1}', '[1]', 'null', '"text"', '{broken', '', '\ufeff{"bom":1}'])
    : { statements: [] }
  put(entries, `${directory}/${name}`, contents)
}

function addLinks(
  random: Random,
  entries: Map<string, Entry>,
  packages: readonly [string, string][],
): void {
  const real = [...entries.keys()]
  for (let count = random.below(4); count > 0; count--) {
    const directory = parentOf(random.pick(real))
    const name = random.pick([
      ...fileNames,
      ...directoryNames,
      'link',
      'link.js',
      'node_modules/a',
      'node_modules/c',
    ])
    const link = `${directory}/${name}`
    const targetPath = random.weighted({ file: 45, directory: 35, package: 20, none: 8, self: 5 })
    const target = {
      file: () => random.pick(real),
      directory: () => parentOf(random.pick(real)),
      package: () => (random.pick(packages) as [string, string])[0],
      none: () => `${directory}/nowhere`,
      self: () => link,
    }[targetPath]()
    put(entries, link, { link: relative(parentOf(link), target) })
  }
}

/** Adds an entry unless something stands in its way: a file where a directory must be, or the other way round. */
function put(entries: Map<string, Entry>, path: string, entry: Entry): void {
  if (entries.has(path)) return
  for (let above = parentOf(path); above !== ''; above = parentOf(above)) {
    if (entries.has(above) && entries.get(above) !== null) return
  }
  for (const other of entries.keys()) if (other.startsWith(`${path}/`)) return
  entries.set(path, entry)
}

function isModule(entry: Entry): entry is { readonly statements: readonly string[] } {
  return entry !== null && typeof entry === 'object' && 'statements' in entry
}

/** What a random module does: it says that it runs, asks for others, and sometimes fails or meddles with the cache. */
function moduleText(random: Random, path: string, entries: ReadonlyMap<string, Entry>): string[] {
  if (random.percent(2)) return ['export default 1']
  if (random.percent(2)) return ['const const']
  const me = JSON.stringify(path)
  const request = () => JSON.stringify(randomRequest(random, path, entries))
  const actions = {
    guarded: (n: number) =>
      `try { exports.r${n} = require(${request()}) } catch (e) { log.push([${me}, e?.code ?? e?.own ?? e?.name]) }`,
    bare: (n: number) => `exports.q${n} = require(${request()})`,
    access: () => `try { const it = require(${request()}); log.push(typeof it?.absent) } catch {}`,
    delete: () => `try { delete require.cache[require.resolve(${request()})] } catch {}`,
    replace: () =>
      `try { const file = require.resolve(${request()}); if (file[0] === '/') require.cache[file] = { exports: { put: ${me} }, loaded: true } } catch {}`,
    forget: () => 'delete require.cache[__filename]',
    throw: () => `throw Object.assign(new Error('thrown by ' + ${me}), { own: ${me} })`,
  }
  const say = random.weighted({
    [`exports.id = ${me}`]: 60,
    [`module.exports = { id: ${me} }`]: 20,
    [`module.exports = () => ${me}`]: 8,
    [`module.exports = ${me}`]: 6,
    'module.exports = null': 2,
    'exports.__esModule = true': 4,
    return: 1,
  })
  // Modules that forget themselves could run for ever.
  const statements = [
    `if (log.push(${me}) > 150) throw new Error('enough')`,
    `asks[${me}] = require`,
    say,
  ]
  for (let n = random.below(4); n > 0; n--) {
    const action = random.weighted({
      guarded: 55,
      bare: 15,
      access: 14,
      delete: 6,
      replace: 4,
      forget: 2,
      throw: 4,
    })
    statements.push(actions[action](n))
  }
  return statements
}
