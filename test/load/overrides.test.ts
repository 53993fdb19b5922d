import { createLoader } from 'lodger'
import { describe, expect, test } from 'vitest'

const main = (source: string, files: Record<string, string> = {}) => ({
  '/app/main.js': source,
  ...files,
})

describe('overrides', () => {
  test('by value stand in for a builtin under both its names', () => {
    const os = { platform: () => 'lodger' }
    const fs = main(
      'module.exports = [require("os").platform(), require("node:os") === require("os")]',
    )
    expect(createLoader({ fs, overrides: { os } }).main('/app/main.js')).toEqual(['lodger', true])
  })

  test('by factory are made once, at the first require, and may ask for the original', () => {
    let calls = 0
    const loader = createLoader({
      fs: main(
        'const path = require("path"); module.exports = [path.join("a", "b"), path.extra, path === require("path")]',
      ),
      overrides: {
        path(original: object) {
          calls++
          return { ...original, extra: 1 }
        },
      },
    })
    expect(calls).toBe(0)
    expect(loader.main('/app/main.js')).toEqual(['a/b', 1, true])
    expect(calls).toBe(1)
  })

  test('by path load a module, which itself gets the original', () => {
    const fs = main('module.exports = [require("os").name, require.resolve("os")]', {
      '/app/my-os.js': 'module.exports = { name: "mine on " + require("os").platform() }',
    })
    const loader = createLoader({ fs, overrides: { os: '/app/my-os.js' } })
    expect(loader.main('/app/main.js')).toEqual(['mine on linux', '/app/my-os.js'])
  })

  test('by path that lead nowhere say in whose place', () => {
    const fs = main('require("debug")', { '/app/node_modules/half/package.json': '{"main":"x"}' })
    const run = (debug: string) => () =>
      createLoader({ fs, overrides: { debug } }).main('/app/main.js')
    expect(run('/app/nope.js')).toThrow(
      "Cannot find module '/app/nope.js', the override of 'debug'\nRequire stack:\n- /app/main.js",
    )
    expect(run('nope')).toThrow(expect.objectContaining({ code: 'MODULE_NOT_FOUND' }))
    // Here the file that is missing is said already.
    expect(run('half')).toThrow("Cannot find module '/app/node_modules/half/x'. Please verify")
  })

  test('JP-12 by path match an id and what follows a slash, never a longer name', () => {
    const fs = main('module.exports = [require("old"), require("old/lib/a"), require("older")]', {
      '/lib/new.js': 'module.exports = "new"',
      '/lib/new/lib/a.js': 'module.exports = "new/lib/a"',
      '/node_modules/older.js': 'module.exports = "older"',
    })
    const loader = createLoader({ fs, overrides: { old: './lib/new' } })
    expect(loader.main('/app/main.js')).toEqual(['new', 'new/lib/a', 'older'])
  })

  test('of fs serve fs/promises from its promises', () => {
    const promises = { readFile: () => 'promised' }
    const fs = main(
      'module.exports = [require("fs/promises").readFile(), require("node:fs/promises") === require("fs").promises]',
    )
    expect(createLoader({ fs, overrides: { fs: { promises } } }).main('/app/main.js')).toEqual([
      'promised',
      true,
    ])
  })

  test('of false cover what is a part of the same, unless a longer key says otherwise', () => {
    const asked = [
      ...['fs', 'node:fs/promises', 'dns/promises', 'path/posix', 'node:path/win32', 'util/types'],
      ...['_http_client', '_http_common', '_tls_wrap', 'left-pad', 'left-pad/lib/a'],
      ...['https', 'stream/promises', 'left-pads', 'timers/promises'],
    ]
    const source = `module.exports = ${JSON.stringify(asked)}.filter((id) => {
      try { require(id) } catch (error) { return error.code === 'ERR_LODGER_FORBIDDEN' }
    })`
    const files = {
      '/node_modules/left-pad/lib/a.js': '',
      '/node_modules/left-pads/index.js': '',
    }
    const forbidden = ['fs', 'dns', 'path', 'util', 'http', 'tls', 'left-pad', 'timers']
    const overrides = {
      ...Object.fromEntries(forbidden.map((id) => [id, false as const])),
      'timers/promises': { mine: true },
    }
    const loader = createLoader({ fs: main(source, files), overrides })
    expect(loader.main('/app/main.js')).toEqual(asked.slice(0, 11))
    expect(loader.require('timers/promises')).toEqual({ mine: true })
    expect(() => loader.require('dns/promises')).toThrow(
      "Cannot load 'dns/promises': it is forbidden by createLoader({ overrides: { 'dns': false } })",
    )
  })

  test('hold for process.getBuiltinModule too', () => {
    const source = `
      const forbidden = ['fs', 'fs/promises', 'node:net'].map((id) => {
        try { process.getBuiltinModule(id) } catch (error) { return error.message }
      })
      const [os, url, path] = ['os', 'node:url', 'path'].map(process.getBuiltinModule)
      module.exports = [forbidden, os, url, path === require('path')]`
    const overrides = { fs: false, net: false, os: { mine: true }, url: '/app/url.js' } as const
    const files = main(source, { '/app/url.js': "module.exports = 'my url'" })
    const why = (id: string, key = id) =>
      `Cannot load '${id}': it is forbidden by createLoader({ overrides: { '${key}': false } }) (requested from process.getBuiltinModule)`
    expect(createLoader({ fs: files, overrides }).main('/app/main.js')).toEqual([
      [why('fs'), why('fs/promises', 'fs'), why('net')],
      { mine: true },
      'my url',
      true,
    ])
  })

  test('of false forbid, naming who asked', () => {
    const loader = createLoader({ fs: main('require("net")'), overrides: { net: false } })
    expect(() => loader.main('/app/main.js')).toThrowError(
      expect.objectContaining({
        code: 'ERR_LODGER_FORBIDDEN',
        message: expect.stringMatching(/'net'.*requested from \/app\/main\.js/),
      }),
    )
    expect(() => loader.require('node:net')).toThrowError(/ERR_LODGER_FORBIDDEN|forbidden/)
  })

  test('R4 of the cache come before them under the bare name only', () => {
    const fs = main(
      'require.cache.os = { exports: "cached", loaded: true }; module.exports = [require("os"), require("node:os")]',
    )
    expect(createLoader({ fs, overrides: { os: () => 'mine' } }).main('/app/main.js')).toEqual([
      'cached',
      'mine',
    ])
  })
})

describe('modules', () => {
  test('JP-15 are preset exports; a getter waits for the first require', () => {
    let reads = 0
    const modules = {
      'sdk/tabs': { list: 1 },
      get costly() {
        reads++
        return { costly: true }
      },
    }
    const fs = main(
      'module.exports = () => [require("sdk/tabs").list, require("costly") === require("costly")]',
    )
    const run = createLoader({ fs, modules }).main('/app/main.js') as () => unknown
    expect(reads).toBe(0)
    expect(run()).toEqual([1, true])
    expect(reads).toBe(1)
  })
})

describe('paths', () => {
  test('JP-02 map prefixes by whole segments, the longest first, behind node_modules', () => {
    const files: Record<string, string> = {}
    for (const path of [
      '/sdk/io.js',
      '/special/deep/x.js',
      '/sdk/deep-1.js',
      '/node_modules/sdk/own.js',
    ]) {
      files[path] = `module.exports = ${JSON.stringify(path)}`
    }
    const loader = createLoader({ fs: files, paths: { sdk: '/sdk', 'sdk/deep': '/special/deep' } })
    expect(loader.require('sdk/io')).toBe('/sdk/io.js')
    expect(loader.require('sdk/deep/x')).toBe('/special/deep/x.js')
    expect(loader.require('sdk/deep-1')).toBe('/sdk/deep-1.js')
    expect(loader.require('sdk/own')).toBe('/node_modules/sdk/own.js')
    expect(() => loader.require('sdkio')).toThrowError(/Cannot find module 'sdkio'/)
  })
})
