/** The `buffer` package's prototype: it knows all encodings but UTF-8, and is not needed before one of those is. */

import type { Shim } from '../../src/seams.ts'
import bufferLibrary from '../libraries/buffer.js'
import { instantiate } from '../library.ts'

const shim: Shim = (context) => instantiate(context, bufferLibrary).Buffer.prototype

export default shim
