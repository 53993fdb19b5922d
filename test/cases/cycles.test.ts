import { oracle } from '../oracle/suite.ts'

oracle('cycles', [
  {
    name: 'JP-05 X4 a, b, c and main: everyone sees what is there so far',
    tree: {
      'a.js': `exports.a1 = true; const b = require('./b'); exports.sawB = { ...b }; exports.a2 = true`,
      'b.js': `exports.b1 = true; const c = require('./c'); exports.sawC = { ...c }; exports.b2 = true`,
      'c.js': `const a = require('./a'); const main = require('./main'); exports.sawA = { ...a }; exports.sawMain = { ...main }; exports.mainIsMain = main === require.main.exports; exports.c = true`,
    },
    program: `exports.early = 'early'
      exports.a = require('./a')
      exports.loaded = Object.values(require.cache).map((m) => [m.id, m.loaded])`,
    shows: '"sawMain":{"early":"early"}',
  },
  {
    name: 'X4 inside the cycle the prototype is a Proxy that warns, afterwards it is gone',
    tree: {
      'a.js': `exports.own = 1; require('./b'); exports.after = Object.getPrototypeOf(exports) === Object.prototype; exports.late = 2`,
      'b.js': `const a = require('./a'); const { show } = require('./observe.cjs')
        module.exports = [Object.getPrototypeOf(a) === Object.prototype, a.own, show(a.missing), show(a.late), show(a.__esModule), typeof a.toString, typeof a.hasOwnProperty, 'absent' in a, Object.keys(a), show(a[Symbol.for('sym')]), a instanceof Object, String(Object.prototype.hasOwnProperty.call(a, 'own')), show(a.constructor === Object)]`,
    },
    program: `const a = require('./a')
      module.exports = [require('./b'), a, Object.getPrototypeOf(a) === Object.prototype, show(a.missing)]`,
    shows: [
      "Accessing non-existent property 'missing' of module exports inside circular dependency",
      "'Symbol(sym)'",
    ],
  },
  {
    name: 'X4 what is not wrapped: __esModule, classes, functions, arrays, null prototypes, primitives, own prototypes',
    tree: Object.fromEntries(
      [
        ['es', `Object.defineProperty(exports, '__esModule', { value: true })`],
        ['fn', 'module.exports = function () {}'],
        ['arr', 'module.exports = [1]'],
        ['nul', 'module.exports = Object.create(null)'],
        ['proto', 'module.exports = Object.create({ inherited: 1 })'],
        ['cls', 'module.exports = new (class A {})()'],
        ['prim', 'module.exports = "text"'],
        ['none', 'module.exports = null'],
        ['falsy', 'exports.__esModule = false'],
        ['plain', 'exports.x = 1'],
      ]
        .flatMap(([name, text]) => [
          [`${name}.js`, `${text}; require('./look')(require, './${name}')`],
        ])
        .concat([
          [
            'look.js',
            `const seen = globalThis.seen ??= []
      module.exports = (require, name) => { const it = require(name); const proto = it === null || typeof it === 'string' ? typeof it : Object.getPrototypeOf(it); seen.push([name, proto === Object.prototype, proto === null, show(it === null || typeof it === 'string' ? it : it.absent)]) }
      const { show } = require('./observe.cjs')`,
          ],
        ]),
    ),
    program: `for (const name of ['es', 'fn', 'arr', 'nul', 'proto', 'cls', 'prim', 'none', 'falsy', 'plain']) require('./' + name)
      module.exports = globalThis.seen
      delete globalThis.seen`,
    shows: '["./es",true,false,"(undefined)"]',
  },
  {
    name: 'X4 the prototype comes back when the module ends, and stays swapped when it is thrown or replaced',
    tree: {
      'ends.js': `globalThis.kept = [exports]; require('./ask')(__filename)`,
      'replaced.js': `globalThis.kept.push(exports); require('./ask')(__filename); module.exports = { other: true }`,
      'throws.js': `globalThis.kept.push(exports); require('./ask')(__filename); throw new Error('x')`,
      'ask.js': 'module.exports = (name) => require(name)',
    },
    program: `require('./ends'); require('./replaced'); attempt(() => require('./throws'))
      module.exports = globalThis.kept.map((it) => Object.getPrototypeOf(it) === Object.prototype)
      for (const it of globalThis.kept) Object.setPrototypeOf(it, null)
      delete globalThis.kept`,
    shows: '[true,false,false]',
  },
  {
    name: 'X4 the warnings come for each access, also by `in`-free lookups of symbols and JSON',
    tree: {
      'a.js': `exports.x = 1; require('./b')`,
      'b.js': `const a = require('./a'); a.once; a.once; a.twice; ({ ...a }); JSON.stringify(a); a.then; Object.prototype.hasOwnProperty.call(a, 'y'); a.nested?.deep; const { p, x } = a; a.set = 1`,
    },
    program: `const a = require('./a')
      module.exports = a`,
    shows: ["'once'", "'toJSON'", "'then'"],
  },
  {
    name: 'JP-05 X4 a module that requires itself, and the main that is required again',
    tree: {
      'self.js': `exports.one = 1; const me = require('./self'); exports.same = me === exports; exports.two = me.one + 1`,
      'main2.js': '',
      'asks.js': `const main = require('./main'); module.exports = [main === require.main.exports, main.early, require('./main.js') === main]`,
    },
    program: `exports.early = 1
      exports.self = require('./self')
      exports.asks = require('./asks')
      exports.again = require('./main') === exports
      exports.cached = cached()`,
    shows: '"same":true',
  },
  {
    name: 'X4 M4 children and parents in a cycle',
    tree: {
      'a.js': `require('./b')`,
      'b.js': `require('./c'); require('./a')`,
      'c.js': `require('./a'); require('./b')`,
    },
    program: `require('./a')
      module.exports = Object.values(require.cache).map((m) => [m.id, m.parent && m.parent.id, children(m)])`,
    shows: '/case/c.js',
  },
  {
    name: 'X4 a replaced exports in a cycle: the early one is seen early',
    tree: {
      'a.js': `const early = exports; const b = require('./b'); module.exports = { late: true, sawEarly: b.a === early }`,
      'b.js': `exports.a = require('./a'); exports.later = () => require('./a')`,
    },
    program: `const a = require('./a')
      module.exports = [a, require('./b').later() === a, Object.keys(require('./b').a)]`,
    shows: '"sawEarly":true',
  },
  {
    name: 'X4 M11 a cycle that throws: both are gone, both run again',
    tree: {
      'a.js': `(globalThis.order ??= []).push('a'); require('./b')`,
      'b.js': `globalThis.order.push('b'); require('./a'); if (globalThis.order.length < 3) throw new Error('first time')`,
    },
    program: `const first = attempt(() => require('./a')).message
      const between = cached()
      require('./a')
      module.exports = [first, between, globalThis.order, cached()]
      delete globalThis.order`,
    shows: '["a","b","a","b"]',
  },
])
