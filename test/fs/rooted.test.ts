import * as nodeFs from 'node:fs'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLoader, type Volume } from 'lodger'
import { createNodeStyleVolume } from 'lodger/fs/node-style'
import { createOverlay } from 'lodger/fs/overlay'
import { createRooted } from 'lodger/fs/rooted'
import { createVolume } from 'lodger/fs/volume'
import { memfs } from 'memfs'
import { afterAll, describe, expect, test } from 'vitest'
import { directoryAt, fsOf, refusal, textAt } from './volumes.ts'

const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'lodger-rooted-')))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

/** A house with a secret beside the room that is let. Paths and targets begin with `base`. */
const files = {
  '/secret.txt': 'secret',
  '/app/index.js': 'index',
  '/app/d/x.js': 'x',
  '/apple/x': 'x',
}
const links = {
  '/app/up': '..',
  '/app/upper': '../..',
  '/app/relative': '../secret.txt',
  '/app/absolute': '<base>/secret.txt',
  '/app/host': '/etc/passwd',
  '/app/etc': '/etc',
  '/app/chain': 'up/secret.txt',
  '/app/longer': 'd/first',
  '/app/d/first': 'second',
  '/app/d/second': '../up/app/../secret.txt',
  '/app/d/through': '../d/../../secret.txt',
  '/app/inside': '<base>/app/d/x.js',
  '/app/around': '../app/d/x.js',
}

type Fill = (base: string) => Volume
const kinds: Record<string, Fill> = {
  memory: (base) => {
    const volume = createVolume()
    fill(base, (path, contents) => volume.put(path, contents))
    return volume
  },
  memfs: (base) => {
    const { fs } = memfs({})
    fill(base, (path, contents) => {
      fs.mkdirSync(path.slice(0, path.lastIndexOf('/')), { recursive: true })
      if (typeof contents === 'string') fs.writeFileSync(path, contents)
      else fs.symlinkSync(contents.link, path)
    })
    return createNodeStyleVolume(fs as never)
  },
  disk: (base) => {
    fill(base, (path, contents) => {
      mkdirSync(path.slice(0, path.lastIndexOf('/')), { recursive: true })
      if (typeof contents === 'string') writeFileSync(path, contents)
      else symlinkSync(contents.link, path)
    })
    return createNodeStyleVolume(nodeFs)
  },
}
kinds['overlay over memory'] = (base) => createOverlay(kinds.memory?.(base) as Volume)

function fill(base: string, put: (path: string, contents: string | { link: string }) => void) {
  for (const [path, text] of Object.entries(files)) put(base + path, text)
  for (const [path, target] of Object.entries(links)) {
    put(base + path, { link: target.replace('<base>', base) })
  }
}

describe.each(Object.keys(kinds))('createRooted over %s', (kind) => {
  const base = kind === 'disk' ? join(temporary, 'house') : '/house'
  const outer = (kinds[kind] as Fill)(base)
  const volume = createRooted(outer, `${base}/app`)
  const at = (path: string) => volume.lookup(base + path)

  test('keeps full names, and shows only the way down', () => {
    expect(textAt(volume, `${base}/app/index.js`)).toBe('index')
    expect(directoryAt(volume, base).names()).toEqual(['app'])
    expect(volume.root.names()).toEqual([base.split('/')[1]])
    expect(directoryAt(volume, `${base}/app`).path).toBe(`${base}/app`)
    expect(at('/secret.txt')).toBeUndefined()
    expect(at('/apple/x')).toBeUndefined()
    expect(volume.lookup('/etc')).toBeUndefined()
  })

  test.each([
    '/app/../secret.txt',
    '/app/../../etc/passwd',
    '/app/d/../../secret.txt',
    '/app/up/secret.txt',
    '/app/upper/etc/passwd',
    '/app/relative',
    '/app/absolute',
    '/app/host',
    '/app/etc',
    '/app/etc/passwd',
    '/app/chain',
    '/app/longer',
    '/app/d/through',
    '/app/up/up/secret.txt',
  ])('has nothing at %s', (path) => {
    expect(outer.lookup(base + path) ?? path).toBeDefined()
    expect(at(path)).toBeUndefined()
    expect(volume.locate(base + path)).toBeUndefined()
  })

  test('lets links and `..` within the root be', () => {
    expect(textAt(volume, `${base}/app/inside`)).toBe('x')
    expect(textAt(volume, `${base}/app/around`)).toBe('x')
    expect(textAt(volume, `${base}/app/d/../index.js`)).toBe('index')
  })

  test('leads no higher by parents', () => {
    let directory = directoryAt(volume, `${base}/app/d`)
    const way = [directory.path]
    while (directory.parent) {
      directory = directory.parent
      way.push(directory.path)
      if (directory.path !== `${base}/app`) expect(directory.names()).toHaveLength(1)
    }
    expect(way.slice(0, 3)).toEqual([`${base}/app/d`, `${base}/app`, base])
    expect(directory).toBe(volume.root)
  })

  test('has directories of stable identity', () => {
    expect(at('/app/d')).toBe(at('/app/../app/d'))
    expect(directoryAt(volume, `${base}/app/d`).parent).toBe(at('/app'))
  })

  test('can be written to inside, and is read-only above', () => {
    const app = directoryAt(volume, `${base}/app`)
    volume.writeFile(app, 'new.js', 'new')
    expect(textAt(volume, `${base}/app/new.js`)).toBe('new')
    expect(textAt(outer, `${base}/app/new.js`)).toBe('new')
    const d = volume.makeDirectory(app, 'made')
    volume.move(app, 'new.js', d, 'moved.js')
    expect(textAt(volume, `${base}/app/made/moved.js`)).toBe('new')
    expect(d.parent).toBe(app)
    volume.remove(app, 'made')
    for (const change of [
      () => volume.writeFile(directoryAt(volume, base), 'x', ''),
      () => volume.makeDirectory(volume.root, 'x'),
      () => volume.makeLink(volume.root, 'x', 'y'),
      () => volume.remove(directoryAt(volume, base), 'app'),
      () => volume.move(app, 'index.js', directoryAt(volume, base), 'x'),
    ]) {
      expect(refusal(change)).toBe('EROFS')
    }
  })

  test('holds for a guest', () => {
    const loader = createLoader({ fs: outer, root: `${base}/app`, cwd: `${base}/app` })
    const fs = fsOf(loader)
    for (const path of ['../secret.txt', 'relative', 'absolute', 'up/secret.txt', '/etc/passwd']) {
      expect(
        refusal(() => fs.readFileSync(path)),
        path,
      ).toBe('ENOENT')
      expect(refusal(() => loader.require(path.startsWith('/') ? path : `./${path}`))).toBe(
        'MODULE_NOT_FOUND',
      )
    }
    fs.symlinkSync('../secret.txt', 'made-by-guest')
    expect(fs.existsSync('made-by-guest')).toBe(false)
    expect(refusal(() => fs.writeFileSync('../secret.txt', ''))).toBe('EROFS')
    expect(refusal(() => fs.writeFileSync('relative', ''))).toBe('EROFS')
    expect(textAt(outer, `${base}/secret.txt`)).toBe('secret')
    fs.unlinkSync('made-by-guest')
    loader.dispose()
  })
})

test('a root that is reached by a link is known by both its names', () => {
  const outer = createVolume({ '/real/app/x.js': 'x', '/current': { link: 'real/app' } })
  const volume = createRooted(outer, '/current')
  expect(textAt(volume, '/current/x.js')).toBe('x')
  expect(textAt(volume, '/real/app/x.js')).toBe('x')
  expect(volume.locate('/current/x.js')?.directory.path).toBe('/real/app')
})

test('a root that does not exist yet holds nothing, until it does', () => {
  const outer = createVolume({ '/other/x.js': '' })
  const volume = createRooted(outer, '/app')
  expect(volume.lookup('/app')).toBeUndefined()
  expect(volume.root.names()).toEqual([])
  outer.put('/app/x.js', 'x')
  expect(textAt(volume, '/app/x.js')).toBe('x')
})

test('the whole volume needs no fence, and a relative root is refused', () => {
  const outer = createVolume()
  expect(createRooted(outer, '/')).toBe(outer)
  expect(refusal(() => createRooted(outer, 'app'))).toBe('ERR_INVALID_ARG_VALUE')
})
