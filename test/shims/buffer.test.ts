import { describe, expect, test } from 'vitest'
import { builtinsOf, likeNode } from './like-node.ts'

likeNode('buffer', {
  'arguments that are left out': `
    const { transcode } = require('buffer'), x = Buffer.alloc(4)
    return [x.write('ab', undefined, 1, 'hex'), x.write('ab', undefined, undefined, 'bogus'), x, transcode(Buffer.from('é'), undefined, 'latin1'), transcode(Buffer.from('é'), 'latin1'),
      ...[[5, 'x'], [1, 'x'], [null], [1, null], [2, -1]].map((args) => caught(() => Buffer.copyBytesFrom(new Uint16Array(2), ...args)))]`,
  surface: `
    const b = require('buffer'), P = b.Buffer.prototype
    const functions = (o) => Object.getOwnPropertyNames(o).filter((k) => typeof Object.getOwnPropertyDescriptor(o, k).value === 'function')
    return [Object.keys(b).sort(), functions(P).sort().map((k) => [k, P[k].length]), functions(b.Buffer).sort().map((k) => [k, b.Buffer[k].length]), b.constants]`,
  'every encoding there and back': `
    const { Buffer } = require('buffer'), out = []
    for (const e of ['utf8', 'UCS-2', 'utf16le', 'latin1', 'binary', 'ascii', 'base64', 'base64url', 'hex'])
      for (const t of ['', 'abc', 'héllo wörld', '€ x', 'deadBEEF', 'YWJj-_8', '\\ud800x'])
        out.push([e, t, Buffer.from(t, e).toString('hex'), Buffer.from(t).toString(e), Buffer.byteLength(t, e)])
    return out`,
  'what the encodings pass over and where they end': `
    const { Buffer } = require('buffer'), out = []
    for (const t of ['YQ==YQ==', 'YWJj=ZGVm', 'YWJj ZGVm', 'YWJj\\nZG-_', 'Y', 'YW', 'YWJjZ', '=YWJj', 'Y*W*J*j', '\u00ffYWJj', 'YWJj\u20acZGVm'])
      out.push(Buffer.from(t, 'base64').toString('hex'), Buffer.from(t, 'base64url').toString('hex'))
    for (const t of ['abc', 'zz', 'aazz11', 'a', 'AbCd']) out.push(Buffer.from(t, 'hex').toString('hex'))
    const b = Buffer.alloc(5)
    out.push(b.write('abc', 0, 'ucs2'), b.toString('hex'), b.write('\u20acbc', 'ascii'), b.toString('hex'), b.write('616263', 'hex'),
      b.write('YWJjZGVm', 1, 2, 'base64'), b.toString('hex'), b.toString('ascii', 1, 3), Buffer.from('\u20ac\u00e9', 'latin1').toString('ascii'))
    for (const bits of [16, 32, 64]) out.push(Buffer.from('0123456789abcdef', 'hex')['swap' + bits]().toString('hex'))
    const long = Buffer.alloc(10_001, 'h\u00e9')
    for (const e of ['latin1', 'ascii', 'utf16le', 'hex', 'base64', 'base64url']) out.push(Buffer.from(long.toString(e), e).toString('hex') === long.toString('hex'), long.toString(e).length)
    return out`,
  'concat of what lies about its length': `
    const { Buffer } = require('buffer')
    const lying = (length) => Object.defineProperty(new Uint8Array([1, 2, 3, 4]), 'length', { get: () => length })
    return [100, 0, -1].map((length) => [...Buffer.concat([lying(length), new Uint8Array([5, 6])])]).concat([[...Buffer.concat([lying(100), lying(0)], 6)]])`,
  'malformed UTF-8': `
    const { Buffer, isUtf8 } = require('buffer')
    return ['c9b5a941', 'e2', 'e241', 'ccccb8', 'f0b841', 'f1ccb8', 'f0fb00', 'cce2b8b8', 'eda0b5edb08d', 'c080', 'f4908080', 'ff'.repeat(60) + 'e282ac']
      .map((h) => { const b = Buffer.from(h, 'hex'); return [b.toString(), isUtf8(b)] })`,
  numbers: `
    const { Buffer } = require('buffer'), b = Buffer.alloc(16), out = []
    for (const k of ['UInt8', 'Int8', 'UInt16LE', 'UInt16BE', 'Int16LE', 'Int16BE', 'UInt32LE', 'UInt32BE', 'Int32LE', 'Int32BE', 'FloatLE', 'FloatBE', 'DoubleLE', 'DoubleBE'])
      for (const v of [0, 1, -1, 127, 200, 40000, 1.5, NaN, 2 ** 31]) out.push([k, v, caught(() => [b['write' + k](v, 1), b.toString('hex'), b['read' + k](1)])])
    for (const k of ['UIntLE', 'UIntBE', 'IntLE', 'IntBE'])
      for (const n of [1, 3, 5, 6, 7, 1.5]) out.push([k, n, caught(() => [b['write' + k](100, 2, n), b.toString('hex'), b['read' + k](2, n)])])
    for (const k of ['BigInt64LE', 'BigUInt64BE']) for (const v of [5n, -5n, 2n ** 63n, 5, '5', 'bad', undefined]) out.push([k, caught(() => [b['write' + k](v), String(b['read' + k]())])])
    return out`,
  'offsets out of range': `
    const { Buffer } = require('buffer'), b = Buffer.alloc(4)
    return [caught(() => b.readInt32LE(1)), caught(() => b.readInt8(1.5)), caught(() => b.readInt8('1')), caught(() => b.readUInt8(-1)),
      caught(() => Buffer.alloc(1).readDoubleLE()), caught(() => b.writeUInt16BE(70000)), caught(() => b.readUIntLE()), caught(() => b.write('a', 5))]`,
  search: `
    const { Buffer } = require('buffer'), b = Buffer.from('this is a buffer, is it?'), u = Buffer.from('aabbaa', 'utf16le')
    return [b.indexOf('is'), b.indexOf('is', 3), b.indexOf('is', -4), b.lastIndexOf('is'), b.lastIndexOf('is', 4), b.lastIndexOf('is', -25), b.indexOf(97), b.indexOf(''), b.indexOf('', 99),
      b.includes(Buffer.from('buffer')), b.indexOf(Buffer.from('buffer').toString('base64'), 0, 'base64'), u.indexOf('bb', 0, 'utf16le'), u.lastIndexOf('a', 'utf16le'),
      caught(() => b.indexOf({})), caught(() => b.indexOf('a', 0, 'nope'))]`,
  'fill, copy, compare, concat, swap': `
    const { Buffer } = require('buffer')
    return [Buffer.alloc(5, 'ab').toString(), Buffer.alloc(4, 'YQ==', 'base64').toString(), Buffer.from('abcdef').fill('x', 1, 3).toString(), caught(() => Buffer.alloc(2).fill('a', 0, 3)),
      Buffer.concat([Buffer.from('ab'), new Uint8Array([99])], 2).toString(), caught(() => Buffer.concat(['a'])), Buffer.compare(Buffer.from('a'), new Uint8Array([98])),
      Buffer.from('abcd').swap16().toString(), caught(() => Buffer.from('abc').swap16()), (() => { const t = Buffer.alloc(3); return [Buffer.from('hello').copy(t, 1, 1), t.toString()] })(),
      Buffer.from('abc').equals(new Uint8Array([97, 98, 99])), caught(() => Buffer.from('a').equals('a')), Buffer.from('abc').compare(Buffer.from('abd'), 0, 2, 0, 2)]`,
  making: `
    const { Buffer } = require('buffer')
    return [Buffer.from([1, 300, -1, '7']), Buffer.from({ length: 2, 0: 5, 1: 6 }), Buffer.from(new String('x')), Buffer.from(Buffer.from('ab').toJSON()), Buffer.from({ [Symbol.toPrimitive]: () => 'p' }),
      Buffer.from(new Uint16Array([1, 2]).buffer, 1, 2), caught(() => Buffer.from(5)), caught(() => Buffer.from('a', 'b')), caught(() => Buffer.alloc(-1)), caught(() => Buffer.alloc('5')),
      Buffer.copyBytesFrom(new Uint16Array([1, 2, 3]), 1, 1), Buffer.of(1, 2), Buffer.isEncoding('UTF-8'), Buffer.isEncoding('x')]`,
  showing: `
    const { Buffer } = require('buffer'), { inspect } = require('util')
    return [inspect(Buffer.from('hello')), inspect(Buffer.alloc(60)), inspect(Object.assign(Buffer.from('a'), { p: 1 })), inspect({ b: Buffer.alloc(0) }), Buffer.name, Buffer.from('a').constructor.name]`,
  'atob, btoa, transcode': `
    const { atob, btoa, transcode, Buffer } = require('buffer')
    return [btoa('hé'), atob(' aGVs bG8= '), caught(() => atob('a')), caught(() => btoa('€')), transcode(Buffer.from('€é'), 'utf8', 'ascii').toString(), transcode(Buffer.from('€é'), 'utf8', 'latin1').toString('hex'),
      caught(() => transcode(Buffer.from('a'), 'utf8', 'hex'))]`,
})

describe('buffers', () => {
  test('are Uint8Arrays, and slices share memory', () => {
    const { Buffer } = builtinsOf()('buffer')
    const buffer = Buffer.from('abc')
    const part = buffer.slice(1)
    part[0] = 120
    expect(buffer).toBeInstanceOf(Uint8Array)
    expect(buffer.toString()).toBe('axc')
    expect(part).toBeInstanceOf(Buffer)
    expect(buffer.map((byte: number) => byte)).toBeInstanceOf(Buffer)
  })

  test('of two loaders have nothing in common but bytes', () => {
    const [one, other] = [builtinsOf()('buffer'), builtinsOf()('buffer')]
    expect(other.Buffer.isBuffer(one.Buffer.from('a'))).toBe(false)
    expect(other.Buffer.from(one.Buffer.from('a')).toString()).toBe('a')
  })
})
