import { oracle } from '../oracle/suite.ts'

oracle('the module object', [
  {
    name: 'M1 JP-17 own keys in order, their values while the module runs and after',
    tree: {
      'a.js': `exports.during = require('./observe.cjs').properties(module); exports.values = [module.id, module.path, module.filename, module.loaded, module.children.length, module.paths.length > 2, module.exports === exports]; exports.module = module`,
    },
    program: `const a = require('./a')
      module.exports = [properties(module).filter((p) => !p.startsWith('Symbol')), a.during.filter((p) => !p.startsWith('Symbol')), a.values, a.module.loaded, Object.keys(module), module.loaded, module.children[0] === a.module]`,
    shows: '"id: string wec"',
  },
  {
    name: 'M1 JP-17 JP-11 the main module: id ., require.main, process.mainModule, parent null',
    tree: {
      'a.js': `module.exports = [require.main === module, require.main.id, require.main === process.mainModule, module.parent === require.main, module.id]`,
    },
    program: `module.exports = [module.id, module.filename, module.path, require.main === module, process.mainModule === module, module.parent, require('./a'), Object.keys(require.cache)[0], require.cache[__filename] === module]`,
    shows: '/case/a.js',
  },
  {
    name: 'JP-11 require.main is its own, taken when the require was made',
    tree: { 'a.js': 'module.exports = require', 'b.js': 'module.exports = require' },
    program: `const a = require('./a')
      const real = process.mainModule
      process.mainModule = { fake: true }
      const b = require('./b')
      const made = require('module').createRequire(__filename)
      process.mainModule = undefined
      delete require.cache[__dirname + '/a.js']
      const again = require('./a')
      process.mainModule = real
      a.main = 'set'
      module.exports = [a.main, b.main, made.main, again.main, 'main' in again, Object.keys(again)]`,
    shows: '"fake"',
  },
  {
    name: 'M1 exports is its own data property, whatever stands on Object.prototype',
    tree: { 'a.js': 'exports.a = 1', 'b.json': '{"b":1}' },
    program: `const setters = []
      for (const key of ['exports', 'loaded', 'children', 'paths', 'filename']) {
        Object.defineProperty(Object.prototype, key, { configurable: true, get() { return undefined }, set(value) { setters.push(key); Object.defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true }) } })
      }
      let seen
      try { seen = [require('./a'), require('./b')] } finally { for (const key of ['exports', 'loaded', 'children', 'paths', 'filename']) delete Object.prototype[key] }
      module.exports = [seen, setters.includes('exports'), Object.keys(require.cache[__dirname + '/a.js'])]`,
    shows: '{"a":1}',
  },
  {
    name: 'M2 Module.prototype: its members and their properties',
    program: `const { Module } = require('module')
      module.exports = [properties(Module.prototype), Object.getPrototypeOf(Module.prototype) === Object.prototype, Object.getPrototypeOf(Module) === Function.prototype, Module.name, Module.length,
        ['load', 'require', '_compile'].map((key) => [Module.prototype[key].name, Module.prototype[key].length]), module.constructor === Module, module instanceof Module, module.isPreloading, 'isPreloading' in {},
        Object.prototype.toString.call(module), attempt(() => { Module.prototype.constructor = 1 }), attempt(() => { 'use strict'; module.isPreloading = true })]`,
    shows: ['constructor: get ', 'parent: getset', 'isPreloading: get '],
  },
  {
    name: 'M2 M3 module.parent: the first requirer, settable, without DEP0144',
    tree: {
      'a.js': `module.exports = { parent: module.parent, module }; require('./b')`,
      'b.js': `exports.parents = [module.parent.id]; exports.module = module`,
    },
    program: `const a = require('./a')
      const b = require('./b')
      const seen = [a.parent === module, b.parents, b.module.parent === a.module, 'parent' in b.module, Object.hasOwn(b.module, 'parent'), module.parent]
      b.module.parent = 'anything'
      seen.push(b.module.parent, Object.hasOwn(b.module, 'parent'))
      module.parent = module
      seen.push(module.parent === module)
      module.parent = null
      delete require.cache[__dirname + '/b.js']
      require('./b')
      module.exports = [...seen, require('./b').parents]`,
    shows: 'anything',
  },
  {
    name: 'M2 DEP0144 with --pending-deprecation, once',
    execArgv: ['--pending-deprecation'],
    tree: {
      'a.js':
        'module.exports = module.parent && module.parent.id; module.parent = null; module.parent',
    },
    program: `module.exports = [require('./a'), attempt(() => module.parent)]`,
    shows: [
      'DEP0144',
      'module.parent is deprecated due to accuracy issues. Please use require.main',
    ],
  },
  {
    name: "M3 M4 new Module(id, parent): its keys, its parent, and the parent's children",
    program: `const { Module } = require('module')
      const parent = new Module('parent')
      const child = new Module('/some/child.js', parent)
      const empty = new Module()
      const odd = new Module('x', { children: [] })
      const one = [[parent, child, empty, odd].map((m) => [Object.keys(m), m.id, m.path, m.filename, m.loaded, m.children.length, show(m.exports), show(m.paths)])]
      module.exports = [one, parent.children[0] === child, parent.children.length, child.parent === parent, show(empty.parent), odd.parent.children[0] === odd, new Module('a/b/c').path, new Module('').path,
        attempt(() => new Module(1)), attempt(() => new Module(null)), attempt(() => Module('x')), attempt(() => Reflect.construct(Module, ['y'], class Z {}).constructor.name),
        attempt(() => new Module('z', 'parent').parent), attempt(() => new Module('z', { children: 'no array' })).error]`,
    shows: '/some',
  },
  {
    name: 'JP-17 exports may be replaced by anything, also after the end',
    tree: {
      'f.js': 'module.exports = function f() {}',
      'n.js': 'module.exports = null',
      'u.js': 'module.exports = undefined',
      'zero.js': 'module.exports = 0',
      'empty.js': '',
      'e.js': 'exports = { lost: true }',
      'd.js': 'delete module.exports',
      'this.js': 'this.a = 1; exports.b = 2; module.exports.c = 3',
      'get.js': `Object.defineProperty(module, 'exports', { get() { return 'got' } })`,
      'late.js': 'module.exports = 1; globalThis.late = module',
      'sym.js': 'module.exports = Symbol.for("s")',
      'p.js': 'module.exports = Promise.resolve(1)',
    },
    program: `const seen = attemptAll(['./f', './n', './u', './zero', './empty', './e', './d', './this', './get', './late', './sym'], require)
      globalThis.late.exports = 'changed'
      seen.push(require('./late'), require('./p') instanceof Promise)
      delete globalThis.late
      module.exports = seen`,
    shows: ['changed', 'got'],
  },
  {
    name: 'JP-17 M10 module.paths, module.path and module.filename belong to each module',
    at: 'app/main.js',
    tree: {
      'app/lib/a.js': 'module.exports = module',
      'app/node_modules/p/lib/b.js': 'module.exports = module',
    },
    program: `module.exports = [module, require('./lib/a'), require('p/lib/b')].map((m) => [m.path, m.filename, m.paths])
      module.exports.push(require('./lib/a').paths !== module.paths)`,
    shows: '/case/app/node_modules/p/lib/node_modules',
  },
  {
    name: 'M7 JP-17 module.require is Module.prototype.require bound by nothing',
    tree: {
      'a.js': `module.exports = 'a'`,
      'sub/a.js': `module.exports = 'sub/a'; `,
      'sub/m.js': 'module.exports = module',
    },
    program: `const sub = require('./sub/m')
      const { require: free } = module
      module.exports = [sub.require('./a'), module.require('./a'), attempt(() => free('./a')), sub.require === module.require, free.call(sub, './a'), free.call({ id: 'x', filename: __dirname + '/sub/y', path: __dirname + '/sub', children: [] }, './a'),
        sub.require.length, sub.require.name]`,
    shows: 'sub/a',
  },
  {
    name: 'JP-17 __filename, __dirname, require, module and exports are parameters: they may be reassigned',
    tree: {
      'sub/a.js': `const seen = [__filename, __dirname, typeof require, typeof module, typeof exports, arguments.length, arguments[3] === __filename]; __filename = 1; __dirname = 2; module.exports = [...seen, module.filename, module.path]; require = null; exports = null`,
    },
    program: `var seen = require('./sub/a')
      module.exports = [seen, require('./sub/a') === seen, typeof arguments.callee]`,
    shows: '/case/sub/a.js',
  },
])
