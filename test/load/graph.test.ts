import { createLoader } from 'lodger'
import { describe, expect, test } from 'vitest'

const files = {
  '/app/main.js':
    'const os = require("node:os"); require("./a"); const again = require("./a.js"); require("mine"); require("lib"); module.exports = import("./m.mjs")',
  '/app/a.js': 'exports.data = require("./d.json"); exports.late = () => require("./late")',
  '/app/late.js': '',
  '/app/d.json': '{ "é": 1 }',
  '/app/m.mjs':
    'import { sep } from "path"; import a from "./a.js"; import "./n.mjs?v=1"; import d from "./d.json" with { type: "json" }; export default await import("./t.cjs")',
  '/app/n.mjs':
    'import { createRequire } from "module"; createRequire(import.meta.url)("./made.cjs"); import "./m.mjs"',
  '/app/made.cjs': '',
  '/app/t.cjs': 'require("./esm.mjs")',
  '/app/esm.mjs': 'export {}',
  '/app/waiting.mjs': '',
  '/app/node_modules/lib/index.js': '',
}
const overrides = { mine: { mine: true } }

const short = (url: string) => url.replace('file:///app/', '').replace('node_modules/', '')

async function run(options: object = {}) {
  const loader = createLoader({ fs: files, overrides, ...options })
  await loader.main('/app/main.js')
  const graph = loader.graph()
  const lines = graph.edges.map(
    ({ from, to, specifier, kind }) => `${short(from)} ${kind} ${specifier} ${short(to)}`,
  )
  return { loader, graph, lines, urls: graph.modules.map(({ url }) => short(url)) }
}

describe('loader.graph', () => {
  const ran = [
    ...['main.js', 'a.js', 'd.json', 'lib/index.js', 'n.mjs?v=1', 'made.cjs', 'm.mjs', 't.cjs'],
    'esm.mjs',
  ]
  const imports = [
    'main.js dynamic-import ./m.mjs m.mjs',
    'n.mjs?v=1 import module node:module',
    'n.mjs?v=1 import ./m.mjs m.mjs',
    'm.mjs import path node:path',
    'm.mjs import ./a.js a.js',
    'm.mjs import ./n.mjs?v=1 n.mjs?v=1',
    'm.mjs import ./d.json d.json',
    'm.mjs dynamic-import ./t.cjs t.cjs',
  ]

  test('modules in the order in which they began to run, and edges, by require without specifiers', async () => {
    const { graph, lines, urls } = await run()
    expect(urls).toEqual([...ran, 'node:module', 'node:path'])
    expect(lines.filter((line) => line.includes('import'))).toEqual(imports)
    expect(lines.filter((line) => !line.includes('import'))).toEqual([
      'main.js require undefined a.js',
      'main.js require undefined lib/index.js',
      'a.js require undefined d.json',
      'n.mjs?v=1 require undefined made.cjs',
      't.cjs require undefined esm.mjs',
    ])
    expect(graph.modules.find(({ url }) => url.endsWith('d.json'))).toEqual({
      url: 'file:///app/d.json',
      filename: '/app/d.json',
      format: 'json',
      bytes: 11,
    })
    expect(graph.modules.map(({ format }) => format).slice(3)).toEqual([
      ...['commonjs', 'module', 'commonjs', 'module', 'commonjs', 'module', 'builtin', 'builtin'],
    ])
    expect(graph.modules[4]).toMatchObject({ filename: '/app/n.mjs' })
    expect(graph.modules.at(-1)).toEqual({ url: 'node:path', format: 'builtin' })
    expect(JSON.parse(JSON.stringify(graph))).toEqual(graph)
  })

  test('with trace: every specifier, builtins and overrides as leaves', async () => {
    const { lines, urls } = await run({ trace: true })
    expect(urls).toEqual([...ran, 'node:os', 'mine', 'node:module', 'node:path'])
    expect(lines.filter((line) => line.includes('import'))).toEqual(imports)
    expect(lines.filter((line) => !line.includes('import'))).toEqual([
      'main.js require node:os node:os',
      'main.js require ./a a.js',
      'main.js require ./a.js a.js',
      'main.js require mine mine',
      'main.js require lib lib/index.js',
      'a.js require ./d.json d.json',
      'n.mjs?v=1 require ./made.cjs made.cjs',
      't.cjs require ./esm.mjs esm.mjs',
    ])
  })

  test('with trace: when each was loaded, and how long it and what it loaded took', async () => {
    let clock = 0
    const tick = (milliseconds: number) => {
      clock += milliseconds
    }
    const loader = createLoader({
      fs: {
        '/main.js':
          'tick(1); require("./a"); tick(2); require("./a"); module.exports = import("./m.mjs")',
        '/a.js': 'tick(10); require("./b"); tick(20)',
        '/b.js': 'tick(100)',
        '/m.mjs': 'import "./n.mjs"; tick(1000); await Promise.resolve().then(() => tick(4000))',
        '/n.mjs': 'tick(200); import b from "./c.cjs"',
        '/c.cjs': 'tick(7)',
      },
      globals: { tick },
      host: { uptime: () => clock, now: () => 1e6 + clock },
      trace: true,
    })
    await loader.main('/main.js')
    const rows = loader
      .graph()
      .modules.map(({ url, loadedAt, milliseconds }) => [
        url.slice(8),
        (loadedAt as number) - 1e6,
        milliseconds?.self,
        milliseconds?.total,
      ])
    expect(rows).toEqual([
      ['main.js', 133, 3, 133],
      ['a.js', 131, 30, 130],
      ['b.js', 111, 100, 100],
      ['c.cjs', 140, 7, 7],
      ['n.mjs', 340, 200, 200],
      ['m.mjs', 5340, 1000, 5000],
    ])
  })

  test('with trace: who asked first, by require and import, and builtins with their times', async () => {
    const { graph } = await run({ trace: true })
    const by = graph.modules.map(({ url, by }) => [short(url), by && short(by)])
    expect(Object.fromEntries(by)).toEqual({
      'main.js': undefined,
      'a.js': 'main.js',
      'd.json': 'a.js',
      'lib/index.js': 'main.js',
      'm.mjs': 'main.js',
      'n.mjs?v=1': 'm.mjs',
      'made.cjs': 'n.mjs?v=1',
      't.cjs': 'm.mjs',
      'esm.mjs': 't.cjs',
      'node:os': 'main.js',
      mine: 'main.js',
      'node:module': 'n.mjs?v=1',
      'node:path': 'm.mjs',
    })
    expect(graph.modules.every(({ milliseconds }) => milliseconds !== undefined)).toBe(true)
  })

  test('with a function as trace, which sees it while modules run', () => {
    let clock = 0
    const seen: unknown[] = []
    const loader = createLoader({
      fs: {
        '/main.js': 'tick(1); require("./a"); tick(2); require("./bad")',
        '/a.js': 'tick(10)',
        '/bad.js': 'tick(100); null.x',
      },
      globals: {
        tick(milliseconds: number) {
          clock += milliseconds
        },
      },
      host: { uptime: () => clock },
      trace() {
        const rows = loader.graph().modules.map(({ url, loadedAt, milliseconds }) => {
          const { start, self, total } = milliseconds ?? {}
          return `${url.slice(8)} ${start} ${self}/${total}${loadedAt === undefined ? '' : ' ran'}`
        })
        seen.push(rows.join(', '))
      },
    })
    expect(() => loader.main('/main.js')).toThrow(TypeError)
    expect(seen).toEqual([
      'main.js 0 0/0',
      'main.js 0 1/1, a.js 1 0/0',
      'main.js 0 1/11, a.js 1 10/10 ran',
      'main.js 0 3/13, a.js 1 10/10 ran, bad.js 13 0/0',
      'main.js 0 3/113, a.js 1 10/10 ran, bad.js 13 100/100',
      'main.js 0 3/113, a.js 1 10/10 ran',
    ])
  })

  test('what was dropped is gone from it, and there again when it has run again', async () => {
    const { loader, urls } = await run({ trace: true })
    loader.invalidate('/app/esm.mjs')
    expect(loader.graph().modules.map(({ url }) => short(url))).toEqual(
      urls.filter((url) => url !== 'esm.mjs'),
    )
    expect(loader.graph().edges.some(({ to }) => to.endsWith('esm.mjs'))).toBe(false)
    loader.require('/app/esm.mjs')
    expect(loader.graph().modules.map(({ url }) => short(url))).toEqual(urls)
    expect(loader.graph().edges.some(({ to }) => to.endsWith('esm.mjs'))).toBe(true)
  })

  test('requests of a function that runs later, what failed, and hooks that stand around', () => {
    const loader = createLoader({
      fs: { ...files, '/app/bad.js': 'throw new Error("mine")' },
      loadModuleHook: (module) => ({ exports: module.exports }),
      hooks: {
        resolve: (specifier, _, next) =>
          specifier === 'virtual'
            ? { url: 'virtual:x', format: 'json', shortCircuit: true }
            : next(specifier),
        load: (url, _, next) =>
          url === 'virtual:x' ? { source: '{}', format: 'json', shortCircuit: true } : next(url),
      },
      trace: true,
    })
    const { late } = loader.require('/app/a.js') as { late(): void }
    expect(() => loader.require('/app/bad.js')).toThrow('mine')
    loader.require('virtual')
    late()
    const { modules, edges } = loader.graph()
    expect(modules.map(({ url }) => short(url))).toEqual(['a.js', 'd.json', 'virtual:x', 'late.js'])
    expect(modules[2]).toMatchObject({ url: 'virtual:x', format: 'json' })
    expect(modules[2]).not.toHaveProperty('filename')
    expect(modules.every(({ milliseconds }) => milliseconds !== undefined)).toBe(true)
    expect(edges.map(({ specifier }) => specifier)).toEqual(['./d.json', './late'])
  })

  test('is empty at first, and two programs of the same files give the same', async () => {
    expect(createLoader({ fs: files }).graph()).toEqual({ modules: [], edges: [] })
    expect((await run()).graph).toEqual((await run()).graph)
    expect(() => createLoader({ trace: 1 } as never)).toThrow(
      'The "options.trace" property must be of type boolean. Received type number (1)',
    )
  })
})
