/**
 * What a builtin looks like: plain CommonJS with no dependency, so that it runs unchanged in node and, through lodger,
 * in a guest. `module.exports(ids)` gives for each id either `{ error }` or
 *   members     path -> enumerability, kind of descriptor, type, and of functions the name and length
 *   functions   paths of what can be called
 *   classes     paths of what is a class by its looks and can be derived from
 *   extendable  paths of what can be derived from
 *   stubs       path -> mark and error of what lodger only stands in for
 */
'use strict'

const mark = Symbol.for('lodger.notImplemented')
const ofEveryFunction = new Set(['length', 'name', 'prototype', 'arguments', 'caller'])
/** Objects whose keys are those of a machine, of a process or of what has run in it. */
const ofTheRun = new Set([
  'cache',
  '_cache',
  '_pathCache',
  '_events',
  'env',
  'config',
  'versions',
  'release',
])

/** These change others as they are loaded: they come last. */
const meddlers = ['domain', 'repl']

module.exports = (ids) => ({
  ...fingerprints(ids.filter((id) => !meddlers.includes(id))),
  ...fingerprints(meddlers),
})

function fingerprints(ids) {
  const loaded = ids.map((id) => {
    try {
      return { id, exports: require(id) }
    } catch (error) {
      return { id, error: String(error) }
    }
  })
  const builtins = new Set(loaded.map(({ exports }) => exports))
  return Object.fromEntries(
    loaded.map(({ id, exports, error }) => [
      id.replace('node:', ''),
      error === undefined ? fingerprint(exports, builtins) : { error },
    ]),
  )
}

function fingerprint(exports, builtins) {
  const found = { members: {}, functions: [], classes: [], extendable: [], stubs: {} }
  const seen = new Set()
  if (typeof exports === 'function') {
    found.members['(exports)'] = typeText(exports)
    lookInto(exports, '')
  } else each(exports, '', true, 1)
  return found

  /** Statics and prototype of a function, once. */
  function lookInto(fn, path) {
    seen.add(fn)
    each(fn, path, true, path === '' ? 1 : 0)
    if (isObject(fn.prototype)) each(fn.prototype, `${path}prototype.`, false, 0)
  }

  /** @param depth how many levels of functions and plain objects below are looked into */
  function each(target, path, readFirst, depth) {
    for (const key of keysOf(target)) {
      const name = path + textOf(key)
      const value = readFirst ? read(target, key) : undefined
      const descriptor = Object.getOwnPropertyDescriptor(target, key)
      if (descriptor === undefined) continue
      note(name, descriptor, value)
      if (depth === 0 || seen.has(value) || builtins.has(value)) continue
      if (typeof value === 'function') lookInto(value, `${name}.`)
      else if (isPlain(value) && !ofTheRun.has(key)) {
        seen.add(value)
        each(value, `${name}.`, true, 0)
      }
    }
  }

  /** @param seenValue what reading gave, where it is no method of a prototype */
  function note(name, descriptor, seenValue) {
    const { get, set, enumerable } = descriptor
    const value = 'value' in descriptor ? descriptor.value : seenValue
    const kind =
      'value' in descriptor
        ? typeText(value)
        : ['accessor', get && 'get', set && 'set'].filter(Boolean).join(' ')
    found.members[name] = `${enumerable ? '' : 'hidden '}${kind}`
    noteStub(name, get)
    if (typeof value !== 'function') return
    found.functions.push(name)
    noteStub(name, value)
    if (!canBeExtended(value)) return
    found.extendable.push(name)
    if (isClass(value)) found.classes.push(name)
  }

  function noteStub(name, fn) {
    if (typeof fn !== 'function' || !Object.hasOwn(fn, mark)) return
    // Some look at their arguments first: a file descriptor, a path.
    for (const argument of [0, 'path']) {
      try {
        fn(argument)
        found.stubs[name] = { mark: fn[mark] }
      } catch ({ code, message }) {
        found.stubs[name] = { mark: fn[mark], code, message }
        if (code === 'ERR_METHOD_NOT_IMPLEMENTED') return
      }
    }
  }
}

/** Names, and the symbols that have the same name in every realm: others are nobody's business but the builtin's own. */
function keysOf(target) {
  const isFunction = typeof target === 'function'
  const names = Object.getOwnPropertyNames(target).filter(
    (name) => !(isFunction && ofEveryFunction.has(name)) && name !== 'constructor',
  )
  const symbols = Object.getOwnPropertySymbols(target).filter(
    (symbol) =>
      symbol !== mark &&
      (Symbol.keyFor(symbol) !== undefined || Symbol[symbol.description?.slice(7)] === symbol),
  )
  return [...names.sort(), ...symbols]
}

function textOf(key) {
  return typeof key === 'symbol' ? `[${key.description}]` : key
}

/** What lodger makes late is a plain property once it has been read. */
function read(target, key) {
  try {
    return target[key]
  } catch {
    return undefined
  }
}

function typeText(value) {
  if (value === null) return 'null'
  if (typeof value !== 'function') return typeof value
  return `function ${value.name}/${value.length}`
}

function isObject(value) {
  return typeof value === 'object' && value !== null
}

function isPlain(value) {
  if (!isObject(value)) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

function isClass(fn) {
  if (/^class\b/.test(Function.prototype.toString.call(fn))) return true
  return isObject(fn.prototype) && Reflect.ownKeys(fn.prototype).length > 1
}

function canBeExtended(fn) {
  try {
    return typeof class extends fn {} === 'function'
  } catch {
    return false
  }
}
