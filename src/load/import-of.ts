/** What a text calls where its author has written `import`. */

/** What is asked for; of its source no options are known. */
export type ImportRequest = readonly [specifier: unknown, options?: unknown, isSource?: boolean]

/** `import()`, with `import.source()` for a member: both stay calls of one name. */
export function importOf(run: (...request: ImportRequest) => unknown): object {
  return Object.assign((specifier: unknown, options: unknown) => run(specifier, options), {
    source: (specifier: unknown) => run(specifier, undefined, true),
  })
}
