import { oracle } from '../oracle/suite.ts'

const a = `export let count = 0
  export const inc = () => { count++ }
  export default () => 'default'
  export class Cls { v = 7 }`

/** What a program can see of a namespace. */
const look = `const look = (ns) => [Object.keys(ns), Object.prototype.toString.call(ns), Object.getPrototypeOf(ns), Object.isExtensible(ns),
  Object.isSealed(ns), Reflect.ownKeys(ns).map(String), Object.getOwnPropertyDescriptor(ns, Object.keys(ns)[0])]`

oracle('ES modules', [
  {
    name: 'X8 a module that rejects: those who import it hear of it before those who import what waits for it',
    tree: {
      'shared.mjs': `export let fail, begun = [], when = (name) => new Promise((resolve) => { begun[name] = resolve })
        export const failing = new Promise((_, reject) => { fail = reject })`,
      'a.mjs': `import './a-begins.mjs'; import './b.mjs'`,
      'a-begins.mjs': `import { begun } from './shared.mjs'; begun.a()`,
      'b.mjs': `import './b-begins.mjs'; import { failing } from './shared.mjs'; await failing`,
      'b-begins.mjs': `import { begun } from './shared.mjs'; begun.b()`,
    },
    program: `module.exports = (async () => {
      const { fail, when } = await import('./shared.mjs')
      const said = []
      const say = (name) => (error) => said.push([name, error.message])
      const [a, b] = [when('a'), when('b')]
      const both = [b.then(() => import('./a.mjs')).catch(say('a')), import('./b.mjs').catch(say('b'))]
      await Promise.all([a, b])
      fail(new Error('failed'))
      await Promise.all(both)
      return said
    })()`,
    shows: '[["b","failed"],["a","failed"]]',
  },
  {
    name: 'X7 a program that changes how arrays become text imports all the same',
    tree: {
      'a.mjs': `import { b, c } from './b.mjs'; export const d = [b, c], e = 1`,
      'b.mjs': `export const b = 1, c = 2`,
    },
    program: `const { toString } = Array.prototype
      Array.prototype.toString = () => 'changed'
      try { module.exports = { ...require('./a.mjs') } } finally { Array.prototype.toString = toString }`,
    shows: '"d":[1,2]',
  },
  {
    name: 'X8 names declared twice, import.meta assigned to, statements that run on: which error, before others are looked for',
    tree: Object.fromEntries(
      [
        ...[
          'function x() {} function x() {}',
          'var f; function f() {}',
          'export const a = 1; export function a() {}',
        ],
        ...[
          "import { x, y as x } from 'none'",
          "import 'none'; let a; let a",
          "import { x } from './ok.mjs'; var x",
        ],
        ...[
          'export {} null',
          "import './ok.mjs' null",
          '/* a */ export {} /* \n */ null',
          'export { a }; export { a }; var a',
        ],
        ...[
          'import.meta = 1',
          '[import.meta] = []',
          'import.meta++',
          'for (import.meta of null);',
          'export { zz }',
        ],
        ...[
          'import.meta\n.x',
          'export default import.meta',
          '{ function a() {} { function a() {} } }',
        ],
      ].map((text, index) => [`m${index}.mjs`, text]),
    ),
    program: `module.exports = (async () => {
      const said = []
      for (let index = 0; index < 18; index++) {
        said.push(await import('./m' + index + '.mjs').then(() => 'fine', ({ name, code, message }) => [name, code, message]))
      }
      return said
    })()`,
    shows: [
      "Identifier 'x' has already been declared",
      'Invalid left-hand side in assignment',
      'fine',
    ],
  },
  {
    name: 'X7 names of a module that look like what the loader needs',
    tree: {
      'a.mjs': `const $ = 1, $$ = 2, $declare = 3, $imports = 4, $start = 5, exports = 6, require = 7, module = 8
        export { $, $$, $declare, $imports, $start, exports, require, module }`,
      'b.mjs': `import * as a from './a.mjs'; import { $, $imports, require } from './a.mjs'
        export default [{ ...a }, $, $imports, require, typeof import.meta.url, typeof import('./a.mjs').then]`,
    },
    program: `module.exports = require('./b.mjs').default`,
  },
  {
    name: 'X7 require gives a namespace: keys, tag, prototype, descriptors, live bindings, the same object each time',
    tree: { 'a.mjs': a.replace('export default', 'export const def =') },
    program: `${look}
      const ns = require('./a.mjs')
      ns.inc()
      module.exports = [look(ns), ns.count, require('./a.mjs') === ns, new ns.Cls().v, delete ns.nothing, attempt(() => { 'use strict'; delete ns.count }).error,
        Reflect.set(ns, 'count', 5), Reflect.defineProperty(ns, 'count', { value: 1 }), Reflect.defineProperty(ns, 'count', { value: 2 }), 'inc' in ns, Reflect.setPrototypeOf(ns, null), Reflect.setPrototypeOf(ns, {})]`,
    shows: '[object Module]',
  },
  {
    name: 'X7 live bindings that a text does not say plainly: read by name, by namespace, passed on, in a cycle, by require',
    tree: {
      'a.mjs': `export let n = 0, m = 0, still = 0; export const next = () => { [n] = [n + 1]; ({ m } = { m: m + 2 }) }
        export function own() { let still = 5; still++; return still } still = 1`,
      'all.mjs': `export * from './a.mjs'; export { n as renamed } from './a.mjs'`,
      'b.mjs': `import { n, still, next } from './a.mjs'; import * as ns from './a.mjs'; import { m, renamed } from './all.mjs'
        const seen = []; const look = () => seen.push([n, ns.n, m, renamed, still])
        look(); next(); look(); next(); look(); export default seen`,
      'c.mjs': `import { d, change } from './d.mjs'; export let c = 1; export const grow = () => { [c] = [c + 1] }; change(); export default [c, d]`,
      'd.mjs': `import { c, grow } from './c.mjs'; export let d = 1; export const change = () => { grow(); ({ d } = { d: c * 10 }) }`,
    },
    program: `const a = require('./a.mjs')
      const before = a.n
      module.exports = [require('./b.mjs').default, before, a.n, a.own(), require('./c.mjs').default]`,
    shows: '[2,2,4,2,1]',
  },
  {
    name: 'X7 a default export makes a facade with __esModule, the same each time; with __esModule of its own it is the namespace',
    tree: {
      'a.mjs': a,
      'b.mjs': 'export default 1; export const __esModule = false',
      'c.mjs': 'export default 1; export const __esModule = true; export const x = 2',
    },
    program: `${look}
      const ns = require('./a.mjs')
      ns.inc()
      module.exports = [look(ns), ns.count, ns.__esModule, ns === require('./a.mjs'), require('./b.mjs'), require('./c.mjs'), Object.keys(require.cache).length, require.cache[require.resolve('./a.mjs')].exports === ns]`,
    shows: '__esModule',
  },
  {
    name: "X7 an export named 'module.exports' is what require gives",
    tree: {
      'a.mjs': `const f = () => 1; f.x = 2; export { f as 'module.exports', f as default }`,
      'b.mjs': `export default 5; const u = undefined; export { u as 'module.exports' }`,
    },
    program: `module.exports = [typeof require('./a.mjs'), require('./a.mjs').x, require('./b.mjs')]`,
  },
  {
    name: 'X7 which error comes first: texts are read whole before what they ask for is looked for',
    tree: {
      'late.mjs': `import './none.mjs'; const a = `,
      'name.mjs': `import { nope } from './bad.mjs'`,
      'bad.mjs': `export const x = 1; return`,
      'deep.mjs': `import './bad.mjs'; import { nope } from './ok.mjs'`,
      'ok.mjs': `globalThis.ran = true; export const y = 1`,
      'run.mjs': `import './ok.mjs'; import './bad.mjs'`,
      'twice.mjs': `const a = 1; export { a }; export { a }`,
      'undeclared.mjs': `export { nothing }`,
      'strict.mjs': `export const a = 010`,
      'names.mjs': `import { y } from './ok.mjs'; let y = 2`,
    },
    program: `module.exports = [['late', 'name', 'deep', 'run', 'twice', 'undeclared', 'strict', 'names'].map((name) => {
        const { error } = attempt(() => require('./' + name + '.mjs')); return error.error ?? error }), globalThis.ran]`,
  },
  {
    name: 'X7 a module that could not be read is read again',
    tree: { 'a.mjs': 'export const', 'b.mjs': `export { a } from './a.mjs'` },
    program: `const fs = require('fs')
      const first = attempt(() => require('./b.mjs'))
      fs.writeFileSync(__dirname + '/a.mjs', 'export const a = 5')
      module.exports = [first.error !== undefined, attempt(() => require('./b.mjs').a)]`,
  },
  {
    name: 'X7 bindings that change later in every way that there is',
    tree: {
      'a.mjs': `export let n = 0, o = 0, p = 0, q = 0, r = 0; export var s = 0; export function f() { return 1 } export class C {}
        export const go = () => { n++; [o] = [1]; ({ p } = { p: 1 }); (q) = 1; for (r of [1, 2]); f = () => 2; C = 3 }
        export const short = () => (s += 1)
        export default f`,
      'b.mjs': `import def, { n, o, p, q, r, s, f, C, go, short } from './a.mjs'
        const look = () => [n, o, p, q, r, s, f(), typeof C, def()]
        const before = look(); go(); short()
        export default [before, look()]`,
    },
    program: `module.exports = require('./b.mjs').default`,
  },
  {
    name: 'X8 require of a graph with top-level await: code, text, require stack, each time; import() of it succeeds',
    tree: {
      'tla.mjs': 'export const v = await 1',
      'top.mjs': `export { v } from './tla.mjs'`,
      'mid.cjs': `require('./top.mjs')`,
    },
    program: `module.exports = (async () => [attempt(() => require('./top.mjs')), attempt(() => require('./mid.cjs')), attempt(() => require('./top.mjs')), (await import('./top.mjs')).v, attempt(() => require('./top.mjs')).code])()`,
    shows: 'ERR_REQUIRE_ASYNC_MODULE',
  },
  {
    name: 'X9 cycles of require and import are refused, whoever begins',
    tree: {
      'y1.mjs': `import './y2.cjs'`,
      'y2.cjs': `require('./y1.mjs')`,
      'z1.cjs': `require('./z2.mjs')`,
      'z2.mjs': `import './z1.cjs'`,
      'w1.mjs': `import './w2.cjs'`,
      'w2.cjs': `require('./w3.mjs')`,
      'w3.mjs': `import './w1.mjs'`,
    },
    program: `module.exports = (async () => [attempt(() => require('./y1.mjs')), attempt(() => require('./z1.cjs')), await import('./w1.mjs').catch((e) => [e.code, e.message])])()`,
    shows: 'ERR_REQUIRE_CYCLE_MODULE',
  },
  {
    name: 'X7 a module that throws throws the same error again, and runs once',
    tree: {
      'a.mjs': `globalThis.runs = (globalThis.runs ?? 0) + 1; throw new Error('once')`,
      'b.mjs': `import './a.mjs'`,
    },
    program: `const one = (f) => { try { f() } catch (e) { return e } }
      const first = one(() => require('./a.mjs'))
      module.exports = (async () => [first.message, one(() => require('./a.mjs')) === first, one(() => require('./b.mjs')) === first, await import('./b.mjs').catch((e) => e === first), globalThis.runs, Object.keys(require.cache).length])()`,
  },
  {
    name: 'X10 import of CommonJS: detected names, default, module.exports, re-exports',
    tree: {
      'a.cjs':
        'exports.x = 1; exports.y = () => 2; Object.defineProperty(exports, "z", { enumerable: true, get: () => 3 })',
      'b.cjs': `module.exports = { p: 1, q, ...require('./a.cjs') }; function q() {}`,
      'c.cjs': `__exportStar(require('./a.cjs'), exports); function __exportStar(m, e) { for (const k in m) e[k] = m[k] }; exports.__esModule = true; exports.default = 9`,
      'd.cjs': `module.exports = require('./a.cjs')`,
      'e.cjs': 'module.exports = 7',
      'm.mjs': `import * as a from './a.cjs'; import * as b from './b.cjs'; import * as c from './c.cjs'; import * as d from './d.cjs'; import e, * as es from './e.cjs'; import { x, y as yy } from './a.cjs'
        export default [a, b, c, d, e, es].map((ns) => typeof ns === 'object' ? [Object.keys(ns), ns.default === ns['module.exports']] : ns)
        export const more = [x, yy(), d.x, b.x, c.default]`,
    },
    program: `module.exports = (async () => { const m = await import('./m.mjs'); return [m.default, m.more, require('./a.cjs') === (await import('./a.cjs')).default] })()`,
    shows: 'module.exports',
  },
  {
    name: 'X7 globals that a module makes itself, read by their names: late, again, typeof, in calls, assigned, hidden, never made',
    tree: {
      'a.mjs': `const own = globalThis
        export const before = [typeof made, typeof never]
        own.made ??= [1]
        own.called = function () { 'use strict'; return typeof this }
        export const after = [typeof made, made, (() => { const made = 2; return made })(), typeof called()]
        export const forms = () => [{ made }, new own.Class() instanceof Class, new Class.Inner().x, \`\${made}\`, called\`x\`, called?.()]
        own.Class = class { static Inner = class { x = 5 } }
        export const change = () => { own.made = 3; return made }
        export const missing = () => { delete globalThis.made; return typeof made }
        export const never1 = (() => { if (after.length < 0) own.never = 1; try { return never } catch (e) { return [e.name, e.message] } })()
        export const local = (own) => { own.other = 1; const other = 2; return other }`,
      'b.mjs': `import { before } from './a.mjs'; export default [typeof made, made, before.length]`,
    },
    program: `module.exports = (async () => {
      const a = await import('./a.mjs'), b = await import('./b.mjs')
      return [a.before, a.after, b.default, a.forms(), a.change(), a.missing(), a.never1, a.local({})]
    })()`,
    shows: 'never is not defined',
  },
  {
    name: 'X10 names of CommonJS: a getter after an assignment, require in a literal, a getter in one',
    tree: {
      'dep.cjs': 'exports.inDep = 1',
      'a.cjs': `exports.kept = exports.also = void 0
        Object.defineProperty(exports, 'kept', { enumerable: true, get: function () { return wrap(1).default } })
        Object.defineProperty(exports, 'unseen', { enumerable: true, get: function () { return wrap(2).default } })
        function wrap(value) { return { default: value } }`,
      'b.cjs': `module.exports = { first: require('./dep.cjs'), second: require('./dep.cjs') }`,
      'c.cjs': `module.exports = { 'quoted': require('./dep.cjs'), next: 1 }`,
      'd.cjs': 'module.exports = { get: 1, own: 2 }; ',
      'e.cjs':
        'module.exports = { own, get late() { return 1 }, after }; function own() {} function after() {}',
      'f.cjs':
        'module.exports = { own, get, after }; function own() {} function get() {} function after() {}',
    },
    program: `module.exports = (async () => {
      const keys = []
      for (const name of 'abcdef') keys.push(Object.keys(await import('./' + name + '.cjs')))
      return keys
    })()`,
    shows: ['kept', 'inDep'],
  },
  {
    name: 'X10 X11 import() in CommonJS: relative, bare, builtin, JSON, with a query; import conditions',
    tree: {
      'a.mjs': 'export const here = import.meta.url.slice(-10)',
      'j.json': '{"a":1}',
      'node_modules/p/package.json': '{"exports":{"import":"./i.mjs","require":"./r.cjs"}}',
      'node_modules/p/i.mjs': 'export default "import"',
      'node_modules/p/r.cjs': 'module.exports = "require"',
    },
    program: `module.exports = (async () => {
      const j = await import('./j.json', { with: { type: 'json' } })
      return [(await import('./a.mjs')).here, (await import('./a.mjs?x=1#y')).here, await import('./a.mjs') === await import('./a.mjs'), await import('./a.mjs') === await import('./a.mjs?1'),
        (await import('p')).default, require('p'), Object.keys(j), j.default, (await import('node:path')).join('a', 'b'), (await import('path')).default === require('path')]
    })()`,
  },
  {
    name: 'X9 errors of import: codes, texts, members',
    tree: {
      'dir/index.js': '',
      'q.xyz': '',
      'pkg.json': '{}',
      'a.mjs': a,
      'c.cjs': 'module.exports = { a: 1 }',
      'e1.mjs': `import { zz } from './a.mjs'`,
      'e2.mjs': `import { zz } from './c.cjs'`,
      'e3.mjs': `import {\n zz,\n a as b } from './c.cjs'`,
      'e4.mjs': `export { q } from './c.cjs'`,
      's1.mjs': `export * from './a.mjs'; export * from './b.mjs'`,
      'b.mjs': 'export const count = 5',
      'e5.mjs': `import { count } from './s1.mjs'`,
      'r.mjs': 'require("x")',
      'x.mjs': 'exports.a = 1',
      'f.mjs': '__filename; ',
      'am.mjs': 'await 1; module',
    },
    program: `const tell = (e) => [e.name, e.code, e.message, Object.keys(e), e.url && e.url.slice(-8)]
      module.exports = (async () => { const all = []
        for (const s of ['./nope.mjs', 'nope', './dir', './dir/', './q.xyz', './pkg.json', 'node:nope', 'http://x.y/z.js', '', './a', 'nope/x', '#x', './a%2fb.mjs', 'data:text/foo,1', './e1.mjs', './e2.mjs', './e3.mjs', './e4.mjs', './e5.mjs', './r.mjs', './x.mjs', './f.mjs', './am.mjs', 'data:text/javascript,import "./x"'])
          all.push([s, await import(s).then((ns) => Object.keys(ns), tell)])
        for (const [s, o] of [['./a.mjs', { with: { type: 'json' } }], ['./a.mjs', { with: { type: 'css' } }], ['./a.mjs', { with: { foo: 'x' } }], ['fs', { with: { type: 'json' } }], ['./a.mjs', 5], ['./a.mjs', { with: 5 }], ['./a.mjs', { with: { type: 5 } }]])
          all.push([s, await import(s, o).then((ns) => Object.keys(ns), tell)])
        return all })()`,
    shows: ['ERR_UNSUPPORTED_DIR_IMPORT', 'ERR_IMPORT_ATTRIBUTE_MISSING'],
  },
  {
    name: 'import.meta.resolve of what is a directory or not there, with queries; the url of errors',
    tree: {
      'lib/a.mjs': `const specifiers = ['.', '..', '../', '../lib', '../lib?q#h', './gone', './gone/', './gone?q#h', './a b?q', '../lib/.', './a.mjs?q']
        const short = (text) => text?.replaceAll(import.meta.dirname, '<lib>').replaceAll(import.meta.dirname.slice(0, -4), '<case>')
        const failing = specifiers.slice(0, -1).map((specifier) => import(specifier).catch(({ code, message, url }) => [code, message.split(/ imported|\\n/)[0], url].map(short)))
        export const found = specifiers.map((specifier) => [specifier, short(import.meta.resolve(specifier))])
        export const errors = await Promise.all(failing)`,
    },
    program: `module.exports = import('./lib/a.mjs').then(({ found, errors }) => [found, errors])`,
    shows: 'file://<lib>/gone?q#h',
  },
  {
    name: 'a module that mentions names of CommonJS, required as part of another one and imported then',
    tree: {
      'a.mjs': 'import "./b.mjs"; import "./late.mjs"',
      'b.mjs': 'exports.x = 1',
      'late.mjs': 'await 0',
    },
    program: `const found = [attempt(() => require('./a.mjs')).code]
      module.exports = import('./b.mjs').catch((e) => [...found, e.message])`,
    shows: ['ERR_REQUIRE_ASYNC_MODULE', 'exports is not defined'],
  },
])
