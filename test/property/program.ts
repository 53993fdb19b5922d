/** The program that runs a random tree's steps and says what it saw. */
import type { RandomTree } from './trees.ts'

/** Runs as main, at the root, where no package.json ever lies: it must be able to require, whatever the tree is. */
export const treeProgram = (tree: RandomTree): string => `
const { Module, createRequire } = require('module')
const fs = require('fs')
const { dirname } = require('path')
const log = (globalThis.log = [])
const asks = (globalThis.asks = { __proto__: null })
const known = new Map()
const identify = (value) => {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return show(value)
  if (!known.has(value)) known.set(value, known.size)
  const id = Object.hasOwn(value, 'id') ? value.id : undefined
  return '#' + known.get(value) + ' ' + (typeof id === 'string' ? id : typeof value)
}
const place = (path) => (path[0] === '.' ? path : __dirname + '/' + path)
const short = (paths) => paths && paths.filter((path) => path.startsWith(__dirname))
const actions = {
  require: (ask, { request }) => identify(ask(request)),
  resolve: (ask, { request, paths }) => ask.resolve(request, paths && { paths: paths.map(place) }),
  paths: (ask, { request }) => short(ask.resolve.paths(request)),
  delete: (ask, { request }) => delete require.cache[ask.resolve(request)],
  replace: (ask, { request }) => {
    const file = ask.resolve(request)
    if (file[0] === '/') require.cache[file] = { exports: { id: 'put by a step' }, loaded: true }
    return file
  },
  write: (ask, { request, contents }) => {
    fs.mkdirSync(dirname(place(request)), { recursive: true })
    fs.writeFileSync(place(request), contents)
  },
  remove: (ask, { request }) => fs.rmSync(place(request), { recursive: true }),
}
// What fs says of a failure is its own affair, not the loader's.
const codeOnly = (kind, seen) => (/write|remove/.test(kind) ? (seen && seen.code) : seen)
const results = ${JSON.stringify(tree.steps)}.map((step) => {
  const before = log.length
  const ask = asks[step.from] ?? createRequire(__dirname + '/' + step.from)
  const seen = attempt(() => actions[step.kind](ask, step))
  return [step.kind, step.from, step.request, codeOnly(step.kind, seen), log.slice(before)]
})
const state = Object.keys(require.cache).map((file) => {
  const entry = require.cache[file]
  const ids = (modules) => modules && modules.map((it) => it && it.id).filter((id) => !/observe/.test(id))
  return [file, entry.id, entry.loaded, entry.parent && entry.parent.id, ids(entry.children)]
})
module.exports = { results, state, pathCache: pathCache().map(short) }
`
