/** `node build/with-build.mjs <script> [args]`: runs a script of this repository after installing and building. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureOracle, ensurePackages } from './ensure.mjs'
import { run } from './run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const [script = '', ...args] = process.argv.slice(2)

if (!existsSync(join(root, script))) throw new Error(`there is no ${script}`)
ensurePackages()
ensureOracle()
const ended =
  run(process.execPath, [join(root, 'build/build.mjs'), '--no-types'], root) &&
  run(process.execPath, [join(root, script), ...args], root)
process.exitCode = ended ? 0 : 1
