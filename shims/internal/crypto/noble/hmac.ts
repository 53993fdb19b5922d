/** HMAC, and the derivations that are made of it. */

import type { Shim } from '../../../../src/seams.ts'
import library from '../../../libraries/noble-hmac.js'
import { instantiate } from '../../../library.ts'

const shim: Shim = (context) => instantiate(context, library)

export default shim
