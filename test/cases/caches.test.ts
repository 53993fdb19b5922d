import { oracle } from '../oracle/suite.ts'

const says = (text: string) => `module.exports = ${JSON.stringify(text)}`
const counts = (name: string) =>
  `globalThis.runs = { ...globalThis.runs, ${name}: (globalThis.runs?.${name} ?? 0) + 1 }; module.exports = { n: globalThis.runs.${name} }`

oracle('caches', [
  {
    name: 'R21 M5 JP-11 require.cache is authoritative: deletion runs the module again, replacement is believed',
    tree: { 'x.js': counts('x'), 'y.json': '{"a":1}', 'node_modules/p.js': counts('p') },
    program: `const file = __dirname + '/x.js'
      const one = require('./x')
      const seen = [require('./x') === one, require(file) === one]
      delete require.cache[file]
      const two = require('./x')
      seen.push(two !== one, two.n, require('./x') === two)
      require.cache[file] = { exports: 'mine', loaded: true }
      seen.push(require('./x'), require(file), require('./b/../x'))
      require.cache[file].exports = 'changed'
      seen.push(require('./x'))
      require.cache[file] = undefined
      seen.push(require('./x').n)
      const json = require('./y.json')
      seen.push(json === require('./y'))
      delete require.cache[require.resolve('./y')]
      seen.push(json === require('./y'), require('p').n)
      delete require.cache[require.resolve('p')]
      seen.push(require('p').n, cached())
      module.exports = seen`,
    shows: ['mine', 'changed'],
  },
  {
    name: 'R21 the relative cache: no resolution the second time, shared by all modules of a directory, bare names too',
    tree: {
      'x.js': '',
      'sub/a.js': 'module.exports = (r) => require(r)',
      'sub/b.js': 'module.exports = (r) => require(r)',
      'sub/x.js': '',
      'node_modules/p.js': '',
    },
    program: `const { Module } = require('module')
      const a = require('./sub/a')
      const b = require('./sub/b')
      const real = Module._resolveFilename
      const calls = []
      Module._resolveFilename = (request, parent, ...rest) => { calls.push([request, parent.id]); return real.call(Module, request, parent, ...rest) }
      require('./x'); require('./x'); require('p'); require('p'); a('./x'); b('./x'); a('p'); b('p'); require('fs'); require('fs'); a('../x'); b('../x')
      delete require.cache[__dirname + '/sub/x.js']
      b('./x'); a('./x')
      Module._resolveFilename = real
      module.exports = calls`,
    shows: '["./x","/case/sub/a.js"]',
  },
  {
    name: 'R21 the relative cache stays right when module.paths change, wrong as node is wrong',
    tree: {
      'node_modules/p.js': says('first'),
      'other/p.js': says('second'),
      'third/q.js': says('q'),
    },
    program: `const seen = [require('p')]
      module.paths = [__dirname + '/other']
      seen.push(require('p'), require.resolve('p'))
      delete require.cache[require('module')._resolveFilename('p', { paths: [__dirname + '/node_modules'] })]
      seen.push(require('p'))
      module.exports = seen`,
    shows: ['first', 'second'],
  },
  {
    name: 'M5 R21 Module._cache may be replaced, by a Proxy too; require.cache keeps the old object',
    tree: { 'x.js': counts('x'), 'y.js': 'module.exports = require.cache' },
    program: `const { Module } = require('module')
      const old = Module._cache
      const calls = []
      require('./x')
      Module._cache = new Proxy({ __proto__: null }, {
        get(target, key) { calls.push(['get', String(key)]); return target[key] },
        set(target, key, value) { calls.push(['set', String(key)]); target[key] = value; return true },
        deleteProperty(target, key) { calls.push(['delete', String(key)]); return delete target[key] },
        has(target, key) { calls.push(['has', String(key)]); return key in target },
      })
      const seen = [require('./x').n, require('./x').n, require.cache === old, Object.keys(Module._cache)]
      seen.push(require('./y') === Module._cache)
      attempt(() => require('./none'))
      Module._cache = old
      seen.push(require('./x').n, calls)
      module.exports = seen`,
    shows: '["set","/case/x.js"]',
  },
  {
    name: 'M5 _cache, _pathCache and _extensions have no prototype',
    tree: { '__proto__.js': '', 'x.js': '' },
    program: `const { Module } = require('module')
      require('./x'); require('./__proto__')
      module.exports = ['_cache', '_pathCache', '_extensions', 'globalPaths'].map((key) => [key, Object.getPrototypeOf(Module[key]) === null, Array.isArray(Module[key]), Object.hasOwn(Module, key)])
      module.exports.push(require.cache === Module._cache, require.extensions === Module._extensions, Object.keys(require.extensions), cached(), properties(Module._cache).at(-1))`,
    shows: '/case/__proto__.js',
  },
  {
    name: 'M5 user entries of every shape',
    tree: { 'x.js': says('never') },
    program: `const put = (entry) => { require.cache[__dirname + '/x.js'] = entry; return attempt(() => require('./x')) }
      module.exports = [
        put({ exports: 1 }), put({ exports: 1, loaded: true }), put({ loaded: true }), put({}), put({ exports: null }), put({ exports: { a: 1 }, loaded: 1 }), put(Object.create({ exports: 'inherited', loaded: true })),
        put({ get exports() { return 'getter' }, loaded: true }), put(() => {}), put(1), put('text'), put(true), put({ exports: class A {} }), put({ exports: [1] }), put({ exports: Object.create(null) }),
        attempt(() => put(null)), module.children.length,
      ]`,
    shows: ['inherited', 'getter'],
  },
  {
    name: 'M4 children: at creation, on each cached hit by another, never twice, never for builtins',
    tree: {
      'a.js': `exports.list = () => module.children.map((c) => c.id.slice(-5)); require('./c')`,
      'b.js': `exports.list = () => module.children.map((c) => c.id.slice(-5)); require('./c'); require('./a'); require('./c')`,
      'c.js': '',
      'd.json': '1',
      'e.js': 'throw 1',
    },
    program: `const a = require('./a'); const b = require('./b'); require('./a'); require('./d'); require('fs'); require('./c'); try { require('./e') } catch {}
      const before = [children(module), a.list(), b.list()]
      delete require.cache[require.resolve('./c')]
      require('./c')
      module.children.length = 0
      require('./a')
      module.children = undefined
      require('./b'); require('./d.json')
      module.exports = show([before, module.children])`,
    shows: ['c.js', 'a.js'],
  },
  {
    name: 'M11 X5 JP-06 a module that throws leaves no trace, runs again, and throws its own error',
    tree: {
      'x.js': `globalThis.times = (globalThis.times ?? 0) + 1; exports.partial = 1; const error = new Error('own'); error.extra = globalThis.times; throw error`,
      'syntax.js': 'const const',
      'bad.json': '{"a": nope}',
      'missing.js': `require('./none')`,
      'primitive.js': 'throw 42',
      'nothing.js': 'throw undefined',
      'falsy.js': 'throw null',
      'deep.js': `try { require('./x') } catch (e) { e.seen = [Object.keys(require.cache).filter((k) => k.endsWith('x.js')), module.children.length]; throw e }`,
    },
    program: `const run = (r) => { const seen = [attempt(() => require(r)), attempt(() => require(r))]; return [r, seen[0], JSON.stringify(seen[0]) === JSON.stringify(seen[1]), cached(), children(module)] }
      module.exports = ['./x', './x', './syntax', './bad', './missing', './primitive', './nothing', './falsy', './deep'].map(run)
      module.exports.push(globalThis.times, pathCache().length)
      delete globalThis.times`,
    shows: ['own', 'SyntaxError', '(undefined)'],
  },
  {
    name: 'M11 X5 the error is the same object all the way up',
    tree: {
      'a.js': `try { require('./b') } catch (e) { globalThis.seen = [e]; throw e }`,
      'b.js': `try { require('./c') } catch (e) { globalThis.seen0 = e; throw e }`,
      'c.js': `throw globalThis.original = Object.freeze(new Error('frozen'))`,
    },
    program: `let caught
      try { require('./a') } catch (e) { caught = e }
      module.exports = [caught === globalThis.original, globalThis.seen[0] === caught, globalThis.seen0 === caught, Object.isFrozen(caught), cached()]
      delete globalThis.original; delete globalThis.seen; delete globalThis.seen0`,
    shows: 'true',
  },
  {
    name: 'M11 what a failing module required stays loaded, and parents keep their other children',
    tree: {
      'a.js': `require('./ok'); require('./ok2'); throw new Error('late')`,
      'ok.js': counts('ok'),
      'ok2.js': counts('ok2'),
    },
    program: `require('./ok')
      attempt(() => require('./a')); attempt(() => require('./a'))
      module.exports = [require('./ok').n, require('./ok2').n, cached(), children(module), require('./ok2') === require.cache[__dirname + '/ok2.js'].exports]`,
    shows: '/case/ok2.js',
  },
  {
    name: 'M11 the module that removes or replaces itself while it runs',
    tree: {
      'gone.js': `delete require.cache[__filename]; module.exports = { gone: true }`,
      'swap.js': `require.cache[__filename] = { exports: 'swapped', loaded: true }; module.exports = 'own'`,
      'again.js': `globalThis.n = (globalThis.n ?? 0) + 1; delete require.cache[__filename]; module.exports = globalThis.n < 3 ? ['again', require('./again')] : 'end'`,
      'throws.js': `require.cache[__filename] = { exports: 'left', loaded: true }; throw new Error('after the swap')`,
    },
    program: `module.exports = [require('./gone'), require('./gone') === require('./gone'), require('./swap'), require('./swap'), require('./again'), attempt(() => require('./throws')).message, attempt(() => require('./throws')).message, cached()]
      delete globalThis.n`,
    shows: ['again', 'swapped'],
  },
  {
    name: 'R21 statCache: within one run of the main program a file that was seen is believed to be there',
    tree: {
      'x.js': says('x'),
      'd/index.js': says('d/index'),
      'd.json': '"d.json"',
      'y.js': says('y'),
    },
    program: `const fs = require('fs')
      const seen = [require.resolve('./x'), require.resolve('./d/'), require.resolve('./y')]
      fs.unlinkSync(__dirname + '/x.js')
      seen.push(attempt(() => require.resolve('./b/../x')), attempt(() => require('./x.js')))
      fs.rmSync(__dirname + '/d', { recursive: true })
      seen.push(attempt(() => require.resolve('./b/../d/')), attempt(() => require.resolve('./b/../d')))
      fs.unlinkSync(__dirname + '/y.js'); fs.mkdirSync(__dirname + '/y.js'); fs.writeFileSync(__dirname + '/y.js/index.js', '')
      seen.push(attempt(() => require.resolve('./y.js')), attempt(() => require('./y.js')).code)
      module.exports = new Promise((resolve) => setTimeout(() => {
        seen.push('later', attempt(() => require.resolve('./c/../x')), attempt(() => require.resolve('./c/../d')), attempt(() => require.resolve('./c/../y.js')))
        resolve(seen)
      }))`,
    shows: ['/case/x.js', 'later', 'd.json'],
  },
  {
    name: 'R21 M11 an extension handler that throws, or leaves the module unloaded',
    tree: { 'a.foo': '', 'b.bar': '', 'c.baz': '' },
    program: `require.extensions['.foo'] = () => { throw new Error('handler') }
      require.extensions['.bar'] = () => {}
      require.extensions['.baz'] = (module, filename) => { module.exports = [filename, module.loaded, module.id, module.parent.id]; module.loaded = 'mine' }
      module.exports = [attempt(() => require('./a')).message, cached(), require('./b'), require.cache[__dirname + '/b.bar'].loaded, require('./c'), require.cache[__dirname + '/c.baz'].loaded]`,
    shows: 'handler',
  },
])
