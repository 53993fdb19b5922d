/** What was before SHA-2: md5, sha1, ripemd160. */

import type { Shim } from '../../../../src/seams.ts'
import library from '../../../libraries/noble-legacy.js'
import { instantiate } from '../../../library.ts'

const shim: Shim = (context) => instantiate(context, library)

export default shim
