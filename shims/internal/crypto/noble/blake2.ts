/** blake2b512 and blake2s256. */

import type { Shim } from '../../../../src/seams.ts'
import library from '../../../libraries/noble-blake2.js'
import { instantiate } from '../../../library.ts'

const shim: Shim = (context) => instantiate(context, library)

export default shim
