/** https://nodejs.org/docs/latest-v26.x/api/zlib.html: all of deflate; brotli, zstd and archives are not here. */

import { createError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import { bytesOf } from './internal/brands.ts'
import { defineLate, lateFunction } from './internal/late.ts'
import type { Loose } from './internal/loose.ts'
import { nameFunction } from './internal/names.ts'
import { stubExports } from './internal/stub-exports.ts'
import { validateInteger } from './internal/validate.ts'

/** A class and, with another first letter, its functions. */
const classes = ['Deflate', 'Inflate', 'Gzip', 'Gunzip', 'DeflateRaw', 'InflateRaw', 'Unzip']

const shim: Shim = (context) => {
  const exports = stubExports(context)
  const { constants } = exports as { constants: Record<string, number> }
  constants.Z_MAX_CHUNK = Infinity
  // Programs require it for a response that is seldom compressed.
  // The limit is that of now: it may be changed for a moment, to have little.
  const { kMaxLength } = context.require('buffer')
  let made: Loose
  const streams = (): Loose => {
    made ??= context.require('internal/zlib')(kMaxLength)
    return made
  }
  for (const name of classes) {
    defineLate(exports, name, () => streams()[name])
    const oneStep = name.replace(/^./, (first) => first.toLowerCase())
    exports[oneStep] = lateFunction('asyncBufferWrapper', 3, () => streams()[oneStep])
    const sync = `${oneStep}Sync`
    exports[sync] = lateFunction('syncBufferWrapper', 2, () => streams()[sync])
    const create = (options: unknown): Loose => new (streams()[name])(options)
    nameFunction(create, `create${name}`)
    Object.defineProperty(exports, `create${name}`, { value: create, writable: false })
  }
  exports.crc32 = (data: Loose, value: unknown = 0): number => {
    if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
      const expected = ['Buffer', 'TypedArray', 'DataView', 'string']
      throw createError('ERR_INVALID_ARG_TYPE', 'data', expected, data)
    }
    validateInteger(value, 'value', 0, 2 ** 32 - 1)
    const bytes =
      typeof data === 'string' ? context.require('buffer').Buffer.from(data) : bytesOf(data)
    return context.require('internal/zlib/library').crc32(value, bytes, bytes.length, 0) >>> 0
  }
  nameFunction(exports.crc32, 'crc32')

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
