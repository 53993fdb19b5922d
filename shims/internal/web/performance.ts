// biome-ignore-all lint/complexity/noArguments: WebIDL counts the arguments, given or not
/** `performance` and its entries, one timeline per loader. https://nodejs.org/docs/latest-v26.x/api/perf_hooks.html */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import { notImplemented } from '../../not-implemented.ts'
import type { Loose } from '../loose.ts'
import { validateFunction, validateObject, validateString } from '../validate.ts'

type Exports = Record<string, Loose>

const made = new WeakMap<object, Exports>()

/** What `perf_hooks` and the globals share: the host's where it has `performance`, else a timeline of the loader's own. */
export function performanceOf(context: ShimContext): Exports {
  let exports = made.get(context.global)
  if (exports === undefined) {
    exports = createPerformance(context)
    // All of the host's or all of ours: an observer of the one hears nothing of the other.
    const given = context.host.global as Exports
    if (given.performance !== undefined) {
      for (const name of Object.keys(exports)) exports[name] = given[name] ?? exports[name]
    }
    made.set(context.global, exports)
  }
  return exports
}

function createPerformance(context: ShimContext): Exports {
  const { host } = context
  const start = host.uptime()
  const timeOrigin = host.now()
  const now = () => host.uptime() - start
  let entries: Loose[] = []
  const observers = new Set<Loose>()
  let mayConstruct = false
  const inspectSymbol = Symbol.for('nodejs.util.inspect.custom')

  function make<T>(create: () => T): T {
    mayConstruct = true
    try {
      return create()
    } finally {
      mayConstruct = false
    }
  }
  const checkConstructor = () => {
    if (!mayConstruct) throw codedError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor')
  }

  class PerformanceEntry {
    readonly name: string
    readonly entryType: string
    readonly startTime: number
    readonly duration: number

    constructor(name: string, entryType: string, startTime: number, duration: number) {
      if (new.target !== (PerformanceMark as unknown)) checkConstructor()
      this.name = name
      this.entryType = entryType
      this.startTime = startTime
      this.duration = duration
    }

    toJSON(): object {
      return { ...this }
    }

    [inspectSymbol](depth: number, options: Loose): unknown {
      if (depth < 0) return this
      return `${this.constructor.name} ${context.require('util').inspect(this.toJSON(), options)}`
    }
  }

  class PerformanceMark extends PerformanceEntry {
    readonly detail: unknown

    constructor(name: unknown, options: Loose = undefined) {
      if (arguments.length === 0) throw createError('ERR_MISSING_ARGS', 'name')
      if (options !== undefined) validateObject(options, 'options')
      const startTime = options?.startTime ?? now()
      if (startTime < 0) {
        const text = `${startTime} is not a valid timestamp`
        throw codedError(TypeError, 'ERR_PERFORMANCE_INVALID_TIMESTAMP', text)
      }
      super(`${name}`, 'mark', startTime, 0)
      this.detail = options?.detail ?? null
    }
  }

  class PerformanceMeasure extends PerformanceEntry {
    readonly detail: unknown

    constructor(name: string, startTime: number, duration: number, detail: unknown) {
      super(name, 'measure', startTime, duration)
      this.detail = detail
    }
  }

  function enqueue(entry: Loose): void {
    entries.push(entry)
    for (const observer of observers) observer.take(entry)
  }

  /** A mark's name or a time. */
  function timeOf(point: unknown, missing: number): number {
    if (point === undefined) return missing
    if (typeof point === 'number') return point
    const mark = entries.findLast((one) => one.entryType === 'mark' && one.name === `${point}`)
    if (mark !== undefined) return mark.startTime
    const DOMException = context.global.DOMException as Loose
    throw new DOMException(`The "${point}" performance mark has not been set`, 'SyntaxError')
  }

  const byName = (name: unknown, type?: unknown) => (entry: Loose) =>
    entry.name === `${name}` && (type === undefined || entry.entryType === type)
  const sorted = (list: Loose[]) => list.toSorted((a, b) => a.startTime - b.startTime)

  class Performance {
    constructor() {
      checkConstructor()
    }

    get timeOrigin(): number {
      return timeOrigin
    }

    get nodeTiming(): object {
      return { name: 'node', entryType: 'node', startTime: 0, duration: now(), nodeStart: 0 }
    }

    now(): number {
      return now()
    }

    mark(name: unknown, options?: Loose): PerformanceMark {
      const mark = new PerformanceMark(name, options)
      enqueue(mark)
      return mark
    }

    measure(name: unknown, from?: Loose, to?: unknown): PerformanceMeasure {
      validateString(name, 'name')
      const isOptions = from !== null && typeof from === 'object'
      const given = isOptions ? from : { start: from, end: to }
      const { duration } = given
      let end = timeOf(given.end, now())
      let begin = timeOf(given.start, 0)
      if (duration !== undefined && given.start === undefined) begin = end - duration
      else if (duration !== undefined && given.end === undefined) end = begin + duration
      const detail = given.detail ?? null
      const measure = make(() => new PerformanceMeasure(name, begin, end - begin, detail))
      enqueue(measure)
      return measure
    }

    getEntries(): Loose[] {
      return sorted(entries)
    }

    getEntriesByName(name: unknown, type?: unknown): Loose[] {
      return sorted(entries.filter(byName(name, type)))
    }

    getEntriesByType(type: unknown): Loose[] {
      return sorted(entries.filter((entry) => entry.entryType === type))
    }

    clearMarks(name?: unknown): void {
      clear('mark', name)
    }

    clearMeasures(name?: unknown): void {
      clear('measure', name)
    }

    clearResourceTimings(): void {}

    setResourceTimingBufferSize(): void {}

    eventLoopUtilization(): { idle: number; active: number; utilization: number } {
      return { idle: 0, active: 0, utilization: 0 }
    }

    timerify(fn: Loose): Loose {
      validateFunction(fn, 'fn')
      const timerified = function (this: unknown, ...args: unknown[]): unknown {
        return new.target ? Reflect.construct(fn, args, fn) : Reflect.apply(fn, this, args)
      }
      return Object.defineProperties(timerified, {
        name: { value: `timerified ${fn.name}`, configurable: true },
        length: { value: fn.length, configurable: true },
      })
    }

    toJSON(): object {
      return {
        nodeTiming: this.nodeTiming,
        timeOrigin,
        eventLoopUtilization: this.eventLoopUtilization(),
      }
    }
  }

  function clear(type: string, name: unknown): void {
    entries = entries.filter(
      (entry) => entry.entryType !== type || (name !== undefined && entry.name !== `${name}`),
    )
  }

  class PerformanceObserverEntryList {
    readonly #entries: Loose[]

    constructor(list: Loose[]) {
      checkConstructor()
      this.#entries = sorted(list)
    }

    getEntries(): Loose[] {
      return [...this.#entries]
    }

    getEntriesByType(type: unknown): Loose[] {
      return this.#entries.filter((entry) => entry.entryType === type)
    }

    getEntriesByName(name: unknown, type?: unknown): Loose[] {
      return this.#entries.filter(byName(name, type))
    }
  }

  class PerformanceObserver {
    readonly #callback: Loose
    #types: string[] = []
    #waiting: Loose[] = []
    #scheduled = false

    constructor(callback: unknown) {
      validateFunction(callback, 'callback')
      this.#callback = callback
    }

    static get supportedEntryTypes(): string[] {
      return ['mark', 'measure']
    }

    observe(options: Loose = {}): void {
      validateObject(options, 'options')
      const { entryTypes, type, buffered } = options
      if (entryTypes === undefined && type === undefined) {
        const text = 'The "options.entryTypes" or "options.type" argument must be specified'
        throw codedError(TypeError, 'ERR_MISSING_ARGS', text)
      }
      this.#types = type === undefined ? [...entryTypes] : [...this.#types, type]
      observers.add(this)
      if (!buffered) return
      for (const entry of entries) if (entry.entryType === type) this.take(entry)
    }

    disconnect(): void {
      observers.delete(this)
      this.#types = []
      this.#waiting = []
    }

    takeRecords(): Loose[] {
      return this.#waiting.splice(0)
    }

    /** An entry has been made. */
    take(entry: Loose): void {
      if (!this.#types.includes(entry.entryType)) return
      this.#waiting.push(entry)
      if (this.#scheduled) return
      this.#scheduled = true
      context.require('timers').setImmediate(() => {
        this.#scheduled = false
        if (this.#waiting.length === 0) return
        const list = make(() => new PerformanceObserverEntryList(this.takeRecords()))
        this.#callback.call(this, list, this)
      })
    }
  }

  for (const Class of [Performance, PerformanceObserver, PerformanceObserverEntryList]) {
    Object.defineProperty(Class.prototype, Symbol.toStringTag, {
      value: Class.name,
      configurable: true,
    })
  }
  return {
    Performance,
    PerformanceEntry,
    PerformanceMark,
    PerformanceMeasure,
    PerformanceObserver,
    PerformanceObserverEntryList,
    PerformanceResourceTiming: notImplemented(context, 'PerformanceResourceTiming'),
    performance: make(() => new Performance()),
  }
}
