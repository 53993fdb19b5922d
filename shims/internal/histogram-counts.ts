/**
 * How often each value came, values being known to so many figures: http://hdrhistogram.org/. The bounds of its buckets
 * are those of node's histograms, so that what is computed of them is the same.
 */
export class Counts {
  /** The width of the smallest buckets. */
  readonly #unit: number
  readonly #highest: number
  /** Bits in which two values of a bucket may not differ. */
  readonly #bits: number
  /** The least value of a bucket -> how many there are. */
  readonly #buckets = new Map<number, number>()
  total = 0
  exceeds = 0

  constructor(lowest: number, highest: number, figures: number) {
    this.#unit = 2 ** exponentOf(lowest)
    this.#highest = highest
    this.#bits = Math.ceil(Math.log2(2 * 10 ** figures))
  }

  record(value: number): void {
    if (value > this.#highest) this.exceeds++
    else this.#count(value, 1)
  }

  #count(value: number, times: number): void {
    const width = this.#widthAt(value)
    const least = Math.floor(value / width) * width
    this.#buckets.set(least, (this.#buckets.get(least) ?? 0) + times)
    this.total += times
  }

  #widthAt(value: number): number {
    return Math.max(this.#unit, 2 ** (exponentOf(value) - this.#bits + 1))
  }

  add(other: Counts): void {
    for (const [least, times] of [...other.#buckets]) this.#count(least, times)
    this.exceeds += other.exceeds
  }

  reset(): void {
    this.#buckets.clear()
    this.total = 0
    this.exceeds = 0
  }

  #sorted(): [least: number, times: number][] {
    return [...this.#buckets].sort(([one], [other]) => one - other)
  }

  /** The greatest value of a bucket. */
  #greatest(least: number): number {
    return least + this.#widthAt(least) - 1
  }

  get min(): number {
    return this.#sorted()[0]?.[0] ?? 2 ** 63
  }

  get max(): number {
    const last = this.#sorted().at(-1)
    return last === undefined ? 0 : this.#greatest(last[0])
  }

  get mean(): number {
    return this.#average((value) => value)
  }

  /** The mean of a power of how far values are from the mean. */
  moment(power: number): number {
    const { mean } = this
    return this.#average((value) => (value - mean) ** power)
  }

  #average(weigh: (value: number) => number): number {
    let sum = 0
    for (const [least, times] of this.#sorted()) {
      sum += weigh(least + Math.floor(this.#widthAt(least) / 2)) * times
    }
    return sum / this.total
  }

  percentile(rank: number): number {
    const wanted = Math.max(1, Math.floor((rank / 100) * this.total + 0.5))
    let seen = 0
    for (const [least, times] of this.#sorted()) {
      seen += times
      if (seen >= wanted) return this.#greatest(least)
    }
    return 0
  }

  /** At ranks that get denser towards 100, as every step goes half of the way. */
  percentiles(): Map<number, number> {
    const result = new Map<number, number>()
    let rank = 0
    let seen = 0
    let value = 0
    for (const [least, times] of this.#sorted()) {
      seen += times
      value = least
      while (rank <= (100 * seen) / this.total) {
        result.set(rank, value)
        rank += 100 / 2 ** (Math.trunc(Math.log(100 / (100 - rank)) / Math.log(2)) + 1)
        if (seen === this.total) break
      }
    }
    return result.set(100, value)
  }
}

function exponentOf(value: number): number {
  const exponent = Math.floor(Math.log2(Math.max(1, value)))
  // Logarithms of great numbers are rounded.
  return 2 ** exponent > value && exponent > 0 ? exponent - 1 : exponent
}
