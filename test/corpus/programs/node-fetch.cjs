const { Readable } = require('stream')

require('./report.cjs')({
  headers() {
    const { Headers, Request } = require('node-fetch')
    const headers = new Headers([
      ['B', '1'],
      ['a', '2'],
      ['b', '3'],
    ])
    const request = new Request('http://example.org/a?b', { method: 'POST', headers, body: 'text' })
    return [[...headers], request.method, request.url, [...request.clone().headers]]
  },
  async bodies() {
    const { Response } = require('node-fetch')
    const streamed = new Response(Readable.from([Buffer.from('{"a":'), Buffer.from('[1]}')]), {
      status: 201,
    })
    return [
      await streamed.json(),
      streamed.ok,
      await new Response(new URLSearchParams({ a: 'b c' })).text(),
      [...(await new Response('é').buffer())],
      Response.error === undefined,
    ]
  },
  redirects: () => require('node-fetch').isRedirect(308),
  refused: () => require('node-fetch')('http://127.0.0.1:49151/'),
  failing: () => require('node-fetch')('ftp://example.org/'),
})
