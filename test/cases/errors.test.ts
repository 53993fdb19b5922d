import { oracle } from '../oracle/suite.ts'

oracle('errors', [
  {
    name: 'R22 a miss: message, code and require stack, from the innermost requirer outwards',
    tree: {
      'a.js': `require('./deep/b')`,
      'deep/b.js': `require('../c')`,
      'c.js': `require('nowhere/to/be/found')`,
      'relative.js': `require('./x y/z.js')`,
      'abs.js': `require('/nowhere')`,
    },
    program: `module.exports = [attempt(() => require('./a')), attempt(() => require('./relative')), attempt(() => require('./abs')), attempt(() => require('none')), attempt(() => require.resolve('none'))]`,
    shows:
      "Cannot find module 'nowhere/to/be/found'\\nRequire stack:\\n- /case/c.js\\n- /case/deep/b.js\\n- /case/a.js\\n- /case/main.js",
  },
  {
    name: 'R22 M3 the stack follows the first parent, whoever asks now',
    tree: {
      'shared.js': 'exports.ask = (r) => require(r)',
      'first.js': `module.exports = require('./shared')`,
      'second.js': `module.exports = require('./shared')`,
    },
    program: `require('./first')
      const second = require('./second')
      const seen = [attempt(() => second.ask('none')).requireStack, attempt(() => second.ask('none')).requireStack]
      const entry = require.cache[__dirname + '/shared.js']
      entry.parent = module
      seen.push(attempt(() => second.ask('none')).requireStack)
      entry.parent = undefined
      seen.push(attempt(() => second.ask('none')).requireStack)
      entry.parent = { filename: '/made/up.js', parent: { id: 'never seen' } }
      seen.push(attempt(() => second.ask('none')).requireStack)
      module.exports = seen`,
    shows: '/case/first.js',
  },
  {
    name: 'R22 parents without filename are named by their id; createRequire starts a stack of its own',
    tree: { 'a.js': `require('none')` },
    program: `const { Module, createRequire } = require('module')
      const orphan = new Module('an id')
      orphan.paths = []
      const child = new Module('a child', orphan)
      const nameless = new Module('', orphan)
      module.exports = [attempt(() => orphan.require('none')), attempt(() => child.require('none')), attempt(() => nameless.require('none')), attempt(() => new Module().require('none')),
        attempt(() => createRequire('/made/up/file.js')('none')), attempt(() => createRequire('/made/up/dir/')('./none')), attempt(() => createRequire(__dirname + '/x.js')('./a')),
        attempt(() => Module._load('none', null)), attempt(() => Module._load('none')), attempt(() => Module._load('./a', module)), attempt(() => Module._resolveFilename('none', { id: 'only id' })),
        attempt(() => Module._resolveFilename('none', { filename: 'only filename' })), attempt(() => Module._resolveFilename('none', {}))]`,
    shows: ['an id', '/made/up/dir/noop.js'],
  },
  {
    name: 'R22 the error is a new one each time and may be changed',
    program: `const get = () => { try { require('none') } catch (error) { return error } }
      const one = get(); const two = get()
      one.requireStack.push('changed')
      module.exports = [one !== two, two.requireStack, properties(one).slice(1), Object.getPrototypeOf(one) === Error.prototype, one instanceof Error, Object.prototype.toString.call(one), one.name]`,
    shows: 'requireStack: object wec',
  },
  {
    name: 'R22 names that look strange are quoted as they are',
    program: `module.exports = ["it's", 'new\\nline', 'tab\\t', '"', '\\\\', 'ü', '\\0', ' ', '\\u2028', '%', '$&', 'x'.repeat(50)].map((r) => [attempt(() => require(r)), attempt(() => require('./' + r))])`,
    shows: "Cannot find module 'it's'",
  },
  {
    name: 'R23 JP-10 require of what is no string, or empty',
    program: `const values = [undefined, null, 0, 1.5, -0, NaN, 10n, true, Symbol('s'), {}, [], ['a'], () => {}, function named() {}, class A {}, new Date(0), /x/, new String('fs'), Object.create(null), new Map([[1, 2]]), Infinity, 'x'.repeat(0)]
      module.exports = values.map((value) => attempt(() => require(value)))`,
    shows: [
      'The \\"id\\" argument must be of type string. Received undefined',
      "The argument 'id' must be a non-empty string. Received ''",
    ],
  },
  {
    name: 'R23 JP-10 the same for require.resolve, require.resolve.paths and Module.prototype.require',
    program: `const values = [undefined, null, 1, {}, [], Symbol('s'), function named() {}, new Error('e'), Buffer.from('a'), '']
      module.exports = [values.map((value) => attempt(() => require.resolve(value))), values.slice(0, -1).map((value) => attempt(() => require.resolve.paths(value))),
        [undefined, ''].map((value) => attempt(() => module.require(value))), attempt(() => require()), attempt(() => require.resolve())]`,
    shows: ['The \\"request\\" argument must be of type string', "Cannot find module ''"],
  },
  {
    name: 'R23 long and multi-line values are shortened in messages',
    program: `const values = ['x', { a: 1, b: { c: { d: {} } } }, [1, [2, [3, [4]]]], Array(200).fill(1), { toString() { return 'mine' } }, new (class Foo { x = 1 })(), Object.assign(() => {}, { a: 1 }), 123456789.123, 'y'.repeat(200)]
      module.exports = [values.slice(1).map((value) => attempt(() => require(value))), values.map((paths) => attempt(() => require.resolve('./x', { paths }))).filter((x) => x.code === 'ERR_INVALID_ARG_VALUE')]`,
    shows: 'ERR_INVALID_ARG_VALUE',
  },
  {
    name: "R22 JP-09 the main program's own error comes out as it was thrown, its frames at their own places",
    tree: {
      'lib/thrower.js': `\n\n  module.exports = function thrower() {\n    throw new RangeError('from inside')\n  }\n`,
    },
    program: `const thrower = require('./lib/thrower')
      function between() {
        thrower()
      }
      between()`,
    frames: true,
    throws: true,
    shows: ['/case/lib/thrower.js:4:11', '/case/main.js:3:9', '/case/main.js:5:7'],
  },
  {
    name: "JP-09 JP-06 an error while a module loads blames its place, then each requirer's",
    tree: {
      'a.js': `'use strict'\nexports.before = 1\nrequire('./b')\n`,
      'b.js': `#!/usr/bin/env node\n// two\n;(() => {\n  null.x\n})()\n`,
    },
    program: `attempt(() => 1)
      require('./a')`,
    frames: true,
    throws: true,
    shows: ['/case/b.js:4:', '/case/a.js:3:1', '/case/main.js:2:7'],
  },
  {
    name: 'JP-09 a missing module is blamed on the one that required it',
    tree: { 'a.js': `const x = 1\n\n  require('./none')\n` },
    program: `require('./a')`,
    frames: true,
    throws: true,
    shows: '/case/a.js:3:3',
  },
  {
    name: 'JP-09 JP-10 an empty id is blamed on the one that asked for it',
    tree: { 'a.js': `exports.f = function () {\n  return require('')\n}\n` },
    program: `require('./a').f()`,
    frames: true,
    throws: true,
    shows: '/case/a.js:2:10',
  },
  {
    name: 'JP-09 an error from an evaluated function, a getter, a constructor and a callback',
    tree: {
      'a.js': `class A {\n  constructor() { this.x }\n  get x() {\n    return [1].map(() => {\n      throw new TypeError('deep')\n    })\n  }\n}\nmodule.exports = A\n`,
    },
    program: `const A = require('./a')
      new A()`,
    frames: true,
    throws: true,
    shows: ['/case/a.js:5:13', '/case/a.js:4:16', '/case/a.js:2:24'],
  },
])
