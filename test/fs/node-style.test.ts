import * as nodeFs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NodeStyleFileSystem } from 'lodger'
import { createNodeStyleVolume } from 'lodger/fs/node-style'
import { memfs } from 'memfs'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { directoryAt, paths, refusal, textAt } from './volumes.ts'

const temporary = nodeFs.realpathSync(nodeFs.mkdtempSync(join(tmpdir(), 'lodger-mirror-')))
afterAll(() => nodeFs.rmSync(temporary, { recursive: true, force: true }))

/** node's own members, or memfs's: both have all that is used here. */
type FullFs = typeof nodeFs

const kinds: Record<string, () => { fs: FullFs; base: string }> = {
  memfs: () => {
    const { fs } = memfs({ '/base': null })
    return { fs: fs as never, base: '/base' }
  },
  "node's fs": () => ({ fs: nodeFs, base: nodeFs.mkdtempSync(join(temporary, 'base-')) }),
}

describe.each(Object.keys(kinds))('createNodeStyleVolume over %s', (kind) => {
  let fs: FullFs
  let base: string
  let volume: ReturnType<typeof createNodeStyleVolume>

  beforeEach(() => {
    ;({ fs, base } = (kinds[kind] as () => { fs: FullFs; base: string })())
    fs.mkdirSync(`${base}/d/e`, { recursive: true })
    fs.writeFileSync(`${base}/d/x.js`, 'x\ufeffé')
    fs.symlinkSync('d/x.js', `${base}/link`)
    fs.symlinkSync('d', `${base}/directory-link`)
    fs.symlinkSync('loop', `${base}/loop`)
    volume = createNodeStyleVolume(fs)
  })

  const directory = (path = '') => directoryAt(volume, base + path)

  test('reads files, directories and links', () => {
    expect(textAt(volume, `${base}/d/x.js`)).toBe('x\ufeffé')
    expect(textAt(volume, `${base}/link`)).toBe('x\ufeffé')
    expect(textAt(volume, `${base}/directory-link/x.js`)).toBe('x\ufeffé')
    expect(volume.locate(`${base}/directory-link/x.js`)?.directory).toBe(directory('/d'))
    expect(directory('/d')).toMatchObject({ path: `${base}/d`, name: 'd', parent: directory() })
    expect(directory().names().sort()).toEqual(['d', 'directory-link', 'link', 'loop'])
    for (const path of ['/none', '/d/none', '/d/x.js/y', '/loop', '/loop/x', '/d/\0', '/d/x.js/']) {
      expect(volume.lookup(base + path), path).toBeUndefined()
    }
  })

  test('takes no path for a name', () => {
    for (const name of ['', '.', '..', 'd/x.js', '/', 'x\0']) {
      expect(directory().get(name), name).toBeUndefined()
    }
  })

  test('never remembers what is absent', () => {
    expect(volume.lookup(`${base}/later.js`)).toBeUndefined()
    fs.writeFileSync(`${base}/later.js`, 'now')
    expect(textAt(volume, `${base}/later.js`)).toBe('now')
  })

  test('reads contents anew each time', () => {
    expect(textAt(volume, `${base}/d/x.js`)).toBe('x\ufeffé')
    fs.writeFileSync(`${base}/d/x.js`, 'changed')
    expect(textAt(volume, `${base}/d/x.js`)).toBe('changed')
  })

  test('believes what it saw until it is refreshed', () => {
    const [file, d] = [volume.lookup(`${base}/d/x.js`), directory('/d')]
    fs.unlinkSync(`${base}/d/x.js`)
    expect(volume.lookup(`${base}/d/x.js`)).toBe(file)
    volume.refresh?.()
    expect(volume.lookup(`${base}/d/x.js`)).toBeUndefined()
    expect(directory('/d')).toBe(d)
  })

  test('keeps the identity of what is still of its kind, and of nothing else', () => {
    const before = { d: directory('/d'), x: volume.lookup(`${base}/d/x.js`) }
    volume.refresh?.()
    expect(directory('/d')).toBe(before.d)
    expect(volume.lookup(`${base}/d/x.js`)).toBe(before.x)
    fs.unlinkSync(`${base}/d/x.js`)
    fs.mkdirSync(`${base}/d/x.js`)
    volume.refresh?.()
    expect(volume.lookup(`${base}/d/x.js`)).toMatchObject({ kind: 2 })
    fs.unlinkSync(`${base}/link`)
    fs.symlinkSync('d/e', `${base}/link`)
    volume.refresh?.()
    expect(volume.lookup(`${base}/link`)).toBe(directory('/d/e'))
  })

  test('promises nothing by its generation', () => {
    expect(volume.generation).not.toBe(volume.generation)
  })

  test('tells by its structure that directories may have moved', () => {
    const { structure } = volume
    expect(volume.structure).toBe(structure)
    volume.makeDirectory(directory('/d'), 'new')
    expect(volume.structure).toBe(structure)
    volume.move(directory('/d'), 'new', directory('/d'), 'moved')
    expect(volume.structure).not.toBe(structure)
    const moved = volume.structure
    volume.remove(directory('/d'), 'moved')
    expect(volume.structure).not.toBe(moved)
    const removed = volume.structure
    volume.refresh?.()
    expect(volume.structure).not.toBe(removed)
  })

  test('writes through', () => {
    const d = directory('/d')
    volume.writeFile(d, 'new.js', 'text')
    volume.writeFile(d, 'bytes', Uint8Array.of(1, 2))
    const made = volume.makeDirectory(d, 'made')
    volume.makeLink(made, 'to', '../new.js')
    volume.addName(made, 'twin', volume.lookup(`${base}/d/new.js`) as never)
    expect(fs.readFileSync(`${base}/d/new.js`, 'utf8')).toBe('text')
    expect([...fs.readFileSync(`${base}/d/bytes`)]).toEqual([1, 2])
    expect(fs.readlinkSync(`${base}/d/made/to`)).toBe('../new.js')
    volume.writeFile(d, 'new.js', 'again')
    expect(fs.readFileSync(`${base}/d/made/twin`, 'utf8')).toBe('again')
    expect(textAt(volume, `${base}/d/made/twin`)).toBe('again')
    expect(textAt(volume, `${base}/d/made/to`)).toBe('again')
  })

  test('replaces a link instead of writing through it', () => {
    volume.writeFile(directory(), 'link', 'plain')
    expect(fs.lstatSync(`${base}/link`).isSymbolicLink()).toBe(false)
    expect(textAt(volume, `${base}/d/x.js`)).toBe('x\ufeffé')
  })

  test('writes a part of a file in place', () => {
    fs.writeFileSync(`${base}/d/part`, 'abcdef')
    volume.writeAt?.(directory('/d'), 'part', new TextEncoder().encode('XY'), 2)
    expect(fs.readFileSync(`${base}/d/part`, 'utf8')).toBe('abXYef')
  })

  test('moves and removes, with what is inside', () => {
    const d = directory('/d')
    const x = volume.lookup(`${base}/d/x.js`)
    volume.move(directory(), 'd', directory(), 'moved')
    expect(directory('/moved')).toBe(d)
    expect(d.path).toBe(`${base}/moved`)
    expect(volume.lookup(`${base}/moved/x.js`)).toBe(x)
    expect(textAt(volume, `${base}/moved/x.js`)).toBe('x\ufeffé')
    expect(fs.existsSync(`${base}/d`)).toBe(false)
    volume.remove(directory(), 'moved')
    expect(fs.existsSync(`${base}/moved`)).toBe(false)
    expect(volume.lookup(`${base}/moved`)).toBeUndefined()
    volume.remove(directory(), 'loop')
    expect(directory().names().sort()).toEqual(['directory-link', 'link'])
  })

  test('passes modes and times on', () => {
    const d = directory('/d')
    volume.setStat?.(d, 'x.js', { mode: 0o100600, mtimeMs: 86_400_000 })
    expect(fs.statSync(`${base}/d/x.js`).mode & 0o777).toBe(0o600)
    expect(fs.statSync(`${base}/d/x.js`).mtimeMs).toBe(86_400_000)
    expect(volume.stat?.(d, 'x.js')).toMatchObject({ mtimeMs: 86_400_000 })
    expect(volume.stat?.(d, '.')).toMatchObject({ mode: fs.statSync(`${base}/d`).mode })
    expect(volume.stat?.(d, 'none')).toBeUndefined()
  })
})

describe('createNodeStyleVolume', () => {
  test('makes one call of the file system for an entry, and none for what it knows', () => {
    const calls: string[] = []
    const counting = new Proxy(nodeFs, {
      get(target, name: keyof FullFs) {
        const member = target[name]
        if (typeof member !== 'function') return member
        return (...args: unknown[]) => {
          calls.push(`${name} ${args[0]}`)
          return Reflect.apply(member as never, target, args)
        }
      },
    })
    nodeFs.mkdirSync(join(temporary, 'counted/lib'), { recursive: true })
    nodeFs.writeFileSync(join(temporary, 'counted/lib/a.js'), 'a')
    const volume = createNodeStyleVolume(counting)
    directoryAt(volume, temporary)
    calls.length = 0
    textAt(volume, `${temporary}/counted/lib/a.js`)
    volume.lookup(`${temporary}/counted/lib/a.js`)
    volume.lookup(`${temporary}/counted/lib/b.js`)
    expect(calls.map((call) => call.replace(temporary, ''))).toEqual([
      'lstatSync /counted',
      'lstatSync /counted/lib',
      'lstatSync /counted/lib/a.js',
      'readFileSync /counted/lib/a.js',
      'lstatSync /counted/lib/b.js',
    ])
  })

  test('does with readFileSync and statSync alone, and is read-only then', () => {
    const fs: NodeStyleFileSystem = {
      statSync(path: string) {
        if (path === '/' || path === '/app') return { isDirectory: () => true }
        if (path === '/app/a.js') return { isDirectory: () => false }
        throw Object.assign(new Error('no'), { code: 'ENOENT' })
      },
      readFileSync: (path: string) => Uint8Array.from(`text of ${path}`, (c) => c.charCodeAt(0)),
    }
    const volume = createNodeStyleVolume(fs)
    expect(textAt(volume, '/app/a.js')).toBe('text of /app/a.js')
    expect(volume.lookup('/app/b.js')).toBeUndefined()
    expect(paths(volume)).toEqual(['/app/', '/app/a.js'])
    expect(volume.writeAt).toBeUndefined()
    const app = directoryAt(volume, '/app')
    for (const change of [
      () => volume.writeFile(app, 'x', ''),
      () => volume.makeDirectory(app, 'x'),
      () => volume.makeLink(app, 'x', 'y'),
      () => volume.remove(app, 'a.js'),
      () => volume.move(app, 'a.js', app, 'b.js'),
      () => volume.setStat?.(app, 'a.js', { mode: 0 }),
    ]) {
      expect(refusal(change)).toBe('EROFS')
    }
  })

  test('takes text and bytes, of any realm, and says so when it gets something else', () => {
    let contents: unknown
    const stats = { isDirectory: () => false, isSymbolicLink: () => false }
    const volume = createNodeStyleVolume({ statSync: () => stats, readFileSync: () => contents })
    const file = volume.root.get('a') as { text(): string; bytes(): Uint8Array }
    contents = 'é'
    expect(file.text()).toBe('é')
    expect([...file.bytes()]).toEqual([0xc3, 0xa9])
    contents = Buffer.from('é')
    expect(file.text()).toBe('é')
    contents = new DataView(Uint8Array.of(97, 98).buffer)
    expect(file.text()).toBe('ab')
    contents = Promise.resolve('late')
    expect(refusal(() => file.text())).toBe('ERR_INVALID_RETURN_VALUE')
  })

  test('takes every refusal that stands for "not here" as node does, and passes the others on', () => {
    let error: unknown
    const volume = createNodeStyleVolume({
      statSync() {
        throw error
      },
      readFileSync: () => '',
    })
    for (const code of ['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'EPERM', 'ENAMETOOLONG']) {
      error = Object.assign(new Error(code), { code })
      expect(volume.lookup('/a')).toBeUndefined()
    }
    for (const other of [
      Object.assign(new Error('disk'), { code: 'EIO' }),
      new TypeError('bug'),
      'odd',
    ]) {
      error = other
      let thrown: unknown
      try {
        volume.lookup('/a')
      } catch (caught) {
        thrown = caught
      }
      expect(thrown).toBe(other)
    }
  })
})
