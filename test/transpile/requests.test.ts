/** Which file a request of TypeScript means, and which tsconfig.json is in charge. */
import { createLoader } from 'lodger'
import { describe, expect, test } from 'vitest'

type Files = Readonly<Record<string, string>>

const load = (fs: Files, transpile: 'typescript' | 'fast' = 'fast') =>
  createLoader({ fs, transpile, cwd: '/app' })

const config = (compilerOptions: object, more = {}): string =>
  JSON.stringify({ compilerOptions, ...more })

const named = (name: string): string => `export default ${JSON.stringify(name)} as string`

describe('names', () => {
  const files: Files = {
    '/app/a.ts': named('a.ts'),
    '/app/b.tsx': named('b.tsx'),
    '/app/c.mts': named('c.mts'),
    '/app/d.cts': named('d.cts'),
    '/app/e.jsx': 'export default "e.jsx"',
    '/app/f.js': 'exports.default = "f.js"',
    '/app/f.ts': named('f.ts'),
    '/app/dir/index.ts': named('dir/index.ts'),
    '/app/both.ts': named('both.ts'),
    '/app/both/index.js': 'exports.default = "both/index.js"',
    '/app/node_modules/p/package.json': '{"main":"lib/main.ts"}',
    '/app/node_modules/p/lib/main.ts': `import { q } from './q.js'; export default q as string`,
    '/app/node_modules/p/lib/q.ts': 'enum Q { q = "q.ts" }; export const q = Q.q',
  }
  const asked =
    './a ./b ./dir ./both ./a.ts ./a.js ./b.js ./b.jsx ./c.mjs ./d.cjs ./e ./e.js ./f ./f.js p'
  const found =
    'a.ts b.tsx dir/index.ts both.ts a.ts a.ts b.tsx b.tsx c.mts d.cts e.jsx e.jsx f.js f.js q.ts'

  test('without an extension, and by that of what is made of them: require', () => {
    const loader = load({
      ...files,
      '/app/main.cts': `module.exports = ${JSON.stringify(asked.split(' '))}.map((id: string) => require(id).default)`,
    })
    expect(loader.main('main')).toEqual(found.split(' '))
  })

  test('import, by what only CommonJS has otherwise', async () => {
    const source = `export default await Promise.all(${JSON.stringify(asked.split(' '))}.map(async (id: string) => { const { default: value } = await import(id); return value.default ?? value }))`
    const loader = load({ ...files, '/app/main.mts': source })
    const { default: result } = (await loader.main('main.mts')) as { default: unknown }
    expect(result).toEqual(found.split(' '))
  })

  test('JavaScript is told of the files as ever: by their names, or without extension', async () => {
    const loader = load({
      ...files,
      '/app/main.js': `const attempt = (id) => { try { return require(id).default } catch (error) { return error.code } }
        module.exports = ['./a', './a.ts', './a.js', './dir'].map(attempt)`,
      '/app/main.mjs': `export default await Promise.all(['./a.ts', './a', './a.js'].map((id) => import(id).then(({ default: value }) => value, (error) => error.code)))`,
    })
    expect(loader.main('main.js')).toEqual(['a.ts', 'a.ts', 'MODULE_NOT_FOUND', 'dir/index.ts'])
    const { default: result } = (await loader.import('./main.mjs')) as { default: unknown }
    expect(result).toEqual(['a.ts', 'ERR_MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'])
  })

  test('what is not there gets the error of node', () => {
    const loader = load({ '/app/main.cts': `require('./gone.js')` })
    expect(() => loader.main('main')).toThrow("Cannot find module './gone.js'")
  })
})

describe('paths and baseUrl', () => {
  const tree: Files = {
    '/app/tsconfig.json': `// with comments, and commas at the end
      { "compilerOptions": { "paths": {
        "@/*": ["./src/*"], /* "x//y" */
        "@/special/*": ["./special/*", "./src/*"],
        "exact": ["./src/exact.ts",],
        "*.own": ["./own/*.ts"],
        "kept": ["./nowhere"],
      } } }`,
    '/app/src/a.ts': named('src/a'),
    '/app/src/deep/index.ts': named('src/deep'),
    '/app/src/exact.ts': named('exact'),
    '/app/src/second.ts': named('second'),
    '/app/special/a.ts': named('special/a'),
    '/app/own/x.ts': named('own/x'),
    '/app/node_modules/kept/index.js': 'exports.default = "kept"',
  }
  const asked = [
    '@/a',
    '@/a.js',
    '@/deep',
    'exact',
    '@/special/a',
    '@/special/second',
    'x.own',
    'kept',
    'fs',
  ]
  const found = [
    'src/a',
    'src/a',
    'src/deep',
    'exact',
    'special/a',
    'second',
    'own/x',
    'kept',
    'object',
  ]
  const value = `(it: any) => it.default?.readFileSync ? 'object' : it.default?.default ?? it.default ?? typeof it`

  test('count for require and import of TypeScript', async () => {
    const loader = load({
      ...tree,
      '/app/main.cts': `const value = ${value}; export = ${JSON.stringify(asked)}.map((id) => value(require(id)))`,
      '/app/main.mts': `const value = ${value}; export default await Promise.all(${JSON.stringify(asked)}.map(async (id) => value(await import(id))))`,
    })
    expect(loader.require('./main.cts')).toEqual(found)
    const { default: result } = (await loader.import('./main.mts')) as { default: unknown }
    expect(result).toEqual(found)
  })

  test('and not for JavaScript, nor for packages', () => {
    const loader = load({
      ...tree,
      '/app/main.js': `module.exports = [() => require('@/a'), () => require('p')].map((run) => { try { return run() } catch (error) { return error.code } })`,
      '/app/node_modules/p/index.ts': `import a from '@/a'; export default a`,
    })
    expect(loader.main('main.js')).toEqual(['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'])
  })

  test('baseUrl, before packages; overrides before both', () => {
    const fs = {
      '/app/tsconfig.json': config({ baseUrl: 'src' }),
      '/app/src/lib/one.ts': named('one'),
      '/app/src/main.cts': `import one from 'lib/one'; import two from 'two'; export = [one, two]`,
      '/app/src/two.ts': named('two'),
    }
    expect(load(fs).require('./src/main.cts')).toEqual(['one', 'two'])
    const loader = createLoader({
      fs,
      transpile: 'fast',
      overrides: { two: { __esModule: true, default: 'mine' } },
    })
    expect(loader.require('/app/src/main.cts')).toEqual(['one', 'mine'])
  })

  test('explain says how they were found', () => {
    const { filename, steps } = load(tree).explain('@/a', '/app/src/exact.ts')
    expect(filename).toBe('/app/src/a.ts')
    expect(steps).toContainEqual({
      operation: 'tsconfigPaths',
      subject: '/app/src/a',
      outcome: 'matched',
    })
  })
})

describe('extends', () => {
  const main = { '/app/main.cts': 'const h = (...all: any[]) => all; module.exports = <any>1' }

  const jsxOf = (fs: Files): unknown => {
    const source =
      'const own = (t: any) => ["own", t], other = (t: any) => ["other", t]; module.exports = <a/>'
    return load({ ...fs, '/app/main.tsx': source }).require('./main.tsx')
  }

  test.each<[string, Files]>([
    [
      'a relative file',
      {
        '/app/tsconfig.json': '{"extends":"./base"}',
        '/app/base.json': config({ jsxFactory: 'own' }),
      },
    ],
    [
      'several, the last of which counts',
      {
        '/app/tsconfig.json': '{"extends":["./a.json","./b.json"]}',
        '/app/a.json': config({ jsxFactory: 'other' }),
        '/app/b.json': config({ jsxFactory: 'own' }),
      },
    ],
    [
      'a file that extends',
      {
        '/app/tsconfig.json': '{"extends":"../one.json"}',
        '/one.json': '{"extends":"./two.json"}',
        '/two.json': config({ jsxFactory: 'own' }),
      },
    ],
    [
      'a package',
      {
        '/app/tsconfig.json': '{"extends":"@scope/base"}',
        '/node_modules/@scope/base/tsconfig.json': config({ jsxFactory: 'own' }),
      },
    ],
    [
      "a package's file",
      {
        '/app/tsconfig.json': '{"extends":"base/strict"}',
        '/app/node_modules/base/strict.json': config({ jsxFactory: 'own' }),
      },
    ],
    [
      "the file that a package's manifest names",
      {
        '/app/tsconfig.json': '{"extends":"base"}',
        '/app/node_modules/base/package.json': '{"tsconfig":"own.json"}',
        '/app/node_modules/base/own.json': config({ jsxFactory: 'own' }),
      },
    ],
    [
      "a package's exports",
      {
        '/app/tsconfig.json': '{"extends":"base/own"}',
        '/app/node_modules/base/package.json': '{"exports":{"./own":"./dist/x.json"}}',
        '/app/node_modules/base/dist/x.json': config({ jsxFactory: 'own' }),
      },
    ],
    [
      'and is outdone by what extends it',
      {
        '/app/tsconfig.json': config({ jsxFactory: 'own' }, { extends: './base.json' }),
        '/app/base.json': config({ jsxFactory: 'other' }),
      },
    ],
  ])('%s', (_, fs) => {
    expect(jsxOf(fs)).toEqual(['own', 'a'])
  })

  test('paths start from the file that says them, or from configDir', () => {
    const loader = load({
      '/app/tsconfig.json': '{"extends":"../shared/base.json"}',
      '/shared/base.json': config({ paths: { a: ['./a.ts'], 'b/*': [`${'$'}{configDir}/src/*`] } }),
      '/shared/a.ts': named('shared/a'),
      '/app/src/c.ts': named('src/c'),
      '/app/main.cts': `import a from 'a'; import c from 'b/c'; export = [a, c]`,
    })
    expect(loader.require('./main.cts')).toEqual(['shared/a', 'src/c'])
  })

  test.each<[string, Files, string]>([
    [
      'is not there',
      { '/app/tsconfig.json': '{"extends":"./gone.json"}' },
      "it extends './gone.json', which is not there",
    ],
    [
      'extends itself',
      {
        '/app/tsconfig.json': '{"extends":"./b.json"}',
        '/app/b.json': '{"extends":"./tsconfig.json"}',
      },
      'it extends itself (/app/tsconfig.json -> /app/b.json)',
    ],
    [
      'is no JSON',
      { '/app/tsconfig.json': '{"compilerOptions":' },
      'Cannot use /app/tsconfig.json: ',
    ],
    [
      'has options that are none',
      { '/app/tsconfig.json': '{"compilerOptions":[]}' },
      '"compilerOptions" must be an object',
    ],
  ])('a file that %s is an error that names it', (_, fs, message) => {
    const run = () => load({ ...main, ...fs }).require('./main.cts')
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ code: 'ERR_LODGER_TSCONFIG' }))
  })

  test('an empty one is fine', () => {
    expect(
      load({ '/app/tsconfig.json': '', '/app/main.cts': 'module.exports = 1 as number' }).main(
        'main',
      ),
    ).toBe(1)
  })
})

describe('formats', () => {
  const esm = 'export const a: number = 1; export const kind = typeof require'
  const kindOf = async (fs: Files, file = '/app/a.ts') =>
    ((await load({ ...fs, [file]: esm }).import(file)) as { kind: string }).kind

  test.each<[string, Files, string, string]>([
    ['no type', {}, '/app/a.ts', 'undefined'],
    ['type module', { '/app/package.json': '{"type":"module"}' }, '/app/a.tsx', 'undefined'],
    ['type commonjs', { '/app/package.json': '{"type":"commonjs"}' }, '/app/a.ts', 'function'],
    ['.cts', { '/app/package.json': '{"type":"module"}' }, '/app/a.cts', 'function'],
    ['.mts', { '/app/package.json': '{"type":"commonjs"}' }, '/app/a.mts', 'undefined'],
    [
      'no type, and module CommonJS',
      { '/app/tsconfig.json': config({ module: 'CommonJS' }) },
      '/app/a.ts',
      'function',
    ],
    [
      'no type, and module NodeNext',
      { '/app/tsconfig.json': config({ module: 'NodeNext' }) },
      '/app/a.ts',
      'function',
    ],
    [
      'no type, and module Node16',
      { '/app/tsconfig.json': config({ module: 'node16' }) },
      '/app/a.tsx',
      'function',
    ],
    [
      'no type, and module ESNext',
      { '/app/tsconfig.json': config({ module: 'esnext' }) },
      '/app/a.ts',
      'undefined',
    ],
    [
      'type module, and module CommonJS',
      {
        '/app/package.json': '{"type":"module"}',
        '/app/tsconfig.json': config({ module: 'commonjs' }),
      },
      '/app/a.ts',
      'undefined',
    ],
  ])('%s', async (_, fs, file, kind) => {
    expect(await kindOf(fs, file)).toBe(kind)
    const loader = load({ ...fs, [file]: esm })
    expect(loader.require(file)).toMatchObject({ kind })
    expect(await loader.main(file)).toMatchObject({ kind })
  })

  test('a package.json without type gets the advice of node by its rules only', async () => {
    const fs = { '/app/package.json': '{}', '/app/a.ts': 'export const a: number = 1' }
    const warnings = async (transpile: 'node' | 'fast') => {
      const loader = createLoader({ fs, transpile })
      const texts: string[] = []
      loader.process.on('warning', ({ code }: { code: string }) => texts.push(code))
      await loader.main('/app/a.ts')
      await new Promise((resolve) => setTimeout(resolve))
      return texts
    }
    expect(await warnings('node')).toEqual(['MODULE_TYPELESS_PACKAGE_JSON'])
    expect(await warnings('fast')).toEqual([])
  })

  test('a runtime of JSX that is only imported makes no module', () => {
    const fs = {
      '/app/tsconfig.json': config({ jsx: 'react-jsx' }),
      '/app/node_modules/react/jsx-runtime.js': 'exports.jsx = (type) => type',
      '/app/a.tsx': 'module.exports = [<b />, typeof require]',
    }
    for (const transpile of ['fast', 'typescript'] as const) {
      expect(load(fs, transpile).require('./a')).toEqual(['b', 'function'])
    }
  })

  test('without ES modules all is CommonJS, or refused', () => {
    const fs = { '/app/a.ts': esm, '/app/b.mts': esm }
    const loader = createLoader({
      fs,
      transpile: 'fast',
      execArgv: ['--no-experimental-detect-module', '--no-require-module'],
    })
    expect(loader.require('/app/a.ts')).toMatchObject({ kind: 'function' })
    expect(() => loader.require('/app/b.mts')).toThrow(
      expect.objectContaining({ code: 'ERR_REQUIRE_ESM' }),
    )
  })
})

test('loader.invalidate reads tsconfig.json and what it extends anew', async () => {
  const loader = load({
    '/app/base.json': config({ paths: { own: ['./one'] } }),
    '/app/tsconfig.json': config({}, { extends: './base.json' }),
    '/app/one.ts': named('one'),
    '/app/two.ts': named('two'),
    '/app/main.mts': `export { default } from 'own'`,
    '/app/view.tsx':
      'const React = { createElement: () => "React" }, h = () => "h"; export = <a />',
  })
  const { fs } = loader as unknown as { fs: typeof import('node:fs') }
  const own = async () => (await loader.import('./main.mts')) as { default: string }
  expect((await own()).default).toBe('one')
  expect(loader.require('./view')).toBe('React')
  fs.writeFileSync('/app/base.json', config({ paths: { own: ['./two'] } }))
  fs.writeFileSync('/app/tsconfig.json', config({ jsxFactory: 'h' }, { extends: './base.json' }))
  for (const file of ['base.json', 'tsconfig.json', 'main.mts', 'view.tsx']) loader.invalidate(file)
  expect((await own()).default).toBe('two')
  expect(loader.require('./view')).toBe('h')
})
