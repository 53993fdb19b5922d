/** sha224 to sha512-256. */

import type { Shim } from '../../../../src/seams.ts'
import library from '../../../libraries/noble-sha2.js'
import { instantiate } from '../../../library.ts'

const shim: Shim = (context) => instantiate(context, library)

export default shim
