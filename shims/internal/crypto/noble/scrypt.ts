/** scrypt, on `derivation` and `sha2`. */

import type { Shim } from '../../../../src/seams.ts'
import library from '../../../libraries/noble-scrypt.js'
import { instantiate } from '../../../library.ts'

const shim: Shim = (context) => instantiate(context, library)

export default shim
