/**
 * `npm start`: the playground, built and served on this machine only. Arguments go to Vite: `npm start -- --port 8080`.
 * `npm start -- --watch` serves it unbuilt instead, and shows a change of `playground/` at once.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensurePackages } from './ensure.mjs'
import { run } from './run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const viteCommand = join(root, 'node_modules/vite/bin/vite.js')
const args = process.argv.slice(2).filter((argument) => argument !== '--watch')
const isWatching = args.length < process.argv.length - 2

ensurePackages()
if (!run(process.execPath, [join(root, 'build/build.mjs'), '--no-types'], root)) process.exit(1)
if (!isWatching) {
  const build = ['build', 'playground', '--logLevel', 'warn']
  if (!run(process.execPath, [viteCommand, ...build], root)) process.exit(1)
}
// Vite prints the address itself.
const serve = isWatching ? ['playground'] : ['preview', 'playground']
const vite = spawn(process.execPath, [viteCommand, ...serve, '--host', '127.0.0.1', ...args], {
  cwd: root,
  stdio: 'inherit',
})
vite.on('exit', (code) => process.exit(code ?? 1))
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => vite.kill(signal))
}
