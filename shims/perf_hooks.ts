/** https://nodejs.org/docs/latest-v26.x/api/perf_hooks.html */

import type { Shim } from '../src/seams.ts'
import { performanceOf } from './internal/web/performance.ts'
import { notImplemented } from './not-implemented.ts'

const shim: Shim = (context) => {
  const { performance, histograms, ...classes } = performanceOf(context)
  return {
    ...classes,
    performance,
    createHistogram: histograms.createHistogram,
    monitorEventLoopDelay: histograms.monitorEventLoopDelay,
    eventLoopUtilization: performance.eventLoopUtilization,
    timerify: performance.timerify,
    createSlidingWindowHistogram: notImplemented(context, 'createSlidingWindowHistogram', 1),
    importHistogram: notImplemented(context, 'importHistogram', 1),
    constants: Object.freeze({
      NODE_PERFORMANCE_GC_MAJOR: 4,
      NODE_PERFORMANCE_GC_MINOR: 1,
      NODE_PERFORMANCE_GC_MINOR_MARK_SWEEP: 2,
      NODE_PERFORMANCE_GC_INCREMENTAL: 8,
      NODE_PERFORMANCE_GC_WEAKCB: 16,
      NODE_PERFORMANCE_GC_FLAGS_NO: 0,
      NODE_PERFORMANCE_GC_FLAGS_CONSTRUCT_RETAINED: 2,
      NODE_PERFORMANCE_GC_FLAGS_FORCED: 4,
      NODE_PERFORMANCE_GC_FLAGS_SYNCHRONOUS_PHANTOM_PROCESSING: 8,
      NODE_PERFORMANCE_GC_FLAGS_ALL_AVAILABLE_GARBAGE: 16,
      NODE_PERFORMANCE_GC_FLAGS_ALL_EXTERNAL_MEMORY: 32,
      NODE_PERFORMANCE_GC_FLAGS_SCHEDULE_IDLE: 64,
    }),
  }
}

export default shim
