// biome-ignore-all lint/complexity/noArguments: WebIDL counts the arguments, given or not
/** `performance`, one timeline per loader. https://nodejs.org/docs/latest-v26.x/api/perf_hooks.html */

import { codedError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import { notImplemented } from '../../not-implemented.ts'
import { createHistograms, type Histograms } from '../histogram.ts'
import { inspectAs } from '../inspect-as.ts'
import type { Loose } from '../loose.ts'
import { shapeMembers } from '../names.ts'
import { validateFunction, validateObject, validateString } from '../validate.ts'
import {
  checkArguments,
  checkMaker,
  checkTimestamp,
  copyOf,
  createEntryClasses,
  maker,
  milestones,
} from './performance-entries.ts'
import { byTime, createObservers, named } from './performance-observers.ts'

type Exports = Record<string, Loose>

const made = new WeakMap<object, Exports>()

/** What `perf_hooks` and the globals share: the host's where that is node's kind, as no browser's is; else our own. */
export function performanceOf(context: ShimContext): Exports {
  let exports = made.get(context.global)
  if (exports === undefined) {
    const histograms = createHistograms(context)
    exports = createPerformance(context, histograms)
    // All of the host's or all of ours: an observer of the one hears nothing of the other.
    const given = context.host.global as Exports
    if (given.performance?.timerify !== undefined) {
      for (const name of Object.keys(exports)) exports[name] = given[name] ?? exports[name]
    }
    exports.histograms = histograms
    made.set(context.global, exports)
  }
  return exports
}

function createPerformance(context: ShimContext, histograms: Histograms): Exports {
  const { host } = context
  const start = host.uptime()
  const timeOrigin = host.now()
  const now = () => host.uptime() - start
  let entries: Loose[] = []
  const ofType = (type: unknown) => entries.filter((entry) => entry.entryType === type)
  const { PerformanceNodeEntry, ...classes } = createEntryClasses(context, now)
  const { PerformanceEntry, PerformanceMark, PerformanceMeasure } = classes
  const { tell, ...observerClasses } = createObservers(context, ofType)

  function enqueue(entry: Loose): Loose {
    entries.push(entry)
    tell(entry)
    return entry
  }

  /** Of a mark's name or of a time. */
  function timeOf(point: unknown): number {
    if (typeof point === 'number') return checkTimestamp(point)
    const mark = ofType('mark').findLast(({ name }) => name === `${point}`)
    if (mark !== undefined) return mark.startTime
    if (milestones.includes(`${point}`)) return nodeTiming[`${point}`]
    const DOMException = context.global.DOMException as Loose
    throw new DOMException(`The "${point}" performance mark has not been set`, 'SyntaxError')
  }

  function clear(type: string, name: unknown): void {
    entries = entries.filter(
      (entry) => entry.entryType !== type || (name !== undefined && entry.name !== `${name}`),
    )
  }

  const eventLoopUtilization = () => ({ idle: 0, active: 0, utilization: 0 })

  function timerify(fn: Loose, options: Loose = {}): Loose {
    validateFunction(fn, 'fn')
    validateObject(options, 'options')
    const { histogram } = options
    const record =
      histogram === undefined ? undefined : histograms.recorder(histogram, 'options.histogram')
    function finish(startTime: number, detail: unknown[]): void {
      const duration = now() - startTime
      record?.(duration * 1e6)
      const fields = { name: fn.name, entryType: 'function', startTime, duration, detail }
      tell(Object.assign(new PerformanceNodeEntry(maker, fields), detail))
    }
    function timerified(this: unknown, ...args: unknown[]): Loose {
      const begin = now()
      const result: Loose = new.target
        ? Reflect.construct(fn, args, fn)
        : Reflect.apply(fn, this, args)
      if (!new.target && typeof result?.finally === 'function') {
        return result.finally(() => finish(begin, args))
      }
      finish(begin, args)
      return result
    }
    return Object.defineProperties(timerified, {
      name: { value: `timerified ${fn.name}`, configurable: true },
      length: { value: fn.length, configurable: true },
    })
  }

  class PerformanceNodeTiming extends PerformanceEntry {
    constructor() {
      super(maker)
      const times = { name: 'node', entryType: 'node', startTime: 0 }
      for (const [name, value] of Object.entries(times)) {
        Object.defineProperty(this, name, { value, enumerable: true, configurable: true })
      }
      Object.defineProperty(this, 'duration', { get: now, enumerable: true, configurable: true })
      for (const name of milestones) this[name] = name.startsWith('loop') ? -1 : 0
      // Never 0, as programs take that for not yet.
      this.bootstrapComplete = Number.MIN_VALUE
      this.idleTime = 0
      this.uvMetricsInfo = { loopCount: 0, events: 0, eventsWaiting: 0 }
    }

    toJSON(): object {
      const { uvMetricsInfo, ...rest } = this
      return rest
    }
  }
  const nodeTiming: Loose = new PerformanceNodeTiming()

  class Performance {
    constructor(...[given]: [given?: unknown]) {
      checkMaker(given)
    }

    clearMarks(name: unknown = undefined): void {
      clear('mark', name)
    }

    clearMeasures(name: unknown = undefined): void {
      clear('measure', name)
    }

    clearResourceTimings(): void {}

    getEntries(): Loose[] {
      return byTime(entries)
    }

    getEntriesByName(name: unknown, type: unknown = undefined): Loose[] {
      checkArguments(arguments, 'name')
      return byTime(entries.filter(named(name, type)))
    }

    getEntriesByType(type: unknown): Loose[] {
      checkArguments(arguments, 'type')
      return byTime(ofType(`${type}`))
    }

    mark(name: unknown, options: Loose = undefined): Loose {
      checkArguments(arguments, 'name')
      return enqueue(new PerformanceMark(name, options))
    }

    measure(name: unknown, from: Loose = undefined, to: unknown = undefined): Loose {
      checkArguments(arguments, 'name')
      validateString(name, 'name')
      const { startTime, duration, detail = undefined } = spanOf(from, to)
      const fields = { name, entryType: 'measure', startTime, duration }
      const entry = { ...fields, detail: copyOf(context, detail) }
      return enqueue(new PerformanceMeasure(maker, entry))
    }

    now(): number {
      return now()
    }

    setResourceTimingBufferSize(_maxSize: unknown): void {
      checkArguments(arguments, 'maxSize')
    }

    get timeOrigin(): number {
      return timeOrigin
    }

    get nodeTiming(): object {
      return nodeTiming
    }

    toJSON(): object {
      return { nodeTiming, timeOrigin, eventLoopUtilization: eventLoopUtilization() }
    }

    [Symbol.for('nodejs.util.inspect.custom')](depth: number | null, options: Loose): unknown {
      return inspectAs(context, this, { nodeTiming, timeOrigin }, depth, options)
    }
  }

  /** https://w3c.github.io/user-timing/#measure-method */
  function spanOf(from: Loose, to: unknown): Loose {
    const isOptions = from !== null && typeof from === 'object' && Object.keys(from).length > 0
    const given = isOptions ? from : { start: typeof from === 'string' ? from : undefined, end: to }
    const { start, end, duration, detail } = given
    const isWhole = start !== undefined && end !== undefined && duration !== undefined
    const text =
      isOptions && to !== undefined
        ? 'endMark must not be specified'
        : isOptions && isWhole
          ? 'Must not have options.start, options.end, and options.duration specified'
          : undefined
    if (text !== undefined) {
      throw codedError(TypeError, 'ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS', text)
    }
    let finish = end === undefined ? undefined : timeOf(end)
    const begin = start === undefined ? undefined : timeOf(start)
    if (finish === undefined && duration !== undefined) finish = (begin ?? 0) + duration
    finish ??= now()
    const startTime = begin ?? (duration === undefined ? 0 : finish - duration)
    return { startTime, duration: finish - startTime, detail }
  }

  Object.assign(Performance.prototype, { eventLoopUtilization, timerify })
  shapeMembers(Performance.prototype, 'eventLoopUtilization/2')
  const exports: Exports = {
    Performance,
    ...classes,
    ...observerClasses,
    PerformanceResourceTiming: notImplemented(context, 'PerformanceResourceTiming'),
    performance: new Performance(maker),
  }
  for (const name of ['Performance', ...Object.keys(observerClasses)]) {
    Object.defineProperty(exports[name].prototype, Symbol.toStringTag, {
      value: name,
      configurable: true,
    })
  }
  return exports
}
