/** sha3, keccak and shake. */

import type { Shim } from '../../../../src/seams.ts'
import library from '../../../libraries/noble-sha3.js'
import { instantiate } from '../../../library.ts'

const shim: Shim = (context) => instantiate(context, library)

export default shim
