/** The errors that are zlib's alone. */

import { type CodedError, codedError } from '../../../src/errors.ts'

export function tooLarge(limit: number): RangeError & CodedError {
  const message = `Cannot create a Buffer larger than ${limit} bytes`
  return codedError(RangeError, 'ERR_BUFFER_TOO_LARGE', message)
}

export function trailingJunk(): TypeError & CodedError {
  const message = 'Trailing junk found after the end of the compressed stream'
  return codedError(TypeError, 'ERR_TRAILING_JUNK_AFTER_STREAM_END', message)
}

/** What zlib itself found wrong, with its number and that number's name. */
export function zlibError(message: string, errno: number, code: string): Error & CodedError {
  return Object.assign(new Error(message), { errno, code })
}
