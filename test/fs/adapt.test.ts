import { runInNewContext } from 'node:vm'
import { toVolume } from 'lodger/fs/adapt'
import { createVolume } from 'lodger/fs/volume'
import { memfs } from 'memfs'
import { describe, expect, test } from 'vitest'
import { textAt } from './volumes.ts'

describe('toVolume', () => {
  test('takes a plain object, a node-style fs and a volume', () => {
    const files = { '/a/b.js': 'text', '/a/c.js': Uint8Array.of(104, 105) }
    const volume = createVolume(files)
    const { fs, vol } = memfs(files as never)
    expect(toVolume(volume)).toBe(volume)
    for (const given of [files, Object.assign(Object.create(null), files), fs, vol, volume]) {
      expect(textAt(toVolume(given as never), '/a/b.js')).toBe('text')
    }
    expect(textAt(toVolume(files), '/a/c.js')).toBe('hi')
  })

  test('takes the object of another realm, and its bytes', () => {
    const files = runInNewContext("({ '/a.js': 'a', '/b.js': Uint8Array.of(98) })")
    expect(textAt(toVolume(files), '/a.js')).toBe('a')
    expect(textAt(toVolume(files), '/b.js')).toBe('b')
    expect(Object.keys(files)).toHaveLength(2)
  })

  test.each([
    [
      undefined,
      'ERR_INVALID_ARG_TYPE',
      'The "options.fs" property must be of type object. Received undefined',
    ],
    [
      '/app',
      'ERR_INVALID_ARG_TYPE',
      `The "options.fs" property must be of type object. Received type string ('/app')`,
    ],
    [[], 'ERR_INVALID_ARG_VALUE', 'a file system with readFileSync and statSync, or a volume'],
    [
      new Map(),
      'ERR_INVALID_ARG_VALUE',
      'a file system with readFileSync and statSync, or a volume',
    ],
    [
      () => '',
      'ERR_INVALID_ARG_VALUE',
      'a file system with readFileSync and statSync, or a volume',
    ],
    [
      { 'index.js': '' },
      'ERR_INVALID_ARG_VALUE',
      `a key that is not an absolute path. Received 'index.js'`,
    ],
    [
      { '/a\0b': '' },
      'ERR_INVALID_ARG_VALUE',
      String.raw`a key that has a null byte. Received '/a\x00b'`,
    ],
    [{ '/a/': '' }, 'ERR_INVALID_ARG_VALUE', 'a key that ends with a slash'],
    [
      { '/a.js': 1 },
      'ERR_INVALID_ARG_TYPE',
      `The "options.fs['/a.js']" property must be of type string or an instance of Uint8Array. Received type number (1)`,
    ],
    [{ '/a.js': null }, 'ERR_INVALID_ARG_TYPE', 'Received null'],
    [memfs({}), 'ERR_INVALID_ARG_VALUE', 'did you mean its `fs`?'],
    [{ readFile() {} }, 'ERR_INVALID_ARG_VALUE', 'require is synchronous'],
  ])('refuses %s and says what is wrong', (given, code, message) => {
    let error: unknown
    try {
      toVolume(given as never)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toMatchObject({ code })
    expect((error as Error).message).toContain(message)
  })
})
