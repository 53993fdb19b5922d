import { createLoader } from 'lodger'
import { createLoader as createCoreLoader } from 'lodger/core'
import { createNodeStyleVolume } from 'lodger/fs/node-style'
import { createOverlay } from 'lodger/fs/overlay'
import { createVolume } from 'lodger/fs/volume'
import { memfs } from 'memfs'
import { describe, expect, test } from 'vitest'

type Files = Record<string, string>

const thrownBy = (run: () => unknown): Error & { code?: string } => {
  try {
    run()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

describe('loader', () => {
  test('main runs a file as node does', () => {
    const fs = {
      '/app/index.js':
        'module.exports = [require.main === module, module.id, process.argv[1], this === exports]; exports.x = 1',
    }
    const loader = createLoader({ fs, cwd: '/app' })
    expect(loader.main('index.js')).toEqual([true, '.', '/app/index.js', true])
    expect(loader.process.mainModule.filename).toBe('/app/index.js')
  })

  test('main wants a name, and the core somebody who evaluates', () => {
    expect(() => createLoader().main(undefined as never)).toThrow(
      'The "filename" argument must be of type string. Received undefined',
    )
    const loader = createLoader()
    for (const ask of [loader.main, loader.require]) {
      const asked = ask as (specifier: unknown) => unknown
      expect(() => asked(Symbol('x'))).toThrow('must be of type string. Received type symbol')
    }
    const core = createCoreLoader as (options: object) => unknown
    expect(() => core({ fs: {} })).toThrow(
      'The "parts.evaluate" property must be of type function. Received undefined',
    )
  })

  test('process.chdir in a required module moves where the host starts', () => {
    const fs = {
      '/move.js': 'process.chdir("/app")',
      '/app/node_modules/p.js': 'module.exports = "inner"',
    }
    const loader = createLoader({ fs })
    loader.require('./move')
    expect(loader.require('p')).toBe('inner')
  })

  test.each([
    ['in memory', (files: Files) => files],
    ['of memfs', (files: Files) => memfs(files).fs],
    ['of an overlay', (files: Files) => createOverlay(createNodeStyleVolume(memfs(files).fs))],
  ])('a directory that is replaced while the program runs is seen as it is now, %s', (_, fill) => {
    const fs = fill({
      '/app/main.js':
        'require("./d/a"); const fs = require("fs"); fs.renameSync("/app/d", "/app/old"); ' +
        'fs.renameSync("/app/e", "/app/d"); module.exports = [require("./d/b"), require("./old/b")]',
      '/app/d/a.js': '',
      '/app/d/b.js': 'module.exports = "first"',
      '/app/e/b.js': 'module.exports = "second"',
    })
    expect(createLoader({ fs }).main('/app/main.js')).toEqual(['second', 'first'])
  })

  test('a module of one loader may ask another, which looks in its own files', () => {
    const files = (text: string) => ({
      '/app/main.js': 'require("./a"); module.exports = module',
      '/app/a.js': '',
      '/app/b/index.js': '',
      [`/app/${text}.js`]: '',
    })
    const [one, other] = [createLoader({ fs: files('b') }), createLoader({ fs: files('c') })]
    const module = one.main('/app/main.js') as never
    expect(one.Module._resolveFilename('./b', module, false)).toBe('/app/b.js')
    expect(other.Module._resolveFilename('./b', module, false)).toBe('/app/b/index.js')
    expect(one.Module._resolveFilename('./b', module, false)).toBe('/app/b.js')
  })

  test('explain names the file that require gives, when what led there is gone', () => {
    const fs = { '/d/package.json': '{ "main": "./m.js" }', '/d/m.js': 'module.exports = 1' }
    const loader = createLoader({ fs })
    loader.require('./d')
    loader.fs.unlinkSync('/d/m.js')
    expect(loader.resolve('./d')).toBe('/d/m.js')
    const { filename, steps } = loader.explain('./d')
    expect(filename).toBe('/d/m.js')
    expect(steps.at(-1)?.reason).toContain('would fail now')
  })

  test('require and resolve start at a file, a directory or the cwd', () => {
    const fs = {
      '/node_modules/p.js': 'module.exports = "outer"',
      '/app/node_modules/p.js': 'module.exports = "inner"',
      '/app/lib/x.js': '',
    }
    const loader = createLoader({ fs })
    expect(loader.require('p')).toBe('outer')
    expect(loader.require('p', '/app/lib/x.js')).toBe('inner')
    expect(loader.require('p', '/app/lib')).toBe('inner')
    expect(loader.require('./node_modules/p', { from: '/app' })).toBe('inner')
    expect(loader.resolve('p', '/app')).toBe('/app/node_modules/p.js')
    expect(loader.resolve('./p', undefined, { paths: ['/node_modules'] })).toBe(
      '/node_modules/p.js',
    )
    expect(loader.resolve('fs')).toBe('fs')
  })

  test('explain tells what overrides say of a builtin', () => {
    const overrides = { fs: false, os: { mine: true }, mine: () => 1 } as const
    const loader = createLoader({ fs: {}, overrides })
    const answers = [
      ['fs', "forbidden by options.overrides['fs']"],
      ['node:fs/promises', "forbidden by options.overrides['fs']"],
      ['os', 'given to createLoader'],
      ['mine', 'given to createLoader'],
      ['path', 'a builtin'],
    ] as const
    for (const [subject, reason] of answers) {
      const steps = [{ operation: 'require', subject, outcome: 'found', reason }]
      expect(loader.explain(subject).steps).toEqual(steps)
    }
  })

  test('explain gives every step and its reason, also when it fails', () => {
    const loader = createLoader({
      fs: {
        '/app/node_modules/p/package.json':
          '{ "exports": { ".": { "import": "./a.mjs", "default": "./b.js" } } }',
        '/app/node_modules/p/b.js': '',
      },
    })
    const found = loader.explain('p', '/app/main.js')
    expect(found.filename).toBe('/app/node_modules/p/b.js')
    expect(found.steps).toContainEqual({
      operation: 'packageTargetResolve',
      subject: 'import',
      outcome: 'skipped',
      reason: 'condition not set',
    })
    const missing = loader.explain('q', '/app/main.js')
    expect(missing.error).toMatchObject({ code: 'MODULE_NOT_FOUND' })
    expect(missing.steps).toContainEqual({
      operation: 'loadAsFile',
      subject: '/app/node_modules/q.json',
      outcome: 'absent',
    })
    expect(missing.steps).toContainEqual({
      operation: 'findPath',
      subject: '/node_modules',
      outcome: 'skipped',
      reason: 'no such directory',
    })
    expect(missing.steps.at(-1)).toEqual({
      operation: 'require',
      subject: 'q',
      outcome: 'error',
      reason: 'MODULE_NOT_FOUND',
    })
  })

  test('what the guest writes is what it requires next, and the other way round', () => {
    const volume = createVolume({
      '/app/main.js': `const fs = require('fs')
        const miss = (() => { try { require('./made') } catch (error) { return error.code } })()
        fs.writeFileSync(__dirname + '/made.js', 'module.exports = "made"')
        module.exports = [miss, require('./made'), fs.readFileSync(__filename, 'utf8').length > 0]`,
    })
    const loader = createLoader({ fs: volume })
    expect(loader.main('/app/main.js')).toEqual(['MODULE_NOT_FOUND', 'made', true])
    expect(loader.fs).toBe(loader.require('fs'))
    volume.put('/app/later.js', 'module.exports = "later"')
    expect(loader.require('./later', '/app')).toBe('later')
  })

  test('two loaders of one volume share nothing but the files', () => {
    const volume = createVolume({
      '/a.js': 'exports.n = (exports.n || 0) + 1; exports.events = require("events")',
    })
    const [one, two] = [createLoader({ fs: volume }), createLoader({ fs: volume })]
    const first = one.require('./a') as { events: unknown }
    const second = two.require('./a') as { events: unknown }
    expect(first).not.toBe(second)
    expect(first.events).not.toBe(second.events)
    expect(one.Module).not.toBe(two.Module)
    expect(one.process).not.toBe(two.process)
  })

  test('dispose ends it: timers stop, later calls are refused with the reason', async () => {
    const loader = createLoader({
      fs: { '/a.js': 'exports.ran = 0; setInterval(() => exports.ran++, 1)' },
    })
    const counter = loader.main('/a.js') as { ran: number }
    loader.dispose('the page is gone')
    const { ran } = counter
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(counter.ran).toBe(ran)
    const error = thrownBy(() => loader.require('./a'))
    expect(error.code).toBe('ERR_LODGER_DISPOSED')
    expect(error.message).toMatch(/require '\.\/a'.*the page is gone/)
  })

  test('a .node file is refused, naming the file and the remedy', () => {
    const loader = createLoader({ fs: { '/node_modules/native/index.node': '\x7fELF' } })
    expect(thrownBy(() => loader.require('native'))).toMatchObject({
      code: 'ERR_LODGER_ADDON',
      message: expect.stringMatching(/\/node_modules\/native\/index\.node.*overrides/),
    })
  })

  test('JP-06 is usable after every kind of failure, and fails the same way again', () => {
    const loader = createLoader({
      fs: {
        '/syntax.js': 'let =',
        '/throws.js': 'throw new Error("boom")',
        '/json.json': '{',
        '/package/package.json': '{',
        '/good.js': 'module.exports = 1',
      },
    })
    for (const request of ['./syntax', './throws', './json', './package', './absent']) {
      const first = thrownBy(() => loader.require(request))
      const second = thrownBy(() => loader.require(request))
      expect(first.message).toBe(second.message)
      expect(first).not.toBe(second)
    }
    expect(loader.require('./good')).toBe(1)
    expect(Object.keys(loader.cache)).toEqual(['/good.js'])
  })

  test('names like __proto__ are names like any other', () => {
    const fs = Object.fromEntries(
      ['__proto__', 'constructor', 'toString', 'hasOwnProperty'].flatMap((name) => [
        [`/node_modules/${name}/index.js`, `module.exports = ${JSON.stringify(name)}`],
        [`/${name}.js`, `module.exports = "./" + ${JSON.stringify(name)}`],
      ]),
    )
    const loader = createLoader({ fs })
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(loader.require(name)).toBe(name)
      expect(loader.require(`./${name}`)).toBe(`./${name}`)
    }
  })
})
