/** Places in a module's text, as V8 shows them. */

/** The file with the line, the line itself and a pointer below. */
export function placeIn(
  source: string,
  url: string,
  start: number,
  end: number = start + 1,
): string {
  const before = source.slice(0, start).split('\n')
  const column = before.at(-1)?.length ?? 0
  const line = /.*/.exec(source.slice(start - column))?.[0] ?? ''
  const length = Math.max(1, Math.min(end - start, line.length - column))
  return `${url}:${before.length}\n${line}\n${' '.repeat(column)}${'^'.repeat(length)}`
}
