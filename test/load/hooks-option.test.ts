import { rmSync } from 'node:fs'
import { createLoader } from 'lodger'
import { createLoader as createCoreLoader } from 'lodger/core'
import { afterAll, describe, expect, test } from 'vitest'
import { createPlace, layOut } from '../oracle/layout.ts'
import { treeToVolume } from '../oracle/lodger.ts'
import { askNode } from '../oracle/node.ts'

const refusal = (make: () => unknown) => {
  try {
    make()
  } catch (error) {
    const { code, message } = error as Error & { code: string }
    return [code, message]
  }
  throw new Error('nothing was thrown')
}

describe('createLoader({ hooks })', () => {
  const place = createPlace()
  afterAll(() => rmSync(place, { recursive: true, force: true }))

  const tree = {
    'app.js': `module.exports = (async () => JSON.stringify([require('./a.js'), (await import('./m.mjs')).default,
      require('virtual'), require('./d.json'), typeof require('os'), require.resolve('virtual'), globalThis.log], null, 1))()`,
    'a.js': 'module.exports = "a"',
    'm.mjs':
      'import a from "./a.js"; import v from "virtual"; export default [a, v, import.meta.resolve("virtual")]',
    'd.json': '{ "d": 1 }',
  }
  /** Text, so that node and the host of lodger run the same. */
  const hooksText = `(log, root) => ['x', 'y'].map((name) => ({
    resolve(specifier, context, next) {
      log.push([name, 'resolve', specifier, context.parentURL?.replace('file://' + root, '')])
      return specifier === 'virtual' ? { url: 'virtual:' + name, format: 'commonjs', shortCircuit: true } : next(specifier)
    },
    load(url, context, next) {
      log.push([name, 'load', url.replace('file://' + root, ''), context.format])
      if (url.startsWith('virtual:')) return { source: 'module.exports = ' + JSON.stringify(url), format: 'commonjs', shortCircuit: true }
      const result = next(url)
      return url.endsWith('/a.js') ? { ...result, source: result.source + ' + ' + JSON.stringify(name) } : result
    },
  }))`

  test('is as registerHooks before the program on node: for require and import, the last first', async () => {
    const program = `globalThis.log = []; const { registerHooks } = require('module'); const hooks = (${hooksText})(log, __dirname)
      for (const each of hooks) registerHooks(each)
      module.exports = require('./app.js'); `
    const laidOut = layOut({ name: 'hooks', tree, program }, `${place}/0`)
    const [answer] = await askNode([laidOut], place)
    const onNode = JSON.parse((answer?.result ?? '[]') as string)

    const log: unknown[] = []
    const hooks = new Function(`return ${hooksText}`)()(log, laidOut.root)
    const fs = treeToVolume(laidOut.files)
    const loader = createLoader({ fs, cwd: laidOut.root, hooks, globals: { log } })
    const here = await (loader.require('./app.js', `${laidOut.root}/main.js`) as Promise<string>)
    expect(JSON.parse(here)).toEqual(onNode)
    expect(onNode.slice(0, 3)).toEqual(['axy', ['axy', 'virtual:y', 'virtual:y'], 'virtual:y'])
  })

  test('is there before preloads run, and with what the guest registers, which goes first', () => {
    const loader = createLoader({
      fs: {
        '/first.js': 'exports.first = 1',
        '/app.js':
          'const { registerHooks } = require("module"); registerHooks({ resolve: (s, c, next) => next(s === "guest" ? "host" : s) }); ' +
          'module.exports = [require("guest"), seen]',
      },
      execArgv: ['--require', '/first.js'],
      globals: { seen: [] },
      hooks: {
        resolve(specifier, _, next) {
          ;(loader.global.seen as string[]).push(specifier)
          return next(specifier === 'host' ? '/first.js' : specifier)
        },
      },
    })
    expect(loader.main('/app.js')).toEqual([
      { first: 1 },
      ['/first.js', '/app.js', 'module', 'host'],
    ])
  })

  test('holds for the programs that a guest starts', () => {
    const fs = {
      '/app.js':
        'module.exports = require("child_process").execFileSync(process.execPath, ["/child.js"], { encoding: "utf8" })',
      '/child.js': 'console.log(require("made"))',
    }
    const source = 'module.exports = "made by hooks"'
    const loader = createLoader({
      fs,
      hooks: {
        resolve: (specifier, _, next) =>
          specifier === 'made' ? { url: 'made:up', shortCircuit: true } : next(specifier),
        load: (url, _, next) =>
          url === 'made:up' ? { source, format: 'commonjs', shortCircuit: true } : next(url),
      },
    })
    expect(loader.main('/app.js')).toBe('made by hooks\n')
  })

  test.each([
    [{ hooks: 5 }, 'The "options.hooks" property must be of type object. Received type number (5)'],
    [{ hooks: null }, 'The "options.hooks" property must be of type object. Received null'],
    [
      { hooks: [{}, { load: 'x' }] },
      `The "options.hooks[1].load" property must be of type function. Received type string ('x')`,
    ],
    [
      { hooks: { resolve: {} } },
      'The "options.hooks.resolve" property must be of type function. Received an instance of Object',
    ],
    [
      { requireHook: true },
      'The "options.requireHook" property must be of type function. Received type boolean (true)',
    ],
    [
      { loadModuleHook: [] },
      'The "options.loadModuleHook" property must be of type function. Received an instance of Array',
    ],
    [
      { resolve: '' },
      `The "options.resolve" property must be of type function. Received type string ('')`,
    ],
    [{ load: null }, 'The "options.load" property must be of type function. Received null'],
  ])('refuses %j', (options, message) => {
    expect(refusal(() => createLoader(options as object))).toEqual([
      'ERR_INVALID_ARG_TYPE',
      message,
    ])
  })

  test.each(['hooks', 'resolve', 'load', 'requireHook', 'loadModuleHook', 'trace', 'authority'])(
    'is for lodger: the core says so of %s',
    (name) => {
      const make = () => createCoreLoader({ [name]: {} }, { evaluate: () => {} })
      expect(refusal(make)).toEqual([
        'ERR_LODGER_OPTIONS',
        `Invalid loader options: '${name}' needs lodger, not lodger/core`,
      ])
    },
  )
})

describe("Jetpack's hooks", () => {
  const json = {
    '/lib/data.json': '{ "value": 1 }',
    '/lib/a.js': 'exports.a = require("./data.json")',
  }

  test('JP-19 what goes through requireHook is cached as without', () => {
    const asked: string[] = []
    const loader = createLoader({
      fs: json,
      requireHook(id, require) {
        asked.push(id)
        return require(id)
      },
    })
    const data = loader.require('/lib/data.json') as { value: number }
    data.value = 2
    expect(loader.require('/lib/data.json')).toBe(data)
    expect(loader.require('/lib/a.js')).toEqual({ a: { value: 2 } })
    expect(asked).toEqual(['/lib/data.json', '/lib/data.json', '/lib/a.js', './data.json'])
  })

  test('JP-19 a loader that passes requests on to another keeps a cache of its own', () => {
    const parent = createLoader({ fs: json })
    const child = createLoader({
      fs: json,
      requireHook: (id, require) =>
        id === 'own' ? require('/lib/data.json') : parent.require(id, '/lib'),
    })
    type Data = { value: number }
    const data = child.require('./data.json') as Data
    data.value = 2
    expect(child.require('./data.json')).toBe(data)
    const own = child.require('own') as Data
    expect(own.value).toBe(1)
    own.value = 3
    expect((child.require('own') as Data).value).toBe(3)
    expect((child.require('./data.json') as Data).value).toBe(2)
    expect(Object.keys(child.cache)).toEqual(['/lib/data.json'])
  })

  test('JP-19 requireHook stands around every require, and gets the real one with its resolve', () => {
    const loader = createLoader({
      fs: {
        '/app/main.js':
          'const { createRequire } = require("module"); module.exports = [require("./x"), module.require("./x"), createRequire("/app/y/z.js")("../x"), require("fs").mine]',
        '/app/x.js': '',
      },
      requireHook: (id, require) =>
        id === 'fs' ? { mine: true } : id === 'module' ? require(id) : require.resolve(id),
    })
    expect(loader.main('/app/main.js')).toEqual(['/app/x.js', '/app/x.js', '/app/x.js', true])
    const { prototype } = loader.Module
    expect([prototype.require.name, prototype.require.length]).toEqual(['', 1])
    expect(() => prototype.require.call(new loader.Module('/x'), '')).toThrow('non-empty string')
  })

  test('JP-19 loadModuleHook is told of each module, may change what it exports or give another', async () => {
    const told: unknown[] = []
    const loader = createLoader({
      fs: {
        '/main.mjs':
          'import a from "./a.js"; import again from "./again.cjs"; export default [a, again]',
        '/again.cjs': 'module.exports = require("./a.js")',
        '/a.js': 'module.exports = { a: require("./b.json") }',
        '/b.json': '{ "b": 1 }',
        '/c.js': '',
      },
      loadModuleHook(module, require) {
        told.push([module.filename, module.loaded])
        if (module.id !== '/a.js') return undefined
        return { exports: { instead: module.exports, c: require('./c') } }
      },
    })
    const { default: seen } = (await loader.main('/main.mjs')) as { default: unknown[] }
    expect(seen[0]).toEqual({ instead: { a: { b: 1 } }, c: {} })
    expect(seen[1]).toBe(seen[0])
    expect(loader.require('/a.js')).toBe(seen[0])
    expect(told).toEqual(
      ['/b.json', '/a.js', '/c.js', '/again.cjs'].map((filename) => [filename, false]),
    )
  })

  test('JP-19 what loadModuleHook throws, or gives that is no module, leaves no module behind', () => {
    let given: unknown = 5
    const loadModuleHook = () => {
      if (given instanceof Error) throw given
      return given as never
    }
    const loader = createLoader({ fs: { '/a.js': '' }, loadModuleHook })
    expect(refusal(() => loader.require('/a.js'))).toEqual([
      'ERR_INVALID_RETURN_VALUE',
      'Expected an object with exports to be returned from the "options.loadModuleHook" function but got type number (5).',
    ])
    given = new Error('mine')
    expect(() => loader.require('/a.js')).toThrow('mine')
    expect(Object.keys(loader.cache)).toEqual([])
    given = undefined
    expect(loader.require('/a.js')).toEqual({})
  })

  test('JP-20 resolve says what a request means, for require and import', async () => {
    const asked: unknown[] = []
    const loader = createLoader({
      fs: {
        '/app/main.js':
          'module.exports = (async () => [require("sdk/tabs"), require("renamed"), (await import("sdk/esm")).default, require("file"), require.resolve("os2"), (await import("os2")).sep])()',
        '/app/x.js': 'module.exports = "x"',
        '/sdk/tabs.js': 'module.exports = "tabs"',
        '/sdk/esm.js': 'export default import.meta.url',
      },
      resolve(id, requirer) {
        asked.push([id, requirer])
        if (id.startsWith('sdk/')) return `/${id}.js`
        return { renamed: './x', file: 'file:///app/x.js', os2: 'node:path' }[id]
      },
    })
    expect(await loader.main('/app/main.js')).toEqual([
      'tabs',
      'x',
      'file:///sdk/esm.js',
      'x',
      'path',
      '/',
    ])
    expect(asked.slice(0, 2)).toEqual([
      ['/app/main.js', undefined],
      ['sdk/tabs', '/app/main.js'],
    ])
  })

  test('JP-20 hooks are asked before resolve, which is asked last', () => {
    const loader = createLoader({
      fs: { '/c.js': 'module.exports = "c"' },
      resolve: (id) => (id === 'b' ? '/c.js' : undefined),
      hooks: { resolve: (specifier, _, next) => next(specifier === 'a' ? 'b' : specifier) },
    })
    expect(loader.require('a')).toBe('c')
    const wrong = createLoader({ resolve: () => 5 as never })
    expect(refusal(() => wrong.require('a'))).toEqual([
      'ERR_INVALID_RETURN_VALUE',
      'Expected a string to be returned from the "options.resolve" function but got type number (5).',
    ])
  })

  test('JP-20 load evaluates modules, and may leave it to the loader; loadModuleHook comes behind it', () => {
    const loader = createLoader({
      fs: {
        '/app.js': 'module.exports = [require("./a.js"), require("virtual:x"), require("./a.txt")]',
        '/a.js': 'exports.a = 1',
        '/a.txt': 'text',
      },
      resolve: (id) => (id.startsWith('virtual:') ? id : undefined),
      load(self, module, next) {
        expect(self).toBe(loader)
        if (module.id.startsWith('virtual:')) Object.assign(module, { exports: { id: module.id } })
        else if (module.id.endsWith('.txt'))
          return { exports: self.fs.readFileSync(module.id, 'utf8') }
        else next()
        return undefined
      },
      loadModuleHook: (module) => (module.id === '.' ? undefined : { exports: [module.exports] }),
    })
    expect(loader.main('/app.js')).toEqual([[{ a: 1 }], [{ id: 'virtual:x' }], ['text']])
  })
})
