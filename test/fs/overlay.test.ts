import * as nodeFs from 'node:fs'
import { createNodeStyleVolume } from 'lodger/fs/node-style'
import { createOverlay } from 'lodger/fs/overlay'
import { createReadOnly } from 'lodger/fs/read-only'
import { createVolume } from 'lodger/fs/volume'
import { memfs } from 'memfs'
import { beforeEach, describe, expect, test } from 'vitest'
import { directoryAt, paths, refusal, textAt } from './volumes.ts'

const files = { '/a/b/c.js': 'c', '/a/d.js': 'd', '/a/link': { link: 'd.js' }, '/e.js': 'e' }
const all = ['/a/', '/a/b/', '/a/b/c.js', '/a/d.js', '/a/link -> d.js', '/e.js']

describe('createOverlay', () => {
  let lower: ReturnType<typeof createVolume>
  let upper: ReturnType<typeof createVolume>
  let volume: ReturnType<typeof createOverlay>
  const at = (path: string) => directoryAt(volume, path)

  beforeEach(() => {
    lower = createVolume(files)
    upper = createVolume()
    // Whatever happens, the lower volume is not changed: it could not be.
    volume = createOverlay(createReadOnly(lower), upper)
  })

  test('shows the lower volume, and files of the upper one before it', () => {
    expect(paths(volume)).toEqual(all)
    upper.put('/a/d.js', 'upper d')
    upper.put('/a/new/x.js', 'x')
    expect(textAt(volume, '/a/d.js')).toBe('upper d')
    expect(textAt(volume, '/a/link')).toBe('upper d')
    expect(textAt(volume, '/a/b/c.js')).toBe('c')
    expect(at('/a').names()).toEqual(['b', 'd.js', 'link', 'new'])
  })

  test('writes to the upper volume only', () => {
    volume.writeFile(at('/a/b'), 'c.js', 'C')
    volume.writeFile(at('/a/b'), 'new.js', 'new')
    volume.makeLink(volume.root, 'l', 'a/b')
    volume.makeDirectory(at('/a'), 'made')
    expect(textAt(volume, '/l/c.js')).toBe('C')
    expect(paths(upper)).toEqual([
      '/a/',
      '/a/b/',
      '/a/b/c.js',
      '/a/b/new.js',
      '/a/made/',
      '/l -> a/b',
    ])
    expect(paths(lower)).toEqual(all)
    expect(textAt(lower, '/a/b/c.js')).toBe('c')
  })

  test('has directories that stay the same objects, before and after they are copied up', () => {
    const [a, b] = [at('/a'), at('/a/b')]
    volume.writeFile(b, 'x.js', '')
    expect(at('/a')).toBe(a)
    expect(at('/a/b')).toBe(b)
    expect(b).toMatchObject({ parent: a, path: '/a/b', name: 'b' })
    expect(a.parent).toBe(volume.root)
  })

  test('hides what is removed, and a directory made in its place is empty', () => {
    volume.remove(at('/a/b'), 'c.js')
    expect(volume.lookup('/a/b/c.js')).toBeUndefined()
    expect(at('/a/b').names()).toEqual([])
    volume.remove(volume.root, 'a')
    expect(volume.lookup('/a')).toBeUndefined()
    expect(paths(volume)).toEqual(['/e.js'])
    const again = volume.makeDirectory(volume.root, 'a')
    expect(paths(volume)).toEqual(['/e.js', '/a/'])
    volume.writeFile(again, 'd.js', 'other')
    expect(paths(volume)).toEqual(['/e.js', '/a/', '/a/d.js'])
    volume.remove(again, 'd.js')
    expect(volume.lookup('/a/d.js')).toBeUndefined()
    expect(paths(lower)).toEqual(all)
  })

  test('moves files, links and directories of both volumes', () => {
    const b = at('/a/b')
    volume.writeFile(b, 'new.js', 'new')
    volume.move(at('/a'), 'b', volume.root, 'moved')
    expect(at('/moved')).toBe(b)
    expect(b).toMatchObject({ path: '/moved', name: 'moved', parent: volume.root })
    expect(textAt(volume, '/moved/c.js')).toBe('c')
    expect(volume.lookup('/a/b')).toBeUndefined()
    volume.move(volume.root, 'e.js', at('/a'), 'd.js')
    expect(textAt(volume, '/a/d.js')).toBe('e')
    volume.move(at('/a'), 'link', volume.root, 'l')
    expect(paths(volume).sort()).toEqual([
      '/a/',
      '/a/d.js',
      '/l -> d.js',
      '/moved/',
      '/moved/c.js',
      '/moved/new.js',
    ])
    expect(paths(lower)).toEqual(all)
  })

  test('keeps what has two names one file', () => {
    lower.addName(lower.root, 'twin.js', lower.lookup('/a/d.js') as never)
    volume.addName(volume.root, 'third.js', volume.lookup('/a/d.js') as never)
    volume.writeFile(volume.root, 'twin.js', 'D')
    expect(['/a/d.js', '/twin.js', '/third.js'].map((path) => textAt(volume, path))).toEqual([
      'D',
      'D',
      'D',
    ])
    volume.writeFile(volume.root, 'third.js', 'DD')
    volume.writeFile(at('/a'), 'd.js', 'DDD')
    expect(textAt(volume, '/twin.js')).toBe('DDD')
    expect(textAt(volume, '/third.js')).toBe('DDD')
    expect(textAt(lower, '/a/d.js')).toBe('d')
  })

  test('counts the changes of both volumes', () => {
    const seen = [volume.generation]
    const step = (action: () => void) => {
      action()
      seen.push(volume.generation)
    }
    step(() => lower.put('/x', ''))
    step(() => upper.put('/y', ''))
    step(() => volume.remove(volume.root, 'x'))
    step(() => volume.writeFile(volume.root, 'z', ''))
    step(() => volume.move(volume.root, 'z', volume.root, 'y'))
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('refuses as a file system does', () => {
    expect(refusal(() => volume.makeDirectory(volume.root, 'a'))).toBe('EEXIST')
    expect(refusal(() => volume.makeLink(volume.root, 'e.js', 'x'))).toBe('EEXIST')
    expect(refusal(() => volume.writeFile(volume.root, 'a', ''))).toBe('EISDIR')
    expect(refusal(() => volume.remove(volume.root, 'none'))).toBe('ENOENT')
    expect(refusal(() => volume.move(volume.root, 'none', volume.root, 'x'))).toBe('ENOENT')
    expect(refusal(() => volume.addName(volume.root, 'a', volume.lookup('/e.js') as never))).toBe(
      'EEXIST',
    )
  })

  test('sees what others change in a mirror below it', () => {
    const { fs } = memfs({ '/a.js': 'a' })
    const overlay = createOverlay(createNodeStyleVolume(fs as never))
    expect(textAt(overlay, '/a.js')).toBe('a')
    expect(overlay.lookup('/b.js')).toBeUndefined()
    fs.writeFileSync('/b.js', 'b')
    fs.unlinkSync('/a.js')
    overlay.refresh?.()
    expect(textAt(overlay, '/b.js')).toBe('b')
    expect(overlay.lookup('/a.js')).toBeUndefined()
  })

  test('passes modes and times of the lower volume on, until a file is written', () => {
    const overlay = createOverlay(createNodeStyleVolume(nodeFs))
    const etc = directoryAt(overlay, '/etc')
    expect(overlay.stat?.(etc, 'passwd')?.mtimeMs).toBe(nodeFs.statSync('/etc/passwd').mtimeMs)
    overlay.writeFile(etc, 'passwd', 'mine')
    expect(overlay.stat?.(etc, 'passwd')).toBeUndefined()
    expect(overlay.stat?.(etc, '.')?.mode).toBe(nodeFs.statSync('/etc').mode)
    expect(textAt(overlay, '/etc/passwd')).toBe('mine')
    expect(nodeFs.readFileSync('/etc/passwd', 'utf8')).not.toBe('mine')
  })
})

describe('createReadOnly', () => {
  const inner = createVolume(files)
  const volume = createReadOnly(inner)

  test('reads as the volume itself', () => {
    expect(paths(volume)).toEqual(all)
    expect(textAt(volume, '/a/link')).toBe('d')
    expect(volume.locate('/a/link')?.name).toBe('d.js')
    const { generation } = volume
    inner.put('/later', '')
    expect(volume.generation).toBeGreaterThan(generation)
    inner.delete('/later')
  })

  test('refuses every change with EROFS and the place', () => {
    const { root } = volume
    const file = volume.lookup('/e.js') as never
    for (const change of [
      () => volume.writeFile(root, 'e.js', ''),
      () => volume.makeDirectory(root, 'x'),
      () => volume.makeLink(root, 'x', 'y'),
      () => volume.addName(root, 'x', file),
      () => volume.remove(root, 'e.js'),
      () => volume.move(root, 'e.js', root, 'x'),
      () => volume.setStat?.(root, 'e.js', { mode: 0 }),
    ]) {
      expect(refusal(change)).toBe('EROFS')
    }
    expect(() => volume.makeDirectory(directoryAt(volume, '/a'), 'x')).toThrow(
      "EROFS: read-only file system, mkdir '/a/x'",
    )
    expect(paths(inner)).toEqual(all)
  })
})
