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

oracle('exports', [
  {
    name: 'R12 R13 a string, and the sugar for "."',
    tree: {
      ...pkg('a', './m.js', ['m.js', 'index.js', 'x.js'], { main: './index.js' }),
      ...pkg('b', { '.': './m.js' }, ['m.js']),
      ...pkg('c', { require: './m.js', import: './i.js' }, ['m.js', 'i.js']),
      ...pkg('d', ['./m.js'], ['m.js']),
      ...pkg('@s/e', './m.js', ['m.js']),
      ...pkg('f', './m.js', ['m.js']),
      'node_modules/f.js': 'module.exports = "never: exports are asked before the file"',
    },
    program: resolveAll([
      'a',
      'a/',
      'a/.',
      'a/x.js',
      'a/m.js',
      'a/package.json',
      'b',
      'c',
      'd',
      '@s/e',
      '@s/e/x',
      'f',
    ]),
    shows: [
      '/case/node_modules/c/m.js',
      "Package subpath './x.js' is not defined",
      '/case/node_modules/f/m.js',
    ],
  },
  {
    name: 'R12 null, false and numbers are no exports: the package is open',
    tree: {
      ...pkg('a', null, ['index.js', 'x.js']),
      ...pkg('b', false, ['index.js', 'x.js']),
      ...pkg('c', 1, ['index.js', 'x.js']),
      ...pkg('d', undefined, ['index.js', 'x.js']),
    },
    program: resolveAll(['a', 'a/x', 'b', 'b/x', 'c', 'c/x', 'd/x']),
    shows: '/case/node_modules/c/x.js',
  },
  {
    name: 'R12 no extension and no index is tried behind exports',
    tree: pkg(
      'a',
      {
        '.': './m',
        './x': './x',
        './dir': './dir',
        './dir/': './dir/',
        './p/*': './lib/*',
        './i': './dir/index',
        './j': './j.json',
      },
      ['m.js', 'x.js', 'dir/index.js', 'lib/y.js', 'j.json', 'lib/z/index.js'],
    ),
    program: resolveAll([
      'a',
      'a/x',
      'a/dir',
      'a/dir/',
      'a/p/y',
      'a/p/y.js',
      'a/p/z',
      'a/i',
      'a/j',
      'a/p/z/index.js',
    ]),
    shows: ["Cannot find module '/case/node_modules/a/m'", '"path": "/case/node_modules/a"'],
  },
  {
    name: "R12 names that exports do not apply to: no package names by node's pattern",
    tree: {
      ...pkg('x%y', './m.js', ['m.js', 'index.js']),
      ...pkg('.dot', './m.js', ['m.js', 'index.js']),
      ...pkg('back\\slash', './m.js', ['m.js', 'index.js']),
      ...pkg('@scope', './m.js', ['m.js', 'index.js']),
      ...pkg('@sc%pe/p', './m.js', ['m.js', 'index.js']),
      ...pkg('@s/.dot', './m.js', ['m.js', 'index.js']),
      ...pkg('ok p', './m.js', ['m.js', 'index.js']),
      ...pkg('#hash', './m.js', ['m.js', 'index.js']),
      ...pkg('~', './m.js', ['m.js', 'index.js']),
      ...pkg('@/p', './m.js', ['m.js', 'index.js']),
      ...pkg('ünï', './m.js', ['m.js', 'index.js']),
      ...pkg('new\nline', './m.js', ['m.js', 'index.js']),
    },
    program: resolveAll([
      'x%y',
      '.dot',
      'back\\slash',
      '@scope',
      '@scope/',
      '@sc%pe/p',
      '@s/.dot',
      'ok p',
      '#hash',
      '~',
      '@/p',
      'ünï',
      'new\nline',
      'x%y/m',
    ]),
    shows: ['/case/node_modules/x%y/index.js', '/case/node_modules/ok p/m.js'],
  },
  {
    name: 'R12 relative and absolute requests do not see exports, nor does a climb through node_modules',
    tree: { ...pkg('a', './m.js', ['m.js', 'index.js', 'x.js']), ...pkg('b', {}, ['index.js']) },
    program: `module.exports = attemptAll(['./node_modules/a', './node_modules/a/x', __dirname + '/node_modules/a',
      'a/../a/x', 'b/../a/x', './node_modules/b/', 'a/./x', 'a//x', 'c/../a/x'], require.resolve)`,
    shows: '/case/node_modules/a/x.js',
  },
  {
    name: 'R12 the nearest package with exports decides: no wider search after a refusal',
    at: 'app/main.js',
    tree: {
      'app/node_modules/a/package.json': '{"exports": {"./x": "./x.js", "./gone": "./gone.js"}}',
      'app/node_modules/a/x.js': '',
      'node_modules/a/index.js': '',
      'node_modules/a/y.js': '',
      'node_modules/a/gone.js': '',
      'app/node_modules/b/package.json': '{}',
      'node_modules/b/package.json': '{"exports": "./b.js"}',
      'node_modules/b/b.js': '',
    },
    program: resolveAll(['a', 'a/x', 'a/y', 'a/gone', 'b', 'b/b.js']),
    shows: ['No \\"exports\\" main defined', '/case/node_modules/b/b.js'],
  },
  {
    name: "R13 conditions: the object's order decides, not ours; default matches always",
    execArgv: refused,
    tree: {
      ...pkg('a', { default: './d.js', require: './r.js' }, ['d.js', 'r.js']),
      ...pkg('b', { import: './i.js', node: './n.js', require: './r.js', default: './d.js' }, [
        'i.js',
        'n.js',
        'r.js',
        'd.js',
      ]),
      ...pkg(
        'c',
        {
          browser: './b.js',
          'module-sync': './ms.js',
          'node-addons': './na.js',
          default: './d.js',
        },
        ['na.js', 'd.js', 'ms.js', 'b.js'],
      ),
      ...pkg('d', { node: { import: './i.js' }, require: './r.js' }, ['i.js', 'r.js']),
      ...pkg('e', { node: { import: './i.js', default: './nd.js' }, require: './r.js' }, [
        'nd.js',
        'r.js',
      ]),
      ...pkg('f', { node: null, default: './d.js' }, ['d.js']),
      ...pkg('g', { node: { require: null }, default: './d.js' }, ['d.js']),
      ...pkg('h', { types: './t.d.ts', import: './i.js' }, ['i.js']),
      ...pkg('i', { '': './empty.js', default: './d.js' }, ['d.js', 'empty.js']),
      ...pkg('j', { '.': { node: { node: { node: './deep.js' } } } }, ['deep.js']),
      ...pkg('k', { '.': { import: './i.js' }, './x': { require: './x.js' } }, ['x.js']),
      ...pkg('l', { constructor: './c.js', toString: './t.js', valueOf: { require: './r.js' } }, [
        'r.js',
        'c.js',
      ]),
    },
    program: resolveAll(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'k/x', 'l']),
    shows: [
      '/case/node_modules/a/d.js',
      '/case/node_modules/c/na.js',
      '/case/node_modules/e/nd.js',
    ],
  },
  {
    name: 'R12 exports of a package that is only there through NODE_PATH or module.paths',
    env: { NODE_PATH: '<root>/global' },
    tree: {
      'global/a/package.json': '{"exports": {"./x": "./lib/x.js"}}',
      'global/a/lib/x.js': '',
      'mine/b/package.json': '{"exports": {"./y": "./lib/y.js"}}',
      'mine/b/lib/y.js': '',
    },
    program: `module.paths.push(__dirname + '/mine')
      module.exports = attemptAll(['a/x', 'b/y', 'a', 'b'], require.resolve)`,
    shows: ['/case/global/a/lib/x.js', '/case/mine/b/lib/y.js'],
  },
])
