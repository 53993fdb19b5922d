import { createLoader } from 'lodger'
import { createLoader as createCoreLoader } from 'lodger/core'
import { createVolume } from 'lodger/fs/volume'
import { describe, expect, test } from 'vitest'

/** A loader whose files say when they run, and what has run since the last look. */
function watch(files: Readonly<Record<string, string>>, options: object = {}) {
  const fs = createVolume()
  const runs: string[] = []
  const write = (path: string, text: string) => {
    const isCode = /\.[cm]?js$/.test(path)
    fs.put(path, isCode ? `${text}\nruns.push(${JSON.stringify(path)})` : text)
  }
  for (const [path, text] of Object.entries(files)) write(path, text)
  const loader = createLoader({ fs, globals: { runs }, ...options })
  return { loader, fs, write, ran: () => runs.splice(0) }
}

const thrownBy = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return error as Error & { code?: string }
  }
  throw new Error('nothing was thrown')
}

describe('loader.invalidate', () => {
  const mixed = {
    '/app.js': 'exports.list = [require("./a"), require("./b")]; exports.m = require("./m.mjs")',
    '/a.js': 'exports.leaf = require("./leaf")',
    '/b.js': 'exports.b = require("./other")',
    '/m.mjs':
      'import leaf from "./leaf.js"; import "./n.mjs"; import data from "./d.json" with { type: "json" }; export { leaf, data }',
    '/n.mjs':
      'import { createRequire } from "module"; export const late = () => import("./late.mjs"); export const deep = createRequire(import.meta.url)("./deep.cjs")',
    '/late.mjs': 'export default "late"',
    '/deep.cjs': '',
    '/leaf.js': 'module.exports = { version: 1 }',
    '/other.js': '',
    '/d.json': '{ "d": 1 }',
  }

  test('drops one file: the next who asks gets it anew, nobody else runs again', () => {
    const { loader, write, ran } = watch(mixed)
    const before = loader.require('/app.js')
    expect(ran().sort()).toEqual([
      ...['/a.js', '/app.js', '/b.js', '/deep.cjs', '/leaf.js', '/m.mjs', '/n.mjs', '/other.js'],
    ])
    write('/leaf.js', 'module.exports = { version: 2 }')
    expect(loader.invalidate('/leaf.js')).toEqual(['/leaf.js'])
    expect(loader.require('/app.js')).toBe(before)
    expect(loader.require('./leaf')).toEqual({ version: 2 })
    expect(ran()).toEqual(['/leaf.js'])
    expect(loader.require('/m.mjs')).toMatchObject({ leaf: { version: 1 } })
  })

  test.each([
    ['/leaf.js', ['/leaf.js', '/a.js', '/m.mjs', '/app.js']],
    ['/other.js', ['/other.js', '/b.js', '/app.js']],
    ['/n.mjs', ['/n.mjs', '/m.mjs', '/app.js']],
    ['/d.json', ['/d.json', '/m.mjs', '/app.js']],
    ['/deep.cjs', ['/deep.cjs', '/n.mjs', '/m.mjs', '/app.js']],
    ['/late.mjs', ['/late.mjs', '/n.mjs', '/m.mjs', '/app.js']],
    ['/app.js', ['/app.js']],
  ])(
    'drops %s with all that depends on it, by require, import, import() and createRequire',
    async (file, dropped) => {
      const { loader, ran } = watch(mixed)
      const { m } = loader.require('/app.js') as { m: object }
      await ((await loader.import('/n.mjs')) as { late(): Promise<object> }).late()
      ran()
      expect(loader.invalidate(file, { dependents: true }).sort()).toEqual([...dropped].sort())
      const again = loader.require('/app.js') as { m: object }
      await ((await loader.import('/n.mjs')) as { late(): Promise<object> }).late()
      expect(ran().sort()).toEqual(dropped.filter((path) => path !== '/d.json').sort())
      expect(again.m === m).toBe(!dropped.includes('/m.mjs'))
    },
  )

  test('an ES module is evaluated anew, and the namespace that somebody has stays', async () => {
    const { loader, write } = watch({
      '/m.mjs': 'export const version = 1',
      '/main.mjs': 'export * from "./m.mjs"',
    })
    const before = (await loader.import('/main.mjs')) as { version: number }
    write('/m.mjs', 'export const version = 2; export const more = true')
    expect(loader.invalidate('/m.mjs')).toEqual(['/m.mjs'])
    expect(await loader.import('/main.mjs')).toBe(before)
    expect({ ...(await loader.import('/m.mjs')) }).toEqual({ more: true, version: 2 })
    expect({ ...before }).toEqual({ version: 1 })
    loader.invalidate('file:///m.mjs', { dependents: true })
    expect({ ...(await loader.import('/main.mjs')) }).toEqual({ more: true, version: 2 })
    expect(loader.require('/main.mjs')).toMatchObject({ more: true, version: 2 })
  })

  test('who still holds what was dropped before is a dependent of what that needs', () => {
    const { loader, ran } = watch({
      '/holder.js': 'require("./old")',
      '/old.js': 'require("./base")',
      '/base.js': '',
    })
    loader.require('/holder.js')
    expect(loader.invalidate('/old.js')).toEqual(['/old.js'])
    expect(loader.invalidate('/base.js', { dependents: true })).toEqual(['/base.js', '/holder.js'])
    ran()
    loader.require('/holder.js')
    expect(ran()).toEqual(['/base.js', '/old.js', '/holder.js'])
  })

  test('a cycle is dropped as a whole', async () => {
    const { loader, ran } = watch({
      '/a.mjs': 'import { b } from "./b.mjs"; export const a = () => b',
      '/b.mjs': 'import { a } from "./a.mjs"; export const b = () => a',
      '/c.js': 'exports.d = require("./d")',
      '/d.js': 'exports.c = require("./c")',
    })
    await loader.import('/a.mjs')
    loader.require('/c.js')
    ran()
    expect(loader.invalidate('/b.mjs', { dependents: true })).toEqual(['/b.mjs', '/a.mjs'])
    expect(loader.invalidate('/d.js', { dependents: true })).toEqual(['/d.js', '/c.js'])
    await loader.import('/a.mjs')
    loader.require('/c.js')
    expect(ran()).toEqual(['/b.mjs', '/a.mjs', '/d.js', '/c.js'])
  })

  test('a file that came is found, by require and import, and one that went is not', async () => {
    const { loader, fs, write } = watch({
      '/app/x/index.js': 'module.exports = "directory"',
      '/app/m.mjs': 'export const x = () => import("./y.mjs")',
      '/app/y.mjs': 'export default "y"',
      '/app/node_modules/p/index.js': 'module.exports = "outer"',
      '/app/lib/q.js': 'exports.p = require("p")',
    })
    const ask = () => [loader.require('./x', '/app'), loader.require('p', '/app/lib')]
    expect(ask()).toEqual(['directory', 'outer'])
    write('/app/x.js', 'module.exports = "file"')
    write('/app/lib/node_modules/p/index.js', 'module.exports = "inner"')
    expect(ask()).toEqual(['directory', 'outer'])
    expect(loader.invalidate('/app/x.js')).toEqual([])
    expect(loader.invalidate('/app/lib/node_modules/p/index.js')).toEqual([])
    expect(ask()).toEqual(['file', 'inner'])

    loader.fs.unlinkSync('/app/x.js')
    expect(ask()[0]).toBe('file')
    expect(loader.invalidate('/app/x.js')).toEqual(['/app/x.js'])
    expect(ask()[0]).toBe('directory')
    loader.fs.rmSync('/app/x', { recursive: true })
    loader.invalidate('/app/x/index.js')
    expect(thrownBy(ask)).toMatchObject({ code: 'MODULE_NOT_FOUND' })

    const { x } = (await loader.import('/app/m.mjs')) as { x(): Promise<{ default: string }> }
    expect((await x()).default).toBe('y')
    loader.fs.unlinkSync('/app/y.mjs')
    expect((await x()).default).toBe('y')
    loader.invalidate('/app/y.mjs')
    await expect(x()).rejects.toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' })
    fs.put('/app/y.mjs', 'export default "again"')
    loader.invalidate('/app/y.mjs')
    expect((await x()).default).toBe('again')
  })

  test('what is gone and was not asked about stays found, as in node', () => {
    const { loader, write } = watch({ '/a.js': 'module.exports = "a"', '/b/index.js': '' })
    loader.require('./a')
    loader.require('./b')
    loader.fs.unlinkSync('/a.js')
    write('/b.js', 'module.exports = "b"')
    loader.invalidate('/b.js')
    expect([loader.require('./a'), loader.require('./b')]).toEqual(['a', 'b'])
  })

  test('a package.json is read anew', async () => {
    const { loader, write } = watch({
      '/node_modules/p/package.json': '{ "main": "./one.js" }',
      '/node_modules/p/one.js': 'module.exports = 1',
      '/node_modules/p/two.js': 'export default 2',
    })
    expect([loader.require('p'), loader.require('p/package.json')]).toEqual([
      1,
      { main: './one.js' },
    ])
    write('/node_modules/p/package.json', '{ "exports": "./two.js", "type": "module" }')
    expect(loader.require('p')).toBe(1)
    expect(loader.invalidate('/node_modules/p/package.json')).toEqual([
      '/node_modules/p/package.json',
    ])
    expect(loader.require('p')).toMatchObject({ default: 2 })
    expect(await loader.import('p')).toMatchObject({ default: 2 })
  })

  test('guest code that has looked into Module._pathCache sees the answer go', () => {
    const { loader, write } = watch({ '/x/index.js': 'module.exports = 1', '/main.js': '' })
    loader.require('./x')
    const keys = () => Object.keys(loader.Module._pathCache).length
    const before = keys()
    loader.invalidate('/x/index.js')
    expect(keys()).toBe(before - 1)
    write('/x.js', 'module.exports = 2')
    expect(loader.require('./x')).toBe(2)
  })

  test('refuses what is being evaluated, and then drops nothing', async () => {
    const calls: unknown[] = []
    const invalidate = (file: string, options?: object) => {
      calls.push(thrownBy(() => loader.invalidate(file, options)))
    }
    const { loader, ran } = watch(
      {
        '/main.js':
          'require("./a"); invalidate("/main.js"); invalidate("/a.js", { dependents: true })',
        '/a.js': '',
        '/m.mjs': 'import "./a.js"; invalidate("/m.mjs"); await go',
      },
      { globals: { invalidate, runs: [] } },
    )
    loader.main('/main.js')
    expect(calls.splice(0)).toMatchObject([
      {
        code: 'ERR_LODGER_EVALUATING',
        message: "Cannot invalidate '/main.js': it is being evaluated. Wait until it has run",
      },
      {
        message:
          "Cannot invalidate '/a.js': '/main.js', which depends on it, is being evaluated. Wait until it has run",
      },
    ])
    ran()
    let go: (value?: unknown) => void = () => {}
    loader.global.go = new Promise((resolve) => {
      go = resolve
    })
    const running = loader.import('/m.mjs')
    await new Promise(setImmediate)
    invalidate('/a.js', { dependents: true })
    go()
    await running
    expect(calls.map((error) => (error as Error).message.slice(0, 60))).toEqual([
      "Cannot invalidate '/m.mjs': it is being evaluated. Wait unti",
      "Cannot invalidate '/a.js': '/m.mjs', which depends on it, is",
    ])
    expect(loader.invalidate('/a.js', { dependents: true }).sort()).toEqual([
      '/a.js',
      '/m.mjs',
      '/main.js',
    ])
  })

  test('takes paths from the cwd, URLs and symlinks; what is not there is none', () => {
    const fs = createVolume()
    fs.put('/store/a b.js', 'module.exports = 1')
    fs.put('/app/link', { link: '../store' } as never)
    const loader = createLoader({ fs, cwd: '/app' })
    const asked = [
      '../store/a b.js',
      'file:///store/a%20b.js',
      '/app/link/a b.js',
      './link/../link/a b.js',
    ]
    for (const file of asked) {
      loader.require('./link/a b')
      expect(loader.invalidate(file)).toEqual(['/store/a b.js'])
    }
    expect(loader.invalidate('/store/a b.js')).toEqual([])
    expect(loader.invalidate('/none.js', { dependents: true })).toEqual([])
    expect(thrownBy(() => loader.invalidate(5 as never))).toMatchObject({
      code: 'ERR_INVALID_ARG_TYPE',
      message: 'The "file" argument must be of type string. Received type number (5)',
    })
    expect(thrownBy(() => loader.invalidate('/x', { dependents: 1 } as never)).message).toBe(
      'The "options.dependents" property must be of type boolean. Received type number (1)',
    )
    expect(thrownBy(() => loader.invalidate('/x', { deep: true } as never)).message).toBe(
      "Invalid loader options: there is no option 'deep' of invalidate; it has 'dependents'",
    )
  })

  test('require.cache stays the truth: what the guest deletes or puts there counts', () => {
    const { loader, ran } = watch({
      '/a.js': 'exports.b = require("./b")',
      '/b.js': '',
      '/c.js': '',
    })
    loader.require('/a.js')
    delete loader.cache['/b.js']
    expect(loader.invalidate('/b.js', { dependents: true })).toEqual(['/a.js'])
    loader.cache['/c.js'] = { exports: 'mock' } as never
    expect(loader.require('/c.js')).toBe('mock')
    expect(loader.invalidate('/c.js')).toEqual(['/c.js'])
    ran()
    loader.require('/a.js')
    expect(ran()).toEqual(['/b.js', '/a.js'])
  })

  test('who reloads again and again keeps no more than the last', () => {
    const { loader } = watch({
      '/app.js': 'exports.again = () => require("./part")',
      '/part.js': '',
    })
    const { again } = loader.require('/app.js') as { again(): void }
    for (let turn = 0; turn < 10; turn++) {
      again()
      loader.invalidate('/part.js')
    }
    expect(loader.cache['/app.js']?.children.length).toBeLessThanOrEqual(2)
  })

  test('every query of an ES module, one that failed, and a text of hooks', async () => {
    let text = 'throw new Error("first")'
    const { loader, ran } = watch(
      { '/m.mjs': '', '/main.mjs': 'import "./m.mjs?a"; import "./m.mjs?b"; import "made"' },
      {
        hooks: {
          resolve: (specifier: string, _: object, next: (specifier: string) => object) =>
            specifier === 'made'
              ? { url: 'made:up', format: 'module', shortCircuit: true }
              : next(specifier),
          load: (url: string, _: object, next: (url: string) => object) =>
            url === 'made:up' ? { source: text, format: 'module', shortCircuit: true } : next(url),
        },
      },
    )
    const main = () => loader.import('/main.mjs')
    await expect(main()).rejects.toThrow('first')
    text = ''
    await expect(main()).rejects.toThrow('first')
    expect(loader.invalidate('made:up', { dependents: true })).toEqual(['made:up', '/main.mjs'])
    await main()
    expect(ran()).toEqual(['/m.mjs', '/m.mjs', '/main.mjs'])
    expect(loader.invalidate('/m.mjs', { dependents: true })).toEqual(['/m.mjs', '/main.mjs'])
    await main()
    expect(ran()).toEqual(['/m.mjs', '/m.mjs', '/main.mjs'])
  })

  test('is for lodger: the core says so', () => {
    const core = createCoreLoader({}, { evaluate: () => {} })
    for (const ask of [() => core.invalidate('/a.js'), core.graph]) {
      expect(thrownBy(ask)).toMatchObject({ code: 'ERR_METHOD_NOT_IMPLEMENTED' })
    }
    expect(thrownBy(core.graph).message).toBe(
      'The loader.graph method is not implemented by lodger/core',
    )
  })
})

describe('JP-23 reload', () => {
  const files = {
    '/app.js': 'exports.value = { n: 0 }; exports.lib = require("./lib")',
    '/lib.js': 'exports.value = { n: 0 }',
    '/esm.mjs': 'export const value = { n: 0 }',
  }

  test('one: only that module is new', () => {
    const { loader } = watch(files)
    const reload = (file: string) => {
      loader.invalidate(file)
      return loader.require(file) as { value: { n: number }; lib: object }
    }
    const first = loader.require('/app.js') as { value: { n: number }; lib: object }
    first.value.n = 1
    const second = reload('/app.js')
    expect(second.value.n).toBe(0)
    expect(second.lib).toBe(first.lib)
    expect(loader.require('/app.js')).toBe(second)
  })

  test('all: everything is new', async () => {
    const { loader, ran } = watch(files)
    const first = loader.require('/app.js') as { lib: object }
    await loader.import('/esm.mjs')
    ran()
    for (const { filename } of loader.graph().modules) if (filename) loader.invalidate(filename)
    const second = loader.require('/app.js') as { lib: object }
    await loader.import('/esm.mjs')
    expect(second.lib).not.toBe(first.lib)
    expect(ran()).toEqual(['/lib.js', '/app.js', '/esm.mjs'])
  })
})
