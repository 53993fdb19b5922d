/** One program, loaded once, from the start of this script. */
// By import: almostnode puts a `process` of its own into the globals.
import process from 'node:process'
import { diskLoaders, memoryLoaders } from '../contenders/loaders.mjs'
import { now, report, since } from '../lib/clock.mjs'

let start = now()
let importing = start
let loading = start
const { contender, over, tree, heap } = JSON.parse(process.argv[2] ?? '')
const contend = (over === 'disk' ? diskLoaders : memoryLoaders)[contender]
const heapBefore = heap ? heapUsed() : 0

const kept = await contend(tree, {
  start() {
    start = now()
    importing = start
  },
  imported() {
    importing = now()
  },
  load() {
    loading = now()
  },
})
const total = since(start)
const ready = since(importing)
const load = since(loading)
const heapAfter = heap ? heapUsed() : 0
report({ ...total, ready, load, heap: heapAfter - heapBefore, isLoaded: kept !== undefined })
// What a program has started must not keep the benchmark waiting.
process.exit()

function heapUsed() {
  globalThis.gc?.()
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}
