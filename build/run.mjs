import { spawnSync } from 'node:child_process'

/**
 * Runs a command with this terminal's output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {boolean} Whether it ended well.
 */
export function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (error) console.error(`${command}: ${error.message}`)
  return status === 0
}
