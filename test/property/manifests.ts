/** Random package.json files: sound ones, odd ones and broken ones. */
import type { Random } from './random.ts'

export const packageNames = [
  'a',
  'b',
  'c',
  '@s/a',
  '@s/b',
  'x.js',
  'fs',
  '__proto__',
  'ä ö',
  'p%20q',
  '#h',
  '.dot',
  'test',
]

const targets = [
  './m.js',
  './index.js',
  './x.js',
  './lib/x.js',
  './lib',
  './lib/y.json',
  './none.js',
  './x',
  './lib/',
  './m.js',
  './x.js',
  './lib/x.js',
  './a b.js',
  './a%20b.js',
  './ü.js',
  './%zz.js',
  './x%2fy.js',
  './/m.js',
  './lib//x.js',
  './x/../m.js',
  './node_modules/a/index.js',
  '../m.js',
  '/m.js',
  'm.js',
  'a',
  '',
  '.',
  './',
  './m.js?q',
  './m.js#h',
  './%2e%2e/m.js',
  './x.cjs',
  './y.mjs',
]
const patternTargets = [
  './lib/*.js',
  './*.js',
  './*',
  './lib/*',
  './lib/*/*.js',
  './*/x.js',
  './m.js',
  './none/*',
  './lib//*',
  '../*',
  'b/*',
  './lib/*.json',
  './*.cjs',
  './lib/*/',
]
const subpaths = [
  '.',
  './x',
  './m.js',
  './lib/x.js',
  './lib',
  './package.json',
  './y',
  './toString',
  './__proto__',
  './lib/',
]
const patterns = [
  './*',
  './lib/*',
  './*.js',
  './lib/*.js',
  './x/*/y',
  './*/',
  './l*',
  './*x',
  './lib/in/*',
  './**',
  './lib/*/*',
]
const conditionNames = [
  'require',
  'node',
  'default',
  'import',
  'node-addons',
  'module-sync',
  'browser',
  'types',
  'default',
  'require',
]
const importKeys = [
  '#x',
  '#m',
  '#a',
  '#dep',
  '#/x',
  '#lib/*',
  '#*',
  '#',
  '#lib/',
  '#a/*',
  '#x/*.js',
  'nohash',
  '#__proto__',
]
const importTargets = [
  ...targets,
  'a',
  'b',
  'c',
  '@s/a',
  'a/x',
  'a/lib/x.js',
  'b/m.js',
  'fs',
  'node:fs',
  'none',
  'c/x',
  '@s/b/lib/x.js',
]

/** Strings to choose targets from: those that are there, and those that are odd. */
interface Choice {
  readonly real: readonly string[]
  readonly odd: readonly string[]
}

/** An exports or imports target. */
function target(random: Random, strings: Choice, depth = 0): unknown {
  switch (
    random.weighted({
      string: 70,
      conditions: depth < 3 ? 18 : 0,
      array: depth < 3 ? 7 : 0,
      null: 4,
      odd: 2,
    })
  ) {
    case 'string':
      return random.pick(strings.real.length > 0 && random.percent(65) ? strings.real : strings.odd)
    case 'conditions': {
      const object: Record<string, unknown> = {}
      for (let count = 1 + random.below(3); count > 0; count--) {
        const name = random.percent(2) ? String(random.below(3)) : random.pick(conditionNames)
        define(object, name, target(random, strings, depth + 1))
      }
      return object
    }
    case 'array':
      return Array.from({ length: random.below(4) }, () => target(random, strings, depth + 1))
    case 'null':
      return null
    default:
      return random.pick([1, true, false, 0])
  }
}

function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  })
}

function exportsField(random: Random, files: readonly string[]): unknown {
  const targetsHere = { real: files, odd: targets }
  const patternsHere = { real: starred(files), odd: patternTargets }
  switch (random.weighted({ map: 60, target: 28, odd: 6, empty: 3, mixed: 3 })) {
    case 'map': {
      const map: Record<string, unknown> = {}
      if (random.percent(80)) define(map, '.', target(random, targetsHere))
      for (const key of random.some(subpaths.slice(1), 4))
        define(map, key, target(random, targetsHere))
      for (const key of random.some(patterns, 3)) define(map, key, target(random, patternsHere))
      return map
    }
    case 'target':
      return target(random, targetsHere)
    case 'odd':
      return random.pick([null, 1, true, '', false, '{".":"./m.js"}', '[', []])
    case 'empty':
      return {}
    default:
      return {
        [random.pick(['.', './x', 'require'])]: './m.js',
        [random.pick(['node', './y', ''])]: './x.js',
      }
  }
}

/** Files as pattern targets: `./lib/x.js` gives `./lib/*.js`, `./lib/*`. */
const starred = (files: readonly string[]) =>
  files.flatMap((file) => [file.replace(/[^/]*(\.[^./]*)$/, '*$1'), file.replace(/[^/]*$/, '*')])

function importsField(random: Random, files: readonly string[]): unknown {
  if (random.percent(6)) return random.pick([null, 1, 'x', '', [], ['#x'], true])
  const map: Record<string, unknown> = {}
  for (const key of random.some(importKeys, 6)) {
    const strings = key.includes('*')
      ? { real: starred(files), odd: patternTargets }
      : { real: files, odd: importTargets }
    define(map, key, target(random, strings))
  }
  return map
}

const mains = [
  'm.js',
  './m.js',
  './m',
  'm',
  'lib',
  './lib/',
  'lib/x',
  './lib/x.js',
  'index',
  'index.js',
  '.',
  './',
  '..',
  '../a',
  '../m.js',
  'none.js',
  'none/',
  'x',
  'y',
  'lib/y',
  '',
  ' ',
  '/m.js',
  'x.cjs',
  'y.mjs',
  'm.js/',
]

/** Texts that JSON.parse and node's reader see differently, or that both refuse. */
const broken = [
  '',
  '{',
  '[]',
  'null',
  '{"main":"m.js",}',
  '{"main":"m.js"} x',
  '{"main":"m.js"} x }',
  '{"main":"m.js"}{"main":"x.js"}',
  '\ufeff{"main":"m.js"}',
  '{"name":1}',
  '{"type":null}',
  '{"main":1}',
  '{"a":nope,"main":"m.js"}',
  '{"a":[1,],"main":"x"}',
  '{"exports":{".":nope}}',
  '{"exports":{".":"./m.js",}}',
  '{"imports":{"#x":nope},"main":"m.js"}',
  '{"exports":"./m.js","exports":"./x.js"}',
  '{"main":"x.js","main":2}',
  '{"m\\u0061in":"m.js"}',
  '{"main":"m\\u002ejs"}',
  "{'main':'m.js'}",
  '{"main":"m.js" // c\n}',
  '{"name":"a","name":"b","exports":"./m.js"}',
  '{"exports":nul}',
  '{"exports":[}',
  '{"x":[1},"main":"m.js"}',
  '{"a":01,"main":"./m"}',
  '{"main":"m.js","x":"\t"}',
  '{"name":"\\ud800"}',
  '{"main":"\\x"}',
  '{"type":"modul\\u0065"}',
  '{"main":"m.js"',
  '}',
  '{}}',
  '{"a"}',
  '{"a":1 "main":"m.js"}',
]

/** The text of a package.json for a package that lies in a directory named `name` and has these files (`./m.js`). */
export function manifest(random: Random, name: string, files: readonly string[]): string {
  if (random.percent(8)) return random.pick(broken)
  const json: Record<string, unknown> = {}
  if (random.percent(70))
    json.name = random.percent(85) ? name : random.pick([...packageNames, '', '.', '..', 'me'])
  if (random.percent(55))
    json.main = random.percent(95)
      ? random.pick(files.length > 0 && random.percent(45) ? files : mains)
      : random.pick([1, null, true, [], {}])
  if (random.percent(25)) json.type = random.weighted({ commonjs: 50, module: 40, odd: 8, '': 2 })
  if (random.percent(45)) json.exports = exportsField(random, files)
  if (random.percent(35)) json.imports = importsField(random, files)
  return JSON.stringify(json)
}

export const importRequests: readonly string[] = [
  '#x',
  '#m',
  '#a',
  '#dep',
  '#/x',
  '#lib/x',
  '#y',
  '#',
  '#lib/',
  '#a/x',
  '#x/m.js',
  '#none',
  '#__proto__',
  '#h',
  '#lib/y',
  '#dep/x',
]
export const exportSubpaths: readonly string[] = [
  '',
  '',
  '',
  '/x',
  '/m.js',
  '/lib/x.js',
  '/lib',
  '/package.json',
  '/y',
  '/lib/x',
  '/x/q/y',
  '/',
  '/lib/',
  '/./x',
  '/../a',
  '/x.js',
  '/none',
  '/m',
  '/toString',
  '/__proto__',
  '//x',
  '/lib/../x',
  '/%2e/x',
  '/lib/in/x',
  '/lx',
  '/yx',
  '/node_modules/a',
]
