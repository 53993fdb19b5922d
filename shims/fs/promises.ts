// https://nodejs.org/docs/latest-v26.x/api/fs.html#promises-api

import type { Shim } from '../../src/seams.ts'

const createFsPromises: Shim = (context) => context.require('fs').promises

export default createFsPromises
