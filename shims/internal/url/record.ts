/** A URL taken apart. https://url.spec.whatwg.org/#concept-url */

export interface UrlRecord {
  /** Without its colon. */
  scheme: string
  username: string
  password: string
  /** Serialized; `null` is none, which is not the same as an empty one. */
  host: string | null
  port: number | null
  /** A string when the path is opaque, as in `mailto:x`. */
  path: string[] | string
  query: string | null
  fragment: string | null
}

/** The special schemes and their default ports. */
export const specialPorts: ReadonlyMap<string, number | null> = new Map([
  ['ftp', 21],
  ['file', null],
  ['http', 80],
  ['https', 443],
  ['ws', 80],
  ['wss', 443],
])

export const isSpecial = (url: UrlRecord): boolean => specialPorts.has(url.scheme)

export const hasCredentials = (url: UrlRecord): boolean =>
  url.username !== '' || url.password !== ''

export const cannotHavePort = (url: UrlRecord): boolean => !url.host || url.scheme === 'file'

export function emptyRecord(): UrlRecord {
  return {
    scheme: '',
    username: '',
    password: '',
    host: null,
    port: null,
    path: [],
    query: null,
    fragment: null,
  }
}

export function serializePath({ path }: UrlRecord): string {
  return typeof path === 'string' ? path : path.map((segment) => `/${segment}`).join('')
}

export function serializeHost({ host, port }: UrlRecord): string {
  if (host === null) return ''
  return port === null ? host : `${host}:${port}`
}

export function serializeUrl(url: UrlRecord, withoutFragment = false): string {
  let text = `${url.scheme}:`
  if (url.host !== null) {
    text += '//'
    if (hasCredentials(url)) {
      text += url.username + (url.password === '' ? '' : `:${url.password}`)
      text += '@'
    }
    text += serializeHost(url)
  } else if (typeof url.path !== 'string' && url.path.length > 1 && url.path[0] === '') {
    // Or its empty first segment would read as a host.
    text += '/.'
  }
  text += serializePath(url)
  if (url.query !== null) text += `?${url.query}`
  if (url.fragment !== null && !withoutFragment) text += `#${url.fragment}`
  return text
}
