import { refused } from '../oracle/node.ts'
import { oracle } from '../oracle/suite.ts'

const esm = 'export default 1'
const cjs = 'module.exports = [__filename.slice(-5), typeof require]'

oracle('formats', [
  {
    name: 'X6 ERR_REQUIRE_ESM for .mjs, whatever is in it',
    execArgv: refused,
    tree: {
      'a.mjs': esm,
      'b.mjs': cjs,
      'empty.mjs': '',
      'node_modules/p/index.mjs': esm,
      'node_modules/q/package.json': '{"main":"q.mjs"}',
      'node_modules/q/q.mjs': esm,
      'bad.mjs': 'export {',
    },
    program: `module.exports = attemptAll(['./a.mjs', './b.mjs', './empty.mjs', 'q', './bad.mjs', './a', 'p'], require)
      module.exports.push(cached())`,
    shows: 'ERR_REQUIRE_ESM',
  },
  {
    name: 'X6 ERR_REQUIRE_ESM for .js below type module: the text names the requirer and the package.json',
    execArgv: refused,
    tree: {
      'esm/package.json': '{"type":"module"}',
      'esm/a.js': esm,
      'esm/b.js': cjs,
      'esm/deep/c.js': '',
      'node_modules/p/package.json': '{"type":"module","main":"lib/p.js"}',
      'node_modules/p/lib/p.js': esm,
      'node_modules/@s/q/package.json': '{"type":"module","exports":"./index.js"}',
      'node_modules/@s/q/index.js': esm,
      'sub/asks.js': `module.exports = require('../esm/a')`,
    },
    program: `module.exports = attemptAll(['./esm/a', './esm/b', './esm/deep/c', 'p', '@s/q', './sub/asks'], require)
      module.exports.push(attempt(() => require('module').createRequire('/made/up.js')(__dirname + '/esm/a')), attempt(() => require('module')._load('./esm/a', null, false)).code)`,
    shows: [
      'is treated as an ES module file as it is a .js file whose nearest parent package.json',
      'ERR_REQUIRE_ESM',
    ],
  },
  {
    name: 'X6 below type module .cjs and .json are what they are, extensionless files obey the type, others do not',
    execArgv: refused,
    tree: {
      'esm/package.json': '{"type":"module"}',
      'esm/a.cjs': cjs,
      'esm/b.json': '{"b":1}',
      'esm/noext': cjs,
      'esm/c.foo': cjs,
      'esm/d.JS': cjs,
      'esm/.hidden': cjs,
      'esm/e.js.txt': cjs,
      'esm/f.': cjs,
      'esm/.js': cjs,
    },
    program: `module.exports = attemptAll(['./esm/a.cjs', './esm/b', './esm/noext', './esm/c.foo', './esm/d.JS', './esm/.hidden', './esm/e.js.txt', './esm/f.', './esm/.js'], require)`,
    shows: ['a.cjs', 'ERR_REQUIRE_ESM', 'c.foo'],
  },
  {
    name: 'X6 below type commonjs everything is CommonJS but .mjs',
    execArgv: refused,
    tree: {
      'cjs/package.json': '{"type":"commonjs"}',
      'cjs/a.js': cjs,
      'cjs/noext': cjs,
      'cjs/b.mjs': esm,
      'cjs/c.cjs': cjs,
      'cjs/esm.js': esm,
      'cjs/esmnoext': esm,
      'cjs/meta.js': 'import.meta',
    },
    program: `module.exports = attemptAll(['./cjs/a', './cjs/noext', './cjs/b.mjs', './cjs/c.cjs', './cjs/esm', './cjs/esmnoext', './cjs/meta'], require)`,
    shows: ['ERR_REQUIRE_ESM', 'SyntaxError'],
  },
  {
    name: 'X6 without a type ESM syntax is a SyntaxError, and a warning says what to do',
    execArgv: refused,
    tree: {
      'a.js': esm,
      'b.js': 'import "x"',
      'c.js': 'exports.c = import.meta',
      'd.cjs': esm,
      e: esm,
      'f.foo': 'export {}',
      'g.js': 'export const x = ;',
      'h.js': 'import x from "x"; const y',
    },
    program: `module.exports = attemptAll(['./a', './b', './c', './d.cjs', './e', './f.foo', './g', './h'], require).map(([r, e]) => [r, e.error])`,
    shows: ['SyntaxError', 'Failed to load the ES module: /case/a.js'],
  },
  {
    name: 'X6 names that only an ES module may declare count as ESM syntax',
    execArgv: refused,
    tree: {
      'a.js': 'const exports = 1',
      'b.js': 'let require',
      'c.js': 'class module {}',
      'd.js': 'const __filename = 1',
      'e.js': 'let __dirname = 1',
      'f.js': 'await 1',
      'g.js': 'for await (const x of []) {}',
      'h.js': 'function exports() {}; module.exports = typeof exports',
      'i.js': 'var require; module.exports = typeof require',
    },
    program: `module.exports = attemptAll([...'abcdefghi'].map((n) => './' + n), require).map(([r, e]) => [r, e.error ?? e])`,
    shows: ['Failed to load the ES module: /case/a.js', '"function"'],
  },
  {
    name: 'X6 the warning about ESM syntax comes at once, other warnings on the next tick',
    execArgv: refused,
    tree: { 'a/package.json': '{"main":"none"}', 'a/index.js': '', 'b.js': esm },
    program: `const order = []
      process.on('warning', (warning) => order.push(warning.code ?? warning.name))
      require('./a')
      order.push('required a')
      attempt(() => require('./b'))
      order.push('required b')
      module.exports = new Promise((resolve) => setTimeout(() => resolve(order)))`,
    shows: '["required a","Warning","required b","DEP0128"]',
  },
  {
    name: 'X6 M11 a refused ES module is in no cache, and refused each time',
    execArgv: refused,
    tree: { 'a.mjs': esm },
    program: `const one = attempt(() => require('./a.mjs'))
      const two = attempt(() => require('./a.mjs'))
      module.exports = [one.code, JSON.stringify(one) === JSON.stringify(two), cached(), children(module), require.resolve('./a.mjs'), pathCache().length]`,
    shows: 'ERR_REQUIRE_ESM',
  },
  {
    name: 'X6 JP-04 a .node file that is no addon is refused by its name',
    tree: { 'a.node': 'no addon', 'b.js': `module.exports = require('./a')` },
    program: `const seen = [attempt(() => require('./a.node')), attempt(() => require('./b')), attempt(() => require('./a'))].map((e) => [e.error, e.message.includes(__dirname + '/a.node')])
      module.exports = [seen, require.resolve('./a'), cached()]`,
    shows: '/case/a.node',
  },
  {
    name: 'X6 the main program may be .cjs, extensionless, or of an unknown extension',
    at: 'start.tool',
    program: `module.exports = [module.id, module.filename, require.main === module]`,
    shows: '/case/start.tool',
  },
])
