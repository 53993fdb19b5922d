/** zlib against node's: results of decompression, errors and events, and what the classes look like. */
import { createLoader } from 'lodger'
import { expect, test } from 'vitest'
import { likeNode } from './like-node.ts'
import { requireOf } from './loose.ts'

/** Each program begins with these. */
const setUp = `
  const zlib = require('zlib'), { promisify } = require('util'), { once } = require('events')
  const text = Array.from({ length: 3000 }, (_, index) => (index * 7919 % 1013).toString(36)).join(' ')
  const pairs = [['gzip', 'gunzip'], ['deflate', 'inflate'], ['deflateRaw', 'inflateRaw'], ['gzip', 'unzip'], ['deflate', 'unzip']]
  const describe = (e) => [e.name, e.code, e.errno, e.message]
  const thrown = (fn) => { try { return String(fn()) } catch (e) { return describe(e) } }
  const classOf = (name) => zlib[name.replace(/^./, (first) => first.toUpperCase())]
  const collect = (stream) => new Promise((resolve, reject) => {
    const chunks = []
    stream.on('data', (chunk) => chunks.push(chunk)).on('error', reject).on('end', () => resolve(Buffer.concat(chunks)))
  })
  const fed = (stream, bytes, size) => {
    const result = collect(stream)
    for (let at = 0; at < bytes.length; at += size) stream.write(bytes.subarray(at, at + size))
    stream.end()
    return result
  };`

const programs: Record<string, string> = {
  'numbers that are not whole': `
    const short = 'abc'.repeat(9), hex = (b) => b.toString('hex')
    return [hex(zlib.deflateSync(short, { level: 1.5 })), hex(zlib.deflateRawSync(short, { memLevel: 8.9, strategy: 0.5, windowBits: 9.9 })), caught(() => zlib.deflateSync(short, { level: 9.5 })),
      zlib.inflateSync(zlib.deflateSync(short, { finishFlush: 4.2 }), { level: 1.5, flush: 2.5 }).toString()]`,
  'round trips at once': `
    return pairs.map(([there, back]) => [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((level) => {
      const packed = zlib[there + 'Sync'](text, { level })
      return [packed.length < text.length, zlib[back + 'Sync'](packed).toString() === text]
    }))`,
  'round trips with every strategy, window and memory': `
    const results = []
    for (const strategy of [0, 1, 2, 3, 4])
      for (const windowBits of [9, 12, 15])
        for (const memLevel of [1, 5, 9]) {
          const options = { strategy, windowBits, memLevel }
          results.push(zlib.inflateSync(zlib.deflateSync(text, options), { windowBits }).toString() === text)
        }
    return results`,
  'what node has packed': `
    const hex = '1f8b08000000000000034b4c44050018bab97b0d000000'
    return [caught(() => zlib.gunzipSync(Buffer.from(hex, 'hex')).toString()),
      zlib.inflateSync(Buffer.from('789c4b040000620062', 'hex')).toString(),
      zlib.deflateSync('a').toString('hex'), zlib.gzipSync('a').toString('hex'), zlib.deflateRawSync('a').toString('hex'),
      zlib.gzipSync('').toString('hex'), zlib.deflateSync(text, { level: 0 }).subarray(0, 7).toString('hex')]`,
  'callbacks, with and without options, and promises': `
    const results = []
    for (const [there, back] of pairs) {
      const packed = await promisify(zlib[there])(text, { level: 3 })
      results.push((await promisify(zlib[back])(packed)).toString() === text)
      results.push(await new Promise((resolve) => zlib[back](packed, (error, out) => resolve([error, out.length]))))
    }
    return results`,
  'callbacks come later': `
    let isLater = false
    const done = new Promise((resolve) => zlib.gzip('a', () => resolve(isLater)))
    isLater = true
    return done`,
  'streams in chunks of every size': `
    const results = []
    for (const [there, back] of pairs)
      for (const size of [1, 7, 64, 5000]) {
        const small = size === 1 ? text.slice(0, 300) : text
        const packed = await fed(new (classOf(there))({ chunkSize: 64 }), Buffer.from(small), size)
        results.push((await fed(new (classOf(back))(), packed, size)).toString() === small)
      }
    return results`,
  'created streams, piped': `
    const { pipeline, Readable } = require('stream')
    const out = zlib.createGunzip()
    const done = collect(out)
    pipeline(Readable.from([Buffer.from(text), Buffer.from('end')]), zlib.createGzip(), out, () => {})
    return [(await done).toString() === text + 'end', out.bytesWritten > 100]`,
  'flushes give what has been written so far': `
    const results = []
    for (const kind of [undefined, 0, 1, 2, 3, 5]) {
      const pack = zlib.createDeflate(), unpack = zlib.createInflate()
      let seen = ''
      pack.on('data', (chunk) => unpack.write(chunk))
      unpack.on('data', (chunk) => { seen += chunk })
      pack.write('hello')
      await new Promise((resolve) => kind === undefined ? pack.flush(resolve) : pack.flush(kind, resolve))
      await new Promise((resolve) => unpack.write(Buffer.alloc(0), resolve))
      results.push([kind, seen])
      pack.destroy(); unpack.destroy()
    }
    return results`,
  'flush of what has ended': `
    const stream = zlib.createGzip()
    const closed = once(stream, 'close')
    stream.resume().end('a')
    await new Promise((resolve) => stream.flush(resolve))
    await closed
    await new Promise((resolve) => stream.flush(resolve))
    return [stream._closed, stream.destroyed, caught(() => stream.flush(9))]`,
  'level and strategy on the way': `
    const results = []
    for (const [from, level, strategy] of [[9, 0, 0], [0, 9, 0], [1, 6, 2], [0, 1, 4], [6, 6, 0], [0, 0, 3]]) {
      const stream = zlib.createDeflate({ level: from })
      const done = collect(stream)
      stream.write(text)
      await new Promise((resolve) => stream.params(level, strategy, resolve))
      results.push(stream._level, stream._strategy)
      stream.end(text)
      results.push(zlib.inflateSync(await done).toString() === text + text)
    }
    const stream = zlib.createDeflate()
    return results.concat([caught(() => stream.params(10, 0)), caught(() => stream.params(1, 5)), caught(() => stream.params('1', 0))])`,
  dictionaries: `
    const dictionary = Buffer.from('0 7t 7 14 z the quick brown fox')
    const other = Buffer.from('another')
    const packed = zlib.deflateSync(text, { dictionary }), raw = zlib.deflateRawSync(text, { dictionary })
    return [zlib.inflateSync(packed, { dictionary }).toString() === text,
      zlib.inflateRawSync(raw, { dictionary: new Uint8Array(dictionary).buffer }).toString() === text,
      (await fed(zlib.createInflate({ dictionary }), packed, 3)).toString() === text,
      thrown(() => zlib.inflateSync(packed)), thrown(() => zlib.inflateSync(packed, { dictionary: other })),
      thrown(() => zlib.deflateSync('a', { dictionary: 'a' })), thrown(() => zlib.inflateSync(packed, { dictionary: Buffer.alloc(0) }))]`,
  'truncated and corrupt input': `
    const results = []
    for (const [there, back] of pairs.slice(0, 4)) {
      const packed = zlib[there + 'Sync'](text)
      const corrupt = Buffer.from(packed)
      corrupt[corrupt.length - 6] ^= 255
      for (const bytes of [packed.subarray(0, 40), packed.subarray(0, -1), Buffer.from('nonsense'), Buffer.alloc(0)]) {
        results.push(thrown(() => zlib[back + 'Sync'](bytes)))
        results.push(await promisify(zlib[back])(bytes).then(String, describe))
      }
      if (back !== 'inflateRaw') results.push(thrown(() => zlib[back + 'Sync'](corrupt)))
      results.push(zlib[back + 'Sync'](packed.subarray(0, -9), { finishFlush: 2 }).length > 0)
    }
    return results`,
  'wrong headers': `
    return ['1f8b00', '1f8b0700', '1f8b08e0', '789d', '7f9c', '78bb00000001', '0700', 'ff', '00010000', '0500', '04'].map((hex) =>
      ['gunzip', 'inflate', 'inflateRaw', 'unzip'].map((name) => thrown(() => zlib[name + 'Sync'](Buffer.from(hex, 'hex')))))`,
  'several members, zeros and rubbish': `
    const one = zlib.gzipSync('one'), two = zlib.gzipSync('two'), plain = zlib.deflateSync('plain')
    const tails = [two, Buffer.alloc(7), Buffer.from('rubbish'), Buffer.from([0x1f]), Buffer.concat([Buffer.alloc(3), two])]
    const results = []
    for (const tail of tails) {
      const bytes = Buffer.concat([one, tail])
      for (const name of ['gunzip', 'unzip']) {
        for (const options of [{}, { rejectGarbageAfterEnd: true }]) {
          results.push(thrown(() => zlib[name + 'Sync'](bytes, options)), await promisify(zlib[name])(bytes, options).then(String, describe))
          results.push(await fed(new (classOf(name))(options), bytes, 1).then(String, describe))
        }
      }
      const deflated = Buffer.concat([plain, tail])
      results.push(String(zlib.inflateSync(deflated)), thrown(() => zlib.inflateSync(deflated, { rejectGarbageAfterEnd: true })))
      results.push(await promisify(zlib.inflate)(deflated).then(String, describe))
    }
    return results`,
  'too much output': `
    const packed = zlib.gzipSync(text)
    const options = { maxOutputLength: 100, chunkSize: 64 }
    return [thrown(() => zlib.gunzipSync(packed, options)), await promisify(zlib.gunzip)(packed, options).catch(describe),
      zlib.gunzipSync(packed, { maxOutputLength: text.length }).length]`,
  info: `
    const { buffer, engine } = zlib.gzipSync('abc', { info: true })
    const later = await promisify(zlib.gunzip)(buffer, { info: true })
    return [engine instanceof zlib.Gzip, engine.bytesWritten, later.engine.constructor.name, later.buffer.toString(), later.engine.bytesWritten === buffer.length]`,
  'reset and close': `
    const stream = zlib.createDeflate()
    stream.reset()
    const closed = new Promise((resolve) => stream.close(resolve))
    await closed
    const again = zlib.createGzip()
    const done = collect(again)
    again.reset()
    again.end('x')
    return [stream.destroyed, stream._closed, caught(() => stream.reset()).code, zlib.gunzipSync(await done).toString()]`,
  'errors of streams are events': `
    const stream = zlib.createGunzip()
    const events = []
    for (const name of ['error', 'end', 'close']) stream.on(name, () => events.push(name))
    stream.write('not gzip')
    await new Promise((resolve) => stream.on('close', resolve))
    stream.write('more', () => {})
    return [events, stream.destroyed]`,
  'input of every kind': `
    const bytes = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8])
    const kinds = [bytes, bytes.buffer, new Uint16Array(bytes.buffer, 2, 2), new DataView(bytes.buffer, 1, 3), Buffer.from(bytes), 'text', '']
    const results = []
    for (const kind of kinds)
      results.push(zlib.inflateSync(zlib.deflateSync(kind)).toString('hex'), (await promisify(zlib.deflate)(kind)).equals(zlib.deflateSync(kind)))
    return results`,
  'wrong arguments': `
    const results = [undefined, null, 1, true, [], {}, Symbol('a')].flatMap((input) =>
      [thrown(() => zlib.gzipSync(input)), thrown(() => zlib.gunzipSync(input)), thrown(() => zlib.gzip(input, () => {}))])
    results.push(thrown(() => zlib.gzip('a')), thrown(() => zlib.gzip('a', {})), thrown(() => zlib.gzip('a', {}, 1)))
    for (const name of ['chunkSize', 'flush', 'finishFlush', 'maxOutputLength', 'windowBits', 'level', 'memLevel', 'strategy'])
      for (const value of ['a', null, -2, 0, 3, 7, 1e9, 2.5, NaN, Infinity, -Infinity, undefined, {}])
        for (const Class of ['Gzip', 'Inflate', 'DeflateRaw'])
          if (!(name === 'chunkSize' && value === 1e9)) results.push(thrown(() => new zlib[Class]({ [name]: value }).constructor.name))
    results.push(thrown(() => new zlib.Gzip({ rejectGarbageAfterEnd: 1 })), thrown(() => new zlib.Gzip({ windowBits: 8 })))
    results.push(...[1, 'a', null, undefined, false].map((options) => thrown(() => new zlib.Deflate(options)._level)))
    return results`,
  crc32: `
    const { crc32 } = zlib
    return [crc32(''), crc32('hello'), crc32('wörld', 7), crc32(Buffer.from('hello')), crc32(new Uint16Array([1, 2])), crc32('lo', crc32('hel')),
      crc32(new DataView(new ArrayBuffer(3))), crc32('a', 0xffffffff), crc32('', 5),
      ...[undefined, null, 1, [], new ArrayBuffer(1)].map((data) => thrown(() => crc32(data))),
      ...['1', -1, 2 ** 32, 1.5, NaN, null].map((value) => thrown(() => crc32('a', value)))]`,
  'what the classes look like': `
    const { Transform } = require('stream')
    const names = ['Deflate', 'Inflate', 'Gzip', 'Gunzip', 'DeflateRaw', 'InflateRaw', 'Unzip']
    const members = (object) => Object.getOwnPropertyNames(object).map((key) => {
      const { value, enumerable } = Object.getOwnPropertyDescriptor(object, key)
      return [key, enumerable, typeof value, value?.length]
    }).sort()
    const Zlib = Object.getPrototypeOf(zlib.Gzip)
    const Base = Object.getPrototypeOf(Zlib)
    return [names.map((name) => [zlib[name].name, zlib[name].length, Object.getPrototypeOf(zlib[name]) === Zlib, members(zlib[name].prototype)]),
      Zlib.name, Zlib.length, members(Zlib.prototype), Base.name, Base.length, members(Base.prototype),
      Object.getPrototypeOf(Base) === Transform, Object.keys(new zlib.Gzip()).filter((key) => key.startsWith('_') && !/^_(events|readable|writable|max|handle)/.test(key)).sort()]`,
  'classes are called without new, and inherited from': `
    process.noDeprecation = true
    const stream = zlib.Gzip({ level: 1 })
    class Loud extends zlib.Inflate { constructor() { super(); this.loud = true } }
    function Old(options) { zlib.Deflate.call(this, options) }
    Object.setPrototypeOf(Old.prototype, zlib.Deflate.prototype)
    const old = new Old({ level: 2 })
    const packed = old._processChunk(Buffer.from('abc'), zlib.constants.Z_FINISH)
    return [stream instanceof zlib.Gzip, stream._level, new Loud().loud, new Loud() instanceof zlib.Inflate, old._level, zlib.inflateSync(packed).toString(), old._closed]`,
  'without new there is one warning for all': `
    process.noDeprecation = false
    const warnings = []
    const { emitWarning } = process
    process.emitWarning = (...args) => { warnings.push(args.slice(0, 3)) }
    zlib.Unzip(); zlib.Unzip(); zlib.Inflate()
    process.emitWarning = emitWarning
    return warnings.length`,
  'functions have their names and lengths': `
    return Object.getOwnPropertyNames(zlib).filter((key) => /^(create)?(Gz|gz|Gun|gun|Unz|unz|[dD]efl|[iI]nfl)|crc32/.test(key)).sort().map((key) => {
      const { value, writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(zlib, key)
      return /^[A-Z]/.test(key) ? key : [key, value.name, value.length, writable, enumerable, configurable]
    })`,
}

likeNode(
  'zlib',
  Object.fromEntries(Object.entries(programs).map(([name, body]) => [name, setUp + body])),
)

test.each(['brotliCompressSync', 'createBrotliDecompress', 'zstdCompressSync', 'BrotliCompress'])(
  '%s is not here, and says so',
  (name) => {
    const zlib = requireOf(createLoader())('zlib')
    expect(() => zlib[name]('')).toThrow(
      expect.objectContaining({ code: 'ERR_METHOD_NOT_IMPLEMENTED' }),
    )
  },
)
