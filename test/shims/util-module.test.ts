import { expect, test } from 'vitest'
import { builtinsOf, likeNode } from './like-node.ts'

likeNode('util', {
  'functions that are bound': `
    const { inspect } = require('util'), all = [async () => {}, function* g() {}, async function* ag() {}, function f() {}, Math.max]
    return [inspect(all), inspect(all.map((f) => f.bind(null)))]`,
  'what a MIME type has in quotes': `const { MIMEType } = require('util'); return ['text/a"b', 'a"/b', '\\\\', 'é'].map((text) => caught(() => new MIMEType(text)))`,
  surface: `
    const util = require('util')
    return [Object.keys(util).sort(), Object.keys(util.types).sort(), util.promisify.name, util.debuglog.name, util.inspect.name]`,
  inspect: `
    const { inspect } = require('util')
    class A { constructor() { this.x = 1 } get y() { return 1 } static z = 2 }
    const circular = { name: 'c' }; circular.self = circular
    const hidden = { has: (v) => typeof v === 'function' || v instanceof WeakMap || v === JSON || v === Math || Object.prototype.toString.call(v) === '[object Arguments]' }
    const values = [1, -0, 'it\\'s', 'a\\nb', null, undefined, Symbol('s'), 10n, [1, , 3], [undefined, [[[[1]]]]], {}, { a: { b: { c: { d: 1 } } } }, new A(), A, () => {}, function f() {}, async () => {},
      new Map([['k', { v: 1 }]]), new Set([1, 'a']), new WeakMap(), /x/gi, new Date(0), new Date(NaN), Object.create(null), circular, new Uint8Array(3), new ArrayBuffer(2), new String('s'), Object(1n),
      Array.from({ length: 120 }, (_, i) => i), { ['a-b']: 1, [Symbol('k')]: 2, get g() { return 1 }, set s(v) {} }, 'x'.repeat(120), [['a'.repeat(40), 'b'.repeat(40)]], JSON, Math, globalThis.undefined,
      { [inspect.custom]: (depth, options) => 'custom ' + depth + ' ' + typeof options.stylize }, (function () { return arguments })(1)]
    return values.flatMap((v) => [{}, { depth: 0 }, { colors: true }, { compact: false, sorted: true }, ...(hidden.has(v) ? [] : [{ showHidden: true, breakLength: 40 }])].map((o) => inspect(v, o)))`,
  'inspect of errors': `
    const { inspect } = require('util')
    const e = Object.assign(new TypeError('bad', { cause: new Error('why') }), { code: 'E_X' })
    for (const x of [e, e.cause]) x.stack = x.stack.split('\\n')[0] + '\\n    at there'
    class Mine extends Error {} const m = new Mine('m'); m.stack = 'Error: m\\n    at here'
    return [inspect(e), inspect([e.cause]), inspect(m), inspect(Object.assign(new Error(''), { stack: 'no stack' }))]`,
  format: `
    const { format, formatWithOptions } = require('util')
    return [format('%s %d %i %f %j %o %O %% %c', 'a', '1.5', 2.7, '3.1', { a: 1 }, [1], { b: {} }, 'css'), format('a', 'b', { c: 1 }), format(1, 2), format('%s', null, undefined), format('%s', { a: { b: { c: 1 } } }),
      format('%d', 5n), format('%x', 1), format('%s', class Q {}), format('%s', -0), format(new Error('e').message), formatWithOptions({ colors: true }, '%O', 1)]`,
  'promisify and callbackify': `
    const { promisify, callbackify } = require('util')
    const f = (a, cb) => setTimeout(() => (a < 0 ? cb(new Error('negative')) : cb(null, a * 2)))
    const custom = () => {}; custom[promisify.custom] = () => 'custom'
    return [await promisify(f)(2), await promisify(f)(-1).catch((e) => e.message), promisify(custom)(), promisify(promisify(f)) === promisify(promisify(f)), caught(() => promisify(1)),
      await new Promise((r) => callbackify(async (x) => x + 1)(1, (e, v) => r([e, v]))), await new Promise((r) => callbackify(() => Promise.reject(null))((e) => r([e.code, e.message, e.reason]))),
      caught(() => callbackify(async () => {})()), callbackify(async function abc(a) {}).name, callbackify(async function abc(a) {}).length]`,
  'deprecate and inherits': `
    const util = require('util'), f = util.deprecate(function old(a, b) { return a }, 'old', 'DEP_X')
    return [f(5), f.length, caught(() => util.deprecate(() => {}, 'm', 5)), caught(() => util.inherits(function () {}, null)), caught(() => util.inherits(function () {}, () => {}))]`,
  'inspect of what is hostile or huge': `
    const { inspect, format, getCallSites } = require('util')
    const throwing = { get() { throw new Error('no') }, configurable: true, enumerable: true }
    const unnamed = Object.defineProperty(Object.assign(new Error('m'), { stack: '' }), 'message', throwing)
    const own = Object.assign(new Error('m'), { stack: 'Error: m' }); own.stack = own
    const revoked = Proxy.revocable({}, {}); revoked.revoke()
    const chain = {}; for (let i = 0, end = chain; i < 30000; i++) end = end.next = {}
    const web = {}; for (let i = 0, end = web; i < 150; i++) { end = end.next = { web, end }; web[i] = end }
    class Tagged { get [Symbol.toStringTag]() { throw new Error('no') } }
    class Caused extends Error { get cause() { return 1 } get errors() { return [1] } }
    const shown = [unnamed, own, revoked.proxy, new Tagged(), Object.assign(new Caused('c'), { stack: 'Error: c' })].map((value) => inspect(value))
    inspect.defaultOptions.numericSeparator = true
    shown.push(format('%d %s %i', 12345, 12345n, 12345.5))
    inspect.defaultOptions.numericSeparator = false
    const { prepareStackTrace } = Error
    Error.prepareStackTrace = () => { throw new Error('asked') }
    try { shown.push(getCallSites(1).length) } finally { Error.prepareStackTrace = prepareStackTrace }
    const { keys } = Object
    Object.keys = () => { throw new Error('asked') }
    try { shown.push(inspect({ a: [1] })) } finally { Object.keys = keys }
    const message = '[Object: Inspection interrupted prematurely. Maximum call stack size exceeded.]'
    return [shown, inspect(web, { depth: Infinity }).length, inspect(chain, { depth: Infinity }).includes(message)]`,
  isDeepStrictEqual: `
    const { isDeepStrictEqual: eq } = require('util'), o = { a: 1 }, c1 = {}, c2 = {}; c1.c = c1; c2.c = c2
    return [eq(1, 1), eq(0, -0), eq(NaN, NaN), eq([1, , 2], [1, undefined, 2]), eq({ a: 1, b: [2] }, { b: [2], a: 1 }), eq(new Map([[o, 1]]), new Map([[{ a: 1 }, 1]])), eq(new Set([1, o]), new Set([{ a: 1 }, 1])),
      eq(new Date(0), new Date(0)), eq(/a/g, /a/i), eq(new Error('a'), new Error('b')), eq(c1, c2), eq(Object.create(null), {}), eq(Object.create(null), {}, true), eq(new Uint8Array([1]), new Uint8Array([1])),
      eq(new Number(1), new Number(2)), eq([], {}), eq(new (class X {})(), {}), eq({ [Symbol.for('x')]: 1 }, {}), eq(new WeakMap(), new WeakMap())]`,
  types: `
    const { types } = require('util')
    const values = [new Map(), new Set(), new Map().keys(), new Set().values(), new WeakMap(), new WeakSet(), new Date(), /x/, Promise.resolve(), (async () => {}), function* () {}, (function* () {})(), new Error(), new Uint8Array(), new Float64Array(),
      new DataView(new ArrayBuffer(1)), new ArrayBuffer(1), new SharedArrayBuffer(1), Object(1), Object('s'), Object(true), Object(1n), Object(Symbol()), (function () { return arguments })(), {}, null, 1, { [Symbol.toStringTag]: 'Map' }, Object.create(Promise.prototype), RegExp.prototype]
    return values.map((v) => Object.keys(types).filter((k) => !/Proxy|External/.test(k) && types[k](v)))`,
  parseArgs: `
    const { parseArgs } = require('util')
    const options = { foo: { type: 'boolean', short: 'f' }, bar: { type: 'string', short: 'b', multiple: true }, d: { type: 'string', default: 'x' } }
    const run = (args, more) => caught(() => parseArgs({ args, options, ...more }))
    return [run(['-f', '--bar', 'a', '-bc', '--bar=d']), run(['-fb', 'x', 'pos'], { allowPositionals: true, tokens: true }), run(['--nope']), run(['pos']), run(['--bar']), run(['--foo=1']), run(['--bar', '-x']),
      run(['--no-foo'], { allowNegative: true }), run(['--nope', '--', '-f'], { strict: false, tokens: true }), caught(() => parseArgs({ options: { x: { type: 'number' } } })), caught(() => parseArgs({ options: { x: { type: 'string', short: 'ab' } } }))]`,
  'styleText, stripVTControlCharacters, toUSVString': `
    const util = require('util'), plain = { validateStream: false }
    return [util.styleText('red', 'a', plain), util.styleText(['bold', 'blue'], 'b' + util.styleText('dim', 'c', plain) + 'd', plain), util.styleText('#ff0080', 'e', plain), caught(() => util.styleText('nope', 'x')).code,
      util.stripVTControlCharacters('\\u001b[31mred\\u001b[0m'), util.toUSVString('a\\ud800b')]`,
  parseEnv: `return require('util').parseEnv('A=1\\n# c\\nexport B = "two\\\\nlines" # x\\nC=\\'a#b\\'\\nD=\`multi\\nline\`\\nE=un"q # c\\nF=\\n G = g ')`,
  MIMEType: `
    const { MIMEType, MIMEParams } = require('util')
    const m = new MIMEType(' Text/HTML ; charset=UTF-8;q="a\\\\"b";q=2; bad name=1;empty= ;x=y')
    m.params.set('z', 'a b')
    return [String(m), m.essence, m.params.get('q'), [...m.params], caught(() => new MIMEType('text')), caught(() => new MIMEType('te xt/a')), caught(() => m.params.set('a b', 1)), JSON.stringify(m), new MIMEParams() + '']`,
  'system errors and diff': `
    const util = require('util')
    return [util.getSystemErrorName(-2), util.getSystemErrorMessage(-13), util.getSystemErrorName(-9999), caught(() => util.getSystemErrorName(1)), [...util.getSystemErrorMap()].slice(0, 5), util._errnoException(-2, 'open').message, util.diff('abcd', 'abed'), util.diff(['a'], ['b', 'a'])]`,
})

test('nothing of one loader is seen in another', () => {
  const [one, other] = [builtinsOf(), builtinsOf()]
  one('util').inspect.defaultOptions.depth = 0
  expect(other('util').inspect({ a: { b: {} } })).toBe('{ a: { b: {} } }')
  expect(one('util').types).not.toBe(other('util').types)
})
