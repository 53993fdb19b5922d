/** CPU time of this process, all its threads together, and wall time beside it. */
// By import: almostnode puts a `process` of its own into the globals.
import process from 'node:process'

/** @typedef {{ cpu: number, wall: number }} Reading Milliseconds. */

/** @returns {Reading} */
export function now() {
  const { user, system } = process.cpuUsage()
  return { cpu: (user + system) / 1000, wall: performance.now() }
}

/** @param {Reading} start @returns {Reading} */
export function since(start) {
  const end = now()
  return { cpu: end.cpu - start.cpu, wall: end.wall - start.wall }
}

/** What a task found out, for the process that started it: the last line of its output. @param {object} result */
export function report(result) {
  process.stdout.write(`\n${JSON.stringify(result)}\n`)
}
