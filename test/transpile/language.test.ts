/** All of TypeScript, and JSX, by the two engines that rewrite it: what both do alike, and what only the one can. */
import { createLoader } from 'lodger'
import { describe, expect, test } from 'vitest'

type Files = Readonly<Record<string, string>>

const h = `const h = (type: unknown, props: unknown, ...children: unknown[]) => [type, props, children]\n`

const config = (compilerOptions: object): string => JSON.stringify({ compilerOptions })

describe.each(['typescript', 'fast'] as const)('%s', (transpile) => {
  const load = (fs: Files) => createLoader({ fs, transpile, cwd: '/app' })
  const run = (source: string, file = 'main.cts', fs: Files = {}) =>
    load({ ...fs, [`/app/${file}`]: source }).require(`./${file}`)

  test('enums, parameter properties, assertions, satisfies, overloads, abstract classes', () => {
    const source = `
      enum Color { Red, Green = 'green', Blue = 4 }
      const enum Size { Small = 1 }
      declare namespace Typed { const gone: number }
      function over(a: string): string; function over(a: number): number; function over(a: any) { return a }
      abstract class Base { abstract name: string; constructor(protected readonly size: number) {} }
      class Square extends Base { name = 'square'; constructor() { super(4) } get area() { return this.size ** 2 } }
      let definite!: number
      exports.all = [Color[0], Color.Green, Color.Blue, Size.Small, over(1), new Square().area, <number>5, 6 as unknown as string, { a: 1 } satisfies object, definite]`
    expect(run(source)).toEqual({
      all: ['Red', 'green', 4, 1, 1, 16, 5, 6, { a: 1 }, undefined],
    })
  })

  test('a CommonJS file that imports and exports gets what Babel and TypeScript call interop', () => {
    const source = `
      import plain, { join } from './plain.cjs'; import * as all from './plain.cjs'; import fs = require('node:fs')
      import { type Only, value } from './typed.cts'
      export const join_ = join; export default plain; export * from './typed.cts'
      export const rest: unknown[] = [all.join, typeof fs.readFileSync, value, typeof require, typeof module]
      export const later = import('./late.mjs')`
    const fs = {
      '/app/plain.cjs': 'exports.join = 1',
      '/app/typed.cts': 'export type Only = string; export const value: Only = "v"',
      '/app/late.mjs': 'export default 1',
    }
    const exports = run(source, 'main.cts', fs) as Record<string, unknown>
    expect(exports.__esModule).toBe(true)
    expect({ ...exports, later: undefined }).toEqual({
      ...{ join_: 1, default: { join: 1 }, value: 'v', later: undefined },
      rest: [1, 'function', 'v', 'object', 'object'].map((each, index) =>
        index === 3 ? 'function' : each,
      ),
    })
    expect(exports.later).toBeInstanceOf(Promise)
  })

  test('export = is module.exports, and import = is require', () => {
    expect(run('class A { static one = 1 }; export = A')).toHaveProperty('one', 1)
    const source = `import path = require('node:path'); export = [path.sep, typeof require]`
    for (const file of ['main.cts', 'main.ts']) expect(run(source, file)).toEqual(['/', 'function'])
  })

  test('top-level await makes a module of a file that says nothing else', async () => {
    const loader = load({
      '/app/main.ts': 'const a: number = await 1; globalThis.seen = [a, typeof require]',
    })
    await loader.main('main')
    expect(loader.global.seen).toEqual([1, 'undefined'])
  })

  test('a module stays one: live bindings, import.meta, top-level await, no require', async () => {
    const loader = load({
      '/app/package.json': '{"type":"module"}',
      '/app/main.ts': `import { count, add } from './count.js'; import type { Gone } from './gone.js'
        add(); await null; export default [count, typeof require, import.meta.filename] as Gone[]`,
      '/app/count.ts': 'export let count: number = 0; export const add = (): void => { count++ }',
    })
    const { default: result } = (await loader.main('main')) as { default: unknown }
    expect(result).toEqual([1, 'undefined', '/app/main.ts'])
  })

  test('imports of nothing but types are gone, with them their files', () => {
    const source = `import { A } from './nowhere'; import type B from './nowhere'; const a: A | B = 1; exports.a = a`
    expect(run(source)).toMatchObject({ a: 1 })
  })

  test('a file with a form of CommonJS that only TypeScript has is CommonJS', async () => {
    const files = {
      '/app/a.ts': `import { sep } from 'path'\nimport b = require('./b')\nexport = [sep, b, typeof module]`,
      '/app/b.ts': `const text: string = 'b'\nexport = text`,
    }
    expect(await load(files).import('./a.ts')).toMatchObject({ default: ['/', 'b', 'object'] })
    expect(run(`import b = require('./b')\nexports.all = [b]`, 'main.ts', files)).toEqual({
      all: ['b'],
    })
  })

  test('names that a CommonJS file passes on from others can be imported', async () => {
    const loader = load({
      '/app/a.cts': `// first\nexport { x as y, z as default } from './b.cjs'; export * from './c.cjs'; export * from './b.cjs' // last`,
      '/app/b.cjs': 'exports.x = 1; exports.z = 2',
      '/app/c.cjs': 'exports.c = 3',
      '/app/main.mts': `import { y, c, x } from './a.cts'; export default [y, c, x]`,
    })
    expect(await loader.import('./main.mts')).toMatchObject({ default: [1, 3, 1] })
  })

  test('a file that imports nothing but types is no module to node', () => {
    const source = `import type { A } from './nowhere'; const a: A = 1; module.exports = [a, typeof require]`
    expect(run(source, 'main.ts')).toEqual([1, 'function'])
  })

  test('JSX by React.createElement, by names of tsconfig.json, and by those of a comment', () => {
    const React = `const React = { createElement: (...all: unknown[]) => all, Fragment: 'f' }\n`
    expect(run(`${React}module.exports = <a b="1">{2}<></></a>`, 'main.tsx')).toEqual([
      ...['a', { b: '1' }, 2, ['f', null]],
    ])
    const fs = { '/app/tsconfig.json': config({ jsxFactory: 'h', jsxFragmentFactory: 'F' }) }
    const own = `${h}const F = 'own'; module.exports = <><b/></>`
    expect(run(own, 'main.tsx', fs)).toEqual(['own', null, [['b', null, []]]])
    expect(run(`/** @jsx h */ ${h}module.exports = <b/>`, 'main.tsx')).toEqual(['b', null, []])
  })

  test('JSX by a runtime that is required, or imported', async () => {
    const fs = {
      '/app/tsconfig.json': config({ jsx: 'react-jsx', jsxImportSource: 'own' }),
      '/app/node_modules/own/package.json': '{"exports":{"./jsx-runtime":"./jsx-runtime.js"}}',
      '/app/node_modules/own/jsx-runtime.js': 'exports.jsx = (type, props) => [type, props]',
      '/app/page.tsx': 'export default <i a={1 as number} />',
    }
    expect(run('exports.default = <i a={1} />', 'main.jsx', fs)).toEqual({
      default: ['i', { a: 1 }],
    })
    const { default: page } = (await load(fs).import('./page.tsx')) as { default: unknown }
    expect(page).toEqual(['i', { a: 1 }])
  })

  test('fields of classes are defined, or set where tsconfig.json says so or means it', () => {
    const source = `class A { set x(v: number) { (this as any).seen = v } }; class B extends A { x: any = 1 }
      module.exports = Object.keys(new B())`
    expect(run(source)).toEqual(['x'])
    for (const options of [{ useDefineForClassFields: false }, { target: 'ES2020' }]) {
      expect(run(source, 'main.cts', { '/app/tsconfig.json': config(options) })).toEqual(['seen'])
    }
  })

  test('a text that cannot be taken never runs: a SyntaxError with the place and the lines around it', () => {
    const lines = [
      'globalThis.ran = 1',
      'const b = 2',
      'const c: = 3',
      'const d = 4',
      'const e = 5',
      'f',
    ]
    const loader = load({ '/app/bad.ts': lines.join('\n') })
    let error: (SyntaxError & { code?: string }) | undefined
    try {
      loader.require('./bad')
    } catch (thrown) {
      error = thrown as SyntaxError
    }
    expect(error).toBeInstanceOf(SyntaxError)
    expect(error?.code).toBe('ERR_INVALID_TYPESCRIPT_SYNTAX')
    const [head, ...frame] = error?.message.split('\n') ?? []
    expect(head).toMatch(/^\/app\/bad\.ts:3:10: \w/)
    expect(frame.join('\n')).toBe(`
  1 | globalThis.ran = 1
  2 | const b = 2
> 3 | const c: = 3
    |          ^
  4 | const d = 4
  5 | const e = 5`)
    expect(loader.global.ran).toBeUndefined()
    expect(loader.cache).toEqual({})
  })

  test('an ES module that cannot be taken rejects alike, and again', async () => {
    const loader = load({
      '/app/a.mjs': 'import "./bad.tsx"',
      '/app/bad.tsx': 'export const a = <b>',
    })
    for (const _ of [1, 2]) {
      await expect(loader.import('./a.mjs')).rejects.toThrow(/^\/app\/bad\.tsx:1:\d+: /)
    }
  })

  test('process.features.typescript says so, and its children run such files, too', () => {
    const fs = {
      '/app/main.cts': `import { execFileSync } from 'node:child_process'
        export default [process.features.typescript, String(execFileSync(process.execPath, ['./child.ts']))]`,
      '/app/child.ts': 'enum A { b = 7 }; console.log(A.b)',
    }
    expect(load(fs).main('main')).toMatchObject({ default: ['transform', '7\n'] })
  })
})

describe('only typescript', () => {
  const namespaces = `namespace Types { export interface A {} }
    /* namespace Comment { const a = 1 } */ const text = \`
    namespace Text { const a }\`
    namespace Shapes { export const sides = 3; export namespace Inner { export const deep = sides + 1 } }
    module.exports = [Shapes.sides, Shapes.Inner.deep, text.trim()]`

  test('namespaces; the fast one says that it has none', () => {
    expect(run(namespaces)).toEqual([3, 4, 'namespace Text { const a }'])
    const fast = createLoader({ fs: { '/app/main.cts': namespaces }, transpile: 'fast' })
    expect(() => fast.require('/app/main.cts')).toThrow(
      "/app/main.cts:4:5: transpile 'fast' knows no namespaces: take 'typescript' for them",
    )
    const typed = namespaces.replace(
      /namespace Shapes.*/,
      'const Shapes = { sides: 1, Inner: { deep: 2 } }',
    )
    const loader = createLoader({ fs: { '/app/main.cts': typed }, transpile: 'fast' })
    expect(loader.require('/app/main.cts')).toEqual([1, 2, 'namespace Text { const a }'])
  })

  const run = (source: string, compilerOptions = {}) =>
    createLoader({
      fs: { '/app/main.cts': source, '/app/tsconfig.json': config(compilerOptions) },
      transpile: 'typescript',
    }).require('/app/main.cts')

  test('decorators of the standard', () => {
    const source = `const twice = (run: any, context: any) => function (this: any) { return [context.name, run.call(this), run.call(this)] }
      class A { n = 0; @twice add() { return ++this.n } }
      module.exports = new A().add()`
    expect(run(source)).toEqual(['add', 1, 2])
  })

  test('decorators as they were, with the types of what they stand at', () => {
    const source = `const seen: unknown[] = []; (Reflect as any).metadata = (key: string, value: any) => () => void seen.push([key, value.name ?? value.map((each: any) => each.name)])
      const mark = (...args: any[]): void => void seen.push(args.length)
      class Dep {} class A { @mark dep: Dep; constructor(@mark a: string) {} @mark run(b: number): boolean { return true } }
      module.exports = seen`
    expect(run(source, { experimentalDecorators: true, emitDecoratorMetadata: true })).toEqual([
      ['design:type', 'Dep'],
      3,
      ['design:returntype', 'Boolean'],
      ['design:paramtypes', ['Number']],
      ['design:type', 'Function'],
      3,
      ['design:paramtypes', ['String']],
      3,
    ])
  })

  test('using', () => {
    const source = `const log: string[] = []; { using a = { [Symbol.dispose ?? Symbol.for('dispose')]() { log.push('gone') } } as any; log.push('here') } module.exports = log`
    expect(run(source)).toEqual(['here', 'gone'])
  })
})
