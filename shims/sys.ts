// https://nodejs.org/docs/latest-v26.x/api/util.html (`sys` is its first name)

import type { Shim } from '../src/seams.ts'

const createSys: Shim = (context) => {
  context
    .require('process')
    .emitWarning('sys is deprecated. Use `node:util` instead.', 'DeprecationWarning', 'DEP0025')
  return context.require('util')
}

export default createSys
