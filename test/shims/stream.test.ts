import { likeNode } from './like-node.ts'

likeNode('stream', {
  'views as chunks, and one chunk of bytes for each read': `
    const { Readable, Writable } = require('stream'), got = [], open = () => new Readable({ read() {} })
    const writable = new Writable({ write(chunk, encoding, done) { got.push(chunk, encoding); done() } })
    for (const view of [new Uint16Array([1, 2]), new DataView(new ArrayBuffer(2)), new Uint8Array(1)]) writable.write(view)
    const bytes = open(), text = open().setEncoding('utf8'), bad = open()
    for (const readable of [bytes, text]) { readable.push('a'); readable.push('b'); readable.unshift('c') }
    bytes.push(new Uint16Array([3])); bytes.push(null)
    return [got, bytes.read(2), bytes.read(), bytes.read(), bytes.read(), text.read(), bad.on('error', () => 0).push(1), bad.push('x')]`,
  'what is neither a chunk nor a function': `
    const { Readable, Writable } = require('stream'), of = () => Readable.from([1])
    const error = await new Promise((resolve) => new Readable({ read() {} }).on('error', resolve).push({}))
    return [error.message, caught(() => new Writable({ write() {} }).write(1)), ...['map', 'filter', 'flatMap'].map((name) => caught(() => of()[name](1))),
      ...(await Promise.all(['forEach', 'every', 'some', 'find', 'reduce'].map((name) => of()[name]('x').catch((e) => e.message))))]`,
  surface: `
    const s = require('stream')
    return [Object.keys(s).sort(), typeof s, s.Stream === s, s.getDefaultHighWaterMark(false), s.Readable.name, Object.keys(require('stream/promises')), Object.keys(require('stream/consumers')), Object.keys(require('stream/web')).sort()]`,
  pipeline: `
    const { Readable, Transform, Writable, promises } = require('stream'), seen = []
    await promises.pipeline(Readable.from(['a', 'b']), new Transform({ transform(c, e, cb) { cb(null, String(c).toUpperCase()) } }), new Writable({ write(c, e, cb) { seen.push(String(c)); cb() } }))
    return [seen, await promises.pipeline(Readable.from([1]), async function* (s) { for await (const x of s) throw new Error('in ' + x) }, async () => {}).catch((e) => e.message)]`,
  'iteration and helpers': `
    const { Readable } = require('stream')
    return [await Readable.from([1, 2, 3, 4]).filter((x) => x % 2).map((x) => x * 10).toArray(), await Readable.from([1, 2, 3]).reduce((a, b) => a + b), await Readable.from([1, 2, 3]).take(2).toArray()]`,
  'destroy and errors': `
    const { Readable, Writable, finished } = require('stream')
    const r = new Readable({ read() {} }); const closed = new Promise((d) => finished(r, (e) => d([e.message, e.code]))); r.destroy()
    const w = new Writable({ write(c, e, cb) { cb(Object.assign(new Error('w'), { code: 'W' })) } }); const failed = new Promise((d) => w.on('error', (e) => d(e.code))); w.write('x')
    return [await closed, await failed, caught(() => new Writable({ write() {} }).write(null)), r.destroyed]`,
  'texts of errors': `
    const { Duplex, PassThrough, Readable, Writable, pipeline } = require('stream')
    const w = new Writable({ write() {} }), told = (...args) => new Promise((d) => w.write(...args, (e) => d([e.code, e.message, Object.getOwnPropertyNames(e)])))
    const errors = [() => w.setDefaultEncoding({}), () => pipeline(w), () => Readable.from(7), () => new Readable({ highWaterMark: -1 }), () => Readable.from([]).map((x) => x, 7), () => new Duplex().read(2 ** 31), () => Duplex.from(() => 7)].map(caught)
    const empty = await Readable.from([]).reduce((a) => a).catch((e) => [e.code, e.message, e instanceof TypeError])
    const aborted = await Readable.from([1]).toArray({ signal: AbortSignal.abort('why') }).catch((e) => [e.name, e.code, e.message, e.cause])
    w.on('error', () => {}); w.destroy()
    return [errors, empty, aborted, await told('x'), caught(() => new PassThrough().pipe(w) === w)]`,
  duplexPair: `
    const { duplexPair } = require('stream'), [a, b] = duplexPair(), seen = []
    b.on('data', (c) => seen.push(String(c))); a.write('x'); a.end('y'); await new Promise((d) => b.on('end', d))
    return seen`,
  consumers: `
    const c = require('stream/consumers'), { Readable } = require('stream')
    return [await c.text(Readable.from([Buffer.from('e282', 'hex'), Buffer.from('ac', 'hex')])), await c.json(Readable.from(['{"a":', '1}'])), (await c.buffer(Readable.from(['a', 'b']))).toString('hex'), (await c.arrayBuffer(Readable.from(['abc']))).byteLength, await c.text(Readable.from([{}])).catch((e) => e.code)]`,
  'to the web and back': `
    const { Readable, Writable } = require('stream'), seen = []
    const web = Readable.toWeb(Readable.from([Buffer.from('a'), Buffer.from('b')], { objectMode: false }))
    const back = Readable.fromWeb(web); for await (const c of back) seen.push(String(c))
    const sink = Writable.toWeb(new Writable({ write(c, e, cb) { seen.push('w' + c); cb() } })), writer = sink.getWriter()
    await writer.write('x'); await writer.close()
    return [seen, caught(() => Readable.fromWeb({}))]`,
})

likeNode('string_decoder', {
  'characters in pieces': `
    const { StringDecoder } = require('string_decoder'), out = []
    const bytes = { utf8: Buffer.from('a€𤭢é'), utf16le: Buffer.from('a𤭢b', 'utf16le'), base64: Buffer.from('hello world'), base64url: Buffer.from('??>>'), hex: Buffer.from('abc'), latin1: Buffer.from([200, 201]) }
    for (const [e, b] of Object.entries(bytes)) for (const step of [1, 2, 3, 5]) { const d = new StringDecoder(e), parts = []; for (let i = 0; i < b.length; i += step) parts.push(d.write(b.subarray(i, i + step))); parts.push(d.end()); out.push([e, step, parts]) }
    return out`,
  'what is left': `
    const { StringDecoder } = require('string_decoder'), d = new StringDecoder('utf8')
    return [d.write(Buffer.from('e1', 'hex')), d.lastNeed, d.lastTotal, d.lastChar.toString('hex'), d.end(), d.encoding, caught(() => new StringDecoder('x')), caught(() => d.write(1)), new StringDecoder('UCS2').encoding]`,
})
