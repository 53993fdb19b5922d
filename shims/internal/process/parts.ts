/** Members of `process` that few programs look at: made when one does. */

import type { Shim } from '../../../src/seams.ts'
import { createConfig, createFeatures, createRelease, createVersions } from './facts.ts'
import { createEnvironmentFlags } from './flags.ts'
import { createRejections } from './rejections.ts'
import { createFinalization, createReport } from './report.ts'
import { createInput, createOutput } from './streams.ts'

export interface ProcessParts {
  readonly createConfig: typeof createConfig
  readonly createEnvironmentFlags: typeof createEnvironmentFlags
  readonly createFeatures: typeof createFeatures
  readonly createFinalization: typeof createFinalization
  readonly createInput: typeof createInput
  readonly createOutput: typeof createOutput
  readonly createRejections: typeof createRejections
  readonly createRelease: typeof createRelease
  readonly createReport: typeof createReport
  readonly createVersions: typeof createVersions
}

const shim: Shim = (): ProcessParts => ({
  createConfig,
  createEnvironmentFlags,
  createFeatures,
  createFinalization,
  createInput,
  createOutput,
  createRejections,
  createRelease,
  createReport,
  createVersions,
})

export default shim
