/** What reads the mappings of a source map; made when the first one is read. */
import type { Shim } from '../../src/seams.ts'
import library from '../libraries/source-map-codec.js'
import { instantiate } from '../library.ts'

const shim: Shim = (context) => instantiate(context, library)

export default shim
