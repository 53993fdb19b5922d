/** https://nodejs.org/docs/latest-v26.x/api/zlib.html: constants and names; compression itself is still to come. */

import type { Shim } from '../src/seams.ts'
import { stubExports } from './internal/stub-exports.ts'

const shim: Shim = (context) => {
  const exports = stubExports(context)
  const { constants } = exports as { constants: Record<string, number> }
  constants.Z_MAX_CHUNK = Infinity
  const codes: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(constants)) {
    // The old way to them, closed to what came later.
    if (!name.startsWith('BROTLI_')) {
      Object.defineProperty(exports, name, { value, enumerable: false })
    }
    if (!/^Z_(?:OK|STREAM_END|NEED_DICT|\w+_ERROR|ERRNO)$/.test(name)) continue
    codes[name] = value
    codes[String(value)] = name
  }
  Object.defineProperties(exports, {
    constants: {
      value: Object.freeze(Object.assign(Object.create(null), constants)),
      enumerable: true,
    },
    codes: { value: Object.freeze(codes), enumerable: true },
  })
  return exports
}

export default shim
