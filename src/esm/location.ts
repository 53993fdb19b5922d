/** URLs of modules: which file, data or builtin they mean. */
import { toFileUrl } from '../path.ts'

/** What a module's URL means. */
export type Location =
  | { readonly kind: 'builtin'; readonly id: string }
  | {
      readonly kind: 'file'
      readonly filename: string
      /** Query and fragment: a module of its own for each. */
      readonly suffix: string
    }
  | { readonly kind: 'data'; readonly mime: string; readonly text: string }
  | { readonly kind: 'other'; readonly scheme: string }

export function locationOf(url: string): Location {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(url) ?? []
  switch (scheme.toLowerCase()) {
    case 'node':
      return { kind: 'builtin', id: rest }
    case 'file': {
      const [, path = '', suffix = ''] = /^(?:\/\/(?:localhost)?)?([^?#]*)(.*)$/is.exec(rest) ?? []
      return { kind: 'file', filename: decodeURIComponent(path), suffix }
    }
    case 'data':
      return dataOf(rest)
    default:
      return { kind: 'other', scheme: `${scheme}:` }
  }
}

export function fileUrl(filename: string, suffix = ''): string {
  return toFileUrl(filename) + suffix
}

/** Whether a specifier is a URL by itself. */
export function isUrl(specifier: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(specifier)
}

/** https://www.rfc-editor.org/rfc/rfc2397 */
function dataOf(rest: string): Location {
  const [, mime = '', base64, body = ''] =
    /^([^/]+\/[^;,]+)(?:;[^,]*?)??(;base64)?,([^#]*)/is.exec(rest) ?? []
  const bytes = base64 ? decodeBase64(decodeURIComponent(body)) : undefined
  return { kind: 'data', mime, text: bytes ?? decodeURIComponent(body) }
}

/** As text of UTF-8. */
function decodeBase64(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  let bits = 0
  let held = 0
  let escaped = ''
  for (const character of text.replaceAll('-', '+').replaceAll('_', '/')) {
    const value = alphabet.indexOf(character)
    if (value === -1) continue
    bits = (bits << 6) | value
    held += 6
    if (held < 8) continue
    held -= 8
    escaped += `%${((bits >> held) & 255).toString(16).padStart(2, '0')}`
  }
  return decodeURIComponent(escaped)
}
