const { Readable } = require('stream')

require('./report.cjs')({
  options() {
    const got = require('got')
    const client = got.extend({ prefixUrl: 'http://example.org/a', headers: { x: 'y' }, retry: 1 })
    const { defaults } = client
    return [
      defaults.options.prefixUrl,
      defaults.options.headers,
      defaults.options.retry.methods,
      got.mergeOptions({ headers: { b: 'c' } }, { headers: { d: null } }).headers,
    ]
  },
  /** A handler that answers itself needs no network. */
  async handled() {
    const got = require('got')
    const client = got.extend({
      handlers: [
        (options) =>
          Promise.resolve({ url: String(options.url), method: options.method, body: options.json }),
      ],
    })
    return await client.post('http://example.org/', { json: { a: 1 }, searchParams: { b: 2 } })
  },
  async parts() {
    const getBodySize = require('got/dist/source/core/utils/get-body-size').default
    const weakable = require('got/dist/source/core/utils/options-to-url').default
    return [
      await getBodySize('é', {}),
      await getBodySize(Readable.from(['a']), {}),
      String(weakable('http://a/b', { searchParams: 'c=d', path: undefined })),
    ]
  },
  refused: () => require('got')('http://127.0.0.1:49151/', { retry: 0 }),
  failing: () => require('got')('ftp://example.org/'),
  invalid: () =>
    require('got')('http://example.org/', { timeout: 'soon', searchParams: { a: {} } }),
})
