// https://nodejs.org/docs/latest-v26.x/api/stream.html#streams-promises-api

import type { Shim } from '../../src/seams.ts'

const createStreamPromises: Shim = (context) => context.require('stream').promises

export default createStreamPromises
