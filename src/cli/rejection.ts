import type { RejectionListener } from '../seams.ts'

/** Stands between the real process, which tells of rejections, and those of the guest and its children, which are made later. */
export interface RejectionRelay extends RejectionListener {
  /** For `createLoader({ host })`. */
  onRejections(listener: RejectionListener): () => void
}

export function createRejectionRelay(): RejectionRelay {
  const targets = new Set<RejectionListener>()
  return {
    onRejections(listener) {
      targets.add(listener)
      return () => targets.delete(listener)
    },
    unhandled(reason, promise) {
      for (const target of [...targets]) target.unhandled(reason, promise)
    },
    handled(promise) {
      for (const target of targets) target.handled(promise)
    },
  }
}
