/** Two loaders in one realm share nothing mutable: what one guest does to its builtins no other guest sees, nor the host. */
import { createLoader, type Loader } from 'lodger'
import { expect, test } from 'vitest'
import { compareSnapshots, createSnapshots } from './realm-snapshot.ts'

const idsOf = (loader: Loader): string[] => {
  const { builtinModules } = loader.require('module') as { builtinModules: string[] }
  return builtinModules
}

/** Everything that a guest can get hold of without asking anybody else. */
function rootsOf(loader: Loader): Record<string, object> {
  const roots: Record<string, object> = { global: loader.global, Module: loader.Module }
  for (const id of idsOf(loader)) {
    const exports = loader.require(id)
    if ((typeof exports !== 'object' && typeof exports !== 'function') || exports === null) continue
    roots[id] = exports
    // Members that are made when they are first read.
    for (const key of Object.keys(exports)) read(exports, key)
  }
  for (const key of Object.getOwnPropertyNames(loader.global)) read(loader.global, key)
  for (const key of Object.getOwnPropertyNames(loader.process)) read(loader.process, key)
  return roots
}

function read(object: object, key: string): void {
  try {
    Reflect.get(object, key)
  } catch {
    // What a host lacks, and what is only said to be there.
  }
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'

/** Every object that can be reached, by the path at which it was met. */
function reachable(
  roots: Readonly<Record<string, object>>,
  known: ReadonlyMap<object, string> = new Map(),
): Map<object, string> {
  const found = new Map<object, string>()
  const waiting: object[] = []
  const meet = (value: unknown, path: string) => {
    if (!isObject(value) || found.has(value) || known.has(value)) return
    found.set(value, path)
    waiting.push(value)
  }
  for (const [name, root] of Object.entries(roots)) meet(root, name)
  for (const object of waiting) {
    const path = found.get(object)
    meet(Object.getPrototypeOf(object), `${path}.[[Prototype]]`)
    for (const key of Reflect.ownKeys(object)) {
      const descriptor = Object.getOwnPropertyDescriptor(object, key)
      meet(descriptor?.value, `${path}.${String(key)}`)
      meet(descriptor?.get, `${path}.${String(key)}(get)`)
      meet(descriptor?.set, `${path}.${String(key)}(set)`)
    }
  }
  return found
}

/** The language's and the host's own, which no loader makes. */
function realmObjects(): Map<object, string> {
  const values = Object.getOwnPropertyNames(globalThis).map((name) => Reflect.get(globalThis, name))
  async function* generate() {}
  const hidden = {
    arrayIterator: [][Symbol.iterator](),
    mapIterator: new Map()[Symbol.iterator](),
    setIterator: new Set()[Symbol.iterator](),
    stringIterator: ''[Symbol.iterator](),
    regExpIterator: 'a'.matchAll(/a/g),
    asyncGenerator: generate,
    generator: function* () {},
    asyncFunction: async () => {},
    callee: Object.getOwnPropertyDescriptor(Function.prototype, 'caller')?.get ?? {},
  }
  return reachable({ globalThis, process, values, ...hidden })
}

/** Frozen data, such as node's own `builtinModules`. */
function isConstant(object: object): boolean {
  return typeof object !== 'function' && Object.isFrozen(object)
}

const silent = { host: { write() {} } }

test('no object of one loader is reachable from another', () => {
  const realm = realmObjects()
  const first = reachable(rootsOf(createLoader(silent)), realm)
  const second = reachable(rootsOf(createLoader(silent)), realm)
  const shared = [...first].filter(([object]) => second.has(object) && !isConstant(object))
  expect(shared.map(([, path]) => path)).toEqual([])
  expect(first.size).toBeGreaterThan(2000)
})

/** What rude libraries do. */
const vandal = `
  const names = require('module').builtinModules
  for (const id of names) {
    let exports
    try { exports = require(id) } catch { continue }
    if (Object(exports) !== exports) continue
    try { exports.patched = true } catch {}
    for (const key of Object.keys(exports)) {
      try {
        const value = exports[key]
        if (typeof value !== 'function' || isRealm(value)) continue
        value.patched = true
        if (value.prototype && !isRealm(value.prototype)) value.prototype.patched = () => id
      } catch {}
    }
  }
  const { Buffer: Own } = require('buffer')
  Own.from = () => 'patched'
  Own.prototype.toString = () => 'patched'
  const EventEmitter = require('events')
  EventEmitter.prototype.emit = () => 'patched'
  EventEmitter.defaultMaxListeners = 99
  require('fs').readFileSync = () => 'patched'
  require('fs').writeFileSync('/written', 'by a')
  console.log = () => 'patched'
  process.nextTick = () => 'patched'
  process.env.PATCHED = '1'
  process.on('exit', () => {})
  process.cwd = () => '/patched'
  require('path').join = () => 'patched'
  require('util').inspect.defaultOptions.depth = 0
  const Module = require('module')
  Module._load = () => 'patched'
  Module._extensions['.patched'] = () => {}
  Module.wrapper[0] = '(function () { return "patched"; '
  Module.prototype.require = () => 'patched'
  globalThis.patched = true
  globalThis.setTimeout = () => 'patched'
  module.exports = 'done'
`

test('a guest that patches its builtins is alone with it', () => {
  // What guest code does to the realm's own classes is outside of what a loader promises: `hosts/vm` gives a realm.
  const realm = realmObjects()
  const isRealm = (value: object) => realm.has(value)
  const isTestRunner = (path: string) =>
    /vite|jest|expect-global|tinypool|chai|\.mainModule/i.test(path)
  const bystander = createLoader({ ...silent, fs: { '/b.js': 'module.exports = 1' } })
  const roots = rootsOf(bystander)
  const host = createSnapshots({ roots: { globalThis, process }, skip: isTestRunner })
  const other = createSnapshots({ roots, skip: isTestRunner })
  host.take()
  other.take()
  const before = [host.take(), other.take()] as const

  const rude = createLoader({ ...silent, fs: { '/a.js': vandal }, globals: { isRealm } })
  expect(rude.main('/a.js')).toBe('done')
  expect(rude.global.patched).toBe(true)

  expect(compareSnapshots(before[0], host.take())).toEqual([])
  expect(compareSnapshots(before[1], other.take())).toEqual([])
  expect(bystander.require('/b.js')).toBe(1)
  expect(bystander.fs.existsSync('/written')).toBe(false)

  const later = createLoader({
    ...silent,
    fs: {
      '/c.js':
        'module.exports = [Buffer.from("x").toString(), require("path").join("a", "b"), process.cwd(), typeof patched]',
    },
  })
  expect(later.main('/c.js')).toEqual(['x', 'a/b', '/', 'undefined'])
})
