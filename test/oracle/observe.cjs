'use strict'
// Lies in every case's tree, runs inside node and inside lodger alike, and turns what is seen into JSON.
// The host's side of the suite uses it too, hence the CommonJS. It must lean on as little as possible.

const { Module } = require('node:module')

/** What `action` gives, or the error that it throws, as JSON. */
function attempt(action) {
  try {
    return show(action())
  } catch (error) {
    return describe(error)
  }
}

/** `attempt` for several requests of one `require`: `[request, outcome]` each. */
function attemptAll(requests, action) {
  return requests.map((request) => [request, attempt(() => action(request))])
}

/** An error as JSON: everything of it that node's users can see, but for the frames of its stack. */
function describe(error) {
  if (Object.prototype.toString.call(error) !== '[object Error]') return { threw: show(error) }
  const seen = { error: error.name, message: error.message }
  for (const name of ['code', 'path', 'requestPath', 'requireStack', 'url', 'cause']) {
    if (name in error) seen[name] = show(error[name])
  }
  // Who is enumerable and in which order; in brackets what is not.
  seen.own = Object.getOwnPropertyNames(error)
    .filter((name) => name !== 'stack')
    .map((name) => (Object.prototype.propertyIsEnumerable.call(error, name) ? name : `(${name})`))
  // Node's own errors show their code in brackets, in `toString()` and at the head of the stack.
  seen.text = String(error).replace(error.message, '…')
  // A SyntaxError's stack begins with the engine's picture of the place.
  if (error.name !== 'SyntaxError') {
    seen.head = String(error.stack)
      .split(/\n {4}at /)[0]
      .replace(error.message, '…')
  }
  return seen
}

/** Any value as JSON that tells apart what JSON does not. */
function show(value, above = []) {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : `(number ${String(value)})`
    case 'undefined':
      return '(undefined)'
    case 'bigint':
      return `(bigint ${value})`
    case 'symbol':
      return `(${String(value)})`
    case 'function':
      return `(function ${value.name})`
  }
  if (value === null) return null
  if (above.includes(value)) return '(cycle)'
  if (Object.prototype.toString.call(value) === '[object Error]') return describe(value)
  if (above.length > 0 && Object.getPrototypeOf(value) === Module.prototype) {
    return `(module ${value.id})`
  }
  const path = [...above, value]
  if (Array.isArray(value)) return value.map((item) => show(item, path))
  const seen = {}
  for (const key of Object.keys(value)) {
    // Plain assignment would lose a key named `__proto__`.
    Object.defineProperty(seen, key, {
      value: show(value[key], path),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return seen
}

/** The names under which modules are cached, but for this file's own. */
function cached(cache = Module._cache) {
  return Object.keys(cache).filter((name) => !name.endsWith('observe.cjs'))
}

/** `Module._pathCache` as `[request, ...paths, filename]`, sorted, but for this file's own entries. */
function pathCache() {
  return Object.keys(Module._pathCache)
    .sort()
    .filter((key) => !key.includes('observe.cjs'))
    .map((key) => [...key.split('\0'), Module._pathCache[key]])
}

/** The filenames of a module's children, but for this file's own. */
function children(module) {
  return module.children
    .map((child) => child.filename)
    .filter((name) => !/observe\.cjs$/.test(name))
}

/** An object's own properties, in order: `name: value?writable?enumerable?configurable`. */
function properties(object) {
  return Reflect.ownKeys(object).map((key) => {
    const it = Object.getOwnPropertyDescriptor(object, key)
    const kind = 'value' in it ? typeof it.value : `${it.get ? 'get' : ''}${it.set ? 'set' : ''}`
    const flags = `${it.writable ? 'w' : ''}${it.enumerable ? 'e' : ''}${it.configurable ? 'c' : ''}`
    return `${String(key)}: ${kind} ${flags}`
  })
}

module.exports = { attempt, attemptAll, cached, children, describe, pathCache, properties, show }
