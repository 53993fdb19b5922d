/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * The median of one member over runs; `undefined` when the contender failed.
 * @param {readonly any[]} runs
 * @param {(run: any) => number} read
 */
export function medianOf(runs, read) {
  if (runs.length === 0 || runs[0].error !== undefined) return undefined
  return median(runs.map(read))
}

/**
 * How many times as large the first is: the median over pairs of runs that followed each other.
 * @param {readonly any[]} runs
 * @param {readonly any[]} others
 * @param {(run: any) => number} read
 */
export function ratioOf(runs, others, read) {
  if (runs.length === 0 || others.length === 0) return undefined
  if (runs[0].error !== undefined || others[0].error !== undefined) return undefined
  return median(runs.map((run, index) => read(run) / read(others[index])))
}
