/** Runs a task of `tasks/` in a process of its own: no run warms another one's caches or functions. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * @param {string} name a file of `tasks/`, without extension
 * @param {object} input handed over as JSON
 * @param {readonly string[]} [flags] for node
 * @returns {any} what the task reported; `{ error }` when it failed
 */
export function runTask(name, input, flags = []) {
  const file = fileURLToPath(new URL(`../tasks/${name}.mjs`, import.meta.url))
  return runScript(file, [JSON.stringify(input)], flags)
}

/**
 * @param {string} file
 * @param {readonly string[]} args
 * @param {readonly string[]} [flags] for node
 * @returns {any} what it reported; `{ error }` when it failed
 */
export function runScript(file, args, flags = []) {
  const child = spawnSync(process.execPath, [...flags, file, ...args], {
    encoding: 'utf8',
    env: plainEnvironment,
    maxBuffer: 1 << 28,
    timeout: 300_000,
  })
  if (child.status !== 0)
    return { error: firstError(child.stderr) || `ended with ${child.status ?? child.signal}` }
  return JSON.parse(child.stdout.trimEnd().split('\n').at(-1) ?? '')
}

/** Certificates and flags that a machine adds to each of its processes cost more than what is measured. */
const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...rest } = process.env

/** What processes that are measured find in their environment. */
export const plainEnvironment = rest

/** @param {string} text */
function firstError(text) {
  return (/^\S*Error\b.*$/m.exec(text)?.[0] ?? text.trim().split('\n').at(-1) ?? '').slice(0, 160)
}

/**
 * Several contenders, one run of each after the other, as often as asked: whatever else the machine does then hits
 * all of them alike.
 * @template {string} Name
 * @param {readonly Name[]} names
 * @param {number} rounds
 * @param {(name: Name) => any} run
 * @returns {Record<Name, any[]>} the results in the order of the rounds; a contender that fails is not run again
 */
export function interleave(names, rounds, run) {
  const results = /** @type {Record<Name, any[]>} */ (
    Object.fromEntries(names.map((name) => [name, []]))
  )
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      if (results[name][0]?.error === undefined) results[name].push(run(name))
    }
  }
  return results
}
