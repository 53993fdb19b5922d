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
])
