/** `npm run corpus`: runs the corpus on every host, and writes docs/corpus.md. */
import { fileURLToPath } from 'node:url'
import { ensureBrowsers, ensureCorpus } from '../../build/ensure.mjs'
import { run } from '../../build/run.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
ensureCorpus()
ensureBrowsers()
process.env.LODGER_CORPUS = 'write'
const ended = run(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'test/corpus', '--reporter', 'dot'],
  root,
)
process.exitCode = ended ? 0 : 1
