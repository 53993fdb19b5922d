/** The text of a target of `exports` or `imports` as the URL parser takes it, for node resolves targets as URLs. */
import { toFileUrl } from '../path.ts'

/** What the URL parser makes of a target's text before it is decoded. */
export function urlPath(relative: string): string {
  if (!/[^\x21-\x7e]|[?#\\]/.test(relative)) return relative
  return relative
    .replace(/[\t\n\r]/g, '')
    .replace(/[\0-\x20]+$/, '')
    .replace(/[?#].*$/s, '')
    .replaceAll('\\', '/')
}

/** A target's query and fragment, which stay with the URL of the file that it leads to. */
export function urlSuffix(relative: string): string {
  const [suffix = ''] = /[?#].*$/s.exec(relative) ?? []
  return suffix.replace(/^\?(?=#|$)/, '').replace(/#$/, '')
}

/** The same text as it stands in the URL, for error messages. */
export function encodeUrl(relative: string): string {
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(relative) ?? []
  const encoded = encodePath(path.replaceAll('\\', '/'))
  return encoded.replaceAll('%25', '%') + encodeURI(rest).replaceAll('%25', '%')
}

/** What the URL parser makes of such a path, whose own escapes stay as they are. */
export function escapeUrlPath(encoded: string): string {
  return encoded
    .replace(/[^\x21-\x7e]|["<>^`{}]/gu, encodePath)
    .replace(/(?<=^|\/)(?:\.|%2e){1,2}(?=\/|$)/gi, (dots) => dots.replace(/%2e/gi, '.'))
}

/** The path of a file as it stands in its URL. */
export function encodePath(path: string): string {
  return toFileUrl(path).slice('file://'.length)
}
