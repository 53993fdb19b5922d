/** https://nodejs.org/docs/latest-v26.x/api/punycode.html */

import type { Shim } from '../src/seams.ts'
import { isCalledByProgram } from './internal/caller.ts'
import { punycodeOf } from './internal/punycode.ts'

const shim: Shim = (context) => {
  if (isCalledByProgram(context)) {
    context
      .require('process')
      .emitWarning(
        'The `punycode` module is deprecated. Please use a userland alternative instead.',
        'DeprecationWarning',
        'DEP0040',
      )
  }
  const { ucs2, decode, encode, toASCII, toUnicode } = punycodeOf(context)
  // node's copy of the library has this number.
  return { version: '2.1.0', ucs2, decode, encode, toASCII, toUnicode }
}

export default shim
