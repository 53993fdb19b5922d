/** The parts of the playground that need no page. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { plain, readAnsi, withoutAnsi } from '../../playground/console/ansi.ts'
import { findPlaces } from '../../playground/console/places.ts'
import { contentsOf, formatSize, isSame } from '../../playground/files/contents.ts'
import { creation, movement, removal } from '../../playground/files/operations.ts'
import { readPath, shortPath } from '../../playground/files/paths.ts'
import { readTar } from '../../playground/files/tar.ts'
import { folderTree, visibleRows } from '../../playground/files/tree-model.ts'
import { createWorkspace } from '../../playground/files/workspace.ts'
import { formatTime, moduleRows, sorted } from '../../playground/graph/modules.ts'
import { describeRules, readRule } from '../../playground/overrides/rules.ts'
import { readVariables, readWords } from '../../playground/run/command-line.ts'
import { nodeStack } from '../../playground/run/stacks.ts'
import { readLink, writeLink } from '../../playground/share/link.ts'

describe('ANSI sequences', () => {
  const pieces = (text: string) =>
    readAnsi(text, plain).pieces.map(({ text, classes }) => [text, classes])

  test.each([
    ['plain', [['plain', '']]],
    [
      '\x1b[33m1\x1b[39m,',
      [
        ['1', 'fg-yellow'],
        [',', ''],
      ],
    ],
    [
      '\x1b[1;4;91mx\x1b[22my\x1b[0mz',
      [
        ['x', 'bold underline fg-bright-red'],
        ['y', 'underline fg-bright-red'],
        ['z', ''],
      ],
    ],
    ['\x1b[97;44mx', [['x', 'fg-bright-white bg-blue']]],
    // The nearest of the sixteen, as only those have a contrast that is known.
    ['\x1b[38;5;196mx', [['x', 'fg-bright-red']]],
    ['\x1b[38;5;244mx', [['x', 'fg-bright-black']]],
    ['\x1b[38;2;0;90;200mx', [['x', 'fg-blue']]],
    ['\x1b]8;;http://x\x07link\x1b]8;;\x07\x1b[2K', [['link', '']]],
  ])('%j', (text, expected) => expect(pieces(text)).toEqual(expected))

  test('go on in the next line', () => {
    const { style } = readAnsi('\x1b[31mred', plain)
    expect(readAnsi('still', style).pieces).toEqual([{ text: 'still', classes: 'fg-red' }])
    expect(withoutAnsi('\x1b[31mred\x1b[0m')).toBe('red')
  })
})

test('places are found where the file exists', () => {
  const exists = (path: string) => path === '/app/a b.js' || path === '/app/a.js'
  const places = findPlaces('    at f (/app/a.js:3:5) and ./a.js:7, not /app/none.js:1:1', exists)
  expect(places.map(({ path, line, column }) => [path, line, column])).toEqual([
    ['/app/a.js', 3, 5],
    ['/app/a.js', 7, 1],
  ])
})

describe('the command line', () => {
  test.each([
    ['', []],
    ['  --a  b ', ['--a', 'b']],
    [`"a b" 'c "d"' e\\ f ''`, ['a b', 'c "d"', 'e f', '']],
    ['--city="Porto Alegre"', ['--city=Porto Alegre']],
  ])('%j', (typed, words) => expect(readWords(typed)).toEqual(words))

  test('complains about what it cannot read', () => {
    expect(() => readWords('"a')).toThrow('The quote " is not closed in: "a')
    expect(readVariables('A=1 B="x y" C=')).toEqual({ A: '1', B: 'x y', C: '' })
    expect(() => readVariables('1A=2')).toThrow('look like NAME=value, and 1A=2 does not')
  })
})

describe('paths and files', () => {
  test.each([
    ['lib/a.js', '/app/lib/a.js'],
    ['./lib//a.js', '/app/lib/a.js'],
    ['../tmp/a', '/tmp/a'],
    ['/etc/hosts', '/etc/hosts'],
  ])('%s', (typed, path) => expect(readPath(typed)).toBe(path))

  test.each([
    [' ', 'Type a name'],
    ['a\\b', 'cannot have a backslash'],
    ['../../..', 'leads out of the file system'],
    ['/', 'the root folder'],
  ])('%j is refused', (typed, message) => expect(() => readPath(typed)).toThrow(message))

  const files = new Map([
    ['/app/index.js', ''],
    ['/app/lib/a.js', 'a'],
    ['/tmp/x', ''],
  ])

  test('are moved, removed and made', () => {
    expect([...movement(files, '/app/lib', '/app/src')]).toEqual([
      ['/app/lib/a.js', null],
      ['/app/src/a.js', 'a'],
    ])
    // A folder whose last file goes stays.
    expect([...removal(files, '/app/lib/a.js')]).toEqual([
      ['/app/lib/a.js', null],
      ['/app/lib/', ''],
    ])
    expect(() => movement(files, '/app/lib', '/app/lib/deep')).toThrow(
      'cannot be moved into itself',
    )
    expect(() => creation(files, '/app/index.js/a', false)).toThrow('/app/index.js is a file')
    expect(shortPath('/app/lib/a.js')).toBe('lib/a.js')
    expect(formatSize(1234)).toBe('1.2 KB')
    expect(contentsOf(Uint8Array.of(0xff, 0xfe))).toBeInstanceOf(Uint8Array)
    expect(isSame(Uint8Array.of(1), Uint8Array.of(1))).toBe(true)
  })

  test('are rows of a tree, those outside of /app with their whole path', () => {
    const rows = visibleRows(folderTree([...files.keys(), '/app/empty/']), new Set(['/app/lib']))
    expect(rows.map(({ label, level }) => [label, level])).toEqual([
      ['empty', 1],
      ['lib', 1],
      ['a.js', 2],
      ['index.js', 1],
      ['/tmp', 1],
    ])
  })

  test('of a workspace are kept as changes of its sample, and each change can be taken back', () => {
    const workspace = createWorkspace()
    workspace.open({ '/a': '1', '/b': '2' }, new Map([['/b', null]]))
    const inverse = workspace.apply(
      new Map([
        ['/a', '3'],
        ['/b', '2'],
      ]),
      'files',
    )
    expect([...workspace.changes]).toEqual([['/a', '3']])
    workspace.apply(inverse, 'files')
    expect([...workspace.files]).toEqual([['/a', '1']])
    expect([...workspace.changes]).toEqual([['/b', null]])
  })
})

test('tar archives of GNU and pax are read, names of any length', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lodger-tar-'))
  const long = `${'deep/'.repeat(25)}file-${'x'.repeat(90)}.txt`
  mkdirSync(join(folder, 'in', 'deep/'.repeat(25)), { recursive: true })
  writeFileSync(join(folder, 'in', long), 'long')
  writeFileSync(join(folder, 'in/short.txt'), 'short')
  try {
    for (const format of ['gnu', 'pax', 'ustar']) {
      const names = format === 'ustar' ? ['short.txt'] : ['short.txt', long]
      execFileSync('tar', [`--format=${format}`, '-cf', '../a.tar', ...names], {
        cwd: join(folder, 'in'),
      })
      const archive = new Uint8Array(readFileSync(join(folder, 'a.tar')))
      expect(readTar(archive).map(({ name }) => name)).toEqual(names)
      expect(() => readTar(archive.slice(0, 514))).toThrow('cut off')
    }
    expect(() => readTar(new Uint8Array(1024).fill(65))).toThrow('not a tar archive')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('modules are in the order in which they were loaded, or in another', () => {
  const time = (
    id: string,
    by: string | undefined,
    start: number,
    total: number,
    self: number,
  ) => ({
    id,
    path: id,
    by,
    start,
    total,
    self,
    isBuiltin: false,
    isLoaded: true,
  })
  const rows = moduleRows([
    time('/late', '/main', 9, 1, 1),
    time('/main', undefined, 0, 8, 2),
    time('/a', '/main', 1, 6, 5),
    time('/b', '/a', 2, 1, 1),
  ])
  expect(rows.map(({ id, depth }) => [id, depth])).toEqual([
    ['/main', 0],
    ['/a', 1],
    ['/b', 2],
    ['/late', 1],
  ])
  expect(sorted(rows, 'self').map(({ id }) => id)).toEqual(['/a', '/main', '/b', '/late'])
  expect([0.01, 0.26, 12].map(formatTime)).toEqual(['0', '0.3', '12.0'])
})

test('stacks of SpiderMonkey become those of node', () => {
  const stack =
    'f@/app/a.js:1:2\n@/app/b.js:3:4\nopen@lodger:fs:1:2\nload@http://localhost/worker.js:5:6\n'
  expect(nodeStack('TypeError: x', stack, 'http://localhost')).toBe(
    'TypeError: x\n    at f (/app/a.js:1:2)\n    at /app/b.js:3:4',
  )
})

test('overrides are said in a sentence', () => {
  expect(describeRules({ readOnly: false, list: [] })).toBe('')
  const list = [readRule('node:net', false), readRule(' ms', './a.js'), readRule('pkg>http', false)]
  expect(describeRules({ readOnly: true, list })).toBe(
    'In force: fs can read but not write; net and pkg>http are forbidden; ms is /app/a.js.',
  )
  expect(() => readRule('', false)).toThrow('Name a module, such as net.')
  expect(() => readRule('a', ' ')).toThrow('Name the module that stands in.')
})

test('a link carries text, bytes and what is gone', async () => {
  const shared = {
    sample: 'marked',
    settings: {
      main: '/app/a.js',
      args: '--x "é"',
      env: '',
      rules: { readOnly: true, list: [{ id: 'net', instead: false as const }] },
    },
    changes: new Map<string, string | Uint8Array | null>([
      ['/app/a.js', 'é'.repeat(500)],
      ['/app/b', Uint8Array.of(0, 255)],
      ['/app/c', null],
    ]),
  }
  const link = await writeLink(shared)
  expect(link).toMatch(/^program=[\w-]{100,400}$/)
  expect(await readLink(`#${link}`)).toEqual(shared)
  await expect(readLink(link.slice(0, -20))).rejects.toThrow('The link is damaged')
  for (const path of ['/app/../x', '/app//x', '/', '/app/./x', 'app/x', '/app/..', '/app/x\0']) {
    const other = await writeLink({ ...shared, changes: new Map([[path, '']]) })
    await expect(readLink(other), path).rejects.toThrow('The link is damaged')
  }
  for (const path of ['/app/empty/', '/app/ü b/..c/d..js', '/x\\y']) {
    const other = { ...shared, changes: new Map([[path, '']]) }
    expect(await readLink(await writeLink(other)), path).toEqual(other)
  }
})
