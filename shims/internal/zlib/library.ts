/** zlib itself, in JavaScript: `zlib` asks for it when something is to be compressed, decompressed or summed up. */

import type { Shim } from '../../../src/seams.ts'
import pako from '../../libraries/pako.js'
import { instantiate } from '../../library.ts'

const shim: Shim = (context) => instantiate(context, pako)

export default shim
