/** Errors that leave a loader name the source, whatever host it runs on. */

import { createLoader } from 'lodger'
import { createLoader as createCore } from 'lodger/core'
import { createLoader as createOnNode, evaluate } from 'lodger/hosts/node'
import { createLoader as createInVm } from 'lodger/hosts/vm'
import { describe, expect, test } from 'vitest'
import { lodger, tree } from '../cli/commands.ts'
import { inlined, transpiled } from './transpiled.ts'

// Node's own ten frames would hardly reach the host.
Error.stackTraceLimit = 50

const source = `interface A { readonly b: string }
function refuse(a: A): never {
  throw new TypeError('no: ' + a.b)
}
export const run = (): void => refuse({ b: 'c' })
run()
`
const compiled = transpiled(source, 'source.ts')

/** The error's frames, without the host's. */
function thrown(run: () => unknown): Error {
  try {
    run()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

const framesOf = ({ stack = '' }: Error) =>
  stack.split('\n').filter((line) => /^ {4}at .*\/app\//.test(line))

const expected = [
  '    at refuse (/app/src/source.ts:3:9)',
  '    at run (/app/src/source.ts:5:32)',
  '    at Object.<anonymous> (/app/src/source.ts:6:1)',
]

describe.each([
  ['lodger', createLoader],
  ['lodger/hosts/node', createOnNode],
  ['lodger/hosts/vm', createInVm],
])('PH-23 PH-25 stacks that leave %s', (_, create) => {
  const leaving = (fs: Record<string, string>, options: object = {}) =>
    thrown(() => create({ fs, ...options }).require('/app/src/main.js'))

  test('are mapped by an inline map', () => {
    const error = leaving({ '/app/src/main.js': inlined(compiled) })
    expect(framesOf(error)).toEqual(expected)
    expect(error.stack?.split('\n')[0]).toBe('TypeError: no: c')
  })

  test('are mapped by a file beside it, whose sources are relative to where it lies', () => {
    const map = compiled.map.replace('"source.ts"', '"../src/source.ts"')
    const code = `${compiled.code}/*# sourceMappingURL=../maps/main.js.map */`
    const error = leaving({ '/app/src/main.js': code, '/app/maps/main.js.map': map })
    expect(framesOf(error)).toEqual(expected)
  })

  test('are mapped under sourceRoot, with and without a slash', () => {
    for (const sourceRoot of ['/app/src', '/app/src/', '../src', './']) {
      const map = JSON.stringify({ ...JSON.parse(compiled.map), sourceRoot })
      const error = leaving({ '/app/src/main.js': inlined({ ...compiled, map }) })
      expect(framesOf(error)).toEqual(expected)
    }
  })

  test('are mapped by what sourceMapLookup gives, text or object, before any comment', () => {
    const asked: string[] = []
    for (const map of [compiled.map, `)]}'\n${compiled.map}`, JSON.parse(compiled.map)]) {
      const sourceMapLookup = (name: string) => {
        asked.push(name)
        return map
      }
      const code = `${compiled.code}//# sourceMappingURL=wrong.map`
      const error = leaving({ '/app/src/main.js': code }, { sourceMapLookup })
      expect(framesOf(error)).toEqual(expected)
    }
    expect(asked).toEqual(Array(3).fill('/app/src/main.js'))
  })

  test('stay as they are where the map is wrong', () => {
    const plain = framesOf(leaving({ '/app/src/main.js': compiled.code }))
    expect(plain[0]).toMatch(/^ {4}at refuse \(\/app\/src\/main\.js:\d+:\d+\)$/)
    const wrong = [
      '//# sourceMappingURL=absent.map',
      '//# sourceMappingURL=broken.map',
      '//# sourceMappingURL=data:application/json;base64,e30=',
      '//# sourceMappingURL=data:text/plain,{}',
      '//# sourceMappingURL=https://example.com/main.js.map',
      '//# sourceMappingURL=%zz',
    ]
    for (const comment of wrong) {
      const fs = { '/app/src/main.js': compiled.code + comment, '/app/src/broken.map': '{"vers' }
      expect(framesOf(leaving(fs))).toEqual(plain)
    }
    const lookups = [() => 'no JSON', () => null, () => ({}), () => ({ sources: 1, mappings: 2 })]
    const throwing = () => {
      throw new Error('lookup')
    }
    for (const sourceMapLookup of [...lookups, throwing]) {
      const fs = { '/app/src/main.js': compiled.code }
      expect(framesOf(leaving(fs, { sourceMapLookup }))).toEqual(plain)
    }
  })

  test('are mapped by the last comment, wherever it stands, and not by a string', () => {
    const comment = inlined({ ...compiled, code: '' }).trim()
    const last = leaving({ '/app/src/main.js': `//# sourceMappingURL=x.map\n${compiled.code}` })
    expect(framesOf(last)[0]).toContain('/app/src/main.js:')
    const code = `${compiled.code}${comment}\nvoid "it's"; // more`
    expect(framesOf(leaving({ '/app/src/main.js': code }))).toEqual(expected)
    for (const string of [`\`\n${comment}\n// \`;`, `'${comment}';`, `"\\"${comment}";`]) {
      const inString = `${compiled.code.replace('run();', `${string}run();`)}\n// more`
      expect(framesOf(leaving({ '/app/src/main.js': inString }))[0]).toContain('/app/src/main.js:')
    }
  })

  test('of a text that is nothing but such comments', () => {
    const comments = '//# sourceMappingURL=a.map\n//# sourceURL=b.js'
    const fs = { '/app/src/main.js': comments, '/app/src/line.js': `\n${comments}\n\n` }
    const loader = create({ fs })
    expect([loader.require('/app/src/main.js'), loader.require('/app/src/line.js')]).toEqual([
      {},
      {},
    ])
  })

  test('are those of each loader by its own maps', () => {
    const other = transpiled(`\n\n\n${source}`, 'other.ts')
    const fs = (text: string) => ({ '/app/src/main.js': text })
    const inner = create({ fs: fs(inlined(other)) })
    const outer = create({
      fs: { '/app/src/main.js': inlined(compiled).replace('run();', 'globalThis.inner();') },
      globals: { inner: () => inner.require('/app/src/main.js') },
    })
    const [first, second, last] = framesOf(thrown(() => outer.require('/app/src/main.js')))
    expect(first).toBe('    at refuse (/app/src/other.ts:6:9)')
    expect(second).toBe('    at run (/app/src/other.ts:8:32)')
    expect(last).toBe('    at Object.<anonymous> (/app/src/other.ts:9:1)')
  })

  test('are mapped once, though source and text have one name', () => {
    const map = transpiled(source, 'main.js')
    const own = create({
      fs: { '/app/src/main.js': inlined(map), '/app/src/outer.js': 'again()' },
      globals: { again: () => own.require('/app/src/main.js') },
    })
    expect(framesOf(thrown(() => own.require('/app/src/outer.js')))[0]).toBe(
      '    at refuse (/app/src/main.js:3:9)',
    )
  })

  test('of what an error carries are mapped, too', () => {
    const carrying = transpiled(
      `type A = 1\n\nconst cause = new Error('cause')\nthrow new AggregateError([new Error('inner')], 'all', { cause })`,
      'source.ts',
    )
    const error = leaving({ '/app/src/main.js': inlined(carrying) }) as AggregateError
    const first = (each: unknown) => framesOf(each as Error)[0]
    expect(first(error)).toContain('(/app/src/source.ts:4:7)')
    expect(first(error.cause)).toContain('(/app/src/source.ts:3:15)')
    expect(first(error.errors[0])).toContain('(/app/src/source.ts:4:27)')
  })

  test('of frozen errors, and of what is no error, stay', () => {
    const frozen = inlined(
      transpiled(`type A = 1\n\nthrow Object.freeze(new Error('x'))`, 'source.ts'),
    )
    expect(leaving({ '/app/src/main.js': frozen }).message).toBe('x')
    expect(leaving({ '/app/src/main.js': 'throw { stack: 1 }' })).toEqual({ stack: 1 })
  })

  test('keep a message that looks like a frame', () => {
    const code = inlined(
      transpiled(
        `type A = 1\n\n\nthrow new Error('a\\n    at x (/app/src/main.js:1:1)')`,
        'source.ts',
      ),
    )
    const frames = framesOf(leaving({ '/app/src/main.js': code }))
    expect(frames.slice(0, 2)).toEqual([
      '    at x (/app/src/main.js:1:1)',
      '    at Object.<anonymous> (/app/src/source.ts:4:7)',
    ])
  })

  test('of packages are mapped only where the guest has asked', () => {
    const fs = {
      '/app/node_modules/p/index.js': inlined(compiled),
      '/app/src/main.js': 'require("p")',
      '/app/src/all.js':
        'require("module").setSourceMapsSupport(true, { nodeModules: true }); require("p")',
    }
    expect(framesOf(leaving(fs))[0]).toContain('/app/node_modules/p/index.js:')
    const error = thrown(() => create({ fs }).require('/app/src/all.js'))
    expect(framesOf(error)[0]).toContain('(/app/node_modules/p/source.ts:3:9)')
  })

  test('of ES modules are mapped when their promise rejects', async () => {
    const code = inlined(transpiled(`await null\n${source}`, 'source.ts', { format: 'esm' }))
    const fs = {
      '/app/src/main.mjs': code,
      '/app/src/main.cjs': 'module.exports = import("./main.mjs")',
    }
    for (const start of [
      () => create({ fs }).main('/app/src/main.mjs'),
      () => create({ fs }).import('/app/src/main.mjs'),
    ]) {
      const error = await (start() as Promise<object>).then(
        () => undefined,
        (reason) => reason,
      )
      expect(framesOf(error).slice(0, 2)).toEqual([
        '    at refuse (/app/src/source.ts:4:9)',
        '    at run (/app/src/source.ts:6:32)',
      ])
    }
  })

  test('of text that a program compiles itself are mapped by the map in it', () => {
    const fs = {
      '/app/src/main.js': `
        const module_ = new (require('module'))('/app/src/main.js')
        module_._compile(${JSON.stringify(inlined(compiled))}, '/app/src/made.js')`,
    }
    expect(framesOf(leaving(fs)).slice(0, 3)).toEqual(expected)
  })

  test('say what the source is', () => {
    const loader = create({ fs: { '/app/src/main.js': inlined(compiled), '/app/a.js': '1' } })
    thrown(() => loader.require('/app/src/main.js'))
    expect(loader.sourceOf('/app/src/source.ts')).toBe(source)
    expect(loader.sourceOf('file:///app/a.js')).toBe('1')
    expect(loader.sourceOf('/app/absent.ts')).toBeUndefined()
    const map = loader.sourceMapOf('file:///app/src/main.js') as { payload: { sources: string[] } }
    expect(map.payload.sources).toEqual(['file:///app/src/source.ts'])
    expect(loader.sourceMapOf('/app/a.js')).toBeUndefined()
  })
})

test('PH-23 the realm keeps its Error', () => {
  const before = Object.getOwnPropertyDescriptors(Error)
  const fs = { '/app/main.js': inlined(compiled) }
  const loader = createLoader({ fs, execArgv: ['--enable-source-maps'] })
  thrown(() => loader.require('/app/main.js'))
  expect(Object.getOwnPropertyDescriptors(Error)).toEqual(before)
  expect(globalThis.Error).toBe(Error)
  expect(loader.global.Error).not.toBe(Error)
  loader.dispose()
  expect(loader.global.Error).toBe(Error)
})

test('PH-23 errors that nobody catches are mapped as the command tells of them', async () => {
  const code = `type A = 1\n\nsetTimeout(() => { throw new Error('late', { cause: new Error('why') }) }, 1)`
  const cwd = tree({ 'src/main.js': inlined(transpiled(code, 'source.ts')) })
  const { stderr } = await lodger(['run', 'src/main.js'], { cwd })
  expect(stderr).toContain(`${cwd}/src/source.ts:3\nsetTimeout(() => { throw new Error(`)
  expect(stderr).toContain(`${cwd}/src/source.ts:3:26)`)
  expect(stderr).toContain(`${cwd}/src/source.ts:3:53)`)
})

test('lodger/core maps nothing and refuses the options', () => {
  const fs = { '/app/src/main.js': inlined(compiled) }
  const loader = createCore({ fs }, { evaluate })
  const error = thrown(() => loader.require('/app/src/main.js'))
  expect(framesOf(error)[0]).toMatch(/\/app\/src\/main\.js:\d+:9\)$/)
  expect(loader.mapStack('    at a (/app/src/main.js:1:1)')).toContain('main.js:1:1')
  expect(loader.sourceMapOf('/app/src/main.js')).toBeUndefined()
  expect(() => createCore({ fs, codeFrames: true }, { evaluate })).toThrow(
    /'codeFrames' needs lodger/,
  )
})

test.each([
  [{ sourceMapLookup: 'x' }, /"options\.sourceMapLookup" property must be of type function/],
  [{ codeFrames: 1 }, /"options\.codeFrames" property must be of type boolean/],
])('%o is refused', (options, message) => {
  expect(() => createLoader(options as object)).toThrow(message)
})
