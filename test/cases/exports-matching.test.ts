import { refused } from '../oracle/node.ts'
import { oracle } from '../oracle/suite.ts'
import type { Tree } from '../oracle/types.ts'

/** A package in node_modules: its `exports`, and files that say their own name. */
function pkg(name: string, exports: unknown, files: readonly string[], more: object = {}): Tree {
  const place = `node_modules/${name}`
  return {
    [`${place}/package.json`]: JSON.stringify({ name, exports, ...more }),
    ...Object.fromEntries(
      files.map((file) => [
        `${place}/${file}`,
        `module.exports = ${JSON.stringify(`${name}: ${file}`)}`,
      ]),
    ),
  }
}

const resolveAll = (requests: readonly string[]) =>
  `module.exports = attemptAll(${JSON.stringify(requests)}, require.resolve)`

oracle('what exports match', [
  {
    name: 'R14 --conditions adds to the set, more than one too',
    execArgv: ['--conditions=custom', '-C', 'other'],
    tree: {
      ...pkg('a', { custom: './c.js', require: './r.js' }, ['c.js', 'r.js']),
      ...pkg('b', { require: './r.js', custom: './c.js' }, ['c.js', 'r.js']),
      ...pkg('c', { third: './t.js', other: './o.js', default: './d.js' }, [
        't.js',
        'o.js',
        'd.js',
      ]),
      'package.json': '{"imports": {"#x": {"other": "./other.js", "default": "./default.js"}}}',
      'other.js': '',
      'default.js': '',
    },
    program: resolveAll(['a', 'b', 'c', '#x']),
    shows: [
      '/case/node_modules/a/c.js',
      '/case/node_modules/b/r.js',
      '/case/node_modules/c/o.js',
      '/case/other.js',
    ],
  },
  {
    name: 'R14 --no-addons takes node-addons away; module-sync is not there without require(esm)',
    execArgv: [...refused, '--no-addons'],
    tree: pkg('a', { 'node-addons': './na.js', 'module-sync': './ms.js', default: './d.js' }, [
      'na.js',
      'd.js',
      'ms.js',
    ]),
    program: resolveAll(['a']),
    shows: '/case/node_modules/a/d.js',
  },
  {
    name: 'R13 arrays: the first that is no invalid target; what is found missing is not skipped',
    tree: {
      ...pkg('a', ['bad', './m.js'], ['m.js']),
      ...pkg('b', ['./none.js', './m.js'], ['m.js']),
      ...pkg('c', [{ import: './i.js' }, './m.js'], ['m.js']),
      ...pkg('d', [null, './m.js'], ['m.js']),
      ...pkg('e', [null], []),
      ...pkg('f', [], ['index.js']),
      ...pkg('g', ['bad', null], []),
      ...pkg('h', [null, 'bad'], []),
      ...pkg('i', ['bad', '../worse'], []),
      ...pkg('j', ['bad', { import: './i.js' }], []),
      ...pkg('k', [[['bad'], './m.js']], ['m.js']),
      ...pkg('l', [1, true, './m.js'], ['m.js']),
      ...pkg('m', { '.': [{ 1: './m.js' }, './m.js'] }, ['m.js']),
      ...pkg('n', { './*': ['bad/*', './lib/*.js'] }, ['lib/x.js']),
      ...pkg('o', { require: [], default: './m.js' }, ['m.js']),
      ...pkg('p', { require: [{ import: './i.js' }], default: './m.js' }, ['m.js']),
      ...pkg('q', { require: ['bad'], default: './m.js' }, ['m.js']),
    },
    program: resolveAll([...'abcdefghijklm', 'n/x', ...'opq']),
    shows: [
      '/case/node_modules/d/m.js',
      '/case/node_modules/k/m.js',
      "Cannot find module '/case/node_modules/b/none.js'",
    ],
  },
  {
    name: 'R13 subpaths: exact keys, never by extension, never the files behind',
    tree: pkg(
      'a',
      {
        '.': './index.js',
        './x': './lib/x.js',
        './x.js': './lib/other.js',
        './package.json': './package.json',
        './x/y/z': './deep.js',
        './nul': null,
      },
      ['index.js', 'lib/x.js', 'lib/other.js', 'deep.js', 'nul.js'],
    ),
    program: resolveAll([
      'a',
      'a/x',
      'a/x.js',
      'a/package.json',
      'a/package',
      'a/x/y/z',
      'a/x/y',
      'a/nul',
      'a/lib/x.js',
      'a/X',
    ]),
    shows: ['/case/node_modules/a/lib/other.js', "Package subpath './nul' is not defined"],
  },
  {
    name: 'R13 patterns: the longest base wins, then the longest key; null closes',
    tree: pkg(
      'a',
      {
        './*': './all/*',
        './lib/*': './lib1/*',
        './lib/*.js': './lib2/*.js',
        './lib/in/*': null,
        './lib/in/ok/*': './ok/*',
        './lib/in/*.css': './css/*.js',
        './e/*/x.js': './e1/*',
        './e/*x.js': './e2/*.js',
        './f*': './f/*.js',
        './two/*': './two/*/*.js',
        './lib/exact.js': './exact.js',
        './two*stars*': './never/*',
      },
      [
        'all/a.js',
        'lib1/b',
        'lib2/b.js',
        'ok/c.js',
        'css/d.js',
        'e1/m',
        'e2/m.js',
        'f/oo.js',
        'two/q/q.js',
        'exact.js',
        'two/q/r/q/r.js',
        'all/sub/dir/a.js',
        'f/.js',
      ],
    ),
    program: resolveAll([
      'a/a.js',
      'a/lib/b',
      'a/lib/b.js',
      'a/lib/in/c',
      'a/lib/in/ok/c.js',
      'a/lib/in/d.css',
      'a/e/m/x.js',
      'a/e/mx.js',
      'a/foo',
      'a/two/q',
      'a/two/q/r',
      'a/lib/exact.js',
      'a/sub/dir/a.js',
      'a/two1stars2',
      'a/f',
      'a/*',
      'a/lib/*.js',
    ]),
    shows: [
      '/case/node_modules/a/lib2/b.js',
      '/case/node_modules/a/two/q/r/q/r.js',
      '/case/node_modules/a/all/sub/dir/a.js',
    ],
  },
  {
    name: 'R13 patterns: the star stands for at least one character, the trailer for itself',
    tree: pkg(
      'a',
      {
        './x/*': './x/*',
        './y*z': './y/*.js',
        './star/*': './starred.js',
        './k/*/k': './k.js',
        './**': './two/*',
      },
      ['x/.js', 'x/index.js', 'y/m.js', 'y/.js', 'starred.js', 'k.js', 'two/q'],
    ),
    program: resolveAll([
      'a/x',
      'a/x/.js',
      'a/yz',
      'a/ymz',
      'a/ymmz',
      'a/star/anything',
      'a/star/a/b/c',
      'a/k/k',
      'a/k//k',
      'a/k/1/k',
      'a/q',
      'a/x/index.js',
    ]),
    shows: ['/case/node_modules/a/starred.js', '/case/node_modules/a/y/m.js'],
  },
  {
    name: 'R13 keys and subpaths named like members of Object.prototype',
    tree: {
      'node_modules/a/package.json':
        '{"exports": {"./__proto__": "./p.js", "./constructor": "./c.js", ".": "./m.js", "./*": "./lib/*"}}',
      'node_modules/a/p.js': '',
      'node_modules/a/c.js': '',
      'node_modules/a/lib/toString': '',
      'node_modules/b/package.json':
        '{"exports": {"__proto__": {"require": "./m.js"}, "default": "./d.js"}}',
      'node_modules/b/d.js': '',
      'node_modules/b/m.js': '',
      'node_modules/c/package.json': '{"exports": {"__proto__": {".": "./m.js"}}}',
      'node_modules/c/m.js': '',
      'node_modules/__proto__/package.json':
        '{"name": "__proto__", "exports": {"./constructor": "./m.js"}}',
      'node_modules/__proto__/m.js': '',
    },
    program: resolveAll([
      'a/__proto__',
      'a/constructor',
      'a/toString',
      'a/valueOf',
      'a',
      'b',
      'c',
      '__proto__/constructor',
      '__proto__',
    ]),
    shows: [
      '/case/node_modules/a/p.js',
      '/case/node_modules/b/d.js',
      '/case/node_modules/__proto__/m.js',
    ],
  },
])
