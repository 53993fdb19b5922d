/** TypeScript in QuickJS: by an engine out here, and by one that is bundled with lodger in there. */
import { build } from 'esbuild'
import { loadTranspiler } from 'lodger/transpile'
import { beforeAll, describe, expect, test } from 'vitest'
import { create, engine, prepare } from '../hosts/quickjs/guest.ts'

beforeAll(prepare)

const files = {
  '/app/main.ts': `import { area } from './shapes/square.js'
    import type { Gone } from './gone'
    export default [area(3), typeof require] as Gone[]`,
  '/app/logs.mts': `import { area } from './shapes/square'; console.log(area(3))`,
  '/app/shapes/square.ts':
    'enum Power { two = 2 }; export const area = (side: number): number => side ** Power.two',
  '/app/page.tsx':
    '/** @jsx h */\nconst h = (...all: unknown[]) => all\nexports.page = <p a="b">c</p>',
  '/app/strip.cts': 'module.exports = 1 as number',
  '/app/bad.ts': 'let a = 1\nlet b: = 2',
}

const bad = '/app/bad.ts:2:8: Unexpected token\n\n  1 | let a = 1\n> 2 | let b: = 2\n    |        ^'

describe('an engine outside', () => {
  test.each(['fast', 'typescript'] as const)('%s', async (name) => {
    const { loader, printed } = create(files, { transpile: await loadTranspiler(name) })
    expect(loader.require('/app/page')).toEqual({ page: ['p', { a: 'b' }, 'c'] })
    loader.main('/app/logs')
    expect(printed).toEqual(['stdout 9\n'])
    expect(loader.require('/app/main')).toMatchObject({ default: [9, 'undefined'] })
    loader.dispose()
  })

  test("node's, and its errors", async () => {
    const { loader } = create(files, { transpile: await loadTranspiler('node') })
    expect(loader.require('/app/strip.cts')).toBe(1)
    expect(() => loader.require('/app/shapes/square.ts')).toThrow(
      expect.objectContaining({
        code: 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
        message: 'TypeScript enum is not supported in strip-only mode',
      }),
    )
    loader.dispose()
  })

  test('its errors cross with their place', async () => {
    const { loader } = create(files, { transpile: await loadTranspiler('fast') })
    expect(() => loader.require('/app/bad')).toThrow(
      expect.objectContaining({ name: 'SyntaxError', message: bad }),
    )
    loader.dispose()
  })

  test('one of your own, whatever it throws', () => {
    const transpile = Object.assign(
      (source: string) => {
        // biome-ignore lint/style/useThrowOnlyError: engines do
        if (source === 'null') throw null
        return { code: `module.exports = ${JSON.stringify(`${source}\0`)}` }
      },
      { extensions: ['.own'] },
    )
    const { loader } = create({ '/a.own': 'text\0more', '/b.own': 'null' }, { transpile })
    expect(loader.require('/a')).toBe('text\0more\0')
    expect(() => loader.require('/b')).toThrow('/b.own: ')
    loader.dispose()
  })

  test('none', () => {
    const { loader } = create(files)
    expect(() => loader.require('/app/strip.cts')).toThrow(
      expect.objectContaining({ code: 'ERR_LODGER_TRANSPILE' }),
    )
    loader.dispose()
  })
})

test('an engine inside, bundled with lodger', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { createLoader } from 'lodger'
        import { sucraseTranspiler } from 'lodger/transpile'
        import * as sucrase from 'sucrase'
        globalThis.run = (fs, main) => createLoader({ fs, transpile: sucraseTranspiler(sucrase) }).require(main)`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    format: 'iife',
    write: false,
    // The other engines, which nobody asks for here.
    external: ['typescript', 'amaro'],
  })
  const runtime = engine.newRuntime()
  const context = runtime.newContext()
  const ask = (code: string): unknown => {
    const result = context.unwrapResult(context.evalCode(code))
    const value: unknown = context.dump(result)
    result.dispose()
    return value
  }
  ask(outputFiles[0]?.text ?? '')
  expect(ask(`run(${JSON.stringify(files)}, '/app/main').default`)).toEqual([9, 'undefined'])
  expect(
    ask(`try { run(${JSON.stringify(files)}, '/app/bad') } catch (error) { error.message }`),
  ).toBe(bad)
  context.dispose()
  runtime.dispose()
})
