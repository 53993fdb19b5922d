import { runInThisContext } from 'node:vm'
import { createLoader } from 'lodger'
import { createLoader as createCore, type Evaluate } from 'lodger/core'
import { expect, test } from 'vitest'

const evaluate: Evaluate = ({ prefix, source, suffix }) =>
  runInThisContext(prefix + source + suffix)

const run = (source: string) => createLoader({ fs: { '/app/a.js': source } }).main('/app/a.js')

test("import() gives the guest's modules and never reaches the host", async () => {
  const loader = createLoader({
    fs: { '/app/a.js': 'module.exports = () => import("node:fs")' },
  })
  const importing = loader.main('/app/a.js') as () => Promise<{ default: unknown }>
  expect((await importing()).default).toBe(loader.fs)
})

test('loader.import gives namespaces to the host, seen from the cwd or a file', async () => {
  const loader = createLoader({
    fs: {
      '/app/a.mjs': 'export const main = import.meta.main; export { b } from "./b.cjs"',
      '/app/b.cjs': 'exports.b = 2',
      '/app/sub/c.mjs': 'export default await 3',
    },
    cwd: '/app',
  })
  expect({ ...(await loader.import('./a.mjs')) }).toEqual({ main: false, b: 2 })
  expect(await loader.import('./c.mjs', '/app/sub/c.mjs')).toHaveProperty('default', 3)
  expect(await loader.import('./a.mjs')).toBe(await loader.import('/app/a.mjs'))
  await expect(loader.import('./none.mjs')).rejects.toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' })
  loader.dispose()
  expect(() => loader.import('./a.mjs')).toThrow('disposed')
})

test('a cycle that could not be found whole is found again, where node fails for good', async () => {
  const loader = createLoader({
    fs: {
      '/a.mjs': `import { b } from './b.mjs'; import { late } from './late.mjs'; export const a = () => late; export { b }`,
      '/b.mjs': `import { a } from './a.mjs'; export const b = () => a()`,
    },
  })
  expect(() => loader.require('/a.mjs')).toThrow('late.mjs')
  loader.fs.writeFileSync('/late.mjs', 'export const late = 5')
  const { b } = (await loader.import('/b.mjs')) as { b(): unknown }
  expect(b()).toBe(5)
})

test('import() is refused in lodger/core, which has no ES modules', async () => {
  const loader = createCore(
    { fs: { '/app/a.js': 'module.exports = import("node:fs")' } },
    { evaluate },
  )
  await expect(loader.main('/app/a.js')).rejects.toMatchObject({
    code: 'ERR_LODGER_DYNAMIC_IMPORT',
    message: expect.stringContaining("import('node:fs') in /app/a.js"),
  })
})

test.each([
  ['with space and comments', 'module.exports = import /* here */ ("x")'],
  ['over two lines', 'module.exports = import\n("x")'],
  ['in a template', 'let p; `$'.concat('{(p = import("x")) && ""}`; module.exports = p')],
  [
    'behind a regular expression',
    'const r = /import("x")\\/[/]/.test(""); module.exports = import("x")',
  ],
  ['behind a division', 'const a = 4, g = 2; const r = a / 2 / g; module.exports = import("x")'],
  [
    'behind a string that looks like one',
    'const s = "import(1)"; if (s.length !== 9) throw s; module.exports = import("x")',
  ],
  ['behind if (…) /re/', 'if (1) /import["]/.test(""); module.exports = import("x")'],
])('import() is found %s', async (_, source) => {
  await expect(run(source)).rejects.toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' })
})

test('import() is found where Module.wrap was changed', async () => {
  const source = `
    const { Module } = module.constructor
    Module.wrap = (text) => '(function (exports, require, module) { ' + text + '\\n})'
    require('./wrapped')
    module.exports = require('./wrapped')`
  const loader = createLoader({
    fs: { '/app/a.js': source, '/app/wrapped.js': 'module.exports = import("x")' },
  })
  await expect(loader.main('/app/a.js')).rejects.toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' })
})

test('what only looks like import() is left alone', () => {
  const source = `
    // import("comment")
    /* import("comment") */
    const object = { import(x) { return 'method ' + x }, get: 1 }
    class A { import(x) { return x } static async import(x) { return x } }
    const text = 'import("string")' + "import('string')" + \`import("template")\`
    const pattern = /import("re")/
    module.exports = [object.import('called'), object?.import('optional'), new A().import(1), text, pattern.source]
    if (0) import("real")`
  expect(run(source)).toEqual([
    'method called',
    'method optional',
    1,
    'import("string")import(\'string\')import("template")',
    'import("re")',
  ])
})
