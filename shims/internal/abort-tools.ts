/** `util.aborted` and the transferable forms of abort signals. */

import { createError } from '../../src/errors.ts'
import type { ShimContext } from '../../src/seams.ts'
import { notImplemented } from '../not-implemented.ts'
import type { Loose } from './loose.ts'
import { validateAbortSignal, validateObject } from './validate.ts'

export interface AbortTools {
  aborted(signal: Loose, resource: Loose): Promise<void>
  transferableAbortController(): Loose
  transferableAbortSignal(signal: Loose): Loose
}

export function createAbortTools(context: ShimContext): AbortTools {
  return {
    async aborted(signal, resource) {
      if (signal === undefined)
        throw createError('ERR_INVALID_ARG_TYPE', 'signal', 'AbortSignal', signal)
      validateAbortSignal(signal, 'signal')
      validateObject(resource, 'resource', { array: true, function: true })
      if (signal.aborted) return
      // The listener does not hold the resource: when it is gone, so is the interest in the signal.
      const reference = new WeakRef(resource)
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => reference.deref() !== undefined && resolve(), {
          once: true,
        })
      })
    },
    // A host's controllers stay what they are: only structured cloning, which lodger does not offer, tells them apart.
    transferableAbortController() {
      const AbortController = context.global.AbortController as Loose
      if (!AbortController) return notImplemented(context, 'transferableAbortController')()
      return new AbortController()
    },
    transferableAbortSignal(signal) {
      if (signal === undefined)
        throw createError('ERR_INVALID_ARG_TYPE', 'signal', 'AbortSignal', signal)
      validateAbortSignal(signal, 'signal')
      return signal
    },
  }
}
