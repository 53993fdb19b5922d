/** `lodger.overrides` and `jetpack.overrides` of the app's package.json: every row of the table of Jetpack's own tests. */
import { createLoader } from 'lodger'
import { describe, expect, test } from 'vitest'

const ids = (...names: string[]) =>
  `module.exports = [${names.map((name) => `require('${name}')`)}]`
const named = (paths: readonly string[]) =>
  Object.fromEntries(paths.map((path) => [path, `module.exports = ${JSON.stringify(path)}`]))
const manifest = (json: object) => JSON.stringify(json)

const jetpack = {
  overrides: {
    fs: 'sdk/io/fs',
    overload: 'foo',
    internal: './lib/internal',
    'sdk/tabs': './lib/tabs',
    '../ignore': 'foo',
  },
}

const files = {
  '/app/package.json': manifest({ name: 'app', dependencies: { foo: '1' }, jetpack }),
  ...named([
    '/sdk/io/fs.js',
    '/sdk/tabs.js',
    '/app/lib/internal.js',
    '/app/lib/tabs.js',
    '/app/node_modules/fs-extra/index.js',
    '/app/node_modules/foo/index.js',
    '/app/node_modules/foo/lib/foo.js',
    '/app/node_modules/cool-tabs/lib/tabs.js',
    '/app/ignore.js',
  ]),
}

/** What a program of these lines gives. */
const run = (main: string, more: Record<string, string> = {}, options: object = {}) =>
  createLoader({
    fs: { ...files, ...more, '/app/main.js': main },
    paths: { sdk: '/sdk' },
    ...options,
  })

describe('JP-12 overrides of the app', () => {
  test('match the whole id, or what stands before a slash, whose rest is kept', () => {
    const loader = run(ids('overload', 'overload/lib/foo.js', 'fs', 'node:fs'))
    expect(loader.main('/app/main.js')).toEqual([
      '/app/node_modules/foo/index.js',
      '/app/node_modules/foo/lib/foo.js',
      '/sdk/io/fs.js',
      '/sdk/io/fs.js',
    ])
  })

  test('never match a longer name', () => {
    expect(run(ids('fs-extra')).main('/app/main.js')).toEqual([
      '/app/node_modules/fs-extra/index.js',
    ])
  })

  test('have targets that are relative to the root of the app', () => {
    const deep = { '/app/deep/er/x.js': ids('internal', 'sdk/tabs') }
    expect(run(ids('./deep/er/x'), deep).main('/app/main.js')).toEqual([
      ['/app/lib/internal.js', '/app/lib/tabs.js'],
    ])
  })

  test('apply in dependencies too, whose own files are left alone', () => {
    const dependency = {
      '/app/node_modules/cool-tabs/index.js': ids('sdk/tabs', './lib/tabs', 'overload', 'bar'),
      '/app/node_modules/cool-tabs/node_modules/bar/index.js': ids('sdk/tabs', 'overload'),
    }
    expect(run(ids('cool-tabs'), dependency).main('/app/main.js')).toEqual([
      [
        '/app/lib/tabs.js',
        '/app/node_modules/cool-tabs/lib/tabs.js',
        '/app/node_modules/foo/index.js',
        ['/app/lib/tabs.js', '/app/node_modules/foo/index.js'],
      ],
    ])
  })

  test('have no relative keys', () => {
    const below = { '/app/lib/main.js': ids('../ignore') }
    expect(run('', below).main('/app/lib/main.js')).toEqual(['/app/ignore.js'])
  })

  test('are asked once, and the longest key wins', () => {
    const overrides = { a: 'b', b: 'c', 'a/deep': './deep' }
    const more = {
      '/app/package.json': manifest({ name: 'app', lodger: { overrides } }),
      ...named(['/app/node_modules/b.js', '/app/node_modules/c.js', '/app/deep/x.js']),
    }
    expect(run(ids('a', 'b', 'a/deep/x'), more).main('/app/main.js')).toEqual([
      '/app/node_modules/b.js',
      '/app/node_modules/c.js',
      '/app/deep/x.js',
    ])
  })

  test('forbid with false, naming the file and who asked', () => {
    const overrides = { net: false, 'cool>dns': false }
    const more = {
      '/app/package.json': manifest({ lodger: { overrides } }),
      '/app/node_modules/cool/index.js': 'require("dns/promises")',
    }
    expect(() => run('require("net")', more).main('/app/main.js')).toThrowError(
      expect.objectContaining({
        code: 'ERR_LODGER_FORBIDDEN',
        message:
          "Cannot load 'net': /app/package.json forbids it with an override (requested from /app/main.js)",
      }),
    )
    expect(() => run('require("dns"); require("cool")', more).main('/app/main.js')).toThrowError(
      "Package 'cool' has no authority to load: dns/promises (requested from /app/node_modules/cool/index.js)",
    )
  })

  test('let a stand-in have what it stands in for', () => {
    const more = {
      '/app/package.json': manifest({ lodger: { overrides: { os: './my-os.js' } } }),
      '/app/my-os.js': 'module.exports = "mine on " + require("os").platform()',
    }
    const loader = run('module.exports = [require("os"), require.resolve("os")]', more)
    expect(loader.main('/app/main.js')).toEqual(['mine on linux', '/app/my-os.js'])
  })

  test('are shown by explain', () => {
    const loader = run('', {}, { cwd: '/app' })
    expect(loader.explain('internal')).toMatchObject({
      filename: '/app/lib/internal.js',
      steps: expect.arrayContaining([
        expect.objectContaining({ operation: 'override', subject: 'internal' }),
      ]),
    })
  })

  const warnings: unknown[] = ['text', true, 5, null, []]

  test.each([
    ...warnings.map((bad) => ['jetpack', { jetpack: bad }]),
    ...warnings.map((bad) => ['lodger.overrides', { lodger: { overrides: bad } }]),
    ...[true, 5, null, {}, ''].map((bad) => [
      "jetpack.overrides['os']",
      { jetpack: { overrides: { os: bad } } },
    ]),
  ] as [string, object][])('of a bad shape are reported and ignored: %s in %j', (key, json) => {
    const written: string[] = []
    const loader = run(
      'process.on("warning", ({ message }) => console.log(message)); module.exports = require("os").platform()',
      { '/app/package.json': manifest(json) },
      { host: { write: (_: string, chunk: string) => written.push(chunk) } },
    )
    expect(loader.main('/app/main.js')).toBe('linux')
    return new Promise((done) => setTimeout(done, 5)).then(() => {
      expect(written.join('')).toContain(`/app/package.json: ${key} must be`)
    })
  })
})

describe('JP-13 of several who say something', () => {
  const json = manifest({
    name: 'app',
    jetpack: { overrides: { a: './jetpack', b: './jetpack', c: './jetpack' } },
    lodger: { overrides: { a: './lodger', b: './lodger' } },
  })
  const more = { '/app/package.json': json, ...named(['/app/jetpack.js', '/app/lodger.js']) }

  test('createLoader wins over lodger, and lodger over jetpack', () => {
    const loader = run(ids('a', 'b', 'c'), more, { overrides: { a: () => 'option' } })
    expect(loader.main('/app/main.js')).toEqual(['option', '/app/lodger.js', '/app/jetpack.js'])
  })

  test('the app is the package of the main file, and of the cwd when nothing was run', () => {
    const loader = run(ids('a'), more, { cwd: '/' })
    expect(() => loader.require('a')).toThrowError(/Cannot find module 'a'/)
    expect(loader.main('/app/main.js')).toEqual(['/app/lodger.js'])
    expect(run('', more, { cwd: '/app' }).require('a')).toBe('/app/lodger.js')
  })
})

test('rules hold under what guest code puts in the place of Module._load', () => {
  const main = `
    const Module = require('module')
    const { _load } = Module
    const asked = []
    Module._load = function (request) {
      asked.push(request)
      return _load.apply(this, arguments)
    }
    module.exports = [require('internal'), asked]`
  expect(run(main).main('/app/main.js')).toEqual(['/app/lib/internal.js', ['internal']])
})

test('where there are no rules, Module._load is the loader’s own', () => {
  const main =
    'const { Module } = module.constructor; module.exports = [Module._load, Module._resolveFilename]'
  const fs = { '/app/main.js': main, '/app/package.json': '{ "name": "app" }' }
  const plain = createLoader({ fs })
  const before = [plain.Module._load, plain.Module._resolveFilename]
  const [load, resolve] = plain.main('/app/main.js') as unknown[]
  expect(load).not.toBe(before[0])
  expect(resolve).not.toBe(before[1])
  expect(load).toBe(plain.Module._load)
})
