/** https://nodejs.org/docs/latest-v26.x/api/inspector.html: nobody is looking in. */

import { codedError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import { defineLate } from './internal/late.ts'
import { stubExports } from './internal/stub-exports.ts'

const shim: Shim = (context) => {
  const exports = Object.assign(stubExports(context), {
    url: () => undefined,
    close: function _debugEnd(): void {},
    waitForDebugger(): never {
      throw codedError(Error, 'ERR_INSPECTOR_NOT_ACTIVE', 'Inspector is not active')
    },
  })
  defineLate(exports, 'console', () => context.require('console'))
  return exports
}

export default shim
