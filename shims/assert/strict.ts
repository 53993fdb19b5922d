// https://nodejs.org/docs/latest-v26.x/api/assert.html#strict-assertion-mode

import type { Shim } from '../../src/seams.ts'

const createStrictAssert: Shim = (context) => context.require('assert').strict

export default createStrictAssert
