/** `npm start`: the playground, in development mode. Arguments go to Vite, such as `-- --port 8080`. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensurePackages } from './ensure.mjs'
import { run } from './run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

ensurePackages()
if (!run(process.execPath, [join(root, 'build/build.mjs'), '--no-types'], root)) process.exit(1)
// Vite prints the address itself.
const vite = spawn(
  process.execPath,
  [join(root, 'node_modules/vite/bin/vite.js'), 'playground', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
)
vite.on('exit', (code) => process.exit(code ?? 1))
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => vite.kill(signal))
}
