import { refused } from '../oracle/node.ts'
import { oracle } from '../oracle/suite.ts'

const says = (text: string) => `module.exports = ${JSON.stringify(text)}`
const place =
  'module.exports = [__filename.slice(-24), module.id === __filename, module.paths[0].slice(-24)]'

/** A package linked into node_modules, as `npm link` and workspaces do. */
const workspace = {
  'packages/a/package.json': '{"name":"a","main":"lib/a.js"}',
  'packages/a/lib/a.js': `module.exports = [__filename, (() => { try { return require('peer') } catch (e) { return e.code } })(), require('own')]`,
  'packages/a/node_modules/own/index.js': says('own'),
  'app/node_modules/a': { link: '../../packages/a' },
  'app/node_modules/peer/index.js': says('peer of the app'),
  'app/linked.js': { link: '../packages/a/lib/a.js' },
}

oracle('symlinks', [
  {
    name: 'R19 files and directories are known by their real path, and loaded once',
    tree: {
      'real/x.js': `globalThis.count = (globalThis.count ?? 0) + 1; ${place}`,
      'link.js': { link: 'real/x.js' },
      dir: { link: 'real' },
      chain: { link: 'dir' },
      'abs.js': { link: '<root>/real/x.js' },
      'up/up.js': { link: '../link.js' },
      slash: { link: 'real/' },
      dot: { link: './real/../real/.' },
    },
    program: `const all = ['./real/x', './link', './dir/x', './chain/x', './abs', './up/up', './slash/x', './dot/x.js']
      module.exports = [attemptAll(all, require.resolve), new Set(all.map(require)).size, globalThis.count, cached()]
      delete globalThis.count`,
    shows: '/case/real/x.js',
  },
  {
    name: 'R19 --preserve-symlinks: each name is a module of its own',
    execArgv: ['--preserve-symlinks'],
    tree: {
      'real/x.js': `globalThis.count = (globalThis.count ?? 0) + 1; ${place}`,
      'link.js': { link: 'real/x.js' },
      dir: { link: 'real' },
      chain: { link: 'dir' },
    },
    program: `const all = ['./real/x', './link', './dir/x', './chain/x', './dir/../dir/x', './chain//x.js']
      module.exports = [attemptAll(all, require.resolve), new Set(all.map(require)).size, globalThis.count, cached()]
      delete globalThis.count`,
    shows: '/case/chain/x.js',
  },
  {
    name: 'R19 a linked package looks for its dependencies from its real place',
    at: 'app/main.js',
    tree: workspace,
    program: `module.exports = [require('a'), attempt(() => require('./linked')), require.resolve('a/package.json')]`,
    shows: ['/case/packages/a/lib/a.js', 'MODULE_NOT_FOUND'],
  },
  {
    name: 'R19 with --preserve-symlinks it looks from where it is linked',
    at: 'app/main.js',
    execArgv: ['--preserve-symlinks'],
    tree: { ...workspace, 'app/linked.js': says('not asked') },
    program: `module.exports = [require('a'), require.resolve('a/package.json'), cached()]`,
    shows: ['/case/app/node_modules/a/lib/a.js', 'peer of the app'],
  },
  {
    name: 'R19 the extension is that of the real name',
    tree: {
      'data.json': '{"json": true}',
      'code.js': 'module.exports = { js: true }',
      'a.js': { link: 'data.json' },
      'b.json': { link: 'code.js' },
      'bin/tool': { link: '../code.js' },
      'c.js': { link: 'noext' },
      noext: 'module.exports = { noext: true }',
    },
    program: `module.exports = attemptAll(['./a', './b', './bin/tool', './c', './a.js'], require)`,
    shows: 'noext',
  },
  {
    name: 'R19 with --preserve-symlinks the extension is that of the link',
    execArgv: ['--preserve-symlinks'],
    tree: {
      'data.json': '1',
      'code.js': 'module.exports = { js: true }',
      'a.js': { link: 'data.json' },
      'b.json': { link: 'code.js' },
      'bin/tool': { link: '../code.js' },
    },
    program: `module.exports = attemptAll(['./a', './b', './bin/tool'], require)`,
    shows: 'SyntaxError',
  },
  {
    name: 'R19 loops and links to nowhere are as if they were not there',
    tree: {
      'loop.js': { link: 'loop.js' },
      one: { link: 'two' },
      two: { link: 'one' },
      'gone.js': { link: 'nowhere.js' },
      'gone/index.js': says('gone/index.js'),
      dangling: { link: 'nowhere' },
      'dangling.js': says('dangling.js'),
      self: { link: '.' },
      parent: { link: '..' },
      'x.js': says('x'),
      'p/index.js': { link: '../loop.js' },
      'p/index.json': '"p/index.json"',
      'node_modules/q': { link: '../one' },
      'q.js': '',
      file: { link: 'x.js/' },
    },
    program: `module.exports = attemptAll(['./loop', './loop.js', './one', './one/x', './gone', './gone.js', './dangling', './self/x', './self/self/self/x', './parent/x',
      './p', 'q', './file', './file/'], require)`,
    shows: ['gone/index.js', 'dangling.js', 'p/index.json'],
  },
  {
    // The kernel follows a link's target step by step, node's realpath joins it as text.
    name: 'R19 dots after a link: textual in requests, and in targets too when the name is made real',
    tree: {
      'a/b/c.js': says('a/b/c'),
      'a/c.js': says('a/c'),
      'a/only.js': says('a/only'),
      'c.js': says('c'),
      link: { link: 'a/b' },
      'up.js': { link: 'link/../c.js' },
      'only.js': { link: 'link/../only.js' },
      'notc.js': { link: 'link/../../c.js' },
      'x/y/link2': { link: '../../a/../a/b' },
      'x/y/c.js': says('x/y/c'),
    },
    program: `module.exports = attemptAll(['./link/../c', './link/c', './up', './x/y/link2/c', './x/y/link2/../c', './link/./../link/c', './only', './notc'], require)`,
    shows: ['["./up","c"]', '["./x/y/link2/../c","x/y/c"]', 'ENOENT'],
  },
  {
    name: 'R18 R19 a package.json that cannot be reached for loops is an error of its own',
    tree: {
      'a/package.json': { link: 'package.json' },
      'a/x.js': says('a/x'),
      'a/index.js': says('a/index'),
      b: { link: 'b' },
      'node_modules/c': { link: 'c' },
      'node_modules/d/package.json': { link: '../c' },
      'node_modules/d/index.js': '',
    },
    program: `module.exports = attemptAll(['./a/x', './a', './b', './b/', './b/x', 'c', 'c/x', 'd', 'd/index'], require)`,
    shows: 'too many symbolic links encountered',
  },
  {
    name: 'R19 R17 the scope is that of the real place: type, exports, imports, self',
    execArgv: refused,
    tree: {
      'esm/package.json':
        '{"type":"module","name":"esm","exports":"./m.cjs","imports":{"#i":"./m.cjs"}}',
      'esm/x.js': says('x'),
      'esm/y.cjs': `module.exports = [require('esm'), require('#i')]`,
      'esm/m.cjs': says('m'),
      'cjs/package.json': '{"type":"commonjs"}',
      'cjs/x.js': { link: '../esm/x.js' },
      'cjs/y.cjs': { link: '../esm/y.cjs' },
      'cjs/z.js': says('z'),
      'esm/z.js': { link: '../cjs/z.js' },
      'node_modules/p/package.json': { link: '../../pkg.json' },
      'node_modules/p/real.js': { link: '../../cjs/z.js' },
      'pkg.json': '{"exports":"./real.js"}',
      'real.js': says('never'),
    },
    program: `module.exports = attemptAll(['./cjs/x', './cjs/y.cjs', './esm/z', 'p'], require).map(([r, it]) => [r, it.code ?? it])`,
    shows: ['ERR_REQUIRE_ESM', '"z"'],
  },
  {
    name: 'R19 R12 what exports and imports lead to is made real as well',
    tree: {
      'store/p@1/package.json': '{"exports":{"./x":"./lib/x.js","./l":"./link.js"}}',
      'store/p@1/lib/x.js': place,
      'store/p@1/link.js': { link: 'lib/x.js' },
      'node_modules/p': { link: '../store/p@1' },
      'node_modules/@s/p': { link: '../../store/p@1' },
      'package.json': '{"imports":{"#x":"./linked.js","#p":"p/l"}}',
      'linked.js': { link: 'store/p@1/lib/x.js' },
    },
    program: `module.exports = [attemptAll(['p/x', 'p/l', '@s/p/x', '#x', '#p', 'p'], require.resolve), require('p/x') === require('#x')]`,
    shows: [
      '/case/store/p@1/lib/x.js',
      'No \\"exports\\" main defined in /case/node_modules/p/package.json',
    ],
  },
  {
    name: 'R19 the main program is real, also without preserve for others',
    tree: {
      'real/main.js': `const { attempt } = require('../observe.cjs')
      module.exports = [__filename, module.id, require.main === module, process.argv[1], attempt(() => require('./beside')), require.resolve('./link')]`,
      'start.js': { link: 'real/main.js' },
      'real/beside.js': says('beside the real'),
      'real/link.js': { link: 'beside.js' },
      'beside.js': says('beside the link'),
    },
    main: '<root>/start.js',
    execArgv: ['--preserve-symlinks'],
    shows: ['/case/real/main.js', '/case/real/link.js'],
  },
  {
    name: "R19 --preserve-symlinks-main keeps the main program's name, and only that",
    tree: {
      'real/main.js': `const { attempt } = require(require('fs').existsSync(__dirname + '/observe.cjs') ? './observe.cjs' : '../observe.cjs')
      module.exports = [__filename, require.main === module, process.argv[1], attempt(() => require('./beside')), require.resolve('./link')]`,
      'start.js': { link: 'real/main.js' },
      'beside.js': says('beside the link'),
      'link.js': { link: 'beside.js' },
    },
    main: '<root>/start',
    execArgv: ['--preserve-symlinks-main'],
    shows: ['/case/start.js', '/case/beside.js'],
  },
  {
    name: 'R19 real paths are remembered for good',
    tree: {
      'one.js': says('one'),
      'two.js': says('two'),
      'link.js': { link: 'one.js' },
      'd1/x.js': says('d1'),
      'd2/x.js': says('d2'),
      'd2/y.js': says('d2/y'),
      d: { link: 'd1' },
    },
    program: `const fs = require('fs')
      const relink = (name, target) => { fs.unlinkSync(__dirname + '/' + name); fs.symlinkSync(target, __dirname + '/' + name) }
      const seen = [require.resolve('./link'), require.resolve('./d/x')]
      relink('link.js', 'two.js')
      relink('d', 'd2')
      seen.push(require.resolve('./link'), require.resolve('./link.js'), require.resolve('./d/../link'), require.resolve('./d/x.js'), attempt(() => require.resolve('./d/y')))
      module.exports = seen`,
    shows: ['/case/one.js', "lstat '/case/d1/y.js'"],
  },
  {
    name: 'R19 R20 module.paths of a linked module climb from its real directory',
    at: 'a/main.js',
    tree: {
      'b/c/m.js': 'module.exports = module.paths.slice(0, 3)',
      'a/l.js': { link: '../b/c/m.js' },
      'a/d': { link: '../b' },
    },
    program: `module.exports = [require('./l'), require('./d/c/m') === require('./l'), require.resolve.paths('x').slice(0, 2)]`,
    shows: '/case/b/c/node_modules',
  },
])
