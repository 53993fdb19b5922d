import { oracle } from '../oracle/suite.ts'

oracle('running modules', [
  {
    name: "globals that change when others have read them: the loader's, a clock of the language, the program's own",
    tree: {
      'early.js': `exports.look = () => [typeof fetch === 'function' && fetch.name, setTimeout.name, new Date(0).getTime(), typeof later]`,
      'early.mjs': `export const look = () => [fetch.name, setTimeout.name, new Date(0).getTime()]`,
      'reader.js': `exports.read = () => [own, typeof process.cwd]`,
      'reader.mjs': `export const read = () => own`,
    },
    program: `const early = require('./early.js'), esm = require('./early.mjs')
      const before = [early.look(), esm.look()]
      global.own = 1
      const { read } = require('./reader.js'), { read: readToo } = require('./reader.mjs')
      const seen = [read(), readToo()]
      global.own = { set: 2 }
      seen.push(read(), readToo())
      Object.defineProperty(globalThis, 'own', { value: 3, configurable: true, writable: true })
      seen.push(read(), readToo())
      const { Date: OriginalDate, fetch: originalFetch, setTimeout: originalTimeout } = global
      global.fetch = function mock() {}
      globalThis.setTimeout = function fake() {}
      global.Date = class { getTime() { return 5 } }
      const own = [fetch.name, setTimeout.name, new Date(0).getTime()]
      const changed = [early.look(), esm.look()]
      Object.assign(globalThis, { fetch: originalFetch, setTimeout: originalTimeout, Date: OriginalDate, late: 6 })
      module.exports = [before, seen, own, changed, early.look(), esm.look(), late, fetch === originalFetch]`,
    shows: ['"mock","fake",5', '{"set":2}'],
  },
  {
    name: 'X1 byte order marks: before JavaScript, before JSON, only one, only at the start',
    tree: {
      'a.js': '\ufeffmodule.exports = "a"',
      'b.json': '\ufeff{"b":1}',
      'c.json': '\ufeff\ufeff{"c":1}',
      'd.js': 'module.exports = "\ufeff".length',
      'e.json': '"\ufeff"',
      'f.js': '\ufeff\ufeffmodule.exports = "white space"',
      'g.js': '\ufeff#!/usr/bin/env node\nmodule.exports = "both"',
      'h.json': ' {"h":1} \n',
      'i.js': '\ufeff',
      'j.json': '\ufeff',
    },
    program: `module.exports = attemptAll(['./a', './b', './c', './d', './e', './f', './g', './h', './i', './j'], require)`,
    shows: ['"a"', '{"b":1}', '/case/c.json: '],
  },
  {
    name: 'X1 hashbangs: LF, CRLF, alone, without a newline, not on the first line; line numbers stay',
    tree: {
      'a.js': '#!/usr/bin/env node\nmodule.exports = "lf"',
      'b.js': '#!x\r\nmodule.exports = "crlf"',
      'c.js': '#!only',
      'd.js': '\n#!x\nmodule.exports = 1',
      'e.js':
        '#! node\n\nexports.line = new Error().stack.split("\\n")[1].match(/:(\\d+:\\d+)/)[1]',
      'f.js': ' #!x\nmodule.exports = 1',
      'g.js': '#!x\u2028module.exports = "separator"',
      'h.js': '#',
      'i.json': '#!x\n1',
      'j.cjs': '#!x\nmodule.exports = "cjs"',
      k: '#!x\nmodule.exports = "no extension"',
    },
    program: `module.exports = attemptAll(['./a', './b', './c', './d', './e', './f', './g', './h', './i', './j.cjs', './k'], require)`,
    shows: ['crlf', '"line":"3:16"', 'separator'],
  },
  {
    name: 'X2 top-level return, this, arguments, sloppy mode, await and yield as names',
    tree: {
      'a.js': 'exports.a = 1; if (true) return; exports.never = 1',
      'b.js':
        'module.exports = [this === module.exports, this === exports, arguments.length, arguments[0] === exports, arguments[1] === require, arguments[2] === module, arguments[3] === __filename, arguments[4] === __dirname]',
      'c.js':
        'module.exports = [(function () { return typeof this })(), typeof arguments.callee, 010, delete Object.prototype]; with ({ x: 1 }) module.exports.push(x)',
      'd.js':
        '"use strict"; module.exports = [(function () { return this })(), (() => { try { undeclared = 1 } catch (e) { return e.name } })(), typeof this]',
      'e.js':
        'var await = 1, yield = 2, let = 3, static = 4, async = 5; module.exports = [await, yield, let, static, async]',
      'f.js': 'return "ignored"',
      'g.js': 'module.exports = typeof new.target',
      'h.js':
        'if (true) { function hoisted() { return 1 } } module.exports = [typeof hoisted, f()]; function f() { return "hoisted" }',
      'i.js':
        'var exports = exports || {}; exports.i = 1; var module = module; var require = require',
      'j.js': 'return\n{ broken: 1 }',
      'k.js': '<!-- html comment\nmodule.exports = 1\n--> comment',
      'l.js': 'arguments[0].l = 1; exports.m = arguments[0] === this',
    },
    program: `module.exports = attemptAll(['./a', './b', './c', './d', './e', './f', './g', './h', './i', './j', './k', './l'], require)`,
    shows: ['{"a":1}', 'ReferenceError', '"hoisted"'],
  },
  {
    name: 'X2 text that ends in a comment, or that tries to leave the wrapper',
    tree: {
      'a.js': 'exports.a = 1 // comment',
      'b.js': 'exports.b = 1 /* comment',
      'c.js': 'exports.c = 1 }); (function () { ',
      'd.js': '}, function () {',
      'e.js': 'exports.e = 1 <!-- comment',
      'f.js': '//# sourceMappingURL=none.map',
      'k.js': 'let arguments',
      'l.js': '"use strict"; with ({}) {}',
      'q.js': 'let x; let x',
      'r.js': 'break',
      's.js': '\\',
      't.js': 'exports.t = `unterminated',
      'u.js': 'exports.u = new.target; super.x',
      'v.js': 'const a = 1; var a',
    },
    program: `module.exports = attemptAll([...'abcdefklqrstuv'].map((n) => './' + n), require).map(([r, seen]) => [r, seen.error ?? seen])
      module.exports.push(cached().length)`,
    shows: ['SyntaxError', '{"a":1}'],
  },
  {
    name: "X3 JP-07 JSON: any value, the same instance, errors with the file's name, no wider search",
    tree: {
      'a.json': '{"a":[1,{"b":null}]}',
      'b.json': 'null',
      'c.json': '"text"',
      'd.json': ' 1e3 ',
      'e.json': '',
      'f.json': '{"a":1,}',
      'f.json.js': 'module.exports = "never"',
      'g.json': '{"__proto__":{"x":1},"constructor":2}',
      'h.json': '{"a":1,"a":2}',
      'i.json': '// c\n1',
      'j.json': "{'a':1}",
      'k.json': '[1,2',
      'l.json': 'undefined',
      'm.json': '"\u2028"',
      'n.json': '{"a":"\t"}',
    },
    program: `const seen = attemptAll([...'abcdefghijklmn'].map((n) => './' + n), require)
      module.exports = [seen, require('./a') === require('./a.json'), Object.keys(require('./g')), Object.getPrototypeOf(require('./a')) === Object.prototype, cached(), require.cache[__dirname + '/a.json'].loaded, require.cache[__dirname + '/a.json'].children]`,
    shows: ['/case/f.json: ', '1000'],
  },
  {
    name: "X3 X5 a JSON error is V8's own SyntaxError, new each time",
    tree: { 'a.json': '{bad' },
    program: `const get = () => { try { require('./a') } catch (e) { return e } }
      const one = get()
      module.exports = [one.constructor === SyntaxError, one instanceof Error, one.message.startsWith(__dirname + '/a.json: '), one !== get(), Object.keys(one), one.code === undefined]`,
    shows: 'true',
  },
  {
    name: 'X5 JP-06 a broken module is read again: mended in between, it loads',
    tree: { 'a.js': 'throw new Error("first")', 'b.json': '{', 'c.js': 'const const' },
    program: `const fs = require('fs')
      const seen = attemptAll(['./a', './b', './c'], require).map(([r, e]) => [r, e.error])
      fs.writeFileSync(__dirname + '/a.js', 'module.exports = "mended"'); fs.writeFileSync(__dirname + '/b.json', '1'); fs.writeFileSync(__dirname + '/c.js', 'module.exports = "c"')
      module.exports = [seen, attemptAll(['./a', './b', './c'], require)]`,
    shows: 'mended',
  },
  {
    name: 'X2 bytes that are no UTF-8, NUL bytes, CR and U+2028 as line ends',
    tree: {
      'a.js': Uint8Array.from([
        ...Buffer.from('module.exports = "'),
        0xff,
        0xc3,
        0x28,
        ...Buffer.from('"'),
      ]),
      'b.js': 'module.exports = "a\0b".length',
      'c.js': 'exports.a = 1\rexports.b = 2\u2028exports.c = 3\u2029exports.d = 4',
      'd.json': Uint8Array.from([...Buffer.from('"'), 0xe4, ...Buffer.from('"')]),
      'e.js': '\0',
      'f.js': '\u00a0\u3000exports.f = 1\v\f',
      'g.js': 'exports["\u{1f600}"] = "\\u{1f600}"',
      'h.js': Uint8Array.from([...Buffer.from('// '), 0x80, ...Buffer.from('\nexports.h = 1')]),
    },
    program: `module.exports = attemptAll([...'abcdefgh'].map((n) => './' + n), require).map(([r, seen]) => [r, seen.error ?? seen])`,
    shows: '\ufffd',
  },
  {
    name: 'JP-05 M4 evaluation order: depth first, once, the one that throws too',
    tree: {
      'log.js': `module.exports = (globalThis.order ??= [])`,
      'a.js': `const log = require('./log'); log.push('a1'); require('./b'); log.push('a2'); require('./c'); log.push('a3')`,
      'b.js': `const log = require('./log'); log.push('b1'); require('./d'); log.push('b2')`,
      'c.js': `const log = require('./log'); log.push('c1'); try { require('./e') } catch (e) { log.push(e.message) } require('./d'); log.push('c2')`,
      'd.js': `require('./log').push('d')`,
      'e.js': `const log = require('./log'); log.push('e1'); require('./f'); throw new Error('e2')`,
      'f.js': `require('./log').push('f')`,
    },
    program: `require('./a'); require('./c'); attempt(() => require('./e'))
      module.exports = [globalThis.order, cached()]
      delete globalThis.order`,
    shows: '["a1","b1","d","b2","a2","c1","e1","f","e2","c2","a3","e1"]',
  },
  {
    name: 'X2 globals: what one module adds is seen by those compiled later, bare',
    tree: {
      'a.js': `globalThis.shared = 'a'; global.also = 'also'; var own = 1`,
      'b.js': `module.exports = [shared, also, typeof own, globalThis === global, typeof window, 'shared' in globalThis]`,
    },
    program: `require('./a')
      module.exports = [require('./b'), globalThis.shared, typeof globalThis.own]
      delete globalThis.shared; delete globalThis.also`,
    shows: '["a","also","undefined",true',
  },
  {
    name: "JP-11 argv, the main's own arguments and the current directory",
    argv: ['one', '--two', 'thr ee'],
    tree: { 'work/x': null, 'a.js': 'module.exports = [process.argv.length, process.cwd()]' },
    cwd: '<root>/work',
    program: `module.exports = [process.argv.slice(1), process.cwd(), require('./a'), attempt(() => require('./work/../a'))]`,
    shows: 'thr ee',
  },
])
