/** What `import()` of a module waits for. */

/** A promise and what settles it. */
export interface Completion {
  readonly promise: Promise<undefined>
  resolve(value?: undefined): void
  reject(reason: unknown): void
}

export function createCompletion(): Completion {
  const parts = {} as { resolve: Completion['resolve']; reject: Completion['reject'] }
  const promise = new Promise<undefined>((resolve, reject) => {
    parts.resolve = resolve
    parts.reject = reject
  })
  return { promise, ...parts }
}
