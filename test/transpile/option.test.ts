/** `createLoader({ transpile })`: engines of one's own, what is refused, and hosts that load none. */
import { createLoader, type Transpile } from 'lodger'
import { createLoader as createCore } from 'lodger/core'
import { createLoader as createOnNode, evaluate } from 'lodger/hosts/node'
import { createLoader as createInVm } from 'lodger/hosts/vm'
import {
  amaroTranspiler,
  loadTranspiler,
  sucraseTranspiler,
  typescriptTranspiler,
} from 'lodger/transpile'
import { describe, expect, test } from 'vitest'

const typed = {
  '/app/a.ts': 'export const a: number = 40 + 2',
  '/app/enum.cts': 'enum A { b = 7 }; export = A.b',
}

describe('a function', () => {
  test('is given the text, the name, the format and the options in charge', () => {
    const asked: unknown[] = []
    const transpile: Transpile = (source, filename, options) => {
      asked.push([source, filename, options])
      return { code: `module.exports = ${JSON.stringify(source)}` }
    }
    const fs = {
      '/app/a.cts': 'one',
      '/lib/b.cts': 'two',
      '/app/tsconfig.json': '{"compilerOptions":{"target":"es2020","other":1}}',
    }
    const loader = createLoader({ fs, transpile })
    expect([loader.require('/app/a.cts'), loader.require('/lib/b.cts')]).toEqual(['one', 'two'])
    expect(asked).toEqual([
      [
        'one',
        '/app/a.cts',
        { format: 'commonjs', compilerOptions: { target: 'es2020', other: 1 } },
      ],
      ['two', '/lib/b.cts', { format: 'commonjs' }],
    ])
  })

  test('takes the extensions that it names, JavaScript too, and finds files without them', async () => {
    const transpile: Transpile = Object.assign(
      (source: string) => ({ code: source.replaceAll('λ', '() =>') }),
      { extensions: ['.js', '.mjs', '.lambda'] },
    )
    const loader = createLoader({
      fs: {
        '/app/a.lambda': 'module.exports = λ 1',
        '/app/b.js': 'exports.two = λ 2',
        '/app/c.mjs': 'import { two } from "./b"; export default [two(), (λ 3)()]',
        '/app/d.ts': 'module.exports = 4',
      },
      transpile,
    })
    const one = loader.require('/app/a') as () => number
    expect([one(), loader.require('/app/d.ts')]).toEqual([1, 4])
    expect(await loader.import('/app/c.mjs')).toMatchObject({ default: [2, 3] })
  })

  test('throws what it likes, and its text never runs', () => {
    const failing = (error: unknown) => () => {
      const transpile = () => {
        throw error
      }
      createLoader({ fs: typed, transpile }).require('/app/a.ts')
    }
    expect(failing(new TypeError('mine'))).toThrow(
      expect.objectContaining({ name: 'SyntaxError', message: '/app/a.ts: mine' }),
    )
    expect(failing({ message: 'there', line: 1, column: 8 })).toThrow(
      '/app/a.ts:1:8: there\n\n> 1 | export const a: number = 40 + 2\n    |        ^',
    )
    expect(failing({ message: 'there', loc: { line: 1, column: 3 } })).toThrow(
      '/app/a.ts:1:3: there',
    )
    expect(failing('text')).toThrow('/app/a.ts: text')
    expect(failing(undefined)).toThrow('/app/a.ts: undefined')
  })
})

test.each(['typescript', 'fast'] as const)('%s gives maps that name the file', async (name) => {
  const transpile = await loadTranspiler(name)
  const { code, map = '' } = transpile('enum A { b }\nlet c: 1', '/app/a.ts', {
    format: 'commonjs',
  })
  expect(code).not.toContain('sourceMappingURL')
  expect(JSON.parse(map)).toMatchObject({ version: 3, sources: ['/app/a.ts'] })
})

describe('bad values', () => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'undefined'],
    ['a text', 'module.exports = 1', "type string ('module.exports = 1')"],
    ['a promise', Promise.resolve({ code: '' }), 'an instance of Promise'],
    ['no code', {}, 'an instance of Object'],
    ['code that is no text', { code: Buffer.from('') }, 'an instance of Object'],
    ['a map that is no text', { code: '', map: {} }, 'an instance of Object'],
  ])('an engine that gives %s', (_, given, received) => {
    for (const identity of ['mine', undefined]) {
      const transpile = Object.assign(() => given, identity && { identity }) as Transpile
      const message = `Expected { code, map? } with texts, at once, to be returned from the "options.transpile" function but got ${received}.`
      expect(() => createLoader({ fs: typed, transpile }).require('/app/a.ts')).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_RETURN_VALUE', message }),
      )
    }
  })

  test.each<[unknown, string]>([
    [
      'swc',
      "The property 'options.transpile' must be 'typescript', 'fast', 'node', false or a function. Received 'swc'",
    ],
    [
      true,
      'The "options.transpile" property must be one of type string or function or false. Received type boolean (true)',
    ],
    [{}, 'The "options.transpile" property must be'],
    [
      Object.assign(() => ({ code: '' }), { extensions: 'ts' }),
      'The "options.transpile.extensions" property must be an instance of Array',
    ],
    [
      Object.assign(() => ({ code: '' }), { extensions: ['ts'] }),
      "The property 'options.transpile.extensions' must be like ['.ts']",
    ],
  ])('%s', (transpile, message) => {
    expect(() => createLoader({ transpile: transpile as Transpile })).toThrow(message)
  })

  test('core has none of it', () => {
    expect(() => createCore({ transpile: 'fast' }, { evaluate })).toThrow(
      "'transpile' needs lodger, not lodger/core",
    )
    const loader = createCore({ fs: typed }, { evaluate })
    const module = new loader.Module('/app/x')
    expect(() => module._compile('let a: 1', '/app/x', 'commonjs-typescript')).toThrow(
      expect.objectContaining({ code: 'ERR_METHOD_NOT_IMPLEMENTED' }),
    )
  })

  test('loadTranspiler names what it knows', async () => {
    await expect(loadTranspiler('babel' as 'fast')).rejects.toThrow(
      "The argument 'name' must be 'typescript', 'fast' or 'node'. Received 'babel'",
    )
  })
})

describe('hosts', () => {
  test.each(['typescript', 'fast'] as const)(
    "'%s' works at once in vm, in a realm of its own",
    (transpile) => {
      const loader = createInVm({ fs: typed, transpile })
      expect([loader.require('/app/enum'), loader.process.features.typescript]).toEqual([
        7,
        'transform',
      ])
    },
  )

  test("'node' is what a loader has by itself", () => {
    for (const create of [createLoader, createOnNode, createInVm]) {
      const loader = create({ fs: typed })
      expect(loader.process.features.typescript).toBe('strip')
      expect({ ...(loader.require('/app/a.ts') as object) }).toEqual({ a: 42 })
      expect(() => loader.require('/app/enum.cts')).toThrow(
        expect.objectContaining({ code: 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX' }),
      )
    }
  })

  const poor = { host: { loadPackage: undefined } }

  test.each([undefined, 'node', 'fast', 'typescript'] as const)(
    'where nothing can be loaded, the first file says what to do: %s',
    async (transpile) => {
      const loader = createLoader({ fs: typed, ...poor, ...(transpile && { transpile }) })
      const failure = expect.objectContaining({
        code: 'ERR_LODGER_TRANSPILE',
        message: expect.stringContaining(`await loadTranspiler('${transpile ?? 'node'}')`),
      })
      expect(() => loader.require('/app/a.ts')).toThrow(failure)
      await expect(loader.import('/app/enum.cts')).rejects.toThrow(failure)
    },
  )

  test('a default that cannot be had is no feature', () => {
    expect(createLoader(poor).process.features.typescript).toBe(false)
  })

  test('a package that is not installed is named', () => {
    const host = {
      loadPackage(name: string) {
        throw new Error(`Cannot find module '${name}'`)
      },
    }
    expect(() => createLoader({ fs: typed, host, transpile: 'fast' }).require('/app/a.ts')).toThrow(
      "Cannot transpile /app/a.ts: 'sucrase' does not load (Cannot find module 'sucrase')",
    )
  })

  test.each(['typescript', 'fast', 'node'] as const)(
    'loadTranspiler brings %s there',
    async (name) => {
      const loader = createLoader({ fs: typed, ...poor, transpile: await loadTranspiler(name) })
      expect({ ...(loader.require('/app/a.ts') as object) }).toEqual({ a: 42 })
      expect(loader.process.features.typescript).toBe(name === 'node' ? 'strip' : 'transform')
    },
  )

  test('packages that are at hand become engines', async () => {
    const engines = [
      typescriptTranspiler((await import('typescript')).default),
      sucraseTranspiler(await import('sucrase')),
      amaroTranspiler(await import('amaro')),
    ]
    expect(engines.map(({ identity }) => identity?.split(' ')[0])).toEqual([
      'typescript',
      'sucrase',
      undefined,
    ])
    for (const transpile of engines) {
      expect(transpile('let a: 1', '/a.ts', { format: 'module' }).code).toMatch(
        /^(?:.use strict.;\n)?let a\s*;?\s*$/,
      )
    }
  })

  test('false, and the flag of node, let files be what they say', async () => {
    const fs = { '/app/a.ts': 'module.exports = 1', '/app/b.ts': 'const b: number = 1' }
    for (const options of [{ transpile: false as const }, { execArgv: ['--no-strip-types'] }]) {
      const loader = createLoader({ fs, ...options })
      expect([loader.require('/app/a.ts'), loader.process.features.typescript]).toEqual([1, false])
      expect(() => loader.require('/app/b.ts')).toThrow('Missing initializer')
      await expect(loader.import('/app/a.ts')).rejects.toThrow('Unknown file extension ".ts"')
    }
  })

  test('a main file of an extension that import does not know, below type module', async () => {
    const fs = { '/app/package.json': '{"type":"module"}', '/app/main.tsx': 'export {}' }
    await expect(createLoader({ fs }).main('/app/main.tsx')).rejects.toThrow(
      'Unknown file extension ".tsx"',
    )
  })

  test('main files that are ES modules', async () => {
    const source = 'export const a: number = 1; export const isMain = import.meta.main'
    for (const file of ['/app/main.ts', '/app/main.mts']) {
      const loader = createLoader({ fs: { [file]: source } })
      expect({ ...(await (loader.main(file) as Promise<object>)) }).toEqual({ a: 1, isMain: true })
    }
  })
})

test('stacks of stripped files have the columns of the source, and the names of node', () => {
  const fs = {
    '/app/a.cts': 'interface A { a: 1 }\nconst a: number = 1; throw new Error(String(a))',
  }
  const lines: string[] = []
  try {
    createOnNode({ fs }).require('/app/a.cts')
  } catch (error) {
    lines.push(...String((error as Error).stack).split('\n'))
  }
  expect(lines[1]).toBe('    at Object.<anonymous> (file:///app/a.cts:2:28)')
})
