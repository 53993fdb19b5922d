import { oracle } from '../oracle/suite.ts'

// $PREFIX/lib/node hangs on where the binary lies.
const globals = `const path = require('path')
  const prefix = path.resolve(process.execPath, '..', '..', 'lib', 'node')
  const plain = (paths) => paths && paths.map((each) => (each === prefix ? '<prefix>' : each));`

oracle('lookup paths', [
  {
    name: 'R5 _resolveLookupPaths: what counts as relative',
    program: `${globals}
      const { Module } = require('module')
      const requests = ['x', './x', '../x', '.', '..', './', '.x', '..x', '...', '.\\\\x', '..\\\\x', '/x', '#x',
        '@s/x', 'fs', 'node:fs', 'node:nope', '', '@', '~', '.../x']
      const parent = { id: '/a/b.js', filename: '/a/b.js', paths: ['/p'] }
      module.exports = requests.map((r) => [r, plain(Module._resolveLookupPaths(r, parent))])`,
    shows: '<prefix>',
  },
  {
    name: 'R5 _resolveLookupPaths: parents without filename, id or paths',
    program: `${globals}
      const { Module } = require('module')
      const parents = [null, undefined, {}, { id: 'x' }, { filename: '/a/b.js' }, { id: '', filename: '/a/b.js' },
        { id: 'x', filename: '/a/b/c.js', paths: [] }, { paths: ['/p', '/q'] }, { paths: null }]
      module.exports = parents.map((p) => ['x', './x'].map((r) => plain(Module._resolveLookupPaths(r, p))))`,
    shows: '/a/b',
  },
  {
    name: 'R5 the lookup paths are a new array each time, parent.paths first',
    program: `${globals}
      module.paths = ['/only']
      const one = require.resolve.paths('x')
      one.push('/changed')
      module.exports = [plain(require.resolve.paths('x')), module.paths]`,
    shows: '/only',
  },
  {
    name: 'R5 module.paths is read at each lookup',
    tree: {
      'elsewhere/x.js': 'module.exports = "found"',
      'elsewhere/y/index.js': 'module.exports = "y"',
    },
    program: `const before = attempt(() => require('x'))
      module.paths.unshift(__dirname + '/elsewhere')
      const after = attempt(() => require('x'))
      module.paths = []
      module.exports = [before, after, attempt(() => require('x')), attempt(() => require('y'))]`,
    shows: 'found',
  },
  {
    name: 'R6 _nodeModulePaths, every form',
    program: `const { Module } = require('module')
      const froms = ['/', '/a', '/a/', '/a/b/c', '/node_modules', '/node_modules/', '/node_modules/a',
        '/a/node_modules', '/a/node_modules/b', '/a/node_modules/b/node_modules/c/d', '/a/xnode_modules/b',
        '/a/node_modulesx/b', '/a/node_module/b', '/a/node_modules/node_modules/b', '/a//b', '/a/../b', '/a/.',
        '/a/./b/', '/seludom_edon/x', '/a b/ü', '/a\\\\b', '/a/Node_Modules/b', '//', '//a']
      module.exports = froms.map((from) => [from, Module._nodeModulePaths(from)])`,
    shows: '/a/node_modules/b/node_modules/c/d/node_modules',
  },
  {
    name: 'R6 _nodeModulePaths of relative paths starts at the current directory',
    tree: { 'work/x': null },
    cwd: '<root>/work',
    program: `const { Module } = require('module')
      module.exports = ['', '.', 'x', '../y', './x/../z']
        .map((from) => [from, Module._nodeModulePaths(from)[0]])`,
    shows: '/case/work/x/node_modules',
  },
  {
    name: 'R6 _nodeModulePaths of what is no string',
    program: `const { Module } = require('module')
      module.exports = [undefined, null, 1, {}].map((from) => attempt(() => Module._nodeModulePaths(from)))`,
    shows: 'ERR_INVALID_ARG_TYPE',
  },
  {
    name: 'R7 NODE_PATH: after node_modules, empties dropped, entries as they are written',
    env: { NODE_PATH: '<root>/one::<root>/two:relative:' },
    tree: {
      'one/a.js': 'module.exports = "one/a"',
      'two/a.js': 'module.exports = "two/a"',
      'two/b/index.js': 'module.exports = "two/b"',
      'relative/c.js': 'module.exports = "relative/c"',
      'node_modules/d.js': 'module.exports = "node_modules/d"',
      'one/d.js': 'module.exports = "one/d"',
      'two/e/package.json': '{"exports": {"./sub": "./lib.js"}}',
      'two/e/lib.js': 'module.exports = "two/e/sub"',
    },
    program: `${globals}
      module.exports = [plain(require('module').globalPaths),
        attemptAll(['a', 'b', 'c', 'd', 'e/sub', 'e/lib.js', 'f'], require)]`,
    shows: ['two/b', 'relative/c', 'node_modules/d'],
  },
  {
    name: 'R7 $HOME/.node_modules and $HOME/.node_libraries',
    tree: {
      'home/.node_modules/a.js': 'module.exports = "modules"',
      'home/.node_libraries/a.js': 'module.exports = "libraries"',
      'home/.node_libraries/b.js': 'module.exports = "libraries"',
    },
    program: `${globals}
      module.exports = [plain(require('module').globalPaths), attemptAll(['a', 'b'], require)]`,
    shows: '/case/home/.node_modules',
  },
  {
    name: 'R7 _initPaths reads the environment again, and globalPaths is only a copy',
    tree: { 'later/a.js': 'module.exports = "later"' },
    program: `${globals}
      const { Module } = require('module')
      Module.globalPaths.push(__dirname + '/later')
      const seen = [attempt(() => require('a'))]
      const before = Module.globalPaths
      process.env.NODE_PATH = __dirname + '/later'
      seen.push(attempt(() => require('a')).code)
      Module._initPaths()
      seen.push(attempt(() => require('a')), before === Module.globalPaths, plain(Module.globalPaths))
      delete process.env.NODE_PATH
      delete process.env.HOME
      Module._initPaths()
      seen.push(plain(Module.globalPaths), plain(require.resolve.paths('x')).at(-1))
      Module.globalPaths = ['/nowhere']
      seen.push(plain(require.resolve.paths('x')).at(-1))
      module.exports = seen`,
    shows: 'later',
  },
  {
    name: 'R6 R17 lookups climb out of node_modules, but never look into node_modules/node_modules',
    tree: {
      'node_modules/a/index.js': 'module.exports = [require("b"), require("c")]',
      'node_modules/b.js': 'module.exports = "b"',
      'node_modules/node_modules/b.js': 'module.exports = "wrong"',
      'node_modules/a/node_modules/c/index.js': 'module.exports = "nested c"',
      'node_modules/c/index.js': 'module.exports = "outer c"',
    },
    program: 'module.exports = [require("a"), require("c")]',
    shows: 'nested c',
  },
  {
    name: 'R6 JP-03 the nearest node_modules that has the file wins, directory by directory',
    at: 'a/b/main.js',
    tree: {
      'node_modules/x/index.js': 'module.exports = "root x"',
      'node_modules/y.js': 'module.exports = "root y"',
      'a/node_modules/x.js': 'module.exports = "a x"',
      'a/b/node_modules/x/readme': '',
      'a/b/node_modules/y': null,
      'node_modules/z/deep/file.js': 'module.exports = "root z/deep/file"',
      'a/node_modules/z/index.js': 'module.exports = "a z"',
    },
    program: `module.exports = attemptAll(['x', 'y', 'z', 'z/deep/file', 'z/deep'], require)`,
    shows: ['a x', 'root y', 'root z/deep/file'],
  },
  {
    name: 'R20 require.resolve.paths: builtins null, relative the own directory',
    at: 'a/main.js',
    program: `${globals}
      module.exports = ['fs', 'node:fs', 'node:test', 'test', './x', '../x', '.', '..', 'x', '#x', '/x']
        .map((r) => [r, plain(require.resolve.paths(r))])
      module.exports.push(plain(require.resolve.paths('')), attempt(() => require.resolve.paths()),
        attempt(() => require.resolve.paths(1)))`,
    shows: '/case/a/node_modules',
  },
])
