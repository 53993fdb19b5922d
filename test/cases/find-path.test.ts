import { oracle } from '../oracle/suite.ts'

const says = (text: string) => `module.exports = ${JSON.stringify(text)}`

oracle('finding files', [
  {
    name: 'R10 JP-03 JP-04 JP-08 the exact file, then the extensions in order, then the directory',
    tree: {
      a: says('a'),
      'a.js': says('a.js'),
      'a.json': '"a.json"',
      'b.js': says('b.js'),
      'b.json': '"b.json"',
      'b/index.js': says('b/index.js'),
      'c.json': '"c.json"',
      'c.node': 'no addon',
      'c/index.js': says('c/index.js'),
      'd.foo': says('d.foo'),
      'd/index.js': says('d/index.js'),
      'e/index.json': '"e/index.json"',
      'f.js/index.js': says('f.js/index.js'),
      'g.js/index.js': says('g.js/index.js'),
      'g.json': '"g.json"',
      'h.mjs': 'export {}',
      'h.cjs': says('h.cjs'),
      'i.js.js': says('i.js.js'),
      'j.json.js': says('j.json.js'),
    },
    program: `module.exports = attemptAll(['./a', './a.js', './b', './c', './d', './d.foo', './e', './f', './f.js',
      './g', './h', './h.cjs', './i', './i.js', './j', './j.json', './k'], require)`,
    shows: ['f.js/index.js', 'g.json', 'i.js.js', 'j.json.js'],
  },
  {
    name: 'R9 endings that mean a directory',
    at: 'x/main.js',
    tree: {
      'x.js': says('x.js'),
      'x/index.js': says('x/index.js'),
      'x/y.js': says('x/y.js'),
      'x/y/index.js': says('x/y/index.js'),
      'index.js': says('index.js'),
      'x/file.js': says('file'),
    },
    program: `module.exports = attemptAll(['./y', './y/', './y/.', './y//', './y/./', './y/..', './y/../', '.', './',
      './.', '..', '../', '../.', '../x', '../x/', '../x/.', './../x', './/y', './/y//', './y/../y', './file.js/',
      './file/', './file.js/.', './file.js/..', './y/index.js/', './y/index/', './y/...', './y/.js', '..js'],
      require)`,
    shows: ['x/y.js', 'x/y/index.js', 'x/index.js', '"index.js"'],
  },
  {
    name: 'R9 the same endings for packages and absolute paths',
    tree: {
      'node_modules/p.js': says('p.js'),
      'node_modules/p/index.js': says('p/index.js'),
      'node_modules/p/s.js': says('s.js'),
      'node_modules/p/s/index.js': says('s/index.js'),
      'node_modules/@o/q/index.js': says('@o/q'),
      'node_modules/index.js': says('node_modules/index.js'),
    },
    program: `module.exports = [
      attemptAll(['p', 'p/', 'p/.', 'p//', 'p/s', 'p/s/', 'p/s/.', 'p/s/..', 'p/..', 'p/../p', '@o/q/', '@o/q/.',
        'p/./s', 'p//s', '@o/../p', 'p/s.js/', '@o', '@o/'], require),
      attemptAll(['p', 'p/', 'p/.', 'p/..', 'p/s', 'p//s', 'p/./../p/s'],
        (r) => require(__dirname + '/node_modules/' + r)),
      attemptAll(['/', '//', '/.'], (r) => require(__dirname + '/node_modules' + r)),
    ]`,
    shows: ['p.js', 'p/index.js', 'node_modules/index.js'],
  },
  {
    name: 'R8 _findPath: no paths, absolute requests, empty requests',
    tree: { 'x.js': '', 'd/index.js': '', 'd/x.js': '' },
    program: `const { Module } = require('module')
      const d = __dirname
      const find = (...args) => attempt(() => Module._findPath(...args))
      module.exports = [
        find('./x'), find('./x', null), find('./x', []), find('x', [d]), find('./x', [d]), find('x.js', [d]),
        find('x', [d + '/d', d]), find('x', [d + '/none', d + '/x.js', d]), find(d + '/x'), find(d + '/x', []),
        find('', [d + '/d']), find('.', [d + '/d']), find('', [d]), find('./x', ['']), find('x', ['d', '.']),
        find('..', [d + '/d']), find('d', [d], true), find('x', [d], false, new Set()),
      ]`,
    shows: '/case/d/index.js',
  },
  {
    name: 'R8 a path that is no directory is skipped, unless the request climbs out of it',
    tree: { 'x.js': '', 'd/y.js': '', 'd/z.js': '' },
    program: `const { Module } = require('module')
      const d = __dirname
      const find = (...args) => attempt(() => Module._findPath(...args))
      module.exports = [
        find('../x', [d + '/none']), find('./../x', [d + '/none']), find('./a/../../x', [d + '/none']),
        find('./x', [d + '/none', d]), find('../x', [d + '/x.js']), find('./y/../../d/z', [d + '/none']),
        find('a/../../x', [d + '/none']), find('./../d/y', [d + '/x.js', d]), find('..', [d + '/d/none']),
      ]`,
    shows: '/case/x.js',
  },
  {
    name: 'R8 paths that are no strings',
    tree: { 'x.js': '' },
    program: `const { Module } = require('module')
      module.exports = [[1], [null], [undefined], [{}], [__dirname + '/none', 2]]
        .map((paths) => attempt(() => Module._findPath('./x', paths)))
      module.exports.push(attempt(() => Module._findPath('./x', [__dirname, 3])),
        attempt(() => Module._findPath(__dirname + '/x', [4])))`,
    shows: 'argument must be array of strings. Received an instance of Array',
  },
  {
    name: 'R8 R21 _pathCache: its keys, and hits only',
    tree: {
      'x.js': '',
      'd/index.js': '',
      'node_modules/p/index.js': '',
      'node_modules/q.json': '{}',
    },
    program: `require('./x'); require('./d'); require('./d/'); require('p'); require.resolve('q')
      attempt(() => require('none')); attempt(() => require('./none')); require(__dirname + '/x')
      require.resolve('./x', { paths: [__dirname, '/elsewhere'] })
      const short = (s) => s.replace(/^.*\\/lib\\/node$/, '<prefix>')
      module.exports = pathCache().map((entry) => entry.map(short))`,
    shows: ['["./x","/case","/case/x.js"]'],
  },
  {
    name: 'R8 _pathCache is believed without looking, and survives the deletion from require.cache',
    tree: { 'x.json': '"json"', 'y.js': says('y'), 'node_modules/p.js': says('p') },
    program: `const fs = require('fs')
      const { Module } = require('module')
      const seen = [require('./x')]
      fs.writeFileSync(__dirname + '/x.js', 'module.exports = "js"')
      seen.push(require('./x'))
      delete require.cache[__dirname + '/x.json']
      seen.push(require('./x'), require.resolve('./x'), require('./x.js'))
      Module._pathCache['./never\\0' + __dirname] = __dirname + '/y.js'
      seen.push(require('./never'))
      Module._pathCache['./x\\0' + __dirname] = false
      delete require.cache[__dirname + '/x.json']
      seen.push(require('./x'))
      Module._pathCache = Object.create(null)
      seen.push(require.resolve('./x'), attempt(() => require.resolve('./never')).code)
      module.exports = seen`,
    shows: ['"js"', '"y"', 'MODULE_NOT_FOUND'],
  },
  {
    name: 'R8 JP-06 a file that vanishes after its resolution: the error of reading it',
    tree: { 'x.js': says('x'), 'y.json': '1' },
    program: `const fs = require('fs')
      require('./x'); require('./y')
      fs.unlinkSync(__dirname + '/x.js'); fs.unlinkSync(__dirname + '/y.json')
      const seen = [require('./x'), require.resolve('./x')]
      delete require.cache[__dirname + '/x.js']; delete require.cache[__dirname + '/y.json']
      seen.push(attempt(() => require('./x')), attempt(() => require('./y')), require.resolve('./x'), cached())
      fs.writeFileSync(__dirname + '/x.js', 'module.exports = "again"')
      seen.push(require('./x'))
      module.exports = seen`,
    shows: ['ENOENT', 'again'],
  },
  {
    name: 'R8 a file that appears after a failed require is found, directories above it too',
    program: `const fs = require('fs')
      const seen = [attempt(() => require('./x')).code, attempt(() => require('p/sub')).code]
      fs.writeFileSync(__dirname + '/x.js', 'module.exports = "x"')
      seen.push(require('./x'))
      fs.mkdirSync(__dirname + '/node_modules/p', { recursive: true })
      fs.writeFileSync(__dirname + '/node_modules/p/sub.js', 'module.exports = "sub"')
      seen.push(require('p/sub'))
      module.exports = seen`,
    shows: ['MODULE_NOT_FOUND', 'sub'],
  },
  {
    name: 'R8 M10 extensions are tried in the order of Module._extensions as it is now',
    tree: {
      'x.json': '"json"',
      'x.foo': says('foo'),
      'd/index.foo': says('d/index.foo'),
      'x.bar.js': says('bar'),
    },
    program: `const { extensions } = require
      const seen = [require.resolve('./x'), attempt(() => require('./d')).code, Object.keys(extensions)]
      extensions['.foo'] = (module) => { module.exports = 'by .foo' }
      seen.push(require('./d'), require.resolve('./x', { paths: [__dirname] }))
      const json = extensions['.json']
      delete extensions['.json']
      extensions['.json'] = json
      extensions['.bar.js'] = () => {}
      require('module')._pathCache = Object.create(null)
      seen.push(require.resolve('./x'), Object.keys(extensions))
      delete extensions['.js']
      seen.push(attempt(() => require('./observe')).code, require('./x.foo'))
      module.exports = seen`,
    shows: 'by .foo',
  },
  {
    name: 'R8 an extension may be anything: empty, without a dot, a number',
    tree: { x1: says('x1'), 'y-z': says('y-z'), 'd/index': says('index without extension') },
    program: `const { extensions } = require
      const run = extensions['.js']
      const seen = [attempt(() => require('./x')).code, attempt(() => require('./d')).code]
      extensions['1'] = run
      extensions['-z'] = run
      seen.push(require('./x'), require('./y'))
      extensions[''] = run
      seen.push(require('./d'), Object.keys(extensions))
      module.exports = seen`,
    shows: 'index without extension',
  },
  {
    name: 'JP-04 names with spaces, umlauts, percent signs, question marks, hashes and backslashes',
    tree: {
      'a b.js': says('a b'),
      'ä.js': says('ae'),
      '日本/語.js': says('jp'),
      'a%20b.js': says('percent'),
      'q?x=1.js': says('query'),
      'h#x.js': says('hash'),
      'back\\slash.js': says('backslash'),
      'new\nline.js': says('newline'),
      'node_modules/ä ö/index.js': says('package'),
      'node_modules/50%/index.js': says('percent package'),
      'node_modules/😀.js': says('emoji'),
      '...js': says('dots'),
      '.hidden.js': says('hidden'),
      'node_modules/.dot/index.js': says('dot package'),
    },
    program: `module.exports = attemptAll(['./a b', './ä', './a\\u0308', './日本/語', './a%20b', './q?x=1', './h#x',
      './back\\\\slash', './new\\nline', 'ä ö', '50%', '😀', './..', './...js', './.hidden', '.dot', '.dot/index',
      './x\\0y', 'x\\0y'],
      require)`,
    shows: ['jp', 'emoji', 'dot package'],
  },
  {
    name: 'R8 names of Object.prototype are ordinary names',
    tree: {
      '__proto__.js': says('proto'),
      'constructor.js': says('constructor'),
      'toString/index.js': says('toString'),
      'node_modules/__proto__/index.js': says('package proto'),
      'node_modules/hasOwnProperty.js': says('package hasOwnProperty'),
      'node_modules/constructor/package.json': '{"main": "__proto__"}',
      'node_modules/constructor/__proto__.js': says('package constructor'),
    },
    program: `module.exports = attemptAll(['./__proto__', './constructor', './toString', './valueOf', '__proto__',
      'hasOwnProperty', 'constructor', 'valueOf', 'toString', '__proto__/index', './__proto__/x'], require)
      module.exports.push(cached())`,
    shows: ['package proto', 'package constructor'],
  },
])
