/** Runs a program on node and writes down what it resolved and what it read. */
import { readFileSync, writeFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { report } from '../lib/clock.mjs'

const { root, to } = JSON.parse(process.argv[2] ?? '')
const entry = join(root, 'index.js')

// `_resolveFilename` is not asked for what a directory has loaded before; `require` always is.
/** @type {[object & { filename: string }, string][]} */
const calls = []
const { require: originalRequire } = Module.prototype
Module.prototype.require = function (id) {
  calls.push([this, id])
  return originalRequire.call(this, id)
}
const require = createRequire(entry)
require(entry)
Module.prototype.require = originalRequire

const seen = new Set()
const pairs = []
for (const [module, request] of calls) {
  const key = `${module.filename}\0${request}`
  if (seen.has(key) || Module.isBuiltin(request) || request === entry) continue
  seen.add(key)
  try {
    pairs.push([module.filename, request, Module._resolveFilename(request, module, false)])
  } catch {
    // A package that looks whether another one is there.
  }
}

/** @type {Record<string, string>} */
const image = {}
const modules = Object.keys(require.cache).filter((path) => path.startsWith(root))
let bytes = 0
for (const path of modules) {
  image[path] = readFileSync(path, 'utf8')
  bytes += image[path].length
}
for (const path of modules) {
  for (let directory = dirname(path); directory.startsWith(root); directory = dirname(directory)) {
    const manifest = join(directory, 'package.json')
    if (manifest in image) continue
    try {
      image[manifest] = readFileSync(manifest, 'utf8')
    } catch {}
  }
}

writeFileSync(join(to, 'recording.json'), JSON.stringify({ pairs }))
writeFileSync(join(to, 'image.json'), JSON.stringify(image))
report({ modules: modules.length, megabytes: bytes / 1e6, pairs: pairs.length })
