/** crypto against node's: digests and what is made of them, secret keys, and the arguments of what is random. */
import { createLoader } from 'lodger'
import { describe, expect, test } from 'vitest'
import { likeNode } from './like-node.ts'
import { requireOf } from './loose.ts'

/** Each program begins with these. */
const setUp = `
  const crypto = require('crypto'), { promisify } = require('util'), { once } = require('events')
  const text = Array.from({ length: 400 }, (_, index) => (index * 7919 % 1013).toString(36)).join(' ')
  const hex = (bytes) => Buffer.from(bytes).toString('hex')
  const all = (list) => list.map((fn) => caught(fn));`

const programs: Record<string, string> = {
  'every digest by every name': `
    const others = /sm3|md5-sha1|kmac|256.192/i
    return crypto.getHashes().filter((name) => !others.test(name)).map((name) =>
      [name, ...['', 'abc', text].map((data) => crypto.createHash(name).update(data).digest('hex'))])`,
  'inputs of every length around a block': `
    const results = []
    for (const name of ['md5', 'sha1', 'ripemd160', 'sha256', 'sha512', 'sha3-256', 'sha3-512', 'shake128', 'blake2b512', 'blake2s256'])
      for (const length of [1, 3, 54, 55, 56, 57, 63, 64, 65, 111, 112, 113, 127, 128, 129, 135, 136, 137, 200, 256, 257])
        results.push(crypto.createHash(name).update(text.slice(0, length)).digest('base64'))
    return results`,
  'inputs in pieces, from unaligned bytes, in encodings': `
    const bytes = Buffer.from(text), results = []
    for (const name of ['sha1', 'sha256', 'sha512', 'sha3-224', 'blake2b512', 'blake2s256'])
      for (const size of [1, 7, 64, 130, 1000]) {
        const hash = crypto.createHash(name)
        for (let at = 0; at < bytes.length; at += size) hash.update(bytes.subarray(at, at + size))
        results.push(hash.digest('hex') === crypto.createHash(name).update(text).digest('hex'))
      }
    const encoded = [['616263', 'hex'], ['YWJj', 'base64'], ['ü', 'latin1'], ['ü', 'nonsense'], ['ü', 'buffer'], ['a', 'utf16le']]
    const views = [new Uint16Array([1, 2]), new DataView(new ArrayBuffer(3)), new Float64Array(3).subarray(1)]
    return results.concat(encoded.map(([data, encoding]) => crypto.createHash('sha256').update(data, encoding).digest('hex')),
      views.map((view) => crypto.createHash('sha256').update(view).digest('hex')))`,
  'names in other cases, and none': `
    return all([() => crypto.createHash('ShA256').digest('hex'), () => crypto.createHash('rsa-sha1').digest('hex'),
      () => crypto.createHash('sha512/256'), () => crypto.createHash('toString'), () => crypto.createHash(''), () => crypto.createHash(),
      () => crypto.createHash(null), () => crypto.getHashes().includes('RSA-SHA256')])`,
  'results in encodings': `
    return ['hex', 'base64', 'base64url', 'latin1', 'binary', 'utf16le', 'HEX'].map((encoding) => crypto.createHash('md5').update('a').digest(encoding))
      .concat(['buffer', 'nonsense', null, undefined, 5].map((encoding) => crypto.createHash('md5').digest(encoding).length),
        crypto.createHash('md5').digest().buffer.byteLength)`,
  'what has been digested is final': `
    const hash = crypto.createHash('sha1').update('a'), copy = hash.copy().update('b')
    const first = [hash.digest('hex'), copy.digest('hex')]
    return first.concat(all([() => hash.digest(), () => hash.update('a'), () => hash.copy(), () => copy.copy()]))`,
  'lengths of results': `
    const shake = crypto.createHash('shake128', { outputLength: 5 }).update('a')
    return all([() => shake.copy().digest('hex'), () => shake.copy({ outputLength: 40 }).digest('hex'), () => shake.digest('hex'),
      () => crypto.createHash('shake256', { outputLength: 0 }).digest().length, () => crypto.createHash('shake256', { outputLength: 300 }).digest('hex'),
      () => crypto.createHash('shake128', { outputLength: -1 }), () => crypto.createHash('shake128', { outputLength: '1' }),
      () => crypto.createHash('sha256', { outputLength: 32 }).digest('hex'), () => crypto.createHash('sha256', { outputLength: 8 }),
      () => crypto.createHash('sha256').copy({ outputLength: 8 })])`,
  'updates that are none': `
    return all([() => crypto.createHash('md5').update(5), () => crypto.createHash('md5').update(), () => crypto.createHash('md5').update(new ArrayBuffer(1)),
      () => crypto.createHash('md5').update('abc', 'hex'), () => crypto.createHmac('md5', '').update(null),
      () => crypto.createHash('md5')._transform('abc', 'hex', () => {})])`,
  streams: `
    const { Readable, Transform, pipeline } = require('stream')
    const hash = crypto.createHash('sha256'), hmac = crypto.createHmac('sha256', 'k')
    const early = [hash instanceof Transform, hash instanceof crypto.Hash, Object.keys(hash), hash.readable, hash.writableLength]
    hash.setEncoding('hex')
    pipeline(Readable.from(['one', Buffer.from('two')]), hash, () => {})
    hmac.write('74776f', 'hex')
    hmac.end('end')
    const [[one], [two]] = await Promise.all([once(hash, 'data'), once(hmac, 'data')])
    const read = crypto.createHash('md5')
    read.end('a')
    await once(read, 'finish')
    return [...early, one, two.toString('hex'), read.read().toString('hex'), read.digest('hex')]`,
  'all at once': `
    return all([() => crypto.hash('sha1', 'a'), () => crypto.hash('sha1', Buffer.from('a'), 'base64'), () => crypto.hash('SHA-512', 'a', 'buffer').length,
      () => crypto.hash('sha1', 'a', { outputEncoding: 'latin1' }), () => crypto.hash('shake256', 'a', { outputLength: 5 }), () => crypto.hash('sha1', 'a', {}),
      () => crypto.hash('sha1', 'a', { outputLength: 5 }), () => crypto.hash('sha1', 'a', { outputLength: 20 }), () => crypto.hash('sha1', 'a', undefined),
      () => crypto.hash('sha1', 'a', 'nonsense'), () => crypto.hash('sha1', 'a', null), () => crypto.hash('sha1', 5), () => crypto.hash(5, 'a'),
      () => crypto.hash('nope', 'a')])`,
  'hmac with keys of every length and kind': `
    const results = []
    for (const name of ['md5', 'sha1', 'ripemd160', 'RSA-SHA256', 'sha384', 'sha512-256', 'sha3-384', 'blake2b512', 'blake2s256', 'keccak-256'])
      for (const length of [0, 1, 63, 64, 65, 127, 128, 129, 300]) results.push(crypto.createHmac(name, text.slice(0, length)).update(text).digest('hex'))
    const keys = [new Uint8Array([1, 2]).buffer, new DataView(new ArrayBuffer(2)), new Uint16Array([1]), crypto.createSecretKey(Buffer.from('abc'))]
    return results.concat(keys.map((key) => crypto.createHmac('sha256', key).update('a').digest('base64')),
      crypto.createHmac('sha1', '6b', { encoding: 'hex' }).digest('hex'))`,
  'hmac that is over or cannot be': `
    const hmac = crypto.createHmac('sha256', 'k').update('a')
    return [hmac.digest('hex'), hmac.digest('hex'), hmac.digest().length, ...all([() => hmac.update('a'), () => crypto.createHmac('nope', 'k'),
      () => crypto.createHmac('md5'), () => crypto.createHmac('md5', 5), () => crypto.createHmac(), () => crypto.createHmac('md5', '', { encoding: 5 })])]`,
  'the classes, called in every way': `
    const names = (Class) => Object.getOwnPropertyNames(Class.prototype).sort()
    return [crypto.Hash('md5').update('a').digest('hex'), new crypto.Hash('md5') instanceof crypto.Hash, crypto.Hash.name, crypto.Hash.length,
      crypto.Hmac('md5', 'k').digest('hex'), names(crypto.Hash), names(crypto.Hmac), crypto.createHash('md5').constructor.name]`,
  pbkdf2: `
    const cases = [['p', 's', 1, 20, 'sha1'], ['p', 's', 7, 100, 'sha256'], [Buffer.from('p'), new Uint16Array([5]), 3, 1, 'RSA-SHA512'], ['', '', 2, 33, 'sha3-256']]
    return [cases.map((args) => hex(crypto.pbkdf2Sync(...args))), await Promise.all(cases.map(async (args) => hex(await promisify(crypto.pbkdf2)(...args)))),
      ...all([() => crypto.pbkdf2Sync('', '', 1, 0, 'sha1'), () => crypto.pbkdf2Sync('', '', 1, 20), () => crypto.pbkdf2Sync('', '', 1, 20, 'nope'), () => crypto.pbkdf2Sync('', '', 0, 20, 'sha1'),
        () => crypto.pbkdf2Sync('', '', 1, -1, 'sha1'), () => crypto.pbkdf2Sync(1, '', 1, 20, 'sha1'), () => crypto.pbkdf2Sync('', null, 1, 20, 'sha1'),
        () => crypto.pbkdf2('', '', 1, 20, () => {}), () => crypto.pbkdf2('', '', 1, 20, 'sha1'), () => crypto.pbkdf2('', '', 1, 20, 'nope', () => {})]),
      await promisify(crypto.pbkdf2)('', '', 1, 0, 'sha1').catch((error) => error.message)]`,
  hkdf: `
    const cases = [['sha256', 'key', 'salt', 'info', 42], ['sha512', '', '', '', 64], ['sha1', Buffer.from('k'), new ArrayBuffer(3), 'i', 5100], ['sha256', crypto.createSecretKey(Buffer.from('k')), '', '', 1]]
    const results = cases.map((args) => crypto.hkdfSync(...args))
    return [results.map(hex), results[0] instanceof ArrayBuffer, await Promise.all(cases.map(async (args) => hex(await promisify(crypto.hkdf)(...args)))),
      ...all([() => crypto.hkdfSync('sha1', '', '', '', 5101), () => crypto.hkdfSync('sha1', '', '', '', 0), () => crypto.hkdfSync('nope', '', '', '', 1), () => crypto.hkdfSync('sha1', '', '', 'i'.repeat(1025), 1),
        () => crypto.hkdfSync('sha1', {}, '', '', 1), () => crypto.hkdfSync('sha1', '', 1, '', 1), () => crypto.hkdfSync('sha1', '', '', 1, 1), () => crypto.hkdfSync('sha1', '', '', '', -1), () => crypto.hkdf('sha1', '', '', '', 1)])]`,
  scrypt: `
    const cases = [['', '', 64, { N: 16, r: 1, p: 1 }], ['password', 'NaCl', 64, { cost: 1024, blockSize: 8, parallelization: 16 }], ['p', 's', 5, { N: 2, r: 3, p: 2 }], ['p', 's', 0]]
    return [cases.map((args) => hex(crypto.scryptSync(...args))), await Promise.all(cases.map(async (args) => hex(await promisify(crypto.scrypt)(...args)))),
      ...all([...[{ N: 1 }, { N: 3 }, { N: 2 ** 15 }, { N: 2 ** 16, r: 1 }, { p: 2 ** 30 }, { N: 1024, maxmem: 2 ** 20 }, { N: 2, cost: 2 }, { r: 1, blockSize: 1 }, { N: '2' }, { p: -1 }, { maxmem: -1 }, { maxmem: 2 ** 53 }]
        .map((options) => () => crypto.scryptSync('', '', 1, options)), () => crypto.scryptSync(1), () => crypto.scryptSync('', ''), () => crypto.scryptSync('', '', -1),
        () => crypto.scrypt('', '', 1), () => crypto.scrypt('', '', 1, { N: 2 }, null)])]`,
  'callbacks come later, with inputs as they were': `
    const salt = Buffer.from('salt'), order = []
    const done = new Promise((resolve) => crypto.pbkdf2('p', salt, 1, 8, 'sha1', (error, key) => { order.push('done'); resolve(hex(key)) }))
    salt.fill(0)
    order.push('after')
    return [await done, order]`,
  'secret keys': `
    const key = crypto.createSecretKey(Buffer.from('abc')), same = crypto.createSecretKey('YWJj', 'base64')
    const { inspect, types } = require('util')
    return [key.type, key.symmetricKeySize, key.export().toString(), key.export({ format: 'jwk' }), key.export({ format: 'buffer' }).length, key.equals(same), key.equals(crypto.createSecretKey('abd')),
      key instanceof crypto.KeyObject, types.isKeyObject(key), types.isKeyObject({}), Object.keys(key), String(key), key.constructor.name, key.asymmetricKeyType === undefined,
      ...all([() => key.equals(1), () => key.export({ format: 'pem' }), () => key.export(null), () => crypto.createSecretKey(5), () => crypto.createSecretKey(), () => new crypto.KeyObject(),
        () => new crypto.KeyObject('secret', {}), () => new crypto.KeyObject('secret')])]`,
  'generated keys': `
    const key = await promisify(crypto.generateKey)('aes', { length: 192 })
    return [key.symmetricKeySize, crypto.generateKeySync('hmac', { length: 65 }).symmetricKeySize, crypto.generateKeySync('aes', { length: 256 }).equals(key),
      ...all([() => crypto.generateKeySync('hmac', { length: 7 }), () => crypto.generateKeySync('aes', { length: 64 }), () => crypto.generateKeySync('nope', {}), () => crypto.generateKeySync('aes'),
        () => crypto.generateKeySync(1), () => crypto.generateKey('aes', { length: 128 }), () => crypto.generateKey('aes', null)])]`,
  'a key is not changed through what it was made of': `
    const bytes = Buffer.from('abc'), key = crypto.createSecretKey(bytes)
    bytes.fill(0)
    key.export().fill(0)
    return key.export().toString()`,
  'places to fill with random bytes': `
    const changed = (make, ...rest) => { const a = make(); crypto.randomFillSync(a, ...rest); return hex(ArrayBuffer.isView(a) ? a.buffer : a).replace(/[1-9a-f]/g, 'x') }
    const kept = [[new Uint8Array(40).buffer, 30], [new Uint16Array(20), 16], [new Uint8Array(40), 0, 10]].map(([place, ...rest]) => {
      crypto.randomFillSync(place, ...rest)
      const bytes = new Uint8Array(place.buffer ?? place)
      return [bytes.subarray(0, 10).some(Boolean), bytes.subarray(10, 30).some(Boolean), bytes.subarray(30).some(Boolean)]
    })
    return [kept, crypto.randomFillSync(new SharedArrayBuffer(4)).byteLength, crypto.randomBytes(1.5).length, (await promisify(crypto.randomFill)(new Uint16Array(3), 1, 2)).length]`,
  'random with arguments that are none': `
    const place = new Uint16Array(4)
    return all([() => crypto.randomFillSync(place, 5), () => crypto.randomFillSync(place, -1), () => crypto.randomFillSync(place, 'a'), () => crypto.randomFillSync(place, 1, 4), () => crypto.randomFillSync(place, 1, 'a'),
      () => crypto.randomFillSync(place, 0, 2 ** 31), () => crypto.randomFillSync(place, NaN), () => crypto.randomFillSync(5), () => crypto.randomFill(place), () => crypto.randomFill(place, 0), () => crypto.randomFill(place, 0, 2),
      () => crypto.randomFill(5, () => {}), () => crypto.randomFill(place, 'a', () => {}), () => crypto.randomBytes('1'), () => crypto.randomBytes(2 ** 31), () => crypto.randomBytes(NaN), () => crypto.randomBytes(1, 1),
      () => crypto.randomUUID(1), () => crypto.randomUUID({ disableEntropyCache: 1 }), () => crypto.randomUUIDv7(1), () => crypto.randomUUIDv7({ disableEntropyCache: 1 }), () => crypto.randomInt('a'), () => crypto.randomInt(0, 1, 5)])`,
  'versions of unique ids': `
    const before = Date.now(), id = crypto.randomUUIDv7({ disableEntropyCache: true })
    const time = parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
    return [/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id), time >= before && time <= Date.now(), crypto.randomUUID({})[14]]`,
  'the web part': `
    return [crypto.webcrypto === globalThis.crypto, crypto.subtle === crypto.webcrypto.subtle, crypto.getRandomValues(new Uint8Array(3)).length,
      crypto.getFips(), crypto.secureHeapUsed().total, crypto.constants.RSA_PKCS1_PADDING]`,
  'a signed token, as jws makes and checks it': `
    const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const signed = encode({ alg: 'HS256' }) + '.' + encode({ sub: 'a' })
    const sign = (key) => crypto.createHmac('sha256', key).update(signed).digest('base64url')
    const mine = sign('secret')
    return [mine, crypto.timingSafeEqual(Buffer.from(mine), Buffer.from(sign(crypto.createSecretKey(Buffer.from('secret')))))]`,
}

likeNode(
  'crypto',
  Object.fromEntries(Object.entries(programs).map(([name, body]) => [name, setUp + body])),
)

describe('crypto of lodger', () => {
  const crypto = requireOf(createLoader())('crypto')

  test('warns of a length that is left out, once', async () => {
    const warnings: string[] = []
    const loader = createLoader({ fs: { '/a.js': '' } })
    const process = requireOf(loader)('process')
    process.on('warning', ({ code }: { code: string }) => warnings.push(code))
    const own = requireOf(loader)('crypto')
    own.createHash('shake128', { outputLength: 1 })
    own.createHash('shake128').copy()
    own.hash('shake256', 'a')
    await new Promise((resolve) => setTimeout(resolve))
    expect(warnings).toEqual(['DEP0198'])
  })

  test('lists the digests that it has, and no ciphers', () => {
    for (const name of crypto.getHashes()) expect(() => crypto.createHash(name)).not.toThrow()
    expect([crypto.getCiphers(), crypto.getCurves()]).toEqual([[], []])
  })

  test.each([
    ['createCipheriv', ['aes-128-cbc', new Uint8Array(16), new Uint8Array(16)]],
    ['createSign', ['sha256']],
    ['createPublicKey', ['a']],
    ['generateKeyPairSync', ['rsa', {}]],
    ['createDiffieHellman', [2]],
  ])('%s says that it is absent, and what to do', (name, args) => {
    expect(() => crypto[name](...args)).toThrow(
      expect.objectContaining({
        code: 'ERR_METHOD_NOT_IMPLEMENTED',
        message: expect.stringContaining(`crypto.${name} method is not implemented by lodger`),
      }),
    )
  })

  test('what keys cannot do is named by its public name', () => {
    const key = crypto.createSecretKey('a')
    for (const call of [() => key.toCryptoKey(), () => crypto.KeyObject.from({})]) {
      expect(call).toThrow(/^The crypto\.KeyObject\.[\w.]+ method is not implemented/)
    }
  })
})
