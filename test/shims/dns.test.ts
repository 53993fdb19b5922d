/** dns: what needs no resolver, beside node; names that nobody resolves. */
import { createLoader } from 'lodger'
import { expect, test } from 'vitest'
import { likeNode } from './like-node.ts'
import { requireOf } from './loose.ts'

likeNode('dns.lookup', {
  'of addresses and of localhost': `
    const dns = require('dns'), { promisify } = require('util')
    const ask = (...args) => new Promise((resolve) => dns.lookup(...args, (...answer) => resolve(answer)))
    return [await ask('127.0.0.1'), await ask('::1'), await ask('::1', { all: true }), await ask('127.0.0.1', 6),
      await ask('localhost', 4), await ask('localhost', { family: 'IPv4', all: true }), await promisify(dns.lookup)('10.0.0.1'),
      await dns.promises.lookup('127.0.0.1'), await dns.promises.lookup('127.0.0.1', { all: true }), await require('dns/promises').lookup('::1', 6)]`,
  'with bad arguments': `
    const { lookup } = require('dns'), done = () => {}
    return [() => lookup(5, done), () => lookup('', done), () => lookup(undefined, done), () => lookup('a'), () => lookup('a', 'x', done),
      () => lookup('a', true, done), () => lookup('a', 5, done), () => lookup('a', { family: 5 }, done), () => lookup('a', { all: 1 }, done),
      () => lookup('a', { hints: 'x' }, done), () => lookup('a', { order: 'x' }, done), () => lookup('a', { verbatim: 'x' }, done)].map((fn) => caught(fn))`,
  'with options that are null, numbers or functions, and with callbacks that are none': `
    const { lookup, promises } = require('dns'), done = () => {}, address = '127.0.0.1'
    const given = [null, 1.5, NaN, -1, '4', 4n, true, [], done, ...['all', 'hints', 'order', 'verbatim', 'family'].map((name) => ({ [name]: null }))]
    const rejected = (fn) => fn().then((answer) => ({ answer }), (error) => ({ code: error.code, message: error.message }))
    const answers = []
    for (const options of given) answers.push(caught(() => void lookup(address, options, done)), await rejected(async () => promises.lookup(address, typeof options === 'function' ? {} : options)))
    for (const name of ['', null, 0, undefined]) answers.push(await caught(() => rejected(() => promises.lookup(name))))
    return [answers, [5, {}, Symbol.iterator].map((name) => caught(() => void promises.lookup(name))),
      [null, undefined, 0, {}].flatMap((callback) => [caught(() => lookup(address, callback)), caught(() => lookup(address, {}, callback))])]`,
  'with hints that are none': `
    const { lookup } = require('dns')
    return [1, 8, 56, 64, -1, 1.5, NaN, null, 2 ** 32 + 8, 2 ** 40 + 1].map((hints) => caught(() => void lookup('127.0.0.1', { hints }, () => {})))`,
})

test('names are not found, and the error says by whom they can be', async () => {
  const dns = requireOf(createLoader({ fs: {} }))('dns')
  const error = await dns.promises.lookup('elsewhere.example').catch((reason: unknown) => reason)
  expect(error).toMatchObject({
    code: 'ENOTFOUND',
    errno: -3008,
    syscall: 'getaddrinfo',
    hostname: 'elsewhere.example',
    message: expect.stringContaining('getaddrinfo ENOTFOUND elsewhere.example: lodger on host'),
  })
  expect(() => dns.resolve('elsewhere.example', () => {})).toThrow('The dns.resolve method is not')
})
