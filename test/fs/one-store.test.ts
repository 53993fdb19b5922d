import * as nodeFs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLoader } from 'lodger'
import { createNodeStyleVolume } from 'lodger/fs/node-style'
import { createOverlay } from 'lodger/fs/overlay'
import { createReadOnly } from 'lodger/fs/read-only'
import { createVolume } from 'lodger/fs/volume'
import createFs from 'lodger/shims/fs'
import { memfs } from 'memfs'
import { afterAll, describe, expect, test } from 'vitest'
import { fsOf, paths, refusal, textAt } from './volumes.ts'

const temporary = nodeFs.realpathSync(nodeFs.mkdtempSync(join(tmpdir(), 'lodger-store-')))
afterAll(() => nodeFs.rmSync(temporary, { recursive: true, force: true }))

const kinds: Record<string, () => { fs: typeof nodeFs; base: string }> = {
  memfs: () => ({ fs: memfs({ '/base': null }).fs as never, base: '/base' }),
  "node's fs": () => ({ fs: nodeFs, base: nodeFs.mkdtempSync(join(temporary, 'base-')) }),
}

describe.each(Object.keys(kinds))('%s behind a loader', (kind) => {
  const { fs, base } = (kinds[kind] as () => { fs: typeof nodeFs; base: string })()
  const loader = createLoader({ fs, cwd: base })
  const guest = fsOf(loader)
  afterAll(() => loader.dispose())

  test('has what the guest writes, at once', () => {
    guest.mkdirSync('made/by', { recursive: true })
    guest.writeFileSync('made/by/guest.js', 'module.exports = "guest"')
    expect(fs.readFileSync(`${base}/made/by/guest.js`, 'utf8')).toBe('module.exports = "guest"')
    const descriptor = guest.openSync('pieces', 'w')
    guest.writeSync(descriptor, 'one ')
    expect(fs.readFileSync(`${base}/pieces`, 'utf8')).toBe('one ')
    guest.writeSync(descriptor, 'two')
    guest.writeSync(descriptor, 'ONE', 0)
    expect(fs.readFileSync(`${base}/pieces`, 'utf8')).toBe('ONE two')
    guest.ftruncateSync(descriptor, 3)
    guest.closeSync(descriptor)
    expect(fs.readFileSync(`${base}/pieces`, 'utf8')).toBe('ONE')
    guest.chmodSync('pieces', 0o600)
    expect(fs.statSync(`${base}/pieces`).mode & 0o777).toBe(0o600)
    guest.renameSync('pieces', 'made/pieces')
    guest.symlinkSync('made', 'link')
    expect(fs.readFileSync(`${base}/link/pieces`, 'utf8')).toBe('ONE')
    guest.rmSync('made', { recursive: true })
    expect(fs.existsSync(`${base}/made`)).toBe(false)
    guest.unlinkSync('link')
    expect(fs.readdirSync(base)).toEqual([])
  })

  test('shows the guest what others change, also in what it has open', () => {
    fs.writeFileSync(`${base}/x`, 'one')
    expect(guest.readFileSync('x', 'utf8')).toBe('one')
    fs.writeFileSync(`${base}/x`, 'other')
    expect(guest.readFileSync('x', 'utf8')).toBe('other')
    expect(guest.statSync('x').size).toBe(5)
    expect(guest.statSync('x').ino).toBe(fs.statSync(`${base}/x`).ino)
    const descriptor = guest.openSync('x', 'r')
    const buffer = new Uint8Array(5)
    guest.readSync(descriptor, buffer, 0, 5, 0)
    fs.writeFileSync(`${base}/x`, 'and another')
    expect(guest.fstatSync(descriptor).size).toBe(11)
    guest.readSync(descriptor, buffer, 0, 5, 0)
    expect(String.fromCharCode(...buffer)).toBe('and a')
    guest.closeSync(descriptor)
    fs.unlinkSync(`${base}/x`)
    expect(guest.existsSync('x')).toBe(false)
    fs.mkdirSync(`${base}/x`)
    expect(guest.statSync('x').isDirectory()).toBe(true)
    fs.rmdirSync(`${base}/x`)
    expect(guest.readdirSync('.')).toEqual([])
  })

  test('is looked at again by each require from outside', () => {
    expect(refusal(() => loader.require('./late'))).toBe('MODULE_NOT_FOUND')
    fs.writeFileSync(`${base}/late.js`, 'module.exports = 1')
    expect(loader.require('./late')).toBe(1)
    fs.writeFileSync(`${base}/late.js`, 'module.exports = 2')
    expect(loader.require('./late')).toBe(1)
    delete loader.cache[`${base}/late.js`]
    expect(loader.require('./late')).toBe(2)
    fs.mkdirSync(`${base}/directory`)
    fs.writeFileSync(`${base}/directory/index.js`, 'module.exports = "index"')
    expect(loader.require('./directory')).toBe('index')
    guest.writeFileSync('directory.js', 'module.exports = "file"')
    expect(loader.resolve(`${base}/directory.js`)).toBe(`${base}/directory.js`)
    expect(loader.require('./directory.js')).toBe('file')
  })
})

describe("a volume's own tree", () => {
  test('is that of the guest, in both directions', () => {
    const volume = createVolume({ '/app/a.js': 'module.exports = "a"' })
    const loader = createLoader({ fs: volume, cwd: '/app' })
    const fs = fsOf(loader)
    fs.writeFileSync('b.js', 'module.exports = require("./a") + "b"')
    expect(textAt(volume, '/app/b.js')).toContain('./a')
    expect(loader.require('./b')).toBe('ab')
    volume.put('/app/a.js', 'module.exports = "A"')
    expect(fs.readFileSync('a.js', 'utf8')).toBe('module.exports = "A"')
    const buffer = fs.readFileSync('a.js')
    buffer.fill(0)
    expect(textAt(volume, '/app/a.js')).toBe('module.exports = "A"')
    volume.delete('/app/a.js')
    expect(fs.existsSync('a.js')).toBe(false)
    expect(loader.fs).toBe(fs)
    loader.dispose()
  })

  test('keeps what it was given once from changing under its hands', () => {
    const volume = createVolume()
    const loader = createLoader({ fs: volume })
    const fs = fsOf(loader)
    const descriptor = fs.openSync('/x', 'w')
    fs.writeSync(descriptor, 'abc')
    const before = (volume.lookup('/x') as { bytes(): Uint8Array }).bytes()
    fs.writeSync(descriptor, 'def')
    fs.writeSync(descriptor, 'X', 0)
    expect(String.fromCharCode(...before)).toBe('abc')
    expect(textAt(volume, '/x')).toBe('Xbcdef')
    loader.dispose()
  })

  test('may be read-only', () => {
    const volume = createReadOnly(createVolume({ '/a': 'a', '/d/x': '' }))
    const loader = createLoader({ fs: volume })
    const fs = fsOf(loader)
    const changes: Record<string, () => void> = {
      "open '/a'": () => fs.writeFileSync('/a', 'x'),
      "open '/b'": () => fs.writeFileSync('/b', 'x'),
      "mkdir '/e'": () => fs.mkdirSync('/e'),
      "unlink '/a'": () => fs.unlinkSync('/a'),
      "rename '/a' -> '/b'": () => fs.renameSync('/a', '/b'),
      "link '/a' -> '/b'": () => fs.linkSync('/a', '/b'),
      "symlink 'a' -> '/b'": () => fs.symlinkSync('a', '/b'),
      "rm '/d'": () => fs.rmSync('/d', { recursive: true }),
      "chmod '/a'": () => fs.chmodSync('/a', 0o600),
      "utime '/a'": () => fs.utimesSync('/a', 1, 1),
    }
    for (const [call, change] of Object.entries(changes)) {
      expect(change).toThrow(`EROFS: read-only file system, ${call}`)
    }
    expect(fs.readFileSync('/a', 'utf8')).toBe('a')
    const free = fs.openSync('/a', 'r')
    fs.closeSync(free)
    expect(free).toBe(3)
    loader.dispose()
  })

  test('may lie over the real disk, which is safe then', () => {
    const base = nodeFs.mkdtempSync(join(temporary, 'lower-'))
    nodeFs.writeFileSync(`${base}/a.js`, 'module.exports = 1', { mode: 0o640 })
    const upper = createVolume()
    const volume = createOverlay(createNodeStyleVolume(nodeFs), upper)
    const loader = createLoader({ fs: volume, cwd: base })
    const fs = fsOf(loader)
    const descriptor = fs.openSync('a.js', 'r+')
    fs.writeSync(descriptor, '2', 17)
    expect(fs.fstatSync(descriptor).mode & 0o777).toBe(0o640)
    fs.closeSync(descriptor)
    expect(loader.require('./a')).toBe(2)
    fs.chmodSync('a.js', 0o600)
    expect(fs.statSync('a.js').mode & 0o777).toBe(0o600)
    fs.writeFileSync('b.js', 'b')
    fs.rmSync('a.js')
    expect(fs.readdirSync('.')).toEqual(['b.js'])
    expect(nodeFs.readdirSync(base)).toEqual(['a.js'])
    expect(nodeFs.readFileSync(`${base}/a.js`, 'utf8')).toBe('module.exports = 1')
    expect(paths(upper).filter((path) => path.startsWith(`${base}/`))).toEqual([
      `${base}/`,
      `${base}/b.js`,
    ])
    loader.dispose()
  })
})

describe('two loaders', () => {
  test('over one volume share its files and nothing of fs', () => {
    const volume = createVolume({ '/a': 'a' })
    const [one, other] = [createLoader({ fs: volume }), createLoader({ fs: volume })]
    const [a, b] = [fsOf(one), fsOf(other)]
    a.writeFileSync('/b', 'b')
    expect(b.readFileSync('/b', 'utf8')).toBe('b')
    for (const name of [
      'readFileSync',
      'Stats',
      'Dirent',
      'Dir',
      'ReadStream',
      'constants',
      'promises',
    ] as const) {
      expect(a[name], name).not.toBe(b[name])
    }
    expect(a.statSync('/a').constructor).not.toBe(b.statSync('/a').constructor)
    const [first, second] = [a.openSync('/a', 'r'), b.openSync('/a', 'r')]
    expect(second).toBe(first)
    a.closeSync(first)
    expect(b.fstatSync(second).size).toBe(1)
    one.dispose()
    other.dispose()
  })

  test('write to the output of their own host', () => {
    const written: string[] = []
    const write = (stream: string, text: string) => void written.push(`${stream}: ${text}`)
    const loader = createLoader({ fs: {}, host: { write } })
    const fs = fsOf(loader)
    fs.writeSync(1, 'out')
    fs.writeFileSync(2, 'err')
    expect(written).toEqual(['stdout: out', 'stderr: err'])
    expect(fs.readFileSync(0, 'utf8')).toBe('')
    expect(fs.fstatSync(1).isFile()).toBe(false)
    loader.dispose()
  })
})

test('requiring fs costs next to nothing: all that it is made of comes with the first call', () => {
  const required: string[] = []
  const context = {
    id: 'fs',
    global: {},
    host: { now: () => 0, write() {} },
    volume: createVolume(),
    onEnter() {},
    onDispose: () => () => {},
    require(id: string) {
      required.push(id)
      throw new Error('too early')
    },
  }
  const fs = createFs(context as never) as typeof nodeFs
  expect([Object.keys(fs).length, fs.constants.O_RDONLY, typeof fs.promises.readFile]).toEqual([
    105,
    0,
    'function',
  ])
  expect(required).toEqual([])
  expect(() => fs.existsSync('/')).toThrow('too early')
})
