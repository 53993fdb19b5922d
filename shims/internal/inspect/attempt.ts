/** What a read gives; `undefined` where it throws, as properties of errors and of detached views may. */
export function attempt(read: () => unknown): unknown {
  try {
    return read()
  } catch {
    return undefined
  }
}
