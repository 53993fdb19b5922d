/** `indexOf`, `lastIndexOf`, `includes`, `compare`. */

/** Where node begins to search; -1 for nowhere. */
function startOf(length: number, offset: number, needleLength: number, isForward: boolean): number {
  if (offset < 0) {
    if (offset + length >= 0) return offset + length
    return isForward || needleLength === 0 ? 0 : -1
  }
  if (offset + needleLength <= length) return offset
  if (needleLength === 0) return length
  return isForward ? -1 : length - 1
}

/**
 * The first place of `needle` at or behind `offset`, or the last one at or before it.
 * @param step 2 for UTF-16, where only whole units count
 */
export function search(
  bytes: Uint8Array,
  needle: Uint8Array,
  offset: number,
  isForward: boolean,
  step: 1 | 2 = 1,
): number {
  const { length } = bytes
  let at = startOf(length, Math.trunc(offset), needle.length, isForward)
  if (at === -1) return -1
  if (needle.length === 0) return at
  if (needle.length > length || (isForward && at + needle.length > length)) return -1
  if (step === 2) {
    if (length < 2 || needle.length < 2) return -1
    at -= at % 2
  }
  at = Math.min(at, length - needle.length)
  if (step === 2 && !isForward) at -= at % 2
  const first = needle[0] as number
  while (at >= 0 && at + needle.length <= length) {
    if (step === 1) {
      at = isForward ? bytes.indexOf(first, at) : bytes.lastIndexOf(first, at)
      if (at === -1 || at + needle.length > length) return -1
    }
    let matched = 0
    while (matched < needle.length && bytes[at + matched] === needle[matched]) matched++
    if (matched === needle.length) return at
    if (!isForward && at === 0) return -1
    at += isForward ? step : -step
  }
  return -1
}

export function compareBytes(a: Uint8Array, b: Uint8Array): -1 | 0 | 1 {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    if (a[i] !== b[i]) return (a[i] as number) < (b[i] as number) ? -1 : 1
  }
  return a.length < b.length ? -1 : a.length > b.length ? 1 : 0
}
