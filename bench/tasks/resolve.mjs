/** One resolver over one recording: its first pass, then passes with empty caches, then passes with full ones. */
import { readFileSync } from 'node:fs'
import { resolvers } from '../contenders/resolvers.mjs'
import { now, report, since } from '../lib/clock.mjs'

const { contender, tree, milliseconds } = JSON.parse(process.argv[2] ?? '')
/** @type {import('../workloads/tree.mjs').Recording} */
const { pairs } = JSON.parse(readFileSync(tree.recording, 'utf8'))

const collect = /** @type {() => void} */ (globalThis.gc)
const create = await resolvers[contender](pairs, tree)
/** @type {any[]} */
const answers = new Array(pairs.length)

/** @param {import('../contenders/resolvers.mjs').Resolve} resolve */
function pass(resolve) {
  for (let index = 0; index < answers.length; index++) {
    try {
      answers[index] = resolve(index)
    } catch {
      answers[index] = undefined
    }
  }
}

/** @param {import('../contenders/resolvers.mjs').Resolve} resolve @returns {import('../lib/clock.mjs').Reading} */
function timed(resolve) {
  const start = now()
  pass(resolve)
  return since(start)
}

/** CPU microseconds per resolve. @param {number} limit @param {() => import('../lib/clock.mjs').Reading} run */
function repeat(limit, run) {
  let cpu = 0
  let wall = 0
  let passes = 0
  for (
    const start = performance.now();
    passes === 0 || performance.now() - start < limit;
    passes++
  ) {
    const taken = run()
    cpu += taken.cpu
    wall += taken.wall
  }
  return { cpu: (cpu * 1000) / passes / pairs.length, wall: (wall * 1000) / passes / pairs.length }
}

const first = (timed(create()).cpu * 1000) / pairs.length
const wrong = pairs.filter(([, , filename], index) => answers[index] !== filename).length
repeat(milliseconds / 2, () => timed(create()))
// What making a resolver leaves behind is collected before the clock runs: collecting goes on in other threads, too.
const cold = repeat(milliseconds, () => {
  const fresh = create()
  collect()
  return timed(fresh)
})

const resolver = create()
pass(resolver)
repeat(milliseconds / 4, () => timed(resolver))
// As many passes to a reading as the clock needs to tell something.
const many = Math.ceil(2 / Math.max(timed(resolver).wall, 0.02))
const warm = repeat(milliseconds, () => {
  const start = now()
  for (let count = 0; count < many; count++) pass(resolver)
  const { cpu, wall } = since(start)
  return { cpu: cpu / many, wall: wall / many }
})
const wrongWarm = pairs.filter(([, , filename], index) => answers[index] !== filename).length

report({ first, cold, warm, wrong: Math.max(wrong, wrongWarm), pairs: pairs.length })
