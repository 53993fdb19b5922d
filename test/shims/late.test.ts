/** Members whose work is put off until they are used look as node's do, before and after. */
import { createLoader } from 'lodger'
import { describe, expect, test } from 'vitest'
import { likeNode } from './like-node.ts'
import { requireOf } from './loose.ts'

likeNode('late members', {
  'inspect has its tables before it is called': `
    const { inspect } = require('util')
    const keys = Object.keys(inspect).filter((key) => key !== 'replDefaults')
    return [keys, inspect.name, inspect.length, inspect.colors.red, inspect.styles.number, inspect.defaultOptions.depth]`,
  'its tables are those that it prints by': `
    const { inspect, styleText } = require('util')
    const { colors, styles } = inspect
    inspect.styles = { ...styles, number: 'red' }
    const own = inspect(1, { colors: true })
    inspect.colors = { ...colors, red: [1, 2] }
    const both = inspect(1, { colors: true })
    Object.assign(inspect, { colors, styles })
    return [own, both, inspect(1, { colors: true }), styleText('red', 'a', { validateStream: false })]`,
  'its defaults are set through it': `
    const { inspect } = require('util')
    const before = inspect.defaultOptions
    inspect.defaultOptions = { depth: 0 }
    const shown = inspect({ a: { b: 1 } })
    inspect.defaultOptions = { depth: before.depth }
    return [shown, caught(() => { inspect.defaultOptions = null })]`,
  "a value's own inspect is handed util.inspect": `
    const { inspect } = require('util')
    let given
    inspect({ [inspect.custom](depth, options, third) { given = third; return '' } })
    return [given === inspect, inspect({ [inspect.custom]: inspect }), inspect({ a: { b: {} } }, false, 0)]`,
  'format of plain strings, and what is none': `
    const { format, formatWithOptions } = require('util')
    return [format(), format('a'), format('100%'), format('%%'), format('a', '%s'), format('a', 'b', 'c'), format('%s', 'b'),
      format('%%', 'a'), format('a', 1), formatWithOptions({}, 'a', 'b'), caught(() => formatWithOptions(null, 'a'))]`,
  'stream is a class before its members are made': `
    const stream = require('stream')
    class Old extends stream {}
    const before = [typeof stream, stream.name, stream.length, new Old() instanceof require('events'), typeof stream.prototype.pipe]
    const promises = Object.getOwnPropertyDescriptor(stream, 'promises')
    const { Readable, Stream } = stream
    const after = [Stream === stream, new Readable() instanceof stream, Readable.prototype instanceof stream, typeof promises.get]
    return before.concat(after, [stream.promises === require('stream/promises'), typeof Object.getOwnPropertyDescriptor(stream, 'Readable').value])`,
  'functions that are found when they are called': `
    const util = require('util')
    const { Readable, Writable, Duplex } = require('stream')
    const { once, on, addAbortListener } = require('events')
    const { pbkdf2Sync, hkdfSync } = require('crypto')
    return [once, on, addAbortListener, pbkdf2Sync, hkdfSync, util.diff, util.styleText, util.isDeepStrictEqual]
      .map((fn) => fn.name).concat([Readable.fromWeb, Writable.toWeb, Duplex.fromWeb, Duplex.from].map((fn) => typeof fn))`,
  'classes that are made when they are looked at': `
    const crypto = require('crypto'), tty = require('tty'), { Transform } = require('stream'), { Socket } = require('net')
    const hash = crypto.createHash('md5')
    return [hash instanceof crypto.Hash, hash instanceof Transform, Object.keys(crypto).includes('Hmac'),
      tty.WriteStream.prototype instanceof Socket, Object.keys(tty), hash.update('a').digest('hex')]`,
  'process.uptime counts from the start': `
    const end = Date.now() + 20
    while (Date.now() < end);
    return process.uptime() >= 0.019`,
})

describe('a late member', () => {
  const builtin = requireOf(createLoader())

  test.each([
    ['util', 'MIMEType'],
    ['crypto', 'Hash'],
    ['tty', 'ReadStream'],
    ['inspector', 'console'],
  ])('%s.%s is a plain property once it has been read', (id, name) => {
    const exports = builtin(id)
    const value = exports[name]
    expect(Object.getOwnPropertyDescriptor(exports, name)).toEqual({
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    })
  })

  test.each(['Hmac'])('crypto.%s may be replaced before it is read', (name) => {
    const crypto = builtin('crypto')
    crypto[name] = 1
    expect(crypto[name]).toBe(1)
    expect(crypto.createHmac('sha1', 'a').update('b').digest('hex')).toHaveLength(40)
  })
})
