/** The error with which node's own functions answer an abort. */

import type { CodedError } from '../../src/errors.ts'

/** Named AbortError with code ABORT_ERR; `reason` is the signal's and becomes `cause`. */
export function createAbortError(
  reason?: unknown,
  message = 'The operation was aborted',
): CodedError {
  // A signal aborted without a reason of its own still has one, so `undefined` means that there was no signal.
  const error = new Error(
    message,
    reason === undefined ? undefined : { cause: reason },
  ) as CodedError
  error.code = 'ABORT_ERR'
  error.name = 'AbortError'
  return error
}
