/** The segments of a URL's path that mean something of their own: dots, and the drives of file URLs. */

import type { UrlRecord } from './record.ts'

export const isDriveLetter = (text: string): boolean => /^[A-Za-z][:|]$/.test(text)
export const isSingleDot = (text: string): boolean => /^(?:\.|%2e)$/i.test(text)
export const isDoubleDot = (text: string): boolean => /^(?:\.|%2e){2}$/i.test(text)
export const startsWithDriveLetter = (text: string): boolean =>
  /^[A-Za-z][:|](?:[/\\?#]|$)/.test(text)

/** `C:` as the parser writes it. */
export const isDrive = (text: string | undefined): boolean => /^[A-Za-z]:$/.test(text ?? '')

/** Drops the last segment, but not a file URL's drive. */
export function shortenPath(url: UrlRecord): void {
  const path = url.path as string[]
  if (url.scheme === 'file' && path.length === 1 && isDrive(path[0])) return
  path.pop()
}
