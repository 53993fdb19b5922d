/** One import, two loaders, and then many that each load one module without builtins. */
import process from 'node:process'
import { now, report, since } from '../lib/clock.mjs'
import { importLodger } from '../lib/lodger.mjs'

/** The core asks for a way to evaluate. @param {{ prefix: string, source: string, suffix: string }} text */
function evaluate({ prefix, source, suffix }) {
  // biome-ignore lint/security/noGlobalEval: as said
  // biome-ignore lint/complexity/noCommaOperator: an indirect call
  return (0, eval)(prefix + source + suffix)
}

const { name } = JSON.parse(process.argv[2] ?? '')
/** @type {Record<string, { entry: Parameters<typeof importLodger>[0], parts?: object }>} */
const entries = {
  lodger: { entry: 'index' },
  'lodger/hosts/node': { entry: 'hosts/node/index' },
  'lodger/core': { entry: 'core', parts: { evaluate } },
}
const { entry, parts } = entries[name]

const start = now()
const { createLoader } = await importLodger(entry)
const imported = since(start)
const afterImport = now()
const first = createLoader({}, parts)
const firstTaken = since(afterImport)
const total = since(start)
const afterFirst = now()
const second = createLoader({}, parts)
const secondTaken = since(afterFirst)

const many = 20
const afterSecond = now()
const loaders = Array.from({ length: many }, () => {
  const loader = createLoader({ fs: { '/a.js': 'exports.x = 1' } }, parts)
  loader.require('/a.js')
  return loader
})
const { cpu, wall } = since(afterSecond)
report({
  import: imported,
  first: firstTaken,
  second: secondTaken,
  total,
  further: { cpu: cpu / many, wall: wall / many },
  made: new Set([first, second, ...loaders]).size,
})
process.exit()
