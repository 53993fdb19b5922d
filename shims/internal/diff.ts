/** The shortest way from one list to another (E. W. Myers, An O(ND) Difference Algorithm, 1986). */

/** 1: only in the first, 0: in both, -1: only in the second, as node counts. */
export type Step<T> = [operation: -1 | 0 | 1, value: T]

/**
 * Steps in order. Lists are walked by `length` and index, so strings will do.
 * @param both which of two equal items is shown, the first list's unless told otherwise
 */
export function diffLines<T>(
  first: ArrayLike<T>,
  second: ArrayLike<T>,
  equal: (a: T, b: T) => boolean = (a, b) => a === b,
  both: (a: T, b: T) => T = (a) => a,
): Step<T>[] {
  const max = first.length + second.length
  // furthest[k + max]: how far along `first` the best path on diagonal k gets.
  const furthest = new Int32Array(2 * max + 2)
  const trace: Int32Array[] = []
  for (let edits = 0; edits <= max; edits++) {
    trace.push(furthest.slice())
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = isDown(furthest, max, diagonal, edits)
        ? at(furthest, diagonal + 1 + max)
        : at(furthest, diagonal - 1 + max) + 1
      let y = x - diagonal
      while (x < first.length && y < second.length && equal(first[x] as T, second[y] as T)) {
        x++
        y++
      }
      furthest[diagonal + max] = x
      if (x >= first.length && y >= second.length) return backtrack(trace, first, second, max, both)
    }
  }
  return []
}

const at = (array: Int32Array, index: number): number => array[index] as number

function isDown(furthest: Int32Array, max: number, diagonal: number, edits: number): boolean {
  if (diagonal === -edits) return true
  return diagonal !== edits && at(furthest, diagonal - 1 + max) < at(furthest, diagonal + 1 + max)
}

function backtrack<T>(
  trace: Int32Array[],
  first: ArrayLike<T>,
  second: ArrayLike<T>,
  max: number,
  both: (a: T, b: T) => T,
): Step<T>[] {
  const steps: Step<T>[] = []
  let x = first.length
  let y = second.length
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const furthest = trace[edits] as Int32Array
    const diagonal = x - y
    const previous = isDown(furthest, max, diagonal, edits) ? diagonal + 1 : diagonal - 1
    const previousX = at(furthest, previous + max)
    const previousY = previousX - previous
    while (x > previousX && y > previousY) {
      x--
      y--
      steps.push([0, both(first[x] as T, second[y] as T)])
    }
    if (edits === 0) break
    if (x > previousX) steps.push([1, first[--x] as T])
    else steps.push([-1, second[--y] as T])
  }
  return steps.reverse()
}
