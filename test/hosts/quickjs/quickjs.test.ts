/** A loader inside QuickJS, seen through the wall. */
import { createLoader } from 'lodger/hosts/quickjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { create, engine, newEngine, prepare, run, script } from './guest.ts'

beforeAll(prepare)

describe('the guest', () => {
  test("sees lodger's names, and none of the host", () => {
    const source = `
      const realm = new Function('return this')()
      const names = ['process', 'Buffer', 'setTimeout', 'URL', 'console', 'require', 'lodger', 'window', 'fetch', 'print', 'std', 'os']
      module.exports = {
        realm: names.filter((name) => name in realm),
        own: [process.version, Buffer.from('é').toString('hex'), new URL('/a?b', 'http://host').href, typeof setTimeout],
        main: require.main === module,
      }`
    expect(run(source)).toEqual({
      realm: [],
      own: ['v26.10.0', 'c3a9', 'http://host/a?b', 'function'],
      main: true,
    })
  })

  test('has the call sites that node code expects of V8', () => {
    const source = `
      function outer() { return inner() }
      function inner() {
        const target = {}
        const { prepareStackTrace } = Error
        Error.prepareStackTrace = (_, sites) => sites
        Error.captureStackTrace(target, inner)
        Error.prepareStackTrace = prepareStackTrace
        return target.stack.map((site) => [site.getFunctionName(), site.getFileName(), site.getLineNumber()])
      }
      class Coded extends Error { constructor(message) { super(message); Error.captureStackTrace(this, Coded) } }
      function fail() { return new Coded('why').stack.split('\\n').slice(0, 2) }
      module.exports = [outer()[0], fail()]`
    expect(run(source)).toEqual([
      ['outer', '/app/index.js', 2],
      ['Error: why', expect.stringMatching(/^ +at fail \(\/app\/index\.js:12:\d+\)$/)],
    ])
  })

  test('loads packages, builtins and JSON from files of text and bytes', () => {
    const { loader } = create({
      '/app/index.js':
        "module.exports = [require('dep'), require('./data'), require('fs').readFileSync(__dirname + '/bytes.bin')]",
      '/app/data.json': new TextEncoder().encode('{ "é": [1] }'),
      '/app/bytes.bin': Uint8Array.of(0, 255, 1),
      '/app/nul.js': 'module.exports = "a\0b".length',
      '/app/node_modules/dep/package.json': '{ "exports": "./lib.js" }',
      '/app/node_modules/dep/lib.js': 'module.exports = require("path").basename(__filename)',
    })
    expect(loader.main('/app/index.js')).toEqual(['lib.js', { é: [1] }, Uint8Array.of(0, 255, 1)])
    expect(loader.require('./nul', '/app')).toBe(3)
    expect(loader.resolve('dep', '/app')).toBe('/app/node_modules/dep/lib.js')
    const imported = loader.explain('dep', '/app', { mode: 'import' })
    expect(imported.filename).toBe(loader.resolve('dep', '/app'))
    expect(imported.steps[0]?.reason).toContain('conditions: node, import')
    const { filename, steps } = loader.explain('dep', '/app')
    expect(filename).toBe('/app/node_modules/dep/lib.js')
    expect(steps.length).toBeGreaterThan(2)
    loader.writeFile('/app/later.js', 'module.exports = 1')
    expect(loader.require('/app/later.js')).toBe(1)
    loader.writeFile('/app/later.js', 'module.exports = 2')
    expect(loader.invalidate('/app/later.js', { dependents: true })).toEqual(['/app/later.js'])
    expect(loader.require('/app/later.js')).toBe(2)
    expect(loader.graph().modules.map(({ filename }) => filename)).toContain('/app/later.js')
  })
})

describe('what crosses', () => {
  test('is a copy of data, with shared parts and cycles', () => {
    const result = run(`
      const shared = { a: 1 }
      module.exports = {
        list: [shared, shared, undefined, NaN, -0, Infinity, 12n, null, true, 'text'],
        date: new Date(5), bytes: Buffer.from([1, 2]), error: new RangeError('far'),
        __proto__: null, made: new (class Point { x = 1; get y() { return 2 } }),
        get fails() { throw new Error('no') }, call() {}, [Symbol('s')]: 1,
      }
      module.exports.self = module.exports
      Object.defineProperty(module.exports, '__proto__', { value: 1, enumerable: true })`)
    const { list, self, error, ...rest } = result as Record<string, unknown> & { list: unknown[] }
    expect(list.slice(2)).toEqual([undefined, Number.NaN, -0, Infinity, 12n, null, true, 'text'])
    expect(list[0]).toBe(list[1])
    expect(self).toBe(result)
    expect(error).toBeInstanceOf(RangeError)
    expect(Object.getOwnPropertyNames(rest).sort()).toEqual(['__proto__', 'bytes', 'date', 'made'])
    expect(rest).toMatchObject({ date: new Date(5), bytes: Uint8Array.of(1, 2), made: { x: 1 } })
  })

  test('is an error with everything that node gives it', () => {
    const { loader } = create({
      '/app/index.js': "require('./b')",
      '/app/b.js': '// a comment\n  require("./nowhere")',
    })
    const error = thrownBy(() => loader.main('/app/index.js'))
    expect(error).toMatchObject({
      name: 'Error',
      code: 'MODULE_NOT_FOUND',
      message: "Cannot find module './nowhere'\nRequire stack:\n- /app/b.js\n- /app/index.js",
      requireStack: ['/app/b.js', '/app/index.js'],
    })
    expect(error.stack).toMatch(/^Error: Cannot find module/)
    expect(error.stack).toMatch(/\(\/app\/b\.js:2:\d+\)/)
    expect(error.stack).not.toMatch(/lodger|native/)
  })

  test('never is a function: an option that is one is refused', () => {
    expect(() => create({}, { overrides: { net: () => ({}) } })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }),
    )
    for (const options of [{ hooks: { load() {} } }, { requireHook() {} }]) {
      expect(() => create({}, options)).toThrow('must be data, as functions do not cross')
    }
    const source = `
      try { require('net') } catch (error) { exports.code = error.code }
      exports.dep = require('dep')
      exports.given = given
      exports.argv = process.argv.slice(2)
      exports.env = { ...process.env }`
    const options = {
      overrides: { net: false, dep: { some: 'data' } },
      globals: { given: [1] },
      argv: ['node', 'x', '--flag'],
      env: { A: 'b' },
    }
    expect(run(source, options)).toEqual({
      code: 'ERR_LODGER_FORBIDDEN',
      dep: { some: 'data' },
      given: [1],
      argv: expect.arrayContaining(['--flag']),
      env: { A: 'b' },
    })
  })

  test('bad options are refused as everywhere', () => {
    expect(() => create({}, { cwd: 'relative' })).toThrow(
      expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' }),
    )
    expect(() => create({}, { surprise: 1 })).toThrow(
      expect.objectContaining({ code: 'ERR_LODGER_OPTIONS' }),
    )
  })
})

describe('errors', () => {
  test('name the file and line of the guest, also where nothing runs', () => {
    const { loader } = create({
      '/app/throws.js': 'function f() {\n  undefinedName()\n}\nf()',
      '/app/syntax.js': 'let a = 1\nlet b = ;',
      '/app/value.js': 'throw { plain: [1] }',
    })
    const first = thrownBy(() => loader.main('/app/throws.js'))
    expect(first).toBeInstanceOf(ReferenceError)
    expect(first.stack).toMatch(
      /^ReferenceError: .*\n +at f \(\/app\/throws\.js:2:\d+\)\n +at .*\(\/app\/throws\.js:4:\d+\)/,
    )
    const second = thrownBy(() => loader.require('/app/syntax.js'))
    expect(second).toBeInstanceOf(SyntaxError)
    expect(second.stack).toMatch(/\/app\/syntax\.js:2:\d+/)
    expect(() => loader.require('/app/value.js')).toThrow(expect.objectContaining({ plain: [1] }))
  })

  test('of endless recursion stay inside, and the loader goes on', () => {
    const { loader } = create({
      '/app/deep.js': 'module.exports = (function f() { return f() + 1 })()',
      '/app/getter.js': 'const o = { get x() { return o.x } }; o.x',
      '/app/sort.js': '(function f() { [2, 1].sort(f) })()',
      '/app/require.js': 'delete require.cache[__filename]; require(__filename)',
      '/app/caught.js':
        'try { (function f() { f() })() } catch (error) { module.exports = error.message }',
      '/app/fine.js': 'module.exports = "fine"',
    })
    for (const name of ['deep', 'getter', 'sort', 'require']) {
      expect(thrownBy(() => loader.main(`/app/${name}.js`)).message, name).toMatch(
        /overflow|recursion/,
      )
    }
    expect(loader.require('/app/caught.js')).toMatch(/overflow/)
    expect(loader.require('/app/fine.js')).toBe('fine')
    expect(thrownBy(() => loader.main('/app/deep.js')).stack.split('\n').length).toBeLessThan(15)
    loader.dispose()
  })

  test("that overflow the host's own stack end the loader and leave the host alone", async () => {
    // QuickJS's parser counts its own stack only, and the wasm frames below it are larger.
    const instance = await newEngine()
    const { loader } = create(
      { '/app/parser.js': 'eval("(".repeat(2e5))', '/app/fine.js': '' },
      { engine: instance },
    )
    expect(() => loader.main('/app/parser.js')).toThrow(RangeError)
    expect(() => loader.main('/app/fine.js')).toThrow(
      expect.objectContaining({
        code: 'ERR_LODGER_DISPOSED',
        message: expect.stringContaining('QuickJS itself failed: RangeError'),
      }),
    )
    expect(() => loader.dispose()).not.toThrow()
  })

  test('are none when memory grows while a promise job runs', async () => {
    // An instance of its own: once grown, it stays large.
    const { loader, printed } = create(
      {
        '/app/index.js': `
          Promise.resolve().then(() => {
            const list = []
            for (let i = 0; i < 200_000; i++) list.push({ i })
            console.log(list.length)
          })`,
      },
      { engine: await newEngine() },
    )
    loader.main('/app/index.js')
    expect(printed).toEqual(['stdout 200000\n'])
    expect(() => loader.dispose()).not.toThrow()
  })

  test('of callbacks come out of the pump, once', async () => {
    const { loader } = create({
      '/app/index.js': `
        setTimeout(() => { throw new Error('timer') }, 0)
        setTimeout(() => { exports.after = true }, 5)`,
    })
    loader.main('/app/index.js')
    await expect(loader.drain()).rejects.toThrow('timer')
    await expect(loader.drain()).resolves.toBeUndefined()

    const second = create({ '/tick.js': "process.nextTick(() => { throw new TypeError('tick') })" })
    expect(() => second.loader.main('/tick.js')).toThrow(TypeError)

    const third = create({
      '/handled.js': `
        process.on('uncaughtException', (error) => console.log('handled', error.message))
        setTimeout(() => { throw new Error('timer') }, 0)`,
    })
    third.loader.main('/handled.js')
    await third.loader.drain()
    expect(third.printed).toEqual(['stdout handled timer\n'])
  })
})

describe('the loop', () => {
  const program = `
    const log = (text) => console.log(text)
    setTimeout(log, 20, 'late')
    setTimeout(log, 10, 'soon')
    const interval = setInterval(() => { log('again'); if (++count === 2) clearInterval(interval) }, 5)
    let count = 0
    setImmediate(log, 'immediate')
    setTimeout(log, 60_000, 'never').unref()
    clearTimeout(setTimeout(log, 2, 'cleared'))
    process.nextTick(log, 'tick')
    Promise.resolve().then(() => log('promise'))
    log('main')`

  test('is drained', async () => {
    const { loader, printed } = create({ '/a.js': program })
    loader.main('/a.js')
    expect(printed.join('')).toBe('stdout main\nstdout tick\nstdout promise\n')
    await loader.drain()
    const rest = printed.slice(3).map((line) => line.slice('stdout '.length, -1))
    expect(rest.filter((text) => text === 'again')).toHaveLength(2)
    expect(rest.filter((text) => text !== 'again')).toEqual(['immediate', 'soon', 'late'])
  })

  test('can be turned by hand, with a clock of the host', () => {
    let time = 0
    const printed: string[] = []
    const host = {
      uptime: () => time,
      now: () => 1000 + time,
      write: (_: string, text: string) => printed.push(text),
    }
    const { loader } = create(
      { '/a.js': 'setTimeout(() => console.log(Date.now() > 0, performance.now()), 100)' },
      { host },
    )
    loader.main('/a.js')
    expect(loader.pump()).toBe(100)
    time = 99
    expect(loader.pump()).toBe(1)
    expect(printed).toEqual([])
    time = 100
    expect(loader.pump()).toBeUndefined()
    expect(printed).toHaveLength(1)
  })

  test('needs a host with timers where it has to wait', async () => {
    const { loader } = create(
      { '/a.js': 'setTimeout(() => {}, 60_000)' },
      { host: { setTimeout: undefined } },
    )
    loader.main('/a.js')
    await expect(loader.drain()).rejects.toMatchObject({ code: 'ERR_LODGER_HOST_LACKS' })
  })
})

describe('an end', () => {
  test('stops timers and later calls', async () => {
    const { loader, printed } = create({ '/a.js': 'setInterval(() => console.log("x"), 1)' })
    loader.main('/a.js')
    loader.dispose('enough')
    loader.dispose()
    for (const call of [
      () => loader.main('/a.js'),
      () => loader.require('path'),
      () => loader.pump(),
    ]) {
      expect(call).toThrow(expect.objectContaining({ code: 'ERR_LODGER_DISPOSED' }))
    }
    await expect(loader.drain()).rejects.toThrow('enough')
    expect(printed).toEqual([])
  })

  test("leaves a context that is its owner's", () => {
    const context = engine.newContext()
    const loader = createLoader({
      engine: context,
      script,
      fs: { '/a.js': 'module.exports = typeof lodger' },
    })
    expect(loader.main('/a.js')).toBe('undefined')
    loader.dispose()
    expect(context.dump(context.unwrapResult(context.evalCode('1 + 1')))).toBe(2)
    context.dispose()
  })

  test('of the engine by a limit of its owner is an error like others', () => {
    const context = engine.newContext()
    const loader = createLoader({
      engine: context,
      script,
      fs: { '/loop.js': 'for (;;) {}', '/fine.js': 'module.exports = 1' },
    })
    let turns = 0
    context.runtime.setInterruptHandler(() => ++turns > 50)
    expect(thrownBy(() => loader.main('/loop.js')).message).toBe('interrupted')
    context.runtime.removeInterruptHandler()
    expect(loader.require('/fine.js')).toBe(1)
    loader.dispose()
    context.dispose()
  })
})

function thrownBy(call: () => unknown): Error & { stack: string } {
  try {
    call()
  } catch (error) {
    return error as Error & { stack: string }
  }
  throw new Error('nothing was thrown')
}
