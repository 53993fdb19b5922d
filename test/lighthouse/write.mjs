/** `npm run lighthouse`: measures the playground, and writes the figures into docs/playground.md. */
import { fileURLToPath } from 'node:url'
import { ensureBrowsers, ensureLighthouse } from '../../build/ensure.mjs'
import { run } from '../../build/run.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
ensureLighthouse()
ensureBrowsers()
process.env.LODGER_LIGHTHOUSE = 'write'
const ended = run(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'test/lighthouse'],
  root,
)
process.exitCode = ended ? 0 : 1
