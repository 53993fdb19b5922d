/** https://nodejs.org/docs/latest-v26.x/api/test.html: enough to run a file of tests; reporters and snapshots are absent. */

import type { Shim } from '../src/seams.ts'
import { asGetters, shapeMembers } from './internal/names.ts'
import { stubExports } from './internal/stub-exports.ts'
import { createRunner } from './internal/test-runner/runner.ts'

const shim: Shim = (context) => {
  const members = { ...stubExports(context), ...createRunner(context) }
  shapeMembers(members, 'after/2 afterEach/2 before/2 beforeEach/2 suite:test')
  return asGetters(Object.assign(members.test, members), 'assert mock snapshot')
}

export default shim
