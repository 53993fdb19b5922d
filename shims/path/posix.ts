/** https://nodejs.org/docs/latest-v26.x/api/path.html#pathposix: the very object that `require('path').posix` is. */

import type { Shim } from '../../src/seams.ts'

const shim: Shim = (context) => context.require('path').posix

export default shim
