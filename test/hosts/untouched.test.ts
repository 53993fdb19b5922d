/**
 * lodger touches nothing of its host: making, using and disposing of a loader with well-behaved guest code leaves the
 * globals, the prototypes and `process` as they were.
 */
import { createLoader } from 'lodger'
import { createLoader as createNodeLoader } from 'lodger/hosts/node'
import { describe, expect, test } from 'vitest'
import { filesOf } from '../corpus/files.ts'
import { commandOf } from '../corpus/packages.ts'
import { compareSnapshots, createSnapshots } from './realm-snapshot.ts'

/** A guest that uses something of every builtin and leaves its own world in order. */
const guest = `
  const { builtinModules } = require('module')
  const loaded = builtinModules.filter((id) => {
    try { require(id); return true } catch (error) { if (error.code === 'ERR_LODGER_HOST_LACKS') return false; throw error }
  })
  const fs = require('fs'), util = require('util'), EventEmitter = require('events'), { Readable, pipeline } = require('stream')
  fs.mkdirSync('/made/deep', { recursive: true })
  fs.writeFileSync('/made/deep/file.txt', Buffer.from('text'))
  console.log('%o', util.inspect(new Map([[1, { a: [new Set([1])] }]]), { depth: 5 }))
  console.error(new Error('shown'))
  process.on('exit', () => {})
  process.once('custom', () => {})
  process.emit('custom')
  process.env.SOMETHING = 'x'
  process.title = 'guest'
  process.exitCode = 3
  new EventEmitter().on('x', () => {}).emit('x')
  global.shared = 1
  leaked = undefined
  const url = new URL('/a?b=c#d', 'http://user@host:81')
  setTimeout(() => {}, 1); setInterval(() => {}, 1000).unref(); setImmediate(() => {}); queueMicrotask(() => {}); process.nextTick(() => {})
  pipeline(Readable.from(['a', 'b']), async function* (source) { yield* source }, () => {})
  try { require('./nowhere') } catch {}
  try { null.x } catch (error) { void error.stack }
  Error.captureStackTrace({})
  structuredClone({ a: new Date(0) }); new TextDecoder().decode(new TextEncoder().encode('é')); atob(btoa('x'))
  new AbortController().abort(); performance.now()
  module.exports = [loaded.length, url.href, typeof require('./other')]
`.replace('leaked = undefined', '')

const isTestRunner = (path: string) =>
  /vite|jest|expect-global|kChannelHandle|tinypool|chai|__coverage|\.mainModule|source-map/i.test(
    path,
  )

const roots = { globalThis, process, arrayIterator: Object.getPrototypeOf([][Symbol.iterator]()) }

test('a snapshot sees what changes', () => {
  const realm = { list: [1], nested: { fn() {} } }
  const snapshots = createSnapshots({ roots: { realm } })
  const before = snapshots.take()
  expect(compareSnapshots(before, snapshots.take())).toEqual([])
  realm.nested.fn = () => {}
  Object.defineProperty(realm.list, 'length', { writable: false })
  expect(compareSnapshots(before, snapshots.take())).toEqual([
    'realm.list: - length ynn number 1, + length nnn number 1',
    'realm.nested: - fn yyy <realm.nested.fn>, + fn yyy <realm.nested.fn#2>',
    'realm.nested.fn is gone',
    'realm.nested.fn#2 is new',
  ])
})

describe.each([
  ['lodger', createLoader],
  ['lodger/hosts/node', createNodeLoader],
])('%s', (_, create) => {
  test('leaves the realm as it was', async () => {
    // node puts many of its globals there when they are first read; that is its own doing.
    for (const name of Object.getOwnPropertyNames(globalThis)) Reflect.get(globalThis, name)
    const snapshots = createSnapshots({ roots, skip: isTestRunner })
    snapshots.take()
    await new Promise((resolve) => setTimeout(resolve, 20))
    const listeners = () => process.eventNames().map((name) => [name, process.listenerCount(name)])
    const before = snapshots.take()
    const listenersBefore = listeners()
    const { argv, title, exitCode } = process
    const env = { ...process.env }
    const cwd = process.cwd()

    const loader = create({
      fs: { '/app/index.js': guest, '/app/other.js': 'exports.self = globalThis' },
      host: { write() {} },
    })
    expect(loader.main('/app/index.js')).toEqual([
      expect.any(Number),
      'http://user@host:81/a?b=c#d',
      'object',
    ])
    loader.explain('./other', '/app')
    expect(() => loader.require('./nowhere')).toThrow()
    await new Promise((resolve) => setTimeout(resolve, 30))
    loader.dispose('the test is over')

    const packages = create({
      fs: { ...filesOf('express'), ...filesOf('graceful-fs'), ...filesOf('moment') },
      host: { write() {} },
    })
    for (const name of ['express', 'graceful-fs', 'moment']) {
      packages.main(commandOf(name, false).main)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
    packages.dispose()

    expect(compareSnapshots(before, snapshots.take())).toEqual([])
    expect(listeners()).toEqual(listenersBefore)
    expect([process.argv, process.title, process.exitCode]).toEqual([argv, title, exitCode])
    expect({ ...process.env }).toEqual(env)
    expect(process.cwd()).toBe(cwd)
    expect(before.size).toBeGreaterThan(1000)
  })
})
