/** Overrides of single packages, authority and the `browser` field: rules that know who asks. */
import { createLoader } from 'lodger'
import { createLoader as createCoreLoader } from 'lodger/core'
import { describe, expect, test } from 'vitest'

const ids = (...names: string[]) =>
  `module.exports = [${names.map((name) => `require('${name}')`)}]`
const named = (paths: readonly string[]) =>
  Object.fromEntries(paths.map((path) => [path, `module.exports = ${JSON.stringify(path)}`]))
const pkg = (name: string, main: string, more: object = {}) => ({
  [`/node_modules/${name}/package.json`]: JSON.stringify({ name, ...more }),
  [`/node_modules/${name}/index.js`]: main,
})
const main = (source: string) => ({ '/main.js': source })

const run = (files: Record<string, string>, options: object = {}) =>
  createLoader({ fs: files, ...options }).main('/main.js')

const refusal = (options: object) => {
  try {
    createLoader(options)
  } catch (error) {
    return `${(error as { code: string }).code} ${(error as Error).message}`
  }
  return undefined
}

describe('an override of one package', () => {
  const mine = { name: 'mine' }
  const files = {
    ...main(ids('p', 'os', 'fs-extra')),
    ...pkg('p', ids('os', 'node:os', './lib/deep')),
    '/node_modules/p/lib/package.json': '{ "type": "commonjs" }',
    '/node_modules/p/lib/deep.js': ids('os'),
    ...named(['/node_modules/fs-extra.js', '/my-os.js']),
  }

  test.each([
    ['exports', mine],
    ['a factory', () => mine],
  ])('may be %s, for all its files and nobody else', (_, os) => {
    const everybody = { name: 'everybody' }
    const [p, os2] = run(files, { overrides: { 'p>node:os': os, os: everybody } }) as unknown[]
    expect(p).toEqual([mine, mine, [mine]])
    expect(os2).toBe(everybody)
  })

  test('by factory is made once and may ask for the original', () => {
    let calls = 0
    const os = (original: { platform(): string }) => `${original.platform()} ${++calls}`
    expect(run(files, { overrides: { 'p>os': os } })).toMatchObject([
      ['linux 1', 'linux 1', ['linux 1']],
      { type: expect.any(Function) },
      '/node_modules/fs-extra.js',
    ])
  })

  test('may be a path, from the root, and wins over the plain key', () => {
    const overrides = { os: 'path', 'p>os': './my-os' }
    expect(run(files, { overrides })).toMatchObject([
      ['/my-os.js', '/my-os.js', ['/my-os.js']],
      { sep: '/' },
      '/node_modules/fs-extra.js',
    ])
  })

  test('may be false: denied, with the file that asked, for what is below it too', () => {
    const denied = { ...main(ids('@s/p')), ...pkg('@s/p', 'require("node:fs/promises")') }
    expect(() => run(denied, { overrides: { '@s/p>fs': false } })).toThrowError(
      expect.objectContaining({
        code: 'ERR_LODGER_FORBIDDEN',
        message:
          "Package '@s/p' has no authority to load: fs/promises (requested from /node_modules/@s/p/index.js)",
      }),
    )
  })

  test('of fs serves fs/promises from its promises', () => {
    const fs = { promises: 'promised' }
    const asks = { ...main(ids('p')), ...pkg('p', ids('fs/promises')) }
    expect(run(asks, { overrides: { 'p>fs': fs } })).toEqual([['promised']])
  })

  test('does not come by what another file of the directory was given', () => {
    const fs = {
      '/main.js': ids('./a/one', './a/two'),
      '/a/package.json': '{ "name": "a" }',
      '/a/one.js': ids('x'),
      '/a/two.js': ids('x'),
      ...named(['/node_modules/x.js']),
    }
    expect(run(fs, { overrides: { 'a>x': './a/one.js' } })).toEqual([
      ['/node_modules/x.js'],
      [['/node_modules/x.js']],
    ])
  })

  test('is refused when its key names no package or no id', () => {
    for (const key of ['>fs', 'p>', 'a>b>c', 'p>./x']) {
      expect(refusal({ overrides: { [key]: {} } })).toMatch(
        /^ERR_INVALID_ARG_VALUE .*must have a key of one package and one id, as in 'some-pkg>fs'/,
      )
    }
    expect(() =>
      createCoreLoader({ overrides: { 'p>fs': {} } }, { evaluate: () => undefined }),
    ).toThrowError("'p>fs' needs lodger")
    expect(refusal({ overrides: { 'p>fs': {}, 'p>node:fs': {} } })).toMatch(
      /^ERR_LODGER_OPTIONS .*'p>fs' with and without 'node:'/,
    )
  })
})

describe('JP-26 authority', () => {
  const authority = { p: { builtins: ['path', 'fs'], globals: ['console', 'extra'] } }
  const load = (source: string, options: object = {}) =>
    (
      run(
        { ...main(ids('p')), ...pkg('p', source) },
        { authority, globals: { extra: 1, secret: 2 }, ...options },
      ) as unknown[]
    )[0]

  test('lists the builtins that a package may load; fs is fs/promises too', () => {
    expect(
      load('module.exports = [require("path").sep, typeof require("node:fs/promises").stat]'),
    ).toEqual(['/', 'function'])
    expect(() => load('require("node:os")')).toThrowError(
      "Package 'p' has no authority to load: os (requested from /node_modules/p/index.js)",
    )
  })

  test('holds for process.getBuiltinModule, by the file that calls it', () => {
    const ask = (id: string) => `
      exports.ask = (id) => { try { return typeof process.getBuiltinModule(id) } catch (error) { return error.message } }
      exports.answer = exports.ask('${id}')`
    const files = {
      ...main(
        "module.exports = [require('p').answer, require('q').answer, require('p').ask('os')]",
      ),
      ...pkg('p', ask('os')),
      ...pkg('q', ask('os')),
    }
    const limits = { authority: { p: { builtins: ['path'] } } }
    const denied =
      "Package 'p' has no authority to load: os (requested from /node_modules/p/index.js)"
    expect(run(files, limits)).toEqual([denied, 'object', denied])
    const overridden = run(files, { overrides: { 'p>os': false, 'q>os': { mine: 1 } } })
    expect(overridden).toEqual([denied, 'object', denied])
  })

  test('is no matter of packages that are called as a builtin with node: is', () => {
    const files = {
      ...main(ids('p')),
      ...pkg('p', ids('test')),
      ...named(['/node_modules/test.js']),
    }
    expect(run(files, { authority })).toEqual([['/node_modules/test.js']])
  })

  test('limits no other package: a dependency cannot reach what the app can', () => {
    const files = { ...main(`require('os'); ${ids('q', 'p')}`), ...pkg('p', 'require("os")') }
    expect(() => run({ ...files, ...pkg('q', ids('os')) }, { authority })).toThrowError(
      /'p' has no authority to load: os/,
    )
  })

  test('is not got around by an override of the app, by one of createLoader or by a browser field', () => {
    const asks = (more: object, options: object) => () =>
      run(
        { ...main(ids('p')), ...pkg('p', 'require("alias")', more) },
        { authority, browserField: true, ...options },
      )
    const denied = /'p' has no authority to load: os/
    expect(asks({ browser: { alias: 'os' } }, {})).toThrowError(denied)
    expect(asks({}, { overrides: { alias: 'os' } })).toThrowError(
      "'p' has no authority to load: alias",
    )
    expect(() =>
      run(
        {
          ...main(ids('p')),
          ...pkg('p', 'require("alias")'),
          '/package.json': '{ "lodger": { "overrides": { "alias": "os" } } }',
        },
        { authority },
      ),
    ).toThrowError(denied)
  })

  test('is given by an override of that very package', () => {
    expect(load('module.exports = require("os")', { overrides: { 'p>os': () => 'mine' } })).toBe(
      'mine',
    )
  })

  test('lists the globals: what is not listed is undefined, the language stays', () => {
    const source = `
      module.exports = [typeof console.log, extra, typeof secret, typeof process, typeof fetch, typeof Buffer,
        typeof Array, typeof Promise, hasOwnProperty.call({ a: 1 }, 'a')]`
    expect(load(source)).toEqual([
      'function',
      1,
      'undefined',
      'undefined',
      'undefined',
      'undefined',
      'function',
      'function',
      true,
    ])
  })

  test('gives globalThis and global as an object that holds no more', () => {
    const source = `
      globalThis.own = 1
      module.exports = [globalThis === global, global.global === global, typeof global.console.log, global.process,
        global.secret, global.extra, global.own, new global.Array(1).length, typeof window, typeof self]`
    expect(load(source)).toEqual([
      true,
      true,
      'function',
      undefined,
      undefined,
      1,
      1,
      1,
      'undefined',
      'undefined',
    ])
  })

  test('holds for the globals that an ES module makes itself, too', () => {
    const source = `
      if (globalThis.never) globalThis.process = globalThis.secret = 1
      globalThis.mine = 5
      export default [typeof process, typeof secret, mine]`
    const loader = createLoader({
      fs: { '/node_modules/p/index.mjs': source },
      globals: { secret: 2 },
      authority: { p: { globals: ['console'] } },
    })
    const { default: seen } = loader.require('p/index.mjs') as { default: unknown }
    expect(seen).toEqual(['undefined', 'undefined', 5])
    expect(loader.global.mine).toBe(undefined)
  })

  test('holds when a global is given another value while the package runs', () => {
    const source =
      'module.exports = () => [typeof secret, typeof process, typeof fetch, extra, typeof globalThis.secret]'
    const program = `const look = require('p'), before = look()
      global.extra = 'new'
      global.secret = 3
      global.fetch = global.process = () => {}
      module.exports = [before, look()]`
    const files = { ...main(program), ...pkg('p', source) }
    const none = 'undefined'
    expect(run(files, { authority, globals: { extra: 1, secret: 2 } })).toEqual([
      [none, none, none, 1, none],
      [none, none, none, 'new', none],
    ])
  })

  test('sees through eval and escaped names', () => {
    expect(load('module.exports = [eval("typeof sec" + "ret"), typeof pro\\u0063ess]')).toEqual([
      'undefined',
      'undefined',
    ])
  })

  test('JP-16 leaves the globals of everybody else as they are', () => {
    const source = `module.exports = [require('p') && typeof process, secret, typeof Buffer]`
    const files = { ...main(source), ...pkg('p', 'module.exports = 1') }
    expect(run(files, { authority, globals: { secret: 2 } })).toEqual(['object', 2, 'function'])
  })

  test.each([
    ['no object', { authority: [] }, /ERR_INVALID_ARG_TYPE .*"options.authority" property/],
    ['no object for a package', { authority: { p: 1 } }, /"options.authority\['p'\]" property/],
    ['no list', { authority: { p: { globals: 'x' } } }, /"options.authority\['p'\].globals"/],
    ['a list with a number', { authority: { p: { builtins: [1] } } }, /builtins\[0\]" property/],
    [
      'an unknown list',
      { authority: { p: { modules: [] } } },
      /ERR_LODGER_OPTIONS .*options.authority\['p'\] has no 'modules'; there are builtins, globals/,
    ],
  ])('is refused with %s', (_, options, message) => {
    expect(refusal(options)).toMatch(message)
  })
})

describe('JP-13 the browser field', () => {
  const fs = {
    ...main(ids('p', 'p/lib/node', 'm', 'fs')),
    ...pkg('p', ids('fs', 'net', './lib/node', './lib/skip.js', 'ws', './lib/real'), {
      browser: {
        fs: false,
        net: './net-browser.js',
        './lib/node': './lib/browser.js',
        './lib/skip.js': false,
        ws: 'ws-browser',
        './lib/browser.js': './lib/never.js',
      },
    }),
    '/node_modules/m/package.json': '{ "name": "m", "main": "./lib/main", "browser": "./b.js" }',
    '/node_modules/ws-browser/package.json':
      '{ "name": "ws-browser", "browser": { "./index.js": "./b.js" } }',
    ...named([
      '/node_modules/p/net-browser.js',
      '/node_modules/p/lib/node.js',
      '/node_modules/p/lib/browser.js',
      '/node_modules/p/lib/skip.js',
      '/node_modules/p/lib/real.js',
      '/node_modules/m/lib/main.js',
      '/node_modules/m/b.js',
      '/node_modules/ws-browser/index.js',
      '/node_modules/ws-browser/b.js',
    ]),
  }

  test('is nothing unless it is asked for', () => {
    const wants = { ...fs, ...named(['/node_modules/ws.js']) }
    const [p, ...others] = run(wants) as unknown[][]
    expect(p?.slice(2, 5)).toEqual([
      '/node_modules/p/lib/node.js',
      '/node_modules/p/lib/skip.js',
      '/node_modules/ws.js',
    ])
    expect(others.slice(0, 2)).toEqual([
      '/node_modules/p/lib/node.js',
      '/node_modules/m/lib/main.js',
    ])
  })

  test('replaces the main, own files and what is required, once', () => {
    const [p, deep, m, appFs] = run(fs, { browserField: true }) as unknown[]
    expect(p).toEqual([
      {},
      '/node_modules/p/net-browser.js',
      '/node_modules/p/lib/browser.js',
      {},
      '/node_modules/ws-browser/b.js',
      '/node_modules/p/lib/real.js',
    ])
    expect(deep).toBe('/node_modules/p/lib/browser.js')
    expect(m).toBe('/node_modules/m/b.js')
    expect(appFs).toHaveProperty('readFileSync')
  })

  test('gives one empty object for each request, and require.resolve says what is loaded', () => {
    const source = `module.exports = [require('fs') === require('fs'), require.resolve('./a'), require.resolve('fs')]`
    const browser = { fs: false, './a.js': './b.js' }
    const files = {
      ...main(ids('p')),
      ...pkg('p', source, { browser }),
      ...named(['/node_modules/p/a.js', '/node_modules/p/b.js']),
    }
    expect(run(files, { browserField: true })).toEqual([[true, '/node_modules/p/b.js', 'fs']])
  })

  test('leaves a main to exports, a file named by its path to itself, and an override to who made it', () => {
    const files = {
      ...main(ids('e', 'm/lib/main', 'p')),
      '/node_modules/e/package.json': '{ "name": "e", "exports": "./x.js", "browser": "./b.js" }',
      '/node_modules/m/package.json': fs['/node_modules/m/package.json'],
      ...pkg('p', ids('fs'), { browser: { fs: false } }),
      ...named(['/node_modules/e/x.js', '/node_modules/m/lib/main.js', '/node_modules/m/b.js']),
    }
    expect(run(files, { browserField: true, overrides: { fs: () => 'mine' } })).toEqual([
      '/node_modules/e/x.js',
      '/node_modules/m/lib/main.js',
      ['mine'],
    ])
  })

  test('is refused when it is no boolean', () => {
    expect(refusal({ browserField: 'yes' })).toMatch(
      /"options.browserField" property must be of type boolean/,
    )
  })
})

test('JP-30 an override leads nowhere beyond the root', () => {
  const fs = {
    '/app/main.js': 'require("x")',
    '/app/package.json': '{ "lodger": { "overrides": { "x": "../secret.js" } } }',
    '/secret.js': '',
  }
  const loader = createLoader({ fs, root: '/app' })
  expect(() => loader.main('/app/main.js')).toThrowError(/Cannot find module '\/secret.js'/)
})
