/** One import, two loaders. */
import process from 'node:process'
import { now, report, since } from '../lib/clock.mjs'
import { importLodger } from '../lib/lodger.mjs'

const { name } = JSON.parse(process.argv[2] ?? '')
/** @type {Record<string, { entry: Parameters<typeof importLodger>[0], parts?: object }>} */
const entries = {
  lodger: { entry: 'index' },
  'lodger/hosts/node': { entry: 'hosts/node/index' },
  // biome-ignore lint/security/noGlobalEval: the core asks for a way to evaluate
  // biome-ignore lint/complexity/noCommaOperator: an indirect call
  'lodger/core': { entry: 'core', parts: { evaluate: (text) => (0, eval)(text.source) } },
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
report({
  import: imported,
  first: firstTaken,
  second: since(afterFirst),
  total,
  areTwo: first !== second,
})
process.exit()
