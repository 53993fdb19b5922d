/** A vitest reporter that leaves the counts where `test.mjs` can read them. */
import { writeFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

export default class SummaryReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} errors Thrown outside of any test.
   */
  onTestRunEnd(modules, errors) {
    const path = process.env.LODGER_TEST_SUMMARY
    if (path === undefined) return
    /** @type {Counts} */
    const counts = { passed: 0, failed: errors.length, skipped: 0 }
    for (const module of modules) {
      // A file which fails before its first test, or a hook which fails after it, belongs to no test.
      if (module.errors().length > 0) counts.failed++
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        counts[state === 'pending' ? 'failed' : state]++
      }
      for (const suite of module.children.allSuites()) {
        if (suite.errors().length > 0) counts.failed++
      }
    }
    writeFileSync(path, JSON.stringify(counts))
  }
}
