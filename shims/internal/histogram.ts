/** The histograms of `perf_hooks`. */

import { codedError, createError } from '../../src/errors.ts'
import type { ShimContext } from '../../src/seams.ts'
import { Counts } from './histogram-counts.ts'
import { inspectAs } from './inspect-as.ts'
import type { Loose } from './loose.ts'
import { disposeSymbol } from './symbols.ts'
import { outOfRange, validateInteger, validateNumber, validateObject } from './validate.ts'

const inspectSymbol = Symbol.for('nodejs.util.inspect.custom')
/** To be known to the makers alone. */
const key = {}

function checkConstructor(given: unknown): void {
  if (given === key) return
  throw codedError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor')
}

function createHistogramClass(context: ShimContext) {
  return class Histogram {
    readonly #counts: Counts

    constructor(given: unknown, counts: Counts) {
      checkConstructor(given)
      this.#counts = counts
    }

    get count(): number {
      return this.#counts.total
    }

    get countBigInt(): bigint {
      return BigInt(this.count)
    }

    get min(): number {
      return this.#counts.min
    }

    get minBigInt(): bigint {
      return this.count === 0 ? 2n ** 63n - 1n : BigInt(this.min)
    }

    get max(): number {
      return this.#counts.max
    }

    get maxBigInt(): bigint {
      return BigInt(this.max)
    }

    get mean(): number {
      return this.#counts.mean
    }

    get exceeds(): number {
      return this.#counts.exceeds
    }

    get exceedsBigInt(): bigint {
      return BigInt(this.exceeds)
    }

    get stddev(): number {
      return Math.sqrt(this.#counts.moment(2))
    }

    get skewness(): number {
      const variance = this.#counts.moment(2)
      if (this.count < 3 || variance === 0) return 0
      return this.#counts.moment(3) / (variance * Math.sqrt(variance))
    }

    get kurtosis(): number {
      const variance = this.#counts.moment(2)
      if (this.count < 4 || variance === 0) return 0
      return this.#counts.moment(4) / (variance * variance) - 3
    }

    get percentiles(): Map<number, number> {
      return this.#counts.percentiles()
    }

    get percentilesBigInt(): Map<number, bigint> {
      return new Map(Array.from(this.percentiles, ([rank, value]) => [rank, BigInt(value)]))
    }

    percentile(rank: unknown): number {
      validateNumber(rank, 'percentile')
      if (!(rank > 0 && rank <= 100)) throw outOfRange('percentile', '> 0 && <= 100', rank)
      return this.#counts.percentile(rank)
    }

    percentileBigInt(rank: unknown): bigint {
      return BigInt(this.percentile(rank))
    }

    reset(): void {
      this.#counts.reset()
    }

    toJSON(): object {
      const { count, min, max, mean, exceeds, stddev, skewness, kurtosis } = this
      const percentiles = Object.fromEntries(this.percentiles)
      return { count, min, max, mean, exceeds, stddev, skewness, kurtosis, percentiles }
    }

    [inspectSymbol](depth: number | null, options: Loose): unknown {
      const { min, max, mean, exceeds, stddev, skewness, kurtosis, count, percentiles } = this
      const shown = { min, max, mean, exceeds, stddev, skewness, kurtosis, count, percentiles }
      return inspectAs(context, this, shown, depth, options, 'Histogram')
    }
  }
}

/** One loader's: guests see the classes. */
export interface Histograms {
  createHistogram(options?: Loose): object
  monitorEventLoopDelay(options?: Loose): object
  /** Adds a duration in nanoseconds. @throws ERR_INVALID_ARG_TYPE when it is no histogram to record in */
  recorder(histogram: Loose, name: string): (nanoseconds: number) => void
}

export function createHistograms(context: ShimContext): Histograms {
  const Histogram = createHistogramClass(context)
  const nanoseconds = () => Math.round(context.host.uptime() * 1e6)

  class RecordableHistogram extends Histogram {
    readonly #counts: Counts
    #last: number | undefined

    constructor(given: unknown, counts: Counts) {
      super(given, counts)
      this.#counts = counts
    }

    record(value: unknown): void {
      if (typeof value !== 'bigint') validateInteger(value, 'val', 1)
      else if (value < 1n) throw codedError(RangeError, 'ERR_OUT_OF_RANGE', 'value is out of range')
      this.#counts.record(Number(value))
    }

    recordDelta(): void {
      const now = nanoseconds()
      if (this.#last !== undefined) this.#counts.record(Math.max(1, now - this.#last))
      this.#last = now
    }

    add(other: unknown): void {
      if (!(other instanceof RecordableHistogram)) {
        throw createError('ERR_INVALID_ARG_TYPE', 'other', 'RecordableHistogram', other)
      }
      this.#counts.add(other.#counts)
    }
  }

  class ELDHistogram extends Histogram {
    readonly #counts: Counts
    readonly #resolution: number
    #timer: Loose

    constructor(given: unknown, counts: Counts, resolution: number) {
      super(given, counts)
      this.#counts = counts
      this.#resolution = resolution
    }

    enable(): boolean {
      if (this.#timer !== undefined) return false
      let last = nanoseconds()
      const timer = context.require('timers').setInterval(() => {
        const now = nanoseconds()
        this.#counts.record(Math.max(1, now - last))
        last = now
      }, this.#resolution)
      this.#timer = timer.unref()
      return true
    }

    disable(): boolean {
      if (this.#timer === undefined) return false
      context.require('timers').clearInterval(this.#timer)
      this.#timer = undefined
      return true
    }

    [disposeSymbol](): void {
      this.disable()
    }
  }

  return {
    createHistogram(options = {}) {
      validateObject(options, 'options')
      const { lowest = 1, highest = Number.MAX_SAFE_INTEGER, figures = 3 } = options
      if (typeof lowest !== 'bigint') validateInteger(lowest, 'options.lowest', 1)
      if (typeof highest !== 'bigint') validateInteger(highest, 'options.highest')
      const least = 2n * BigInt(lowest)
      if (highest < least) {
        throw outOfRange('options.highest', `>= 2 * options.lowest (${least}n)`, highest)
      }
      validateInteger(figures, 'options.figures', 1, 5)
      return new RecordableHistogram(key, new Counts(Number(lowest), Number(highest), figures))
    },
    monitorEventLoopDelay(options = {}) {
      validateObject(options, 'options')
      const { resolution = 10 } = options
      validateInteger(resolution, 'options.resolution', 1)
      return new ELDHistogram(key, new Counts(1, 3.6e12, 3), resolution)
    },
    recorder(histogram, name) {
      if (!(histogram instanceof RecordableHistogram)) {
        throw createError('ERR_INVALID_ARG_TYPE', name, 'RecordableHistogram', histogram)
      }
      return (duration) => histogram.record(Math.max(1, Math.ceil(duration)))
    },
  }
}
