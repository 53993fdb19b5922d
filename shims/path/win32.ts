/** https://nodejs.org/docs/latest-v26.x/api/path.html#pathwin32: the very object that `require('path').win32` is. */

import type { Shim } from '../../src/seams.ts'

const shim: Shim = (context) => context.require('path').win32

export default shim
