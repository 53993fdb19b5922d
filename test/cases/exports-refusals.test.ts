import { oracle } from '../oracle/suite.ts'
import type { Tree } from '../oracle/types.ts'

/** Packages a, b, c, … in node_modules, one for each `exports`; each with the files. */
function packages(all: readonly unknown[], files: readonly string[] = ['m.js']): Tree {
  return Object.fromEntries(
    all.flatMap((exports, index) => {
      const place = `node_modules/${String.fromCharCode(97 + index)}`
      return [
        [`${place}/package.json`, JSON.stringify({ exports })],
        ...files.map((file) => [`${place}/${file}`, '']),
      ]
    }),
  )
}

const resolveAll = (requests: readonly string[]) =>
  `module.exports = attemptAll(${JSON.stringify(requests)}, require.resolve)`

const letters = (last: string) =>
  [...'abcdefghijklmnopqrstuvwxyz'].slice(0, last.charCodeAt(0) - 96)

oracle('what exports refuses', [
  {
    name: 'R13 ERR_INVALID_PACKAGE_TARGET: targets that do not begin with ./',
    tree: packages([
      'm.js',
      '/m.js',
      '../m.js',
      '',
      '.',
      'dep',
      'https://x/y',
      'node:fs',
      '.m.js',
      '..',
      './',
      '././m.js',
      '.\\m.js',
    ]),
    program: resolveAll(letters('m')),
    shows: [
      'Invalid \\"exports\\" main target \\"m.js\\" defined',
      'targets must start with \\"./\\"',
    ],
  },
  {
    name: 'R13 ERR_INVALID_PACKAGE_TARGET: targets that are no strings, and the way they are printed',
    tree: packages([
      { '.': 1 },
      { '.': true },
      { '.': false },
      { '.': 1.5e300 },
      { './x': 0 },
      { '.': { default: 1 } },
      { '.': [[1]] },
      { '.': [{ require: false }] },
      { './*': true },
    ]),
    program: resolveAll(['a', 'b', 'c', 'd', 'e/x', 'f', 'g', 'h', 'i/x']),
    shows: 'Invalid \\"exports\\" target \\"0\\" defined for',
  },
  {
    name: 'R13 ERR_INVALID_PACKAGE_TARGET: segments that are not allowed, also as percent codes',
    tree: packages(
      [
        './x/../m.js',
        './../m.js',
        './x/./m.js',
        './node_modules/x.js',
        './x/node_modules/y.js',
        './x/%2e%2e/m.js',
        './%2E/m.js',
        './x/.%2e/m.js',
        './n%6fde_modules/x.js',
        './NODE_MODULES/x.js',
        './x\\..\\m.js',
        './x/..',
        './..',
        './.',
        './x/node_modules',
        './node_modulesx/m.js',
        './.../m.js',
        './x/%2e%2e%2e/m.js',
        './..m.js',
      ],
      ['m.js', 'node_modulesx/m.js', '.../m.js', '..m.js'],
    ),
    program: resolveAll(letters('s')),
    shows: ['./n%6fde_modules/x.js', '/case/node_modules/p/node_modulesx/m.js'],
  },
  {
    name: 'R13 ERR_INVALID_MODULE_SPECIFIER: segments in what the star matched',
    tree: packages(
      [{ './*': './lib/*', './f/*.js': './lib/*.js', './n/*': './node/*' }],
      ['lib/m.js', 'm.js', 'node/_modules/m.js'],
    ),
    program: resolveAll([
      'a/../m.js',
      'a/./m.js',
      'a/x/../m.js',
      'a/x/..',
      'a/node_modules/x',
      'a/x/node_modules',
      'a/%2e%2e/m.js',
      'a/x/%2e/m.js',
      'a/f/...js',
      'a/f/..js',
      'a/n/node_modules/x',
      'a/nöde_modules',
      'a/x\\..\\m.js',
      'a/..',
      'a/.',
      'a/%2e',
      'a/node_module%73/x',
      'a/m.js',
    ]),
    shows: [
      'ERR_INVALID_MODULE_SPECIFIER',
      'is not a valid match in pattern',
      '/case/node_modules/a/lib/m.js',
    ],
  },
  {
    name: 'R13 DEP0166: double slashes in targets and in what was matched still work, with a warning',
    tree: packages(
      [
        {
          '.': './/m.js',
          './x': './lib//m.js',
          './*': './lib/*',
          './y/*': './/lib/*',
          './b': './lib\\\\m.js',
          './t/': './lib//',
          './*/': './lib//*',
        },
      ],
      ['m.js', 'lib/m.js', 'lib/x/m.js'],
    ),
    program: resolveAll([
      'a',
      'a/x',
      'a//m.js',
      'a/x//m.js',
      'a/y/m.js',
      'a/b',
      'a/x/m.js',
      'a/y//m.js',
      'a/t/',
      'a/m.js/',
    ]),
    shows: ['DEP0166', 'Use of deprecated double slash resolving'],
  },
  {
    name: 'R13 DEP0166: slashes at the ends of what was matched',
    tree: packages([{ './*': './lib/*', './p/*x': './lib/*' }], ['lib/m.js', 'm.js', 'lib/a/m.js']),
    program: resolveAll([
      'a//m.js',
      'a/a//m.js',
      'a/p//m.jsx',
      'a/p/m.js/x',
      'a/\\m.js',
      'a/a\\m.js',
    ]),
    shows: ['DEP0166', 'leading or trailing slash matching'],
  },
  {
    name: 'R13 DEP0155: a request with a trailing slash that a pattern matches, once per package and request',
    tree: packages(
      [
        { './*': './lib/*', './d/*': './dir/*', '.': './m.js' },
        { './x/': './lib/', './y/*/': './lib/*/' },
      ],
      ['m.js', 'lib/m.js', 'lib/x/index.js'],
    ),
    program: resolveAll([
      'a/',
      'a/x/',
      'a/x/',
      'a/d/x/',
      'b/x/',
      'b/x/m.js',
      'b/y/m.js/',
      'b/y/x/',
    ]),
    shows: ['DEP0155', 'Mapping specifiers ending in \\"/\\" is no longer supported'],
  },
  {
    name: 'R13 R16 DEP0155 and DEP0166: whether it is said once, and what counts as a double slash',
    tree: {
      'node_modules/a/package.json': JSON.stringify({
        name: 'a',
        exports: { './l*': './*', './x/*/y': './lib/*', './w/*': './lib/*/' },
      }),
      'node_modules/a/lib/a/b/index.js': '',
      'node_modules/a/m.js': '',
    },
    program: `const inside = require('module').createRequire(__dirname + '/node_modules/a/m.js')
      const requests = ['a/lib/', 'a/x/a//b/y', 'a/x/a/b//y', 'a/w/a', 'a/w/a//b', 'a/lib/lib/']
      module.exports = [require, inside, require].map((ask) => attemptAll(requests, ask.resolve))`,
    shows: ['leading or trailing slash matching', 'Use of deprecated double slash', 'DEP0155'],
  },
  {
    name: 'R8 R12 R13 what exports give does not enter _pathCache: it is resolved, and warned about, anew',
    tree: {
      'node_modules/a/package.json': '{"exports": {".": ".//m.js", "./x": ".//m.js"}}',
      'node_modules/a/m.js': '',
      'b.js': 'module.exports = [require("a"), require.resolve("a"), require.resolve("a")]',
    },
    program: `const { createRequire } = require('module')
      module.exports = [require.resolve('a'), pathCache().length, require.resolve('a'), createRequire(__dirname + '/any.js').resolve('a'), require('a'), require('./b').length,
        require.resolve('a/x'), require.resolve('a/x', { paths: [__dirname] }), require.resolve('a/x', { paths: [__dirname, __dirname] })]`,
    shows: 'DEP0166',
  },
  {
    name: 'R8 R13 DEP0166: said again for who resolves again, not for who requires again',
    tree: {
      'node_modules/a/package.json': '{"exports": {".": ".//m.js", "./*x": "./m.js"}}',
      'node_modules/a/m.js': 'module.exports = typeof require.resolve("a") + require("a/l/x")',
    },
    program: `const inside = require('module').createRequire(__dirname + '/node_modules/a/m.js')
      module.exports = [require, inside].map((ask) => [ask('a'), ask('a'), ask.resolve('a'), ask.resolve('a'), ask('a/l/x'), ask('a/l/x'), ask.resolve('a/l/x')].length)`,
    shows: ['DEP0166', 'leading or trailing slash matching'],
  },
  {
    name: 'R13 ERR_INVALID_PACKAGE_CONFIG: keys with and without a dot together',
    tree: packages([
      { '.': './m.js', require: './m.js' },
      { require: './m.js', './x': './m.js' },
      { './x': './m.js', '': './m.js' },
      { '': './m.js', './x': './m.js' },
      { x: './m.js', '.y': './m.js' },
      { '.y': './m.js' },
      { '.y': './m.js', '.': './m.js' },
    ]),
    program: resolveAll(['a', 'b', 'b/x', 'c/x', 'd', 'e', 'f', 'f/y', 'f.y', 'g']),
    shows: 'cannot contain some keys starting with',
  },
  {
    name: 'R13 ERR_INVALID_PACKAGE_CONFIG: numeric keys, wherever conditions stand',
    tree: packages([
      { 0: './m.js' },
      { require: './m.js', 1: './m.js' },
      { '.': { 2: './m.js', default: './m.js' } },
      { './x': { 3: './m.js' } },
      { '.': { '01': './m.js', default: './m.js' } },
      { '.': { '-1': './m.js', default: './m.js' } },
      { '.': { 4294967295: './m.js', default: './m.js' } },
      { '.': { 4294967294: './m.js', default: './m.js' } },
      { '.': { '1.5': './m.js', default: './m.js' } },
      { '.': { '1e3': './m.js', default: './m.js' } },
      { '.': { import: { 1: './m.js' }, default: './m.js' } },
      { '.': [{ 1: './m.js' }, './m.js'] },
      { '.': { ' 1': './m.js', default: './m.js' } },
      { '.': { NaN: './m.js', Infinity: './m.js', '': './m.js', default: './m.js' } },
    ]),
    program: resolveAll(['a', 'b', 'c', 'd/x', ...[...'efghijklmn']]),
    shows: ['cannot contain numeric property keys', '/case/node_modules/g/m.js'],
  },
  {
    name: 'R12 encoded slashes are refused wherever they come from',
    tree: packages(
      [
        {
          '.': './x%2Fm.js',
          './b': './x%5cm.js',
          './*': './lib/*',
          './q': './m.js?x=%2f',
          './h': './m.js#%5C',
        },
      ],
      ['m.js', 'lib/m.js', 'x/m.js'],
    ),
    program: resolveAll(['a', 'a/b', 'a/x%2fm.js', 'a/..%5Cm.js', 'a/q', 'a/h', 'a/%252f']),
    shows: 'must not include encoded \\"/\\" or \\"\\\\\\" characters',
  },
  {
    name: 'R12 a target is a URL: percent codes, query, hash, spaces and unicode',
    tree: packages(
      [
        {
          './space': './a b.js',
          './code': './a%20b.js',
          './query': './m.js?x',
          './hash': './m.js#x',
          './uni': './ü 日.js',
          './unicode': './%C3%BC%20%E6%97%A5.js',
          './bad': './100%.js',
          './badcode': './%zz.js',
          './invalid': './%ff.js',
          './tab': './a\tb.js',
          './trail': './m.js ',
          './quote': './"<>^`{|}.js',
          './emoji': './😀.js',
          './*': './lib/*',
          './colon': './a:b.js',
          './semi': './a;b,c@d&e=f+g$h!i~j.js',
          './nul': './a%00b.js',
          './double': './%2520.js',
          './newline': './a\nm.js',
        },
      ],
      [
        'm.js',
        'a b.js',
        'ü 日.js',
        '100%.js',
        'ab.js',
        '"<>^`{|}.js',
        '😀.js',
        'lib/p%q.js',
        'lib/c d.js',
        'lib/q',
        'lib/ä.js',
        'a:b.js',
        'a;b,c@d&e=f+g$h!i~j.js',
        '%20.js',
        'am.js',
      ],
    ),
    program: resolveAll(
      [
        'space',
        'code',
        'query',
        'hash',
        'uni',
        'unicode',
        'bad',
        'badcode',
        'invalid',
        'tab',
        'trail',
        'quote',
        'emoji',
        'p%q.js',
        'p%25q.js',
        'c d.js',
        'c%20d.js',
        'q?r',
        'q#r',
        'ä.js',
        '%C3%A4.js',
        'colon',
        'semi',
        'nul',
        'double',
        'newline',
      ].map((r) => `a/${r}`),
    ),
    shows: ['/case/node_modules/a/a b.js', '/case/node_modules/a/ü 日.js'],
  },
  {
    name: "R12 the package's own directory may have any name",
    tree: {
      'node_modules/a b/package.json':
        '{"exports": {".": "./m.js", "./x": "./none.js", "./bad": "../b"}}',
      'node_modules/a b/m.js': '',
      'node_modules/ü#?/package.json':
        '{"exports": {".": "./m.js", "./x": "./none.js", "./*": "./lib/*"}}',
      'node_modules/ü#?/m.js': '',
      'node_modules/ü#?/lib/#.js': '',
      'deep %41/node_modules/p/package.json':
        '{"exports": {".": "./m.js", "./x": "./none.js", "./bad": "bad"}}',
      'deep %41/node_modules/p/m.js': '',
    },
    program: `module.exports = [
      attemptAll(['a b', 'a b/x', 'a b/bad', 'a b/y', 'ü#?', 'ü#?/x', 'ü#?/#.js', 'ü#?/%23.js'], require.resolve),
      attemptAll(['p', 'p/x', 'p/bad', 'p/y'], (r) => require.resolve(r, { paths: [__dirname + '/deep %41'] }))]`,
    shows: ['/case/node_modules/ü#?/m.js', '/case/deep %41/node_modules/p/m.js'],
  },
  {
    name: 'R13 a refusal is thrown anew each time, and leaves nothing behind',
    tree: packages([{ './x': './m.js' }]),
    program: `const errors = [1, 2].map(() => { try { require('a') } catch (error) { return error } })
      module.exports = [errors[0] !== errors[1], errors[0] instanceof Error, cached(), children(module), require.resolve('a/x'),
        describe(errors[1])]`,
    shows: 'No \\"exports\\" main defined',
  },
])
