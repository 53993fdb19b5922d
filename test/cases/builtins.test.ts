import { oracle } from '../oracle/suite.ts'

const trap = 'module.exports = "the package"'

oracle('builtin modules', [
  {
    name: 'R1 a builtin is found before any package, and is given as it was asked for',
    tree: { 'node_modules/fs/index.js': trap, 'node_modules/path/posix.js': trap, 'fs.js': trap },
    program: `module.exports = attemptAll(
      ['fs', 'node:fs', 'fs/promises', 'node:fs/promises', 'path/posix', 'path', './fs'],
      require.resolve)`,
    shows: '/case/fs.js',
  },
  {
    name: 'R1 JP-03 only the exact id is builtin: fs/, fs/index.js and FS are packages',
    tree: { 'node_modules/fs/index.js': trap, 'node_modules/FS.js': trap },
    program: `module.exports = attemptAll(['fs/', 'fs/.', 'fs/index.js', 'fs/index', 'FS', 'fs/none'],
      require.resolve)`,
    shows: '/case/node_modules/fs/index.js',
  },
  {
    name: 'R1 Module._resolveFilename gives a builtin back whatever the parent and the options',
    program: `const { Module } = require('module')
      module.exports = [
        attempt(() => Module._resolveFilename('node:path', null, false)),
        attempt(() => Module._resolveFilename('path', undefined, true, { paths: 1 })),
        attempt(() => Module._findPath('path', module.paths)),
      ]`,
    shows: 'node:path',
  },
  {
    name: 'R1 internals of node are no builtins',
    program: `module.exports = attemptAll(
      ['internal/util', 'node:internal/util', 'internal/deps/minimatch/index', '_stream_readable'],
      require)`,
    shows: ['MODULE_NOT_FOUND', 'ERR_UNKNOWN_BUILTIN_MODULE'],
  },
  {
    name: 'R2 an unknown node: id is ERR_UNKNOWN_BUILTIN_MODULE for require',
    tree: { 'node_modules/node:nope/index.js': trap },
    program: `module.exports = attemptAll(
      ['node:nope', 'node:', 'node:fs/', 'node:FS', 'node:node:fs', 'node:./x'], require)`,
    shows: 'No such built-in module: node:nope',
  },
  {
    name: 'R2 an unknown node: id is an ordinary package name for require.resolve',
    tree: { 'node_modules/node:there/index.js': trap },
    program: `module.exports = [
        attemptAll(['node:nope', 'node:there', 'node:', 'node:there/index.js'], require.resolve),
        attempt(() => require('node:there')),
        require.resolve.paths('node:nope').length,
      ]`,
    shows: ["Cannot find module 'node:nope'", '/case/node_modules/node:there/index.js'],
  },
  {
    name: 'R2 the node: scheme is written in lower case',
    program: `module.exports = attemptAll(['NODE:fs', 'Node:fs', ' node:fs', 'node:fs '], require)`,
    shows: "Cannot find module 'NODE:fs'",
  },
  {
    name: 'R3 builtins that need the prefix are ordinary package names without it',
    tree: {
      'node_modules/test/index.js': trap,
      'node_modules/test/reporters.js': trap,
      'node_modules/sqlite.js': trap,
    },
    program: `module.exports = [
        attemptAll(['test', 'test/reporters', 'sqlite', 'sea'], require),
        attemptAll(['test', 'node:test', 'node:sea', 'node:sqlite'], require.resolve),
        require.resolve.paths('test').length,
        require.resolve.paths('node:test'),
      ]`,
    shows: ['the package', "Cannot find module 'sea'"],
  },
  {
    name: 'R3 M12 isBuiltin with and without the prefix',
    program: `const { isBuiltin } = require('module')
      const ids = ['fs', 'fs/promises', 'test', 'test/reporters', 'sqlite', 'sea', 'sys', 'wasi',
        'path/win32', 'internal/util', 'nope', '', 'fs/', './fs', 'FS', '_http_agent', '__proto__',
        'constructor', 'toString']
      module.exports = ids.map((id) => [id, isBuiltin(id), isBuiltin('node:' + id)])`,
    shows: 'fs/promises',
  },
  {
    name: 'R3 M12 builtinModules: every id, in order, frozen',
    program: `const { builtinModules } = require('module')
      module.exports = { frozen: Object.isFrozen(builtinModules), builtinModules }`,
    shows: 'node:test',
  },
  {
    name: 'R4 an entry of require.cache stands in for the bare id, not for node:',
    program: `const real = require('node:path')
      const mine = { exports: { mine: true }, loaded: true }
      require.cache.path = mine
      const seen = [require('path').mine, require('node:path') === real, require('path').join]
      seen.push(require.resolve('path'), module.children.includes(mine))
      require.cache['node:path'] = { exports: 'never', loaded: true }
      seen.push(require('node:path') === real)
      delete require.cache.path
      seen.push(require('path') === real, require.cache.path, cached())
      module.exports = show(seen)`,
    shows: 'true',
  },
  {
    name: 'R4 M5 X4 an entry that is not loaded goes the way of a cycle',
    program: `const entry = { exports: { mine: true } }
      require.cache.path = entry
      const got = require('path')
      module.exports = [got === entry.exports, Object.getPrototypeOf(got) === Object.prototype,
        show(got.mine), show(got.absent), show(got.__esModule), entry.children === undefined]
      Object.setPrototypeOf(got, Object.prototype)`,
    shows: "Accessing non-existent property 'absent'",
  },
  {
    name: 'R4 builtins leave no trace in require.cache, module.children and Module._pathCache',
    program: `require('fs'); require('node:fs'); require('path'); require.resolve('os')
      module.exports = { cached: cached(), children: children(module), pathCache: pathCache() }`,
    shows: '/case/main.js',
  },
  {
    name: 'R1 R4 a builtin is the same object under both its names',
    program: `module.exports = ['fs', 'path', 'events', 'util', 'fs/promises', 'path/posix', 'assert/strict']
      .map((id) => [id, require(id) === require('node:' + id)])
      module.exports.push(require('fs').promises === require('fs/promises'),
        require('path').posix === require('path/posix'), require('module') === require('module').Module)`,
    shows: 'path/posix',
  },
])
