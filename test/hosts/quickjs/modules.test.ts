import { beforeAll, expect, test } from 'vitest'
import { create, prepare } from './guest.ts'

beforeAll(prepare)

const files = {
  '/main.mjs': `import { a } from './a.cjs'; import * as b from './b.mjs'; import { count, inc } from './b.mjs'
    inc()
    console.log(a, count, b, import.meta.main, this); export const q = await Promise.resolve(5); console.log(q)`,
  '/a.cjs': 'exports.a = 1',
  '/b.mjs': 'export let count = 1; export const inc = () => { count++ }',
  '/bad.mjs': 'import { nope } from "./b.mjs"',
  '/throws.mjs': 'await 1; throw new TypeError("late")',
  '/plain.mjs': 'export const x = 1; export default class {}',
}

test('an ES module runs as main, and imports CommonJS', () => {
  const { loader, printed } = create(files)
  expect(loader.main('/main.mjs')).toBeUndefined()
  expect(printed.join('')).toBe(
    'stdout 1 2 [Module: null prototype] { count: 2, inc: [Function: inc] } true undefined\nstdout 5\n',
  )
})

test('what goes wrong in it is thrown, also behind an await', () => {
  const { loader } = create(files)
  const message = "The requested module './b.mjs' does not provide an export named 'nope'"
  expect(() => loader.main('/bad.mjs')).toThrow(message)
  expect(() => loader.main('/throws.mjs')).toThrow('late')
})

test('WebAssembly, which the engine does not have, is told to be lacking', () => {
  const { loader } = create({ '/main.mjs': 'import "./a.wasm"', '/a.wasm': '\0asm\x01\0\0\0' })
  const message =
    "/a.wasm needs a power that host 'quickjs' does not have. Its realm has no WebAssembly"
  expect(() => loader.main('/main.mjs')).toThrow(message)
})

test('an ES module can be required', () => {
  const { loader } = create(files)
  expect(loader.require('/plain.mjs')).toMatchObject({ x: 1, __esModule: true })
})

test('a text whose kind nobody has said is told by its syntax', () => {
  const texts = [
    'import "./plain.mjs"',
    'import { x } from "./plain.mjs"',
    'export const a = 1',
    'await 1',
    'for await (const a of []);',
    'const require = 1',
    'import.meta.url',
    'module.exports = 1',
    'const { a b }',
    'if (1 {}',
  ]
  const { loader } = create({
    ...files,
    ...Object.fromEntries(texts.map((text, index) => [`/${index}.js`, text])),
    '/look.mjs': `const kinds = []
      for (let index = 0; index < ${texts.length}; index++) {
        try { kinds.push('module.exports' in (await import('/' + index + '.js')) ? 'commonjs' : 'module') } catch ({ name }) { kinds.push(name) }
      }
      globalThis.kinds = kinds`,
    '/kinds.js': 'module.exports = globalThis.kinds',
  })
  loader.main('/look.mjs')
  const modules = Array.from({ length: 7 }, () => 'module')
  expect(loader.require('/kinds.js')).toEqual([
    ...modules,
    'commonjs',
    'SyntaxError',
    'SyntaxError',
  ])
})
