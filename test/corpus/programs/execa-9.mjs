import { fileURLToPath } from 'node:url'
import { $, ExecaError, execa, execaSync, parseCommandString } from 'execa-9'

const child = fileURLToPath(new URL('fixtures/child.cjs', import.meta.url))
const node = process.execPath

export async function run() {
  const { stdout, exitCode, failed, stdio } = await execa(node, [child, 'a b'], { input: 'in' })
  return [stdout, exitCode, failed, stdio.length]
}
export const sync = () => execaSync(node, [child], { input: 'x' }).stdout
export async function template() {
  const run = $({ input: '', preferLocal: false })
  return (await run`${node} ${child} ${['c d', 'e']}`).stdout
}
export async function lines() {
  const seen = []
  for await (const line of execa(node, [child, 'l'], { input: 'in' })) seen.push(line)
  return seen
}
export const parsed = () => parseCommandString('a b\\ c  d')
export async function code() {
  const error = await execa(node, [child, '3'], { input: '' }).catch((error) => error)
  return [error instanceof ExecaError, error.exitCode, error.isTerminated, error.timedOut]
}
export const failing = () => execa('no-such-command-anywhere', ['x'])
