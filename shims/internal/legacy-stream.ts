/** The class from which all streams inherit, by itself: `require('stream')` is that class, with the others as members. */
import type { Shim } from '../../src/seams.ts'
import legacyStreamLibrary from '../libraries/legacy-stream.js'
import { instantiate } from '../library.ts'

const createLegacyStream: Shim = (context) => instantiate(context, legacyStreamLibrary)

export default createLegacyStream
