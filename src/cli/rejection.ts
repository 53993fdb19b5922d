import type { RejectionListener } from '../seams.ts'

/** Stands between the real process, which tells of rejections, and the guest's, which is made later. */
export interface RejectionRelay extends RejectionListener {
  /** For `createLoader({ host })`. */
  onRejections(listener: RejectionListener): () => void
}

export function createRejectionRelay(): RejectionRelay {
  let target: RejectionListener | undefined
  return {
    onRejections(listener) {
      target = listener
      return () => {
        target = undefined
      }
    },
    unhandled: (reason, promise) => target?.unhandled(reason, promise),
    handled: (promise) => target?.handled(promise),
  }
}
