/** The first `require` of one builtin, in two loaders one after the other. */
import process from 'node:process'
import { now, report, since } from '../lib/clock.mjs'
import { importLodger } from '../lib/lodger.mjs'

const { id } = JSON.parse(process.argv[2] ?? '')
const { createLoader } = await importLodger('index')
const loader = createLoader({})
const start = now()
loader.require(id)
const taken = since(start)
const second = createLoader({})
const again = now()
second.require(id)
report({ ...taken, again: since(again).cpu })
process.exit()
