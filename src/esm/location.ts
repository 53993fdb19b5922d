/** URLs of modules: which file, data or builtin they mean. */
import { toFileUrl } from '../path.ts'
import { decodeUtf8 } from '../utf8.ts'

/** What a module's URL means. */
export type Location =
  | { readonly kind: 'builtin'; readonly id: string }
  | {
      readonly kind: 'file'
      readonly filename: string
      /** Query and fragment: a module of its own for each. */
      readonly suffix: string
    }
  | {
      readonly kind: 'data'
      readonly mime: string
      readonly text: string
      readonly bytes: Uint8Array
    }
  | { readonly kind: 'other'; readonly scheme: string }

export function locationOf(url: string): Location {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(url) ?? []
  switch (scheme.toLowerCase()) {
    case 'node':
      return { kind: 'builtin', id: rest }
    case 'file': {
      const { path, suffix } = partsOfFileUrl(url)
      return { kind: 'file', filename: decodeURIComponent(path), suffix }
    }
    case 'data':
      return dataOf(rest)
    default:
      return { kind: 'other', scheme: `${scheme}:` }
  }
}

/** What a `file:` URL is made of, encoded as it stands there. */
export function partsOfFileUrl(url: string): { host: string; path: string; suffix: string } {
  const [, start = '', suffix = ''] = /^file:([^?#]*)(.*)$/is.exec(url) ?? []
  const [, host = '', path = ''] = /^(?:\/\/([^/]*))?(.*)$/s.exec(start.replaceAll('\\', '/')) ?? []
  return { host: host.toLowerCase(), path: path.startsWith('/') ? path : `/${path}`, suffix }
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
  return {
    kind: 'data',
    mime,
    get text() {
      return base64 ? decodeUtf8(this.bytes) : decodeURIComponent(body)
    },
    get bytes() {
      return base64 ? decodeBase64(decodeURIComponent(body)) : unescapeBytes(body)
    },
  }
}

function unescapeBytes(text: string): Uint8Array {
  const parts = text.match(/%[\da-f]{2}|[\s\S]/gi) ?? []
  return Uint8Array.from(parts, (part) =>
    part.length === 1 ? part.charCodeAt(0) : Number.parseInt(part.slice(1), 16),
  )
}

function decodeBase64(text: string): Uint8Array {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  let bits = 0
  let held = 0
  const bytes: number[] = []
  for (const character of text.replaceAll('-', '+').replaceAll('_', '/')) {
    const value = alphabet.indexOf(character)
    if (value === -1) continue
    bits = (bits << 6) | value
    held += 6
    if (held < 8) continue
    held -= 8
    bytes.push((bits >> held) & 255)
  }
  return Uint8Array.from(bytes)
}

/** As errors name who asks. */
export function fileOf(url: string): string {
  const location = locationOf(url)
  return location.kind === 'file' ? location.filename : url
}
