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

test('an ES module can be required', () => {
  const { loader } = create(files)
  expect(loader.require('/plain.mjs')).toMatchObject({ x: 1, __esModule: true })
})
