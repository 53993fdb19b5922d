/** `createLoader({ transpileCache })`, as a loader uses it. */
import { createRequire } from 'node:module'
import { createLoader, type LoaderOptions, type Transpile } from 'lodger'
import { createVolume } from 'lodger/fs/volume'
import { loadTranspiler } from 'lodger/transpile'
import { memoryCache } from 'lodger/transpile/cache'
import { expect, test } from 'vitest'

function counted(): { transpile: Transpile; asked: string[] } {
  const asked: string[] = []
  const transpile: Transpile = (source, filename) => {
    asked.push(filename)
    return { code: source.replaceAll('λ', '() =>') }
  }
  return { transpile: Object.assign(transpile, { identity: 'counted 1' }), asked }
}

const files = {
  '/app/a.ts': 'exports.a = λ 1',
  '/app/b.ts': 'import { a } from "./a"; export const b = λ a()',
}

test('each text is transpiled once, however it is loaded, and again when it has changed', async () => {
  const { transpile, asked } = counted()
  const transpileCache = memoryCache()
  const volume = createVolume(files)
  const load = () => createLoader({ fs: volume, transpile, transpileCache })
  await load().import('/app/b.ts')
  load().require('/app/b.ts')
  await load().main('/app/b.ts')
  expect(asked.sort()).toEqual(['/app/a.ts', '/app/b.ts'])
  volume.put('/app/a.ts', 'exports.a = λ 2')
  const { b } = load().require('/app/b.ts') as { b(): number }
  expect(b()).toBe(2)
  expect(asked).toEqual(['/app/a.ts', '/app/b.ts', '/app/a.ts'])
})

test('loaders share one by themselves, engines with other options have another', () => {
  const { transpile, asked } = counted()
  const load = (fs: Record<string, string>) =>
    createLoader({ fs, transpile }).require('/app/shared.ts')
  const shared = { '/app/shared.ts': 'module.exports = λ "shared"' }
  load(shared)
  load(shared)
  load({ ...shared, '/app/tsconfig.json': '{"compilerOptions":{"jsx":"react"}}' })
  expect(asked).toEqual(['/app/shared.ts', '/app/shared.ts'])
})

test('loaders that have an engine of one name from one host share what it has made', () => {
  const loaded: string[] = []
  const require = createRequire(import.meta.url)
  const loadPackage = (name: string) => {
    loaded.push(name)
    return require(name)
  }
  const fs = { '/app/named.ts': 'module.exports = 1 as number' }
  for (const _ of [1, 2]) {
    const loader = createLoader({ fs, transpile: 'typescript', host: { loadPackage } })
    expect(loader.require('/app/named.ts')).toBe(1)
  }
  // The second looks up the version, and needs no compiler.
  expect(loaded.filter((name) => name === 'typescript')).toHaveLength(1)
})

// A guest that is given createLoader can give it an engine, or a host to load one from.
test('no engine answers in the name of another', () => {
  const fs = { '/app/mine.ts': "module.exports = 'mine' as string" }
  const { version } = createRequire(import.meta.url)('typescript')
  const transpileModule = () => ({ outputText: "module.exports = 'theirs'", sourceMapText: '{}' })
  const convertCompilerOptionsFromJson = () => ({ options: {} })
  const theirs = Object.assign(() => ({ code: "module.exports = 'theirs'" }), {
    identity: `typescript ${version}`,
  })
  const loadPackage = () => ({ version, transpileModule, convertCompilerOptionsFromJson })
  const load = (options: LoaderOptions) => createLoader({ fs, ...options }).require('/app/mine.ts')
  expect(load({ transpile: theirs })).toBe('theirs')
  expect(load({ transpile: 'typescript', host: { loadPackage } })).toBe('theirs')
  expect(load({ transpile: 'typescript' })).toBe('mine')
})

test('false is none, and no engine without an identity is believed', () => {
  const { transpile, asked } = counted()
  const fs = { '/app/none.ts': 'module.exports = λ "none"' }
  const anonymous: Transpile = (...given) => transpile(...given)
  for (const options of [{ transpile, transpileCache: false as const }, { transpile: anonymous }]) {
    asked.length = 0
    for (const _ of [1, 2]) createLoader({ fs, ...options }).require('/app/none.ts')
    expect(asked).toEqual(['/app/none.ts', '/app/none.ts'])
  }
})

test('what is wrong with it is told at once', async () => {
  const transpile = await loadTranspiler('fast')
  expect(() => createLoader({ transpile, transpileCache: { get: 1 } as never })).toThrow(
    'The "options.transpileCache.get" property must be of type function',
  )
  const run: Transpile = () => ({ code: '' })
  expect(() => createLoader({ transpile: run, transpileCache: memoryCache() })).toThrow(
    'The "transpile.identity" property must be of type string',
  )
})

test('a failure is not kept', () => {
  const fs = { '/app/bad.ts': 'let a: = 1' }
  for (const _ of [1, 2]) {
    expect(() => createLoader({ fs, transpile: 'fast' }).require('/app/bad.ts')).toThrow(
      /^\/app\/bad\.ts:1:8/,
    )
  }
})
