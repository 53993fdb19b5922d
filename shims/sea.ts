/** https://nodejs.org/docs/latest-v26.x/api/single-executable-applications.html: the guest is none. */

import type { Shim } from '../src/seams.ts'
import { stubExports } from './internal/stub-exports.ts'

const shim: Shim = (context) => Object.assign(stubExports(context), { isSea: () => false })

export default shim
