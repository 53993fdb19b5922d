/** Every store that lodger brings, asked for the same; and what only those in memory or in a directory have. */
import * as nodeFs from 'node:fs'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NodeStyleFileSystem, TranspileCache, Volume } from 'lodger'
import { createNodeStyleVolume } from 'lodger/fs/node-style'
import { createOverlay } from 'lodger/fs/overlay'
import { createReadOnly } from 'lodger/fs/read-only'
import { createVolume } from 'lodger/fs/volume'
import { directoryCache, memoryCache, withCache } from 'lodger/transpile/cache'
import { Volume as MemfsVolume } from 'memfs'
import { afterAll, describe, expect, test } from 'vitest'
import { commonJs, countingEngine, typescriptEngine } from './engines.ts'

const root = mkdtempSync(join(tmpdir(), 'lodger-transpile-cache-'))
afterAll(() => rmSync(root, { recursive: true }))

let directories = 0
/** One that is not there yet, nor what is above it. */
const newDirectory = () => join(root, String(directories++), 'below')

const stores: Record<string, () => TranspileCache> = {
  'in memory': () => memoryCache(),
  "in a directory of node's fs": () => directoryCache(nodeFs, newDirectory()),
  'in a directory of memfs': () => directoryCache(new MemfsVolume(), '/some/cache'),
  'in a directory with a slash behind it': () => directoryCache(nodeFs, `${newDirectory()}/`),
  'in a volume': () => directoryCache(createVolume(), '/some/cache'),
  'in a mirror': () => directoryCache(createNodeStyleVolume(nodeFs), newDirectory()),
  'in an overlay': () =>
    directoryCache(createOverlay(createReadOnly(createVolume({ '/a/b': '' }))), '/a/cache'),
}

describe.each(Object.entries(stores))('a cache %s', (_name, create) => {
  test('gives what was added', () => {
    const cache = create()
    expect(cache.get('a')).toBeUndefined()
    cache.add('a', 'ä\n')
    cache.add('b', '')
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['ä\n', '', undefined])
    cache.add('a', 'another')
    expect(cache.get('a')).toBe('another')
  })

  test('adds at once, also asynchronously', async () => {
    const cache = create()
    const added = cache.addAsync('a', 'text')
    expect(cache.get('a')).toBe('text')
    expect(await added).toBeUndefined()
  })

  test('forgets everything, as often as it is told', () => {
    const cache = create()
    cache.clear()
    cache.add('a', 'text')
    cache.clear()
    cache.clear()
    expect(cache.get('a')).toBeUndefined()
    cache.add('a', 'again')
    expect(cache.get('a')).toBe('again')
  })

  test('takes any key', () => {
    const cache = create()
    const keys = [
      '',
      '.',
      '..',
      '../../out',
      '/etc/passwd',
      'C:\\x',
      'a\0b',
      'con',
      'A',
      '😀',
      'x'.repeat(5000),
    ]
    for (const key of keys) cache.add(key, `text of ${key}`)
    expect(keys.map((key) => cache.get(key))).toEqual(keys.map((key) => `text of ${key}`))
  })

  test('gives back what TypeScript has made', () => {
    const cache = create()
    const source = 'export enum Colour { Red = 3 }\nexport const ä = Colour.Red as number\n'
    const first = withCache(typescriptEngine, cache)(source, '/app/a.ts', commonJs)
    const later = countingEngine(typescriptEngine.identity)
    expect(withCache(later, cache)(source, '/app/a.ts', commonJs)).toEqual(first)
    expect(later.transpiled).toEqual([])
    expect(first).toEqual(typescriptEngine(source, '/app/a.ts', commonJs))
  })
})

describe('a cache in memory', () => {
  const text = 'x'.repeat(99)

  test('holds so many bytes, and lets go what was not used for longest', () => {
    const cache = memoryCache({ maxBytes: 600 })
    for (const key of ['a', 'b', 'c']) cache.add(key, text)
    cache.get('a')
    cache.add('d', text)
    expect(['a', 'b', 'c', 'd'].filter((key) => cache.get(key) !== undefined)).toEqual([
      'a',
      'c',
      'd',
    ])
    cache.add('c', text)
    cache.add('e', text)
    expect(['a', 'c', 'd', 'e'].filter((key) => cache.get(key) !== undefined)).toEqual([
      'c',
      'd',
      'e',
    ])
  })

  test('loses nothing for a text that it cannot hold', () => {
    const cache = memoryCache({ maxBytes: 600 })
    cache.add('a', text)
    cache.add('b', text.repeat(9))
    expect([cache.get('a'), cache.get('b')]).toEqual([text, undefined])
    cache.add('a', text.repeat(9))
    expect(cache.get('a')).toBeUndefined()
  })

  test.each([
    ['1', `The "options.maxBytes" property must be of type number. Received type string ('1')`],
    [-1, `The property 'options.maxBytes' must not be negative. Received -1`],
    [Number.NaN, `The property 'options.maxBytes' must not be negative. Received NaN`],
  ])('refuses %o as a number of bytes', (maxBytes, message) => {
    expect(() => memoryCache({ maxBytes: maxBytes as number })).toThrow(message)
  })
})

describe('a cache in a directory', () => {
  test('is what others find who look there', () => {
    const directory = newDirectory()
    directoryCache(nodeFs, directory).add('a', 'text')
    expect(directoryCache(nodeFs, directory).get('a')).toBe('text')
    expect(directoryCache(createNodeStyleVolume(nodeFs), directory).get('a')).toBe('text')
  })

  test('stays in it, with names of its own, and leaves nothing else', () => {
    const directory = newDirectory()
    const cache = directoryCache(nodeFs, directory)
    for (const key of ['../out', 'a', 'a', '/b']) cache.add(key, key)
    expect(readdirSync(join(directory, '..'))).toEqual(['below'])
    const names = readdirSync(directory)
    expect(names).toHaveLength(3)
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{32}\.transpiled$/)
  })

  test('removes its own files only, and what a killed process left', () => {
    const directory = newDirectory()
    const cache = directoryCache(nodeFs, directory)
    cache.add('a', 'text')
    const [name = ''] = readdirSync(directory)
    const strangers = ['a.txt', 'x.transpiled', `${name}.old`, `0${name}`]
    for (const file of [...strangers, `${name}.k3x.new`])
      writeFileSync(join(directory, file), 'mine')
    const target = join(root, 'target')
    writeFileSync(target, 'mine')
    symlinkSync(
      target,
      join(
        directory,
        name.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
      ),
    )
    cache.clear()
    expect(readdirSync(directory).sort()).toEqual(strangers.sort())
    expect(readFileSync(target, 'utf8')).toBe('mine')
  })

  test('is made again when somebody has removed it', () => {
    const directory = newDirectory()
    const cache = directoryCache(nodeFs, directory)
    cache.add('a', 'text')
    rmSync(directory, { recursive: true })
    expect(cache.get('a')).toBeUndefined()
    cache.clear()
    cache.add('a', 'again')
    expect(cache.get('a')).toBe('again')
  })

  const fullDisk = () => {
    const volume = new MemfsVolume()
    const renameSync = () => {
      throw new Error('the disk is full')
    }
    return Object.assign(Object.create(volume), { renameSync }) as MemfsVolume
  }

  test('says of what cannot be written why, and leaves no half of it', async () => {
    const fs = fullDisk()
    const cache = directoryCache(fs, '/cache')
    expect(() => cache.add('a', 'text')).toThrow('the disk is full')
    await expect(cache.addAsync('a', 'text')).rejects.toThrow('the disk is full')
    expect(fs.readdirSync('/cache')).toEqual([])
  })

  const unwritable: Record<string, () => TranspileCache> = {
    'read-only': () => directoryCache(createReadOnly(createVolume()), '/cache'),
    'without functions that write': () => {
      const { readFileSync, statSync } = nodeFs
      return directoryCache({ readFileSync, statSync }, newDirectory())
    },
    'with a file where the directory is to be': () => {
      const file = join(root, 'file')
      writeFileSync(file, '')
      return directoryCache(nodeFs, file)
    },
    'a volume with a file where the directory is to be': () =>
      directoryCache(createVolume({ '/cache': '' }), '/cache/below'),
    full: () => directoryCache(fullDisk(), '/cache'),
  }

  test.each(Object.entries(unwritable))(
    'on a file system that is %s breaks no load',
    (_name, create) => {
      const cache = create()
      const engine = countingEngine()
      const cached = withCache(engine, cache)
      for (let time = 0; time < 2; time++) {
        expect(cached('let a: 1', '/a.ts', commonJs).code).toContain('let a: 1')
      }
      expect(engine.transpiled).toHaveLength(2)
      expect(() => cache.clear()).not.toThrow()
    },
  )

  test('passes by a directory that has the name of an entry', () => {
    const directory = newDirectory()
    const cache = directoryCache(nodeFs, directory)
    cache.add('a', 'text')
    const [name = ''] = readdirSync(directory)
    rmSync(join(directory, name))
    nodeFs.mkdirSync(join(directory, name))
    expect(cache.get('a')).toBeUndefined()
    expect(() => cache.add('a', 'text')).toThrow()
    cache.clear()
    expect(readdirSync(directory)).toEqual([name])
  })

  // A file that was put back, from an archive or by a checkout, is older than what was made of its successor.
  test('sees a change whose file is older than the entry', () => {
    const file = join(root, 'old.ts')
    const directory = newDirectory()
    const load = () =>
      withCache(countingEngine(), directoryCache(nodeFs, directory))(
        readFileSync(file, 'utf8'),
        file,
        commonJs,
      ).code
    writeFileSync(file, 'let version: 2')
    expect(load()).toContain('version: 2')
    writeFileSync(file, 'let version: 1')
    nodeFs.utimesSync(file, 1, 1)
    expect(load()).toContain('version: 1')
  })

  test.each<[fs: unknown, directory: unknown, message: string]>([
    [nodeFs, undefined, 'The "directory" argument must be of type string. Received undefined'],
    [nodeFs, 'cache', `The argument 'directory' must be an absolute path. Received 'cache'`],
    [nodeFs, '/a\0b', `The argument 'directory' must be an absolute path`],
    [
      {},
      '/cache',
      'The "fs" argument must be one of a node-style file system or a volume. Received an instance of Object',
    ],
    [undefined, '/cache', 'The "fs" argument must be'],
  ])('refuses %#', (fs, directory, message) => {
    expect(() => directoryCache(fs as NodeStyleFileSystem | Volume, directory as string)).toThrow(
      message,
    )
  })
})
