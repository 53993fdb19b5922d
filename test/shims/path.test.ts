import { expect, test } from 'vitest'
import { builtinsOf, likeNode } from './like-node.ts'

/** Every function over every pair of awkward paths: node's own answers are the table. */
const overAll = (kind: string) => `
  process.chdir('/')
  const path = require('node:path').${kind}
  const parts = ['', '.', '..', '/', '\\\\', 'a', 'a/', '/a', 'a/../b', '../a', 'a//b', 'C:', 'C:/', 'c:\\\\a', 'D:a', '//srv/share', '\\\\\\\\srv\\\\share\\\\x', '\\\\\\\\?\\\\C:\\\\a',
    '/..', '//..', '/../b/', './..//.', 'CON', 'con:', 'a/COM1:x', 'file.txt', '.bashrc', 'a.b.', '...', 'x:y', 'é/x']
  const out = []
  for (const a of parts) {
    out.push(['normalize', 'isAbsolute', 'dirname', 'basename', 'extname', 'toNamespacedPath'].map((f) => path[f](a)), path.parse(a), path.format(path.parse(a)))
    for (const b of parts) out.push([path.join(a, b), path.resolve('/', a, b), path.basename(a, b), path.relative('/r/' + a, '/r/' + b)])
  }
  return out`

likeNode('path', {
  posix: overAll('posix'),
  win32: overAll('win32'),
  relative: `
    process.chdir('/')
    const path = require('node:path')
    const posix = [['/', '/a'], ['/a', '/'], ['/a/b', '/a/bc'], ['/a/bc', '/a/b'], ['/a//b/', '/a/b/c/'], ['/A', '/a'], ['.', '/'], ['/é/x', '/é/y/z']]
    const win32 = [['C:\\\\', 'C:\\\\a'], ['C:\\\\a', 'c:\\\\A\\\\b'], ['C:\\\\a', 'D:\\\\a'], ['C:\\\\a', '\\\\\\\\s\\\\h\\\\a'], ['\\\\\\\\s\\\\h\\\\a\\\\b', '\\\\\\\\S\\\\h\\\\c'], ['C:\\\\İ\\\\b', 'C:\\\\İ\\\\c'], ['C:\\\\a\\\\bc', 'C:\\\\a\\\\b']]
    return [posix.map((pair) => path.posix.relative(...pair)), win32.map((pair) => path.win32.relative(...pair))]`,
  'what is not a string': `
    const path = require('node:path')
    return [path.posix, path.win32].flatMap((p) => [caught(() => p.join('a', 1)), caught(() => p.resolve({}, '/')), caught(() => p.normalize(null)), caught(() => p.basename('a', 5)),
      caught(() => p.relative('a')), caught(() => p.parse([])), caught(() => p.format('x')), p.toNamespacedPath(7)])`,
  matchesGlob: `
    const path = require('node:path')
    return [['foo/bar', 'foo/*'], ['foo/.x', 'foo/*'], ['a/b/c', 'a/**'], ['a/b/c', '**/c'], ['abc', 'a{b,x}c'], ['a2', 'a{1..3}'], ['x', '[!y]'], ['b', '+(a|b)'], ['a/', 'a'], ['A', '[[:upper:]]'], ['a.b', '*.b']]
      .map(([p, g]) => [p, g, path.posix.matchesGlob(p, g), path.win32.matchesGlob(p.replaceAll('/', '\\\\'), g)])`,
  identity: `
    const path = require('node:path')
    return [path === path.posix, path.win32.posix === path, require('path/win32') === path.win32, require('path/posix') === path.posix, path._makeLong === path.toNamespacedPath, Object.keys(path)]`,
})

test("follows the loader's working directory", () => {
  const require = builtinsOf()
  require('node:fs').mkdirSync('/there')
  require('node:process').chdir('/there')
  expect(require('node:path').resolve('x')).toBe('/there/x')
})
