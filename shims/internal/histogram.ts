/** `perf_hooks.createHistogram`: keeps every value, which is exact and fine for the few that programs record. */

import type { Loose } from './loose.ts'
import { validateNumber } from './validate.ts'

export function createHistogramClass(): (options?: object) => Loose {
  class RecordableHistogram {
    #values: number[] = []
    #last: number | undefined

    #sorted(): number[] {
      return this.#values.sort((a, b) => a - b)
    }

    get count(): number {
      return this.#values.length
    }

    get countBigInt(): bigint {
      return BigInt(this.count)
    }

    get min(): number {
      return this.#sorted()[0] ?? 9_223_372_036_854_776_000
    }

    get max(): number {
      return this.#sorted().at(-1) ?? 0
    }

    get mean(): number {
      return this.#values.reduce((sum, value) => sum + value, 0) / this.count
    }

    get stddev(): number {
      const { mean } = this
      return Math.sqrt(
        this.#values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / this.count,
      )
    }

    get exceeds(): number {
      return 0
    }

    get percentiles(): Map<number, number> {
      return new Map([0, 50, 75, 87.5, 93.75, 100].map((rank) => [rank, this.percentile(rank)]))
    }

    percentile(rank: unknown): number {
      validateNumber(rank, 'percentile', Number.MIN_VALUE, 100)
      const index = Math.max(0, Math.ceil((rank / 100) * this.count) - 1)
      return this.#sorted()[index] ?? 0
    }

    record(value: number | bigint): void {
      this.#values.push(Number(value))
    }

    recordDelta(): void {
      const now = Date.now() * 1e6
      if (this.#last !== undefined) this.#values.push(now - this.#last)
      this.#last = now
    }

    add(other: RecordableHistogram): void {
      this.#values.push(...other.#values)
    }

    reset(): void {
      this.#values = []
    }
  }
  return function createHistogram() {
    return new RecordableHistogram()
  }
}
