/** https://nodejs.org/docs/latest-v26.x/api/inspector.html: nobody is looking in. */

import type { Shim } from '../src/seams.ts'
import { stubExports } from './internal/stub-exports.ts'

const shim: Shim = (context) =>
  Object.assign(stubExports(context), {
    console: context.require('console'),
    url: () => undefined,
    close(): void {},
  })

export default shim
