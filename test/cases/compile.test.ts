import { oracle } from '../oracle/suite.ts'

oracle('compiling', [
  {
    name: 'X9 calls of import that are none: what the engine says of them, and what only looks like them',
    tree: {
      'x.cjs': '',
      ...Object.fromEntries(
        [
          ...[
            'new import("./x.cjs")',
            'import()',
            'import(...["./x.cjs"])',
            'new a.import("./x.cjs")',
          ],
          ...[
            '({ import() { return 1 } }).import()',
            'class A { import(...b) {} }',
            'a.new\nimport("./x.cjs")',
          ],
          ...[
            'const o = { new: 1 }; import("./x.cjs")',
            "class R extends /'/.constructor {}; import('./x.cjs') //'",
          ],
        ].map((text, index) => [
          `m${index}.cjs`,
          `var a = { new: 1, import: function () {} };\n${text}`,
        ]),
      ),
    },
    program: `module.exports = [...Array(9).keys()].map((index) => {
      const { error, message } = attempt(() => { require('./m' + index + '.cjs') }) ?? {}
      return [error, message]
    })`,
    shows: 'Cannot use new with import',
  },
  {
    name: 'M8 Module.wrap and Module.wrapper as they come',
    program: `const { Module } = require('module')
      module.exports = [Module.wrap('x'), Module.wrapper, Module.wrapper.length, Array.isArray(Module.wrapper), Module.wrapper === Module.wrapper, properties(Module).filter((p) => p.startsWith('wrap')), Module.wrap(1), Module.wrap(), Module.wrap.length]`,
    shows: '(function (exports, require, module, __filename, __dirname) { ',
  },
  {
    name: 'M8 a changed wrapper array is used, element by element',
    tree: {
      'a.js': 'module.exports = typeof injected',
      'b.js': 'module.exports = [typeof injected, injected, arguments.length, this === exports]',
      'c.js': 'return 1',
      'd.js': 'module.exports = typeof injected',
    },
    program: `const { Module } = require('module')
      const before = require('./a')
      const old = Module.wrapper[0]
      Module.wrapper[0] = '(function (exports, require, module, __filename, __dirname) { const injected = __filename.slice(-4); '
      const seen = [before, require('./b'), attempt(() => require('./c')), Module.wrap('x')]
      Module.wrapper[0] = old
      module.exports = [...seen, require('./d')]`,
    shows: 'b.js',
  },
  {
    name: 'M8 an assigned Module.wrapper changes Module.wrap, which is what is used',
    tree: { 'a.js': 'module.exports = typeof extra' },
    program: `const { Module } = require('module')
      const { wrapper, wrap } = Module
      Module.wrapper = ['(function (exports, require, module) { const extra = 1; ', '\\n})']
      const seen = [require('./a'), Module.wrap('x'), Module.wrapper[0].length]
      Module.wrapper = wrapper
      module.exports = [...seen, Module.wrap === wrap, Module.wrapper === wrapper, Module.wrap('x').length]`,
    shows: 'number',
  },
  {
    name: 'M8 an assigned Module.wrap is called with the text and its answer is run',
    tree: {
      'a.js': '#!/usr/bin/env node\nmodule.exports = [typeof mine, arguments.length]',
      'b.js': '\ufeffmodule.exports = "b"',
      'c.js': 'module.exports = (',
      'd.json': '1',
      'e.js': '',
    },
    program: `const { Module } = require('module')
      const real = Module.wrap
      const calls = []
      Module.wrap = (script) => { calls.push(script); return real('const mine = 1;' + script.replace(/^#!.*/, '')) }
      const seen = attemptAll(['./a', './b', './c', './d'], require)
      Module.wrap = (script) => 'not a function'
      seen.push(attempt(() => require('./e')).error)
      Module.wrap = real
      seen.push(require('./e'))
      module.exports = [seen, calls]`,
    shows: 'number',
  },
  {
    name: 'M8 defineProperty on the wrapper counts as a patch, reading and deleting do not',
    tree: { 'a.js': 'module.exports = typeof extra' },
    program: `const { Module } = require('module')
      const old = Module.wrapper[0]
      Object.defineProperty(Module.wrapper, 0, { value: old + 'const extra = 1;', writable: true, enumerable: true, configurable: true })
      module.exports = [require('./a'), Object.keys(Module.wrapper)]
      Module.wrapper[0] = old`,
    shows: 'number',
  },
  {
    name: 'M9 _compile on a module made by hand',
    tree: { 'dep.js': 'module.exports = "dep"', 'lib/dep.js': 'module.exports = "lib/dep"' },
    program: `const { Module } = require('module')
      const made = () => { const m = new Module('/virtual/id.js', module); m.filename = __dirname + '/lib/none.js'; m.paths = ['/p']; return m }
      const one = made()
      const result = one._compile('exports.seen = [__filename, __dirname, this === exports, arguments.length, module.id, require.main && require.main.id, require("./dep"), module.loaded, require.resolve.paths("x")[0]]; return "returned"', '/any/name.js')
      const two = new Module('x')
      two._compile('exports.a = module.id; exports.b = typeof require; exports.c = (() => { try { require("./dep") } catch (e) { return e.message } })()', 'relative.js')
      module.exports = [show(result), one.exports, one.loaded, two.exports, two.filename, attempt(() => made()._compile('}', '/x.js')), attempt(() => made()._compile('throw new Error("in it")', '/x.js')), cached(),
        attempt(() => made()._compile('module.exports = 5', '/x.js', 'commonjs')), attempt(() => { const m = made(); m._compile('', '/x.js'); return m.exports })]`,
    shows: ['/any/name.js', 'returned', 'lib/dep'],
  },
  {
    name: 'M9 the directory of a module made by hand, where slashes stand together',
    tree: {},
    program: `const { Module } = require('module')
      module.exports = ['/a//b', '///a', '//a', '//', '/a/b//', 'a//b', ''].map((id) => new Module(id).path)`,
    shows: ['/a/', '//', '/a'],
  },
  {
    name: 'M9 M10 load() by hand: filename and paths are kept if they are there, loaded twice is an assertion',
    tree: {
      'a.js': 'module.exports = [module.filename, module.paths, __filename, module.id]',
      'b.json': '{"b":1}',
    },
    program: `const { Module } = require('module')
      const one = new Module('id one'); one.load(__dirname + '/a.js')
      const two = new Module('id two'); two.filename = 'kept'; two.paths = ['kept']; two.load(__dirname + '/a.js')
      const three = new Module('id three'); three.load(__dirname + '/b.json')
      module.exports = [one.exports.slice(0, 1), one.exports[1][0], one.exports[3], one.loaded, two.exports, three.exports, attempt(() => one.load(__dirname + '/a.js')).code, attempt(() => new Module('x').load(__dirname + '/none.js')).code, cached(), attempt(() => new Module('y').load()).code]`,
    shows: ['ERR_INTERNAL_ASSERTION', 'kept'],
  },
  {
    name: 'M10 the longest registered extension wins; leading dots are no extension',
    tree: Object.fromEntries(
      [
        'x.a.b',
        'x.b',
        '.b',
        '.x.b',
        'x.c.a.b',
        'x.',
        'x..b',
        '.a.b',
        'x.js.b',
        'noext',
        'x.unknown',
        'x.unknown.js',
        '.js',
        '.hidden',
        'x.JSON',
        'a.b/c',
      ].map((name) => [name, `module.exports = 'js: ${name}'`]),
    ),
    program: `for (const ext of ['.b', '.a.b', '.', '.b.b']) require.extensions[ext] = (module) => { module.exports = ext }
      module.exports = attemptAll(['./x.a.b', './x.b', './.b', './.x.b', './x.c.a.b', './x.', './x..b', './.a.b', './x.js.b', './noext', './x.unknown', './x.unknown.js', './.js', './.hidden', './x.JSON', './a.b/c'], require)`,
    shows: ['[["./x.a.b",".a.b"]', 'js: .hidden'],
  },
  {
    name: 'M10 R8 a handler that was deleted, that is undefined, that is no function',
    tree: {
      'a.foo': 'module.exports = "as js"',
      'b.json': 'module.exports = "json as js"',
      'c.js': '',
    },
    program: `require.extensions['.foo'] = undefined
      const seen = [require('./a.foo'), attempt(() => require.resolve('./a'))]
      const { '.json': json, '.js': js } = require.extensions
      delete require.extensions['.json']
      seen.push(require('./b.json'), attempt(() => require.resolve('./b')).code)
      require.extensions['.js'] = 5
      seen.push(attempt(() => require('./c')).error)
      delete require.extensions['.js']
      seen.push(attempt(() => require('./c.js')).error, cached())
      require.extensions['.js'] = js
      module.exports = [...seen, require('./c.js')]`,
    shows: 'json as js',
  },
  {
    name: 'M9 X2 the extension handlers called by hand',
    tree: {
      'a.txt': 'module.exports = [module.id, module.filename, __filename, this === module.exports]',
      'b.json': '\ufeff[1]',
      'c.txt': '{"c":1}',
    },
    program: `const { Module } = require('module')
      const { '.js': js, '.json': json } = require.extensions
      const m = new Module('by hand')
      js(m, __dirname + '/a.txt')
      const n = new Module('n')
      const undef = json(n, __dirname + '/b.json')
      const o = { id: 'no module' }
      json(o, __dirname + '/c.txt')
      module.exports = [m.exports, m.loaded, n.exports, show(undef), o, attempt(() => json({}, __dirname + '/none.json')), attempt(() => js({}, __dirname + '/a.txt')).error, js.length, json.length, js.name, json.name]`,
    shows: 'by hand',
  },
])
