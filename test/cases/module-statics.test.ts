import { oracle } from '../oracle/suite.ts'

oracle('Module and what may be patched', [
  {
    name: 'M6 the members of Module, their kinds and flags',
    program: `const { Module } = require('module')
      // Whoever makes _pathCache only when it is asked for needs an accessor.
      module.exports = properties(Module).map((it) => it.replace(/^_pathCache: .*/, '_pathCache'))`,
    shows: ['_resolveFilename: function wec', 'wrap: getset', '_readPackage: getset c'],
  },
  {
    name: 'M6 names and lengths of the functions',
    program: `const { Module } = require('module')
      module.exports = Object.keys(Object.getOwnPropertyDescriptors(Module)).filter((key) => typeof Module[key] === 'function').map((key) => [key, Module[key].name, Module[key].length])`,
    shows: 'createRequire',
  },
  {
    name: 'M7 everything goes through Module._load, which may be patched',
    tree: {
      'a.js': `exports.b = require('./b'); exports.fs = typeof require('fs')`,
      'b.js': 'module.exports = "b"',
    },
    program: `const { Module, createRequire } = require('module')
      const real = Module._load
      const calls = []
      Module._load = function (request, parent, isMain) { calls.push([request, parent && parent.id, isMain, arguments.length, this === Module]); return request === 'made-up' ? { made: 'up' } : real.apply(this, arguments) }
      const seen = [require('./a'), require('made-up'), require('./a').b, createRequire(__filename)('made-up'), module.require('made-up'), attempt(() => require.resolve('made-up')).code, new Module('x').require('made-up')]
      Module._load = real
      module.exports = [seen, calls]`,
    shows: '"made"',
  },
  {
    name: 'M7 _resolveFilename, _findPath, _nodeModulePaths and _resolveLookupPaths are called as properties of Module',
    tree: {
      'a.js': `module.exports = ['a', module.paths]; require('./b'); try { require('c') } catch {}`,
      'b.js': '',
    },
    program: `const { Module } = require('module')
      const calls = []
      const real = {}
      const names = (value) => typeof value === 'string' ? value : Array.isArray(value) ? 'array' : value && value.constructor && value.constructor.name
      for (const key of ['_resolveFilename', '_findPath', '_nodeModulePaths', '_resolveLookupPaths']) {
        real[key] = Module[key]
        Module[key] = function (...args) { calls.push([key, this === Module, args.length, ...args.slice(0, 3).map(names)]); return real[key].apply(this, args) }
      }
      require('./a')
      attempt(() => require('d'))
      require.resolve('./b'); require.resolve.paths('x'); require('fs'); require('node:fs')
      Object.assign(Module, real)
      module.exports = calls`,
    shows: ['["_findPath",true,4', '["_nodeModulePaths",true,1'],
  },
  {
    name: "M7 _resolveFilename may give anything: its answer is made a string and is the cache's key",
    tree: { 'real.js': 'module.exports = [__filename, module.id]' },
    program: `const { Module } = require('module')
      const real = Module._resolveFilename
      const answers = { one: __dirname + '/real.js', two: { toString: () => __dirname + '/real.js' }, three: 'fs', four: 'node:path', five: './real.js', six: '' }
      Module._resolveFilename = (request, ...rest) => Object.hasOwn(answers, request) ? answers[request] : real.call(Module, request, ...rest)
      const seen = ['one', 'two', 'three'].map((r) => { const got = require(r); return r === 'three' ? got === require('node:fs') : got })
      const failed = ['four', 'five', 'six'].map((r) => attempt(() => require(r)))
      Module._resolveFilename = real
      module.exports = [seen, failed, cached()]`,
    shows: '/case/real.js',
  },
  {
    name: 'M7 Module._extensions handlers are looked up at each load, and Module.prototype.load may be patched',
    tree: {
      'a.js': 'exports.a = 1',
      'b.txt': 'text',
      'c.js': 'exports.c = 1',
      'd.JS': 'exports.d = 1',
      'e.json': '1',
    },
    program: `const { Module } = require('module')
      const { load } = Module.prototype
      const real = Module._extensions['.js']
      const calls = []
      Module.prototype.load = function (filename) { calls.push(['load', filename.slice(-4), this.loaded, this.filename]); return load.call(this, filename) }
      Module._extensions['.js'] = function (m, filename, ...rest) { calls.push(['.js', m.filename === filename, rest.length, this === Module._extensions, m.paths.length > 0]); return real(m, filename) }
      Module._extensions['.txt'] = (m, filename) => { m.exports = require('fs').readFileSync(filename, 'utf8') }
      const seen = [require('./a'), require('./b'), require('./d.JS'), require('./e')]
      require.cache[__dirname + '/x.js'] = undefined
      Module._extensions['.js'] = real
      Module.prototype.load = load
      module.exports = [seen, require('./c'), calls]`,
    shows: '["load","a.js",false,null]',
  },
  {
    name: 'M7 Module.prototype.require and module.require may be patched: require() sees it',
    tree: {
      'a.js': `module.exports = require('anything at all')`,
      'b.js': `module.require = (id) => ['own', id]; module.exports = require('something')`,
    },
    program: `const { Module, createRequire } = require('module')
      const real = Module.prototype.require
      Module.prototype.require = function (id) { return id.startsWith('any') ? [this.id, id, arguments.length] : real.apply(this, arguments) }
      const seen = [require('./a'), require('./b'), require('anything', 2), createRequire('/x/y.js')('anything'), attempt(() => require(1))]
      Module.prototype.require = real
      module.exports = seen`,
    shows: 'anything at all',
  },
  {
    name: 'M7 M9 Module.prototype._compile may be patched, and gets text, filename and format',
    tree: {
      'a.js': 'module.exports = 1',
      'b.cjs': 'module.exports = 2',
      'c.foo': 'module.exports = 3',
      'd/package.json': '{"type":"commonjs"}',
      'd/e.js': 'module.exports = 4',
      'd/f': 'module.exports = 5',
      g: 'module.exports = 6',
    },
    program: `const { Module } = require('module')
      const real = Module.prototype._compile
      const calls = []
      Module.prototype._compile = function (content, filename, format) { calls.push([content, filename, show(format), arguments.length]); return real.call(this, content.replace(/\\d/, (n) => n + '0'), filename, format) }
      const seen = ['./a', './b.cjs', './c.foo', './d/e', './d/f', './g'].map((r) => require(r))
      Module.prototype._compile = real
      module.exports = [seen, calls]`,
    shows: ['10', '"commonjs"'],
  },
  {
    name: 'M7 _readPackage and _stat are patchable, with a warning once',
    tree: {
      'p/package.json': '{"main":"a"}',
      'p/a.js': 'module.exports = "a"',
      'p/b.js': 'module.exports = "b"',
      'x.js': 'module.exports = "x"',
    },
    program: `const { Module } = require('module')
      const { _readPackage, _stat } = Module
      const calls = []
      Module._readPackage = (dir) => { calls.push(['read', dir]); return { ..._readPackage(dir), main: 'b' } }
      Module._stat = (file) => { calls.push(['stat', file]); return file.endsWith('/ghost.js') ? 0 : _stat(file) }
      const seen = [require('./p'), require('./x'), attempt(() => require.resolve('./ghost'))]
      Module._readPackage = _readPackage
      Module._stat = _stat
      module.exports = [seen, calls, [__dirname, __filename, __dirname + '/none'].map(_stat), attempt(() => _stat(1)).code]`,
    shows: ['ExperimentalWarning', '["read","/case/p"]'],
  },
  {
    name: 'M12 createRequire: paths, file URLs, directories, and what it refuses',
    tree: {
      'a/x.js':
        'module.exports = [module.parent.id, module.parent.filename, module.parent.loaded, module.parent.paths[0], module.parent.parent === undefined]',
      'a b/x.js': 'module.exports = "a b"',
      'node_modules/p.js': 'module.exports = "p"',
    },
    program: `const { createRequire } = require('module')
      const url = 'file://' + __dirname
      module.exports = [
        [__dirname + '/a/m.js', __dirname + '/a/', url + '/a/m.js', url + '/a/', new URL(url + '/a/m.js'), url + '/a%20b/m.js', url + '/a/m.js?query#hash', __dirname + '/a/none/../m.js', __dirname + '/a b/'].map((from) =>
          [attempt(() => createRequire(from)('./x')), delete require.cache[__dirname + '/a/x.js']]),
        [__dirname + '/a', 'file:///', '/'].map((from) => attempt(() => createRequire(from).resolve('p'))),
        ['a/m.js', './a', '', 'https://x/y', 'node:fs', undefined, null, 1, {}, 'file://host/x', 'file:///a%2fb', Symbol('s')].map((from) => attempt(() => typeof createRequire(from))),
        cached().length,
      ]`,
    shows: [
      'must be a file URL object, file URL string, or absolute path string',
      '/case/a/noop.js',
    ],
  },
  {
    name: 'M12 a created require has everything, and its module is in no cache',
    program: `const { createRequire } = require('module')
      const made = createRequire('/made/up.js')
      module.exports = [properties(made), made.main === require.main, made.cache === require.cache, made.extensions === require.extensions, made.resolve.paths('x').slice(0, 2), cached(), children(module), made === createRequire('/made/up.js'),
        made.resolve('fs'), attempt(() => made.resolve('./x'))]`,
    shows: '/made/up.js',
  },
  {
    name: 'M12 findPackageJSON: bare names, relative ones, the nearest, and what it refuses',
    at: 'app/lib/main.js',
    tree: {
      'app/package.json': '{"name":"app","exports":"./x.js"}',
      'app/x.js': '',
      'app/lib/y.js': '',
      'app/node_modules/p/package.json': '{"exports":{}}',
      'app/node_modules/@s/q/package.json': '{}',
      'app/node_modules/nopkg/index.js': '',
      'node_modules/outer/package.json': '{"main":"deep/file.js"}',
      'node_modules/outer/deep/file.js': '',
      'node_modules/outer/deep/package.json': '{}',
      'top.js': '',
    },
    program: `const { findPackageJSON } = require('module')
      const find = (...args) => attempt(() => findPackageJSON(...args))
      const url = 'file://' + __filename
      module.exports = [find('p', __filename), find('p/none/at/all', __filename), find('@s/q', __filename), find('outer', __filename), find('outer/deep/file.js', __filename), find('app', __filename), find('nopkg', __filename), find('none', __filename),
        find('.', __filename), find('..', __filename), find('./y.js', __filename), find('../x.js', url), find('./none.js', __filename), find('file://' + __dirname + '/y.js'), find('/none', __filename),
        find('p', url), find('p', new URL(url)), find('@s', __filename), find('.dot', __filename), find('fs', __filename)]`,
    shows: ['/case/app/package.json', 'ERR_MODULE_NOT_FOUND'],
  },
  {
    name: 'M12 findPackageJSON without a usable base or specifier',
    tree: { 'package.json': '{}' },
    program: `const { findPackageJSON } = require('module')
      const find = (...args) => { const { error, code, message } = attempt(() => findPackageJSON(...args)); return [error, code, code === 'ERR_INVALID_URL' ? '' : message] }
      module.exports = [find(), find('p'), find('p', 'relative'), find('p', 1), find('p', null), find(__filename), find('node:fs', __filename), find(Symbol('s'), __filename)]`,
    shows: 'ERR_MISSING_ARGS',
  },
  {
    name: "M6 Module.Module, require('module') and constructor are one",
    program: `const m = require('module')
      module.exports = [m === m.Module, m === module.constructor, m === require('node:module'), Object.keys(m).slice(0, 5), m._cache === require.cache, m.globalPaths !== m.globalPaths.slice(), typeof m.runMain, typeof m.syncBuiltinESMExports(),
        attempt(() => { 'use strict'; m.builtinModules.push('x') }).error, attempt(() => { 'use strict'; delete m.wrap }).error, '_debug' in m]`,
    shows: 'true',
  },
  {
    name: 'M7 a loader hook as proxyquire, rewire and mock-require make it',
    tree: {
      'subject.js': `const dep = require('./dep'); const path = require('path'); module.exports = () => [dep(), path.basename('a/b')]`,
      'dep.js': `module.exports = () => 'real'`,
      'vars.js': `const secret = 1; module.exports = () => secret`,
    },
    program: `const { Module } = require('module')
      const load = Module._load
      Module._load = function (request, parent, ...rest) { return request === './dep' && parent.id.endsWith('subject.js') ? () => 'stub' : request === 'path' ? { ...load.call(this, 'path', parent), basename: () => 'mine' } : load.call(this, request, parent, ...rest) }
      const stubbed = require('./subject')()
      Module._load = load
      delete require.cache[require.resolve('./subject')]
      const plain = require('./subject')()
      const target = new Module(require.resolve('./vars'), module)
      const wrapper = Module.wrapper[1]
      const js = Module._extensions['.js']
      Module._extensions['.js'] = (m, filename) => { const compile = m._compile; m._compile = (content, name) => compile.call(m, content + ';module.exports.__set__ = (v) => secret = v'.replace('secret', 'globalThis.s'), name); js(m, filename) }
      target.load(target.id)
      Module._extensions['.js'] = js
      target.exports.__set__(5)
      module.exports = [stubbed, plain, target.exports(), globalThis.s, target.loaded, cached().includes(target.id)]
      delete globalThis.s`,
    shows: 'stub',
  },
])
