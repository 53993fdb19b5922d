import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'

const watermarks = Symbol.for('nodejs.watermarkData')

/** The lines from now on, one iterator for all who ask; the input pauses while too many wait. */
export function lineIterator(context: ShimContext, self: Loose): Loose {
  const options = { close: ['close'], highWaterMark: 1024 }
  const events = context.require('events').on(self, 'line', options)
  const iterator = {
    async next() {
      const { done, value } = await events.next()
      return done ? { done, value } : { done, value: value[0] }
    },
    return: () => events.return(),
    throw: (error: unknown) => events.throw(error),
    [watermarks]: events[watermarks],
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}
