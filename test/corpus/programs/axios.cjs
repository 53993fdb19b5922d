/** Answers in the network's place. */
const adapter = async (config) => ({
  status: 200,
  statusText: '',
  headers: { 'content-type': 'application/json' },
  data: JSON.stringify({ method: config.method, sent: config.data ?? null, url: config.url }),
  config,
  request: null,
})

require('./report.cjs')({
  async sent() {
    const axios = require('axios')
    const client = axios.create({
      baseURL: 'http://example.org/base/',
      adapter,
      params: { a: [1, 2] },
    })
    client.interceptors.request.use((config) => {
      config.headers.set('X-Seen', 'yes')
      return config
    })
    const { data, config } = await client.post('users', { name: 'n', list: [1] })
    return [data, config.headers.toJSON(), client.getUri({ url: '/x', params: { b: 'c d' } })]
  },
  headers() {
    const { AxiosHeaders, toFormData, mergeConfig } = require('axios')
    const headers = AxiosHeaders.from('A: b\nSet-Cookie: c=d')
    headers.setContentType('text/html; charset=x')
    const form = toFormData({ a: 1, b: { c: [2, 3] } }, new URLSearchParams())
    return [
      headers.toJSON(),
      headers.getContentType(/charset=(\w+)/)[1],
      String(form),
      mergeConfig({ timeout: 1, headers: { a: 'b' } }, { timeout: 2, headers: { c: 'd' } }),
    ]
  },
  async data() {
    const { status, data } = await require('axios').get('data:text/plain;base64,YWI=')
    return [status, String(data)]
  },
  refused: () => require('axios').get('http://127.0.0.1:49151/', { proxy: false, adapter: 'http' }),
  failing: () => require('axios').get('foo://example.org/', { proxy: false }),
  cancelled() {
    const axios = require('axios')
    const controller = new AbortController()
    controller.abort()
    return axios.get('http://example.org/', { signal: controller.signal, adapter: 'http' })
  },
})
