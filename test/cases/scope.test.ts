import { refused } from '../oracle/node.ts'
import { oracle } from '../oracle/suite.ts'

const says = (text: string) => `module.exports = ${JSON.stringify(text)}`
const json = (value: unknown) => JSON.stringify(value)

oracle('self-reference and scope', [
  {
    name: 'R16 a package finds itself through its exports, before node_modules',
    tree: {
      'package.json': json({
        name: 'me',
        exports: {
          '.': './own.js',
          './x': './lib/x.js',
          './gone': './gone.js',
          './p/*': './lib/*.js',
        },
      }),
      'own.js': says('own'),
      'lib/x.js': says('x'),
      'lib/deep/m.js': 'module.exports = require("me/x")',
      'node_modules/me/index.js': says('never'),
      'node_modules/me/y.js': says('never'),
      'node_modules/mee/index.js': says('mee'),
    },
    program: `module.exports = attemptAll(['me', 'me/x', 'me/p/x', './lib/deep/m', 'mee', 'me/y', 'me/gone', 'me/', 'me/package.json', 'ME'], require)`,
    shows: ['own', 'imported from /case/main.js', '"mee"'],
  },
  {
    name: 'R16 without exports or without name there is no self-reference',
    tree: {
      'a/package.json': json({ name: 'a', main: 'm.js' }),
      'a/m.js': 'exports.self = 1',
      'b/package.json': json({ exports: './m.js' }),
      'b/m.js': '',
      'c/package.json': json({ name: 'c', exports: null }),
      'c/m.js': '',
      'd/package.json': json({ name: 'd', exports: './m.js' }),
      'd/m.js': '',
      'd/sub/package.json': '{}',
      'd/sub/m.js': '',
      'd/node_modules/x/m.js': '',
    },
    program: `const { createRequire } = require('module')
      module.exports = [['a', 'a'], ['b', 'b'], ['c', 'c'], ['d', 'd'], ['d/sub', 'd'], ['d/node_modules/x', 'd'], ['d/none/deep', 'd']]
        .map(([from, name]) => [from, attempt(() => createRequire(__dirname + '/' + from + '/m.js').resolve(name))])`,
    shows: '/case/d/m.js',
  },
  {
    name: 'R16 scoped names, and names that are no names',
    tree: {
      'a/package.json': json({ name: '@s/p', exports: { '.': './m.js', './x': './x.js' } }),
      'a/m.js': '',
      'a/x.js': '',
      'b/package.json': json({
        name: '',
        exports: { './x': './m.js', '.': './m.js', '.<root>/b/x': './m.js' },
      }),
      'b/m.js': '',
      'b/x.js': '',
      'c/package.json': json({ name: '.', exports: { './x': './m.js' } }),
      'c/m.js': '',
      'c/x.js': '',
      'd/package.json': json({ name: '..', exports: { './x': './m.js' } }),
      'd/m.js': '',
      'e/package.json': json({ name: 'fs', exports: './m.js' }),
      'e/m.js': '',
      'f/package.json': json({ name: 'p/q', exports: { '.': './m.js', './x': './m.js' } }),
      'f/m.js': '',
      'g/package.json': json({ name: '__proto__', exports: './m.js' }),
      'g/m.js': '',
      'h/package.json': json({ name: '#x', exports: './m.js' }),
      'h/m.js': '',
    },
    program: `const { createRequire } = require('module')
      const tries = { a: ['@s/p', '@s/p/x', '@s'], b: ['x', __dirname + '/b/x', '/x', './x'], c: ['./x', './m', '.'], d: ['../x', '..'], e: ['fs', 'fs/x'],
        f: ['p/q', 'p/q/x', 'p'], g: ['__proto__'], h: ['#x'] }
      module.exports = Object.entries(tries).map(([from, all]) => [from, attemptAll(all, createRequire(__dirname + '/' + from + '/m.js').resolve)])`,
    shows: '/case/a/x.js',
  },
  {
    name: 'R16 R8 what self-reference finds goes into _pathCache, and is asked before it',
    tree: {
      'package.json': json({ name: 'me', exports: { './x': './x.js' } }),
      'x.js': '',
      'node_modules/me/x.js': '',
    },
    program: `const key = ['me/x', ...module.paths, ...require('module').globalPaths].join('\\0')
      const before = require('module')._pathCache[key]
      require.resolve('me/x')
      const seen = [show(before), require('module')._pathCache[key]]
      require('module')._pathCache[key] = __filename
      seen.push(require.resolve('me/x'), require('module')._findPath('me/x', module.paths))
      module.exports = seen`,
    shows: '/case/x.js',
  },
  {
    name: "R16 R20 self-reference is tried with options.paths too, by the requirer's scope; one empty list is a TypeError-free miss",
    tree: {
      'package.json': json({ name: 'me', exports: { './x': './x.js' } }),
      'x.js': '',
      'other/node_modules/me/x.js': '',
    },
    program: `module.exports = [[__dirname + '/other'], [], ['/nowhere']].map((paths) => attempt(() => require.resolve('me/x', { paths })))`,
    shows: '/case/x.js',
  },
  {
    name: 'R17 X6 the nearest package.json decides the type, node_modules ends the walk',
    execArgv: refused,
    tree: {
      'package.json': json({ type: 'module' }),
      'a.js': says('a'),
      'sub/a.js': says('sub/a'),
      'sub/cjs/package.json': '{}',
      'sub/cjs/a.js': says('sub/cjs/a'),
      'sub/cjs/deep/a.js': says('sub/cjs/deep/a'),
      'node_modules/a.js': says('node_modules/a'),
      'node_modules/p/a.js': says('p/a'),
      'node_modules/q/package.json': json({ type: 'module' }),
      'node_modules/q/a.js': says('q/a'),
      'node_modules/q/node_modules/r/a.js': says('r/a'),
      'node_modules/package.json': json({ type: 'module' }),
      'x/node_modules/package.json': json({ type: 'module' }),
      'x/node_modules/s/a.js': says('s/a'),
      'x/node_modules_/a.js': says('x/node_modules_/a'),
      'main.cjs': '',
    },
    at: 'main.cjs',
    program: `module.exports = attemptAll(['./a', './sub/a', './sub/cjs/a', './sub/cjs/deep/a', './node_modules/a', 'p/a', 'q/a', './node_modules/q/node_modules/r/a',
      './x/node_modules/s/a', './x/node_modules_/a'].map((r) => r), require).map(([r, seen]) => [r, seen.code ?? seen])`,
    shows: ['ERR_REQUIRE_ESM', 'node_modules/a', 'r/a', 's/a'],
  },
  {
    name: 'R17 types that node does not know are ignored',
    tree: Object.fromEntries(
      ['commonjs', 'Module', ' module', 'esm', '', 'module '].flatMap((type, index) => [
        [`t${index}/package.json`, json({ type })],
        [`t${index}/a.js`, `module.exports = [${json(type)}, this === module.exports]`],
      ]),
    ),
    program: 'module.exports = [0, 1, 2, 3, 4, 5].map((n) => require("./t" + n + "/a"))',
    shows: 'Module',
  },
  {
    name: 'R17 M12 _readPackage: what node keeps of a package.json, in which order',
    tree: {
      'a/package.json': json({
        version: '1',
        imports: { '#x': 1 },
        exports: [{}],
        main: 'm',
        name: 'n',
        type: 'module',
        dependencies: {},
      }),
      'b/package.json': '{}',
      'c/package.json': json({ main: 1, exports: true, imports: 0, type: 'x', name: '' }),
      'd/other': '',
      'e/package.json': json({ exports: './m.js', imports: 'x' }),
    },
    program: `const { _readPackage } = require('module')
      module.exports = [...'abcde', 'none'].map((dir) => {
        const it = _readPackage(__dirname + '/' + dir)
        return [dir, it, Object.keys(it), Object.getPrototypeOf(it), Object.getOwnPropertyDescriptor(it, 'exports')]
      })`,
    shows: 'pjsonPath',
  },
  {
    name: 'R21 a package.json is read once: changes and deletion are not seen',
    tree: {
      'a/package.json': json({ main: 'one.js' }),
      'a/one.js': says('one'),
      'a/two.js': says('two'),
    },
    program: `const fs = require('fs')
      const file = __dirname + '/a/package.json'
      const seen = [require('./a')]
      fs.writeFileSync(file, '{"main": "two.js"}')
      seen.push(require('./a/'), require.resolve('./b/../a'), require('module')._readPackage(__dirname + '/a').main)
      fs.writeFileSync(file, '{')
      seen.push(require.resolve(__dirname + '/a'))
      fs.unlinkSync(file)
      seen.push(require.resolve('./b/../a/'), require('module')._readPackage(__dirname + '/a').main, attempt(() => require('./a/package.json')).code)
      module.exports = seen`,
    shows: ['one.js', 'MODULE_NOT_FOUND'],
  },
  {
    name: 'R21 the absence of a package.json is remembered as well, by whoever looked',
    tree: {
      'a/index.js': says('a/index'),
      'a/two.js': says('a/two'),
      'b/x.js': says('b/x'),
      'b/y.js': says('b/y'),
      'b/deep/z.js': says('b/deep/z'),
      'node_modules/x': '',
    },
    program: `const fs = require('fs')
      const write = (path, value) => { fs.mkdirSync(require('path').dirname(path), { recursive: true }); fs.writeFileSync(path, value) }
      const seen = [require('./a'), require('./b/x'), attempt(() => require('p')).code]
      write(__dirname + '/a/package.json', '{"main": "two.js"}')
      write(__dirname + '/b/package.json', '{"type": "module"}')
      write(__dirname + '/node_modules/p/package.json', '{"main": "lib.js"}')
      write(__dirname + '/node_modules/p/lib.js', 'module.exports = "p/lib"')
      seen.push(require('./a/'), require('./b/y'), require('./b/deep/z'), attempt(() => require('p')).code, require('p/lib'))
      write(__dirname + '/node_modules/p/index.js', 'module.exports = "p/index"')
      seen.push(require('p'), require('module')._readPackage(__dirname + '/node_modules/p').exists, require('p/package.json').main)
      write(__dirname + '/node_modules/q/package.json', '{"main": "lib.js"}')
      write(__dirname + '/node_modules/q/lib.js', 'module.exports = "q/lib"')
      seen.push(require('q'))
      module.exports = seen`,
    shows: ['p/index', 'q/lib'],
  },
  {
    name: 'R18 R21 a broken package.json is read again each time, and may heal',
    tree: {
      'a/package.json': '{',
      'a/index.js': says('index'),
      'a/m.js': says('m'),
      'a/n.js': says('n'),
    },
    program: `const fs = require('fs')
      const seen = [attempt(() => require('./a')), attempt(() => require('./a/n')).code, attempt(() => require('./a/n')).code, cached()]
      fs.writeFileSync(__dirname + '/a/package.json', '{"main": "m"}')
      seen.push(require('./a/n'), require('./a'))
      fs.writeFileSync(__dirname + '/a/package.json', '{')
      seen.push(require('./a/'), require('./a/index'))
      module.exports = seen`,
    shows: ['ERR_INVALID_PACKAGE_CONFIG', '"m"'],
  },
])
