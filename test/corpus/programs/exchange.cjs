const { IncomingMessage, ServerResponse } = require('http')

/**
 * Hands a request to an application without a server: what a server needs is not the application's own.
 * @param {(request: object, response: object, next: (error?: Error) => void) => void} handle
 * @param {{ headers?: object, body?: string }} [more]
 * @returns {Promise<unknown>} Status, headers and body of the answer, or `nobody answered`.
 */
module.exports = function exchange(handle, method, url, { headers, body } = {}) {
  return new Promise((resolve, reject) => {
    const request = Object.assign(new IncomingMessage(null), {
      method,
      url,
      headers: { host: 'localhost', ...headers },
    })
    if (body !== undefined) request.push(body)
    request.push(null)
    const response = new ServerResponse(request)
    let text = ''
    response.write = (chunk) => {
      text += chunk
      return true
    }
    response.end = function (chunk = '') {
      resolve([this.statusCode, { ...this.getHeaders() }, text + chunk])
      return this
    }
    handle(request, response, (error) => (error ? reject(error) : resolve('nobody answered')))
  })
}
