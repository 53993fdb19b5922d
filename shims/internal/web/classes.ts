/** Classes of the web platform as lodger has them, for hosts that have not. */

import type { Shim } from '../../../src/seams.ts'
import { createAbortClasses } from './abort.ts'
import { createDomException } from './dom-exception.ts'
import { createEventClasses } from './events.ts'
import { createStructuredClone } from './structured-clone.ts'
import { createTextClasses } from './text.ts'

export interface WebClasses {
  readonly createAbortClasses: typeof createAbortClasses
  readonly createDomException: typeof createDomException
  readonly createEventClasses: typeof createEventClasses
  readonly createStructuredClone: typeof createStructuredClone
  readonly createTextClasses: typeof createTextClasses
}

const shim: Shim = (): WebClasses => ({
  createAbortClasses,
  createDomException,
  createEventClasses,
  createStructuredClone,
  createTextClasses,
})

export default shim
