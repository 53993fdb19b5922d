/** https://nodejs.org/docs/latest-v26.x/api/deprecations.html#DEP0008: the constants of os, fs and crypto in one. */

import type { Shim } from '../src/seams.ts'

const shim: Shim = (context) => {
  const { dlopen, errno, priority, signals } = context.require('os').constants
  const groups = [
    dlopen,
    errno,
    priority,
    signals,
    context.require('fs').constants,
    context.require('crypto').constants,
  ]
  return Object.freeze(Object.assign({}, ...groups))
}

export default shim
