/** When callbacks of `fs` run: in a later turn of the loop, as node's do, and through the loop's door. */

import type { ShimContext } from '../../../src/seams.ts'
import { loopOf } from '../loop.ts'
import type { LooseFunction } from '../loose.ts'

/**
 * Gives a function that puts a callback off: memfs would call it in a microtask, where an error that the guest throws
 * is a rejection that nobody handles. The guest is kept alive until then; `cancel` is for calls that fail at once.
 */
export function createCallbacks(
  context: ShimContext,
): (callback: LooseFunction) => { callback: LooseFunction; cancel(): void } {
  const loop = loopOf(context)
  const { host } = context
  const hasTurns = host.setImmediate !== undefined || host.setTimeout !== undefined
  return (callback) => {
    const { frame } = loop
    let isHeld = true
    loop.hold()
    const cancel = () => {
      if (isHeld) loop.release()
      isHeld = false
    }
    return {
      cancel,
      callback(...given: unknown[]) {
        const before = loop.frame
        loop.frame = frame
        // memfs gives a result also where there is none.
        const args = given.length === 2 && given[1] === undefined ? [given[0]] : given
        const call = () => callback(...args)
        // Without timers there are no turns: after the ticks is the next best.
        if (hasTurns) context.require('internal/timers').createImmediate(call, [])
        else loop.nextTick(call, [])
        loop.frame = before
        cancel()
      },
    }
  }
}
