import { likeNode } from './like-node.ts'

likeNode('assert', {
  surface: `
    const assert = require('assert')
    return [Object.keys(assert).sort(), Object.keys(assert.Assert.prototype).sort().map((k) => [k, assert[k].name, assert[k].length]), require('assert/strict') === assert.strict, assert.AssertionError.name]`,
  messages: `
    const assert = require('assert'), long = Array.from({ length: 60 }, (_, i) => i)
    const show = (fn) => { try { fn(); return 'passed' } catch (e) { return [e.name, e.code, e.message, e.operator, e.generatedMessage] } }
    return [
      show(() => assert.equal(1, 2)), show(() => assert.notEqual(1, 1)), show(() => assert.strictEqual(1, 2)), show(() => assert.strictEqual('a'.repeat(10), 'a'.repeat(9) + 'b')), show(() => assert.strictEqual({}, {})),
      show(() => assert.strictEqual([1], [2])), show(() => assert.deepStrictEqual({ a: 1, b: { c: [1, 2, 3] } }, { a: 1, b: { c: [1, 5, 3] } })), show(() => assert.deepStrictEqual(long, long.with(30, 'x').with(59, 'y'))),
      show(() => assert.deepEqual({ a: 1 }, { a: 2 })), show(() => assert.notDeepEqual({ a: 1 }, { a: 1 })), show(() => assert.notStrictEqual(5, 5)), show(() => assert.notDeepStrictEqual([1], [1])), show(() => assert.strictEqual(1, 2, 'mine')),
      show(() => assert.strictEqual(1, 2, 'with %s', 'format')), show(() => assert.equal(1, 2, () => 'made')), show(() => assert.partialDeepStrictEqual({ a: 1, b: 2 }, { a: 1, c: 3 })), show(() => assert.match('abc', /x/)), show(() => assert.doesNotMatch('abc', /b/)),
      show(() => assert.match(5, /x/)), show(() => assert.fail()), show(() => assert.fail('f')), show(() => assert.ifError(new TypeError('t'))), show(() => assert.ifError('s')), show(() => assert.ok()), show(() => assert.strictEqual()), show(() => assert.deepStrictEqual(new Map([[1, { a: 1 }]]), new Map([[1, { a: 2 }]]))),
      show(() => assert.deepStrictEqual(new Error('a'), new Error('b'))), show(() => assert.strictEqual('line\\none', 'line\\ntwo')),
    ]`,
  'throws and rejects': `
    const assert = require('assert')
    const show = (fn) => { try { fn(); return 'passed' } catch (e) { return [e.name, e.code, e.message] } }
    const boom = () => { throw Object.assign(new TypeError('boom'), { code: 'X' }) }
    return [
      show(() => assert.throws(boom)), show(() => assert.throws(() => {})), show(() => assert.throws(() => {}, TypeError, 'why')), show(() => assert.throws(boom, RangeError)), show(() => assert.throws(boom, /boom/)), show(() => assert.throws(boom, /bang/)),
      show(() => assert.throws(boom, { message: 'boom', code: 'X' })), show(() => assert.throws(boom, { message: /b/, code: 'Y' })), show(() => assert.throws(boom, {})), show(() => assert.throws(boom, (e) => e.code === 'X')), show(() => assert.throws(boom, () => false)),
      show(() => assert.throws(boom, 'boom')), show(() => assert.throws('x')), show(() => assert.doesNotThrow(boom)), show(() => assert.doesNotThrow(boom, /boom/, 'msg')), show(() => assert.throws(boom, 5)),
      await assert.rejects(Promise.resolve(1)).catch((e) => e.message), await assert.rejects(async () => { throw new Error('r') }, /r/).then(() => 'ok'), await assert.rejects(5).catch((e) => e.message), await assert.rejects(() => 5).catch((e) => e.message),
      await assert.doesNotReject(Promise.reject(new Error('n'))).catch((e) => e.message),
    ]`,
  'deep equality': `
    const assert = require('assert'), is = (fn) => { try { fn(); return true } catch { return false } }
    const pairs = [[1, '1'], [null, undefined], [[1, 2], ['1', 2]], [new Set([1, '2']), new Set(['1', 2])], [new Map([[1, 'a']]), new Map([['1', 'a']])], [{ a: 1 }, { a: 1, b: undefined }], [[], {}], [new Date(0), new Date(1)], [NaN, NaN], [[NaN], [NaN]],
      [new Set([{ a: 1 }, { b: 2 }]), new Set([{ b: 2 }, { a: 1 }])], [new Set([[1, 2], [3]]), new Set([[3], [1, 2]])], [{ a: [1, { b: new Map([[{ k: 1 }, [1]]]) }] }, { a: [1, { b: new Map([[{ k: 1 }, [1]]]) }] }], [[1, 2, 3], [1, 3]], [{ a: { b: 1, c: 2 } }, { a: { b: 1 } }],
      [new Uint8Array([1, 2, 3]), new Uint8Array([1, 3])], [new Float32Array([0]), new Float32Array([-0])], [Object('a'), Object('a')], [/a/g, /a/g], [() => {}, () => {}], [new Error('a', { cause: 1 }), new Error('a')], [new Set([1, 2, 3]), new Set([1, 2])], [[1, , 3], [1, undefined, 3]]]
    return pairs.map(([a, b]) => ['deepEqual', 'deepStrictEqual', 'partialDeepStrictEqual'].map((m) => is(() => assert[m](a, b))))`,
  Assert: `
    const { Assert } = require('assert')
    const a = new Assert({ diff: 'full' }), b = new Assert({ strict: false, skipPrototype: true })
    return [caught(() => a.equal(1, '1')).code, caught(() => b.equal(1, '1')), caught(() => b.deepStrictEqual(Object.create({}), {})), caught(() => Assert()), caught(() => new Assert({ diff: 'x' }))]`,
})
