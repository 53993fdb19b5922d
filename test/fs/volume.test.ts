import { createVolume } from 'lodger/fs/volume'
import { describe, expect, test } from 'vitest'
import { directoryAt, paths, refusal, textAt } from './volumes.ts'

describe('createVolume', () => {
  test('reads what it was given, as text and as bytes', () => {
    const volume = createVolume({ '/a/b.js': 'é', '/a/c.bin': Uint8Array.of(0xc3, 0xa9, 0xff) })
    expect(textAt(volume, '/a/b.js')).toBe('é')
    expect(textAt(volume, '/a/c.bin')).toBe('é\ufffd')
    expect(volume.lookup('/a/b.js')).toMatchObject({ kind: 1 })
    expect(volume.lookup('/a')).toMatchObject({ kind: 2, name: 'a', path: '/a' })
    expect(volume.root).toMatchObject({ path: '/', parent: undefined })
  })

  test('knows what is absent, and never throws for it', () => {
    const volume = createVolume({
      '/a/b.js': '',
      '/loop': { link: 'loop' },
      '/dead': { link: 'x' },
    })
    for (const path of [
      '/c',
      '/a/c',
      '/a/b.js/c',
      '/a/b.js/',
      '/loop',
      '/loop/x',
      '/dead',
      '/a\0',
    ]) {
      expect(volume.lookup(path), path).toBeUndefined()
      expect(volume.locate(path), path).toBeUndefined()
    }
  })

  test('follows links where the kernel would: `..` is that of the place where a link led', () => {
    const volume = createVolume({
      '/store/p/index.js': 'p',
      '/store/q.js': 'q',
      '/app/node_modules/p': { link: '../../store/p' },
      '/app/absolute': { link: '/store/p/index.js' },
    })
    expect(textAt(volume, '/app/node_modules/p/../q.js')).toBe('q')
    expect(textAt(volume, '/app/absolute')).toBe('p')
    expect(volume.locate('/app/node_modules/p/index.js')).toMatchObject({
      name: 'index.js',
      directory: { path: '/store/p' },
    })
  })

  test('makes empty directories of null, and directories above on the way', () => {
    const volume = createVolume({ '/empty': null, '/a/b/c/d.js': '' })
    expect(paths(volume)).toEqual(['/empty/', '/a/', '/a/b/', '/a/b/c/', '/a/b/c/d.js'])
  })

  test('takes paths in any order and form', () => {
    const volume = createVolume({
      '/a/x': '1',
      '/b/y': '2',
      '/a//./z': '3',
      '/b/../c': '4',
      d: '5',
    })
    expect(paths(volume)).toEqual(['/a/', '/a/x', '/a/z', '/b/', '/b/y', '/c', '/d'])
  })

  test('refuses a file where another path needs a directory', () => {
    expect(refusal(() => createVolume({ '/a': '', '/a/b': '' }))).toBe('ENOTDIR')
  })

  test('keeps names that objects inherit apart from what they inherit', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
    const empty = createVolume()
    const full = createVolume(Object.fromEntries(names.map((name) => [`/d/${name}/${name}`, name])))
    for (const name of names) {
      expect(empty.lookup(`/${name}`)).toBeUndefined()
      expect(textAt(full, `/d/${name}/${name}`)).toBe(name)
      expect(directoryAt(full, `/d/${name}`).get('valueOf')).toBeUndefined()
    }
    expect(directoryAt(full, '/d').names()).toEqual(names)
  })
})

describe('changes of a volume in memory', () => {
  test('raise the generation when a name comes or goes', () => {
    const volume = createVolume({ '/a.js': '1' })
    const seen = [volume.generation]
    const step = (action: () => void) => {
      action()
      seen.push(volume.generation)
    }
    step(() => volume.put('/b.js', ''))
    step(() => volume.makeDirectory(volume.root, 'd'))
    step(() => volume.move(volume.root, 'b.js', directoryAt(volume, '/d'), 'c.js'))
    step(() => volume.remove(volume.root, 'd'))
    expect(new Set(seen).size).toBe(seen.length)
    step(() => volume.put('/a.js', '2'))
    expect(seen.at(-1)).toBe(seen.at(-2))
  })

  test('keep the identity of a file that is written to and of what is moved', () => {
    const volume = createVolume({ '/a/b/c.js': '1' })
    const [file, directory] = [volume.lookup('/a/b/c.js'), directoryAt(volume, '/a/b')]
    volume.put('/a/b/c.js', '2')
    expect(volume.lookup('/a/b/c.js')).toBe(file)
    expect(textAt(volume, '/a/b/c.js')).toBe('2')
    volume.move(directoryAt(volume, '/a'), 'b', volume.root, 'z')
    expect(volume.lookup('/z')).toBe(directory)
    expect(volume.lookup('/z/c.js')).toBe(file)
    expect(directory).toMatchObject({ name: 'z', path: '/z', parent: volume.root })
  })

  test('give one file two names', () => {
    const volume = createVolume({ '/a.js': '1' })
    const file = volume.lookup('/a.js')
    volume.addName(volume.root, 'b.js', file as never)
    volume.put('/b.js', '2')
    expect(textAt(volume, '/a.js')).toBe('2')
    volume.delete('/a.js')
    expect(textAt(volume, '/b.js')).toBe('2')
  })

  test('are refused with the codes of a kernel', () => {
    const volume = createVolume({ '/a.js': '', '/d/e': '' })
    const { root } = volume
    expect(refusal(() => volume.writeFile(root, 'd', ''))).toBe('EISDIR')
    expect(refusal(() => volume.makeDirectory(root, 'a.js'))).toBe('EEXIST')
    expect(refusal(() => volume.makeLink(root, 'a.js', 'x'))).toBe('EEXIST')
    expect(refusal(() => volume.remove(root, 'nothing'))).toBe('ENOENT')
    expect(refusal(() => volume.move(root, 'nothing', root, 'x'))).toBe('ENOENT')
    expect(volume.delete('/nothing')).toBe(false)
  })

  test('hold a file of 64 MB', () => {
    const bytes = new Uint8Array(64 << 20).fill(97)
    const volume = createVolume({ '/big.txt': bytes })
    expect(textAt(volume, '/big.txt')).toHaveLength(64 << 20)
  })
})
