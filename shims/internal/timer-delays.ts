/** How long a timer waits, and what is said of a delay that it cannot have. */

import type { ShimContext } from '../../src/seams.ts'

const longest = 2 ** 31 - 1

/** @returns whole or broken milliseconds for what the guest has given */
export function createDelays(context: ShimContext): (after: unknown) => number {
  let warnedNegative = false
  let warnedNaN = false

  return (after) => {
    const delay = after === undefined ? 1 : Number(after)
    if (delay >= 1 && delay <= longest) return delay
    const warn = (what: string, type: string) =>
      context
        .require('process')
        .emitWarning(`${delay} ${what}.\nTimeout duration was set to 1.`, type)
    if (delay > longest) warn('does not fit into a 32-bit signed integer', 'TimeoutOverflowWarning')
    else if (delay < 0 && !warnedNegative) {
      warnedNegative = true
      warn('is a negative number', 'TimeoutNegativeWarning')
    } else if (Number.isNaN(delay) && !warnedNaN) {
      warnedNaN = true
      warn('is not a number', 'TimeoutNaNWarning')
    }
    return 1
  }
}
