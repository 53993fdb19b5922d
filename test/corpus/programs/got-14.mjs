import { Readable } from 'node:stream'
import got, { HTTPError, Options, RequestError } from 'got-14'

export function options() {
  const client = got.extend({
    prefixUrl: 'http://example.org/a',
    headers: { x: 'y' },
    retry: { limit: 1 },
  })
  const { options } = client.defaults
  const merged = new Options({ headers: { b: 'c' } }, { headers: { d: 'e' } })
  return [options.prefixUrl, options.headers.x, options.retry.limit, merged.headers]
}
/** A handler that answers itself needs no network. */
export async function handled() {
  const client = got.extend({
    handlers: [
      ({ url, method, json, searchParams }) =>
        Promise.resolve({ url: String(url), method, json, search: String(searchParams) }),
    ],
  })
  return await client.post('http://example.org/', { json: { a: 1 }, searchParams: { b: 2 } })
}
export const classes = () => [HTTPError.prototype instanceof RequestError, got.stream.name]
export const piped = () =>
  got.post('http://127.0.0.1:49151/', { body: Readable.from(['a']), retry: { limit: 0 } })
export const refused = () => got('http://127.0.0.1:49151/', { retry: { limit: 0 } })
export const failing = () => got('ftp://example.org/')
export const invalid = () => got('http://example.org/', { timeout: 'soon' })
