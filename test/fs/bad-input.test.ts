import { createLoader } from 'lodger'
import { createVolume } from 'lodger/fs/volume'
import { memfs } from 'memfs'
import { describe, expect, test } from 'vitest'
import { fsOf, refusal } from './volumes.ts'

/** What `action` throws; the loader must be of use afterwards. */
function thrownBy(action: () => unknown): { code?: string; message: string } | undefined {
  try {
    action()
  } catch (error) {
    return error as Error
  }
  return undefined
}

describe('a loader given something bad', () => {
  test('links in circles are not there', () => {
    const loader = createLoader({
      fs: createVolume({
        '/app/a.js': { link: 'b.js' },
        '/app/b.js': { link: 'a.js' },
        '/app/node_modules': { link: 'node_modules' },
        '/app/self': { link: '.' },
        '/app/good.js': 'module.exports = "good"',
      }),
      cwd: '/app',
    })
    expect(refusal(() => loader.require('./a'))).toBe('MODULE_NOT_FOUND')
    expect(refusal(() => loader.require('pkg'))).toBe('MODULE_NOT_FOUND')
    expect(refusal(() => fsOf(loader).readFileSync('a.js'))).toBe('ELOOP')
    expect(loader.require('./self/self/self/good')).toBe('good')
    loader.dispose()
  })

  test('null bytes name nothing', () => {
    const { fs } = memfs({ '/app/x.js': 'module.exports = 1' })
    for (const given of [{ '/app/x.js': 'module.exports = 1' }, fs]) {
      const loader = createLoader({ fs: given as never, cwd: '/app' })
      for (const request of ['./x.js\0', './x\0y', 'x\0', '/app/\0/x.js']) {
        expect(
          thrownBy(() => loader.require(request)),
          request,
        ).toBeDefined()
      }
      expect(refusal(() => fsOf(loader).statSync('/app/x.js\0'))).toBe('ERR_INVALID_ARG_VALUE')
      expect(loader.require('./x')).toBe(1)
      loader.dispose()
    }
  })

  test('invalid UTF-8 is replaced, a byte order mark left out', () => {
    const encode = (text: string) => [...new TextEncoder().encode(text)]
    const loader = createLoader({
      fs: {
        '/bad.js': Uint8Array.from([
          ...encode('module.exports = "'),
          0xff,
          0xe2,
          0x28,
          ...encode('"'),
        ]),
        '/marked.js': `\ufeffmodule.exports = 'marked'`,
        '/marked.json': Uint8Array.from([0xef, 0xbb, 0xbf, ...encode('{"a":1}')]),
      },
    })
    expect(loader.require('/bad.js')).toBe('\ufffd\ufffd(')
    expect(loader.require('/marked.js')).toBe('marked')
    expect(loader.require('/marked.json')).toEqual({ a: 1 })
    loader.dispose()
  })

  test('names that objects inherit are names', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']
    const files = Object.fromEntries(
      names.flatMap((name) => [
        [`/app/${name}/${name}.js`, `module.exports = ${JSON.stringify(name)}`],
        [
          `/app/node_modules/${name}/index.js`,
          `module.exports = 'package ' + ${JSON.stringify(name)}`,
        ],
      ]),
    )
    const full = createLoader({ fs: files, cwd: '/app' })
    const empty = createLoader({ fs: { '/app/x.js': '' }, cwd: '/app' })
    for (const name of names) {
      expect(full.require(`./${name}/${name}`)).toBe(name)
      expect(full.require(name)).toBe(`package ${name}`)
      expect(refusal(() => empty.require(name))).toBe('MODULE_NOT_FOUND')
      expect(refusal(() => empty.require(`./${name}`))).toBe('MODULE_NOT_FOUND')
      expect(fsOf(empty).existsSync(name)).toBe(false)
    }
    full.dispose()
    empty.dispose()
  })

  test('a file of 64 MB is loaded', () => {
    const source = `module.exports = 1 //${'x'.repeat(64 << 20)}`
    const loader = createLoader({ fs: { '/big.js': source } })
    expect(loader.require('/big.js')).toBe(1)
    expect(fsOf(loader).statSync('/big.js').size).toBe(source.length)
    loader.dispose()
  })

  test('directories that look like files, and files that look like directories', () => {
    const loader = createLoader({
      fs: createVolume({
        '/app/x.js': null,
        '/app/x/index.js': 'module.exports = "directory"',
        '/app/node_modules': 'a file',
        '/node_modules/p/index.js': 'module.exports = "above"',
      }),
      cwd: '/app',
    })
    expect(loader.require('./x')).toBe('directory')
    expect(refusal(() => loader.require('./x.js'))).toBe('MODULE_NOT_FOUND')
    expect(loader.require('p')).toBe('above')
    loader.dispose()
  })

  describe('a file system that throws in the middle', () => {
    function breaking() {
      const { fs } = memfs({
        '/app/good.js': 'module.exports = "good"',
        '/app/bad.js': 'module.exports = "bad"',
        '/app/uses-bad.js': 'module.exports = require("./bad")',
      })
      const breakage: Record<string, unknown> = {}
      const breakable = new Proxy(fs, {
        get(target, name: keyof typeof fs) {
          const member = target[name]
          if (typeof member !== 'function') return member
          return (path: unknown, ...rest: unknown[]) => {
            if (String(path).includes('bad') && name in breakage) throw breakage[name]
            return Reflect.apply(member as never, target, [path, ...rest])
          }
        },
      })
      return { breakage, loader: createLoader({ fs: breakable as never, cwd: '/app' }) }
    }
    const failure = Object.assign(new Error('the cable is out'), { code: 'EIO' })

    test.each(['lstatSync', 'readFileSync'])(
      'at %s: the same error, and all is well after it',
      (member) => {
        const { breakage, loader } = breaking()
        breakage[member] = failure
        expect(thrownBy(() => loader.require('./bad'))).toBe(failure)
        expect(thrownBy(() => loader.require('./uses-bad'))).toBe(failure)
        expect(Object.keys(loader.cache)).toEqual([])
        expect(loader.require('./good')).toBe('good')
        delete breakage[member]
        expect(loader.require('./bad')).toBe('bad')
        expect(loader.require('./uses-bad')).toBe('bad')
        loader.dispose()
      },
    )

    test('at a write: the error of the guest, and nothing half written', () => {
      const { breakage, loader } = breaking()
      const fs = fsOf(loader)
      breakage.writeFileSync = failure
      expect(thrownBy(() => fs.writeFileSync('bad.js', 'new'))).toBe(failure)
      expect(fs.readFileSync('bad.js', 'utf8')).toBe('module.exports = "bad"')
      breakage.writeFileSync = Object.assign(new Error('full'), {
        code: 'ENOSPC',
        syscall: 'write',
      })
      expect(thrownBy(() => fs.writeFileSync('bad.js', 'new'))).toMatchObject({
        code: 'ENOSPC',
        message: "ENOSPC: no space left on device, open 'bad.js'",
      })
      const descriptor = fs.openSync('good.js', 'r')
      expect(descriptor).toBe(3)
      loader.dispose()
    })
  })
})
