/** The program that runs the steps of a random graph, one after the other, and says what it saw. */
import type { RandomTree } from './trees.ts'

/** Runs as main at the root, a CommonJS file, so that it can require and import. */
export const graphProgram = (tree: RandomTree): string => `
const { createRequire, registerHooks } = require('module')
const log = (globalThis.log = [])
const imports = (globalThis.imports = { __proto__: null })
const requires = (globalThis.requires = { __proto__: null })
const setters = (globalThis.setters = [])
const promises = []
const namespaces = []
const hooks = []
const builtins = new Set([require('path'), require('fs')])
globalThis.createRequire = createRequire
const known = new Map()
const identify = (value) => {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return show(value)
  if (!known.has(value)) known.set(value, known.size)
  return '#' + known.get(value) + ' ' + typeof value + ' ' + Object.prototype.toString.call(value)
}
/** What a value shows of itself without being changed by that. */
const peek = (value) => {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return show(value)
  // What hangs on a builtin is test/core-modules' affair.
  const members = (builtins.has(value) ? [] : Reflect.ownKeys(value)).filter((key) => !/^(?:prototype|arguments|caller)$/.test(String(key))).map((key) => {
    const flags = attempt(() => { const { enumerable, writable, configurable } = Reflect.getOwnPropertyDescriptor(value, key); return '' + +enumerable + +writable + +configurable })
    return [String(key), flags, attempt(() => identify(value[key]))]
  })
  return [identify(value), typeof value === 'function' ? value.name : '', ...members]
}
globalThis.say = (me, look) => {
  try { log.push([me, peek(look())]) } catch (error) { log.push([me, describe(error)]) }
}
globalThis.later = (me, promise) => {
  // Told in the order of the calls, whichever comes first.
  promises.push(promise.then((ns) => () => ['imported by ' + me, identify(ns)], (error) => () => ['refused to ' + me, describe(error)]))
}
/** What never comes is known after a while. */
const settled = (promise) => Promise.race([promise, new Promise((resolve) => setTimeout(resolve, 250, () => '(pending)'))])
const hookKinds = {
  pass: { resolve: (s, c, next) => next(s, c), load: (u, c, next) => next(u, c) },
  log: {
    resolve: (s, c, next) => { const r = next(s); log.push(['resolve', s, c.parentURL, c.importAttributes, c.conditions, r.url, r.format]); return r },
    load: (u, c, next) => { const r = next(u); log.push(['load', u, c.format, r.format, typeof r.source]); return r },
  },
  redirect: { resolve: (s, c, next) => next(s === './b.mjs' ? './c.mjs' : s) },
  virtual: {
    resolve: (s, c, next) => (s === './none.mjs' ? { url: 'virtual:none', format: 'module', shortCircuit: true } : next(s)),
    load: (u, c, next) => (u === 'virtual:none' ? { format: 'module', source: 'export const x = "virtual"; export default x', shortCircuit: true } : next(u)),
  },
  source: { load: (u, c, next) => { const r = next(u); return r.format === 'module' && r.source ? { ...r, source: String(r.source) + '\\n;log.push("by a hook")' } : r } },
  circuit: { load: (u, c, next) => (u.endsWith('data.json') ? { format: 'json', source: '{"by":"a hook"}', shortCircuit: true } : next(u)) },
  fail: { resolve: (s, c, next) => { if (s.includes('c.mjs')) throw new Error('refused by a hook'); return next(s) } },
  wrong: { load: (u, c, next) => (u.endsWith('d.mjs') ? { format: 'module' } : next(u)) },
  conditions: { resolve: (s, c, next) => next(s, { ...c, conditions: [...c.conditions, 'module-sync'] }) },
}
const actions = {
  async import(from, request, attributes) {
    const url = new URL('file://' + __dirname + '/' + from)
    const ask = imports[from] ?? ((asked, options) => import(asked[0] === '.' ? new URL(asked, url).href : asked, options))
    const ns = await ask(request, attributes && { with: JSON.parse(attributes) })
    namespaces.push(ns)
    return () => peek(ns)
  },
  require(from, request) {
    const value = (requires[from] ?? createRequire(__dirname + '/' + from))(request)
    if (Object.prototype.toString.call(value) === '[object Module]') namespaces.push(value)
    return peek(value)
  },
  look: () => namespaces.map(peek),
  set: (from, request) => setters.forEach((set) => set(request)),
  hooks(from, request, kind) { hooks.push(registerHooks(hookKinds[kind])) },
  unhook() { hooks.pop()?.deregister() },
}
const steps = ${JSON.stringify(tree.steps)}
// node itself forgets some promises of modules that throw.
const overlook = () => {}
process.on('unhandledRejection', overlook)
async function run() {
  // Many trees share a process, in which builtins stay imported.
  await Promise.all([import('node:path'), import('node:fs')])
  const results = []
  for (const { kind, from, request, contents } of steps) {
    log.length = 0
    let seen
    try { seen = await settled(actions[kind](from, request, contents)) } catch (error) { seen = describe(error) }
    const told = []
    // What was begun may begin more.
    do {
      for (const promise of promises.splice(0)) told.push(await settled(promise))
      for (let turns = 0; turns < 4; turns++) await new Promise(setImmediate)
    } while (promises.length > 0)
    if (typeof seen === 'function') seen = seen()
    for (const index of told.keys()) told[index] = told[index]()
    results.push([kind, from, request, show(seen), told, JSON.parse(JSON.stringify(log))])
  }
  for (const hook of hooks.splice(0)) hook.deregister()
  setTimeout(() => process.off('unhandledRejection', overlook), 10)
  const state = Object.keys(require.cache).filter((file) => !/observe/.test(file)).map((file) => [file, require.cache[file].loaded])
  // Which name V8 gives to what is not there yet, or is no function, depends on how it is asked for.
  const text = JSON.stringify(results).replaceAll(/Cannot access '[^']+' before initialization|[\\wü ]+ is not defined/g, '(not there yet)').replaceAll(/\\w+(?:\\(\\.{3}\\))? is not a function/g, '(no function)')
  return { results: JSON.parse(text), state }
}
module.exports = run()
`
