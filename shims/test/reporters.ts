/** https://nodejs.org/docs/latest-v26.x/api/test.html#test-reporters: none is there. */

import type { Shim } from '../../src/seams.ts'
import { asGetters } from '../internal/names.ts'
import { stubExports } from '../internal/stub-exports.ts'

const shim: Shim = (context) => asGetters(stubExports(context), 'dot junit tap')

export default shim
