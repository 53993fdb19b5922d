/** ES modules as main programs of `lodger run`, beside `node`. */
import { expect, test } from 'vitest'
import { endsAsWithNode } from './cases.ts'
import { lodger, node, tree } from './commands.ts'

endsAsWithNode('an ES module ends as with node', [
  {
    name: 'X6 a main that is an ES module: import.meta, this, no CommonJS names, namespaces as node prints them',
    files: {
      'main.mjs': `import * as ns from './b.mjs'
        import { createRequire } from 'node:module'
        const require = createRequire(import.meta.url)
        console.log(ns, Object.keys(import.meta), import.meta.main, ns.main, import.meta.resolve('fs'), require.main, Object.keys(require.cache).length)
        console.log(typeof require, typeof module, typeof arguments, this, process.argv.length, await 5)`,
      'b.mjs':
        'export const main = import.meta.main; export default class {}; export let later = () => await0; const await0 = 1',
    },
    words: ['main.mjs'],
    code: 0,
    shows: '[Module: null prototype]',
  },
  {
    name: 'X6 a .js main below "type": "module"',
    files: { 'package.json': '{"type":"module"}', 'main.js': 'console.log(import.meta.filename)' },
    code: 0,
    shows: 'main.js',
  },
  {
    name: 'an ES module that throws: stack and place',
    files: {
      'main.mjs': `import { f } from './b.mjs'\nconst g = () => f()\ng()`,
      'b.mjs': 'export function f() {\n  throw new Error("boom")\n}',
    },
    words: ['main.mjs'],
    code: 1,
    shows: 'throw new Error("boom")',
  },
  {
    name: 'an ES module that stops being JavaScript',
    files: { 'main.mjs': 'import "fs"\nconst a = b c' },
    words: ['main.mjs'],
    code: 1,
    shows: "            ^\n\nSyntaxError: Unexpected identifier 'c'",
  },
  {
    name: 'an ES module that throws is an uncaught exception, and no unhandled rejection',
    files: {
      'main.mjs':
        "process.on('uncaughtException', (e, origin) => console.log(e.message, origin)); process.on('unhandledRejection', () => console.log('no')); throw new Error('x')",
    },
    words: ['main.mjs'],
    code: 0,
    shows: 'x unhandledRejection',
  },
])

test.each([
  ['13', ''],
  ['what it has set', 'process.exitCode = 4; '],
])('a program that awaits what never comes ends with %s, as with node', async (_, before) => {
  const cwd = tree({
    'main.mjs': `${before}process.on('exit', (code) => console.log(code)); await new Promise(() => {})`,
  })
  const [ours, theirs] = await Promise.all([
    lodger(['run', 'main.mjs'], { cwd }),
    node(['main.mjs'], { cwd }),
  ])
  expect([ours.code, ours.stdout]).toEqual([theirs.code, theirs.stdout])
  const warns = ({ stderr }: { stderr: string }) =>
    stderr.includes('Detected unsettled top-level await')
  expect(warns(ours)).toBe(warns(theirs))
})
