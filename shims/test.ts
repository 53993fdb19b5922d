/** https://nodejs.org/docs/latest-v26.x/api/test.html: enough to run a file of tests; reporters and snapshots are absent. */

import type { Shim } from '../src/seams.ts'
import { stubExports } from './internal/stub-exports.ts'
import { createRunner } from './internal/test-runner/runner.ts'

const shim: Shim = (context) => {
  const members = { ...stubExports(context), ...createRunner(context) }
  return Object.assign(members.test, members)
}

export default shim
