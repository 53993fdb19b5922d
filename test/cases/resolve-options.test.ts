import { oracle } from '../oracle/suite.ts'

const globals = `const prefix = require('path').resolve(process.execPath, '..', '..', 'lib', 'node')
  const short = (paths) => paths && paths.map((each) => (each === prefix ? '<prefix>' : each));`

oracle('require.resolve with options', [
  {
    name: 'R20 relative requests: the paths are taken as they are',
    tree: { 'a/x.js': '', 'b/x.js': '', 'b/y/index.js': '', 'a/node_modules/x.js': '', 'z.js': '' },
    cwd: '<root>/a',
    program: `const at = (...dirs) => ({ paths: dirs.map((d) => __dirname + '/' + d) })
      module.exports = [
        [['./x', at('a')], ['./x', at('b', 'a')], ['./x', at('none', 'a')], ['./y', at('a', 'b')], ['./z', at('a', '')], ['../z', at('a')], ['../z', at('none')],
          ['.', at('b/y')], ['..', at('b/y/q')], ['./', at('b/y')], ['./x', { paths: ['.'] }], ['./x', { paths: ['', '../b'] }], ['./x', { paths: [] }], ['./x.js', at('a/x.js')]]
          .map(([r, o]) => [r, attempt(() => require.resolve(r, o))])]`,
    shows: '/case/b/x.js',
  },
  {
    name: "R20 bare requests: each path's node_modules and those above, then the global ones, each once",
    tree: {
      'a/b/node_modules/x.js': '',
      'a/node_modules/y.js': '',
      'node_modules/z/index.js': '',
      'c/node_modules/x.js': '',
      'c/node_modules/y.js': '',
      'node_modules/x.js': '',
    },
    program: `const at = (...dirs) => ({ paths: dirs.map((d) => __dirname + '/' + d) })
      module.exports = [['x', at('a/b')], ['x', at('c', 'a/b')], ['y', at('a/b', 'c')], ['y', at('c')], ['z', at('a/b')], ['x', at('none/deep')], ['w', at('a/b')], ['x', { paths: [] }],
        ['x', at('c/node_modules')], ['x', at('node_modules/z')], ['x', { paths: ['c'] }], ['x', { paths: [''] }], ['y', at('c/x.js')], ['./x', at('')], ['/x', at('a')], [__dirname + '/c/node_modules/x', { paths: [] }]]
        .map(([r, o]) => [r, attempt(() => require.resolve(r, o))])`,
    shows: ['/case/c/node_modules/x.js', '/case/a/node_modules/y.js'],
  },
  {
    name: 'R20 R5 the lookup that options.paths make, seen through _nodeModulePaths and _resolveLookupPaths',
    program: `${globals}
      const { Module } = require('module')
      const calls = []
      const { _nodeModulePaths, _resolveLookupPaths, _findPath } = Module
      Module._nodeModulePaths = (from) => { calls.push(['_nodeModulePaths', from]); return ['/nm' + from] }
      Module._resolveLookupPaths = (request, parent) => { calls.push(['_resolveLookupPaths', request, parent.id, parent.filename, parent.paths]); return _resolveLookupPaths(request, parent) }
      Module._findPath = (request, paths, isMain) => { calls.push(['_findPath', request, short(paths), isMain]); return false }
      const seen = [attempt(() => require.resolve('x', { paths: ['/a', '/b', '/a'] })), attempt(() => require.resolve('./x', { paths: ['/a', '/b', '/a'] })), attempt(() => require.resolve('x'))]
      Object.assign(Module, { _nodeModulePaths, _resolveLookupPaths, _findPath })
      module.exports = [show(calls), seen]`,
    shows: '/nm/a',
  },
  {
    name: 'R20 options of every kind',
    tree: { 'x.js': '' },
    program: `module.exports = [[undefined], [null], [{}], [{ paths: undefined }], [{ paths: null }], [{ paths: 'string' }], [{ paths: 1 }], [{ paths: {} }], [{ paths: new Set() }], ['string'], [1], [true], [[]],
        [() => {}], [Object.assign(() => {}, { paths: 1 })], [{ paths: [1] }], [{ paths: [undefined] }], [{ paths: false }], [{ get paths() { throw new Error('getter') } }]]
        .map(([options]) => [attempt(() => require.resolve('./x', options)), attempt(() => require.resolve('none', options))])`,
    shows: ["The property 'options.paths' is invalid", 'ERR_INVALID_ARG_TYPE'],
  },
  {
    name: 'R20 builtins and absolute requests do not mind the paths',
    tree: { 'x.js': '' },
    program: `module.exports = [['fs', { paths: 1 }], ['node:fs', { paths: null }], [__dirname + '/x', { paths: [] }], [__dirname + '/x', { paths: [1] }], ['node:nope', { paths: [] }]]
      .map(([r, o]) => attempt(() => require.resolve(r, o)))`,
    shows: '/case/x.js',
  },
  {
    name: 'R20 R8 a path that is not a directory, and paths in _pathCache',
    tree: { 'a/x.js': '', file: '' },
    program: `${globals}
      const d = __dirname
      const seen = [require.resolve('./x', { paths: [d + '/file', d + '/a'] }), attempt(() => require.resolve('./x', { paths: [d + '/file'] }))]
      module.exports = [seen, pathCache().map(short)]`,
    shows: '/case/a/x.js',
  },
  {
    name: 'R20 resolve and resolve.paths are functions of their own, made for each require',
    tree: { 'x.js': 'module.exports = require', 'deep/y.js': 'module.exports = require' },
    program: `const x = require('./x')
      const y = require('./deep/y')
      module.exports = [properties(require), properties(require.resolve), require.length, require.name, require.resolve.length, require.resolve.name, require.resolve.paths.length,
        require.resolve.paths.name, x.resolve !== require.resolve, x.cache === y.cache, y.resolve('./y'), y.resolve('../x'), attempt(() => y.resolve('./x')).code, y.resolve.paths('./a'),
        Object.getPrototypeOf(require) === Function.prototype]`,
    shows: '/case/deep/y.js',
  },
  {
    name: 'R20 M7 require.resolve does not see the relative cache, and sees a patched _resolveFilename',
    tree: { 'x.js': 'module.exports = 1', 'y.js': '' },
    program: `const { Module } = require('module')
      require('./x')
      const real = Module._resolveFilename
      const calls = []
      Module._resolveFilename = function (...args) { calls.push([args[0], args[1] === module, args[2], args[3] === undefined ? undefined : Object.keys(args[3]), args.length, this === Module]); return __dirname + '/y.js' }
      const seen = [require.resolve('./x'), require.resolve('fs'), require.resolve('./x', { paths: ['/a'] }), require('./x')]
      Module._resolveFilename = real
      module.exports = show([seen, calls])`,
    shows: '/case/y.js',
  },
])
