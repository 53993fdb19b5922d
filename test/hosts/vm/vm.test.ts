/** A realm of its own on node, with the loader inside. */
import { createLoader } from 'lodger/hosts/vm'
import { describe, expect, test } from 'vitest'

const silent = { host: { write() {} } }

/** Runs one file and gives its exports. */
const run = (source: string, options = {}): unknown =>
  createLoader({ ...silent, ...options, fs: { '/app/index.js': source } }).main('/app/index.js')

/** What the realm itself has, seen past the loader's scope. */
const inRealm = (names: string) =>
  `module.exports = new Function('names', 'return names.map((name) => typeof globalThis[name])')(${names})`

describe.each([
  ['with powers', {}],
  ['bare', { bare: true }],
])('%s', (_, options) => {
  test("none of node's globals is in the realm", () => {
    const names = ['process', 'Buffer', 'setTimeout', 'setImmediate', 'URL', 'console', 'require']
    expect(run(inRealm(JSON.stringify([...names, 'lodger', 'fetch'])), options)).toEqual(
      Array.from({ length: 9 }, () => 'undefined'),
    )
  })

  test("what the guest sees under node's names is lodger's", () => {
    const source = `module.exports = {
      process, Buffer, setTimeout, URL, console, global,
      same: [process === require('process'), Buffer === require('buffer').Buffer, globalThis === global],
      version: process.version,
      text: new URL('/a?b#c', 'http://host').href + Buffer.from('é').toString('hex'),
    }`
    const seen = run(source, options) as Record<string, unknown>
    for (const name of ['process', 'Buffer', 'setTimeout', 'URL', 'console', 'global']) {
      expect(seen[name], name).toBeDefined()
      expect(seen[name] === Reflect.get(globalThis, name), name).toBe(false)
    }
    expect(seen.same).toEqual([true, true, true])
    expect(seen.version).toBe('v26.10.0')
    expect(seen.text).toBe('http://host/a?b#cc3a9')
  })

  test('a direct eval sees what its module sees', () => {
    expect(
      run("module.exports = eval('[typeof process, typeof global, __filename]')", options),
    ).toEqual(['object', 'object', '/app/index.js'])
  })

  test("what the guest does to the language's own objects stays in its realm", () => {
    const source = `
      Array.prototype.guest = 1
      Object.prototype.guest = 1
      Error.prepareStackTrace = () => 'guest'
      undeclared = 1
      module.exports = [].guest`
    const { prepareStackTrace } = Error
    expect(run(source, options)).toBe(1)
    expect([Reflect.get([], 'guest'), Reflect.get({}, 'guest')]).toEqual([undefined, undefined])
    expect(Error.prepareStackTrace).toBe(prepareStackTrace)
    expect('undeclared' in globalThis).toBe(false)
  })

  test("the functions of builtins are the realm's", () => {
    const source = `
      const isOurs = (value) => typeof value !== 'function' || value instanceof Function
      const strangers = (id) => Object.entries(require(id)).filter(([, value]) => !isOurs(value)).map(([name]) => id + '.' + name)
      module.exports = require('module').builtinModules.flatMap(strangers)`
    expect(run(source, options)).toEqual([])
  })

  test("errors are the guest's own, and their stacks name its files", () => {
    const loader = createLoader({
      ...silent,
      ...options,
      fs: {
        '/app/index.js': "require('./lib/b')()",
        '/app/lib/b.js': 'module.exports = function b() {\n  null.x\n}',
        '/app/syntax.js': 'const a = 1\nconst b = ;',
        '/app/kinds.js': `
          const kinds = []
          try { require('./syntax') } catch (error) { kinds.push(error instanceof SyntaxError) }
          try { require('./nowhere') } catch (error) { kinds.push(error instanceof Error, error.code) }
          try { Buffer.from(1) } catch (error) { kinds.push(error instanceof TypeError, error.code) }
          module.exports = kinds`,
      },
    })
    const error = thrownBy(() => loader.main('/app/index.js'))
    expect(error instanceof Error).toBe(false)
    expect(error.stack.split('\n')).toEqual([
      "TypeError: Cannot read properties of null (reading 'x')",
      '    at b (/app/lib/b.js:2:8)',
      '    at Object.<anonymous> (/app/index.js:1:19)',
      ...error.stack.split('\n').slice(3),
    ])
    expect(error.stack).not.toMatch(/lodger/)
    expect(loader.require('/app/kinds.js')).toEqual([
      true,
      true,
      'MODULE_NOT_FOUND',
      true,
      'ERR_INVALID_ARG_TYPE',
    ])
  })

  test('a text that does not parse is shown as the author wrote it', () => {
    const { stack } = thrownBy(() => run('const a = ;', options))
    const shown = ['/app/index.js:1', 'const a = ;', '          ^', '']
    const lines = stack.split('\n')
    // Of an indirect `eval`, as in the bare realm, V8 does not tell the line.
    expect(
      lines.slice(
        0,
        lines.findIndex((line) => line.startsWith('SyntaxError')),
      ),
    ).toEqual('bare' in options ? ['/app/index.js', ''] : shown)
    expect(stack).toContain("SyntaxError: Unexpected token ';'")
    expect(stack).not.toMatch(/node:vm|lodger|hosts\/vm/)
  })

  test('bytes and file systems of this realm serve it', () => {
    const files = {
      '/a.js': Buffer.from("module.exports = require('fs').readFileSync('/b.bin')"),
      '/b.bin': Uint8Array.of(1, 2),
    }
    const loader = createLoader({ ...silent, ...options, fs: files })
    expect([...(loader.main('/a.js') as Uint8Array)]).toEqual([1, 2])
    const disk = {
      readFileSync: () => Buffer.from('module.exports = 7'),
      statSync: (path: string) => ({
        isFile: () => path.endsWith('.js'),
        isDirectory: () => !path.endsWith('.js'),
      }),
    }
    expect(createLoader({ ...silent, ...options, fs: disk }).main('/x.js')).toBe(7)
  })
})

test('with powers there are timers, randomness and streams', async () => {
  const printed: string[] = []
  const loader = createLoader({
    fs: {
      '/a.js': `
        const order = []
        setTimeout(() => order.push('timeout'), 1)
        setImmediate(() => order.push('immediate'))
        process.nextTick(() => order.push('tick'))
        Promise.resolve().then(() => order.push('promise'))
        console.log('to %s', 'stdout'); console.error('to stderr')
        module.exports = new Promise((resolve) => setTimeout(resolve, 10, {
          order, random: crypto.getRandomValues(new Uint8Array(8)).some(Boolean), id: require('crypto').randomUUID().length,
          many: require('crypto').randomBytes(100_000).length,
        }))`,
    },
    host: { write: (stream, text) => printed.push(`${stream} ${text}`) },
  })
  expect(await loader.main('/a.js')).toEqual({
    order: ['tick', 'promise', 'immediate', 'timeout'],
    random: true,
    id: 36,
    many: 100_000,
  })
  expect(printed).toEqual(['stdout to stdout\n', 'stderr to stderr\n'])
  loader.dispose()
})

test('bare, there are none, and what needs them says so', () => {
  const source = `
    const codes = []
    for (const use of [() => setTimeout(() => {}, 1), () => require('crypto').randomBytes(4)]) {
      try { use() } catch (error) { codes.push(error.code) }
    }
    module.exports = [codes, typeof crypto]`
  const [codes] = run(source, { bare: true }) as [string[]]
  expect(codes[0]).toBe('ERR_LODGER_HOST_LACKS')
  expect(codes).toHaveLength(2)
})

test('bare, promise jobs, ticks and immediates run all the same', async () => {
  const source = `
    const order = []
    setImmediate(() => order.push('immediate'))
    process.nextTick(() => order.push('tick'))
    module.exports = Promise.resolve().then(() => order.push('promise')).then(() => {}).then(() => order)`
  expect(await run(source, { bare: true })).toEqual(['tick', 'promise', 'immediate'])
})

test('a loader that was disposed of leaves no timer behind', async () => {
  let ticks = 0
  const loader = createLoader({
    ...silent,
    fs: { '/a.js': 'setInterval(tick, 1)' },
    globals: { tick: () => ticks++ },
  })
  loader.main('/a.js')
  await new Promise((resolve) => setTimeout(resolve, 20))
  loader.dispose()
  const before = ticks
  expect(before).toBeGreaterThan(0)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(ticks).toBe(before)
})

test('two loaders have two realms', () => {
  const source = 'module.exports = [Array, Object.prototype, Promise]'
  const first = run(source) as object[]
  const second = run(source) as object[]
  expect(first.map((object, index) => object === second[index])).toEqual([false, false, false])
})

/** Of another realm, and therefore no `instanceof` ours. */
function thrownBy(call: () => unknown): Error & { stack: string } {
  try {
    call()
  } catch (error) {
    return error as Error & { stack: string }
  }
  throw new Error('nothing was thrown')
}
