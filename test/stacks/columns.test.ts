/** Columns of ES modules, whose texts lodger changes before they run: everything is where node has it. */
import { endsAsWithNode } from '../cli/cases.ts'

endsAsWithNode('X15 columns of an ES module', [
  {
    name: 'behind imports that are called, in a line of several',
    files: {
      'main.mjs': `import './a.mjs'`,
      'a.mjs': `import { count, up, tag } from './b.mjs'
export default () => { const a = count; const b = [count, count], c = { count }; throw new Error('x' + a + b + c) }
up (); tag\`x\``,
      'b.mjs': `import run from './a.mjs'; export let count = 1; export let tag = () => {}
export let up = () => { up = up; tag = tag; count++; run() }`,
    },
    words: ['main.mjs'],
    code: 1,
    shows: 'at default (file://<dir>/a.mjs:2:88)',
  },
  {
    name: 'of the call of an import, in the same line',
    files: {
      'main.mjs': `import './a.mjs'`,
      'a.mjs': `import { up } from './b.mjs'; export const noted = () => up; (() => up())()`,
      'b.mjs': `import { noted } from './a.mjs'; export let up = () => { up = noted; null.x }`,
    },
    words: ['main.mjs'],
    code: 1,
    shows: 'a.mjs:1:69',
  },
  {
    name: 'behind a default export without a name',
    files: {
      'main.mjs': `import F from './f.mjs'\nF.x()`,
      'f.mjs': `export default class { static x() { throw new Error('x') } }`,
    },
    words: ['main.mjs'],
    code: 1,
    shows: 'f.mjs:1:43',
  },
  {
    name: 'behind a default export on lines of its own',
    files: {
      'main.mjs': `import f from './f.mjs'\nf()`,
      'f.mjs': `/* é */ export\n  default () => { throw new Error('x') }; export const more = 1`,
    },
    words: ['main.mjs'],
    code: 1,
    shows: 'f.mjs:2:25',
  },
  {
    name: 'behind a default function without a name, and an exported one behind it',
    files: {
      'main.mjs': `import f, { g } from './f.mjs'\ntry { f() } catch { g() }`,
      'f.mjs': `export default function () { throw 1 }; export function g() { throw new Error('x') }`,
    },
    words: ['main.mjs'],
    code: 1,
    shows: 'at g (file://<dir>/f.mjs:1:69)',
  },
  {
    name: 'where import() is another name',
    files: {
      'main.cjs': `void import('./f.mjs').then(({ f }) => f()); const later = () => import('./f.mjs')`,
      'f.mjs': `export const here = import.meta; export const f = () => { import.meta.x; throw new Error('x') }`,
    },
    words: ['main.cjs'],
    code: 1,
    shows: 'at f (file://<dir>/f.mjs:1:80)',
  },
])
