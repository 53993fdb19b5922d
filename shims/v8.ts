/** https://nodejs.org/docs/latest-v26.x/api/v8.html: an engine that tells nothing of itself. */

import type { Shim } from '../src/seams.ts'
import { stubExports } from './internal/stub-exports.ts'
import { createSerialization } from './internal/v8/serialization.ts'
import { validateInteger, validateString } from './internal/validate.ts'

const shim: Shim = (context) => {
  const exports = stubExports(context)
  Object.assign(exports.startupSnapshot, { isBuildingSnapshot: () => 0 })
  return Object.assign(exports, createSerialization(context), {
    cachedDataVersionTag: () => 0,
    getHeapStatistics() {
      const { heapTotal, heapUsed, external } = context.require('process').memoryUsage()
      return {
        total_heap_size: heapTotal,
        total_heap_size_executable: 262_144,
        total_physical_size: heapTotal,
        total_available_size: 2 ** 32,
        used_heap_size: heapUsed,
        heap_size_limit: 2 ** 32,
        malloced_memory: 262_144,
        peak_malloced_memory: 524_288,
        does_zap_garbage: 0,
        number_of_native_contexts: 1,
        number_of_detached_contexts: 0,
        total_global_handles_size: 8192,
        used_global_handles_size: 2112,
        external_memory: external,
        total_allocated_bytes: heapUsed,
      }
    },
    getHeapSpaceStatistics: () => [],
    getHeapCodeStatistics: () => ({
      code_and_metadata_size: 262_144,
      bytecode_and_metadata_size: 65_536,
      external_script_source_size: 1_048_576,
      cpu_profiler_metadata_size: 8192,
    }),
    // There is nothing to set; programs do it to go faster.
    setFlagsFromString(flags: unknown): void {
      validateString(flags, 'flags')
    },
    setHeapSnapshotNearHeapLimit(limit: unknown): void {
      validateInteger(limit, 'limit', 1, 2 ** 32 - 1)
    },
    isStringOneByteRepresentation(content: unknown): boolean {
      validateString(content, 'content')
      return /^[\0-\xff]*$/.test(content)
    },
  })
}

export default shim
