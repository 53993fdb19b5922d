/**
 * `npm test`: everything that has to hold. Arguments go to vitest: `npm test -- test/resolve` builds, checks, and runs
 * the tests of that folder.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  ensureBrowsers,
  ensureCorpus,
  ensureLighthouse,
  ensureOracle,
  ensurePackages,
} from './ensure.mjs'
import { run } from './run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What must hold beside the tests; each counts as one. @type {[name: string, holds: () => boolean][]} */
const checks = [
  ['build', () => run(process.execPath, [join(root, 'build/build.mjs'), '--no-types'], root)],
  ['types', () => run(process.execPath, [join(root, 'build/types.mjs')], root)],
  [
    'lint',
    () =>
      run(
        process.execPath,
        [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'check', '--error-on-warnings'],
        root,
      ),
  ],
]

ensurePackages()
ensureOracle()
ensureCorpus()
ensureLighthouse()
ensureBrowsers()

const failures = []
for (const [name, holds] of checks) {
  console.log(`\n> ${name}`)
  if (!holds()) failures.push(name)
}
console.log('\n> tests')
const counts = runTests(process.argv.slice(2))
const failed = counts.failed + failures.length
const passed = counts.passed + checks.length - failures.length

if (failures.length > 0) console.log(`\nfailed beside the tests: ${failures.join(', ')}`)
console.log(`\n${passed} passed, ${failed} failed, ${counts.skipped} skipped`)
process.exitCode = failed > 0 ? 1 : 0

/**
 * @param {readonly string[]} args
 * @returns {import('./vitest-summary.mjs').Counts}
 */
function runTests(args) {
  const directory = mkdtempSync(join(tmpdir(), 'lodger-test-'))
  const summary = join(directory, 'summary.json')
  process.env.LODGER_TEST_SUMMARY = summary
  try {
    const ended = run(
      process.execPath,
      [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args],
      root,
    )
    const counts = JSON.parse(readFileSync(summary, 'utf8'))
    // Ended badly with no test to blame: an unhandled error, or no test found.
    return ended || counts.failed > 0 ? counts : { ...counts, failed: 1 }
  } catch (error) {
    console.error(`vitest left no result: ${error}`)
    return { passed: 0, failed: 1, skipped: 0 }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
