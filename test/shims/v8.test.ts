import { likeNode } from './like-node.ts'

const head = `const v8 = require('v8'), util = require('util'), hex = (value) => v8.serialize(value).toString('hex')
  const copy = (value) => util.inspect(v8.deserialize(v8.serialize(value)), { depth: 9 })`

likeNode('v8: what serialize writes', {
  primitives: `${head}
    return [undefined, null, true, false, 0, -1, 2 ** 31 - 1, 2 ** 31, -0, 0.1, NaN, 0n, -5n, 10n ** 30n, '', 'é', 'aЖ', 'bbЖ', '\\u{1f600}'].map(hex)`,
  objects: `${head}
    return [{}, { a: 'Ж', bb: 'Ж' }, { 1: 2, 4294967294: 1, '-1': 2, 2147483648: 1, 4294967295: 3 }, new (class A { b = 1; get c() { return 1 } })(), Object.create(null), Object.create({ inherited: 1 }),
      { get a() { delete this.b; return 1 }, b: 2 }, Math, new URL('http://a')].map(hex)`,
  arrays: `${head}
    return [[], [1, 'a', [null]], [1.5, 2], [1, , 2], new Array(3), Object.assign([1], { a: 2 }), Object.assign([1, , 3], { a: 2 })].map(hex)`,
  'other objects': `${head}
    return [new Date(5), new Date(NaN), /a/giv, /é/dmsuy, new Map([[1, { a: 1 }]]), new Set([1, 'a']), Object(1), Object('s'), Object(false), Object(true), Object(5n), new ArrayBuffer(2), new ArrayBuffer(1, { maxByteLength: 2 })].map(hex)`,
  views: `${head}
    const memory = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]).buffer
    return [Buffer.from('ab'), new Uint8Array(memory, 1, 2), new Uint16Array(memory, 2), new BigInt64Array(memory), new DataView(memory, 3), new Float32Array([1])].map(hex)`,
  errors: `${head}
    const error = Object.assign(new RangeError('m', { cause: { a: 1 } }), { stack: 'stack', extra: 1 })
    return [error, Object.assign(new Error('x'), { stack: undefined, name: 'Foo' }), Object.assign(new Error(), { stack: 's', name: 'TypeError' })].map(hex)`,
  'shared parts and cycles': `${head}
    const shared = { a: 1 }, map = new Map([[shared, shared]])
    map.set(map, [map, shared])
    return [hex([shared, shared, map]), copy([shared, shared, map])]`,
  'what cannot be cloned': `${head}
    return [Symbol.iterator, () => 1, class A {}, Promise.resolve(), new WeakMap(), new WeakSet(), new WeakRef({}), (function* () {})(), [].values(), new Map().entries(), (function () { return arguments })(1), Object(Symbol('x')), new SharedArrayBuffer(1), { deep: [() => 2] }]
      .map((value) => caught(() => hex(value)))`,
})

likeNode('v8: what deserialize reads', {
  'all of it again': `${head}
    const error = Object.assign(new RangeError('m', { cause: { a: 1 } }), { stack: 'stack' })
    return [undefined, -1, 2 ** 31, -0, -5n, 10n ** 30n, 'aЖ', { 1: 2, b: [1, , 3], __proto__: null, ['__proto__']: 4 }, Object.assign([1, , 3], { a: 2 }), new Date(5), /a/gi, new Map([[1, { a: 1 }]]), new Set([1]), Object('s'), Object(false), Object(5n),
      Buffer.from('ab'), new Uint16Array([1, 2]), new DataView(new ArrayBuffer(3)), new ArrayBuffer(2), [error, error.stack, error.cause], new Error('plain').message].map(copy)`,
  'what is broken': `${head}
    return ['', 'ff', 'ff0f', '30', 'ff2f30', 'ff0f4101', 'ff0f6f', 'ff0f2205', 'ff0f5e01', 'ff0f5c', 'ff0f7272', 'ff0f01'].map((text) => caught(() => v8.deserialize(Buffer.from(text, 'hex')))).concat(
      ['x', undefined, {}].map((value) => caught(() => v8.deserialize(value))))`,
  padding: `${head}
    return [v8.deserialize(Buffer.from('ff0f00006304160430000000', 'hex'))]`,
})

likeNode('v8: the classes', {
  'single parts': `${head}
    const s = new v8.Serializer()
    const wrote = [s.writeHeader(), s.writeValue(1), s.writeUint32(300), s.writeUint64(1, 2), s.writeDouble(1.5), s.writeRawBytes(Buffer.from('q')), caught(() => s.writeRawBytes('x'))]
    const bytes = s.releaseBuffer()
    const d = new v8.Deserializer(bytes)
    return [wrote, bytes.toString('hex'), s.releaseBuffer().length, d.readHeader(), d.getWireFormatVersion(), d.readValue(), d.readUint32(), d.readUint64(), d.readDouble(), String(d.readRawBytes(1)), Object.keys(d),
      ...['readUint32', 'readUint64', 'readDouble', 'readRawBytes'].map((name) => caught(() => d[name](1))), caught(() => new v8.Deserializer('x'))]`,
  'views without a host': `${head}
    const s = new v8.Serializer(), memory = new ArrayBuffer(4), list = [new Uint16Array(memory, 2), new DataView(memory), memory, new BigInt64Array(1)]
    s.writeHeader(); s.writeValue(list)
    const bytes = s.releaseBuffer(), d = new v8.Deserializer(bytes)
    d.readHeader()
    const [a, b, c] = d.readValue()
    return [bytes.toString('hex'), a.length, a.byteOffset, a.buffer === b.buffer, a.buffer === c]`,
  'host objects': `${head}
    const s = new v8.Serializer()
    s._setTreatArrayBufferViewsAsHostObjects(true)
    const refused = caught(() => s.writeValue(new Uint16Array(1)))
    class S extends v8.DefaultSerializer { _writeHostObject(view) { this.writeUint32(view.byteLength) } }
    class D extends v8.DefaultDeserializer { _readHostObject() { return { host: this.readUint32() } } }
    const own = new S()
    own.writeHeader(); const view = Buffer.from('abc'); own.writeValue([view, view])
    const d = new D(own.releaseBuffer())
    d.readHeader()
    const [x, y] = d.readValue()
    return [refused, x, x === y]`,
  transfer: `${head}
    const s = new v8.Serializer(), memory = new ArrayBuffer(2)
    s.transferArrayBuffer(7, memory); s.writeHeader(); s.writeValue({ memory })
    const bytes = s.releaseBuffer(), d = new v8.Deserializer(bytes), other = new ArrayBuffer(9)
    d.transferArrayBuffer(7, other); d.readHeader()
    return [bytes.toString('hex'), d.readValue().memory === other]`,
  'errors of their own': `${head}
    class Refused extends TypeError { name = 'Refused' }
    class S extends v8.Serializer {}
    S.prototype._getDataCloneError = Refused
    return [caught(() => new S().writeValue(() => 1)), v8.Serializer.prototype._getDataCloneError === Error]`,
})
