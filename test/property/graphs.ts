/** Random graphs of ES modules, CommonJS and JSON that ask for each other, and what is done with them. */
import { graphProgram } from './graph-program.ts'
import {
  commonJsStatements,
  moduleStatements,
  type Other,
  type PickOther,
  takesAttributes,
} from './graph-texts.ts'
import { typed } from './graph-typescript.ts'
import { createRandom, type Random } from './random.ts'
import { parentOf, relative } from './requests.ts'
import type { Step } from './steps.ts'
import type { Entry, RandomTree } from './trees.ts'

const files = [
  'a.mjs',
  'b.mjs',
  'c.mjs',
  'd.mjs',
  'e.cjs',
  'f.cjs',
  'g.js',
  'lib/h.mjs',
  'lib/i.js',
  'm/j.js',
  'm/k.js',
  'm/l.cjs',
  'data.json',
  't.ts',
  'u.mts',
  'm/v.ts',
  'lib/w.cts',
  'node_modules/p/index.js',
  'node_modules/p/index.mjs',
  'node_modules/q/main.mjs',
]

/** The graph that belongs to a seed and a number. */
export function randomGraph(seed: number, number: number): RandomTree {
  const random = createRandom(seed, number)
  const entries = new Map<string, Entry>()
  const chosen = [...random.some(files, 16), 'a.mjs', 'e.cjs']
  const exported = new Map([...new Set(chosen)].map((path) => [path, exportNames(random, path)]))
  for (const path of exported.keys()) {
    entries.set(
      path,
      contents(random, path, exported.get(path) ?? [], (isCertain) =>
        pickOther(random, path, exported, isCertain),
      ),
    )
  }
  entries.set('m/package.json', '{"type":"module"}')
  addPackages(random, entries)
  return {
    entries,
    steps: graphSteps(random, exported),
    execArgv: [],
    // Some requests are looked for from there: no other file must be in sight.
    cwd: '<root>/far/from/it',
    program: graphProgram,
  }
}

function addPackages(random: Random, entries: Map<string, Entry>): void {
  if ([...entries.keys()].some((path) => path.startsWith('node_modules/p/'))) {
    const p = random.pick([
      { exports: { import: './index.mjs', require: './index.js' } },
      { exports: { 'module-sync': './index.mjs', default: './index.js' } },
      { main: './index.js' },
      { exports: './index.mjs' },
    ])
    entries.set('node_modules/p/package.json', JSON.stringify(p))
  }
  if (!entries.has('node_modules/q/main.mjs')) return
  entries.set(
    'node_modules/q/package.json',
    random.pick(['{"main":"main.mjs"}', '{"exports":"./main.mjs"}']),
  )
}

function exportNames(random: Random, path: string): string[] {
  if (path.endsWith('.json')) return ['default']
  const names = random.some(['x', 'y', 'z', 'f', 'default'], 5)
  if (random.percent(10)) names.push("'a b'")
  if (random.percent(4)) names.push(random.pick(["'module.exports'", '__esModule', "'ü'"]))
  return names
}

function contents(random: Random, path: string, own: readonly string[], other: PickOther): Entry {
  if (path.endsWith('.json'))
    return random.pick(['{"a":1}', '{"a":1,"x":2}', '[1]', '"text"', '{bad'])
  const isModule =
    /\.m[jt]s$/.test(path) ||
    (/\.[jt]s$/.test(path) && (path.startsWith('m/') || random.percent(50)))
  const statements = isModule
    ? moduleStatements(random, path, own, other)
    : commonJsStatements(random, path, own, other)
  return { statements: path.endsWith('ts') ? typed(random, statements) : statements }
}

/** Another module, as somebody at `from` asks for it. */
function pickOther(
  random: Random,
  from: string,
  exported: ReadonlyMap<string, readonly string[]>,
  isCertain: boolean,
): Other {
  const kind = random.weighted({
    file: 88,
    package: isCertain ? 2 : 5,
    builtin: isCertain ? 2 : 4,
    data: 2,
    none: isCertain ? 0.2 : 4,
  })
  switch (kind) {
    case 'file': {
      const to = random.pick([...exported.keys()])
      const way = relative(parentOf(`/${from}`), `/${to}`)
      const plain = way.startsWith('.') ? way : `./${way}`
      const canSpell = !/\.c[jt]s$/.test(from) || (!isCertain && random.percent(20))
      const request = canSpell && random.percent(8) ? spellUrl(random, plain, to, isCertain) : plain
      const names = exported.get(to) as readonly string[]
      return { request, names: /\.c[jt]s$/.test(to) ? [...names, 'default'] : names }
    }
    case 'package':
      return { request: random.pick(['p', 'q', 'p/x']), names: [] }
    case 'builtin':
      return { request: random.pick(['node:path', 'path', 'node:fs']), names: ['default'] }
    case 'data':
      return random.pick(isCertain ? dataUrls : [...dataUrls, ...wrongDataUrls])
    default:
      return {
        request: random.pick([
          './none.mjs',
          './lib',
          'none',
          './b',
          '#none',
          'node:nope',
          'file://elsewhere/a.mjs',
          'http://a.test/a.mjs',
          './lib%2fh.mjs',
          './%zz.mjs',
        ]),
        names: [],
      }
  }
}

/** With a text of the tree's own, for many trees share a process. */
const dataUrls: readonly Other[] = [
  {
    request: 'data:text/javascript,export const x = 1; export default 2//<root>',
    names: ['x', 'default'],
  },
  { request: 'data:application/json,{"x":1,"of":"<root>"}', names: ['default'] },
  {
    request:
      "data:text/javascript,import path from 'node:path'; log.push('data runs')%3bexport const y = typeof path//<root>",
    names: ['y'],
  },
  {
    request: 'data:text/javascript,export const { url: x } = import.meta; await 0//<root>',
    names: ['x'],
  },
  {
    // export const z = 'base64'
    request: 'data:text/javascript;base64,ZXhwb3J0IGNvbnN0IHogPSAnYmFzZTY0Jw==#<root>',
    names: ['z'],
  },
]

const wrongDataUrls: readonly Other[] = [
  { request: 'data:text/plain,of <root>', names: [] },
  { request: "data:text/javascript,import './a.mjs'//<root>", names: [] },
  { request: "data:text/javascript,await Promise.reject(new Error('by data'))//<root>", names: [] },
  { request: 'data:text/javascript,const const//<root>', names: [] },
  { request: 'data:application/json,{bad//<root>', names: ['default'] },
]

/** A request for a file, as URLs may have it. */
function spellUrl(random: Random, plain: string, to: string, isCertain: boolean): string {
  const name = plain.slice(plain.lastIndexOf('/') + 1)
  const encoded = `%${name.charCodeAt(0).toString(16)}${name.slice(1)}`
  const inPlace = plain.slice(0, plain.length - name.length)
  return random.pick([
    `${plain}?q`,
    `${plain}#h`,
    `${plain}?r`,
    inPlace + encoded,
    `${inPlace + encoded}?q`,
    `${plain}?q=%20#%61`,
    `${inPlace}./none/../${name}`,
    `file://<root>/${to}`,
    `file://<root>/${to}?q`,
    `file://localhost<root>/${to}`,
    `<root>/${to}`,
    ...(isCertain
      ? []
      : [`${inPlace}%2f${name}`, `${plain}%`, `${plain}/`, `${inPlace}%2e/${name}`]),
  ])
}

function graphSteps(random: Random, exported: ReadonlyMap<string, readonly string[]>): Step[] {
  const paths = [...exported.keys()]
  const steps: Step[] = []
  const askers = [
    'main.cjs',
    'main.cjs',
    'main.cjs',
    ...paths.filter((path) => !path.endsWith('.json')),
  ]
  for (let count = 3 + random.below(8); count > 0; count--) {
    const from = random.pick(askers)
    const { request: asked } = pickOther(random, from, exported, random.percent(85))
    const kind = random.weighted({ import: 46, require: 30, look: 12, set: 6, hooks: 9, unhook: 5 })
    const options =
      kind === 'hooks'
        ? random.pick(hookKinds)
        : kind === 'import' &&
            takesAttributes(asked) &&
            random.percent(asked.includes('json') ? 85 : 3)
          ? random.pick([
              '{"type":"json"}',
              '{"type":"json"}',
              '{"type":"json"}',
              '{"type":"css"}',
              '{"x":"y"}',
              '{}',
            ])
          : undefined
    steps.push({ kind, from, request: asked, ...(options !== undefined && { contents: options }) })
  }
  return steps
}

/** What `registerHooks` is given. */
const hookKinds = [
  'pass',
  'log',
  'redirect',
  'virtual',
  'source',
  'circuit',
  'fail',
  'wrong',
  'conditions',
]
