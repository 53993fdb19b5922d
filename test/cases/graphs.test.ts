import { oracle } from '../oracle/suite.ts'

/** Found by random graphs of modules, made as small as they go. */
oracle('graphs', [
  {
    name: 'a CommonJS module that requires the ES module which imports it',
    tree: {
      'h.mjs': 'export { x as default } from "./e.cjs"',
      'e.cjs': 'exports.x = 1; module.exports = require("./h.mjs")',
    },
    program: `module.exports = import('./h.mjs').then((ns) => show(ns), (e) => describe(e))`,
    shows: 'Cannot require() ES Module /case/h.mjs in a cycle. (from /case/e.cjs) A cycle',
  },
  {
    name: 'the same, where that awaits something',
    tree: {
      'h.mjs': 'export { x as default } from "./e.cjs"; await null',
      'e.cjs': 'exports.x = 1; module.exports = require("./h.mjs")',
    },
    program: `module.exports = import('./h.mjs').then((ns) => show(ns), (e) => describe(e))`,
    shows: 'ERR_REQUIRE_ASYNC_MODULE',
  },
  {
    name: 'an ES module that is required and imports the module which requires it',
    tree: {
      'b.mjs': 'import { x } from "./e.cjs"',
      'c.mjs': 'import "./e.cjs"',
      'e.cjs':
        'const { describe } = require("./observe.cjs"); exports.x = 1; try { require("./c.mjs") } catch (e) { exports.error = describe(e) }',
    },
    program: `module.exports = import('./b.mjs').then(() => require('./e.cjs'))`,
    shows: 'Cannot import Module ./e.cjs in a cycle. (from /case/c.mjs)',
  },
  {
    name: 'files from which CommonJS passes names on stand in the cache',
    tree: {
      'lib/h.mjs': 'export { x as default } from "../e.cjs"',
      'e.cjs': 'module.exports = require("./lib/h.mjs")',
    },
    program: `module.exports = import('./lib/h.mjs').catch(() => cached())`,
    shows: '/case/lib/h.mjs',
  },
  {
    name: 'import attributes that are wrong',
    tree: { 'a.json': '{}', 'a.mjs': '' },
    program: `module.exports = Promise.all([['./a.json'], ['./a.mjs', 'json'], ['./a.mjs', 'css']].map(([file, type]) => import(file, type && { with: { type } }).catch((e) => describe(e))))`,
    shows: ['ERR_IMPORT_ATTRIBUTE_MISSING', 'ERR_IMPORT_ATTRIBUTE_UNSUPPORTED'],
  },
  {
    name: 'a list of exports with a name that is nowhere declared',
    tree: { 'a.mjs': 'export { none as x }', 'b.mjs': 'export { inner }; { var inner = 1 }' },
    program: `module.exports = Promise.all([import('./a.mjs').catch((e) => e.name), import('./b.mjs').then((ns) => ns.inner)])`,
    shows: 'SyntaxError',
  },
  {
    name: 'a module that was part of a graph which awaited, imported later',
    tree: { 'a.mjs': 'import "./b.mjs"', 'b.mjs': 'await 1; export const b = 1' },
    program: `module.exports = import('./a.mjs').then(() => import('./b.mjs')).then((ns) => ns.b + 1)`,
    shows: '2',
  },
  {
    name: 'the conditions that hooks of Module are shown, for require and for import',
    tree: { 'a.mjs': 'import "./b.cjs"', 'b.cjs': '' },
    program: `const seen = []
      const hooks = require('module').registerHooks({ resolve(s, c, next) { seen.push([s, c.conditions]); return next(s, c) } })
      module.exports = import('./a.mjs').then(() => { require('./b.cjs'); hooks.deregister(); return seen })`,
    shows: 'module-sync',
  },
  {
    name: 'packages without what "main" names, and scopes without "imports"',
    tree: {
      'node_modules/a/package.json': '{}',
      'node_modules/b/package.json': '{"main":"./none/"}',
      'node_modules/c/package.json': '{"main":"none.js"}',
      'x/package.json': '{}',
      'x/a.mjs': 'import "#none"',
    },
    program: `module.exports = (async () => { const found = []; for (const each of ['./x/a.mjs', 'a', 'b', 'c']) found.push(await import(each).catch((e) => describe(e))); return found })()`,
    shows: [
      "Cannot find package '/case/node_modules/a/index.js'",
      'in package /case/x/package.json',
    ],
  },
  {
    name: 'a CommonJS module that threw, imported by others afterwards',
    tree: {
      'e.cjs': 'exports.x = 1; throw new Error("by e")',
      'a.mjs': 'import "./e.cjs"',
      'b.mjs': 'import { x } from "./e.cjs"; import e from "./e.cjs"; export const seen = [x, e]',
      'c.mjs': 'export { seen } from "./b.mjs"',
    },
    // node forgets one of its promises.
    program: `const overlook = () => {}; process.on('unhandledRejection', overlook)
      const found = ['a', 'a', 'c', 'b'].map((each) => attempt(() => require('./' + each + '.mjs')))
      module.exports = new Promise((done) => setTimeout(() => { process.off('unhandledRejection', overlook); done(found) }, 10))`,
    shows: ['by e', '(undefined)'],
  },
  {
    name: 'a cycle that begins while a CommonJS module runs which one of it imports',
    tree: {
      'a.mjs': 'import { z } from "./g.cjs"; import "./b.mjs"; export const seen = z',
      'b.mjs': 'import "./a.mjs"; export const z = "z of b"',
      'g.cjs': 'exports.z = "z of g"; module.exports = require("./b.mjs")',
    },
    program: `module.exports = attempt(() => require('./a.mjs').seen)`,
    shows: 'z of b',
  },
  {
    name: 'what a cycle passes on of modules outside, looked at before these have run',
    tree: {
      'index.mjs':
        'export * from "./a.mjs"; export * from "./b.mjs"; import * as late from "./late.mjs"; export { late }',
      'a.mjs': `import { made, kept, value, late, start } from './index.mjs'
        const see = (look) => { try { return look() } catch ({ name }) { return name } }
        export const seen = [see(() => made()), see(() => kept), see(() => value), see(() => late.f()), see(start), see(() => Object.keys(late))]`,
      'b.mjs': `import { told } from './c.mjs'; import { count } from './count.mjs'
        globalThis.order = [...(globalThis.order ?? []), 'b']
        export function made() { return told() }; export let kept = 1; export var value = 2; export function start() { return count }`,
      'c.mjs': 'globalThis.order = ["c"]; export function told() { return "told" }',
      'count.mjs': 'export var count = 5; count++',
      'late.mjs': 'await null; export function f() { return "f" }',
    },
    program: `module.exports = import('./index.mjs').then((ns) => [ns.seen, ns.made(), ns.kept, ns.value, ns.start(), ns.late.f(), globalThis.order])`,
    shows: ['told', 'ReferenceError'],
  },
  {
    name: 'JSON that is none, imported with a query',
    tree: { 'a.json': '{bad' },
    program: `module.exports = import('./a.json?q', { with: { type: 'json' } }).catch((e) => describe(e))`,
    shows: '/case/a.json: ',
  },
  {
    name: 'hooks hear of what a CommonJS module passes on, even where it is imported in a cycle',
    tree: {
      'g.cjs': 'exports.y = require("./h.mjs"); module.exports = require("./a.mjs")',
      'h.mjs': 'export { x as y } from "./g.cjs"',
      'a.mjs': '',
    },
    program: `const seen = []
      const hooks = require('module').registerHooks({ resolve(s, c, next) { seen.push(['resolve', s]); return next(s, c) }, load(u, c, next) { seen.push(['load', u]); return next(u, c) } })
      const found = attempt(() => require('./g.cjs'))
      hooks.deregister()
      module.exports = [found, seen]`,
    shows: 'a.mjs',
  },
  {
    name: 'a binding that is not there yet, by the name that its reader has for it',
    tree: {
      'a.mjs': `import './b.mjs'; import './c.mjs'
        const one = 1
        export { one as first }
        export default class {}`,
      'b.mjs': `import D, { first as local } from './a.mjs'; import * as ns from './a.mjs'; import { default as E } from './c.mjs'
        export const errors = [() => local, () => new D(), () => ns.first, () => ns.default, () => E].map((read) => {
          try { return read() } catch (error) { return [error.name, error.message, error.stack.includes('a.mjs')] }
        })`,
      'c.mjs': `export { default } from './a.mjs'`,
    },
    program: `module.exports = import('./a.mjs').then(() => require('./b.mjs').errors)`,
    shows: "Cannot access 'local' before initialization",
  },
  {
    name: 'texts that await at the top, or declare the names of CommonJS: modules, unless something else is wrong with them',
    tree: {
      'a.js': 'await 0; const const',
      'b.js': 'let module; await 0',
      'c.js': 'let require; const const',
      'd.js': 'for await (const each of [1]) {}',
      'e.js': 'for await (const each of [1]) {}; export { none }',
    },
    program: `const seen = []
      const hooks = require('module').registerHooks({ load(u, c, next) { const r = next(u, c); seen.push([u, r.format]); return r } })
      module.exports = (async () => {
        for (const name of ['a', 'b', 'c', 'd', 'e']) seen.push(await import('./' + name + '.js').then(() => 'found', (e) => e.name))
        hooks.deregister()
        return seen
      })()`,
    shows: '["file:///case/a.js","commonjs"]',
  },
  {
    name: 'the formats that hooks are shown for what CommonJS passes on: of new files, of known ones, of files that ran before',
    tree: {
      'f.cjs': 'module.exports = require("./a.mjs")',
      'g.cjs': 'module.exports = require("./b.mjs")',
      'h.cjs': 'module.exports = require("./known.cjs")',
      'i.cjs': 'module.exports = require("./e/c.js")',
      'a.mjs': '',
      'b.mjs': '',
      'known.cjs': 'exports.x = 1',
      'e/package.json': '{"type":"commonjs"}',
      'e/c.js': 'exports.y = 1',
    },
    program: `const seen = []
      require('./b.mjs')
      module.exports = (async () => {
        await import('./known.cjs')
        const hooks = require('module').registerHooks({ load(u, c, next) { const r = next(u, c); seen.push([u, c.format, r.format]); return r } })
        for (const name of ['f', 'g', 'h', 'i']) seen.push(Object.keys(await import('./' + name + '.cjs')))
        hooks.deregister()
        return seen
      })()`,
    shows: [
      '["file:///case/a.mjs","(undefined)","(undefined)"]',
      '["file:///case/b.mjs","module","module"]',
    ],
  },
  {
    name: 'a module that was required, and asks for one that waits for it',
    tree: {
      'g.mjs': 'import "./c.mjs"; export * from "./q.mjs"',
      'q.mjs': 'import "./g.mjs"; export const q = 1',
      'c.mjs': 'export const names = Reflect.ownKeys(await import("./q.mjs")).map(String)',
      'p.mjs': 'import "./q.mjs"; export { names } from "./c.mjs"',
    },
    program: `const found = attempt(() => require('./g.mjs'))
      module.exports = Promise.race([import('./p.mjs').then((ns) => [found.code, ns.names]), new Promise((done) => setTimeout(done, 500, 'never'))])`,
    shows: '["q","Symbol(Symbol.toStringTag)"]',
  },
  {
    name: 'a module that is required while one that it imports from still runs',
    tree: {
      'p.mjs': 'import "./k.mjs"; import "./q.mjs"',
      'k.mjs': `import { createRequire } from 'module'
        createRequire(import.meta.url)('./e.cjs')
        export default { of: 'k' }`,
      'q.mjs': `import k from './k.mjs'; import e, { x } from './e.cjs'
        const attempt = (look) => { try { return look() } catch ({ name }) { return name } }
        export const now = attempt(() => [typeof k, k]); export const early = [typeof e, x]
        export const later = () => [k, typeof e, x]`,
      'e.cjs': 'exports.x = 1; require("./q.mjs")',
    },
    program: `module.exports = import('./p.mjs').then(() => import('./q.mjs')).then((ns) => [ns.now, ns.early, ns.later()])`,
    shows: ['"ReferenceError"', '{"of":"k"}'],
  },
  {
    name: 'what a text asks for that is no module: neither hooks nor the cache know of it',
    tree: {
      'j.mjs': 'import { x } from "./a.mjs"; const const',
      'a.mjs': 'import "./e.cjs"',
      'e.cjs': 'exports.parent = module.parent && module.parent.filename',
    },
    program: `const seen = []
      seen.push(attempt(() => require('./j.mjs')).error, Object.keys(require.cache).length)
      const hooks = require('module').registerHooks({ resolve(s, c, next) { seen.push(s); return next(s, c) } })
      seen.push(attempt(() => require('./j.mjs')).error, require('./e.cjs').parent)
      hooks.deregister()
      module.exports = seen`,
    shows: ['"SyntaxError"', '/case/main.js'],
  },
  {
    name: 'what an ES module that is required sees of TypeScript in CommonJS: names of the text as it stands, and mistakes when it runs',
    tree: {
      'types.mjs': 'import { x } from "./types.cts"; export const seen = x',
      'types.cts': 'exports.x = 1; import type { Nothing } from "./nowhere.ts"',
      'plain.mjs': 'import { x } from "./plain.cts"; export const seen = x',
      'plain.cts': 'exports.x = 1 as number',
      'wrong.mjs': 'import "./wrong.cts"; import { none } from "./plain.cts"',
      'wrong.cts': 'enum Kind { One }',
      'passed.cjs': 'module.exports = require("./ts/a.ts")',
      'ts/a.ts': 'exports.a = 1 as number',
    },
    program: `const seen = ['types', 'plain', 'wrong'].map((name) => attempt(() => require('./' + name + '.mjs').seen))
      const hooks = require('module').registerHooks({ load(u, c, next) { const r = next(u, c); seen.push([u, c.format, r.format]); return r } })
      module.exports = (async () => {
        for (const name of ['types', 'wrong', 'wrong.cts?direct', 'passed.cjs']) seen.push(await import('./' + name.replace(/^\\w+$/, '$&.mjs?again')).then((ns) => Object.keys(ns), (e) => [e.name, e.code, Object.getOwnPropertyNames(e)]))
        hooks.deregister()
        return seen
      })()`,
    shows: ['ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX', '["stack","message","code"]'],
  },
  {
    name: 'hooks do not hear of CommonJS whose names were read before them',
    tree: {
      'a.mjs': 'import "./throws.cjs"; import "./b.cjs"',
      'throws.cjs': 'throw new Error("by it")',
      'b.cjs': 'module.exports = require("./c.cjs")',
      'c.cjs': 'exports.c = 1',
    },
    program: `const seen = []
      module.exports = import('./a.mjs').catch((e) => {
        const hooks = require('module').registerHooks({ load(u, c, next) { const r = next(u, c); seen.push([u, c.format, r.format]); return r } })
        seen.push(e.message, require('./b.cjs'), require('./c.cjs'))
        hooks.deregister()
        return seen
      })`,
    shows: '{"c":1}',
  },
])
