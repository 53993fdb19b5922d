/** What `withCache` promises, over a store that the tests can look into. */
import type { Transpile, TranspileStore } from 'lodger'
import { createVolume } from 'lodger/fs/volume'
import { chooseCache, directoryCache, memoryCache, withCache } from 'lodger/transpile/cache'
import { describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { createQuestion } from '../../src/transpile/cache-entry.ts'
import { commonJs, countingEngine, typescriptEngine } from './engines.ts'

const { version } = manifest

/** A store that is a map. */
function mapStore() {
  const texts = new Map<string, string>()
  return {
    texts,
    get: (key: string) => texts.get(key),
    add: (key: string, text: string) => void texts.set(key, text),
  }
}

describe('a file', () => {
  test('that was transpiled is not transpiled again', () => {
    const engine = countingEngine()
    const cached = withCache(engine, mapStore())
    const first = cached('let a: 1', '/app/a.ts', commonJs)
    const second = cached('let a: 1', '/app/a.ts', commonJs)
    expect(second).toEqual(first)
    expect(engine.transpiled).toEqual(['/app/a.ts'])
  })

  test('is found by another loader of the same store', () => {
    const store = mapStore()
    const first = withCache(countingEngine(), store)('let a: 1', '/app/a.ts', commonJs)
    const later = countingEngine()
    expect(withCache(later, store)('let a: 1', '/app/a.ts', commonJs)).toEqual(first)
    expect(later.transpiled).toEqual([])
  })

  test('without a map has none when it comes back, and an empty one stays', () => {
    for (const result of [{ code: 'a' }, { code: '' }, { code: 'a', map: '' }]) {
      const engine: Transpile = Object.assign(() => result, { identity: 'constant 1' })
      const cached = withCache(engine, mapStore())
      cached('', '/a.ts', commonJs)
      expect(cached('', '/a.ts', commonJs)).toEqual(result)
    }
  })

  test('comes back to the letter, whatever letters it has', () => {
    const source = '\ufeff"ä 漢 😀\u2028 \0\r\n"; let a: number = 1\n'
    const fs = createVolume()
    const cached = () => withCache(typescriptEngine, directoryCache(fs, '/cache'))
    const first = cached()(source, '/app/ä.ts', commonJs)
    expect(cached()(source, '/app/ä.ts', commonJs)).toEqual(first)
  })

  test('that UTF-8 cannot say is transpiled each time', () => {
    const store = mapStore()
    const broken = withCache(countingEngine(), store)('"\ud800"', '/a.ts', commonJs)
    expect(broken.code).toContain('\ud800')
    expect(store.texts.size).toBe(0)
  })

  test('that cannot be transpiled is not cached', () => {
    const store = mapStore()
    const cached = withCache(countingEngine(), store)
    for (let time = 0; time < 2; time++) {
      expect(() => cached('syntax error', '/a.ts', commonJs)).toThrow(SyntaxError)
    }
    expect(store.texts.size).toBe(0)
  })

  test('of which an engine makes no text is passed on as it is', () => {
    const store = mapStore()
    const odd = { code: undefined }
    const engine = Object.assign((() => odd) as unknown as Transpile, { identity: 'odd 1' })
    expect(withCache(engine, store)('', '/a.ts', commonJs)).toBe(odd)
    expect(store.texts.size).toBe(0)
  })
})

describe('a change is seen', () => {
  const base = { identity: 'fake 1', source: 'let a: 1', filename: '/a.ts', options: commonJs }
  test.each<[what: string, change: Partial<typeof base>]>([
    ['of the source', { source: 'let a: 2' }],
    ['of its end', { source: 'let a: 1\n' }],
    ['of the filename', { filename: '/a.tsx' }],
    ['of the format', { options: { format: 'module' } }],
    ['of a compiler option', { options: { ...commonJs, compilerOptions: { jsx: 'react' } } }],
    ["of the engine's version", { identity: 'fake 2' }],
  ])('%s', (_what, change) => {
    const store = mapStore()
    const results = [base, { ...base, ...change }].map(
      ({ identity, source, filename, options }) => {
        const engine = countingEngine(identity)
        const result = withCache(engine, store)(source, filename, options)
        expect(engine.transpiled).toHaveLength(1)
        return result
      },
    )
    expect(results[0]).not.toEqual(results[1])
    expect(store.texts.size).toBe(2)
  })

  test('also when another file has the same key', () => {
    const { texts } = mapStore()
    const engine = countingEngine()
    const cached = withCache(engine, {
      get: () => [...texts.values()].at(-1),
      add: (_key, text) => void texts.set('the only one', text),
    })
    const sources = ['let a: 1', 'let b: 2', 'let a: 1']
    for (const source of sources) {
      expect(cached(source, '/a.ts', commonJs).code).toContain(source)
      expect(cached(source, '/a.ts', commonJs).code).toContain(source)
    }
    expect(engine.transpiled).toHaveLength(3)
  })
})

describe('a damaged entry', () => {
  const damages: Record<string, (entry: string) => unknown> = {
    'cut short': (entry) => entry.slice(0, -1),
    'cut to its question': (entry) => entry.slice(0, entry.lastIndexOf('let a: 1')),
    empty: () => '',
    'with something behind it': (entry) => `${entry} `,
    'with another letter': (entry) => entry.replace(/AAAA/, 'AAAB'),
    'with another length': (entry) => entry.replace(/\d+ with map/, '3 with map'),
    'without its map': (entry) => entry.replace('with map', 'without map'),
    'of another shape': (entry) => entry.replace(version, '0.0.9'),
    'of another file': (entry) => entry.replace('/a.ts', '/b.ts'),
    'no text': (entry) => new TextEncoder().encode(entry),
    'a promise of it': (entry) => Promise.resolve(entry),
    null: () => null,
  }

  test.each(Object.entries(damages))('that is %s is transpiled anew', (_name, damage) => {
    const store = mapStore()
    const engine = countingEngine()
    const cached = withCache(engine, {
      ...store,
      get: (key) => {
        const entry = store.texts.get(key)
        return entry === undefined ? undefined : (damage(entry) as string)
      },
    })
    const first = cached('let a: 1', '/a.ts', commonJs)
    expect(cached('let a: 1', '/a.ts', commonJs)).toEqual(first)
    expect(engine.transpiled).toHaveLength(2)
  })

  test('that is made of two whole ones is transpiled anew', () => {
    const store = mapStore()
    const sources = ['let a: 1', 'let b: 2']
    for (const source of sources) withCache(countingEngine(), store)(source, '/a.ts', commonJs)
    const [[key = '', first = ''] = [], [, second = ''] = []] = [...store.texts]
    const end = first.indexOf('let a: 1') + 'let a: 1'.length
    store.texts.set(key, first.slice(0, end) + second.slice(end))
    const { code } = withCache(countingEngine(), store)('let a: 1', '/a.ts', commonJs)
    expect(code).toContain('let a: 1')
  })

  test('is replaced', () => {
    const store = mapStore()
    const engine = countingEngine()
    const cached = withCache(engine, store)
    const first = cached('let a: 1', '/a.ts', commonJs)
    for (const [key, text] of store.texts) store.texts.set(key, text.slice(0, 40))
    for (let time = 0; time < 2; time++) {
      expect(cached('let a: 1', '/a.ts', commonJs)).toEqual(first)
    }
    expect(engine.transpiled).toHaveLength(2)
  })
})

describe('a store that fails', () => {
  const fail = () => {
    throw new Error('the disk is full')
  }
  const reject = () => Promise.reject(new Error('the disk is full'))
  const stores: Record<string, TranspileStore> = {
    'at reading': { get: fail, add: () => {} },
    'at writing': { get: () => undefined, add: fail },
    'at everything': { get: fail, add: fail, addAsync: fail, clear: fail },
    // An unhandled rejection would fail the test run.
    'at writing, later': { get: () => undefined, add: reject },
    'at writing by addAsync alone': { get: () => undefined, addAsync: reject },
    'at reading, as a promise': { get: reject as () => never, add: () => {} },
  }

  test.each(Object.entries(stores))('%s breaks nothing', async (_name, store) => {
    const engine = countingEngine()
    const cached = withCache(engine, store)
    for (let time = 1; time <= 2; time++) {
      expect(cached('let a: 1', '/a.ts', commonJs).code).toContain('let a: 1')
      expect(engine.transpiled).toHaveLength(time)
    }
    await new Promise((done) => setTimeout(done))
  })
})

describe("a user's own store", () => {
  test('may add later', async () => {
    const texts = new Map<string, string>()
    const engine = countingEngine()
    const cached = withCache(engine, {
      get: (key) => texts.get(key),
      async addAsync(key, text) {
        await undefined
        texts.set(key, text)
      },
    })
    cached('let a: 1', '/a.ts', commonJs)
    await new Promise((done) => setTimeout(done))
    cached('let a: 1', '/a.ts', commonJs)
    expect(engine.transpiled).toHaveLength(1)
  })

  test('is called as the object that it is', () => {
    class Store {
      readonly #texts = new Map<string, string>()
      get(key: string) {
        return this.#texts.get(key)
      }
      add(key: string, text: string) {
        this.#texts.set(key, text)
      }
    }
    const engine = countingEngine()
    const cached = withCache(engine, new Store())
    cached('let a: 1', '/a.ts', commonJs)
    cached('let a: 1', '/a.ts', commonJs)
    expect(engine.transpiled).toHaveLength(1)
  })

  test('is given keys that any store can take', () => {
    const store = mapStore()
    withCache(countingEngine(), store)('let a: 1', '/../a "b".ts', commonJs)
    expect([...store.texts.keys()]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)])
  })

  const get = () => undefined
  test.each<[store: unknown, message: string]>([
    [true, 'The "cache" argument must be of type object. Received type boolean (true)'],
    [{}, 'The "cache.get" property must be of type function. Received undefined'],
    [new Map(), 'The "cache.add" property must be of type function. Received undefined'],
    [
      { get, addAsync: 1 },
      'The "cache.addAsync" property must be of type function. Received type number (1)',
    ],
    [
      { get, add() {}, clear: 'no' },
      `The "cache.clear" property must be of type function. Received type string ('no')`,
    ],
  ])('%o is refused', (store, message) => {
    expect(() => withCache(countingEngine(), store as TranspileStore)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE', message }),
    )
  })
})

describe('an engine', () => {
  test('keeps its members', () => {
    const engine = Object.assign(countingEngine(), { extensions: ['.ts'] })
    const cached = withCache(engine, mapStore())
    expect(cached.identity).toBe('fake 1.0.0')
    expect(cached.extensions).toEqual(['.ts'])
  })

  test('has to say who it is', () => {
    const nobody: Transpile = (source) => ({ code: source })
    const message = 'The "transpile.identity" property must be of type string. Received undefined'
    expect(() => withCache(nobody, mapStore())).toThrow(message)
    expect(() => chooseCache(mapStore(), nobody)(nobody)).toThrow(message)
    expect(chooseCache(undefined, nobody)(nobody)('let a', '/a.ts', commonJs).code).toBe('let a')
  })

  test('that does not know who it is is never cached', () => {
    const store = mapStore()
    const nobody: Transpile = Object.assign((source: string) => ({ code: source }), {
      identity: undefined as never,
    })
    expect(withCache(nobody, store)('let a', '/a.ts', commonJs)).toEqual({ code: 'let a' })
    expect(store.texts.size).toBe(0)
  })

  test('is asked who it is when it is first needed, and once', () => {
    let asked = 0
    const engine = Object.defineProperty(
      ((source) => ({ code: source })) as Transpile,
      'identity',
      {
        get: () => `late ${++asked}`,
      },
    )
    const cached = withCache(engine, mapStore())
    expect(asked).toBe(0)
    for (const source of ['a', 'b', 'a']) cached(source, '/a.ts', commonJs)
    expect(asked).toBe(1)
  })

  test('that cannot be found says so itself', () => {
    const fail = () => {
      throw new Error('no engine here')
    }
    const absent = Object.defineProperty(fail as Transpile, 'identity', { get: () => fail() })
    expect(() => withCache(absent, mapStore())('', '/a.ts', commonJs)).toThrow('no engine here')
  })
})

describe('the option', () => {
  /** The results of a fake engine and of one that says it is the same, and how often each was asked. */
  function askTwo(sources: readonly [object, object]) {
    const engines = [countingEngine('option 1'), countingEngine('option 1')] as const
    for (const [index, engine] of engines.entries()) {
      chooseCache(undefined, sources[index] as object)(engine)('let a: 1', '/option.ts', commonJs)
    }
    return engines.map(({ transpiled }) => transpiled.length)
  }

  test('left out means one cache for all loaders with an engine from one hand', () => {
    const hand = () => {}
    expect(askTwo([hand, hand])).toEqual([1, 0])
  })

  test('left out lets no engine answer for one from another hand', () => {
    expect(askTwo([() => {}, () => {}])).toEqual([1, 1])
  })

  test('of false means none', () => {
    const engine = countingEngine()
    expect(chooseCache(false, engine)(engine)).toBe(engine)
  })

  test('may be a cache', () => {
    const engine = countingEngine()
    const cached = chooseCache(memoryCache(), engine)(engine)
    cached('let a: 1', '/a.ts', commonJs)
    cached('let a: 1', '/a.ts', commonJs)
    expect(engine.transpiled).toHaveLength(1)
  })

  test('is named where it is wrong, before anything is transpiled', () => {
    expect(() => chooseCache({} as TranspileStore, {})).toThrow(
      'The "options.transpileCache.get" property must be of type function. Received undefined',
    )
  })
})

test('no question is the beginning of another, whose rest could look like an answer', () => {
  const text = (source: string) => createQuestion('fake 1', commonJs, '/a.ts', source).text
  const sources = [
    'let a',
    'let a\n',
    'let a\nlet b',
    `let a\n${'0'.repeat(32)}5 without map\nlet b`,
  ]
  for (const one of sources) {
    for (const other of sources) expect(text(other).startsWith(text(one))).toBe(one === other)
  }
})

// What lodger does around an engine changes with its releases.
test('entries name the version of the package', () => {
  const store = mapStore()
  withCache(countingEngine(), store)('', '/a.ts', commonJs)
  const [entry] = store.texts.values()
  expect(entry).toMatch(`lodger ${version} transpiled`)
})
