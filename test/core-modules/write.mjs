/** `npm run core-modules`: writes docs/core-modules.md and the record beside this file. */
import { fileURLToPath } from 'node:url'
import { run } from '../../build/run.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
process.env.LODGER_CORE_MODULES = 'write'
const ended = run(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'test/core-modules', '--reporter', 'dot'],
  root,
)
process.exitCode = ended ? 0 : 1
